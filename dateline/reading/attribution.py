"""Who says what: the source, the cue and the content of everything a report puts in somebody's mouth.

Works over words and a table of cues, without a parser. Each word of the table that occurs is tried as a cue
(`constructions`) and scored (`attribution_score`); those that are kept are cut apart, carried on over the sentences
of a quotation, and told whom "he said" means. Which of them a claim rests on is for `chains` to say.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline.reading.attribution_score import scored
from dateline.reading.clauses import CLOSE, MARKS, STOPS, Range, View, quotation_marks
from dateline.reading.constructions import Candidate, Construction, candidate_at, cues
from dateline.reading.reader import Look
from dateline.reading.words import Sentence
from dateline.record import Attribution, Part

# Scores, 0-1. An attribution is kept from here on. Linked F1 on PolNeAR's train part is flat from 0.3 to 0.42.
KEEP = 0.36


class Said(Struct, frozen=True, kw_only=True):
    """One attribution. `content` is in reading order and may stand in later sentences; `index` is the cue's sentence.

    `source` is None where a passive names none. `quoted` tells that quotation marks open the content. `score` is 0-1.
    """

    source: Part | None
    cue: Part
    content: tuple[Part, ...]
    index: int
    quoted: bool = False
    construction: Construction = "subject"
    reports: bool = True
    hedges: bool = False
    name: str | None = None
    score: float = 1.0


def find_attributions(sentences: Sequence[Sentence], look: Look | None = None) -> tuple[Said, ...]:
    """Every attribution of a report, in the order of its cues. Without a `look`, by the table of cues alone."""
    made: list[Said] = []
    marks = quotation_marks(sentences)
    for sentence, inside in zip(sentences, marks, strict=True):
        view = View(sentence, inside)
        seen = look.sayings(sentence.index) if look else None
        kept = [found for found in candidates(view, seen) if found.score >= KEEP]
        made += [_as_said(found, view) for found in _untangled(kept, view)]
    return _named(_carried_on(made, sentences, marks), sentences)


def as_mention(said: Said) -> Attribution:
    """The record's form: lists of spans. Parts of the title are left out, since those spans count the text."""
    return Attribution(
        source=(said.source.span,) if said.source and said.source.where == said.cue.where else (),
        cue=(said.cue.span,),
        content=tuple(part.span for part in said.content if part.where == said.cue.where),
    )


# --- candidates ---------------------------------------------------------------------------------------------


def candidates(view: View, seen: Sequence[float] | None = None) -> list[Candidate]:
    """Every cue of the table that occurs in the sentence, with its best construction and its score.

    Args:
        seen: for each word, the reader's log odds that it tells of a saying.
    """
    made: list[Candidate] = []
    for at in range(len(view.low)):
        found = candidate_at(view, at)
        if found and found.construction in ("participle", "coordinated") and view.word(at - 1) != "as":
            found = _same_speaker(found, made)
        if found and found.content:
            made.append(scored(found, view, seen))
    return made


def _same_speaker(found: Candidate, before: Sequence[Candidate]) -> Candidate:
    """As in "C," X said, adding that D: the speaker of D is X, not the first name of the sentence."""
    speaking = [one for one in before if one.construction in ("subject", "inverted") and one.score >= KEEP]
    own = [one for one in speaking if one.source and not any(a <= one.head < b for a, b in found.content)]
    return replace(found, source=own[-1].source) if own else found


# --- from candidates to attributions ------------------------------------------------------------------------


def _untangled(kept: Sequence[Candidate], view: View) -> Iterator[Candidate]:
    """Cut a content where a later clause of the sentence brings its own source: "X said C, while Y said D"."""
    for found in kept:
        content: list[Range] = []
        for start, end in found.content:
            cut = end
            for other in kept:
                if other is not found and other.source and start < other.source[0] < cut and other.head > found.head:
                    opening = _opening(view, other.source[0])
                    if opening is not None and opening > start:
                        cut = opening
            content.append((start, cut))
        yield replace(found, content=tuple(piece for piece in content if piece[0] < piece[1]))


def _opening(view: View, at: int) -> int | None:
    """Where a clause with its own subject at `at` starts, if it stands beside what comes before and not inside it."""
    if view.inside[at]:
        return None
    before, further = view.word(at - 1), view.word(at - 2)
    if before in ("while", "whereas", ";") or (before in ("but", "and") and further in (",", ";", "”", '"')):
        return at - 2 if further in (",", ";") else at - 1
    return at - 1 if before == "but" else None


def _as_said(found: Candidate, view: View) -> Said:
    cue = cues().get(view.word(found.head))
    return Said(
        source=_part(view, found.source) if found.source else None,
        cue=_require(_part(view, found.cue)),
        content=tuple(part for piece in found.content if (part := _part(view, piece))),
        index=view.sentence.index,
        quoted=any(view.inside[start] for start, _ in found.content),
        construction=found.construction,
        reports=cue.reports if cue else True,
        hedges=cue.hedges if cue else False,
        score=found.score,
    )


def _require(part: Part | None) -> Part:
    assert part is not None  # a cue is a word, so its part is never empty
    return part


def _part(view: View, piece: Range) -> Part | None:
    start, end = piece
    while start < end - 1 and view.low[start] in STOPS - MARKS - {"(", "["}:
        start += 1
    if start >= end:
        return None
    return view.sentence.part(view.tokens[start].start, view.tokens[end - 1].end)


def _carried_on(said: Sequence[Said], sentences: Sequence[Sentence], marks: Sequence[Sequence[bool]]) -> list[Said]:
    """Give a speaker the sentences over which his quotation goes on, and those wholly quoted that follow it."""
    by_index: dict[int, list[int]] = {}
    for number, one in enumerate(said):
        by_index.setdefault(one.index, []).append(number)
    made = list(said)
    position = {sentence.index: k for k, sentence in enumerate(sentences)}
    for index, numbers in by_index.items():
        speaking = [n for n in numbers if made[n].quoted and made[n].reports]
        last = max((n for n in speaking if not _nested(made[n], sentences, marks, position)), default=None)
        if last is None:
            continue
        more: list[Part] = []
        made[last] = replace(made[last], content=_earlier(position[index], sentences, marks) + made[last].content)
        for at in range(position[index] + 1, len(sentences)):
            piece = _going_on(
                sentences[at - 1], sentences[at], marks[at - 1], marks[at], bool(by_index.get(sentences[at].index))
            )
            if piece is None:
                break
            more.append(piece)
        if more:
            made[last] = replace(made[last], content=made[last].content + tuple(more))
    return made


def _earlier(at: int, sentences: Sequence[Sentence], marks: Sequence[Sequence[bool]]) -> tuple[Part, ...]:
    """The earlier sentences of a quotation that is still open where sentence `at` starts: "C. D," X said."""
    made: list[Part] = []
    while at > 0 and marks[at] and marks[at][0] and sentences[at].tokens[0].text not in MARKS:
        at -= 1
        sentence = sentences[at]
        start = len(marks[at])
        while start > 0 and marks[at][start - 1]:
            start -= 1
        if start == len(marks[at]):
            break
        made.append(sentence.part(sentence.tokens[start].start, sentence.tokens[-1].end))
        if start > 0:
            break
    return tuple(reversed(made))


def _nested(
    one: Said, sentences: Sequence[Sentence], marks: Sequence[Sequence[bool]], position: dict[int, int]
) -> bool:
    at = position[one.index]
    return any(
        inside
        for token, inside in zip(sentences[at].tokens, marks[at], strict=True)
        if token.start == one.cue.span.start
    )


def _going_on(
    before: Sentence, after: Sentence, marks_before: Sequence[bool], marks_after: Sequence[bool], speaks: bool
) -> Part | None:
    """The quoted part at the start of `after`, where the same voice speaks on."""
    if before.where != after.where or not marks_after or not marks_after[0]:
        return None
    still_open = bool(marks_before) and marks_before[-1] and before.tokens[-1].text not in CLOSE | {'"'}
    beside = after.span.start - before.span.end <= 1
    if not still_open and not (beside and bool(marks_before) and not speaks):
        return None
    end = 0
    while end < len(marks_after) and marks_after[end]:
        end += 1
    if not still_open and end < len(marks_after) - 1:
        return None
    return after.part(after.tokens[0].start, after.tokens[end - 1].end)


def _named(said: Sequence[Said], sentences: Sequence[Sentence]) -> tuple[Said, ...]:
    """Say whom "he said" means: the nearest earlier source that is no pronoun itself."""
    made: list[Said] = []
    last: str | None = None
    for one in said:
        if one.source is None:
            made.append(one)
            continue
        if one.source.text.lower() in ("he", "she", "they", "it", "who", "i", "we", "his", "her", "their", "its"):
            made.append(replace(one, name=last))
            continue
        name = re.sub(r"^(?:the|a|an)\s+|['’]s$", "", one.source.text, flags=re.IGNORECASE)
        made.append(replace(one, name=name))
        if one.reports:
            last = name
    return tuple(made)

"""The constructions in which a report puts something in somebody's mouth, word by word.

"X said that C", "C, said X", "according to X", "X, quoted by Y, said", "is estimated to", "X's claim that C": each is
told from the words around a cue of the table `data/cues.csv`, and source and content are cut out by it. Whether it is
an attribution at all is for `attribution_score` to say.
"""

from functools import cache
from typing import Literal

from msgspec import Struct

from dateline.reading.clauses import (
    ADVERBS,
    BE,
    CLAUSE,
    CLOSE,
    DETERMINERS,
    HAVE,
    MARKS,
    MODAL,
    OPEN,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    TIME,
    Range,
    View,
    is_participle,
    noun_phrase_after,
    subject_before,
    verb_group,
)
from dateline.world.labels import read_table

Construction = Literal[
    "subject", "inverted", "coordinated", "participle", "passive", "noun", "according", "quoted", "claimed", "colon"
]


class Cue(Struct, frozen=True):
    """One word form that reports speech or thought. `odds` is the log odds that an occurrence is a cue; `reports` tells
    words that put something forward as so (said, denied) from attitudes (wants, supports); `hedges` those that
    keep a distance (claimed, alleged)."""

    form: str
    kind: Literal["verb", "noun"]
    odds: float
    reports: bool
    hedges: bool


class Candidate(Struct, frozen=True, kw_only=True):
    """What may be an attribution, in token indices of one sentence, end excluded; `head` is the cue's own word.

    `score` is 0-1, 0 until `attribution_score` has looked at it.
    """

    construction: Construction
    source: Range | None
    cue: Range
    head: int
    content: tuple[Range, ...]
    features: dict[str, float] = {}
    score: float = 0.0


# Plain nouns that speak without an article: "said officials".
_SPEAKERS = frozenset(
    "officials police activists residents witnesses sources authorities rebels state local military security medics "
    "monitors analysts experts diplomats opposition media commanders reports government".split()
)

# Cues that name whom they speak to before what they say: "told reporters that C".
_TOLD = frozenset(
    "told tell tells telling informed informs inform warned warns warn warning assured assures assure assuring "
    "reminded remind notified advised asked urged convinced briefed".split()
)

# Cues that may stand before their source: "C," said X.
_INVERTS = frozenset(
    "said says say added adds wrote writes tweeted reported reports reports according noted notes explained asked told "
    "continued stated concluded announced declared warned argued confirmed insisted recalled quipped claimed responded "
    "replied stressed posted tells admitted observed suggested asserted read reads".split()
)

_QUOTED = frozenset("quoted quotes quoting quote cited cites citing".split())

_PARTICIPLES = frozenset("quoted cited".split())


@cache
def cues() -> dict[str, Cue]:
    """The cue table by word form.

    Raises:
        ResourceError: the table is missing.
    """
    return {
        row["form"]: Cue(
            row["form"],
            "noun" if row["kind"] == "noun" else "verb",
            float(row["odds"]),
            row["reports"] == "yes",
            row["hedges"] == "yes",
        )
        for row in read_table("cues")
    }


def candidate_at(view: View, at: int) -> Candidate | None:
    """The cue that the word at token `at` is, with its best construction; None where it reports nothing."""
    word = view.low[at]
    if word == "according" and view.word(at + 1) == "to":
        return _according(view, at)
    if word == "responsibility" or (word == "claimed" and view.word(at + 1) == "by"):
        return _claimed(view, at)
    if word == ":" and at and view.word(at + 1) in OPEN | {'"'}:
        return _colon(view, at)
    cue = cues().get(word)
    return _by_word(view, at, cue) if cue else None


def _by_word(view: View, at: int, cue: Cue) -> Candidate | None:
    if view.word(at) in _QUOTED:
        found = _quoting(view, at)
        if found:
            return found
    if _noun_use(view, at, cue):
        return _noun(view, at)
    if view.word(at - 1) in ("the", "a", "an") or _idiom(view, at):
        return None  # "the accused", "an estimated"; "claimed nearly 40,000 lives" says nothing
    if view.word(at) == "saying" and view.word(at - 1) == "as":
        return _as_saying(view, at)
    start = verb_group(view, at)
    group = view.low[start:at]
    if any(w in BE for w in group) and is_participle(view.word(at)):
        return _passive(view, start, at)
    inverted = _inverted(view, at) if start == at else None
    if inverted:
        return inverted
    adjunct = view.word(at).endswith("ing") and start == at and view.word(at - 1) == ","
    source = None if adjunct else subject_before(view, start)
    if source is None:
        return _without_subject(view, start, at)
    return _with_subject(view, source, start, at)


def _noun_use(view: View, at: int, cue: Cue) -> bool:
    tag = view.tokens[at].tag
    if cue.kind == "verb" and view.word(at + 1) == "that" and at and view.tokens[at - 1].tag in ("PROPN", "NOUN"):
        return False  # "RADIO NACIONAL REPORTS THAT": in capitals the tagger may take the verb for a noun
    if tag in ("NOUN", "PROPN"):
        return True
    if tag == "VERB":
        return False
    before = view.word(at - 1)
    if cue.kind == "noun":
        return True
    if view.word(at).endswith(("ed", "ing")):
        return False
    return (before in DETERMINERS and before not in ("that", "some", "many", "all", "both", "one", "no")) or (
        before in POSSESSIVES or before in PREPOSITIONS - {"to"}
    )


def _inverted(view: View, at: int) -> Candidate | None:
    """As in "C," said X. The content stands before; a quotation may go on after X."""
    if view.word(at) not in _INVERTS or at < 2:
        return None
    before = view.word(at - 1)
    if before not in MARKS and before not in (",", "-", "—", "–", "?", "!"):
        return None
    first = view.word(at + 1)
    starts = (
        view.named(at + 1)
        or first in DETERMINERS - {"that", "this", "no"}
        or first in ("mr", "mr.", "gen", "president")
    )
    starts = starts or first in _SPEAKERS
    if view.capitals and first and first not in STOPS | CLAUSE | PREPOSITIONS:
        starts = True
    if not starts and not (before in MARKS and first.isalpha() and first not in CLAUSE | PREPOSITIONS | TIME):
        return None
    if first in ("that", "it", "there") or (before == "," and view.word(at + 1) in PRONOUNS):
        return None
    source = noun_phrase_after(view, at + 1, wide=False)
    if source is None or (source[1] < view.end and view.is_verb(source[1]) and before not in MARKS):
        return None  # "the secretary, X, said the army was near": an ordinary subject, whose content starts with a noun
    content = _before(view, at)
    return Candidate(construction="inverted", source=source, cue=(at, at + 1), head=at,
                  content=content + _quotation_after(view, source[1]))  # fmt: skip


def _before(view: View, end: int) -> tuple[Range, ...]:
    """What stands before `end`, less the comma or mark that closes it."""
    start, last = 0, end
    while last > start and view.low[last - 1] in STOPS:
        last -= 1
    if last < end and view.word(last) in MARKS | {".", "!", "?"} and view.inside[last]:
        last += 1
    if (
        view.word(last - 1) not in STOPS
        and last < end
        and view.low[last] == ","
        and view.word(last + 1) in CLOSE | {'"'}
    ):
        last += 2
    if view.sentence.tokens and view.low[start] in ("but", "and") and last - start > 3:
        start += 1
    return ((start, min(last, end)),) if last > start else ()


def _quotation_after(view: View, start: int) -> tuple[Range, ...]:
    """A quotation that opens after `start` in the same sentence, to its end."""
    for at in range(start, len(view.low)):
        if view.low[at] in OPEN | {'"'} and view.inside[at] and (at + 1 >= len(view.low) or view.inside[at + 1]):
            end = at + 1
            while end < len(view.low) and view.inside[end]:
                end += 1
            return ((at, end),)
    return ()


def _with_subject(view: View, source: Range, start: int, at: int) -> Candidate | None:
    after = _past_listener(view, at + 1) if view.word(at) in _TOLD else _skip_adverbials(view, at + 1)
    left = source[0] - 1
    closes = view.word(left) in (",", ";", "—", "–", "--", "?", "!") or view.word(left) in MARKS
    closes = closes or (view.word(left) == "-" and view.apart(left))
    ends = after >= view.end or view.word(after) in (",", ";", "—", "–", "--", "(") or view.word(after) in CLOSE
    ends = ends or (closes and _tail(view, after))
    cue = (at, at + 1)
    if closes and ends and left >= 2 and _heavy(view, left):
        content = _before(view, source[0])
        if after < view.end and view.word(after) in (",", "—", "–", "--") and not _closes_clause(view, after + 1):
            content += ((after + 1, view.end),)
        else:
            content += _quotation_after(view, after)
        return Candidate(construction="subject", source=source, cue=cue, head=at, content=content)
    if source[1] - source[0] > 5 and any(view.is_verb(k) for k in range(source[0] + 1, source[1] - 2)):
        rest = _run_on(view, source, at)
        if rest:
            return rest
    content = _after(view, at)
    if not content and closes and left >= 2:
        content = _before(view, source[0])
    if not content and source[1] - source[0] > 5:
        return _run_on(view, source, at)
    return Candidate(construction="subject", source=source, cue=cue, head=at, content=content)


def _tail(view: View, at: int) -> bool:
    """Whether only a phrase without a verb is left: "in an interview with Fox", "without giving much detail"."""
    rest = range(at, view.end)
    first = view.word(at)
    opens = first in PREPOSITIONS - {"for", "of", "against", "about"} or is_participle(first) or first.endswith("ing")
    if not opens or len(rest) > 24:
        return False
    first_comma = next((k for k in rest if view.low[k] == ","), view.end)
    finite = any(view.low[k] in BE | HAVE | MODAL for k in range(at, first_comma))
    return not finite and not any(view.low[k] in MARKS or view.low[k] in CLAUSE - {"as"} for k in rest)


def _run_on(view: View, source: Range, at: int) -> Candidate | None:
    """For "C a rights monitor said.", the comma left out: the source starts at the last article."""
    for start in range(source[1] - 2, source[0] + 2, -1):
        article = view.low[start] in ("the", "a", "an") and view.low[start - 1] not in PREPOSITIONS
        if article:
            return Candidate(construction="subject", source=(start, source[1]), cue=(at, at + 1), head=at,
                          content=_before(view, start))  # fmt: skip
    start = source[1]
    while start > source[0] and view.named(start - 1):
        start -= 1
    if source[0] + 2 < start < source[1]:
        return Candidate(construction="subject", source=(start, source[1]), cue=(at, at + 1), head=at,
                      content=_before(view, start))  # fmt: skip
    return None


def _heavy(view: View, left: int) -> bool:
    """Whether what stands left of a comma can be content: more than "On Sunday" or "In a statement"."""
    if view.inside[left]:
        return True
    words = [k for k in range(left) if view.low[k] not in STOPS]
    first = view.word(0)
    if first in PREPOSITIONS | {"meanwhile", "however", "but", "and", "speaking", "asked", "when", "while", "as", "if"}:
        return len(words) > 7 and any(view.is_verb(k) for k in words)
    return len(words) >= 3


_GOES_ON = frozenset(
    "adding citing referring speaking noting while but who which quoting saying according describing calling after as "
    "in when".split()
)


def _closes_clause(view: View, at: int) -> bool:
    """After ", X said,": whether what follows goes on about the saying and is not more of what was said."""
    first = view.word(at)
    return first in _GOES_ON or at >= view.end


_MONTHS = frozenset(
    "january february march april may june july august september october november december sept oct nov "
    "dec jan feb".split()
)


def _skip_adverbials(view: View, at: int) -> int:
    """The index after "on Saturday", "in a statement", "to reporters", "later", where they follow the cue."""
    while at < view.end:
        word = view.low[at]
        day = word.isdigit() and view.word(at - 1) in _MONTHS  # "on 3 June" too; "said 12 soldiers" is no date
        if word in TIME or word in ADVERBS or word.endswith("ly") or day:
            at += 1
            continue
        if word in ("on", "in", "at", "to", "during", "by", "after", "from", "through", "via", "of", "via") and _light(
            view, at
        ):
            at = _light(view, at)
            continue
        return at
    return at


_LIGHT = (
    frozenset(
        "statement interview briefing conference report press news email e-mail telephone phone letter speech post "
        "message reporters journalists television radio twitter facebook telegram comment comments remarks release "
        "tweet video communique communiqué note article website reuters afp ap media newspaper newspapers agency "
        "channel".split()
    )
    | TIME
)


def _light(view: View, at: int) -> int:
    """For a preposition at `at`: the index after its phrase where that tells only the occasion of saying, else 0."""
    end = at + 1
    while end < view.end and end - at < 9:
        word = view.low[end]
        if word in STOPS or word in CLAUSE or word in MARKS:
            break
        end += 1
        if word in _LIGHT and (view.word(end) not in _LIGHT and view.word(end) not in ("conference", "'s", "’s")):
            return end
    return 0


def _after(view: View, at: int) -> tuple[Range, ...]:
    """The content after a cue: past a listener ("told Reuters that") and the occasion, to the sentence's end."""
    start = at + 1
    if view.word(at) in _TOLD:
        start = _past_listener(view, start)
    else:
        start = _skip_adverbials(view, start)
    if view.word(start) == "," and view.word(start + 1) in OPEN | {'"'}:
        start += 1
    if view.word(start) == ",":
        inner = next((k for k in range(start + 1, min(view.end, start + 30)) if view.low[k] == ","), None)
        start = inner + 1 if inner and view.word(start + 1) != "that" else start + 1
    while view.word(start) in (":", "—", "-", "--"):
        start += 1
    if start >= view.end:
        return ()
    end = len(view.low)
    while end > start and view.low[end - 1] in STOPS - MARKS:
        end -= 1
    return ((start, end),) if end > start else ()


def _past_listener(view: View, start: int) -> int:
    if view.word(start) in ("that", "of", "to"):
        return start
    for at in range(start, min(start + 14, view.end)):
        word = view.low[at]
        if word in ("that", "to", "of", "about", "against", ":") or word in OPEN | {'"'}:
            return at
        if word == "," and at > start:
            break
    at = start
    if view.word(at) in DETERMINERS:
        at += 2
    elif view.named(at):
        while view.named(at) and view.word(at) not in TIME:
            at += 1
        if view.word(at) in ("'s", "’s"):
            at += 2
    else:
        at += 1
        while view.word(at) in _LIGHT - TIME:
            at += 1
    return _skip_adverbials(view, min(at, view.end))


def _without_subject(view: View, start: int, at: int) -> Candidate | None:
    """A cue with no subject beside it: "…, saying that C", "and said C"; the source is the sentence's main subject."""
    before = view.word(start - 1)
    participle = view.word(at).endswith("ing")
    source = _main_subject(view, start)
    if source is None and start > 0 and before not in ("to",):
        return None
    construction: Construction = "participle" if participle else "coordinated"
    return Candidate(construction=construction, source=source, cue=(at, at + 1), head=at, content=_after(view, at))


def _main_subject(view: View, before: int) -> Range | None:
    """The first noun phrase of the sentence's main clause, from its start to its first verb or comma."""
    start = 0
    while start < before and view.low[start] in STOPS | {"and", "but", "however", "meanwhile", "yet", "so", "even"}:
        start += 1
    if view.word(start) in PREPOSITIONS | {"when", "while", "as", "if", "although", "though"}:
        comma = next((k for k in range(start, before) if view.low[k] == "," and not view.inside[k]), None)
        if comma is None or comma + 1 >= before:
            return None
        start = comma + 1
    end, table = start, cues()
    while end < before and end - start < 14:
        word = view.low[end]
        if word in STOPS or word in CLAUSE or word == "who":
            break
        if end > start and (
            view.is_verb(end) or (word in table and table[word].kind == "verb" and not view.named(end))
        ):
            break
        if end > start + 1 and (word in ADVERBS or word in TIME):
            break
        end += 1
    return (start, end) if start < end <= before else None


def _passive(view: View, start: int, at: int) -> Candidate | None:
    """As in "is estimated to", "it was reported that", "were reported by X"."""
    by = next((k for k in range(at + 1, min(at + 4, view.end)) if view.low[k] == "by"), None)
    source = noun_phrase_after(view, by + 1, wide=True) if by else None
    end = at + 1
    if view.word(end) == "to":
        end += 1
    if view.word(end) in ("that", ":") or view.word(at) in _TOLD:
        content = _after(view, at)
        return Candidate(construction="passive", source=source, cue=(start, at + 1), head=at, content=content)
    subject = subject_before(view, start)
    pieces: list[Range] = [subject] if subject and view.low[subject[0]] != "it" else []
    rest = source[1] if source else end
    if rest < view.end:
        pieces.append((rest, view.end))
    return Candidate(construction="passive", source=source, cue=(start, end), head=at, content=tuple(pieces))


def _noun(view: View, at: int) -> Candidate | None:
    """As in "X's claim that C", "a statement by X", "claims by X that C", "reports that C"."""
    content_at, source = at + 1, None
    if view.word(at + 1) in ("by", "from") and view.word(at + 2):
        source = noun_phrase_after(view, at + 2, wide=False)
        content_at = source[1] if source else at + 1
    elif view.word(at - 1) in ("'s", "’s", "'", "’"):
        owner = subject_before(view, at - 1)
        source = (owner[0], at) if owner else None
    elif view.word(at - 1) in POSSESSIVES:
        source = (at - 1, at)
    else:
        source = _possessor(view, at)
    if source is None and view.word(at) in ("reports", "accounts", "rumours", "rumors") and view.word(at + 1) == "that":
        source = (at, at + 1)  # "there were reports that": the reports are the source
    if view.word(content_at) not in ("that", "of", "to"):
        content_at = _skip_adverbials(view, content_at)  # "X's announcement late last week that C"
    if view.word(content_at) not in _OPENS_CONTENT:
        return None
    end = _clause_end(view, content_at + 1)
    start = content_at if view.word(content_at) in ("that", "to") else content_at + 1
    if end <= start:
        return None
    return Candidate(construction="noun", source=source, cue=(at, at + 1), head=at, content=((start, end),))


_OPENS_CONTENT = frozenset("that of to for about on against : as".split()) | OPEN | {'"'}


def _possessor(view: View, at: int) -> Range | None:
    """As in "X's latest claim": the owner stands up to three words before the noun."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if view.low[back] in ("'s", "’s"):
            owner = subject_before(view, back)
            return (owner[0], back + 1) if owner else None
        if view.low[back] in STOPS or view.low[back] in PREPOSITIONS:
            return None
        if view.low[back] in POSSESSIVES:
            return (back, back + 1)
    return None


def _clause_end(view: View, start: int) -> int:
    for at in range(start, view.end):
        if view.low[at] in (",", ";", "—", "–", "--") and not view.inside[at]:
            return at
    return view.end


def _according(view: View, at: int) -> Candidate | None:
    source = noun_phrase_after(view, at + 2, wide=True)
    if source is None:
        return None
    content: tuple[Range, ...] = ()
    if at > 1:
        content = _before(view, at)
    follows = source[1] + 1
    short = not content or content[0][1] - content[0][0] < 4
    if view.word(source[1]) == "," and short and _closes_clause(view, follows):
        # "The aim, according to X, speaking to Y, is to hold on": what X says goes on after the second comma.
        follows = next((k + 1 for k in range(follows, view.end) if view.low[k] == ","), follows)
    if view.word(source[1]) == "," and view.end - source[1] > 3 and (short or not _closes_clause(view, follows)):
        content += ((follows, view.end),)
    elif at <= 1:
        content = ((source[1], view.end),) if source[1] < view.end else ()
    return Candidate(construction="according", source=source, cue=(at, at + 2), head=at, content=content)


def _claimed(view: View, at: int) -> Candidate | None:
    """As in "X claimed responsibility for C", "C, claimed by X"."""
    if view.word(at) == "claimed":
        source = noun_phrase_after(view, at + 2, wide=False)
        return Candidate(construction="claimed", source=source, cue=(at, at + 2), head=at, content=_before(view, at))
    verb = next((k for k in range(at - 1, max(-1, at - 3), -1) if view.low[k] in _TAKES), None)
    if verb is None:
        return None
    start = verb_group(view, verb)
    source = subject_before(view, start) or _main_subject(view, start)
    content: tuple[Range, ...] = (
        ((at + 2, view.end),) if view.word(at + 1) in ("for", "of") and at + 2 < view.end else ()
    )
    if not content and view.word(source[0] - 1 if source else -1) == "which":
        content = _before(view, source[0] - 1 if source else at)
    return Candidate(
        construction="claimed", source=source, cue=(verb, at + 1), head=verb, content=content or _before(view, verb)
    )


_TAKES = frozenset(
    "claim claims claimed claiming took take takes taking accepted accepts assumed asserted denied denies".split()
)


def _idiom(view: View, at: int) -> bool:
    """As in "Claimed the lives of three": a toll, not a saying."""
    if view.word(at) not in ("claim", "claims", "claimed", "claiming"):
        return False
    ahead = view.low[at + 1 : at + 6]
    return "lives" in ahead or "life" in ahead or "responsibility" in ahead[:2]


def _as_saying(view: View, at: int) -> Candidate | None:
    """As in "The agency quoted X as saying C", "X was quoted as saying C": X says it."""
    verb = next((k for k in range(at - 2, max(-1, at - 24), -1) if view.low[k] in _QUOTED), None)
    if verb is None:
        return None
    source: Range | None = (verb + 1, at - 1) if verb + 1 < at - 1 else subject_before(view, verb_group(view, verb))
    if source and view.word(source[0]) == "by":
        return None
    return Candidate(construction="quoted", source=source, cue=(at, at + 1), head=at, content=_after(view, at))


def _quoting(view: View, at: int) -> Candidate | None:
    """As in "X quoted Y as saying C", "X, quoted by Y, said C", "citing Y"."""
    word = view.word(at)
    if view.word(at + 1) == "by":
        source = noun_phrase_after(view, at + 2, wide=False)
        if source is None:
            return None
        verb = next((k for k in range(source[1], min(source[1] + 4, view.end)) if view.low[k] in cues()), None)
        content = _after(view, verb) if verb else _before(view, at)
        return Candidate(construction="quoted", source=source, cue=(at, at + 2), head=at, content=content)
    if word in ("citing", "quoting"):
        source = noun_phrase_after(view, at + 1, wide=False)
        if source is None:
            return None
        content = _after_insertion(view, source[1]) or _before(view, at)
        return Candidate(construction="quoted", source=source, cue=(at, at + 1), head=at, content=content)
    return None


def _after_insertion(view: View, at: int) -> tuple[Range, ...]:
    """After "Reuters, citing X,": the content of the verb that follows the insertion."""
    if view.word(at) != ",":
        return ()
    if view.word(at + 1) == "that":
        return ((at + 1, view.end),)
    verb = next((k for k in range(at + 1, min(at + 4, view.end)) if view.low[k] in cues()), None)
    return _after(view, verb) if verb else ()


def _colon(view: View, at: int) -> Candidate | None:
    source = _main_subject(view, at)
    if source is None:
        return None
    return Candidate(construction="colon", source=source, cue=(at, at + 1), head=at, content=((at + 1, len(view.low)),))

"""Two sides of one sentence that count the same differently: "the army says 12 died, while residents say 40 did".

record.md makes two claims of them. Where the second side has no trigger of its own, or only a faint one, its words
stand for the event that the first names: its verb becomes a trigger, with the parts of the first and its own figure.
"""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from dateline.reading.attribution import Said
from dateline.reading.figure_events import PRO_VERBS
from dateline.reading.figure_words import EVENT_TABLE, EVENTS
from dateline.reading.roles import Link
from dateline.reading.sentences import token_at
from dateline.reading.triggers import Trigger
from dateline.reading.words import Sentence
from dateline.record import Figure, Part


class Side(Struct, frozen=True, kw_only=True):
    """What one source of a sentence says, and the positions of the figures in it that the other side counts too."""

    sentence: int
    content: Part
    figures: tuple[int, ...]

    def holds(self, part: Part) -> bool:
        return part.where == self.content.where and self.content.span.holds(part.span)


Pair = tuple[Side, Side]
_REACH = 5  # words from a figure to its verb: "40 [people had been] killed"


def find_sides(sentences: Sequence[Sentence], said: Sequence[Said], figures: Sequence[Figure]) -> list[Pair]:
    """The pairs of sides of a report; of three in one sentence none is made out."""
    made: list[Pair] = []
    for sentence in sentences:
        here = [one for one in said if one.index == sentence.index and one.source and one.reports]
        sides = [side for one in here for side in _sides_of(one, sentence, figures)]
        if len(here) == len(sides) == 2 and _differ(sides, figures) and not sides[0].holds(sides[1].content):
            first, second = sorted(sides, key=lambda side: side.content.span.start)
            if first.content.span.end <= second.content.span.start:
                made.append((first, second))
    return made


def _sides_of(one: Said, sentence: Sentence, figures: Sequence[Figure]) -> list[Side]:
    parts = [part for part in one.content if sentence.holds(part)]
    if len(parts) != 1:
        return []
    (part,) = parts
    counted = tuple(
        i
        for i, figure in enumerate(figures)
        if figure.measure in EVENT_TABLE
        and not figure.superseded
        and figure.part_of is None
        and figure.where == part.where
        and part.span.holds(figure.span)
    )
    return [Side(sentence=sentence.index, content=part, figures=counted)] if counted else []


def _differ(sides: Sequence[Side], figures: Sequence[Figure]) -> bool:
    """Whether each side has one count of a measure that both tell, and the two are not the same."""
    counts = [{figures[i].measure: (figures[i].low, figures[i].high) for i in side.figures} for side in sides]
    shared = counts[0].keys() & counts[1].keys()
    return bool(shared) and any(counts[0][measure] != counts[1][measure] for measure in shared)


def with_elided(
    pairs: Sequence[Pair],
    triggers: Sequence[Trigger],
    faint: Sequence[Trigger],
    sentences: Sequence[Sentence],
    figures: Sequence[Figure],
) -> tuple[tuple[Trigger, ...], tuple[Trigger, ...], dict[int, int]]:
    """The clear and faint triggers with one for each second side that had none, and the first side's that it repeats
    (positions in the new triggers)."""
    made, left = list(triggers), list(faint)
    repeats: dict[Trigger, Trigger] = {}
    for first, second in pairs:
        told = [t for t in triggers if first.holds(t.part)]
        if not told or any(second.holds(t.part) for t in triggers):
            continue
        base = max(told, key=lambda t: t.score)
        weak = [t for t in faint if second.holds(t.part)]
        trigger = replace(weak[0], event=base.event, score=base.score) if weak else None
        trigger = trigger or _verb_after(figures[second.figures[0]], sentences[second.sentence], base)
        left = [t for t in left if not second.holds(t.part)]
        made.append(trigger)
        repeats[trigger] = base
    made.sort(key=lambda t: (t.sentence, t.first))
    at = {id(t): i for i, t in enumerate(made)}
    return tuple(made), tuple(left), {at[id(new)]: at[id(base)] for new, base in repeats.items()}


def _verb_after(figure: Figure, sentence: Sentence, base: Trigger) -> Trigger:
    """The verb of the figure ("21 [did]", "40 were [killed]"), or else the figure itself ("put the number at [21]")."""
    first = token_at(sentence, figure.span.start)
    behind = token_at(sentence, figure.span.end)
    words = [token.lower for token in sentence.tokens[behind : behind + _REACH]]
    at = next((i for i, word in enumerate(words) if word in EVENTS), None)
    if at is None:
        at = 0 if words and words[0] in PRO_VERBS else None
    at = first if at is None else behind + at
    token = sentence.tokens[at]
    return replace(base, part=sentence.part(token.start, token.end), first=at, last=at)


def parted(
    links: Sequence[Link], pairs: Sequence[Pair], triggers: Sequence[Trigger], repeats: dict[int, int],
    figures: Sequence[Figure], sentences: Sequence[Sentence],
) -> tuple[Link, ...]:  # fmt: skip
    """The links with each side's figures for its own triggers alone, and for the new ones the parts they share."""
    made = [link for link in links if link.trigger not in repeats]
    for new, base in repeats.items():
        side = next(second for _, second in pairs if second.holds(triggers[new].part))
        shared = [link for link in links if link.trigger == base and link.kind != "figure"]
        made += [replace(link, trigger=new) for link in shared]
        made += [_figure_link(new, i, figures[i], side, sentences) for i in side.figures]
    return tuple(sorted((k for k in made if not _of_other_side(k, pairs, triggers)), key=lambda k: k.trigger))


def _figure_link(trigger: int, thing: int, figure: Figure, side: Side, sentences: Sequence[Sentence]) -> Link:
    sentence = sentences[side.sentence]
    first = token_at(sentence, figure.span.start)
    last = max(first, token_at(sentence, figure.span.end) - 1)
    return Link(trigger=trigger, kind="figure", thing=thing, role="figure", score=1.0, sentence=side.sentence,
                first=first, last=last)  # fmt: skip


def _of_other_side(link: Link, pairs: Sequence[Pair], triggers: Sequence[Trigger]) -> bool:
    if link.kind != "figure" or link.trigger >= len(triggers):
        return False
    part = triggers[link.trigger].part
    return any(mine.holds(part) and link.thing in other.figures for pair in pairs for mine, other in (pair, pair[::-1]))

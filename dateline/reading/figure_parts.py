"""Parts of a whole, and tolls that a report itself replaces by others.

A part is told by "including", "among them", by "four of the five", by a colon, dash or bracket after its whole. A toll
no longer stands where a sentence gives the old one with the new ("raised to 43 from 24"), or where words call it old
("an earlier count of 24", "had first put the toll at 24") and another is told in it or near it.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from dateline.codes import Measure
from dateline.reading.figure_numbers import Number
from dateline.reading.figure_words import PEOPLE_MEASURES, REVISED, STOPS
from dateline.reading.patterns import word_set
from dateline.record import Figure

Counted = tuple[Number, Figure]

# --- parts -----------------------------------------------------------------------------------------------------------

# Marks that a list of parts may follow.
LIST_MARKS = frozenset((":", "(", "-"))
_LISTED = 4  # words between two counts of one list: "14 government soldiers and three"
_OF_WHOLE = (["of"], ["of", "the"], ["of", "these"], ["of", "those"], ["out", "of"], ["out", "of", "the"])


def with_parts(lower: Sequence[str], made: Sequence[Counted]) -> list[Counted]:
    """Each count with the whole that it is part of: "24, including seven children", "four of the five dead"."""
    out: list[Counted] = []
    whole: Figure | None = None
    for i, (number, figure) in enumerate(made):
        before = made[i - 1] if i else None
        between = lower[before[0].end : number.start] if before else []
        if before and _part_of_next(between, before[1], figure):
            out[-1] = (before[0], replace(out[-1][1], part_of=figure.text))
            whole = None
        elif before and _cues_part(lower, number, between) and not (STOPS - {"("}) & set(between):
            whole = before[1] if whole is None or not out[-1][1].part_of else whole
        elif before and between and between[-1] in LIST_MARKS and _same_kind(figure, before[1]):
            whole = before[1]
        elif whole and not (between and between[-1] in ("and", ",") and figure.measure == out[-1][1].measure):
            whole = None
        if whole and figure.measure == whole.measure and _fits(figure, whole):
            figure = replace(figure, part_of=whole.text)
        out.append((number, figure))
    return _with_sums(lower, out)


def _with_sums(lower: Sequence[str], made: Sequence[Counted]) -> list[Counted]:
    """As in "killed 17 people, 14 soldiers and three rebels": counts listed after one are its parts if they add up."""
    out = list(made)
    for i, (number, whole) in enumerate(made):
        listed = _listed_after(lower, made, i)
        sizes = [part.low for _, part in listed if part.low == part.high]
        exact = whole.low is not None and len(sizes) == len(listed) > 1 and sum(filter(None, sizes)) == whole.low
        if exact and whole.part_of is None and lower[number.end : listed[0][0].start][-1:] == [","]:
            for k, (at, part) in enumerate(listed, i + 1):
                out[k] = (at, replace(part, part_of=whole.text))
    return out


def _listed_after(lower: Sequence[str], made: Sequence[Counted], i: int) -> list[Counted]:
    """The counts after the one at `i` that go on with it in one list: of its measure, each with a noun of its own."""
    listed: list[Counted] = []
    for before, after in pairwise(made[i:]):
        between = lower[before[0].end : after[0].start]
        alike = after[1].measure == made[i][1].measure and after[1].part_of is None and after[1].of
        if not alike or between[-1:] not in ([","], ["and"]) or len(between) > _LISTED:
            break
        listed.append(after)
    return listed


def _part_of_next(between: Sequence[str], part: Figure, whole: Figure) -> bool:
    """As in "four of the five were killed": the earlier count is part of the later one."""
    if list(between) not in _OF_WHOLE or part.low is None or whole.low is None:
        return False
    return part.low <= whole.low and part.measure in (whole.measure, None)


_AMONG = (["among", "them"], ["among", "those"], ["of", "whom"], ["of", "them"])


def _cues_part(lower: Sequence[str], number: Number, between: Sequence[str]) -> bool:
    """ "including", "among them", "20 of them soldiers"; not "12 dead in the ranks of one side and 23 …"."""
    if "including" in between:
        return True
    if list(lower[number.end : number.end + 2]) in (["of", "them"], ["of", "whom"]):
        return True
    return any(list(between[i : i + 2]) in _AMONG for i in range(len(between)))


def _same_kind(part: Figure, whole: Figure) -> bool:
    """Whether counts told after a mark may be parts: smaller, and in the same unit (not "300 people (60 families)")."""
    units = {part.unit or "people", whole.unit or "people"}
    return part.measure in PEOPLE_MEASURES and len(units) == 1 and _smaller(part, whole)


def _smaller(part: Figure, whole: Figure) -> bool:
    most = whole.high if whole.high is not None else whole.low
    return part.low is not None and most is not None and part.low < most


def _fits(part: Figure, whole: Figure) -> bool:
    return whole.high is None or part.low is None or part.low <= whole.high


# --- revisions -------------------------------------------------------------------------------------------------------

_TOLL_WORDS = word_set("toll tally count number figure estimate death")
_EARLIER = word_set("earlier previous previously initial initially preliminary original originally first")
_REPORTS = word_set(
    "toll tally count figure figures estimate estimates report reports number statement account reported reporting "
    "said put given gave stood counted announced believed thought estimated"
)
_EARLIER_REACH = 10  # words between "an earlier toll" and its number
_HAD_STOOD = (("had", "stood", "at"), ("had", "been", "put", "at"), ("had", "been"))
_SINCE = word_set("since now later then")
_TO_FROM = 7  # words between a new toll and the old one, with a day or a place between them


def with_superseded(lower: Sequence[str], made: Sequence[Counted]) -> list[Figure]:
    """As in "raised to 43 from 24", "from 24 to 43", "43, up from 24": the older of the two no longer stands."""
    out = [figure for _, figure in made]
    for i in range(1, len(made)):
        (first, _), (second, _) = made[i - 1], made[i]
        between = lower[first.end : second.start]
        told = set(lower[max(0, first.start - 12) : first.start])
        if len(between) > _TO_FROM or not (told | set(between)) & REVISED:
            continue
        counts_dead = bool((told | set(between)) & _TOLL_WORDS) or "killed" in (out[i].measure, out[i - 1].measure)
        if not counts_dead:
            continue
        if between[-1:] == ["from"]:
            out[i] = replace(out[i], superseded=True, measure=out[i].measure or out[i - 1].measure)
        elif between[-1:] == ["to"] and lower[first.start - 1] == "from":
            measure = out[i].measure or out[i - 1].measure
            out[i - 1] = replace(out[i - 1], superseded=True, measure=out[i - 1].measure or measure)
            out[i] = replace(out[i], measure=measure)
        elif between[-1:] == ["to"] and _SINCE & set(between) and out[i].measure == out[i - 1].measure:
            out[i - 1] = replace(out[i - 1], superseded=True)  # "put at 24 and has since risen to 43"
    return out


def is_called_earlier(lower: Sequence[str], number: Number, floor: int = 0) -> bool:
    """Whether words say that a count was told before: "an earlier toll of 24", "had initially put it at 24".

    `floor` is the end of the number before: what stands there is said of that one.
    """
    if _in_earlier_version(lower[: number.start]):
        return True
    near = lower[max(floor, number.start - _EARLIER_REACH) : number.start]
    after = lower[number.end : number.end + _EARLIER_REACH]
    if _TOLL_WORDS & set(near) and not STOPS & set(near) and any(tuple(near[-len(w) :]) == w for w in _HAD_STOOD):
        return True  # "the toll had stood at 24"
    for i, word in enumerate(near):
        if word in _EARLIER and _REPORTS & set(near[i + 1 : i + 4]) and not STOPS & set(near[i:]):
            return True
    for i, word in enumerate(after):
        if word in STOPS or word in (",", "and"):
            break
        if word in _EARLIER and _REPORTS & set(after[i + 1 : i + 2]):
            return True  # "24 were first reported killed", "the 24 previously reported"
    return False


def _in_earlier_version(before: Sequence[str]) -> bool:
    """As in "an earlier version of this report misstated the number of dead as [19]": what a correction takes back."""
    at = next((i for i in range(len(before) - 1, 0, -1) if before[i] in ("version", "edition")), 0)
    told = before[at + 1 :]
    ours = list(told[:1]) == ["of"] and bool({"this", "our"} & set(told[1:2]))
    return ours and before[at - 1] in _EARLIER and not {";", "."} & set(told)


class Told(NamedTuple):
    """A count of a report: the sentence it stands in, and whether it is called an earlier one."""

    figure: Figure
    sentence: int
    earlier: bool


_NEAR = 3  # sentences between an old toll and the one that stands


def across_sentences(told: Sequence[Told]) -> list[Figure]:
    """Mark the counts that are called earlier ones, where another of the measure is told near them."""
    out = [one.figure for one in told]
    for i, one in enumerate(told):
        if not one.earlier or one.figure.superseded:
            continue
        newer = next((other for other in told if _replaces(other, one)), None)
        if newer is not None:
            out[i] = replace(one.figure, superseded=True, measure=one.figure.measure or newer.figure.measure)
    return out


def _replaces(newer: Told, older: Told) -> bool:
    measures: set[Measure | None] = {newer.figure.measure, older.figure.measure} - {None}
    return (
        newer is not older
        and not newer.earlier
        and not newer.figure.superseded
        and newer.figure.part_of is None
        and abs(newer.sentence - older.sentence) <= _NEAR
        and newer.figure.measure is not None
        and len(measures) == 1
        and newer.figure.measure in PEOPLE_MEASURES
        and (newer.figure.low, newer.figure.high) != (older.figure.low, older.figure.high)
    )

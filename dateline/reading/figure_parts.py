"""Parts of a whole, and tolls that a report itself replaces by later ones."""

from collections.abc import Sequence

from msgspec.structs import replace

from dateline.reading.figure_numbers import Number
from dateline.reading.figure_words import STOPS
from dateline.reading.patterns import word_set
from dateline.record import Figure

_REVISED = word_set("raised revised rose risen climbed increased lowered updated raising revising up")


def with_parts(lower: Sequence[str], made: Sequence[tuple[Number, Figure]]) -> list[tuple[Number, Figure]]:
    """As in "24, including seven children": the seven are part of the 24, and so is what goes on after them."""
    out: list[tuple[Number, Figure]] = []
    whole: Figure | None = None
    for i, (number, figure) in enumerate(made):
        between = lower[made[i - 1][0].end : number.start] if i else []
        if i and _cues_part(between) and not STOPS & set(between):
            whole = made[i - 1][1] if whole is None or not out[-1][1].part_of else whole
        elif whole and not (between and between[-1] in ("and", ",") and figure.measure == out[-1][1].measure):
            whole = None
        if whole and figure.measure == whole.measure and _fits(figure, whole):
            figure = replace(figure, part_of=whole.text)
        out.append((number, figure))
    return out


def _cues_part(between: Sequence[str]) -> bool:
    """ "including", "among them"; not "12 dead among the ranks of one side and 23 …"."""
    if "including" in between:
        return True
    return any(
        between[i : i + 2] in (["among", "them"], ["among", "those"], ["of", "whom"], ["of", "them"])
        for i in range(len(between))
    )


def _fits(part: Figure, whole: Figure) -> bool:
    most = whole.high if whole.high is not None else None
    return most is None or part.low is None or part.low <= most


def with_superseded(lower: Sequence[str], made: Sequence[tuple[Number, Figure]]) -> list[Figure]:
    """As in "raised the toll to 43 from 24", "from 24 to 43": the older of the two no longer stands."""
    out = [figure for _, figure in made]
    for i in range(1, len(made)):
        (first, _), (second, _) = made[i - 1], made[i]
        between = lower[first.end : second.start]
        told = set(lower[max(0, first.start - 12) : first.start])
        if not (told & _REVISED and "toll" in told | set(between)) or len(between) > 4:
            continue
        if between[-1:] == ["from"]:
            out[i] = replace(out[i], superseded=True, measure=out[i].measure or out[i - 1].measure)
        elif between[-1:] == ["to"] and lower[first.start - 1] == "from":
            out[i - 1] = replace(out[i - 1], superseded=True)
    return out

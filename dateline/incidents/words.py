"""The values of an incident in plain words: "11–18–19", "at least 12 killed", "near Quorrin (BV)".

Every function is pure and returns one line. Names are given as they are written; whoever prints them on a terminal
cleans them first.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import get_args

from dateline.codes import EventType, Measure, Modality
from dateline.incidents.types import Happened, Party, Spot

UNKNOWN = "?"  # an end that nobody tells, between two that somebody does

# Measures whose name says what happened to people: what an incident is known by.
HARM: tuple[Measure, ...] = ("killed", "wounded", "missing", "casualties", "displaced", "abducted", "detained")
_UNITS: dict[str, str] = {"area": "km²", "distance": "km"}
_HAPPENED: dict[Happened, str] = {
    "happened": "happened",
    "planned": "planned",
    "called_for": "called for",
    "possible": "possible",
    "denied": "denied",
}
_MODALITIES: dict[Modality, Happened] = {"actual": "happened"}
_NAMED = 2  # parties that are named
_DISPUTED: dict[str, str] = {
    "happened": "whether it happened",
    "actor": "who did it",
    "target": "who was hit",
    "time": "when",
    "place": "where",
    "killed": "how many were killed",
    "wounded": "how many were wounded",
    "missing": "how many are missing",
    "displaced": "how many were displaced",
    "abducted": "how many were abducted",
    "detained": "how many were detained",
    "money": "how much money",
    "area": "how large an area",
    "distance": "how far",
}


def number(value: float) -> str:
    """Such as "1,700", "1.5"."""
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def event(value: EventType) -> str:
    return value.replace("_", " ")


def happened(value: Happened) -> str:
    return _HAPPENED[value]


def put(modality: Modality) -> str:
    """How one claim puts it, in the words of `happened`."""
    return happened(_MODALITIES.get(modality, modality))  # type: ignore[arg-type]


def measure(value: str) -> str:
    """What is counted, as it stands behind a number: "killed", "km²"."""
    return _UNITS.get(value, value)


def disputed(field: str) -> str:
    """What a contradiction is about: "who did it", "how many were killed"."""
    return _DISPUTED.get(field, f"how many {field}")


# --- figures ---------------------------------------------------------------------------------------------------------


def three(low: float | None, best: float | None, high: float | None) -> str:
    """Low, best and high as "11–18–19"; one number where they are one, "≥ 12" and "≤ 12" where only a bound is known.

    Of three different numbers one that nobody tells is "?": "11–18–?".
    """
    if low is None and high is None:
        return UNKNOWN if best is None else f"about {number(best)}"
    if best is None or (best in (low, high) and (low is None or high is None)):
        return bounds(low, high)
    if low == high:
        return number(best)
    return "–".join(UNKNOWN if each is None else number(each) for each in (low, best, high))


def bounds(low: float | None, high: float | None) -> str:
    """One figure as a report gives it: "18", "11–19", "≥ 12", "≤ 12"."""
    if low is not None and high is not None:
        return number(low) if low == high else f"{number(low)}–{number(high)}"
    if low is not None:
        return f"≥ {number(low)}"
    return f"≤ {number(high)}" if high is not None else UNKNOWN


def said(low: float | None, best: float | None, high: float | None, of: str) -> str:
    """The same in words: "11 to 19 killed, most likely 18", "at least 12 killed"."""
    if low is None and high is None:
        return f"about {number(best)} {of}" if best is not None else f"{of}: not known"
    if low is not None and low == high:
        return f"{number(low)} {of}"
    if low is not None and high is not None:
        ends = f"{number(low)} to {number(high)} {of}"
    else:
        ends = f"at least {number(low)} {of}" if low is not None else f"up to {number(high or 0)} {of}"
    bound_alone = best is None or (best in (low, high) and (low is None or high is None))
    return ends if bound_alone or best is None else f"{ends}, most likely {number(best)}"


def measures_first(value: str) -> int:
    """The order in which measures are told: as the codebook lists them."""
    return get_args(Measure).index(value)


# --- days, places, parties -------------------------------------------------------------------------------------------


def days(earliest: date | None, latest: date | None) -> str:
    """Such as "2024-03-04", "2024-03-04 to 2024-03-06", "from 2024-03-04 on"; empty where nothing is known."""
    if earliest and latest:
        return f"{earliest}" if earliest == latest else f"{earliest} to {latest}"
    if earliest:
        return f"from {earliest} on"
    return f"until {latest}" if latest else ""


def place(spot: Spot) -> str:
    """A place with how exactly it is known and its country: "near Quorrin (BV)", "Quorrin district (BV)"."""
    grain = spot.precision if spot.precision in ("district", "province") else ""
    name = f"{spot.name} {grain}" if grain and grain not in spot.name.lower() else spot.name
    if spot.country and spot.precision != "country":
        name += f" ({spot.country})"
    return f"near {name}" if spot.precision == "near" else name


def names(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(party.name for party in parties))


def listed(values: Sequence[object]) -> str:
    """Such as "1", "1 and 2", "1, 2 and 3"."""
    words = [str(value) for value in values]
    return " and ".join(piece for piece in (", ".join(words[:-1]), words[-1] if words else "") if piece)


def some(values: Sequence[str]) -> str:
    """The first names, and that there are more: "A and B", "A, B and others"."""
    return listed(values) if len(values) <= _NAMED else listed([*values[:_NAMED], "others"])


def counted(value: int, one: str) -> str:
    """Such as "one report", "12 reports"."""
    return f"one {one}" if value == 1 else f"{value:,} {one}s"

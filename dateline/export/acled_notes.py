"""ACLED's `notes`: what happened in a few sentences of prose, made from the fields, with who says so.

Nothing is in them that is not in the incident, and no words of a report but names.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from dateline.codes import EventType, Measure
from dateline.export.cells import number_cell
from dateline.export.places import country_name
from dateline.export.sides import names
from dateline.incidents.types import Estimate, Incident, Spot
from dateline.incidents.voices import NO_NAME
from dateline.version import VERSION

SCHEMA = "ACLED-like/1"
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_TOLD: dict[Measure, str] = {
    "killed": "killed", "wounded": "wounded", "missing": "missing", "casualties": "killed or wounded",
    "displaced": "displaced", "abducted": "abducted", "detained": "detained",
}  # fmt: skip
_PRECISIONS = {
    "near": "near", "district": "somewhere in the district of", "province": "somewhere in the province of",
    "part_of_country": "somewhere in", "country": "somewhere in", "region": "somewhere in", "water": "in",
}  # fmt: skip
_NOUNS: dict[EventType, str] = {
    "territory_gained": "gain of territory", "territory_lost": "loss of territory", 
    "organisation": "change to a group", "destruction": "destruction of property",
}  # fmt: skip
VOICES_MOST = 6  # named in one sentence; the rest are counted


def notes(incident: Incident, outlets: Sequence[str]) -> str:
    """The sentences, one after another.

    Args:
        outlets: who published it; they speak where nobody else does.
    """
    return " ".join(_sentences(incident, outlets))


def written_day(day: date) -> str:
    """Such as "17 June 2014"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _sentences(incident: Incident, outlets: Sequence[str]) -> Iterator[str]:
    yield f"{_when(incident)}{_what(incident)}{_where(incident.place)}."
    told = [said for each in incident.figures if (said := _figure(each))]
    voices = incident.asserted_by or tuple(outlets)
    if told:
        yield f"{_according(voices)}{_listed(told)}."
    elif voices:
        yield f"This is {_according(voices, start=False)}."
    if incident.denied_by:
        yield f"{_listed(incident.denied_by)} denied it."
    for each in incident.contradictions:
        sides = "; ".join(f"{side.says}{_by(side.voices)}" for side in each.sides)
        yield f"Accounts differ on {each.field.replace('_', ' ')}: {sides}."
    if incident.status in ("unverified", "disputed"):
        yield f"The reports call it {incident.status}."
    reports, origins = _many(len(incident.reports), "report"), _many(len(incident.origins), "origin")
    yield f"Coded by Dateline {VERSION} ({SCHEMA}) from {reports} of {origins}."


def _when(incident: Incident) -> str:
    first, last = incident.earliest, incident.latest
    if first and last and first != last:
        return f"Between {written_day(first)} and {written_day(last)}, "
    if day := first or last:
        open_end = "" if first and last else ("from " if first else "until ")
        return f"On {written_day(day)}, " if not open_end else f"{open_end.capitalize()}{written_day(day)} on, "
    return ""


def _what(incident: Incident) -> str:
    said = _NOUNS.get(incident.event, incident.event.replace("_", " "))
    by = f" by {names(incident.actors)}" if incident.actors else ""
    against = f" against {names(incident.targets)}" if incident.targets else ""
    return f"{'an' if said[0] in 'aeiou' else 'a'} {said}{by}{against} was reported"


def _where(spot: Spot | None) -> str:
    if spot is None:
        return ", at a place that is not known"
    how = _PRECISIONS.get(spot.precision or "", "at")
    country = country_name(spot.country)
    return f", {how} {spot.name}" + (f" ({country})" if country and country != spot.name else "")


def _figure(estimate: Estimate) -> str:
    """Such as "12 were killed (figures from 10 to 15)"; empty for a measure that notes leave out."""
    done = _TOLD.get(estimate.measure)
    if done is None:
        return ""
    low, best, high = map(number_cell, (estimate.low, estimate.best, estimate.high))
    if not best:
        return f"{f'at least {low}' if low else f'at most {high}'} were {done}"
    spread = "" if (low, high) == (best, best) else f" (figures from {low or 'none'} to {high or 'more'})"
    return f"{best} {'was' if best == '1' else 'were'} {done}{spread}"


def _according(voices: Sequence[str], *, start: bool = True) -> str:
    if not voices:
        return "Reported: "
    return f"{'According' if start else 'according'} to {_listed(voices)}{', ' if start else ''}"


def _by(voices: Sequence[str]) -> str:
    return f" ({_listed(voices)})" if voices else ""


def _listed(said: Iterable[str]) -> str:
    words = list(dict.fromkeys("a source not named" if each == NO_NAME else each for each in said))
    if len(words) > VOICES_MOST:
        words = [*words[:VOICES_MOST], f"{len(words) - VOICES_MOST} more"]
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1] if words else "")))


def _many(count: int, one: str) -> str:
    return f"{count} {one}" if count == 1 else f"{count} {one}s"

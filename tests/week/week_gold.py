"""What the made-up week in `demo/week` should come to, beside what it does: one line for each thing that differs."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.incidents.types import Copy, Estimate, Incident

WEEK = Path(__file__).resolve().parents[2] / "demo" / "week"
GOLD: dict[str, Any] = json.loads((WEEK / "gold.json").read_text("utf-8"))


def found_for(gold: Mapping[str, Any], incidents: Iterable[Incident], given: Mapping[str, str]) -> Incident | None:
    """The incident that most lead reports tell of, of an accepted type and at the place; None where none does."""
    wanted = set(gold["lead_reports"])

    def merit(each: Incident) -> tuple[int, bool, bool, int]:
        reports = {given[key.partition("/")[0]] for key in each.claims}
        typed = bool({*gold["event"], *gold.get("event_accepted", ())} & set(each.events))
        placed = gold["place"] in {spot.name for spot in each.places}
        return len(wanted & reports), typed, placed, -len(reports)

    best = max(incidents, key=merit, default=None)
    return best if best is not None and merit(best)[0] else None


def differences(gold: Mapping[str, Any], found: Incident | None, given: Mapping[str, str]) -> Iterator[str]:
    """Where an incident is not what the gold says, field by field.

    Args:
        given: the ids of the reports in the week by their ids in the ledger.
    """
    name = gold["key"]
    if found is None:
        yield f"{name}: not found"
        return
    if found.event not in {*gold["event"], *gold.get("event_accepted", ())}:
        yield f"{name}: event {found.event}, not {gold['event']}"
    days = (str(found.earliest), str(found.latest))
    if not gold["earliest"] <= days[0] <= days[1] <= gold["latest"]:  # a night is told by the day it began on
        yield f"{name}: days {days}, not {gold['earliest']} to {gold['latest']}"
    place = found.place.name if found.place else None
    if (place or "").removesuffix(" province") not in {gold["place"], *gold.get("place_accepted", ())}:
        yield f"{name}: place {place}, not {gold['place']}"
    reports = {given[key.partition("/")[0]] for key in found.claims}
    missing, more = set(gold["lead_reports"]) - reports, reports - set(gold["reports"])
    if missing or more:
        yield f"{name}: reports missing {sorted(missing)}, too many {sorted(more)}"
    if len(found.origins) not in {gold["origins"], *gold.get("origins_accepted", ())}:
        yield f"{name}: origins {[(o.name, given[o.report]) for o in found.origins]}, not {gold['origins']}"
    # A withdrawn report whose outlet says that it did not happen leaves a denial.
    status = "withdrawn" if found.status in ("set_aside", "denied") and found.set_aside else found.status
    if status not in {gold["status"], *gold.get("status_accepted", ())}:
        yield f"{name}: status {found.status}, not {gold['status']}"
    yield from _figures(name, gold["figures"], {each.measure: each for each in found.figures})
    # One side of which was corrected or withdrawn has no say any more. The gold names the main fields: a measure of
    # which it gives several figures is disputed as well.
    wanted = {each["field"] for each in gold["contradictions"] if "corrected" not in str(each) and not found.set_aside}
    allowed = {each["field"] for each in gold["contradictions"]}
    allowed |= {measure for measure, three in gold["figures"].items() if three["low"] != three["high"]}
    have = {each.field for each in found.contradictions}
    if not wanted <= have <= allowed:
        yield f"{name}: contradictions {sorted(have)}, not {sorted(wanted)}"


def _figures(name: str, gold: Mapping[str, Any], found: Mapping[str, Estimate]) -> Iterator[str]:
    for measure, wanted in gold.items():
        made = found.get(measure)
        if made is None:
            yield f"{name}: no figure of {measure}; {wanted}"
            continue
        have = (made.low, made.best, made.high)
        if have != (wanted["low"], wanted["best"], wanted["high"]):
            yield f"{name}: {measure} {have}, not {wanted['low'], wanted['best'], wanted['high']}"


def copies_missed(
    copies: Iterable[Copy], given: Mapping[str, str]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The pairs of copies that were not found, and those found that are none, by the ids of the week.

    Copies of one original are copies of one another.
    """
    gold = _closed((each["of"], each["id"]) for each in GOLD["copies"])
    found = _closed((given[each.original], given[each.copy]) for each in copies)
    return gold - found, found - gold


def _closed(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    groups: dict[str, set[str]] = {}
    for a, b in pairs:
        joined = groups.get(a, {a}) | groups.get(b, {b})
        groups.update(dict.fromkeys(joined, joined))
    return {(a, b) for group in groups.values() for a in group for b in group if a < b}

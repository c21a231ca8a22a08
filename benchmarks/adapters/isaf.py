"""The day and the province of the first event of 362 ISAF press releases, read as reports.

Both come from whole records: the lead claim, its time, its place. The rows are training data: rules were made with the
half whose id's sha256 begins with an even hex digit, and the other half gives the score that is pinned.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from benchmarks.measured import Adapter, Measured, Score, Setting
from benchmarks.reading import Reading, read_rows
from dateline.world.gazetteer import gazetteer

DATA = "data/figures/isaf_dev.jsonl"
COUNTRY = "AF"
Division = tuple[str, str]  # country, GeoNames code
# What a release of a military command is about: something was done to people or things, or an operation was carried
# out. What is planned, asked for or merely held is not.
LEADS = frozenset(
    "attack battle air_strike shelling bombing chemical_attack killing casualties abduction detention "
    "destruction".split()
)
UNKNOWN_PROVINCE = ("", "??")


def lead(record: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The first claim, in reading order, of an event that happened and of which the text tells a day or a place.

    A headline tells neither, and what a release adds of a person's past seldom does. Where there is none of LEADS, the
    first of whatever happened.
    """
    happened = [claim for claim in record["claims"] if claim["modality"] == "actual"]
    events = [claim for claim in happened if claim["event"] in LEADS and claim["trigger"]["in"] == "text"]
    told = (claim for claim in events if _starts(claim) or _division(claim["places"]))
    return next(told, next(iter(events), next(iter(happened), None)))


def day(record: Mapping[str, Any]) -> str | None:
    """The first day of the lead claim; else the nearest day named before it, else that of publication."""
    claim = lead(record)
    if claim and (starts := _starts(claim)):
        return starts
    named = [
        time for time in _before(record, claim, "times") if time["earliest"] and time["earliest"] == time["latest"]
    ]
    return str(named[-1]["earliest"]) if named else record["report"]["published"]


def division(record: Mapping[str, Any]) -> Division | None:
    """The first-level division of the lead claim; else that of the nearest place named before it, else after it."""
    claim = lead(record)
    if claim and (found := _division(claim["places"])):
        return found
    before = _before(record, claim, "places")
    return _division(before[::-1]) or _division(record["mentions"]["places"])


def _starts(claim: Mapping[str, Any]) -> str | None:
    return claim["time"]["earliest"] if claim["time"] else None


def _division(places: Iterable[Mapping[str, Any]]) -> Division | None:
    """(country, code) of the first place that is a first-level division, else of the first that lies in one."""
    found = [entry for place in places if (entry := gazetteer().entry(place["geonames_id"])) and entry.admin1]
    found.sort(key=lambda entry: entry.kind != "division" or bool(entry.detail))
    return next(((entry.country, entry.admin1) for entry in found if entry.country), None)


def _before(record: Mapping[str, Any], claim: Mapping[str, Any] | None, kind: str) -> list[Mapping[str, Any]]:
    """What is mentioned in the text before the end of a claim's sentence."""
    end = claim["quote"]["span"][1] if claim else len(record["report"]["text"])
    return [one for one in record["mentions"][kind] if one["in"] == "text" and one["span"][0] < end]


def divisions_of(names: Iterable[str]) -> frozenset[Division]:
    """Every first-level division that one of these names may mean, in the country of the releases."""
    found = (entry for name in names for entry in gazetteer().lookup(name))
    return frozenset(
        (COUNTRY, entry.admin1) for entry in found if entry.kind == "division" and entry.country == COUNTRY
    )


def in_development(id: str) -> bool:
    return int(sha256(id.encode()).hexdigest()[0], 16) % 2 == 0


def measure_day(setting: Setting) -> Measured:
    """`date` is pinned: the lead claim's first day is the event's, over the half kept for the number."""
    records, rows, reading = _read(setting, "isaf.date")
    told = [row for row in rows if row["gold"]["start_date"]]
    right = {row["id"]: day(records[row["id"]]) == row["gold"]["start_date"] for row in told}
    dated = {row["id"] for row in rows if row["dct"]}
    return Measured(
        scores=(
            Score(name="date", value=_half(right, development=False)),
            Score(name="date_development", value=_half(right, development=True), pinned=False),
            Score(name="date_where_dated", value=_share(ok for id, ok in right.items() if id in dated), pinned=False),
            Score(name="date_all", value=_share(right.values()), pinned=False),
        ),
        cost=reading.cost,
        notes=reading.notes,
    )


def measure_province(setting: Setting) -> Measured:
    """`province` is pinned: the lead claim lies in one of the provinces named, over the half kept for the number."""
    records, rows, reading = _read(setting, "isaf.province")
    right = {}
    for row in rows:
        named = [name for name in row["gold"]["province"] if name not in UNKNOWN_PROVINCE]
        if named:
            right[row["id"]] = division(records[row["id"]]) in divisions_of(named)
    return Measured(
        scores=(
            Score(name="province", value=_half(right, development=False)),
            Score(name="province_development", value=_half(right, development=True), pinned=False),
            Score(name="province_all", value=_share(right.values()), pinned=False),
        ),
        cost=reading.cost,
        notes=reading.notes,
    )


def _read(setting: Setting, what: str) -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]], Reading]:
    """Records by id, the rows that were read, and what reading them cost."""
    rows = list(setting.shared.rows(DATA))
    reading = read_rows(setting, [row | {"published": row["dct"]} for row in rows], what=what)
    records = {record["id"]: record for record in reading.records}
    return records, [row for row in rows if row["id"] in records], reading


def _half(right: Mapping[str, bool], *, development: bool) -> float | None:
    return _share(ok for id, ok in right.items() if in_development(id) == development)


def _share(flags: Iterable[bool]) -> float | None:
    told = list(flags)
    return round(sum(told) / len(told), 4) if told else None


ADAPTERS = (
    Adapter(name="isaf.date", needs=(DATA,), measure=measure_day),
    Adapter(name="isaf.province", needs=(DATA,), measure=measure_province),
)

"""Villages by the user's own gazetteers: a hundred names of ours, before and after four countries' dumps are added.

The names and points are in benchmarks/labels/villages.csv, written before any was looked up. Each is read in two
sentences of ours, invented: one gives the name, its division and its country, the other the country alone and no word
that says it is a village.
"""

import csv
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from benchmarks.measured import Adapter, BenchmarkError, Measured, Score, Setting
from benchmarks.reading import Reading, read_rows
from dateline.world.geometry import distance_km

VILLAGES = Path(__file__).parents[1] / "labels" / "villages.csv"
COUNTRIES = {"IQ": "Iraq", "SY": "Syria", "YE": "Yemen", "SD": "Sudan"}
DUMPS = tuple(f"data/gazetteer/{code}.txt.gz" for code in COUNTRIES)
FORMS = {
    "division": "Shells fell on the village of {name} in {division} {noun}, {country}, on Monday.",
    "country": "Fighting in {country} reached {name} on Monday, residents said.",
}
NEAR_KM = 25.0


class Village(Struct, frozen=True):
    name: str
    country: str
    division: str
    lat: float
    lon: float


class Sentence(Struct, frozen=True):
    """A village in one of the forms: a report of one sentence, with where the name stands in it."""

    village: Village
    form: str
    text: str
    start: int
    end: int

    @property
    def id(self) -> str:
        return f"{self.village.country} {self.village.name} {self.form}"


def villages(path: Path = VILLAGES) -> tuple[Village, ...]:
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Village(row["name"], row["country"], row["division"], float(row["lat"]), float(row["lon"]))
            for row in csv.DictReader(lines)
        )


def sentence(village: Village, form: str) -> Sentence:
    noun = "state" if village.country == "SD" else "province"
    parts = {"name": village.name, "division": village.division, "noun": noun, "country": COUNTRIES[village.country]}
    text = FORMS[form].format(**parts)
    start = text.index(village.name)
    return Sentence(village, form, text, start, start + len(village.name))


def resolved(one: Sentence, record: Mapping[str, Any]) -> bool:
    """Whether a place of the record stands on the village's name and lies near where it should."""
    for place in record["mentions"]["places"]:
        first, stop = place["span"]
        over = place["in"] == "text" and first < one.end and stop > one.start
        if over and place["lat"] is not None:
            away = distance_km(one.village.lat, one.village.lon, place["lat"], place["lon"])
            if away <= NEAR_KM:
                return True
    return False


def measure(setting: Setting) -> Measured:
    """`division_given` and `country_given` are pinned: villages found and put within 25 km of where they should be."""
    sentences = tuple(sentence(village, form) for form in FORMS for village in villages())
    with tempfile.TemporaryDirectory() as folder:
        home = {"DATELINE_GAZETTEERS": folder, "DATELINE_PLACE_OVERRIDES": "", "DATELINE_COUNTRY": ""}
        environment = {name: value for name, value in {**os.environ, **home}.items() if value}
        before = _read(setting, sentences, environment, "places.villages before")
        _import(setting, environment)
        after = _read(setting, sentences, environment, "places.villages")
    found, found_before = _found(sentences, after), _found(sentences, before)
    return Measured(
        scores=(
            *_scores(sentences, found, pinned=True),
            *_scores(sentences, found_before, suffix="_before_import"),
            *_by_country(sentences, found),
            *_by_country(sentences, found_before, suffix="_before_import"),
        ),
        cost=after.cost,
        notes=(f"names in {VILLAGES.name} {_hash()}", *after.notes, *_missed(sentences, found)),
    )


def _read(setting: Setting, sentences: Sequence[Sentence], environment: Mapping[str, str], what: str) -> Reading:
    rows = ({"id": one.id, "text": one.text, "published": "2024-03-06"} for one in sentences)
    return read_rows(setting, rows, what=what, environment=environment)


def _import(setting: Setting, environment: Mapping[str, str]) -> None:
    files = [str(setting.shared.path(name)) for name in DUMPS]
    command = [setting.command, "gazetteer", "add", *files]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=dict(environment))
    if done.returncode:
        said = done.stderr.splitlines() or ["no message"]
        raise BenchmarkError(f"`dateline gazetteer add` ended with status {done.returncode}: {said[-1]}")


def _found(sentences: Sequence[Sentence], reading: Reading) -> frozenset[str]:
    """The ids of the sentences whose village came out."""
    records = {record["id"]: record for record in reading.records}
    return frozenset(one.id for one in sentences if one.id in records and resolved(one, records[one.id]))


def _scores(
    sentences: Sequence[Sentence], found: frozenset[str], *, suffix: str = "", pinned: bool = False
) -> tuple[Score, ...]:
    asked = {form: [s for s in sentences if s.form == form] for form in FORMS}
    return tuple(
        Score(name=f"{form}_given{suffix}", pinned=pinned, value=_share(some, found)) for form, some in asked.items()
    )


def _by_country(sentences: Sequence[Sentence], found: frozenset[str], *, suffix: str = "") -> tuple[Score, ...]:
    """Both forms together, country by country."""
    asked = {code: [s for s in sentences if s.village.country == code] for code in COUNTRIES}
    return tuple(Score(name=f"{code}{suffix}", pinned=False, value=_share(some, found)) for code, some in asked.items())


def _share(sentences: Sequence[Sentence], found: frozenset[str]) -> float:
    return round(sum(one.id in found for one in sentences) / len(sentences), 4)


def _missed(sentences: Sequence[Sentence], found: frozenset[str]) -> tuple[str, ...]:
    """A line a form with the names that did not come out."""
    missed = {form: [s.village.name for s in sentences if s.form == form and s.id not in found] for form in FORMS}
    return tuple(f"missed, {form} given: {', '.join(names) or 'none'}" for form, names in missed.items())


def _hash() -> str:
    return sha256(VILLAGES.read_bytes()).hexdigest()[:12]


ADAPTERS = (Adapter(name="places.villages", needs=DUMPS, measure=measure),)

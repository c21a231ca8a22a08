"""Rule 1, the record's shapes and the purity of `read`: over the examples, odd texts and reports of the press."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from odd_reports import ODD
from record_rules import KEYS, Json, problems, walk

from dateline.ingest.incoming import Incoming
from dateline.reading.pipeline import read
from dateline.record import Record, Report, schema

EXAMPLES = Path(__file__).parents[2] / "examples"
PUBLISHED = date(2014, 6, 17)
SLOWEST_S = 20.0  # processor time for any odd text; the longest here take well under 2 s
SCHEMA = jsonschema.Draft202012Validator(schema())


def told(report: Report, *, id: str | None = None) -> Json:
    """The record of a report as JSON, once the rules that need the record itself have been held against it."""
    record = read(report, id=id)
    line = record.to_json()
    assert "\n" not in line
    assert Record.from_json(line) == record
    assert Record.from_json(line).to_json() == line
    made: Json = json.loads(line)
    assert made["report"]["text"] == report.text, "the text was altered"
    return made


def broken(reports: Iterable[Report]) -> Iterator[str]:
    for at, report in enumerate(reports):
        record = told(report)
        yield from (f"report {at} ({report.text[:40]!r}): {said}" for said in problems(record))
        yield from (f"report {at}: schema: {e.json_path}: {e.message[:200]}" for e in SCHEMA.iter_errors(record))


def test_every_example_keeps_the_rules(example_reports: list[Incoming]) -> None:
    assert list(broken(item.report for item in example_reports)) == []


def test_every_example_has_claims_and_all_kinds_of_parts(example_reports: list[Incoming]) -> None:
    records = [told(item.report, id=item.id) for item in example_reports]
    assert all(record["claims"] for record in records)
    paths = {path for record in records for path, _ in walk(record)}
    # What no example holds no example can test.
    assert sorted(set(KEYS) - {""} - paths) == []


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("published", [PUBLISHED, None], ids=["dated", "undated"])
def test_odd_texts_keep_the_rules(name: str, published: date | None) -> None:
    before = process_time()
    assert list(broken([Report(text=ODD[name], published=published)])) == []
    assert process_time() - before < SLOWEST_S


@pytest.mark.parametrize("name", ["nothing", "only space", "emoji", "lone brackets", "no width", "a long word"])
def test_odd_titles_keep_the_rules(name: str) -> None:
    text = "Rebels shelled Homs on Monday.\n\nTwelve people were killed, the army said."
    assert list(broken([Report(text=text, title=ODD[name], published=PUBLISHED)])) == []


@pytest.mark.parametrize("words", [350, 1_400])
def test_a_sentence_that_never_ends_is_read_in_reasonable_time(words: int) -> None:
    """In a process of its own, so that a stage that takes for ever fails here instead of holding up everything."""
    text = "Rebels shelled Homs and killed 12 people " * (words // 7)
    asked = f"import dateline, datetime; dateline.read({text!r}, published=datetime.date(2014, 6, 17)); print('read')"
    done = subprocess.run([sys.executable, "-"], input=asked, capture_output=True, text=True, timeout=60)
    assert done.stdout == "read\n", done.stderr


_WORDS = st.sampled_from(
    "Rebels shelled killed Homs Syria Monday 12 1,700 people the army said that would have denied yesterday 2014 in of "
    "at least and fled from Mosul ( ) “ ” \" ' — - . , ; : ! ? U.S. Gen. (IOM) \n \n\n \r\n \t km north March".split(
        " "
    )
)
_TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(_WORDS, max_size=60).map(" ".join),
    st.lists(st.one_of(_WORDS, st.text(max_size=6)), max_size=50).map(" ".join),
)


def storable(text: str) -> bool:
    """Whether a text can be written at all: half a surrogate pair is no character of any encoding."""
    return all(not 0xD800 <= ord(c) <= 0xDFFF for c in text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(
    text=_TEXTS.filter(storable),
    title=st.one_of(st.none(), _TEXTS.filter(storable)),
    published=st.one_of(st.none(), st.dates()),
)
def test_any_text_keeps_the_rules(text: str, title: str | None, published: date | None) -> None:
    assert list(broken([Report(text=text, title=title, published=published)])) == []


def test_annotated_reports_keep_the_rules(train_reports: list[Report]) -> None:
    assert len(train_reports) == 60
    assert list(broken(train_reports)) == []


def test_reports_of_the_press_keep_the_rules(pool_reports: list[Report]) -> None:
    assert len(pool_reports) == 100
    assert list(broken(pool_reports)) == []


def test_reading_twice_gives_the_same_bytes(example_reports: list[Incoming]) -> None:
    for item in example_reports:
        assert read(item.report, id=item.id).to_json() == read(item.report, id=item.id).to_json()


def test_reading_does_not_depend_on_what_was_read_before(example_reports: list[Incoming]) -> None:
    forth = {item.id: read(item.report, id=item.id).to_json() for item in example_reports}
    back = {item.id: read(item.report, id=item.id).to_json() for item in reversed(example_reports)}
    assert forth == back


def test_other_processes_read_the_same(example_reports: list[Incoming]) -> None:
    """In fresh processes, each with its own order of sets and of hashes."""
    here = [Record.from_json(read(item.report, id=item.id).to_json()) for item in example_reports]
    for seed in ("0", "4711"):
        done = subprocess.run(
            [sys.executable, "-m", "dateline.cli", "read", "--json", str(EXAMPLES)],
            capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONHASHSEED": seed}, timeout=120,
        )  # fmt: skip
        there = [Record.from_json(line) for line in done.stdout.splitlines()]
        # The command line puts the warnings of the intake before those of the reading.
        for item, one, other in zip(example_reports, here, there, strict=True):
            assert replace(other, warnings=()) == replace(one, warnings=()), f"{item.id}, hash seed {seed}"
            assert list(other.warnings) == list(dict.fromkeys(item.warnings + one.warnings))


# A rule that nothing breaks may be no rule at all: each of these faults must be told of.
def _shift(record: Json) -> None:
    record["claims"][0]["actors"][0]["span"][0] += 1


def _reword(record: Json) -> None:
    record["claims"][0]["quote"]["text"] += "."


def _into_title(record: Json) -> None:
    record["claims"][0]["trigger"]["in"] = "title"


def _rename(record: Json) -> None:
    place = record["mentions"]["places"][0]
    place["latitude"] = place.pop("lat")


def _drop(record: Json) -> None:
    del record["claims"][0]["hedge"]


def _lone_latitude(record: Json) -> None:
    record["mentions"]["places"][0]["lon"] = None


def _same_id(record: Json) -> None:
    record["claims"][1]["id"] = record["claims"][0]["id"]


def _swap_days(record: Json) -> None:
    time = next(t for t in record["mentions"]["times"] if t["earliest"] and t["latest"])
    time["earliest"], time["latest"] = "2021-03-12", "2021-03-11"


def _swap_bounds(record: Json) -> None:
    record["mentions"]["figures"][0].update(low=9, high=3)


def _lower_country(record: Json) -> None:
    next(p for p in record["mentions"]["places"] if p["country"])["country"] = "ye"


def _show_nothing(record: Json) -> None:
    record["evidence"][0]["shows"] = ["0" * 20]


def _too_sure(record: Json) -> None:
    record["claims"][0]["score"] = 1.2


def _new_code(record: Json) -> None:
    record["claims"][0]["event"] = "airstrike"


def _denied_fact(record: Json) -> None:
    record["claims"][0].update(modality="denied", factuality=3.0)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_shift, "is not"), (_reword, "is not"), (_into_title, "is not"), (_rename, "keys missing ['lat']"),
        (_drop, "keys missing ['hedge']"), (_lone_latitude, "do not come together"), (_same_id, "stands twice"),
        (_swap_days, "is after latest"), (_swap_bounds, "is more than high"), (_lower_country, "not two capital"),
        (_show_nothing, "no claims of this record"), (_too_sure, "is not 0 to 1"), (_new_code, "is in no list"),
        (_denied_fact, "denied, with factuality"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_told(example_reports: list[Incoming], spoil: Any, said: str) -> None:
    dispatch = next(item for item in example_reports if item.id == "agency-dispatch")
    record = told(dispatch.report, id=dispatch.id)
    whole = deepcopy(record)
    first = record["claims"].index(next(c for c in record["claims"] if c["actors"]))
    record["claims"].insert(0, record["claims"].pop(first))
    assert problems(record) == []
    spoil(record)
    assert record != whole
    assert any(said in line for line in problems(record)), problems(record)

"""The speed of incidents: reports told again hold together, and sums become figures."""

import json
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from benchmarks.adapters.incidents_speed import alone, as_record, figures, told_again
from benchmarks.measured import BenchmarkError
from benchmarks.retold import RARE, retold
from dateline.incidents.rarity import rarity
from dateline.ledger import Ledger

QUOTE = "Shells fell on the market of Aleppo on Monday, killing 12 people."
TEXT = f"{QUOTE} The bakery was destroyed, its owner Samir Haddad said."


def told(day: str = "2021-03-01") -> dict[str, Any]:
    """A record as decoded JSON."""
    quote = {"text": QUOTE, "in": "text", "span": [0, len(QUOTE)]}
    trigger = {"text": "fell", "in": "text", "span": [7, 11]}
    claim = {"id": "c1", "event": "shelling", "quote": quote, "trigger": trigger, "attribution": []}
    report = {"text": TEXT, "published": day, "source": "Harbour Post", "url": "https://example.org/1"}
    return {"id": "invented", "report": report, "claims": [claim], "made_by": {"version": "0"}}


def test_a_record_told_again_holds_together() -> None:
    again = retold(told(), 3)
    text = again["report"]["text"]
    assert text != TEXT
    assert [len(word) for word in text.split()] == [len(word) for word in TEXT.split()]
    assert as_record(again).claims[0].quote.span.end == len(QUOTE)
    assert again["claims"][0]["quote"]["text"] == text[: len(QUOTE)]
    assert date.fromisoformat(again["report"]["published"]) > date(2021, 3, 1)
    assert again["claims"][0]["trigger"]["text"] == text[7:11]
    assert retold(told(), 0) == told()


def test_tellings_of_a_report_without_a_day_are_of_days_of_their_own() -> None:
    undated = told()
    undated["report"]["published"] = None
    assert retold(undated, 0)["report"]["published"] is None
    one, two = (date.fromisoformat(retold(undated, n)["report"]["published"]) for n in (1, 2))
    assert (two - one).days > 300


def test_common_words_stay_and_rare_ones_stay_rare() -> None:
    for before, after in zip(TEXT.split(), retold(told(), 2)["report"]["text"].split(), strict=True):
        word, other = (each.strip(".,").casefold() for each in (before, after))
        assert (word == other) == (rarity(word) < RARE or len(word) < 4)
        assert word == other or rarity(other) >= RARE
        assert before[0].isupper() == after[0].isupper()


def test_a_ledger_of_them_is_timed(tmp_path: Path) -> None:
    path, more = tmp_path / "told.db", tmp_path / "more.jsonl"
    again = told_again([told()])
    with Ledger(path) as ledger:
        for data in islice(again, 3):
            assert ledger.add(as_record(data)).new_report
    more.write_text(json.dumps(next(again)) + "\n", "utf-8")
    sums = alone(path, workers=1, more=more)
    assert min(sums.values()) > 0
    shown = figures(sums, alone(path, workers=1), claims=3)
    assert {figure.name: figure.met for figure in shown}["incidents: one report more"] in (True, False)


def test_a_ledger_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "none.db"
    path.write_bytes(b"no ledger at all, whatever it is called")
    with pytest.raises(BenchmarkError, match=r"incidents\.speed"):
        alone(path, workers=1)

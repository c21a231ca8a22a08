"""The gate: what it lets through, what it sets aside, and what it never decides. All reports are invented."""

import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from dateline.ingest.incoming import Incoming
from dateline.ingest.sources import incoming
from dateline.reading import gate
from dateline.reading.gate import set_aside, was_set_aside, worth_reading
from dateline.reading.linear import load
from dateline.reading.pipeline import read
from dateline.record import Record, Report

EXAMPLES = Path(__file__).parents[2] / "examples"

FOOTBALL = (
    "Harwick beat Millbrook 3-1 on Saturday with a second-half display that the visitors' defence could not match. "
    "Striker Owen Bale shot from twenty metres for the first goal and headed the second from a corner. The coach, "
    "Peter Lund, praised his young captain and said the side would fight for promotion until the last match of the "
    "season. Millbrook, who have now lost five league games in a row, play Eastleigh in the cup next week."
)
MARKETS = (
    "Shares in the software maker Quillon rose four per cent on Tuesday after it reported a net profit of 12 million "
    "dollars for the quarter, up from nine million a year earlier. Sales grew in all regions, the company said, and it "
    "raised its dividend to 30 cents. Analysts had expected lower earnings because of the cost of new data centres."
)
KITCHEN = (
    "The restaurant that opened last month in the old post office serves fish from the bay, vegetables from its own "
    "garden and a dessert of pears and honey that alone is worth the trip. The chef, Ana Ruelle, learned to cook from "
    "her grandmother and spent ten years in kitchens on the coast before she came home to her village."
)
RAID = (
    "Gunmen raided two villages near Dalu on Monday night and killed at least twelve people, residents said. Soldiers "
    "who arrived the next morning found burnt houses, and hundreds of families have fled towards the river. No group "
    "has claimed responsibility for the attack, which the governor condemned."
)
MURDER = (
    "A man of 34 was shot dead outside his home in Port Alba on Friday evening, police said. Two men on a motorcycle "
    "opened fire and fled. Officers arrested a suspect on Saturday and seized a pistol; the victim's brother was "
    "killed in the same street last year, and detectives believe that a gang ordered both murders."
)
QUAKE = (
    "More than 3,000 people were evacuated from their homes after floods swept through the lower valley on Thursday, "
    "the relief agency said. Four people died and eleven are missing. Families sheltering in schools are short of food "
    "and clean water, and the army sent boats and tents."
)
FRENCH = (
    "L'équipe a gagné samedi son troisième match de la saison grâce à deux buts de son capitaine. L'entraîneur a "
    "félicité ses joueurs et a dit que la route serait encore longue jusqu'à la fin du championnat, mais que le public "
    "pouvait être fier de ce qu'il avait vu dans ce stade plein et heureux."
)


@pytest.mark.parametrize("text", [FOOTBALL, MARKETS, KITCHEN], ids=["football", "markets", "kitchen"])
def test_news_of_other_things_is_set_aside(text: str) -> None:
    assert not worth_reading(Report(text=text))
    assert not worth_reading(Report(text=text.upper()))


@pytest.mark.parametrize("text", [RAID, MURDER, QUAKE], ids=["raid", "murder", "flood"])
def test_violence_and_flight_are_read(text: str) -> None:
    assert worth_reading(Report(text=text))
    assert worth_reading(Report(text=text.upper()))


def test_a_paragraph_of_war_in_a_long_report_of_something_else_is_enough() -> None:
    long = "\n\n".join([MARKETS, FOOTBALL, KITCHEN] * 4)
    assert not worth_reading(Report(text=long))
    assert worth_reading(Report(text=f"{long}\n\n{RAID}\n\n{long}"))


def test_the_title_counts() -> None:
    text = "It happened a little before noon, and the people of the town speak of nothing else, the mayor told " * 2
    title = "Rebels shell town as army retreats; dozens killed"
    assert gate.blocks_of(Report(text=text, title=title))[0] != gate.blocks_of(Report(text=text))[0]
    with_title, without = (
        gate.strength(gate.blocks_of(Report(text=text, title=each)), load(gate.NAME)) for each in (title, None)
    )
    assert with_title > without


@pytest.mark.parametrize("text", ["", " \n", "Shares rose four per cent on Tuesday.", "12 34 56 " * 30])
def test_what_is_short_is_passed_on(text: str) -> None:
    assert worth_reading(Report(text=text))


def test_another_language_is_not_decided_here() -> None:
    blocks = gate.blocks_of(Report(text=FRENCH))
    assert gate.strength(blocks, load(gate.NAME)) < gate.threshold(), "this test needs a text that the table puts low"
    assert worth_reading(Report(text=FRENCH))


def test_every_example_is_read() -> None:
    items = [item for item in incoming(str(EXAMPLES)) if isinstance(item, Incoming)]
    assert items
    assert [item.id for item in items if not worth_reading(item.report)] == []


def test_a_report_set_aside_is_whole_and_says_why() -> None:
    record = set_aside(Report(text=MARKETS, title="Quillon shares rise"), id="quillon")
    assert was_set_aside(record)
    assert (record.id, record.claims, record.report.text) == ("quillon", (), MARKETS)
    assert [(part.span.of(MARKETS), part.reason) for part in record.left_out] == [(MARKETS, gate.SET_ASIDE)]
    assert set(record.made_by.weights) == {"gate"}
    assert Record.from_json(record.to_json()) == record
    assert not was_set_aside(read(Report(text=RAID)))


def test_setting_aside_makes_the_same_report_as_reading() -> None:
    """Title, day and source may come from the text: the ledger must know the report again when it is read in full."""
    report = Report(text=f"Quillon shares rise\n\nPublished 3 March 2015\n\nLONDON — {MARKETS}")
    assert set_aside(report).report == read(report).report
    assert set_aside(report).report.published == date(2015, 3, 3)
    assert set_aside(report).id == read(report).id


def test_blocks_hold_every_word_and_are_of_about_equal_length() -> None:
    text = " ".join(f"{chr(97 + i % 26)}{'x' * (i // 26)}" for i in range(700))
    blocks = gate.split(text)
    assert set().union(*blocks) == set(text.split())
    assert len(blocks) == 6
    assert all(abs(len(a) - len(b)) <= 6 for a, b in pairwise(blocks))
    assert gate.split("") == []


def test_the_look_costs_little() -> None:
    """Far from the measured speed (benchmarks/adapters/gate.py), so that a busy machine does not fail here."""
    report = Report(text="\n\n".join([MARKETS, FOOTBALL, KITCHEN] * 20))
    worth_reading(report)
    started = time.process_time()
    for _ in range(10):
        worth_reading(report)
    assert 10 * len(report.text.split()) / (time.process_time() - started) > 100_000

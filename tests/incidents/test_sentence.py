"""One incident in one sentence: what it says, and that it never says more than is known."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from dateline.incidents import words
from dateline.incidents.sentence import headline, sentence
from dateline.incidents.types import Contradiction, Estimate, Incident, Origin, Party, Side, Spot

DAY = date(2024, 3, 4)
QUORRIN = Spot(name="Quorrin", written="Quorrin", country="BV", lat=-37.0, lon=-119.0, precision="exact")
ARMY, FRONT, CROWD = Party(name="the army"), Party(name="Harrow Front"), Party(name="civilians")
PLAIN = Incident(
    id="a" * 20, happened="happened", event="shelling", events=("shelling",), earliest=DAY, latest=DAY, date_prec=1,
    time_precision=1, place=QUORRIN, places=(QUORRIN,), actors=(), targets=(), figures=(), status="asserted",
    asserted_by=("police",), denied_by=(), contradictions=(), reports=tuple("abcdefghijkl"), wordings=5,
    origins=tuple(Origin(name=name, report=name) for name in "abcd"), claims=("r/c",),
)  # fmt: skip


def killed(low: float | None, best: float | None, high: float | None, measure: Any = "killed") -> Estimate:
    return Estimate(measure=measure, low=low, best=best, high=high, rule="ucdp")


def apart(field: str) -> Contradiction:
    side = Side(says="a", voices=("x",), claims=("r/c",))
    return Contradiction(field=field, sides=(side, side))


def test_the_sentence_of_the_brief() -> None:
    told = replace(PLAIN, figures=(killed(11, 18, 19),), contradictions=(apart("actor"),), actors=(ARMY, FRONT))
    assert sentence(told) == (
        "Shelling in Quorrin (BV) on 2024-03-04: 11 to 19 killed, most likely 18; told by 12 reports from 4 origins; "
        "who did it is disputed."
    )


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({}, "Shelling in Quorrin (BV) on 2024-03-04"),
        ({"place": None, "earliest": None, "latest": None}, "Shelling"),
        ({"latest": date(2024, 3, 6)}, "Shelling in Quorrin (BV) between 2024-03-04 and 2024-03-06"),
        ({"latest": None}, "Shelling in Quorrin (BV) from 2024-03-04 on"),
        ({"place": replace(QUORRIN, precision="near")}, "Shelling near Quorrin (BV) on 2024-03-04"),
        ({"place": replace(QUORRIN, precision="district")}, "Shelling in Quorrin district (BV) on 2024-03-04"),
        ({"event": "displacement", "place": replace(QUORRIN, role="from"), "targets": (CROWD,)},
         "Displacement of civilians from Quorrin (BV) on 2024-03-04"),
        ({"actors": (ARMY,)}, "Shelling attributed to the army in Quorrin (BV) on 2024-03-04"),
        ({"event": "offensive", "actors": (ARMY,)}, "Offensive by the army in Quorrin (BV) on 2024-03-04"),
        ({"event": "battle", "actors": (ARMY, FRONT), "place": None},
         "Battle between the army and Harrow Front on 2024-03-04"),
        ({"event": "talks", "actors": (ARMY,), "place": None}, "Talks involving the army on 2024-03-04"),
        ({"event": "agreement", "actors": tuple(Party(name=n) for n in "ABCD"), "place": None},
         "Agreement between A, B and others on 2024-03-04"),
        ({"happened": "planned", "status": "asserted"}, "Planned shelling in Quorrin (BV) on 2024-03-04"),
        ({"happened": "possible", "status": "asserted"}, "Possible shelling in Quorrin (BV) on 2024-03-04"),
        ({"happened": "called_for", "event": "talks", "status": "asserted"},
         "Talks called for in Quorrin (BV) on 2024-03-04"),
        ({"happened": "denied", "status": "denied", "denied_by": ("the army",)},
         "Denied by the army: shelling in Quorrin (BV) on 2024-03-04"),
        ({"status": "set_aside"}, "Set aside: shelling in Quorrin (BV) on 2024-03-04"),
    ],
)  # fmt: skip
def test_what_where_and_when(known: dict[str, Any], said: str) -> None:
    assert headline(replace(PLAIN, **known)) == said


@pytest.mark.parametrize("happened", ["planned", "called_for", "possible", "denied"])
def test_what_is_not_said_to_have_happened_is_called_so_before_the_colon(happened: Any) -> None:
    """Never more than is known: whoever reads only the first words is not misled."""
    status: Any = "denied" if happened == "denied" else "asserted"
    said = sentence(replace(PLAIN, happened=happened, status=status, figures=(killed(3, 3, 3),)))
    first = said.partition(" on 2024")[0].lower()
    assert words.happened(happened) in first


@pytest.mark.parametrize(
    ("known", "end"),
    [
        ({"reports": ("a",), "origins": PLAIN.origins[:1]}, ": told by one report from one origin."),
        ({"origins": (), "status": "set_aside"}, ": told by 12 reports; all of it was taken back or rejected."),
        ({"denied_by": ("the army",), "status": "disputed", "contradictions": (apart("happened"),)},
         "; denied by the army."),
        ({"status": "disputed"}, "; called disputed."),
        ({"status": "disputed", "contradictions": (apart("killed"), apart("place"))},
         "; how many were killed and where are disputed."),
        ({"status": "verified"}, "; said to be confirmed."),
        ({"status": "unverified"}, "; said to be unconfirmed."),
        ({"happened": "planned", "status": "asserted", "came_true": "b"}, "; it has come true since."),
    ],
)  # fmt: skip
def test_how_surely(known: dict[str, Any], end: str) -> None:
    assert sentence(replace(PLAIN, **known)).endswith(end)


@pytest.mark.parametrize(
    ("low", "best", "high", "short", "long"),
    [
        (11, 18, 19, "11–18–19", "11 to 19 killed, most likely 18"),
        (18, 18, 19, "18–18–19", "18 to 19 killed, most likely 18"),
        (18, 18, 18, "18", "18 killed"),
        (12, 12, None, "≥ 12", "at least 12 killed"),
        (None, 12, 12, "≤ 12", "up to 12 killed"),
        (12, None, None, "≥ 12", "at least 12 killed"),
        (11, 18, None, "11–18–?", "at least 11 killed, most likely 18"),
        (None, 18, 20, "?–18–20", "up to 20 killed, most likely 18"),
        (11, None, 19, "11–19", "11 to 19 killed"),
        (None, 18, None, "about 18", "about 18 killed"),
        (None, None, None, "?", "killed: not known"),
        (0, 0, 0, "0", "0 killed"),
        (1700, 2500, 12000, "1,700–2,500–12,000", "1,700 to 12,000 killed, most likely 2,500"),
    ],
)
def test_three_numbers(low: float | None, best: float | None, high: float | None, short: str, long: str) -> None:
    assert words.three(low, best, high) == short
    assert words.said(low, best, high, "killed") == long


def test_harm_is_told_before_all_else_and_no_more_than_two_measures() -> None:
    figures = (killed(5, 5, 5, "buildings"), killed(3, 3, 3, "displaced"), killed(2, 2, 2, "wounded"), killed(1, 1, 1))
    assert ": 1 killed; 2 wounded; told" in sentence(replace(PLAIN, figures=figures))
    assert ": 5 buildings; told" in sentence(replace(PLAIN, figures=figures[:1]))
    assert ": told by" in sentence(replace(PLAIN, figures=(killed(9, 9, 9, "money"), killed(None, None, None))))


def test_it_is_one_line_with_one_full_stop_at_its_end() -> None:
    said = sentence(replace(PLAIN, figures=(killed(11, 18, 19),)))
    assert "\n" not in said
    assert said.count(".") == 1

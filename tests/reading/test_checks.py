"""Checks on reports of our own: what is consistent, what is not, and what cannot be told."""

from datetime import date

import pytest
from msgspec.structs import replace
from place_reading import places_of

import dateline
from dateline.reading.checks import _in_division, check, distance_fits
from dateline.reading.figures import find_figures
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.record import Check, Claim, Figure, Part, Period, Place, Relation, Report, Span
from dateline.world.gazetteer import gazetteer


def checks_in(text: str) -> tuple[Check, ...]:
    sentences = tag(split(Report(text=text)))
    places, _ = places_of(sentences)
    made = check(sentences, places, (), (), (), published=date(2020, 1, 1))
    for item in made:
        assert item.span.of(text) == item.text
    return made


@pytest.mark.parametrize(
    ("text", "words", "measured", "verdict"),
    [
        (
            "They took Samarra, 125 kilometres north of Baghdad.",
            "125 kilometres north of Baghdad",
            "106 km NNW",
            "consistent",
        ),
        ("They took Samarra, 65 miles south of Baghdad.", "65 miles south of Baghdad", "106 km NNW", "inconsistent"),
        ("They took Tikrit, about 500 km south of Mosul.", "about 500 km south of Mosul", "198 km SSE", "inconsistent"),
        ("They took Tikrit, less than 100 km from Mosul.", "less than 100 km from Mosul", "198 km SSE", "inconsistent"),
        ("They took Tikrit, more than 150 km from Mosul.", "more than 150 km from Mosul", "198 km SSE", "consistent"),
    ],
)
def test_distances(text: str, words: str, measured: str, verdict: str) -> None:
    (item,) = checks_in(text)
    assert (item.kind, item.text, item.measured, item.verdict) == ("distance", words, measured, verdict)


def test_a_distance_is_told_to_people() -> None:
    (item,) = checks_in("They took Samarra, 125 kilometres north of Baghdad.")
    assert item.stated == "125 km north of Baghdad"
    assert item.note == "Samarra is 106 km north of Baghdad; the report says 125 km: consistent"


def test_a_distance_with_an_unknown_side_is_unchecked() -> None:
    (item,) = checks_in("Two died in the village of Umm Qarfa, 30 km south of Raqqa.")
    assert (item.kind, item.measured, item.verdict) == ("distance", None, "unchecked")


def test_a_distance_that_fits_a_namesake_is_unchecked() -> None:
    # The Tripoli that lies north of Beirut is in Lebanon, not in Libya.
    (item,) = checks_in("Shots were fired in Tripoli, 80 km north of Beirut, Libya said.")
    assert (item.measured, item.verdict) == (None, "unchecked")


@pytest.mark.parametrize(
    ("bound", "stated", "measured", "fits"),
    [
        ("exact", 100, 100, True),
        ("exact", 100, 109, True),  # rounded
        ("exact", 100, 130, False),  # a straight line cannot be longer than what is told
        ("exact", 140, 95, True),  # told by road
        ("exact", 140, 60, False),
        ("about", 100, 118, True),
        ("at_most", 50, 10, True),
        ("at_most", 50, 80, False),
        ("at_least", 50, 300, True),
        ("at_least", 50, 20, False),
    ],
)
def test_which_distances_fit(bound: str, stated: float, measured: float, fits: bool) -> None:
    relation = Relation(kind="distance", distance_km=stated, distance_bound=bound)  # type: ignore[arg-type]
    assert distance_fits(relation, measured, extent=0.0) is fits


@pytest.mark.parametrize(
    ("text", "words", "verdict"),
    [
        ("Shells hit Samarra, Salahuddin province.", "Samarra, Salahuddin province", "consistent"),
        ("Shells hit Samarra, Anbar province.", "Samarra, Anbar province", "inconsistent"),
        ("Shells hit Ramadi, Anbar province, at dawn.", "Ramadi, Anbar province", "consistent"),
        ("Fighters met in Mosul in Syria.", "Mosul in Syria", "inconsistent"),
        ("Fighters met in Mosul in Iraq.", "Mosul in Iraq", "consistent"),
    ],
)
def test_containment(text: str, words: str, verdict: str) -> None:
    (item,) = checks_in(text)
    assert (item.kind, item.text, item.verdict) == ("containment", words, verdict)


@pytest.mark.parametrize(
    "text",
    [
        "Refugees came from Beirut, Turkey and Jordan.",
        "From Kyiv, Russia looked far away.",
        "They fled Mosul. Syria took them in.",
    ],
)
def test_lists_and_openings_tell_no_containment(text: str) -> None:
    assert checks_in(text) == ()


def claim_on(day: date, modality: str) -> Claim:
    time = Period(text="on Monday", span=Span(8, 17), type="DATE", earliest=day, latest=day)
    trigger = Part(text="shelled", span=Span(0, 7))
    return Claim(id="c", event="shelling", trigger=trigger, quote=trigger, time=time, modality=modality)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("day", "modality", "verdicts"),
    [
        (date(2020, 1, 6), "actual", ["inconsistent"]),
        (date(2020, 1, 6), "planned", []),
        (date(2020, 1, 1), "actual", []),
    ],
)
def test_what_happened_does_not_lie_after_publication(day: date, modality: str, verdicts: list[str]) -> None:
    made = check((), (), (), (), (claim_on(day, modality),), published=date(2020, 1, 1))
    assert [item.verdict for item in made] == verdicts
    assert check((), (), (), (), (claim_on(day, modality),), published=None) == ()


@pytest.mark.parametrize("event", ["threat", "demand"])
def test_the_day_of_what_is_threatened_or_asked_for_may_lie_ahead(event: str) -> None:
    claim = replace(claim_on(date(2020, 1, 6), "actual"), event=event)
    assert check((), (), (), (), (claim,), published=date(2020, 1, 1)) == ()


def test_a_time_of_several_claims_is_told_once() -> None:
    claims = [claim_on(date(2020, 1, 6), "actual"), replace(claim_on(date(2020, 1, 6), "actual"), id="d")]
    (item,) = check((), (), (), (), claims, published=date(2020, 1, 1))
    assert (item.kind, item.stated, item.measured) == ("date", "2020-01-06", "published 2020-01-01")


@pytest.mark.parametrize(
    ("sentence", "dates"),
    [
        ("Rebels shelled the town of Homs on 20 June 2014, killing 12 people.", ["2014-06-20"]),
        ("Rebels shelled the town of Homs in July 2014, killing 12 people.", ["2014-07-01"]),
        ("Rebels shelled the town of Homs on 17 June 2014, killing 12 people.", []),
        ("Rebels shelled the town of Homs on Friday, killing 12 people.", []),
        ("Rebels will shell the town of Homs on 20 June 2014.", []),
    ],
)
def test_a_report_tells_of_nothing_that_comes_after_it(sentence: str, dates: list[str]) -> None:
    record = dateline.read(sentence, published=date(2014, 6, 17))
    assert [item.stated for item in record.checks if item.kind == "date" and item.verdict == "inconsistent"] == dates


@pytest.mark.parametrize(
    ("words", "verdict"), [("Monday, 6 January", "consistent"), ("Friday, 6 January", "inconsistent")]
)
def test_a_weekday_fits_its_date(words: str, verdict: str) -> None:
    day = date(2020, 1, 6)
    time = Period(text=words, span=Span(0, len(words)), type="DATE", earliest=day, latest=day)
    (item,) = check((), (), (time,), (), (), published=None)
    assert (item.kind, item.measured, item.verdict) == ("date", "Monday", verdict)


def figure(text: str, low: int | None, high: int | None, part_of: str | None = None) -> Figure:
    return Figure(text=text, span=Span(0, len(text)), measure="killed", low=low, high=high, part_of=part_of)


@pytest.mark.parametrize(
    ("whole", "parts", "measured", "verdict"),
    [
        (figure("12", 12, 12), [figure("5", 5, 5, "12"), figure("7", 7, 7, "12")], "12", "consistent"),
        (figure("12", 12, 12), [figure("8", 8, 8, "12"), figure("7", 7, 7, "12")], "15", "inconsistent"),
        (figure("12", 12, None), [figure("20", 20, 20, "12")], None, "unchecked"),
    ],
)
def test_parts_add_up_to_no_more_than_the_whole(
    whole: Figure, parts: list[Figure], measured: str | None, verdict: str
) -> None:
    (item,) = check((), (), (), [whole, *parts], (), published=None)
    assert (item.kind, item.measured, item.verdict) == ("sum", measured, verdict)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The raid left 24 dead: 20 soldiers and four civilians.", "consistent"),
        ("The raid left 24 dead: 20 soldiers and three civilians.", "inconsistent"),
        ("The raid killed 24 people (20 soldiers and four civilians).", "consistent"),
        ("The raid killed 24 people – 20 soldiers and two civilians.", "inconsistent"),
        ("The raid killed at least 24 people: 20 soldiers and three civilians.", "inconsistent"),
        ("The raid killed 24 people, including 20 soldiers and three civilians.", "consistent"),  # not said to be all
        (
            "The raid killed 24 people, including 20 soldiers. Later 24 people, nine of them boys, died.",
            "consistent",
        ),
        ("The raid killed 24 people, including 20 soldiers and nine civilians.", "inconsistent"),
        ("The raid killed at least 24 people, including 20 soldiers.", "unchecked"),
    ],
)
def test_listed_parts_add_up_to_the_whole(text: str, verdict: str) -> None:
    sentences = split(Report(text=text))
    figures, _ = find_figures(sentences)
    made = check(sentences, (), (), figures, (), published=None)
    assert {item.verdict for item in made} == {verdict}
    assert all(item.span.of(text) == item.text for item in made)


def _entry_place(name: str, geonames_id: int, precision: str) -> Place:
    entry = gazetteer().entry(geonames_id)
    assert entry is not None
    return Place(
        text=name, span=Span(0, len(name)), name=name, country=entry.country, lat=entry.lat, lon=entry.lon,
        radius_km=entry.radius_km, precision=precision, geonames_id=geonames_id,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("town", "district", "verdict"),
    [
        (("Houston", 4699066), ("Harris County", 4696376), "consistent"),
        (("Houston", 4699066), ("Dallas County", 4684904), "inconsistent"),  # both in Texas
    ],
)
def test_a_district_does_not_hold_all_of_its_province(
    town: tuple[str, int], district: tuple[str, int], verdict: str
) -> None:
    measured, found = _in_division(_entry_place(*town, "exact"), _entry_place(*district, "district"))
    assert (found, measured is not None) == (verdict, True)


def test_a_distance_from_a_border_has_no_point_to_measure_from() -> None:
    checked = [
        item for item in checks_in("They shelled Samarra, 30 km from the Syrian border.") if item.kind == "distance"
    ]
    assert [item.verdict for item in checked] == ["unchecked"]

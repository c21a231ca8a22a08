"""The method as a whole: what `read` takes, what it fills in, and what it says where it cannot read."""

from datetime import date

import msgspec
import pytest

import dateline
from dateline.reading.pipeline import read
from dateline.record import Record, Report
from dateline.version import VERSION

TEXT = """Rebels shell Homs, killing at least 12

Orontes News Agency, 17 June 2014

HOMS, Syria, June 17 (Orontes News Agency) - Rebels shelled the town of Homs on Monday, killing at least 12 people and \
wounding 30, the Syrian army said. The claim could not be independently verified.

About 500 families fled from Homs to Hama last week, according to the International Organisation for Migration (IOM).

Subscribe to our newsletter for daily updates.
"""


@pytest.fixture(scope="module")
def record() -> Record:
    return dateline.read(TEXT)


def test_the_head_is_recognised(record: Record) -> None:
    assert record.report.title == "Rebels shell Homs, killing at least 12"
    assert record.report.published == date(2014, 6, 17)
    assert record.report.text == TEXT
    assert {part.kind for part in record.report.layout} >= {"headline", "date_line"}


def test_a_notice_is_left_out_with_its_reason(record: Record) -> None:
    (cut,) = record.left_out
    assert cut.span.of(TEXT).startswith("Subscribe")
    assert cut.reason
    assert all(not cut.span.overlaps(claim.quote.span) for claim in record.claims)


def test_a_claim_holds_who_what_where_when_how_many_and_who_says_so(record: Record) -> None:
    (shelling,) = [claim for claim in record.claims if claim.event == "shelling" and claim.trigger.text == "shelled"]
    assert [actor.name for actor in shelling.actors] == ["Rebels"]
    assert ("Homs", "SY", "at") in [(place.name, place.country, place.role) for place in shelling.places]
    assert shelling.time is not None
    assert (shelling.time.earliest, shelling.time.latest) == (date(2014, 6, 16), date(2014, 6, 16))
    counted = {figure.measure: (figure.low, figure.high) for figure in shelling.figures}
    assert counted == {"killed": (12, None), "wounded": (30, 30)}
    assert [link.source and link.source.name for link in shelling.attribution] == ["Syrian army"]
    assert (shelling.modality, shelling.verification) == ("actual", "unverified")


def test_last_week_is_the_calendar_week_before(record: Record) -> None:
    (fled,) = [claim for claim in record.claims if claim.event == "displacement"]
    assert fled.time is not None
    assert (fled.time.earliest, fled.time.latest) == (date(2014, 6, 9), date(2014, 6, 15))
    assert {(place.name, place.role) for place in fled.places} == {("Homs", "from"), ("Hama", "to")}
    assert [link.source and link.source.name for link in fled.attribution] == [
        "International Organisation for Migration"
    ]


def test_what_read_it_is_told(record: Record) -> None:
    assert record.made_by.version == VERSION
    assert {"tagger", "names", "reader"} <= set(record.made_by.weights)
    assert {"gazetteer", "countries"} <= set(record.made_by.tables)
    assert all(len(digest) == 64 for digest in (*record.made_by.weights.values(), *record.made_by.tables.values()))


def test_given_fields_stand_over_those_of_the_text() -> None:
    made = dateline.read(
        TEXT, published=date(2014, 6, 18), title="Given", source="The Daily", url="https://a.example/1"
    )
    assert (made.report.title, made.report.published) == ("Given", date(2014, 6, 18))
    assert (made.report.source, made.report.url) == ("The Daily", "https://a.example/1")


def test_a_claim_in_a_given_title_says_so() -> None:
    made = dateline.read(
        "Nobody was hurt.", title="Rebels shelled the town of Homs on Monday", published=date(2014, 6, 17)
    )
    (claim,) = made.claims
    assert claim.trigger.where == claim.quote.where == "title"
    assert claim.quote.text == made.report.title


def test_an_id_is_the_one_given_or_made_from_the_text(record: Record) -> None:
    assert dateline.read(TEXT, id="row-7").id == "row-7"
    assert record.id == dateline.read(TEXT).id != dateline.read(TEXT + "\n").id


def test_without_a_date_times_stay_unknown_with_a_reason() -> None:
    made = dateline.read("Rebels shelled the town of Homs on Monday, killing 12 people.")
    assert made.report.published is None
    assert any("no publication date" in warning for warning in made.warnings)
    (time,) = made.mentions.times
    assert (time.text.split()[-1], time.earliest, time.latest) == ("Monday", None, None)
    assert [gap.reason for gap in made.unknown if gap.stage == "times"]


def test_another_language_is_kept_and_not_read() -> None:
    text = (
        "Bei einem Angriff auf den Markt der Stadt sind am Montag nach Angaben der Armee zwölf Menschen getötet worden."
    )
    made = dateline.read(text, published=date(2014, 6, 17))
    assert made.report.language == "de"
    assert made.report.text == text
    assert made.claims == ()
    assert [cut.span.of(text) for cut in made.left_out] == [text]
    assert any("not read: language" in warning for warning in made.warnings)


def test_reading_changes_no_report() -> None:
    report = Report(text=TEXT)
    before = msgspec.json.encode(report)
    read(report)
    assert msgspec.json.encode(report) == before


def test_an_unknown_place_is_told_with_its_reason() -> None:
    made = dateline.read("Rebels shelled the village of Qwxoria on Monday.", published=date(2014, 6, 17))
    assert [(g.span and g.span.of(made.report.text), bool(g.reason)) for g in made.unknown if g.stage == "places"] == [
        ("Qwxoria", True)
    ]


def test_a_war_does_not_take_over_where_another_sentence_tells_of_an_attack() -> None:
    made = dateline.read(
        "Gunmen attacked a police post in Homs on Monday, officials said.\n\nThe conflict between army and rebels, "
        "which killed 2,140 people last year, began in 2011.",
        published=date(2014, 6, 17),
    )
    (war,) = [claim for claim in made.claims if claim.trigger.text == "conflict"]
    assert [figure.low for figure in war.figures] == [2140]
    assert war.places == ()
    (attack,) = [claim for claim in made.claims if claim.event == "attack"]
    assert attack.figures == ()
    assert [place.name for place in attack.places][:1] == ["Homs"]

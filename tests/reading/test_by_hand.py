"""Words that a person chose become a claim whose every part stands at its place in the report."""

from datetime import date

import pytest
from msgspec.structs import replace

from dateline.errors import InputError
from dateline.ledger.rows import misplaced
from dateline.reading.by_hand import Found, FoundFigure, FoundLink, Words, claim_by_hand
from dateline.record import Actor, Figure, MadeBy, Mentions, Period, Place, Record, Report, Span

TEXT = (
    "Shells hit the market of Quorrin on Monday, killing 11 people, police said. "
    "Dozens fled the market, Reuters quoted doctors as saying."
)
TITLE = "Market of Quorrin hit"


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


PLACE = Place(text="Quorrin", span=span("Quorrin"), name="Quorrin", country="BV", lat=-37.0, lon=-119.0)
DAY = Period(text="Monday", span=span("Monday"), type="DATE", earliest=date(2024, 3, 4), latest=date(2024, 3, 4))
DEAD = Figure(text="11", span=span("11"), low=11, high=11, measure="casualties")
POLICE = Actor(text="police", span=span("police"), name="Quorrin police", actor_id="qp")
RECORD = Record(
    id="x", report=Report(text=TEXT, title=TITLE), made_by=MadeBy(version="1"),
    mentions=Mentions(places=(PLACE,), times=(DAY,), figures=(DEAD,), actors=(POLICE,)),
)  # fmt: skip


def words(said: str) -> Words:
    return Words(text=said)


def test_what_the_reader_found_at_the_words_is_taken_over() -> None:
    made = claim_by_hand(
        RECORD,
        Found(
            event="shelling", trigger=words("hit"), places=(words("market of Quorrin"),), time=words("on Monday"),
            figures=(FoundFigure(words=words("11 people"), measure="killed"),),
            attribution=(FoundLink(source=words("police"), cue=words("said")),),
        ),
    )  # fmt: skip
    assert made.quote.text == TEXT[: TEXT.index(".") + 1]
    (place,) = made.places
    assert (place.text, place.name, place.lat, place.role) == ("market of Quorrin", "Quorrin", -37.0, "at")
    assert made.time is not None
    assert (made.time.text, made.time.earliest) == ("on Monday", date(2024, 3, 4))
    (figure,) = made.figures
    assert (figure.measure, figure.low, figure.text) == ("killed", 11, "11 people")
    source = made.attribution[0].source
    assert source is not None
    assert (source.name, source.actor_id) == ("Quorrin police", "qp")
    assert not list(misplaced(made, RECORD.report))


def test_what_it_did_not_find_is_kept_as_written() -> None:
    bare = replace(RECORD, mentions=Mentions())
    made = claim_by_hand(
        bare,
        Found(
            event="displacement", trigger=words("fled"), places=(words("the market"),),
            figures=(FoundFigure(words=words("Dozens"), measure="displaced"),),
            attribution=(FoundLink(source=words("Reuters"), cue=words("quoted")), FoundLink(source=words("doctors"))),
            time=words("as"), days=(date(2024, 3, 4), date(2024, 3, 5)),
        ),
    )  # fmt: skip
    (figure,) = made.figures
    assert (figure.low, figure.high, figure.qualifier) == (24, 99, "vague")
    assert made.places[0].lat is None
    assert made.places[0].span.start > TEXT.index("fled")  # the one in the claim's own sentence
    assert [link.source.name for link in made.attribution if link.source] == ["Reuters", "doctors"]
    assert made.time is not None
    assert (made.time.earliest, made.time.latest, made.time.precision) == (date(2024, 3, 4), date(2024, 3, 5), "days")
    assert not list(misplaced(made, RECORD.report))


def test_words_of_the_headline_and_places_in_the_text() -> None:
    head = claim_by_hand(RECORD, Found(event="attack", trigger=Words(text="hit", at=18, where="title")))
    assert (head.quote.text, head.quote.where) == (TITLE, "title")
    second = TEXT.rindex("market")
    made = claim_by_hand(RECORD, Found(event="displacement", trigger=Words(text="market", at=second, where="text")))
    assert made.trigger.span.start == second
    assert made.id != head.id


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (Found(event="attack", trigger=words("market")), "at 2 places"),
        (Found(event="attack", trigger=words("bombed")), "does not stand in the report"),
        (Found(event="attack", trigger=words("arket")), "does not stand in the report"),
        (Found(event="attack", trigger=words(" ")), "no words"),
        (Found(event="attack", trigger=Words(text="hit", at=8)), "where it was chosen"),
        (Found(event="attack", trigger=Words(text="hit", at=10**9)), "where it was chosen"),
        (Found(event="attack", trigger=words("said. Dozens")), "no one sentence"),
        (Found(event="attack", trigger=words("fled"), quote=words("Shells hit")), "not in the sentence"),
        (
            Found(
                event="attack", trigger=words("hit"), figures=(FoundFigure(words=words("police"), measure="killed"),)
            ),
            "holds no number",
        ),
        (
            Found(
                event="attack", trigger=words("hit"), time=words("Monday"), days=(date(2024, 3, 5), date(2024, 3, 4))
            ),
            "later than",
        ),
    ],
)
def test_what_cannot_be_is_one_line(found: Found, told: str) -> None:
    with pytest.raises(InputError, match=told):
        claim_by_hand(RECORD, found)

"""A report's text in segments: they are the text, and each lists every field that stands on it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dateline.desk.cards import in_order, known_values, rows_of
from dateline.desk.marking import Segment, marks_of, segments, voices_of
from dateline.record import (
    Actor,
    Claim,
    LeftOut,
    MadeBy,
    Mentions,
    Part,
    Period,
    Place,
    Record,
    Report,
    Source,
    Span,
    Speaker,
    Unknown,
)

TEXT = "Reuters quoted Sana as saying that shells killed 12 people in Quorrin. Follow us for news."


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


def part(words: str) -> Part:
    return Part(text=words, span=span(words))


def speaker(words: str) -> Actor:
    return Actor(text=words, name=words, span=span(words))


def claim(**more: object) -> Claim:
    quote = TEXT[: TEXT.index(".") + 1]
    told = [("Reuters", "quoted"), ("Sana", "saying")]
    chain = tuple(Source(source=Speaker(text=name, name=name, span=span(name)), cue=part(cue)) for name, cue in told)
    place = Place(text="Quorrin", span=span("Quorrin"), name="Quorrin", country="BV")
    made = Claim(
        id="a" * 20, event="shelling", trigger=part("killed"), quote=part(quote), places=(place,), attribution=chain,
        targets=(speaker("people"),),
    )  # fmt: skip
    return replace(made, **more)


def at(found: list[Segment], words: str) -> Segment:
    return next(each for each in found if each.text == words)


def test_segments_are_the_text_and_a_field_has_the_words_it_was_read_from() -> None:
    found = segments(TEXT, [claim()], "text", [LeftOut(span=span("Follow us for news."), reason="subscription notice")])
    assert "".join(each.text for each in found) == TEXT
    assert all(TEXT[each.start : each.start + len(each.text)] == each.text for each in found)
    for mark in marks_of(claim(), 1):
        assert "".join(each.text for each in found if mark.field in each.fields) == mark.part.text
    assert [each.text for each in found if each.left_out] == ["Follow us for news."]


def test_voices_lie_one_within_another_the_outermost_first() -> None:
    outer, inner = sorted(voices_of(claim(), "text"), key=lambda voice: voice.span.start)
    assert (outer.name, inner.name) == ("Reuters", "Sana")
    assert outer.span.holds(inner.span)
    found = segments(TEXT, [claim()], "text")
    assert at(found, "killed").voices == ("Reuters", "Sana")
    assert at(found, "quoted").voices == ("Reuters",)


def test_spans_that_cross_are_cut_and_each_piece_lists_both() -> None:
    one = claim(trigger=part("shells killed"), places=(), targets=())
    two = claim(trigger=part("killed 12"), places=(), targets=())
    found = {each.text: each for each in segments(TEXT, [one, two], "text")}
    assert {"1.trigger.0"} == {f for f in found["shells "].fields if "trigger" in f}
    assert {"1.trigger.0", "2.trigger.0"} == {f for f in found["killed"].fields if "trigger" in f}
    assert {"2.trigger.0"} == {f for f in found[" 12"].fields if "trigger" in f}
    assert found["killed"].begins == ("2.trigger.0",)
    assert found["killed"].leads == "2.trigger.0"  # the shorter of the two


def test_a_claim_of_the_headline_is_marked_there_alone() -> None:
    said = Part(text="killed", span=Span(7, 13), where="title")
    headline = claim(trigger=said, quote=replace(said, text="Shells killed", span=Span(0, 13)), places=(), targets=(),
                     attribution=())  # fmt: skip
    assert any("1.trigger.0" in each.fields for each in segments("Shells killed", [headline], "title"))
    assert not any(each.fields for each in segments(TEXT, [headline], "text"))


@given(st.lists(st.tuples(st.integers(0, 88), st.integers(1, 40)), max_size=12))
def test_any_spans_give_the_text_again(spans: list[tuple[int, int]]) -> None:
    made = [Span(start, min(start + length, len(TEXT))) for start, length in spans if start < len(TEXT)]
    also = tuple(Part(text=each.of(TEXT), span=each) for each in made)
    found = segments(TEXT, [claim(also=also)], "text")
    assert "".join(each.text for each in found) == TEXT
    for number, each in enumerate(also):
        assert "".join(one.text for one in found if f"1.also.{number}" in one.fields) == each.text
        assert sum(f"1.also.{number}" in one.begins for one in found) == 1


def test_what_is_unsure_says_why() -> None:
    unknown = [Unknown(stage="actors", span=span("people"), reason="who they are is not told")]
    time = Period(text="12", span=span("12"), type="DATE")
    rows = {row.label: row for row in rows_of(claim(time=time), 1, unknown)}
    assert rows["where"].unsure == "not located"
    assert rows["when"].unsure == "no day could be told"
    assert rows["to whom"].unsure == "who they are is not told"
    assert rows["what"].unsure == ""
    assert rows["says who"].depth == 0
    assert rows["quoting"].depth == 1
    assert rows["quoting"].marks == ("1.source.1", "1.cue.1")


def test_the_least_sure_card_stands_first() -> None:
    cards = [{"number": 1, "score": 0.9}, {"number": 2, "score": 0.2}, {"number": 3, "score": 0.9}]
    assert [each["number"] for each in in_order(cards, "unsure")] == [2, 1, 3]
    assert [each["number"] for each in in_order(cards, "text")] == [1, 2, 3]


def test_values_that_stand_in_the_report_can_be_taken_as_they_are() -> None:
    from dateline.incidents.plain_values import value_of

    place = Place(text="Quorrin", span=span("Quorrin"), name="Quorrin, old", country="BV", lat=-37.0, lon=-119.0)
    day = Period(text="12", span=span("12"), type="DATE", earliest=date(2024, 3, 4), latest=date(2024, 3, 5))
    record = Record(
        id="x", report=Report(text=TEXT), made_by=MadeBy(version="1"), mentions=Mentions(places=(place,), times=(day,))
    )
    found = {each["words"]: each["value"] for each in known_values(record)}
    assert '"lat":-37.0' in value_of("place", found["Quorrin"])
    assert value_of("time", found["12"]) == '{"earliest":"2024-03-04","latest":"2024-03-05"}'

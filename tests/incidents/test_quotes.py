"""Every figure of an incident leads to the sentence or headline that holds its number."""

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from dateline.export.lookup import Lookup
from dateline.export.traces import of_estimate
from dateline.incidents.book import Book
from dateline.incidents.case import case
from dateline.incidents.policies import policy
from dateline.incidents.quotes import quote_of, words_of
from dateline.ledger import Ledger
from dateline.record import Claim, Figure, MadeBy, Mentions, Part, Record, Report, Span
from dateline.show.incident_page import incident_page

TITLE = "Gunmen kill 12 in village of Istrel"
TEXT = "Gunmen attacked the village of Istrel on Monday, police said. It was the first attack there."
COUNTED = Figure(text="12", span=Span(12, 14), where="title", measure="killed", low=12, high=12)


def attacked(**more: object) -> Record:
    made = Claim(id="c" * 20, event="attack", trigger=Part(text="attacked", span=Span(7, 15)),
                 quote=Part(text=TEXT[:61], span=Span(0, 61)), score=0.9)  # fmt: skip
    report = Report(text=TEXT, title=TITLE, published=date(2024, 3, 4), source="Keshtal News")
    return Record(id="r1", report=report, claims=(replace(made, **more),), made_by=MadeBy(version="0.2.0"),
                  mentions=Mentions(figures=(COUNTED,)))  # fmt: skip


def told(ledger: Ledger, record: Record) -> tuple[str, str, str]:
    """The number of the killed as its trace has it: the sentence, the words; and the page of the incident."""
    ledger.add(record)
    with Book(ledger, policy()) as book:
        book.catch_up()
        (incident,) = book.find()
        (killed,) = incident.figures
        (key,) = killed.best_from
        stored = ledger.claim(key)
        assert killed.best == 12
        traces = list(of_estimate(incident.id, killed, Lookup(ledger.claim), ("low", "best", "high")))
        quote, words = quote_of(killed, stored, 12), words_of(killed, stored, 12)
        assert words is not None
        assert {(trace.quote, trace.figure) for trace in traces} == {(quote, words)}
        lines = list(incident_page(case(book, incident), width=100))
    return quote.text, words.text, "\n".join(line.plain for line in lines)


def test_a_toll_of_the_headline_alone_leads_to_the_headline(tmp_path: Path) -> None:
    with Ledger(tmp_path / "x.db") as ledger:
        quote, words, shown = told(ledger, attacked())
    assert (quote, words) == (TITLE, "12")
    assert "its number “Gunmen kill »12« in village of Istrel”" in shown


def test_so_does_a_figure_of_a_claim_that_the_headline_tells_again(tmp_path: Path) -> None:
    title = Part(text=TITLE, span=Span(0, len(TITLE)), where="title")
    with Ledger(tmp_path / "x.db") as ledger:
        quote, words, _ = told(ledger, attacked(figures=(COUNTED,), also=(title,)))
    assert (quote, words) == (TITLE, "12")


def test_where_the_quote_holds_the_number_it_is_the_trace(tmp_path: Path) -> None:
    text = "Gunmen killed 12 people in the village of Istrel on Monday, police said. It was the first attack there."
    figure = Figure(text="12", span=Span(14, 16), measure="killed", low=12, high=12, of="people")
    record = attacked(trigger=Part(text="killed", span=Span(7, 13)), quote=Part(text=text[:72], span=Span(0, 72)),
                      figures=(figure,))  # fmt: skip
    report = replace(record.report, text=text, sha256="")
    mentions = Mentions(figures=(COUNTED, figure))
    with Ledger(tmp_path / "x.db") as ledger:
        quote, words, shown = told(ledger, replace(record, report=report, mentions=mentions))
    assert (quote, words) == (text[:72], "12")
    assert "its number" not in shown

"""What people see: pages at several widths, word by word, and the rules they follow."""

import io
import os
import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from dateline.ledger import ChainPlace, StoredClaim
from dateline.record import Claim, Evidence, Figure, Part, Period, Place, Record, Relation, Source, Span
from dateline.show import phrasing
from dateline.show.claim_page import claim_page
from dateline.show.claims_page import claims_page, short_ids
from dateline.show.layout import packed, wrap
from dateline.show.report_page import Detail, report_page
from dateline.show.rows import marked
from dateline.show.terminal import put, terminal
from tests.cli.records import CLAIMS, RECORD, REPORT, plain, wide

SNAPSHOTS = Path(__file__).parent / "snapshots"
EVERYTHING = Detail(quotes=True, unknown=True)


def printed(lines: object, width: int) -> str:
    out = io.StringIO()
    put(terminal(width=width, file=out), lines)  # type: ignore[arg-type]
    return out.getvalue()


def stored(claim: Claim, *, report_id: str = "ab" * 10, seq: int = 4) -> StoredClaim:
    return StoredClaim(
        claim=claim, report_id=report_id, given_id="front", title=REPORT.title, publisher=REPORT.source,
        published=REPORT.published, url="https://harrow.example/front", text_sha256=REPORT.sha256,
        raw_sha256=REPORT.sha256, reading_id="cd" * 10, latest=True, made_by=RECORD.made_by,
        chain=ChainPlace(seq=seq, hash="ef" * 32, previous="01" * 32), added_at="2021-03-05T08:00:00Z",
    )  # fmt: skip


def same_as_snapshot(name: str, said: str) -> None:
    """Compare with the file; `DATELINE_NEW_SNAPSHOTS=1 pytest tests/cli` writes them anew; look at the diff."""
    path = SNAPSHOTS / name
    if os.environ.get("DATELINE_NEW_SNAPSHOTS"):
        path.write_text(said)
    assert said == path.read_text()


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize(("name", "detail"), [("report", Detail()), ("report-all", EVERYTHING)])
def test_a_report_is_printed_as_it_was(width: int, name: str, detail: Detail) -> None:
    same_as_snapshot(f"{name}-{width}.txt", printed(report_page(RECORD, width=width, detail=detail), width))


@pytest.mark.parametrize("width", [80, 160])
def test_claims_of_a_ledger_are_printed_as_they_were(width: int) -> None:
    found = [stored(claim, seq=at) for at, claim in enumerate(CLAIMS, 4)]
    same_as_snapshot(f"claims-{width}.txt", printed(claims_page(found, width=width), width))


@pytest.mark.parametrize("width", [80, 160])
def test_one_claim_is_printed_as_it_was(width: int) -> None:
    same_as_snapshot(f"claim-{width}.txt", printed(claim_page(stored(CLAIMS[0]), REPORT, width=width), width))


PAGES: dict[str, Record] = {
    "invented": RECORD,
    "no claims": plain("Guten Tag."),
    "wide characters": wide("漢字" * 40, "القامشلي"),
    "one long word": wide("x" * 300, "y" * 90),
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [40, 61, 80, 139, 140, 160, 240])
def test_no_line_is_wider_than_asked(name: str, width: int) -> None:
    said = printed(report_page(PAGES[name], width=width, detail=EVERYTHING), width)
    assert max(cell_len(line) for line in said.splitlines()) <= width


@pytest.mark.parametrize("width", [40, 80, 160])
def test_no_fact_is_cut_off(width: int) -> None:
    """Every word of every fact is there at every width; only what was left out is shown by its first words."""
    said = printed(report_page(RECORD, width=width, detail=EVERYTHING), width)
    squeezed = re.sub(r"\s+", "", said)
    for claim in CLAIMS:
        facts = [phrasing.event(claim), phrasing.sources(claim), phrasing.sureness(claim)]
        facts += [claim.quote.text.replace(claim.trigger.text, f"»{claim.trigger.text}«")]
        facts += [word for part in claim.actors + claim.targets for word in part.name.split()]
        facts += [word for fact in phrasing.figures(claim) for word in fact.split()]
        for fact in facts:
            for word in fact.split():  # one by one: in a table the words of one cell stand on several lines
                assert word in squeezed


def test_nothing_is_told_by_colour_alone() -> None:
    in_colour = io.StringIO()
    lines = report_page(RECORD, width=80, detail=EVERYTHING)
    put(Console(file=in_colour, width=80, force_terminal=True, color_system="truecolor", markup=False), lines)
    assert "\x1b[" in in_colour.getvalue()
    assert re.sub("\x1b\\[[0-9;]*m", "", in_colour.getvalue()) == printed(lines, 80)


@pytest.mark.parametrize("width", [80, 160])
def test_a_style_ends_with_its_words(width: int) -> None:
    found = [stored(claim) for claim in CLAIMS]
    lines = [*report_page(RECORD, width=width, detail=EVERYTHING), *claims_page(found, width=width)]
    lines += claim_page(found[0], REPORT, width=width)
    assert not [line.plain for line in lines if line.style]
    fled = next(line for line in lines if "fled" in line.plain and "civilians" in line.plain)
    at = fled.plain.index("civilians")
    assert not [span for span in fled.spans if span.start <= at < span.end]


def test_a_report_cannot_steer_the_terminal() -> None:
    record = wide("Army\x1b]0;owned\x07\u202e", "Homs")
    said = printed(report_page(record, width=80, detail=EVERYTHING), 80)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)
    assert "Army�]0;owned�" in said


def test_writing_from_right_to_left_is_isolated() -> None:
    said = printed(report_page(wide("Army", "القامشلي"), width=160), 160)
    table = said[said.index("shelling") :]
    assert "\u2068القامشلي" in table
    assert table.count("\u2068") == table.count("\u2069")


def test_a_text_in_another_language_is_told_and_not_invented() -> None:
    said = printed(report_page(plain("Guten Tag."), width=80), 80)
    assert "Warning: not read: language de" in said
    assert "no claims in 2 words" in said
    assert "(no headline)" in said
    assert "publisher not stated · no date" in said


def test_a_record_without_extras_prints_no_empty_sections() -> None:
    bare = replace(RECORD, evidence=(), checks=(), left_out=(), unknown=())
    said = printed(report_page(bare, width=80), 80)
    assert not re.search("Evidence|Checks|Left out|Unknown", said)


def test_what_does_not_hold_is_marked_in_words() -> None:
    check = replace(
        RECORD.checks[0], verdict="inconsistent", note="Amuda is 26 km west of Qamishli; the report says 290"
    )
    said = printed(report_page(replace(RECORD, checks=(check,)), width=160), 160)
    assert "Amuda is 26 km west of Qamishli; the report says 290: inconsistent" in said


@pytest.mark.parametrize(
    ("verdict", "note", "said"),
    [
        ("consistent", "the report says 29: consistent", "the report says 29: consistent"),
        ("inconsistent", "the report says 290.", "the report says 290: inconsistent"),
        ("inconsistent", "not consistent with the sum", "not consistent with the sum: inconsistent"),
        ("unchecked", "its distance is not checked", "its distance is not checked"),
        ("unchecked", "no place of that name is known", "no place of that name is known: unchecked"),
    ],
)
def test_the_verdict_of_a_check_is_always_told(verdict: str, note: str, said: str) -> None:
    assert phrasing.check(replace(RECORD.checks[0], verdict=verdict, note=note)) == said


def test_words_that_are_a_quotation_get_no_second_mark() -> None:
    text = "“They fled at dawn,” she said."
    quote, trigger = Part(text=text, span=Span(10, 10 + len(text))), Part(text="fled", span=Span(16, 20))
    assert marked(quote, trigger).plain == "“They »fled« at dawn,” she said."
    plain_quote = Part(text="They fled.", span=Span(0, 10))
    assert marked(plain_quote, Part(text="fled", span=Span(5, 9))).plain == "“They »fled«.”"


AT = Span(0, 1)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"text": "1,700", "measure": "killed", "low": 1700, "high": 1700, "of": "people"}, "1,700 killed"),
        ({"text": "1,700", "measure": "killed", "low": 1700, "high": 1700, "of": "soldiers"}, "1,700 soldiers killed"),
        ({"text": "5,000", "measure": "fighters", "high": 5000, "of": "fighters"}, "≤ 5,000 fighters"),
        ({"text": "5,000", "measure": "fighters", "high": 5000}, "≤ 5,000 fighters"),
        ({"text": "12", "measure": "wounded", "low": 12, "qualifier": "at_least"}, "≥ 12 wounded"),
        ({"text": "dozens", "measure": "killed", "low": 24, "high": 99, "qualifier": "vague"},
         "24–99 killed (“dozens”)"),
        ({"text": "500,000", "measure": "displaced", "low": 500000, "high": 500000, "qualifier": "about"},
         "about 500,000 displaced"),
        ({"text": "none", "measure": "killed", "low": 0, "high": 0}, "0 killed"),
        ({"text": "300", "measure": "displaced", "low": 300, "high": 300, "unit": "households"},
         "300 households displaced"),
        ({"text": "$2.5 million", "measure": "money", "low": 2.5e6, "high": 2.5e6, "of": "aid"}, "$2.5 million"),
        ({"text": "125", "measure": "distance", "low": 125, "high": 125}, "125 km"),
        ({"text": "1.5", "measure": "area", "low": 1.5, "high": 1.5}, "1.5 km²"),
        ({"text": "27,000", "measure": "displaced", "low": 27000, "high": 27000, "of": "children",
          "part_of": "48,300 people"}, "27,000 children displaced (of “48,300 people”)"),
        ({"text": "19", "measure": "killed", "low": 19, "high": 19, "superseded": True},
         "19 killed (older toll, replaced)"),
        ({"text": "several", "measure": "killed", "low": 3, "qualifier": "vague"}, "≥ 3 killed (“several”)"),
        ({"text": "heavy losses"}, "heavy losses"),
    ],
)  # fmt: skip
def test_figures(known: dict[str, object], said: str) -> None:
    figure = Figure(span=AT, **known)  # type: ignore[arg-type]
    assert phrasing.figure(figure).replace(phrasing.GLUE, " ") == said


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"country": "IQ", "precision": "exact", "role": "from", "lat": 1.0, "lon": 1.0}, "from Mosul (IQ)"),
        ({"country": "IQ", "precision": "near", "role": "at", "lat": 1.0, "lon": 1.0}, "near Mosul (IQ)"),
        ({"country": "IQ", "precision": "district", "lat": 1.0, "lon": 1.0}, "Mosul district (IQ)"),
        ({"country": "IQ", "precision": "country"}, "Mosul"),
        ({}, "Mosul (not located)"),
        ({"text": "12 km north of Mosul", "precision": "near", "lat": 1.0, "lon": 1.0,
          "relation": Relation(kind="distance")}, "near Mosul (“12 km north of Mosul”)"),
        ({"text": "near  Mosul", "precision": "near", "lat": 1.0, "lon": 1.0, "relation": Relation(kind="near")},
         "near Mosul"),
    ],
)  # fmt: skip
def test_places(known: dict[str, object], said: str) -> None:
    place = Place(span=AT, name="Mosul", **{"text": "Mosul", **known})  # type: ignore[arg-type]
    assert phrasing.place(place).replace(phrasing.GLUE, " ") == said


DAY = date(2014, 6, 9)


@pytest.mark.parametrize(
    ("earliest", "latest", "text", "said"),
    [
        (DAY, date(2014, 6, 15), "last week", ("2014-06-09 to 2014-06-15", "“last week”")),
        (DAY, DAY, "2014-06-09", ("2014-06-09",)),
        (DAY, None, "since Monday", ("from 2014-06-09 on", "“since Monday”")),
        (None, DAY, "until Monday", ("until 2014-06-09", "“until Monday”")),
        (None, None, "three days", ("“three days”",)),
    ],
)
def test_times(earliest: date | None, latest: date | None, text: str, said: tuple[str, ...]) -> None:
    period = Period(text=text, span=AT, type="DATE", earliest=earliest, latest=latest)
    assert tuple(piece.replace(phrasing.GLUE, " ") for piece in phrasing.when(period)) == said


def test_a_source_that_is_not_named_is_told_by_its_cue() -> None:
    cue = Part(text="is believed to", span=AT)
    assert phrasing.source(Source(source=None, cue=cue)) == "no source named (“is believed to”)"
    assert phrasing.source(Source(source=None, cue=None)) == "no source named"


def test_evidence_names_the_claims_it_bears_on_by_their_numbers() -> None:
    part = Evidence(
        text="a video", span=AT, kind="video", quote=Part(text="a video", span=AT), channel="X",
        shows=("b", "a", "gone"),
        verification="verified",
    )  # fmt: skip
    assert phrasing.evidence(part, {"a": 1, "b": 3}) == "a video, posted on X, verified; bears on claims 1 and 3"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 3, ["one", "two", "thr", "ee"]),
        (f"at least ≥{phrasing.GLUE}12 dead", 10, ["at least", "≥ 12 dead"]),
        ("漢字漢字", 5, ["漢字", "漢字"]),
        ("one\ntwo three", 20, ["one", "two three"]),
        ("", 5, [""]),
        ("a  b", 10, ["a  b"]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert [line.plain for line in wrap(Text(text), width)] == lines


def test_a_fact_begins_a_line_rather_than_breaking() -> None:
    parts = [Text("a fact of words"), Text("another one"), Text(""), Text("third")]
    assert [line.plain for line in packed(parts, 20)] == ["a fact of words", "another one · third"]


def test_a_claim_is_named_by_as_little_of_its_id_as_tells_it_from_others() -> None:
    ids = ("0123456789aa", "0123456789bb", "fedcba987654")
    found = [stored(replace(CLAIMS[0], id=each)) for each in ids]
    assert short_ids(found) == ["0123456789a", "0123456789b", "fedcba98"]
    twice = [stored(CLAIMS[0], report_id="1" * 20), stored(CLAIMS[0], report_id="2" * 20)]
    assert short_ids(twice) == [f"11111111/{CLAIMS[0].id}", f"22222222/{CLAIMS[0].id}"]


def test_many_claims_are_laid_out_in_batches_and_counted() -> None:
    found = [stored(CLAIMS[0], seq=at) for at in range(450)]
    said = printed(claims_page(iter(found), width=160), 160)
    assert said.count("who → to whom") == 3
    assert said.endswith("450 claims\n")
    assert printed(claims_page([], width=80), 80) == "no claim fits\n"

"""JSONL tables, row by row. All texts here are invented."""

import gzip
import io
import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ingest.incoming import Failure, Incoming
from dateline.ingest.tables import read_rows

TEXT = "Two shells hit the bridge at Qastal on Monday, the mayor said."


def rows(data: bytes, limit: int = 10_000, published: date | None = None) -> list[Incoming | Failure]:
    stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[type-var]
    return list(read_rows(stream, origin="t.jsonl", stem="t", published=published, limit=limit))


def row(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def test_a_full_row_fills_the_report() -> None:
    [made] = rows(
        row(
            id="a-1", text=TEXT, title="Bridge hit", published="2025-03-04", url="https://post.example/1", source="Post"
        )
    )
    assert isinstance(made, Incoming)
    assert (made.id, made.report.text, made.report.title) == ("a-1", TEXT, "Bridge hit")
    assert (made.report.published, made.report.url, made.report.source) == (
        date(2025, 3, 4), "https://post.example/1", "Post",
    )  # fmt: skip
    assert json.loads(made.raw)["id"] == "a-1"
    assert made.warnings == ()


def test_text_is_kept_unchanged_and_ids_are_made_where_there_are_none() -> None:
    made = rows(row(text="One\r\ntwo ") + b"\n" + row(id=7, text=TEXT))
    assert [one.id for one in made if isinstance(one, Incoming)] == ["t-1", "7"]
    assert isinstance(made[0], Incoming)
    assert made[0].report.text == "One\r\ntwo "


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"{not json}\n", "not JSON"),
        (b"[1, 2]\n", "a list"),
        (b"17\n", "a number"),
        (row(id="x"), "no `text`"),
        (row(id="x", text=5), "`text` is a number"),
        (row(id="x", text=" "), "`text` is empty"),
        (row(id="x", text="a\0b"), "NUL"),
        (row(id=["x"], text=TEXT), "`id` is a list"),
        (row(id=True, text=TEXT), "`id` is true or false"),
        (row(id="x", text=TEXT, title={"a": 1}), "`title` is an object"),
        (row(id="first", text=TEXT), "duplicate id 'first'"),
        (b'{"id": "x", "text": "caf\xe9"}\n', "byte 0xE9 at offset 24 of the row"),
        (row(id="x", text="a" * 20_000), "too long"),
        (b"[" * 8_000 + b"\n", "not JSON"),
        (b'{"id": ' + b"9" * 6_000 + b', "text": "a"}\n', "not JSON"),
    ],
)
def test_a_broken_row_is_one_failure_and_the_rest_goes_on(bad: bytes, says: str) -> None:
    first, failed, last = rows(row(id="first", text=TEXT) + bad + row(id="last", text=TEXT))
    assert isinstance(first, Incoming)
    assert isinstance(failed, Failure)
    assert says in failed.message
    assert failed.origin == "t.jsonl row 2"
    assert "\n" not in failed.message
    assert isinstance(last, Incoming)
    assert last.id == "last"


@pytest.mark.parametrize("published", ["last week", "03/04/2014", 20140617, "2014-02-30"])
def test_a_date_that_is_none_is_a_warning(published: object) -> None:
    [made] = rows(row(id="x", text=TEXT, published=published))
    assert isinstance(made, Incoming)
    assert made.report.published is None
    assert len(made.warnings) == 1
    assert "is not a date" in made.warnings[0]


def test_the_given_date_is_for_rows_without_one() -> None:
    made = rows(row(id="a", text=TEXT) + row(id="b", text=TEXT, published="2020-01-02"), published=date(2021, 5, 6))
    assert [one.report.published for one in made if isinstance(one, Incoming)] == [date(2021, 5, 6), date(2020, 1, 2)]


def test_a_future_date_is_kept_with_a_warning() -> None:
    [made] = rows(row(id="x", text=TEXT, published="2999-01-01"))
    assert isinstance(made, Incoming)
    assert made.report.published == date(2999, 1, 1)
    assert "future" in made.warnings[0]


def test_half_characters_are_replaced_one_for_one() -> None:
    [made] = rows(b'{"id": "x", "text": "ab\\ud800cd"}\n')
    assert isinstance(made, Incoming)
    assert made.report.text == "ab\ufffdcd"
    assert "surrogate" in made.warnings[0]


def test_an_empty_table_is_a_failure() -> None:
    [failed] = rows(b"\n\n")
    assert isinstance(failed, Failure)
    assert "empty" in failed.message


def test_a_damaged_gzip_keeps_the_rows_before_the_damage(tmp_path: Path) -> None:
    from dateline.ingest.sources import incoming

    whole = gzip.compress(b"".join(row(id=str(n), text=f"{TEXT} {n * 7919}") for n in range(4_000)))
    (tmp_path / "t.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    made = list(incoming(str(tmp_path / "t.jsonl.gz")))
    assert len(made) > 100
    assert all(isinstance(one, Incoming) for one in made[:-1])
    assert isinstance(made[-1], Failure)
    assert "gzip" in made[-1].message


def test_a_large_table_is_streamed(tmp_path: Path) -> None:
    from dateline.ingest.sources import incoming

    path = tmp_path / "large.jsonl"
    with path.open("wb") as out:
        for number in range(3_000):
            out.write(row(id=str(number), text=TEXT * 60))
    size = path.stat().st_size
    tracemalloc.start()
    count = sum(isinstance(one, Incoming) for one in incoming(str(path)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_000
    assert peak < size / 5


@given(st.lists(st.one_of(st.binary(max_size=60), st.just(row(id="x", text=TEXT)), st.just(b"{}\n"))))
def test_any_bytes_give_reports_or_failures_and_never_raise(pieces: list[bytes]) -> None:
    made = rows(b"\n".join(pieces))
    assert made
    assert all(isinstance(one, Incoming | Failure) for one in made)

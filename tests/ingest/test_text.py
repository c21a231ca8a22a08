"""Bytes into text. All texts here are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.ingest.text import decode

LINE = "Naïve “rebels” fled – Älmar"


@pytest.mark.parametrize(
    "data",
    [
        LINE.encode(),
        b"\xef\xbb\xbf" + LINE.encode(),
        LINE.encode("utf-16"),
        b"\xfe\xff" + LINE.encode("utf-16-be"),
        LINE.encode("utf-32"),
    ],
)
def test_utf8_and_what_a_byte_order_mark_declares_are_read(data: bytes) -> None:
    assert decode(data).text == LINE


def test_line_ends_become_newlines_and_nothing_else_changes() -> None:
    decomposed = "e\u0301"  # two code points; joining them would move every later offset
    assert decode(f"One\r\ntwo\rthree\n{decomposed}  ".encode()).text == f"One\ntwo\nthree\n{decomposed}  "


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "zip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"SQLite format 3\x00", "database"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo", "a web archive"),
        (b'<?xml version="1.0"?>\n<!-- made daily -->\n<rss version="2.0">', "a news feed"),
        (b"\xef\xbb\xbf<feed>" + "é".encode(), "a news feed"),
        (b"<?a?> " * 300 + b"x\0", "NUL"),  # a pattern for feeds must not take years over this
        (b"Shells fell\x00on", "NUL byte at offset 11"),
        (b"The caf\xe9 was hit", "byte 0xE9 at offset 7"),
        (b"one\ntwo \xff", r"offset 8 \(line 2\)"),
        ("odd".encode("utf-16-le")[:-1], "NUL"),
        (b"\xef\xbb\xbfa\0b", "NUL"),
        ("a\0b".encode("utf-16"), "NUL"),
        (b"\xff\xfeS\x00h", "UTF-16"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        decode(data)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_one_line(data: bytes) -> None:
    try:
        said = decode(data).text
    except InputError as error:
        said = str(error).replace("\n", "\r")
    assert said.encode("utf-8")
    assert "\r" not in said

"""What a user may name, and what comes of it. All texts here are invented."""

import gzip
import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from dateline.ingest.incoming import Failure, Incoming
from dateline.ingest.sources import incoming
from dateline.settings import Settings

TEXT = "Two shells hit the bridge at Qastal on Monday, the mayor said."
ARTICLE = (
    "<p>Shells hit a market in Qastal on Monday, killing nine traders, the hospital of the town said on Tuesday.</p>"
    * 5
)
PAGE = f"<html><head><title>Qastal</title></head><body><article><h1>Qastal</h1>{ARTICLE}</article></body></html>"


def one(source: Path | str, **options: object) -> Incoming:
    [made] = incoming(str(source), **options)  # type: ignore[arg-type]
    assert isinstance(made, Incoming), made
    return made


def failed(source: Path | str, **options: object) -> Failure:
    [made] = incoming(str(source), **options)  # type: ignore[arg-type]
    assert isinstance(made, Failure), made
    assert "\n" not in made.message
    return made


@pytest.mark.parametrize(
    ("name", "id", "media_type", "data"),
    [
        ("report.txt", "report", "text/plain", TEXT.encode()),
        ("note.md", "note", "text/plain", TEXT.encode()),
        ("cable", "cable", "text/plain", TEXT.encode()),
        ("report.v2.txt", "report.v2", "text/plain", TEXT.encode()),
        ("report.txt.gz", "report", "text/plain", gzip.compress(TEXT.encode())),
        ("page.html", "page", "text/html", PAGE.encode()),
        ("page.HTM", "page", "text/html", PAGE.encode()),
        ("page.html.gz", "page", "text/html", gzip.compress(PAGE.encode())),
        ("saved", "saved", "text/html", PAGE.encode()),
    ],
)
def test_files_of_every_kind(tmp_path: Path, name: str, id: str, media_type: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    made = one(tmp_path / name, published=date(2025, 3, 4))
    assert (made.id, made.media_type, made.origin) == (id, media_type, str(tmp_path / name))
    assert made.report.published == date(2025, 3, 4)
    assert made.raw in (TEXT.encode(), PAGE.encode())


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "empty"),
        ("empty.html", b"", "empty"),
        ("empty.jsonl", b"", "empty"),
        ("empty", b"", "empty"),
        ("blank.txt", b"\n \n", "empty"),
        ("report.pdf", b"%PDF-1.7", "PDF"),
        ("report.txt", b"caf\xe9", "0xE9"),
        ("binary.txt", b"ab\x00", "NUL"),
        ("page.html", b"<html><body><nav>Home</nav></body></html>", "no article"),
        ("broken.txt.gz", gzip.compress(TEXT.encode() * 50)[:60], "damaged gzip"),
        ("long.txt", b"word " * 400, "too long"),
        ("long.txt.gz", gzip.compress(b"word " * 400), "too long"),
    ],
)
def test_bad_files_are_one_clear_line(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert says in failed(tmp_path / name, settings=Settings(max_report_bytes=1_000, max_page_bytes=1_000)).message


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as out:
        out.truncate(50_000_000_000)  # sparse: reading it would take minutes and all memory
    assert "50,000.0 MB" in failed(tmp_path / "huge.txt").message


def test_a_table_may_be_longer_than_a_report(tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(n), "text": TEXT}) for n in range(100)]
    (tmp_path / "t.jsonl").write_text("\n".join(lines))
    made = list(incoming(str(tmp_path / "t.jsonl"), settings=Settings(max_report_bytes=200)))
    assert [one.id for one in made if isinstance(one, Incoming)] == [str(n) for n in range(100)]


def test_a_directory_gives_its_reports_sorted_and_says_what_failed(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".hidden").mkdir()
    for name in ("c.txt", "a.txt", "b/d.md", ".x.txt", ".hidden/e.txt", "data.csv", "photo.png"):
        (tmp_path / name).write_text(TEXT)
    (tmp_path / "b" / "bad.txt").write_bytes(b"\xff\xfe\xfd")
    made = list(incoming(str(tmp_path)))
    assert [Path(one.origin).name for one in made] == ["a.txt", "bad.txt", "d.md", "c.txt"]
    assert [isinstance(one, Failure) for one in made] == [False, True, False, False]


def test_a_directory_without_reports_and_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("a,b")
    assert "directory without reports" in failed(tmp_path).message
    assert "no such file" in failed(tmp_path / "none.txt").message
    assert "NUL" in failed("a\0b").message
    assert "empty name" in failed("").message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_directory_is_not_held_up_by_a_pipe_in_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "report.txt").write_text(TEXT)
    assert [Path(made.origin).name for made in incoming(str(tmp_path))] == ["gone.txt", "report.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(TEXT)
    (tmp_path / "secret.txt").chmod(0)
    assert "permission" in failed(tmp_path / "secret.txt").message


class Pipe(io.RawIOBase):
    """Standard input as a pipe gives it: no seeking, a little at a time."""

    def __init__(self, data: bytes) -> None:
        self.data = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self.data.read(min(len(buffer), 100))
        buffer[: len(piece)] = piece
        return len(piece)


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        (TEXT.encode(), ["stdin"]),
        (gzip.compress(TEXT.encode()), ["stdin"]),
        (PAGE.encode(), ["stdin"]),
        (
            json.dumps({"id": "a", "text": TEXT}).encode() + b"\n" + json.dumps({"text": TEXT}).encode(),
            ["a", "stdin-2"],
        ),
    ],
)
def test_standard_input_is_told_by_its_first_bytes(
    monkeypatch: pytest.MonkeyPatch, data: bytes, ids: list[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Pipe(data))))
    made = list(incoming("-"))
    assert [one.id for one in made if isinstance(one, Incoming)] == ids


def test_nothing_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Pipe(b""))))
    assert "empty" in failed("-").message


def test_no_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert "closed" in failed("-").message


def test_standard_input_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Pipe(TEXT.encode()))))
    assert one("-").report.text == TEXT
    assert "already" in failed("-").message


def test_a_name_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(TEXT)
    assert one(tmp_path / "x.txt", name="my-report").id == "my-report"


def test_a_future_date_is_kept_with_a_warning(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(TEXT)
    made = one(tmp_path / "x.txt", published=date(2999, 1, 1))
    assert "future" in made.warnings[0]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ["r.txt", "r.txt.gz", "t.jsonl.gz"])
def test_no_file_stays_open(tmp_path: Path, name: str) -> None:
    data = TEXT.encode() if name.startswith("r") else json.dumps({"text": TEXT}).encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert one(tmp_path / name).report.text == TEXT
    opened = (
        [Path(f"/proc/self/fd/{fd}") for fd in os.listdir("/proc/self/fd")] if os.path.isdir("/proc/self/fd") else []
    )
    assert not any(link.exists() and link.resolve() == (tmp_path / name).resolve() for link in opened)

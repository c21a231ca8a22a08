"""`dateline evidence`: what it keeps, tells and refuses, on the small invented ledger of the incident commands."""

import json
from pathlib import Path

import pytest
from PIL import Image

from dateline.ledger import Ledger
from tests.cli.test_incident_commands import Run, ledger, run

__all__ = ["ledger", "run"]  # fixtures


def claims(path: Path) -> list[str]:
    with Ledger(path, create=False) as opened:
        return [each.key for each in opened.claims()]


def test_a_file_and_an_address_are_attached_and_listed(run: Run, ledger: Path, tmp_path: Path) -> None:
    one, other = claims(ledger)[:2]
    raw = Image.effect_mandelbrot((300, 200), (-2.0, -1.5, 1.0, 1.5), 60)
    raw.convert("RGB").save(tmp_path / "a.png")
    raw.convert("RGB").save(tmp_path / "b.jpg", quality=50)
    said = run("evidence", "add", tmp_path / "a.png", "--claim", one, "--posted-by", "A witness", "--not-graphic").out
    assert "image a.png, attached to claim" in said
    assert "seen before" in run("evidence", "add", tmp_path / "b.jpg", "--claim", other).out
    run("evidence", "add", "https://q.example/1", "--claim", one, "--by", "ana")
    found = [json.loads(line) for line in run("evidence", "list", "--json").out.splitlines()]
    assert [each["attachment"]["kind"] for each in found] == ["image", "image", "address"]
    assert found[0]["attachment"]["posted_by"] == "A witness"
    assert [each["attachment"]["by"] for each in found] == ["mara", "mara", "ana"]
    assert [each["attachment"]["graphic"] for each in found] == [False, True, True]
    assert found[1]["seen"]["id"] == found[0]["id"]
    said = run("evidence", "list", "--claim", one).out
    assert "a.png" in said
    assert "b.jpg" not in said
    assert said.endswith("2 pieces of evidence\n")
    assert "all is well" in run("verify").out


@pytest.mark.parametrize(
    ("thing", "extra", "told"),
    [
        ("nothing.png", (), "cannot be read"), (".", (), "cannot be read"), ("empty", (), "empty"),
        ("program", (), "none of those that are kept"), ("large.txt", (), "more than 100 bytes"),
        ("https://", (), "no address"), ("note.txt", ("--captured", "monday"), "write a day"),
        ("note.txt", ("--claim", "nothing"), "no claim"),
    ],
)  # fmt: skip
def test_what_cannot_be_attached_is_one_line(
    run: Run,
    ledger: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    thing: str,
    extra: tuple[str, ...],
    told: str,
) -> None:
    for name, raw in (("empty", b""), ("program", b"MZ\x90\0"), ("large.txt", b"x" * 101), ("note.txt", b"a note")):
        (tmp_path / name).write_bytes(raw)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATELINE_MAX_EVIDENCE_BYTES", "100")
    assert told in run("evidence", "add", thing, "--claim", claims(ledger)[0], *extra, status=1).err
    assert run("evidence", "list").out == "no pieces of evidence\n"

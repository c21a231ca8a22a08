"""What is attached to claims: kept once and for good, found again when it is nearly the same, carried from ledger to
ledger."""

import random
import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from ledger_records import numbered

from dateline.errors import InputError, LedgerError
from dateline.ledger import Attachment, Ledger, State, StoredAttachment, evidence, migrations, transfer

ON = "2026-01-05T09:00:00Z"
RAW = b"%PDF-1.7 an invented document"
HASH = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22"


@pytest.fixture
def keys(ledger: Ledger) -> list[str]:
    ledger.add(numbered(1))
    ledger.add(numbered(2))
    return [each.key for each in ledger.claims()]


def scan(claim: str, raw: bytes = RAW, **changes: Any) -> Attachment:
    given: dict[str, Any] = {"kind": "document", "media_type": "application/pdf", "name": "a.pdf", "by": "Ana Ruiz"}
    return Attachment(claim=claim, on=ON, sha256=sha256(raw).hexdigest(), size=len(raw), **{**given, **changes})


def image(ledger: Ledger, claim: str, hash: str, raw: bytes) -> StoredAttachment:
    return ledger.attach(scan(claim, raw, kind="image", media_type="image/png", name="a.png", pdq=hash), raw)


def flipped(hash: str, *bits: int) -> str:
    number = int(hash, 16)
    for bit in bits:
        number ^= 1 << bit
    return f"{number:064x}"


def test_what_is_attached_comes_back_as_it_was_and_its_file_with_it(ledger: Ledger, keys: list[str]) -> None:
    said = scan(keys[0], url="https://quorrin.example/a.pdf", posted_by="Ministry", channel="its page",
                captured_on="2026-01-04", note="a scan", graphic=False, origin="command line")  # fmt: skip
    kept = ledger.attach(said, RAW)
    assert kept.attachment == said
    assert (kept.verification, kept.graphic, kept.set_aside, kept.seen, kept.last) == (
        "not_stated",
        False,
        False,
        None,
        None,
    )
    assert ledger.files.read(kept.attachment.sha256 or "") == RAW
    with ledger.reading() as connection:
        assert evidence.attached_to(connection, keys) == [kept]
        assert evidence.attached_to(connection, keys[1:]) == []
        assert evidence.stored(connection, ["nothing", kept.id]) == [kept]
    assert ledger.verify().ok


def test_the_same_is_kept_once(ledger: Ledger, keys: list[str]) -> None:
    first = ledger.attach(scan(keys[0]), RAW)
    head = ledger.head()
    assert ledger.attach(scan(keys[0]), RAW) == first
    assert ledger.head() == head


def test_the_last_that_is_said_holds_and_all_stays(ledger: Ledger, keys: list[str]) -> None:
    kept = ledger.attach(scan(keys[0]), RAW)
    assert kept.graphic
    ledger.say_of(State(evidence=kept.id, by="Ana Ruiz", on=ON, reason="the seal is right", verification="verified"))
    now = ledger.say_of(
        State(evidence=kept.id, by="Ben Okafor", on=ON, reason="another town", set_aside=True, graphic=False)
    )
    assert (now.verification, now.graphic, now.set_aside) == ("not_stated", False, True)
    assert now.at > kept.at
    with ledger.reading() as connection:
        said = evidence.states_of(connection, kept.id)
    assert [(each.state.by, each.state.reason) for each in said] == [
        ("Ana Ruiz", "the seal is right"),
        ("Ben Okafor", "another town"),
    ]
    assert now.last == said[-1]
    assert ledger.verify().checked["evidence_states"] == 2


def test_a_file_or_an_address_that_was_there_before_is_told(ledger: Ledger, keys: list[str]) -> None:
    first = ledger.attach(scan(keys[0]), RAW)
    again = ledger.attach(scan(keys[3], name="b.pdf"), RAW)
    assert again.seen == evidence.Seen(first.id, 0)
    here = ledger.attach(Attachment(kind="address", claim=keys[0], by="Ana Ruiz", on=ON, url="https://q.example/1"))
    there = ledger.attach(Attachment(kind="address", claim=keys[3], by="Ana Ruiz", on=ON, url="https://q.example/1"))
    other = ledger.attach(Attachment(kind="address", claim=keys[3], by="Ana Ruiz", on=ON, url="https://q.example/2"))
    assert (here.seen, there.seen, other.seen) == (None, evidence.Seen(here.id, 0), None)


@pytest.mark.parametrize("apart", [0, 1, 16, 30, 31])
def test_images_that_differ_in_few_bits_are_found_wherever_the_bits_lie(
    ledger: Ledger, keys: list[str], apart: int
) -> None:
    chance = random.Random(apart)
    first = image(ledger, keys[0], HASH, b"first")
    # The hardest: the bits spread evenly, so that no band is quite the same.
    spread = [(16 * each + each // 16) % 256 for each in range(apart)]
    for number, bits in enumerate([spread, *(chance.sample(range(256), apart) for _ in range(20))]):
        with ledger.reading() as connection:
            near = evidence.like(connection, scan(keys[1], b"x", kind="image", pdq=flipped(HASH, *bits)), 5)
        assert near == [evidence.Seen(first.id, apart)], (number, bits)


def test_images_that_differ_in_more_are_not_and_the_nearest_is_told(ledger: Ledger, keys: list[str]) -> None:
    image(ledger, keys[0], flipped(HASH, *range(0, 160, 5)), b"32 bits apart")
    far = image(ledger, keys[0], flipped(HASH, *range(0, 100, 5)), b"20 bits apart")
    near = image(ledger, keys[0], flipped(HASH, *range(0, 15, 5)), b"3 bits apart")
    found = image(ledger, keys[1], HASH, b"the picture")
    assert found.seen == evidence.Seen(near.id, 3)
    with ledger.reading() as connection:
        assert [each.id for each in evidence.like(connection, found.attachment, 9)] == [found.id, near.id, far.id]


def test_looking_for_what_is_alike_uses_the_indexes(ledger: Ledger) -> None:
    with ledger.reading() as connection:
        for statement in evidence._band_statements():
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("0000",) * 17).all()
            assert all("USING INDEX evidence_by_band_" in row[3] for row in plan), plan


def test_what_is_not_there_or_not_whole_is_refused_and_leaves_nothing(ledger: Ledger, keys: list[str]) -> None:
    before = ledger.head()
    with pytest.raises(LedgerError, match="no claim"):
        ledger.attach(scan("nowhere/nothing"), RAW)
    for said, raw in ((scan(keys[0]), None), (scan(keys[0]), b"other bytes")):
        with pytest.raises(InputError, match="sha256"):
            ledger.attach(said, raw)
    with pytest.raises(LedgerError, match="no evidence"):
        ledger.say_of(State(evidence="nothing", by="Ana Ruiz", on=ON, reason="x"))
    assert ledger.head() == before


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"by": " "}, "who attaches"), ({"kind": "song"}, "none of"), ({"sha256": None}, "give the file"),
        ({"kind": "address"}, "give the address"), ({"url": "javascript:alert(1)"}, "no address of the web"),
        ({"url": "file:///etc/passwd"}, "no address of the web"), ({"url": "https://a b"}, "no address of the web"),
        ({"url": "https://[x"}, "no address of the web"), ({"captured_on": "last week"}, "write a day"),
        ({"note": "x" * 2001}, "at most 2,000"), ({"on": "now"}, "not a moment"),
    ],
)  # fmt: skip
def test_an_attachment_that_cannot_be_is_refused_in_one_line(given: dict[str, Any], told: str) -> None:
    fields: dict[str, Any] = {"kind": "document", "claim": "a/b", "by": "Ana Ruiz", "on": ON, "sha256": "0" * 64}
    with pytest.raises(InputError, match=told) as raised:
        Attachment(**{**fields, **given})
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("given", "told"), [({"by": ""}, "who says"), ({"reason": " "}, "a reason"), ({"verification": "true"}, "none of")]
)
def test_a_state_needs_who_and_why(given: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        State(**{"evidence": "a", "by": "Ana Ruiz", "on": ON, "reason": "b", **given})


def test_verify_finds_a_file_that_was_altered_or_is_gone(ledger: Ledger, keys: list[str]) -> None:
    kept = ledger.attach(scan(keys[0]), RAW)
    path = ledger.files.path_of(kept.attachment.sha256 or "")
    path.write_bytes(RAW + b"!")
    (found,) = ledger.verify().problems
    assert str(found).startswith(f"evidence {kept.id}: the kept original {path} was altered: its sha256 is ")
    path.unlink()
    assert "is missing" in str(ledger.verify().problems[0])


def test_verify_finds_a_row_that_was_altered(ledger: Ledger, keys: list[str]) -> None:
    kept = ledger.attach(scan(keys[0]), RAW)
    with sqlite3.connect(ledger.path) as database:
        database.execute("DROP TRIGGER evidence_no_update")
        database.execute("UPDATE evidence SET posted_by = 'nobody'")
    assert any(each.table == "evidence" and each.row == kept.id for each in ledger.verify().problems)


def test_another_ledger_is_brought_to_the_same_head_with_the_files(
    ledger: Ledger, keys: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = ledger.attach(scan(keys[0]), RAW)
    now = ledger.say_of(State(evidence=kept.id, by="Ana Ruiz", on=ON, reason="right", verification="verified"))
    ledger.attach(Attachment(kind="address", claim=keys[0], by="Ana Ruiz", on=ON, url="https://q.example/1"))
    lines, there = tmp_path / "x.jsonl", tmp_path / "there.db"
    lines.write_bytes(b"".join(transfer.lines(ledger)))
    monkeypatch.setattr(transfer, "_MOST_HELD", 10)  # so that it is written in several steps
    assert transfer.bring_in(lines, there).head == ledger.head()
    with Ledger(there, create=False) as other:
        assert other.verify().ok
        assert other.files.read(kept.attachment.sha256 or "") == RAW
        with other.reading() as connection:
            assert evidence.stored(connection, [kept.id]) == [now]
    spoilt = lines.read_bytes().replace(b'"raw":"JVBERi0xLjcg', b'"raw":"JVBERi0xLjcA')
    assert spoilt != lines.read_bytes()
    lines.write_bytes(spoilt)
    with pytest.raises(InputError, match=r"evidence .* does not have the original bytes"):
        transfer.bring_in(lines, tmp_path / "spoilt.db")


def test_a_ledger_from_before_evidence_takes_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = migrations.KNOWN[:2]
    with monkeypatch.context() as patched:  # the code as it was
        patched.setattr(migrations.missing, "__defaults__", (before,))
        patched.setitem(migrations.upgrade.__kwdefaults__, "known", before)
        with Ledger(path):
            pass
    with Ledger(path) as ledger:
        ledger.add(numbered(1))
        ledger.attach(scan(next(ledger.claims()).key), RAW)
        assert ledger.verify().ok

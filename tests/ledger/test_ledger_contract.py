"""What must always hold of a ledger: architecture.md, items 1, 2, 4 and 5."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from ledger_records import READER, TEXT, numbered, part, sample, sample_claims, sample_report
from msgspec.structs import replace

from dateline.errors import InputError, LedgerDamaged, LedgerNewer
from dateline.ingest.incoming import Failure
from dateline.ledger import Attachment, Decision, Ledger, State, tables
from dateline.record import Actor, MadeBy, Part, Report, Span

FAILURE = Failure(origin="a.jsonl row 3", stage="ingest", message="not JSON", sha256="cc" * 32)
scan = partial(
    Attachment, kind="document", by="ana", on="2026-01-05T09:00:00Z", sha256=sha256(b"%PDF-1.7 invented").hexdigest()
)
COLUMNS = [(table.name, column.name) for table in tables.EVERY_TABLE for column in table.columns]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed ledger with rows in every table."""
    path = tmp_path_factory.mktemp("filled") / "x.db"
    with Ledger(path) as ledger:
        ledger.add(sample(), raw=b"<p>original</p>", media_type="text/html", origin="towns.html")
        ledger.add(numbered(1))
        ledger.add_failure(FAILURE)
        ledger.add(numbered(2))
        key = next(ledger.claims()).key
        ledger.decide(Decision(kind="accept", by="ana", on="2026-01-05T09:00:00Z", claims=(key,)))
        kept = ledger.attach(scan(claim=key), b"%PDF-1.7 invented")
        ledger.say_of(State(evidence=kept.id, by="ana", on="2026-01-05T09:00:00Z", reason="a scan"))
    return path


@pytest.fixture
def copy(filled: Path, tmp_path: Path) -> Path:
    shutil.copytree(filled.parent, tmp_path / "copy")
    return tmp_path / "copy" / "x.db"


def tamper(path: Path, *statements: str) -> None:
    """What somebody with the file and SQLite can do: take the triggers off, change rows, put the triggers back."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA synchronous=OFF")  # a copy to be thrown away
    database.execute("BEGIN")
    triggers = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        database.execute(f'DROP TRIGGER "{name}"')
    for statement in statements:
        changed = database.execute(statement).rowcount
        assert changed == 1, statement
    for _, sql in triggers:
        database.execute(sql)
    database.execute("COMMIT")
    database.close()


def problems(path: Path) -> list[str]:
    with Ledger(path, create=False) as ledger:
        return [str(problem) for problem in ledger.verify().problems]


# --- item 2: rows are added, never changed ---


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_the_database_itself_refuses_update(filled: Path, table: str, column: str) -> None:
    # Closed at once: one that is collected later would take its files away while they are copied.
    database = sqlite3.connect(filled, isolation_level=None)
    with closing(database), pytest.raises(sqlite3.IntegrityError, match="added, never changed"):
        database.execute(f'UPDATE "{table}" SET "{column}" = "{column}"')


@pytest.mark.parametrize("table", [table.name for table in tables.EVERY_TABLE])
def test_the_database_itself_refuses_delete_and_replace(filled: Path, table: str) -> None:
    with closing(sqlite3.connect(filled, isolation_level=None)) as database:
        with pytest.raises(sqlite3.IntegrityError, match="added, never changed"):
            database.execute(f'DELETE FROM "{table}"')
        for statement in ("INSERT OR REPLACE INTO", "REPLACE INTO", "INSERT OR IGNORE INTO"):
            with pytest.raises(sqlite3.IntegrityError, match="added, never changed"):
                database.execute(f'{statement} "{table}" SELECT * FROM "{table}" LIMIT 1')


def test_a_row_cannot_be_replaced_by_way_of_another_key(copy: Path) -> None:
    database = sqlite3.connect(copy)
    for table in ("reports", "readings", "failures", "revisions", "decisions", "evidence", "evidence_states"):
        names = [row[1] for row in database.execute(f"PRAGMA table_info({table})")][1:]
        with pytest.raises(sqlite3.IntegrityError, match="added, never changed"):
            database.execute(f"REPLACE INTO {table} SELECT 99999, {', '.join(names)} FROM {table} LIMIT 1")


def test_no_table_is_left_unguarded(copy: Path) -> None:
    database = sqlite3.connect(copy)
    found = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert found == {table.name for table in tables.EVERY_TABLE}
    assert all(database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in found)


def test_an_untouched_ledger_verifies(filled: Path) -> None:
    with Ledger(filled, create=False) as ledger:
        calls: list[tuple[int, int]] = []
        result = ledger.verify(lambda done, total: calls.append((done, total)))
        assert result.ok, result.problems
        assert result.checked["links"] == calls[-1][0] == calls[-1][1] == ledger.summary().head.seq
        assert result.checked["claims"] == 15
        assert result.checked["reports"] == 3
        assert result.checked["files"] == 4
        assert result.checked["failures"] == result.checked["decisions"] == 1
        assert result.checked["evidence"] == result.checked["evidence_states"] == 1
        assert result.checked["parts"] > 100
        assert result.head == ledger.summary().head


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_verify_finds_any_altered_value(copy: Path, table: str, column: str) -> None:
    database = sqlite3.connect(copy)
    key = ", ".join(f'"{c.name}"' for c in next(t for t in tables.EVERY_TABLE if t.name == table).primary_key.columns)
    database.close()
    first = f'SELECT {key} FROM "{table}" ORDER BY {key} LIMIT 1'
    new = f"""CASE typeof("{column}") WHEN 'integer' THEN "{column}" + 100000 WHEN 'real' THEN "{column}" + 0.125
              WHEN 'null' THEN 'x' ELSE "{column}" || 'x' END"""
    tamper(copy, f'UPDATE "{table}" SET "{column}" = {new} WHERE ({key}) IN ({first})')
    if (table, column) == ("revisions", "id"):  # found before verify is reached
        with pytest.raises(LedgerNewer):
            problems(copy)
    else:
        assert problems(copy)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE claims SET body = replace(body, '12000', '12001') WHERE position = 0 AND event = 'displacement'",
         "claims .*: is not as it was written"),
        ("UPDATE claim_figures SET high = 13000 WHERE high = 12000", "claims .*: is not as it was written"),
        ("UPDATE reports SET text = replace(text, '12,000', '13,000') WHERE given_id = 'river-towns'",
         "reports .*: its text is not the one its sha256 names"),
        ("UPDATE reports SET text = x'00ff' WHERE given_id = 'river-towns'", "reports .*: its text is not the one"),
        ("UPDATE readings SET body = '{}' WHERE seq = (SELECT min(seq) FROM readings)", "readings .*: cannot be read"),
        ("UPDATE claims SET body = 'x' WHERE position = 0 AND event = 'displacement'", "claims .*: cannot be read"),
        ("DELETE FROM claims WHERE position = 1 AND event = 'air_strike' OR claim_id = 'c3bombed000000000000'",
         "claims .*/2: the row at 8 is gone"),
        ("DELETE FROM claim_sources WHERE cue = 'estimated'", "claims .*/0: is not as it was written"),
        ("INSERT INTO claim_words VALUES (4, 'place', 'x')", "reports .*: is not as it was written"),
        ("INSERT INTO claim_words VALUES (88888, 'place', 'x')", "claim_words 88888: belongs to no claim"),
        ("INSERT INTO claim_words VALUES (-5, 'place', 'x')", "claim_words -5: belongs to no claim"),
        ("INSERT INTO chain VALUES (900000000000, 'failures', 'i', 'h', 'p', 'h')", "chain 900000000000: follows"),
        ("DELETE FROM chain WHERE seq = 7", "chain 8: follows 6: links between them are gone"),
        ("DELETE FROM chain WHERE seq = 7", "claims .*/1: stands at 7 without a link"),
        ("UPDATE chain SET row_hash = prev_hash WHERE seq = 7", "chain 7: its hash is not that of its content"),
        ("UPDATE chain SET hash = prev_hash WHERE seq = 7", "chain 8: does not follow"),
        ("INSERT INTO failures VALUES (77777, 'i', 'o', 's', 'm', NULL, 't')", "failures i: stands at 77777 without a"),
        ("DELETE FROM failures", "failures .*: the row at .* is gone"),
        ("DELETE FROM reports WHERE given_id = 'river-towns'", "readings .*: its report at 4 is gone"),
        ("DELETE FROM readings WHERE seq = 5", "claims .*: its reading at 5 .* is gone"),
    ],
)  # fmt: skip
def test_verify_names_the_row_and_what_is_wrong(copy: Path, statement: str, told: str) -> None:
    import re

    tamper(copy, statement)
    found = problems(copy)
    assert any(re.search(told, each) for each in found), found


def test_verify_finds_an_altered_row_whose_own_link_was_made_to_fit(copy: Path) -> None:
    from dateline.ledger import chain

    database = sqlite3.connect(copy)
    database.row_factory = sqlite3.Row
    row = dict(database.execute("SELECT * FROM failures").fetchone())
    link = dict(database.execute("SELECT * FROM chain WHERE seq = ?", (row["seq"],)).fetchone())
    database.close()
    seq = row.pop("seq")
    hashed = chain.row_hash("failures", {**row, "message": "nothing"})
    linked = chain.link_hash(seq, "failures", link["row_id"], hashed, link["prev_hash"])
    tamper(
        copy,
        f"UPDATE failures SET message = 'nothing' WHERE seq = {seq}",
        f"UPDATE chain SET row_hash = '{hashed}', hash = '{linked}' WHERE seq = {seq}",
    )
    assert problems(copy) == [
        f"chain {seq + 1}: does not follow from the link before it (reports {_report_after(copy, seq)})"
    ]


def _report_after(path: Path, seq: int) -> str:
    return str(sqlite3.connect(path).execute("SELECT row_id FROM chain WHERE seq = ?", (seq + 1,)).fetchone()[0])


def test_rows_taken_off_the_end_are_found_with_a_head_noted_down_before(copy: Path) -> None:
    with Ledger(copy, create=False) as ledger:
        noted = ledger.summary().head
        assert ledger.verify(head=noted.hash).ok
        ledger.add(numbered(3))
        assert ledger.verify(head=noted.hash).ok
    database = sqlite3.connect(copy)
    for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        database.execute(f'DROP TRIGGER "{name}"')
    for table in tables.EVERY_TABLE:
        key = "claim" if "claim" in table.columns else "seq"
        database.execute(f"DELETE FROM {table.name} WHERE {key} >= {noted.seq}")
    database.commit()
    database.close()
    with Ledger(copy, create=False) as ledger:
        found = [str(each) for each in ledger.verify(head=noted.hash).problems if "trigger" not in each.what]
    assert found == [f"chain: the head {noted.hash} that was noted down is not in it: rows were taken off"]


def test_verify_finds_triggers_taken_off(copy: Path) -> None:
    database = sqlite3.connect(copy)
    database.execute("DROP TRIGGER claims_no_update")
    database.close()
    assert problems(copy) == [
        "claims: the trigger claims_no_update that keeps its rows unchanged is gone or was altered"
    ]


def test_verify_finds_a_byte_altered_in_the_file(copy: Path) -> None:
    whole = copy.read_bytes()
    at = whole.index(b"12,000 people fled in and around Mosul")
    copy.write_bytes(whole[:at] + b"2" + whole[at + 1 :])
    assert problems(copy)


def test_verify_goes_on_after_a_row_that_cannot_be_read(copy: Path) -> None:
    whole = copy.read_bytes()
    at = whole.index(b"12,000 people fled in and around Mosul")
    copy.write_bytes(whole[:at] + b"\xff" + whole[at + 1 :])
    found = problems(copy)
    assert any("cannot be read" in each for each in found), found


@pytest.mark.parametrize("change", ["altered", "removed", "emptied"])
def test_verify_finds_a_kept_file_that_is_not_as_it_was(copy: Path, change: str) -> None:
    digest = sha256(b"<p>original</p>").hexdigest()
    kept = copy.with_name("x.db.files") / digest[:2] / digest
    if change == "removed":
        kept.unlink()
    else:
        kept.write_bytes(b"<p>orig1nal</p>" if change == "altered" else b"")
    found = problems(copy)
    assert len(found) == 1
    assert found[0].startswith("reports ")
    assert ("missing" if change == "removed" else "altered") in found[0]
    with Ledger(copy, create=False) as ledger:
        first = next(each for each in ledger.claims() if each.given_id == "river-towns")
        with pytest.raises(LedgerDamaged, match="missing" if change == "removed" else "altered"):
            ledger.raw(first.report_id)


# --- item 4: the same again adds nothing ---


def test_adding_the_same_again_adds_nothing(ledger: Ledger, path: Path) -> None:
    first = ledger.add(sample(), raw=b"original")
    assert (first.new_report, first.new_reading, first.claims) == (True, True, 3)
    before = ledger.summary()
    again = ledger.add(sample(), raw=b"original")
    assert again == replace(first, new_report=False, new_reading=False, claims=0)
    assert ledger.add(sample(id="another-name"), raw=b"original", origin="elsewhere").new_reading is False
    assert ledger.summary() == before
    with Ledger(path) as other:
        assert other.add(sample(), raw=b"original").new_reading is False
        assert other.summary() == before
    assert len(list(ledger.claims())) == 3


def test_another_reading_of_a_report_is_kept_beside_the_first(ledger: Ledger) -> None:
    old, newer = sample(), sample(made_by=replace(READER, version="0.2.0"), claims=sample_claims()[:2])
    first, second = ledger.add(old), ledger.add(newer)
    assert second.report_id == first.report_id
    assert (second.new_report, second.new_reading, second.claims) == (False, True, 2)
    assert ledger.record(first.report_id).to_json() == newer.to_json()
    shown = list(ledger.claims())
    assert [each.made_by.version for each in shown] == ["0.2.0"] * 2
    assert ledger.summary().claims == 2
    assert ledger.summary().claims_of_every_reading == 5
    assert ledger.claim("c1").made_by.version == "0.2.0"
    dropped = ledger.claim("c3")
    assert dropped.made_by == READER
    assert not dropped.latest
    assert ledger.verify().ok
    # Reading once more with either reader still adds nothing.
    assert not ledger.add(old).new_reading
    assert not ledger.add(newer).new_reading


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"layout": ()}, True),
        ({"dateline": None}, True),
        ({"language": "fr"}, True),
        ({"title": None}, False),
        ({"published": date(2014, 6, 18)}, False),
        ({"source": "Another paper"}, False),
        ({"url": None}, False),
        ({"text": TEXT + "\n"}, False),
    ],
)
def test_what_a_report_is_made_of(ledger: Ledger, changes: dict[str, object], same: bool) -> None:
    first = ledger.add(sample(), raw=b"original")
    second = ledger.add(sample(report=sample_report(**changes)), raw=b"original")
    assert (first.report_id == second.report_id) is same
    assert second.new_reading
    assert ledger.record(second.report_id).report == sample_report(**changes)


def test_other_bytes_are_another_report(ledger: Ledger) -> None:
    assert ledger.add(sample(), raw=b"one").report_id != ledger.add(sample(), raw=b"two").report_id


def test_the_same_failure_again_adds_nothing(ledger: Ledger) -> None:
    assert ledger.add_failure(FAILURE) is True
    assert ledger.add_failure(FAILURE) is False
    assert ledger.add_failure(replace(FAILURE, stage="read")) is True
    assert [(each.origin, each.stage, each.sha256) for each in ledger.failures()] == [
        ("a.jsonl row 3", "ingest", "cc" * 32),
        ("a.jsonl row 3", "read", "cc" * 32),
    ]


# --- items 1 and 5: every claim leads back to a document hash, a span and a quote that is there ---


def test_every_claim_leads_back_to_the_document(ledger: Ledger) -> None:
    raw = TEXT.encode() + b"\r\n"
    added = ledger.add(sample(), raw=raw, media_type="text/plain", origin="towns.txt")
    for found in ledger.claims():
        assert found.report_id == added.report_id
        assert found.raw_sha256 == sha256(raw).hexdigest()
        assert found.text_sha256 == sha256(TEXT.encode()).hexdigest()
        assert ledger.raw(found.report_id) == raw
        report = ledger.record(found.report_id).report
        assert report.words_at(found.claim.quote.span) == found.claim.quote.text
        assert found.chain.seq > 1
        assert len(found.chain.hash) == len(found.chain.previous) == 64


def test_text_is_its_own_original_where_no_bytes_are_given(ledger: Ledger) -> None:
    added = ledger.add(sample())
    assert ledger.raw(added.report_id) == TEXT.encode()


def _with_claim(**changes: object) -> Iterator[object]:
    yield sample(claims=(replace(sample_claims()[0], **changes),))


@pytest.mark.parametrize(
    "wrong",
    [
        {"trigger": Part(text="ran", span=part("fled").span)},
        {"quote": Part(text="fled", span=Span(0, 4))},
        {"hedge": Part(text="fled", span=Span(90_000, 90_004))},
        {"also": (Part(text="fled", span=part("fled").span, where="title"),)},
        {"targets": (Actor(name="people", text="persons", span=part("people").span),)},
    ],
)
def test_words_that_are_not_in_the_report_are_not_taken_in(ledger: Ledger, wrong: dict[str, object]) -> None:
    for record in _with_claim(**wrong):
        with pytest.raises(InputError, match=r"is not at .* of the t"):
            ledger.add(record)  # type: ignore[arg-type]
    assert ledger.summary().reports == 0


def test_a_text_that_its_hash_does_not_name_is_not_taken_in(ledger: Ledger) -> None:
    report = Report(text="Something else.", sha256=sample_report().sha256)
    with pytest.raises(InputError, match="sha256"):
        ledger.add(sample(report=report, claims=()))


def test_half_a_surrogate_pair_is_refused_in_one_line(ledger: Ledger) -> None:
    bare = sample(report=Report(text="broken \ud800 text"), claims=(), evidence=(), left_out=(), unknown=())
    with pytest.raises(InputError, match="surrogate"):
        ledger.add(replace(bare, mentions=type(bare.mentions)()))


def test_made_by_is_part_of_the_reading(ledger: Ledger) -> None:
    ledger.add(sample())
    assert ledger.add(sample(made_by=MadeBy(version="0.1.0", weights={"reader": "dd" * 32}))).new_reading

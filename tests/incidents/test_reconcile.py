"""Incidents are a function of claims, decisions and policy, however and in whatever order these came in."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import msgspec
import pytest
from invented_briefs import invented_briefs

from dateline.incidents.copies import COMMON
from dateline.incidents.policies import policy
from dateline.incidents.reconcile import Reconciler
from dateline.incidents.shelf import Shelf
from dateline.incidents.types import Brief
from dateline.ledger import Decision, StoredDecision

ON = "2024-03-10T09:00:00Z"


def contents(shelf: Shelf) -> dict[str, list[bytes]]:
    """All that a shelf holds of incidents, pairs and copies, named by content and not by its own numbers."""
    with shelf.reading() as connection:
        briefs = {row[0]: row[1] for row in connection.exec_driver_sql("SELECT number, id FROM reports")}
        bodies = [bytes(row[0]) for row in connection.exec_driver_sql("SELECT body FROM incidents ORDER BY id")]
        copies = sorted(bytes(row[0]) for row in connection.exec_driver_sql("SELECT body FROM copies"))
        pairs = sorted(
            f"{sorted((_named(a, briefs), _named(b, briefs)))} {p}".encode()
            for a, b, p in connection.exec_driver_sql("SELECT a, b, probability FROM matches")
        )
        aside = sorted(
            f"{briefs[one]} {briefs[other]} {why}".encode()
            for one, other, why in connection.exec_driver_sql("SELECT report, by_report, why FROM aside")
        )
    return {"incidents": bodies, "copies": copies, "pairs": pairs, "aside": aside}


def _named(claim: int, reports: dict[int, str]) -> str:
    return f"{reports[claim >> 16]}/{claim & 0xFFFF}"


def reconciled(*steps: Sequence[Brief], decisions: Sequence[Sequence[StoredDecision]] = ()) -> dict[str, list[bytes]]:
    """What a shelf holds after the briefs, and the decisions, came in step by step."""
    shelf = Shelf()
    seq = 0
    for at, briefs in enumerate(steps):
        arriving = []
        for brief in briefs:
            seq += 1
            arriving.append((seq, brief))
        Reconciler(shelf, policy()).take_in(arriving, decisions[at] if at < len(decisions) else ())
    held = contents(shelf)
    shelf.close()
    return held


def decided(seq: int, decision: Decision) -> StoredDecision:
    return StoredDecision(id=decision.id, seq=seq, decision=decision, added_at=ON)


def test_the_invented_reports_put_every_step_to_the_test() -> None:
    held = reconciled(invented_briefs(1))
    assert all(held.values()), {name: len(rows) for name, rows in held.items()}
    incidents = [msgspec.json.decode(body) for body in held["incidents"]]
    assert any(len(each["reports"]) > 1 for each in incidents)
    assert any(each["set_aside"] for each in incidents)


@pytest.mark.parametrize("seed", range(6))
def test_one_report_at_a_time_is_as_all_at_once(seed: int) -> None:
    briefs = invented_briefs(seed, 30)
    whole = reconciled(briefs)
    order = Random(seed)
    shuffled = order.sample(briefs, len(briefs))
    assert reconciled(*([brief] for brief in shuffled)) == whole
    half = len(briefs) // 2
    assert reconciled(shuffled[:half], shuffled[half:]) == whole


def test_a_dispatch_that_very_many_print_stays_one_wording() -> None:
    first, *_ = invented_briefs(3, 1)
    many = [
        msgspec.structs.replace(
            first,
            id=f"print{n:03d}",
            given_id=f"print{n:03d}",
            outlet=f"Outlet {n}",
            known=first.known + timedelta(days=n % 3),
            tellings=tuple(
                msgspec.structs.replace(t, key=f"print{n:03d}/c{t.position}", report=f"print{n:03d}")
                for t in first.tellings
            ),
        )
        for n in range(COMMON + 12)
    ]
    whole = reconciled(many)
    incidents = [msgspec.json.decode(body) for body in whole["incidents"]]
    assert max(len(each["reports"]) for each in incidents) == len(many)
    assert all(each["wordings"] == 1 for each in incidents)
    order = Random(3).sample(many, len(many))
    assert reconciled(order[:9], order[9:40], *([one] for one in order[40:])) == whole


def test_nothing_new_changes_nothing() -> None:
    briefs = invented_briefs(7)
    shelf = Shelf()
    reconciler = Reconciler(shelf, policy())
    reconciler.take_in(list(enumerate(briefs, 1)), ())
    before = contents(shelf)
    assert reconciler.take_in((), ()).made == ()
    assert contents(shelf) == before


def test_a_report_read_anew_stands_in_the_place_of_its_older_reading() -> None:
    briefs = invented_briefs(8, 25)
    for at in (0, 7, 20):
        newer = msgspec.structs.replace(briefs[at], tellings=briefs[at].tellings[:-1], sentences=(), prints=(),
                                        terms=(), names=(), facts=(), phrases=())  # fmt: skip
        rest = [*briefs[:at], newer, *briefs[at + 1 :]]
        assert reconciled(briefs, [newer]) == reconciled(rest)


def test_a_report_that_comes_twice_at_once_is_there_once_as_it_was_read_last() -> None:
    briefs = invented_briefs(12, 6)
    newer = msgspec.structs.replace(briefs[2], tellings=())
    assert reconciled([*briefs, newer]) == reconciled([*briefs[:2], newer, *briefs[3:]])


def test_a_page_that_is_changed_again_and_again_comes_out_as_if_all_versions_came_at_once() -> None:
    page = invented_briefs(12, 1)[0]
    versions = [
        msgspec.structs.replace(
            page,
            id=f"v{at}",
            url="https://press.invalid/x",
            known=page.known + timedelta(days=at),
            sentences=page.sentences[: len(page.sentences) - at],
            tellings=(),
        )
        for at in range(3)
    ]
    assert len({version.sentences for version in versions}) == 3
    step_by_step = reconciled(*([version] for version in versions))
    assert step_by_step == reconciled(versions)
    assert len(step_by_step["aside"]) == 3, "each newer one replaces those before it"


def test_decisions_that_come_later_are_as_if_they_had_been_there() -> None:
    briefs = invented_briefs(9)
    keys = [telling.key for brief in briefs for telling in brief.tellings]
    taken = [
        decided(1, Decision(kind="same", by="ana", on=ON, claims=(keys[0], keys[9]))),
        decided(2, Decision(kind="different", by="ana", on=ON, claims=(keys[1],), others=(keys[2], keys[3]))),
        decided(3, Decision(kind="reject", by="ben", on=ON, reason="misread", claims=(keys[4],))),
        decided(4, Decision(kind="correct", by="ben", on=ON, reason="misread", claims=(keys[5],), field="killed",
                            value="4")),
        decided(5, Decision(kind="accept", by="ben", on=ON, claims=tuple(keys[6:9]))),
    ]  # fmt: skip
    at_once = reconciled(briefs, decisions=[taken])
    one_by_one = reconciled(briefs, *([] for _ in taken), decisions=[(), *(taken[: n + 1] for n in range(len(taken)))])
    assert one_by_one == at_once
    assert at_once != reconciled(briefs)


@pytest.mark.parametrize("kind", ["same", "different", "reject", "correct", "split"])
def test_what_is_undone_leaves_everything_as_it_was(kind: str) -> None:
    briefs = invented_briefs(10)
    keys = [telling.key for brief in briefs for telling in brief.tellings]
    more = {
        "same": {"claims": (keys[0], keys[11])},
        "different": {"claims": tuple(keys[:3]), "others": tuple(keys[3:12])},
        "reject": {"claims": tuple(keys[:4])},
        "correct": {
            "claims": (keys[2],),
            "field": "time",
            "value": '{"earliest": "2024-03-01", "latest": "2024-03-01"}',
        },
        "split": {"claims": tuple(keys[:2]), "others": tuple(keys[2:9])},
    }[kind]
    first = decided(1, Decision(kind=kind, by="ana", on=ON, reason="a try", **more))  # type: ignore[arg-type]
    undone = decided(2, Decision(kind="undo", by="ana", on=ON, reason="it was wrong", undoes=first.id))
    redone = decided(3, Decision(kind="undo", by="ana", on=ON, reason="it was right", undoes=undone.id))
    before = reconciled(briefs)
    after = reconciled(briefs, [], decisions=[(), [first]])
    assert after != before
    assert reconciled(briefs, [], [], decisions=[(), [first], [first, undone]]) == before
    steps = [[], [first], [first, undone], [first, undone, redone]]
    assert reconciled(briefs, [], [], [], decisions=steps) == after


def test_what_was_known_on_a_day_does_not_hang_on_what_came_later() -> None:
    briefs = invented_briefs(11)
    day = date(2024, 3, 6)
    known = [brief for brief in briefs if brief.known <= day]
    assert 0 < len(known) < len(briefs)
    assert reconciled(known)["incidents"] != reconciled(briefs)["incidents"]
    assert reconciled(known) == reconciled(known[::-1])

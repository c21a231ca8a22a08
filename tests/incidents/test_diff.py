"""What changed between two days, and what caused it."""

from typing import Any

import pytest
from msgspec.structs import replace

from dateline.incidents.diff import Change, Numbers, changes
from dateline.incidents.types import Estimate, Incident
from dateline.ledger import Decision, StoredDecision
from tests.cli.incidents import BOMBED, DECISIONS, KEYS, SHELLED, TELLINGS


def made(id: str, *claims: str, **more: Any) -> Incident:
    return replace(BOMBED, id=id, claims=claims, accepted_by=None, **more)


def one(before: list[Incident], after: list[Incident], **more: Any) -> Change:
    (found,) = changes(before, after, **more)
    return found


def test_nothing_changed_is_nothing() -> None:
    assert changes([SHELLED, BOMBED], [SHELLED, BOMBED]) == ()


def test_an_incident_is_the_same_by_its_claims_whatever_its_id() -> None:
    """An earlier claim comes in: the id changes, the incident does not come and go."""
    found = one([made("a", "r2/c")], [made("b", "r1/c", "r2/c")])
    assert found.kind == "changed"
    assert (found.before, found.after) == (("a",), ("b",))
    assert [(each.kind, each.id) for each in found.causes] == [("new", "r1/c")]


def test_links_to_others_alone_are_no_change() -> None:
    assert changes([SHELLED], [replace(SHELLED, suggestions=())]) == ()


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ([], [("a", "1")], "added"),
        ([("a", "1")], [], "gone"),
        ([("a", "1"), ("b", "2")], [("c", "1", "2")], "merged"),
        ([("a", "1", "2")], [("b", "1"), ("c", "2")], "split"),
        ([("a", "1", "2"), ("b", "3")], [("c", "1"), ("d", "2", "3")], "regrouped"),
    ],
)
def test_kinds(before: list[tuple[str, ...]], after: list[tuple[str, ...]], kind: str) -> None:
    found = one([made(*each) for each in before], [made(*each) for each in after])
    assert found.kind == kind
    assert found.before == tuple(each[0] for each in before)
    assert found.after == tuple(each[0] for each in after)
    assert len(found.told) == len(after or before)


def estimate(low: float, best: float, high: float, *claims: str) -> Estimate:
    return Estimate(measure="killed", low=low, best=best, high=high, rule="ucdp", best_from=claims)


def test_a_field_names_the_claims_that_bear_on_it() -> None:
    before = made("a", "1", figures=(estimate(2, 2, 2, "1"),))
    after = made("a", "1", "2", "3", figures=(estimate(2, 4, 4, "1", "2"),), status="disputed")
    found = one([before], [after])
    fields = {each.field: each for each in found.fields}
    assert fields["killed"].before == Numbers(low=2, best=2, high=2)
    assert fields["killed"].after == Numbers(low=2, best=4, high=4)
    assert [each.id for each in fields["killed"].causes] == ["2"]
    assert [each.id for each in fields["status"].causes] == ["2", "3"]


def test_a_field_is_narrowed_to_the_claims_that_speak_of_it() -> None:
    older = replace(SHELLED, claims=KEYS[:3], actors=(), set_aside={})
    found = one([older], [SHELLED], tellings=TELLINGS)
    who = next(each for each in found.fields if each.field == "actors")
    assert [each.id for each in who.causes] == [KEYS[3], KEYS[4]]


def test_what_loses_its_say_and_gets_it_back() -> None:
    plain, aside = made("a", "1", "2"), made("a", "1", "2", set_aside={"2": "withdrawn"})
    assert [(each.kind, each.said) for each in one([plain], [aside]).causes] == [("set_aside", "withdrawn")]
    assert [each.kind for each in one([aside], [plain]).causes] == ["heard_again"]


def test_a_claim_that_is_no_longer_read_is_a_cause() -> None:
    assert [each.kind for each in one([made("a", "1", "2")], [made("a", "1")]).causes] == ["lost"]


def test_decisions_about_its_claims_are_causes_and_others_are_not() -> None:
    other = StoredDecision(
        id="d9" * 10, seq=30, added_at="2024-03-06T12:00:00Z",
        decision=Decision(kind="accept", by="mara", on="2024-03-06T12:00:00Z", claims=("elsewhere/1",)),
    )  # fmt: skip
    older = replace(SHELLED, set_aside={})
    found = one([older], [SHELLED], decisions=[*DECISIONS, other])
    assert [each.id for each in found.causes if each.kind == "decision"] == [each.id for each in DECISIONS]
    assert found.causes[0].said == "reject by mara: a misprint, see the correction"

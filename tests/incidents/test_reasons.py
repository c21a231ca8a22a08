"""Why a field is as it is: its rule, and which claims stand for and against it."""

from msgspec.structs import replace

from dateline.incidents.case import part, reason_for
from dateline.incidents.reasons import Reason, reasons
from tests.cli.incidents import CASE, KEYS, SHELLED, TELLINGS


def reason(field: str, incident: object = SHELLED) -> Reason:
    return next(each for each in reasons(incident, TELLINGS) if each.field == field)  # type: ignore[arg-type]


def said(groups: object) -> dict[str, list[int]]:
    """What is said, by the numbers of the claims."""
    return {each.says: [KEYS.index(key) for key in each.claims] for each in groups}  # type: ignore[attr-defined]


def test_fields_come_in_the_order_in_which_they_are_read() -> None:
    assert [each.field for each in reasons(SHELLED, TELLINGS)] == [
        "happened", "event", "time", "place", "actors", "targets", "killed", "wounded", "status",
    ]  # fmt: skip


def test_who_denies_it_stands_against_it() -> None:
    found = reason("happened")
    assert said(found.backed) == {"happened": [0, 1, 3, 4]}
    assert said(found.against) == {"denied": [2]}


def test_who_denies_having_done_it_does_not_deny_that_it_was_done() -> None:
    own = {**TELLINGS, KEYS[2]: replace(TELLINGS[KEYS[2]], actors=SHELLED.actors[:1])}
    found = {each.field: each for each in reasons(SHELLED, own)}
    assert said(found["happened"].against) == {}
    assert said(found["status"].backed) == {"denied by who is said to have done it": [2]}


def test_of_each_report_one_claim_speaks_on_when_and_where() -> None:
    aside = replace(TELLINGS[KEYS[0]], key="more", position=1, earliest=SHELLED.last_known, latest=SHELLED.last_known)
    told = replace(SHELLED, claims=(*KEYS, "more"))
    found = {each.field: each for each in reasons(told, {**TELLINGS, "more": aside})}
    assert "more" not in {key for group in found["time"].against for key in group.claims}


def test_a_claim_without_a_say_speaks_for_nothing() -> None:
    assert said(reason("event").backed) == {"shelling": [0, 1, 2, 3, 4]}
    everything_aside = replace(SHELLED, set_aside=dict.fromkeys(KEYS, "withdrawn"))
    assert said(reason("event", everything_aside).against) == {"killing": [5]}


def test_each_party_has_the_claims_that_name_it() -> None:
    assert said(reason("actors").backed) == {"Selvane Army": [3], "Harrow Front": [4]}


def test_a_figure_tells_where_its_three_numbers_come_from() -> None:
    found = reason("killed")
    assert found.value == "11–18–19"
    assert found.rule == "ucdp: told by 1 of 3 independent origins"
    assert said(found.backed) == {"best 18": [3]}
    assert said(found.against) == {"lowest 11": [0], "highest 19": [4]}
    assert said(reason("wounded").backed) == {"≥ 40": [3]}


def test_days_that_cannot_be_are_against() -> None:
    later = {**TELLINGS, KEYS[4]: replace(TELLINGS[KEYS[4]], earliest=SHELLED.last_known, latest=SHELLED.last_known)}
    found = next(each for each in reasons(SHELLED, later) if each.field == "time")
    assert said(found.against) == {"2024-03-06": [4]}


def test_what_nobody_tells_is_not_known() -> None:
    bare = replace(SHELLED, place=None, earliest=None, latest=None)
    nothing = {key: replace(each, dated=False, spots=()) for key, each in TELLINGS.items()}
    found = {each.field: each for each in reasons(bare, nothing)}
    assert found["place"].value == found["time"].value == "not known"


def test_a_decision_takes_the_place_of_the_rule() -> None:
    found = reason("killed", replace(SHELLED, decided={"killed": "d1" * 10}))
    assert found.rule == "set by a decision"
    assert found.decided == "d1" * 10


def test_the_status_rests_on_denials_and_checks() -> None:
    found = reason("status")
    assert said(found.backed) == {"denied": [2]}
    assert said(found.against) == {"unverified": [3]}


def test_a_field_as_json_has_its_claims() -> None:
    made = part(CASE, "killed")
    assert made["incident"] == SHELLED.id
    assert made["figure"].best == 18
    assert set(made["claims"]) == {KEYS[0], KEYS[3], KEYS[4]}
    assert part(CASE, "matches")["matches"] == CASE.matches
    assert part(CASE, "contradictions")["contradictions"] == SHELLED.contradictions


def test_fields_have_the_names_that_people_use() -> None:
    for name, field in (("where", "place"), ("who", "actors"), ("what", "event"), ("killed", "killed")):
        found = reason_for(CASE, name)
        assert found is not None
        assert found.field == field
    assert reason_for(CASE, "claims") is None

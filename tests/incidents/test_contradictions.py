"""Who stands against whom in the claims of one incident."""

from collections.abc import Sequence
from typing import Any

from figure_claims import brief, claim, count

from dateline.incidents.contradictions import contradictions, doers_of
from dateline.incidents.fields import parties
from dateline.incidents.source_kinds import voices_in
from dateline.incidents.types import Contradiction, Party, Telling, Voice

ARMY = Party(name="Arin Army", actor_id="arin-army", kind="military")
REBELS = Party(name="Berun Front", actor_id="berun-front", kind="rebel_group")
ARMY_SAYS, REBELS_SAY = Voice(name="Arin Army", actor_id="arin-army"), Voice(name="Berun Front", actor_id="berun-front")


def shelled(report: str, voice: str | Voice | None, *actors: Party, position: int = 0, **more: Any) -> Telling:
    return claim(report, voices=[voice] if voice else [], actors=actors, event="shelling", position=position, **more)


def disputed(*claims: Telling) -> dict[str, Contradiction]:
    briefs = {each.report: brief(each.report) for each in claims}
    return {each.field: each for each in contradictions(claims, briefs, ())}


def sides(found: Contradiction) -> list[tuple[str, Sequence[str]]]:
    return [(side.says, side.voices) for side in found.sides]


# --- who did it ------------------------------------------------------------------------------------------------------


def test_who_denies_having_done_it_stands_against_those_who_say_that_he_did() -> None:
    found = disputed(
        shelled("a", ARMY_SAYS, REBELS), shelled("b", REBELS_SAY, REBELS, modality="denied"),
    )  # fmt: skip
    assert sides(found["actor"]) == [("Berun Front", ("Arin Army",)), ("denied by Berun Front", ("Berun Front",))]
    assert "happened" not in found


def test_who_denies_it_of_its_own_people_and_blames_another_does_not_clear_the_other() -> None:
    its_fighters = Party(name="its fighters", kind="armed_group")
    found = disputed(
        shelled("a", ARMY_SAYS, REBELS), shelled("b", REBELS_SAY, its_fighters, ARMY, modality="denied"),
        shelled("b", REBELS_SAY, ARMY, position=1),
    )  # fmt: skip
    assert sides(found["actor"]) == [
        ("Berun Front", ("Arin Army",)), ("Arin Army", ("Berun Front",)), ("denied by Berun Front", ("Berun Front",)),
    ]  # fmt: skip


def test_another_who_says_that_it_was_not_they() -> None:
    found = disputed(shelled("a", ARMY_SAYS, REBELS), shelled("b", "the mayor", REBELS, modality="denied"))
    assert sides(found["actor"])[1] == ("not by Berun Front", ("the mayor",))


def test_two_who_both_deny_it_do_not_contradict_each_other() -> None:
    assert not disputed(
        shelled("a", ARMY_SAYS, ARMY, modality="denied"), shelled("b", REBELS_SAY, REBELS, modality="denied"),
    )  # fmt: skip


def test_a_source_that_could_not_tell_who_did_it_is_no_side_and_no_actor() -> None:
    monitor = Party(name="Observatory")
    unknown = shelled("b", "Arin Press Agency", monitor, modality="denied", position=1)
    told = shelled("b", Voice(name="Arin Civilian Observatory", actor_id="arin-observatory"))
    assert not disputed(told, unknown, shelled("a", ARMY_SAYS, REBELS))
    assert doers_of(unknown, voices_in([told, unknown])) == ()


# --- who was hit -----------------------------------------------------------------------------------------------------

FIGHTERS = Party(name="rebel fighters", kind="rebel_group")
PEOPLE, VILLAGERS = Party(name="people", kind="civilians"), Party(name="villagers", kind="civilians")


def struck(report: str, voice: str | Voice, *targets: Party, **more: Any) -> Telling:
    return shelled(report, voice, ARMY, targets=targets, **more)


def test_who_was_hit_is_disputed_where_a_party_says_fighters_and_others_say_civilians() -> None:
    found = disputed(struck("a", ARMY_SAYS, FIGHTERS), struck("b", "the mayor", VILLAGERS))
    assert sides(found["target"]) == [("fighters", ("Arin Army",)), ("civilians", ("the mayor",))]
    counted = claim("c", count(4, "children"), voices=["a doctor"], event="shelling")
    assert "target" in disputed(struck("a", ARMY_SAYS, FIGHTERS), counted)


def test_people_may_be_anybody_and_a_party_may_tell_of_its_own() -> None:
    assert "target" not in disputed(struck("a", ARMY_SAYS, FIGHTERS), struck("b", "the mayor", PEOPLE))
    own = shelled("a", REBELS_SAY, ARMY, targets=[REBELS])
    assert "target" not in disputed(own, struck("b", "the mayor", VILLAGERS))
    assert "target" not in disputed(struck("a", "the mayor", FIGHTERS), struck("b", "a doctor", VILLAGERS))


# --- one party under several names -----------------------------------------------------------------------------------


def names(*actors: Party) -> list[str]:
    claims = [claim(f"r{at}", actors=[each]) for at, each in enumerate(actors)]
    return [party.name for party in parties(claims, lambda each: each.actors)]


def test_a_party_of_the_register_stands_once_under_the_name_that_most_reports_give_it() -> None:
    short = Party(name="Fighters", actor_id="berun-front", kind="rebel_group")
    assert names(short, REBELS) == ["Berun Front"]
    assert names(ARMY, Party(name="Army of Arin", actor_id="arin-army", kind="military"), ARMY) == ["Arin Army"]


def test_a_name_that_is_a_part_of_one_other_is_that_one() -> None:
    front = Party(name="Front", kind="rebel_group")
    assert names(front, REBELS) == ["Berun Front"]
    assert names(front, REBELS, Party(name="Corin Front", actor_id="corin-front", kind="rebel_group")) == [
        "Front", "Berun Front", "Corin Front",
    ]  # fmt: skip
    country_army = Party(name="army", actor_id="bv-military", kind="military", country="BV")
    assert names(country_army, ARMY) == ["Arin Army"]


def test_names_of_anybody_and_of_others_stay_apart() -> None:
    assert names(Party(name="fighters", kind="rebel_group"), Party(name="Berun fighters", kind="rebel_group")) == [
        "fighters", "Berun fighters",
    ]  # fmt: skip
    police = Party(name="Arin", kind="police")
    assert names(police, ARMY) == ["Arin", "Arin Army"]
    assert names(Party(name="Front", actor_id="front", kind="rebel_group"), REBELS) == ["Front", "Berun Front"]

"""Figures of one incident from invented claims: who has a say, what low, best and high are, how they moved."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from figure_claims import DAY, brief, claim, count, told
from hypothesis import given
from hypothesis import strategies as st
from match_claims import spot
from msgspec.structs import replace

from dateline.incidents.figures import estimates
from dateline.incidents.policies import Policy, policy
from dateline.incidents.types import Brief, Count, Estimate, Party, Telling, Voice

ARMY = Party(name="Arin Army", actor_id="arin-army", kind="military")
REBELS = Party(name="Berun Front", actor_id="berun-front", kind="rebel_group")
ARMY_SAYS, REBELS_SAY = Voice(name="Arin Army", actor_id="arin-army"), Voice(name="Berun Front", actor_id="berun-front")


def figures(
    claims: Sequence[Telling], briefs: Sequence[Brief], *, by: str | Policy = "ucdp",
    copies: Mapping[str, str] | None = None, origins: Mapping[str, str] | None = None,
    earliest: date | None = DAY, latest: date | None = DAY, taken_back: Mapping[str, str] | None = None,
) -> dict[str, Estimate]:  # fmt: skip
    """The estimates by measure; each report is an origin of its own, unless `origins` says otherwise."""
    made = estimates(
        claims, {each.id: each for each in briefs}, by if isinstance(by, Policy) else policy(by),
        origin_of=lambda telling: (origins or {}).get(telling.report, telling.report), copies_of=copies or {},
        earliest=earliest, latest=latest, taken_back=taken_back,
    )  # fmt: skip
    return {each.measure: each for each in made}


def killed(*args: object, **more: object) -> Estimate:
    return figures(*args, **more)["killed"]  # type: ignore[arg-type]


def three(estimate: Estimate) -> tuple[float | None, float | None, float | None]:
    return estimate.low, estimate.best, estimate.high


def aside(estimate: Estimate) -> list[str | None]:
    return [step.set_aside for step in estimate.steps]


def tell(*figures: tuple[str, int, float]) -> tuple[list[Telling], list[Brief]]:
    """One plain claim a report: its id, the day it was known, and how many it tells as killed."""
    return [claim(id, count(best)) for id, _, best in figures], [brief(id, known) for id, known, _ in figures]


# --- one report and several ------------------------------------------------------------------------------------------


def test_one_report() -> None:
    found = killed(*tell(("a", 0, 12)))
    assert three(found) == (12, 12, 12)
    assert found.low_from == found.best_from == found.high_from == ("a/c0",)
    assert found.rule == "ucdp: told by 1 of 1 independent origin"


def test_origins_that_agree_and_one_that_does_not() -> None:
    found = killed(*tell(("a", 0, 12), ("b", 0, 12), ("c", 0, 15)))
    assert three(found) == (12, 12, 15)
    assert found.best_from == ("a/c0", "b/c0")
    assert found.high_from == ("c/c0",)
    assert found.rule == "ucdp: told by 2 of 3 independent origins"


def test_in_doubt_the_lower_figure() -> None:
    assert three(killed(*tell(("a", 0, 15), ("b", 0, 12)))) == (12, 12, 15)


def test_the_rule_says_what_put_the_best_figure_first() -> None:
    def rule(*said: tuple[float, str], at_least: float | None = None) -> str:
        claims = [claim(f"r{at}", count(best), voices=[voice]) for at, (best, voice) in enumerate(said)]
        if at_least:
            claims.append(claim("open", count(at_least, qualifier="at_least"), voices=["Police"]))
        return killed(claims, [brief(each.report) for each in claims]).rule.removeprefix("ucdp: told by 1 of ")

    mayor, police, monitor = "the mayor", "Police", "Berun monitor"
    assert rule((17, mayor), (18, monitor), (19, police)) == (
        "3 independent origins; others are as well supported, and its source, a monitor, is trusted more"
    )
    assert rule((15, mayor), (12, police)) == (
        "2 independent origins; others are as well supported, by sources as trusted, and it is the lowest"
    )
    assert rule((11, mayor), (15, monitor), (12, monitor)) == (
        "3 independent origins; others are as well supported, and of those whose source is trusted most, a monitor, "
        "it is the lowest"
    )
    assert rule((14, mayor), at_least=12) == "2 independent origins, and allowed by what 1 other tells"
    assert rule((14, mayor)) == "1 independent origin"


def test_nothing_counted_gives_no_figure() -> None:
    assert figures([claim("a")], [brief("a")]) == {}


# --- time ------------------------------------------------------------------------------------------------------------


def test_a_toll_that_rises() -> None:
    found = killed(*tell(("a", 0, 24), ("b", 1, 43), ("c", 2, 70)))
    assert three(found) == (70, 70, 70)
    assert [step.move for step in found.steps] == ["first", "raised", "raised"]
    assert [step.report for step in found.steps] == ["a", "b", "c"]
    assert aside(found) == ["out of date: 43 told since", "out of date: 70 told since", None]


def test_a_figure_that_somebody_still_tells_is_not_out_of_date() -> None:
    found = killed(*tell(("a", 0, 24), ("b", 1, 43), ("c", 1, 24)))
    assert three(found) == (24, 24, 43)
    assert aside(found) == [None, None, None]


def test_a_lone_leap_does_not_put_the_others_out_of_date() -> None:
    assert three(killed(*tell(("a", 0, 4), ("b", 1, 400)))) == (4, 4, 400)
    assert three(killed(*tell(("a", 0, 4), ("b", 1, 40), ("c", 1, 40)))) == (40, 40, 40)


def test_what_several_origins_gave_needs_two_to_put_it_out_of_date() -> None:
    lone = killed(*tell(("a", 0, 24), ("b", 0, 24), ("c", 1, 43)))
    assert three(lone) == (24, 24, 43)
    two = killed(*tell(("a", 0, 24), ("b", 0, 24), ("c", 1, 43), ("d", 2, 70)))
    assert three(two) == (70, 70, 70)
    assert aside(two)[0] == "out of date: 43 told since"


def test_what_is_out_of_date_may_be_made_to_count() -> None:
    claims, briefs = tell(("a", 0, 24), ("b", 1, 43), ("c", 2, 70))
    assert three(killed(claims, briefs, by=Policy(name="mine", outdated="counts", best="latest"))) == (24, 70, 70)


def test_of_each_origin_the_latest_figure_and_a_correction_may_lower_it() -> None:
    claims, briefs = tell(("a", 0, 43), ("b", 1, 34))
    found = killed(claims, briefs, origins={"a": "Arin Agency", "b": "Arin Agency"})
    assert three(found) == (34, 34, 34)
    assert [step.move for step in found.steps] == ["first", "lowered"]
    assert aside(found) == ["The a told another since", None]


def test_a_months_toll_is_not_a_days() -> None:
    claims, briefs = tell(("a", 0, 12))
    month = claim("b", count(310), first=date(2020, 6, 1), last=date(2020, 6, 30))
    found = killed([*claims, month], [*briefs, brief("b", 15)])
    assert three(found) == (12, 12, 12)
    assert aside(found) == [None, "of a longer time, 2020-06-01 to 2020-06-30"]
    of_a_month = killed([month], [brief("b", 15)], earliest=date(2020, 6, 1), latest=date(2020, 6, 30))
    assert three(of_a_month) == (310, 310, 310)


def test_a_wars_toll_without_a_time_is_not_an_attacks() -> None:
    claims, briefs = tell(("a", 0, 12))
    war = claim("b", count(40_000), event="casualties", first=None)
    found = killed([*claims, war], [*briefs, brief("b")])
    assert three(found) == (12, 12, 12)
    assert aside(found) == [None, "of more than this: no time of its own, far beyond what others tell"]
    near = claim("b", count(14), event="casualties", first=None)
    assert three(killed([*claims, near], [*briefs, brief("b")])) == (12, 12, 14)
    assert three(killed([war], [brief("b")])) == (40_000, 40_000, 40_000)


def test_a_claim_without_a_time_of_its_own_is_of_the_incident() -> None:
    assert three(killed([claim("a", count(12), first=None)], [brief("a", 9)])) == (12, 12, 12)


def test_after_the_window_a_toll_is_another_matter() -> None:
    claims, briefs = tell(("a", 0, 12), ("b", 40, 20))
    found = killed(claims, briefs, by=Policy(name="mine", window=30))
    assert three(found) == (12, 12, 12)
    assert aside(found)[1] == "told after 2020-07-15, another matter"


def hurt(report: str, wounded: float, killed: float | None = None) -> Telling:
    counts = [count(wounded, measure="wounded"), *([] if killed is None else [count(killed)])]
    return claim(report, *counts)


def test_the_wounded_who_died_since_are_wounded_no_more() -> None:
    found = figures([hurt("a", 1), claim("b", count(1))], [brief("a"), brief("b", 3)])
    assert three(found["wounded"]) == (None, None, None)
    assert aside(found["wounded"]) == ["out of date: as many have died since"]
    assert three(found["killed"]) == (1, 1, 1)
    more = figures([hurt("a", 2, 1), claim("b", count(3))], [brief("a"), brief("b")])
    assert more["wounded"].best is None


@pytest.mark.parametrize(
    ("first", "second", "known"),
    [
        (hurt("a", 2), claim("b", count(1)), 3),  # one of two died
        (hurt("a", 1, 1), claim("b", count(1)), 3),  # nobody died since
        (hurt("a", 1), hurt("b", 1, 1), 3),  # the later report tells of the wounded as well
        (hurt("a", 1), claim("b", count(1)), -1),  # the dead were told of before
        (hurt("a", 12), claim("b", count(12)), 3),  # too many to be sure that they are the same
    ],
)
def test_other_wounded_stay(first: Telling, second: Telling, known: int) -> None:
    found = figures([first, second], [brief("a"), brief("b", known)])
    assert found["wounded"].best == first.counts[0].low


# --- copies ----------------------------------------------------------------------------------------------------------


def test_copies_do_not_add() -> None:
    claims, briefs = tell(("a", 0, 15), ("b", 0, 15), ("c", 0, 15), ("d", 0, 12), ("e", 0, 12))
    found = killed(claims, briefs, copies={"b": "a", "c": "b"}, origins={"b": "a", "c": "a"})
    assert three(found) == (12, 12, 15)
    assert aside(found) == [None, "a copy of a", "a copy of b", None, None]


def test_a_copy_with_another_figure_is_the_newer_word_of_its_origin() -> None:
    claims, briefs = tell(("a", 0, 15), ("b", 1, 21))
    found = killed(claims, briefs, copies={"b": "a"}, origins={"b": "a"})
    assert three(found) == (21, 21, 21)


def test_copies_in_a_circle_end() -> None:
    claims, briefs = tell(("a", 0, 15), ("b", 0, 16))
    assert killed(claims, briefs, copies={"b": "a", "a": "b"}).best == 15


# --- what is not asserted --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("modality", "reason"),
    [("denied", "denied"), ("planned", "planned only"), ("possible", "possible only"),
     ("called_for", "called for only")],
)  # fmt: skip
def test_what_is_not_said_to_have_happened_has_no_say(modality: str, reason: str) -> None:
    claims, briefs = tell(("a", 0, 12))
    other = claim("b", count(40), modality=modality)  # type: ignore[arg-type]
    found = killed([*claims, other], [*briefs, brief("b")])
    assert three(found) == (12, 12, 12)
    assert aside(found) == [None, reason]


def test_where_no_figure_stands_the_steps_say_why() -> None:
    found = killed([claim("a", count(12), modality="denied")], [brief("a")])
    assert three(found) == (None, None, None)
    assert found.rule == "ucdp: no figure stands"
    assert aside(found) == ["denied"]


def test_what_is_withdrawn_or_rejected_has_no_say() -> None:
    claims, briefs = tell(("a", 0, 12), ("b", 0, 50), ("c", 0, 60))
    found = killed(claims, briefs, taken_back={"b/c0": "withdrawn", "c/c0": "rejected"})
    assert three(found) == (12, 12, 12)
    assert aside(found) == [None, "withdrawn", "rejected"]


def test_what_the_report_itself_replaces_stays_in_the_steps() -> None:
    found = killed([claim("a", count(24, superseded=True), count(43))], [brief("a")])
    assert three(found) == (43, 43, 43)
    assert sorted(map(str, aside(found))) == ["None", "replaced in the same report"]


# --- parts and wholes ------------------------------------------------------------------------------------------------


def test_sides_are_added_up_and_stay_parts() -> None:
    found = killed([claim("a", count(11, "fighters"), count(6, "soldiers"))], [brief("a")])
    assert three(found) == (17, 17, 17)
    assert [(part.of, part.best) for part in found.parts] == [("fighters", 11), ("soldiers", 6)]


def test_sides_in_two_claims_of_one_sentence_are_added_up() -> None:
    same = ("fighters", "killed", "soldiers")
    claims = [claim("a", count(11, "fighters"), words=same), claim("a", count(6, "soldiers"), position=1, words=same)]
    found = killed(claims, [brief("a")])
    assert three(found) == (17, 17, 17)
    assert found.best_from == ("a/c0", "a/c1")


def test_what_is_included_is_a_part() -> None:
    found = killed([claim("a", count(24), count(5, "children", part_of="24"))], [brief("a")])
    assert three(found) == (24, 24, 24)
    assert [(part.of, part.low, part.best, part.high) for part in found.parts] == [("children", 5, 5, 5)]


def test_some_after_all_are_a_part_even_in_another_sentence() -> None:
    claims = [claim("a", count(24)), claim("a", count(5, "children"), position=1)]
    assert three(killed(claims, [brief("a")])) == (24, 24, 24)


def test_parts_have_their_own_three_numbers() -> None:
    claims = [claim(id, count(24), count(some, "women", part_of="24")) for id, some in (("a", 5), ("b", 5), ("c", 7))]
    (part,) = killed(claims, [brief("a"), brief("b"), brief("c")]).parts
    assert (part.of, part.low, part.best, part.high) == ("women", 5, 5, 7)
    assert part.claims == ("a/c0", "b/c0")


def test_others_are_added_up() -> None:
    assert killed([claim("a", count(3, "people"), count(2, "others"))], [brief("a")]).best == 5


# --- open ends -------------------------------------------------------------------------------------------------------


def test_at_least_bounds_low_and_leaves_high_open() -> None:
    assert three(killed([claim("a", count(12, qualifier="at_least"))], [brief("a")])) == (12, 12, None)


def test_up_to_bounds_high_and_leaves_low_open() -> None:
    found = killed([claim("a", count(None, high=12, qualifier="at_most", text="up to 12"))], [brief("a")])
    assert three(found) == (None, 12, 12)


def test_dozens_give_way_to_a_number() -> None:
    dozens = claim("a", count(24, high=99, qualifier="vague", text="dozens"))
    found = killed([dozens, claim("b", count(43))], [brief("a"), brief("b")])
    assert (found.low, found.best, found.high) == (24, 43, 99)
    alone = killed([dozens], [brief("a")])
    assert three(alone) == (24, 24, 99)


def test_at_least_is_a_word_for_a_little_more() -> None:
    claims = [claim("a", count(12, qualifier="at_least")), claim("b", count(14)), claim("c", count(14))]
    found = killed(claims, [brief("a"), brief("b"), brief("c")])
    assert three(found) == (12, 14, 14)
    far = [claim("a", count(12, qualifier="at_least")), claim("b", count(12)), claim("c", count(90))]
    assert three(killed(far, [brief("a"), brief("b"), brief("c")])) == (12, 12, 90)


def test_an_open_end_above_all_others_is_the_highest_that_is_told() -> None:
    claims = [claim("a", count(20, qualifier="at_least")), claim("b", count(12)), claim("c", count(12))]
    assert three(killed(claims, [brief("a"), brief("b"), brief("c")])) == (12, 12, 20)


# --- a report's own toll ---------------------------------------------------------------------------------------------


def test_the_toll_speaks_for_a_report_that_is_about_the_incident() -> None:
    report = brief("a", told=[told(9, ["a/c0", "a/c1"])])
    claims = [claim("a", count(2), lead=True), claim("a", position=1)]
    found = killed(claims, [report])
    assert three(found) == (9, 9, 9)
    assert found.best_from == ("a/c0", "a/c1")


def test_victims_told_one_by_one_need_no_count() -> None:
    found = killed([claim("a", lead=True)], [brief("a", told=[told(1)])])
    assert three(found) == (1, 1, 1)


def test_the_toll_of_a_report_about_something_else_does_not_speak() -> None:
    report = brief("a", told=[told(9, ["a/c0"])])
    assert killed([claim("a", count(30), position=4)], [report]).best == 30


def test_another_voice_in_the_same_report_tells_its_own_figure() -> None:
    report = brief("a", told=[told(9, ["a/c0"])])
    claims = [
        claim("a", count(9), lead=True, voices=["Arin hospital"]),
        claim("a", count(14), position=1, voices=["Berun monitor"]),
        claim("a", count(3, "children"), position=2, voices=["Berun witnesses"]),
    ]
    made = estimates(
        claims, {"a": report}, policy(), origin_of=lambda each: str(each.voices[0].name), copies_of={},
        earliest=DAY, latest=DAY,
    )  # fmt: skip
    assert three(made[0]) == (9, 14, 14)  # one word each: the monitor is trusted more


def test_a_headline_that_repeats_a_voice_is_no_second_origin() -> None:
    report = brief("a", told=[told(9, ["a/c0", "a/c1"])])
    claims = [
        claim("a", count(9), lead=True),
        claim("a", count(9), position=1, voices=["Berun monitor"]),
        claim("b", count(7)),
    ]
    (made,) = estimates(
        claims, {"a": report, "b": brief("b")}, policy(), copies_of={}, earliest=DAY, latest=DAY,
        origin_of=lambda each: str(each.voices[0].name) if each.voices else each.report,
    )  # fmt: skip
    assert made.rule.startswith("ucdp: told by 1 of 2 independent origins; ")
    assert [(step.voice, step.low) for step in made.steps] == [("Berun monitor", 9), (None, 7)]


def ambush(*counts: Count, report: str, position: int = 0, **more: Any) -> Telling:
    return claim(report, *counts, event="attack", position=position, **more)


def test_what_the_attackers_lost_is_a_part_and_no_other_count() -> None:
    hit: dict[str, Any] = {"actors": [REBELS], "targets": [ARMY]}
    claims = [
        ambush(count(16, "soldiers", measure="wounded"), report="a", **hit),
        ambush(count(16, measure="wounded"), report="b", **hit),
        claim("c", count(2, "fighters", measure="wounded"), event="casualties", voices=[REBELS_SAY]),
    ]
    briefs = [brief("a"), brief("b"), brief("c")]
    found = figures(claims, briefs)["wounded"]
    assert three(found) == (16, 16, 16)
    assert [(part.of, part.best) for part in found.parts] == [("fighters", 2), ("soldiers", 16)]
    assert aside(found)[2] == "of the people of who did it, where others are counted"
    alone = figures([claims[2], ambush(report="a", **hit)], briefs)["wounded"]
    assert three(alone) == (2, 2, 2)
    fought = [*claims, *(claim(id, event="battle", position=1, actors=[REBELS, ARMY]) for id in ("a", "b"))]
    assert three(figures(fought, briefs)["wounded"]) == (2, 16, 16)


def test_the_sum_of_a_round_up_is_no_toll_of_one_of_its_incidents() -> None:
    here = replace(claim("a", count(5), lead=True), spots=(spot("Istrel"),))
    there = replace(claim("a", count(7), position=1), spots=(spot("Norvach"),))
    report = brief("a", told=[told(12)], tellings=(here, there))
    assert three(killed([here], [report])) == (5, 5, 5)
    assert three(killed([here, there], [report])) == (12, 12, 12)


def test_what_a_report_itself_says_on_the_way_to_a_toll_is_no_second_word() -> None:
    report = brief("a", told=[told(8, ["a/c0"], low=7)])
    claims = [
        claim("a", count(8), lead=True, voices=["head of the village"]),
        claim("a", count(7), position=1),
        claim("a", count(3, measure="abducted"), position=2, voices=["The a"]),
    ]
    origins = estimates(
        claims, {"a": report}, policy(), copies_of={}, earliest=DAY, latest=DAY,
        origin_of=lambda each: str(each.voices[0].name) if each.voices else "The a",
    )  # fmt: skip
    assert [(step.voice, step.low) for step in origins[0].steps] == [("head of the village", 8)]


# --- parties ---------------------------------------------------------------------------------------------------------


def two_parties() -> tuple[list[Telling], list[Brief]]:
    """The army says that it killed 40 of the rebels; the rebels say that 12 of theirs died."""
    both = {"event": "battle", "actors": [ARMY], "targets": [REBELS]}
    claims = [
        claim("a", count(40), voices=[ARMY_SAYS], **both),  # type: ignore[arg-type]
        claim("b", count(12), voices=[REBELS_SAY], **both),  # type: ignore[arg-type]
    ]
    return claims, [brief("a"), brief("b")]


def test_a_party_counts_about_its_own_dead_before_those_of_others() -> None:
    found = killed(*two_parties())
    assert aside(found) == [None, None]  # nobody else gives one: both stay
    assert three(found) == (12, 12, 40)


def test_a_partys_figure_of_others_gives_way_to_anybody_elses() -> None:
    claims, briefs = two_parties()
    claims.append(claim("c", count(20), voices=["Arin Human Rights Monitor"]))
    assert three(killed(claims, [*briefs, brief("c")])) == (12, 20, 40)
    found = killed(claims, [*briefs, brief("c")], by=Policy(name="mine", party_other="alone"))
    assert three(found) == (12, 20, 20)
    assert aside(found)[0] == "a party's figure of others, others give one"
    never = killed(claims, [*briefs, brief("c")], by=Policy(name="mine", party_own="never", party_other="never"))
    assert three(never) == (20, 20, 20)


def test_trust_decides_between_figures_with_the_same_support() -> None:
    claims = [claim("a", count(12), voices=["witnesses"]), claim("b", count(15), voices=["a police officer"])]
    briefs = [brief("a"), brief("b")]
    assert killed(claims, briefs).best == 15
    assert killed(claims, briefs, by=Policy(name="mine", trust=("witnesses",))).best == 12
    claims.append(claim("c", count(12), voices=["a witness"]))
    assert killed(claims, [*briefs, brief("c")]).best == 12
    assert killed(claims, [*briefs, brief("c")], by=Policy(name="mine", trusted_only=True)).best == 15


# --- policies --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "numbers"),
    [("ucdp", (11, 12, 20)), ("latest", (11, 11, 20)), ("cautious", (11, 11, 20)), ("highest", (11, 20, 20)),
     (Policy(name="mine", best="median"), (11, 12, 20)), (Policy(name="mine", support=2), (12, 12, 12))],
)  # fmt: skip
def test_each_policy_chooses_its_own(by: str | Policy, numbers: tuple[float, float, float]) -> None:
    claims, briefs = tell(("a", 0, 12), ("b", 1, 12), ("c", 1, 10), ("d", 1, 13), ("e", 2, 20), ("f", 2, 11))
    found = killed(claims, briefs, by=by)
    assert three(found) == numbers


def test_where_no_figure_has_the_support_all_count() -> None:
    assert three(killed(*tell(("a", 0, 12), ("b", 0, 15)), by=Policy(name="mine", support=2))) == (12, 12, 15)


# --- always ----------------------------------------------------------------------------------------------------------

_FIGURES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 60), st.sampled_from([None, "at_least", "at_most"])), min_size=1,
    max_size=7,
)  # fmt: skip


@given(_FIGURES, st.sampled_from(["ucdp", "latest", "cautious", "highest"]), st.randoms())
def test_any_claims_give_ordered_numbers_whatever_their_order(figures: list, by: str, random) -> None:  # type: ignore
    claims = [
        claim(f"r{at}", count(best, high=best if qualifier == "at_most" else None, qualifier=qualifier))
        for at, (_, best, qualifier) in enumerate(figures)
    ]
    briefs = [brief(f"r{at}", known) for at, (known, _, _) in enumerate(figures)]
    found = killed(claims, briefs, by=by)
    assert found.best is not None
    assert (found.low or 0) <= found.best
    assert found.high is None or found.best <= found.high
    assert len(found.steps) == len(claims)
    assert {*found.low_from, *found.best_from, *found.high_from} <= {each.key for each in claims}
    random.shuffle(claims)
    assert killed(claims, briefs, by=by) == found

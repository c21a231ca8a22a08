"""Two claims set side by side: minimal pairs, what is never looked at, and that the way of asking does not matter."""

from datetime import date, timedelta
from itertools import combinations

import numpy as np
import pytest
from match_claims import DAY, claim

from dateline.incidents import match
from dateline.incidents.match import blocks, candidates, compare, scored, weights
from dateline.incidents.rarity import rarity, rarity_of_name
from dateline.incidents.sheet import Claimed, Sheet
from dateline.world.labels import read_label, table_hashes

MARKET = "Shells hit the crowded market of Quorrin and killed 18 people, doctors said."
MARKET_AGAIN = "Eighteen people were killed when artillery shells struck the market in Quorrin."
TEXT = ("Stalls of the market burned for hours.", "Nila Verrow counted the dead in the hospital of Quorrin.")


def odds(one: Claimed, two: Claimed) -> float:
    """What speaks for one incident, summed: two that are both nearly sure still differ in it."""
    return sum(feature.value * feature.weight for feature in compare(one, two).features)


def sure(one: Claimed, two: Claimed) -> float:
    return compare(one, two).probability


def shares(one: Claimed, two: Claimed) -> bool:
    return bool(set(blocks(*one)) & set(blocks(*two)))


def test_two_reports_of_one_shelling_are_one_incident() -> None:
    one = claim("a", MARKET, place="Quorrin", killed=18, text=TEXT)
    two = claim("b", MARKET_AGAIN, place="Quorrin", killed=18, text=TEXT)
    assert shares(one, two)
    assert sure(one, two) > match.SAME


@pytest.mark.parametrize(
    "other",
    [
        {"day": DAY + timedelta(days=1), "published": DAY + timedelta(days=1)},
        {"place": "Veshmar"},
        {"event": "talks", "trigger": "met"},
        {"killed": 3},
        {"modality": "planned"},
    ],
    ids=["next day", "another town", "another kind of event", "another toll", "only planned"],
)
def test_one_thing_told_otherwise_makes_one_incident_less_odds(other: dict[str, object]) -> None:
    one = claim("a", MARKET, place="Quorrin", killed=18, text=TEXT)
    like = {"place": "Quorrin", "killed": 18, "text": TEXT}
    assert odds(one, claim("b", MARKET_AGAIN, **{**like, **other})) < odds(one, claim("b", MARKET_AGAIN, **like))


def test_an_attack_on_the_next_day_in_the_same_town_is_another() -> None:
    one = claim("a", "Rockets hit the bus station of Quorrin on Monday, killing two.", place="Quorrin", killed=2,
                trigger="hit")  # fmt: skip
    later = DAY + timedelta(days=1)
    two = claim(
        "b", "A mortar round fell on a school in Quorrin and wounded a teacher.",
        place="Quorrin", day=later, published=later, trigger="fell",
    )  # fmt: skip
    assert shares(one, two)
    assert sure(one, two) < match.MAYBE


def test_neighbouring_villages_hit_on_one_day_are_two() -> None:
    one = claim("a", "A barn in Istrel was hit by a shell and a farmer killed.", place="Istrel", killed=1)
    two = claim("b", "Three rockets landed near the mill of Norvach.", place="Norvach")
    assert shares(one, two)
    assert sure(one, two) < match.MAYBE


def test_a_higher_toll_a_day_later_is_still_the_same_incident() -> None:
    one = claim("a", MARKET, place="Quorrin", killed=18, text=TEXT)
    more = "The death toll of Monday's shelling of the Quorrin market rose to 21, doctors said."
    two = claim("b", more, place="Quorrin", killed=21, text=TEXT, published=DAY + timedelta(days=1))
    assert sure(one, two) > match.MAYBE
    assert sure(one, two) > sure(claim("c", "A mill in Norvach burned.", place="Norvach"), two)


def test_what_happened_after_the_other_report_came_out_cannot_be_told_in_it() -> None:
    old = claim("a", MARKET, place="Quorrin", day=None, published=DAY)
    later = DAY + timedelta(days=5)
    new = claim("b", MARKET_AGAIN, place="Quorrin", day=later, published=later)
    told = {feature.name for feature in compare(old, new).features}
    assert "time: after the other was published" in told


def test_claims_without_a_place_find_each_other_by_rare_names() -> None:
    one = claim("a", "Gunmen killed the mayor, Tavin Karesh, in his car.", event="killing", day=None)
    two = claim("b", "The murder of Tavin Karesh was condemned.", event="killing", day=None,
                published=DAY + timedelta(days=4))  # fmt: skip
    far = claim("c", "The murder of Ardel Vosk was condemned.", event="killing", day=None,
                published=DAY + timedelta(days=4))  # fmt: skip
    assert shares(one, two)
    assert not shares(one, far)


def test_claims_far_apart_in_space_or_time_are_never_compared() -> None:
    one = claim("a", "The market was hit.", place="Quorrin")
    later = DAY + timedelta(days=40)
    assert not shares(one, claim("b", "The market was hit.", place="Quorrin", day=later, published=later))
    aside = claim("b", "The market was hit.", place="Quorrin", day=DAY + timedelta(days=4), lead=False)
    assert not shares(one, aside)
    assert not shares(one, claim("b", "The harbour was hit.", place="Veshmar", event="bombing", lead=False))


def test_the_order_of_two_claims_does_not_matter() -> None:
    one = claim("a", MARKET, place="Quorrin", killed=18)
    two = claim("b", MARKET_AGAIN, day=None)
    assert compare(one, two) == compare(two, one)


def test_a_pair_is_judged_alike_alone_and_among_others() -> None:
    """So that a ledger matched as it grows comes out as one matched at once."""
    claims = [
        claim("a", MARKET, place="Quorrin", killed=18, text=TEXT),
        claim("b", MARKET_AGAIN, place="Quorrin", killed=18, text=TEXT),
        claim("c", "A barn in Istrel was hit by a shell.", place="Istrel"),
        claim("d", "Three rockets landed near the mill of Norvach.", place="Norvach", day=None),
        claim(
            "e", "Shelling went on around Quorrin all week.", place="Keshtal Province", latest=DAY + timedelta(days=6)
        ),
    ]
    pairs = list(combinations(range(len(claims)), 2))
    together = {(a, b): p for a, b, p in scored(Sheet(claims), *np.array(pairs).T, at_least=1e-9)}
    for a, b in pairs:
        assert sure(claims[a], claims[b]) == together[a, b]


def test_every_pair_that_shares_a_key_is_a_candidate_once() -> None:
    keys = [("x", "y"), ("y",), ("x", "y"), ("z",), ()]
    a, b = candidates(keys)
    assert list(zip(a.tolist(), b.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 2)]
    assert [len(side) for side in candidates([])] == [0, 0]


def test_features_add_up_to_the_probability_and_say_what_was_compared() -> None:
    one = claim("a", MARKET, place="Quorrin", killed=18, by="Selvane Army")
    two = claim("b", MARKET_AGAIN, place="Norvach", killed=21, by="Dovrane Movement")
    found = compare(one, two)
    total = sum(feature.value * feature.weight for feature in found.features)
    assert found.probability == pytest.approx(1 / (1 + np.exp(-total)), abs=1e-3)
    said = {feature.name: feature.said for feature in found.features}
    assert said["actors: others"] == "Selvane Army / Dovrane Movement"
    assert said["figures: contradict"] == "18 killed / 21 killed"
    assert said["time: the same day"] == "2024-03-04 / 2024-03-04"


def test_no_weight_speaks_against_reason() -> None:
    by = weights()
    for of in (by.across, by.within):
        assert of["place: apart"] < 0
        assert of["figures: contradict"] < 0
        assert of["type: of another family"] < 0
        assert of["time: the same day"] > of.get("time: the next day", 0.0)
        assert of["type: the same"] > of["type: told as either"] > 0
    assert by.across["words: of the quotes"] > 0
    assert by.across["time: after the other was published"] < 0


def test_two_claims_of_one_report_have_weights_of_their_own() -> None:
    first = claim("a", MARKET, place="Quorrin", killed=18)
    second = claim("a", "Doctors said 18 people were killed by the shells.", place="Quorrin", killed=18, at=1)
    across = claim("b", "Doctors said 18 people were killed by the shells.", place="Quorrin", killed=18, at=1)
    assert compare(first, second).probability != compare(first, across).probability
    assert not any(f.name.startswith("reports:") for f in compare(first, second).features)


def test_a_claim_of_its_reports_story_is_told_from_the_rest() -> None:
    lead = claim("a", MARKET, place="Quorrin", killed=18)
    toll = claim("a", "The shells killed 18 people in the market of Quorrin.", place="Quorrin", killed=18, at=1)
    aside = claim("a", "Talks on a truce were held in Veshmar last year.", event="talks", place="Veshmar", at=2,
                  day=date(2023, 3, 4))  # fmt: skip
    share = match.stories([lead.telling, toll.telling, aside.telling], lead.brief)
    assert share[0] == 1.0
    assert share[1] > 0.5 > share[2]


def test_stories_of_many_reports_are_those_of_each() -> None:
    first = claim("a", MARKET, place="Quorrin", killed=18)
    toll = claim("a", "The shells killed 18 people in the market of Quorrin.", place="Quorrin", killed=18, at=1)
    other = claim("b", "Talks on a truce were held in Veshmar last year.", event="talks", place="Veshmar")
    reports = [
        ([toll.telling], first.brief),
        ([first.telling, toll.telling], first.brief),
        ([], other.brief),
        ([other.telling], other.brief),
    ]
    assert match.stories_of(reports) == [match.stories(tellings, brief) for tellings, brief in reports]
    assert match.stories_of([]) == []


def test_a_word_that_is_seldom_written_weighs_more() -> None:
    assert rarity("the") < rarity("killed") < rarity("aleppo") < rarity("quorrin")
    assert rarity_of_name("tavin karesh") > rarity_of_name("tavin")


def test_tables_of_the_matching_are_no_part_of_how_a_record_was_made() -> None:
    assert not {"match_weights", "word_rarity"} & set(table_hashes())
    assert read_label("match_weights").used_by == "incidents"


def test_weights_of_no_feature_are_unknown() -> None:
    """A name in the table that no feature has would be a weight that is never used."""
    one, two = claim("a", MARKET, place="Quorrin"), claim("b", MARKET_AGAIN, place="Quorrin")
    columns = match.measure(match.Sheet([one, two]), np.array([0]), np.array([1]))
    by = weights()
    assert {*by.across, *by.within} <= set(columns)

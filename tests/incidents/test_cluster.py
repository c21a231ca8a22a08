"""From pairs to incidents: no chains, decisions obeyed, one component as good as all."""

from itertools import combinations
from random import Random

import pytest

from dateline.incidents.cluster import cluster, components
from dateline.incidents.match import SAME, Scored

ABC = ["r1/a", "r2/a", "r3/a"]


def pairs(odds: dict[tuple[str, str], float]) -> list[Scored]:
    return [Scored(*sorted(pair), probability) for pair, probability in odds.items()]  # type: ignore[arg-type]


def test_what_is_alike_is_one_incident_and_the_rest_stands_alone() -> None:
    assert cluster(ABC, pairs({("r1/a", "r2/a"): 0.9})) == [("r1/a", "r2/a"), ("r3/a",)]


def test_two_incidents_are_not_chained_by_a_third() -> None:
    """B is like A and like C, but A and C were not found alike: B goes where it is surest."""
    found = cluster(ABC, pairs({("r1/a", "r2/a"): 0.9, ("r2/a", "r3/a"): 0.8}))
    assert found == [("r1/a", "r2/a"), ("r3/a",)]


def test_three_that_are_all_alike_are_one() -> None:
    odds = {("r1/a", "r2/a"): 0.9, ("r2/a", "r3/a"): 0.8, ("r1/a", "r3/a"): 0.5}
    assert cluster(ABC, pairs(odds)) == [tuple(ABC)]


def test_a_report_speaks_through_the_likest_two_of_its_claims() -> None:
    """ "The attack" says nothing by itself; where it is of its report's incident it goes along with it."""
    keys = ["r1/a", "r1/b", "r2/a", "r2/b"]
    odds = {("r1/a", "r1/b"): 0.9, ("r2/a", "r2/b"): 0.9, ("r1/a", "r2/a"): 0.8}
    assert cluster(keys, pairs(odds)) == [tuple(keys)]


def test_within_a_report_all_claims_speak() -> None:
    keys = ["r1/a", "r1/b", "r1/c"]
    odds = {("r1/a", "r1/b"): 0.9, ("r1/b", "r1/c"): 0.8}
    assert cluster(keys, pairs(odds)) == [("r1/a", "r1/b"), ("r1/c",)]


def test_what_people_put_together_stays_together() -> None:
    assert cluster(ABC, [], must=[("r1/a", "r3/a")]) == [("r1/a", "r3/a"), ("r2/a",)]


def test_what_people_held_apart_is_never_joined_not_even_through_others() -> None:
    odds = dict.fromkeys(combinations(ABC, 2), 0.99)
    for groups in (cluster(ABC, pairs(odds), cannot=[("r3/a", "r1/a")]),):
        assert all(not {"r1/a", "r3/a"} <= set(group) for group in groups)
        assert len(groups) == 2


def test_apart_and_together_at_once_is_together() -> None:
    pair = [("r1/a", "r2/a")]
    assert cluster(ABC[:2], [], must=pair, cannot=pair) == [("r1/a", "r2/a")]


def test_every_key_is_in_one_group_and_strangers_are_ignored() -> None:
    odds = {("r1/a", "unknown/a"): 0.9}
    assert cluster(ABC, pairs(odds), must=[("unknown/a", "r1/a")]) == [(key,) for key in ABC]


@pytest.mark.parametrize("seed", range(8))
def test_groups_hold_whatever_the_order_and_each_component_alone_gives_the_same(seed: int) -> None:
    random = Random(seed)
    keys = [f"r{n // 3:02d}/{n % 3}" for n in range(36)]
    some = random.sample(list(combinations(keys, 2)), 160)
    matches = [Scored(a, b, round(random.random(), 4)) for a, b in some]
    whole = cluster(keys, matches)
    assert sorted(key for group in whole for key in group) == keys
    assert cluster(keys[::-1], random.sample(matches, len(matches))) == whole
    alone = [group for part in components(keys, matches) for group in cluster(part, matches)]
    assert sorted(alone) == whole


@pytest.mark.parametrize("seed", range(4))
def test_a_higher_bar_leaves_no_more_claims_together(seed: int) -> None:
    random = Random(seed)
    keys = [f"r{n:02d}/a" for n in range(24)]
    matches = [Scored(a, b, round(random.random(), 4)) for a, b in random.sample(list(combinations(keys, 2)), 90)]
    sizes = [len(cluster(keys, matches, same=bar)) for bar in (SAME, 0.6, 0.8, 0.95)]
    assert sizes == sorted(sizes)

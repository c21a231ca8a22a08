"""Claims that are never of one incident, however alike."""

from datetime import date, timedelta
from typing import Any

from match_claims import DAY, claim

from dateline.incidents.groups import grouped
from dateline.incidents.match import Scored
from dateline.incidents.sheet import Claimed


def together(*claims: Claimed) -> bool:
    """Whether claims that are all very much alike are one incident."""
    keys = sorted(each.telling.key for each in claims)
    pairs = [Scored(a, b, 0.95) for n, a in enumerate(keys) for b in keys[n + 1 :]]
    known = {each.brief.id: each.brief.known for each in claims}
    return len(grouped([each.telling for each in claims], pairs, known, must=(), cannot=(), aside=set())) == 1


def held(report: str, trigger: str, *, day: date = DAY, at: int = 0, event: str = "detention") -> Claimed:
    said = f"Three engineers were {trigger}."
    return claim(report, said, place="Istrel", day=day, trigger=trigger, event=event, at=at)


def raided(place: str, killed: int | None, *, report: str = "a", at: int = 0, **more: Any) -> Claimed:
    return claim(report, f"Gunmen raided {place}.", place=place, killed=killed, event="attack", at=at, **more)


def test_a_release_is_not_the_abduction_that_it_ends() -> None:
    taken = held("a", "abducted", event="abduction")
    later = DAY + timedelta(days=5)
    assert not together(taken, held("b", "released", day=later))
    assert not together(held("b", "abducted", event="abduction", at=1), held("b", "set free", day=later))
    assert together(held("b", "released", day=later), held("c", "freed", day=later))
    assert together(taken, held("b", "seized", event="abduction"))


def test_two_raids_with_a_toll_each_that_one_report_tells_of_are_two() -> None:
    assert not together(raided("Istrel", 5), raided("Norvach", 7, at=1))
    assert not together(raided("Istrel", 5), raided("Norvach", 7, at=1), raided("Istrel", 5, report="b"))


def test_a_place_without_a_toll_of_its_own_or_of_another_day_is_no_round_up() -> None:
    assert together(raided("Istrel", 5), raided("Norvach", None, at=1))
    assert together(raided("Istrel", 5), raided("Istrel", 7, at=1))
    assert together(raided("Istrel", 5), raided("Norvach", 7, at=1, day=None))
    assert together(raided("Istrel", 5), raided("Norvach", 7, report="b"))

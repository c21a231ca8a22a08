"""From how many independent origins an incident is known. All reports are invented."""

from datetime import date, timedelta

from copy_reports import brief, telling

from dateline.incidents.origins import origin_of_claim, origins
from dateline.incidents.types import Brief, Copy, Count, Telling

DAY = date(2021, 3, 4)


def _report(id: str, outlet: str, *, credits: tuple[str, ...] = (), after: int = 0) -> Brief:
    return brief(id, f"Report {id}.", outlet=outlet, credits=credits, day=DAY + timedelta(days=after))


def _copy(original: str, copy: str) -> Copy:
    return Copy(original=original, copy=copy, kind="near", score=0.9)


def _by_id(*briefs: Brief) -> dict[str, Brief]:
    return {each.id: each for each in briefs}


def test_twelve_articles_made_of_three_dispatches_and_one_original() -> None:
    wires = ("Coast Wire", "Valley News Agency", "Reuters")
    briefs, copies, claims = [_report("own", "Selim Star")], [], [telling("own", "witnesses")]
    for wire, papers in zip(wires, (4, 4, 3), strict=True):
        ids = [f"{wire}-{at}" for at in range(papers)]
        briefs += [_report(id, f"Paper {id}", credits=(wire,)) for id in ids]
        copies += [_copy(ids[0], id) for id in ids[1:]]
        claims += [telling(id) for id in ids]
    found, wordings = origins(claims, _by_id(*briefs), copies)
    assert len({claim.report for claim in claims}) == 12
    assert wordings == 4
    assert sorted(one.name for one in found) == ["Coast Wire", "Reuters", "Selim Star", "Valley News Agency"]
    assert sorted(len(one.copies) for one in found) == [0, 2, 3, 3]


def test_two_outlets_that_quote_only_the_same_governor_are_one_origin() -> None:
    briefs = _by_id(_report("a", "Harbour Post"), _report("b", "Selim Star", after=1))
    claims = [telling("a", "Governor Khaled Amin"), telling("b", "Khaled Amin")]
    found, wordings = origins(claims, briefs, [])
    assert wordings == 2
    assert [(one.report, one.voices, one.relays) for one in found] == [("a", ("Governor Khaled Amin",), ("b",))]


def test_a_headline_that_says_what_the_governor_says_is_his() -> None:
    briefs = _by_id(_report("a", "Harbour Post"), _report("b", "Selim Star", after=1))
    claims = [
        telling("a", "Governor Khaled Amin"),
        telling("b"),
        telling("b", "Governor Khaled Amin", position=1),
    ]
    assert len(origins(claims, briefs, [])[0]) == 1
    more = [*claims[:1], _counted(claims[1], 20), claims[2]]
    assert len(origins(more, briefs, [])[0]) == 2, "a figure that the governor did not give is the paper's own"


def _counted(claim: Telling, killed: int) -> Telling:
    count = Count(text=str(killed), measure="killed", low=killed, high=killed)
    return Telling(**{name: getattr(claim, name) for name in claim.__struct_fields__} | {"counts": (count,)})


def test_what_else_a_second_report_has_makes_it_an_origin() -> None:
    briefs = _by_id(_report("a", "Harbour Post"), _report("b", "Selim Star", after=1))
    governor = [telling("a", "Governor Khaled Amin"), telling("b", "Governor Khaled Amin")]
    for more in (telling("b", "a resident", position=1), telling("b", "Rana Saleh", position=1)):
        assert len(origins([*governor, more], briefs, [])[0]) == 2


def test_an_agency_that_was_counted_is_relayed() -> None:
    briefs = _by_id(_report("a", "Harbour Post", credits=("Reuters",)), _report("b", "Selim Star", after=1))
    found, _ = origins([telling("a"), telling("b", "Reuters")], briefs, [])
    assert [(one.name, one.relays) for one in found] == [("Reuters", ("b",))]


def test_an_agency_nobody_has_otherwise_is_the_origin_of_who_cites_it() -> None:
    found, _ = origins([telling("b", "Harbour News Agency")], _by_id(_report("b", "Selim Star")), [])
    assert [(one.name, one.report) for one in found] == [("Harbour News Agency", "b")]


def test_one_house_is_not_independent_of_itself() -> None:
    briefs = _by_id(_report("a", "Harbour Post"), _report("b", "Harbour Post", after=1))
    assert len(origins([telling("a"), telling("b")], briefs, [])[0]) == 1


def test_two_excerpts_of_one_dispatch_are_one_wording() -> None:
    briefs = _by_id(_report("long", "Coast Wire"), _report("a", "Harbour Post"), _report("b", "Selim Star"))
    found, wordings = origins([telling("a"), telling("b")], briefs, [_copy("long", "a"), _copy("long", "b")])
    assert (len(found), wordings) == (1, 1)


def test_the_order_of_what_comes_in_changes_nothing() -> None:
    briefs = _by_id(_report("a", "Harbour Post"), _report("b", "Selim Star"), _report("c", "Coast Wire", after=2))
    claims = [telling("a", "Khaled Amin"), telling("b"), telling("c", "Khaled Amin")]
    copies = [_copy("a", "b"), _copy("b", "c")]
    assert origins(claims, briefs, copies) == origins(claims[::-1], dict(reversed(briefs.items())), copies[::-1])


def test_figures_of_one_governor_are_one_origin() -> None:
    briefs = _by_id(_report("a", "Harbour Post"), _report("b", "Selim Star"), _report("c", "Coast Wire"))
    claims = [
        telling("a", "Governor Khaled Amin"),
        telling("b", "Coast Wire", "Khaled Amin"),
        telling("c", "witnesses"),
        _counted(telling("c", position=1), 20),
    ]
    found = origin_of_claim(claims, briefs, [])
    assert found["a/0"] == found["b/0"]
    assert len(set(found.values())) == 3

"""The register: how rows are read, what names find, and what the shipped tables hold."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codes import ACTOR_KINDS
from dateline.errors import InputError
from dateline.world.actor_keys import keys_of_names, located_words, words_of_name
from dateline.world.actor_rows import ACTOR_COLUMNS, PEOPLE_COLUMNS, InUse, Listed, Post, read_actor, read_post
from dateline.world.actors import Register, looked_up, register
from dateline.world.labels import read_table

DAY = date(2014, 6, 17)


def actor_row(**cells: str) -> dict[str, str]:
    return dict.fromkeys(ACTOR_COLUMNS, "") | {
        "id": "zorvan-front", "name": "Zorvan Liberation Front", "kind": "rebel_group", "source": "invented",
    } | cells  # fmt: skip


def post_row(**cells: str) -> dict[str, str]:
    return dict.fromkeys(PEOPLE_COLUMNS, "") | {
        "name": "Ada al-Zorvan", "actor": "zorvan-front", "role": "spokeswoman", "source": "invented",
    } | cells  # fmt: skip


def test_a_row_becomes_an_actor() -> None:
    actor = read_actor(actor_row(
        country="IQ", begins="2013-04", ends="2014", plover="REB|OPP", ucdp="ZLF",
        names="ZLF [2013-05-01..]|Front of Zorvan|Jabhat Zorvan [..2013]",
        links="split_from old-front 2013-04-08|allied_with isi",
    ))  # fmt: skip
    assert (actor.begins, actor.ends) == (date(2013, 4, 1), date(2014, 12, 31))
    assert actor.names == (
        InUse("ZLF", date(2013, 5, 1), None), InUse("Front of Zorvan"),
        InUse("Jabhat Zorvan", None, date(2013, 12, 31)),
    )  # fmt: skip
    assert [(bond.kind, bond.other, bond.since) for bond in actor.links] == [
        ("split_from", "old-front", date(2013, 4, 8)), ("allied_with", "isi", None),
    ]  # fmt: skip
    assert actor.plover == ("REB", "OPP")
    assert [actor.on(day) for day in (date(2013, 3, 31), date(2013, 4, 1), date(2015, 1, 1), None)] == [
        False, True, False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"id": "Zorvan Front"}, "lower-case letters, digits and hyphens"),
        ({"name": ""}, "zorvan-front: no name"),
        ({"kind": "rebels"}, "kind 'rebels' is not one of"),
        ({"country": "IRQ"}, "country 'IRQ' is no code"),
        ({"begins": "May 2013"}, "'May 2013' is no date such as 2013, 2013-04 or 2013-04-08"),
        ({"begins": "2013-13"}, "'2013-13' is no day of the calendar"),
        ({"ends": "2013-02-30"}, "'2013-02-30' is no day of the calendar"),
        ({"begins": "2015", "ends": "2014"}, "begins 2015 after it ends 2014"),
        ({"names": "ZLF [2013]"}, "dates stand behind it as [2013-04-09..2014-06-29]"),
        ({"links": "cousin_of isi"}, "link 'cousin_of isi' is not one of"),
        ({"links": "split_from"}, "link 'split_from' is not one of"),
        ({"links": "split_from isi in 2013"}, "is not one of"),
        ({"plover": "REBEL"}, "plover 'REBEL' is no sector code"),
    ],
)
def test_a_wrong_cell_is_named(cells: dict[str, str], said: str) -> None:
    with pytest.raises(InputError) as raised:
        read_actor(actor_row(**cells))
    assert said in str(raised.value)


@pytest.mark.parametrize("column", ["name", "actor", "role"])
def test_a_post_needs_its_cells(column: str) -> None:
    with pytest.raises(InputError, match=f"no {column}"):
        read_post(post_row(**{column: ""}))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the al-Nusra Front's", ["nusra", "front"]),
        ("Jabhat an-Nusra", ["jabhat", "nusra"]),
        ("Al Nusra Front", ["nusra", "front"]),
        ("Al Jazeera", ["jazeera"]),
        ("U.N. peacekeepers", ["un", "peacekeepers"]),
        ("Hay’at Tahrir al-Sham (HTS)", ["hayat", "tahrir", "sham", "hts"]),
        ("Lord's Resistance Army", ["lord", "resistance", "army"]),
        ("Séléka rebels", ["seleka", "rebels"]),
        ("the", ["the"]),
        ("—", []),
    ],
)
def test_names_are_compared_by_their_words(text: str, words: list[str]) -> None:
    assert [word.key for word in words_of_name(text)] == words


def small() -> Register:
    return Register(
        [
            Listed(id="a", name="Zorvan Front", kind="rebel_group", names=(InUse("ZF"), InUse("Front [north]"))),
            Listed(id="b", name="Zorvan Front Command", kind="rebel_group", parent="a"),
            Listed(id="c", name="Party of Zorvan", kind="party", names=(InUse("ZF"), InUse("Zf"))),
        ],
        [Post(name="Ada Zorvan", names=("A. Zorvan",), actor="a", role="leader")],
    )


def test_the_longest_name_is_found_and_shared_ones_are_all_given() -> None:
    known = small()
    assert [n.actor for n in known.at(words_of_name("Zorvan Front Command"), 0)] == ["b"]
    assert [n.actor for n in known.at(words_of_name("Zorvan Front camp"), 0)] == ["a"]
    assert [n.actor for n in known.at(words_of_name("ZF fighters"), 0)] == ["a", "c"]
    assert [n.actor for n in known.at(words_of_name("zf"), 0)] == ["c"]  # "Zf" beside "ZF" frees it from its capitals
    assert known.at(words_of_name("Front"), 0) == []
    assert [n.whole for n in known.person_at(words_of_name("Zorvan"), 0)] == [False]
    assert [n.whole for n in known.person_at(words_of_name("Ada Zorvan"), 0)] == [True]


def test_branches_lead_up() -> None:
    assert [actor.id for actor in small().above("b")] == ["b", "a"]
    assert small().akin("b") == {"a"}


def test_every_country_has_its_bodies() -> None:
    known = register().actors
    for id in ("iq", "iq-government", "iq-military", "iq-police", "xk-government"):
        assert known[id].country == id[:2].upper()
    assert known["iq-military"].parent == "iq"


def test_the_tables_name_no_actor_that_is_not_there() -> None:
    """From the tables themselves: the register leaves posts of unknown actors out."""
    known = register().actors
    actors, posts = map(read_actor, read_table("actors")), list(map(read_post, read_table("people")))
    named = [(a.id, id) for a in actors for id in (a.parent, *(bond.other for bond in a.links)) if id]
    named += [(post.name, post.actor) for post in posts]
    assert [pair for pair in named if pair[1] not in known] == []


def test_no_branch_leads_back_to_itself() -> None:
    known = register()
    for id in known.actors:
        up = list(known.above(id))
        assert up[-1].parent is None, f"{id}: {[actor.id for actor in up]}"


def test_the_register_is_as_wide_as_it_is_said_to_be() -> None:
    written = [actor for actor in register().actors.values() if actor.source != "the table of countries"]
    assert len(written) >= 600
    assert {actor.kind for actor in written} >= {
        "rebel_group", "political_militia", "communal_militia", "criminal_group", "external_forces", "agency",
        "monitor", "media", "ngo", "party", "civilians", "military", "police", "government", "intergovernmental",
        "protesters",
    }  # fmt: skip
    armed = {"rebel_group", "political_militia", "communal_militia", "criminal_group"}
    recent = [a for a in written if a.kind in armed and (a.ends is None or a.ends.year >= 2010)]
    assert len({a.country for a in recent if a.country}) >= 30, "countries with armed groups since 2010"
    assert all(actor.kind in ACTOR_KINDS for actor in written)


@pytest.mark.parametrize(
    ("name", "on", "ids"),
    [
        ("Isis", DAY, ["islamic-state"]),
        ("Nouri al-Maliki", DAY, ["dawa-party", "iq-government"]),
        ("Nouri al-Maliki", date(2001, 1, 1), []),
        ("iq-military", None, ["iq-military"]),
        ("Front of nobody at all", None, []),
    ],
)
def test_looking_up(name: str, on: date | None, ids: list[str]) -> None:
    found = looked_up(name, on)
    assert [holder.actor.id for holder in found] == ids
    assert all(post.on(on) for holder in found for post in holder.people)


def test_the_keys_of_plain_names_are_those_of_their_words() -> None:
    """The fast way to keys and the slow one agree on every name of the register."""
    names = [name for a in register().actors.values() for name in (a.name, *(used.name for used in a.names))]
    names += [name for post in register().posts for name in (post.name, *post.names)]
    for name, keys in keys_of_names(names).items():
        assert keys == tuple(word.key for word in words_of_name(name)), name


def test_the_change_log_counts_the_rows() -> None:
    written = sum(actor.source != "the table of countries" for actor in register().actors.values())
    said = (Path(__file__).parents[2] / "CHANGELOG.md").read_text("utf-8")
    assert f"{written:,} actors and {len(register().posts):,} posts" in said


@pytest.mark.parametrize(
    ("text", "located"),
    [
        ("al-Qaeda in Iraq said", ["al-Qaeda", "in", "Iraq", "said"]),
        ("the Sudan People's Army.", ["the", "Sudan", "People", "Army"]),
        ("Al Jazeera, M23", ["Al Jazeera", "M23"]),
        ("Jaish al-Islam", ["Jaish", "al-Islam"]),
    ],
)
def test_words_are_located(text: str, located: list[str]) -> None:
    assert [text[start:end] for _, start, end in located_words(text)] == located


@given(st.lists(st.text(st.characters(max_codepoint=0x17F), max_size=12), max_size=5))
def test_names_are_keyed_together_as_one_by_one(names: list[str]) -> None:
    for name, keys in keys_of_names(["Zorvan et Al", *names]).items():
        assert keys == tuple(word.key for word in words_of_name(name))

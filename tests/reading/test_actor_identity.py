"""Who a phrase means: by name, by post, as a body of a state, by its words; and when none is chosen."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codes import ActorKind
from dateline.reading.actor_identity import Identifier, Surroundings
from dateline.reading.actor_spots import with_known_names
from dateline.reading.phrases import noun_phrases
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.record import Actor, Report, Span
from dateline.world.actor_rows import Bond, InUse, Listed, Post
from dateline.world.actors import Register, made_states

DAY = date(2014, 6, 17)
# Invented, but for the states.
ACTORS = (
    *made_states(),
    Listed(id="zorvan-front", name="Zorvan Liberation Front", kind="rebel_group", country="IQ", begins=date(2010, 1, 1),
           names=(InUse("ZLF"), InUse("Zorvan Front"), InUse("Dawn")), links=(Bond("allied_with", "sahra-guard"),)),
    Listed(id="zorvan-old", name="Zorvan Liberation Front", kind="rebel_group", country="IQ", ends=date(1999, 12, 31)),
    Listed(id="zorvan-wing", name="Zorvan Falcons", kind="rebel_group", country="IQ", parent="zorvan-front",
           names=(InUse("Falcons of Zorvan"),)),
    Listed(id="sahra-guard", name="Sahra Guard", kind="political_militia", country="SY", names=(InUse("SG"),)),
    Listed(id="delta-iq", name="Delta Movement", kind="rebel_group", country="IQ"),
    Listed(id="delta-ng", name="Delta Movement", kind="rebel_group", country="NG"),
    Listed(id="old-name", name="Great Zorvan", kind="rebel_group", country="IQ",
           names=(InUse("Zorvan Vanguard", None, date(2012, 12, 31)),)),
    Listed(id="new-name", name="Zorvan Vanguard", kind="rebel_group", country="IQ"),
    Listed(id="relief", name="Relief Office", kind="agency"),
)  # fmt: skip
PEOPLE = (
    Post(name="Ada al-Zorvan", names=("Zorvan",), actor="iq-government", role="prime minister",
         begins=date(2010, 1, 1), ends=date(2014, 8, 1)),
    Post(name="Ada al-Zorvan", names=(), actor="iq-government", role="vice president", begins=date(2014, 9, 1)),
    Post(name="Omar Quill", names=(), actor="zorvan-front", role="leader", begins=date(2011, 1, 1)),
    Post(name="Bea Quill", names=(), actor="ng-government", role="president", begins=date(2011, 1, 1)),
)  # fmt: skip
REGISTER = Register(ACTORS, PEOPLE)
IRAQ = {"IQ": 0.8, "SY": 0.2}


def who(
    text: str, name: str = "", *, kind: ActorKind | None = None, on: date | None = DAY,
    shares: dict[str, float] | None = None, company: frozenset[str] = frozenset(),
) -> tuple[str | None, str | None, str | None]:  # fmt: skip
    """Id, kind and country of a phrase in a report whose places lie mostly in Iraq."""
    around = Surroundings(on=on, shares=IRAQ if shares is None else shares, company=company)
    found = Identifier(REGISTER, around).of(Actor(text=text, name=name or text, span=Span(0, len(text)), kind=kind))
    return found.actor_id, found.kind, found.country


@pytest.mark.parametrize(
    "text",
    [
        "Zorvan Liberation Front", "the Zorvan Liberation Front", "ZLF", "ZLF fighters", "Zorvan Front militants",
        "members of the ZLF", "the leader of the ZLF", "senior commanders of the Zorvan Front", "ZLF's armed wing",
        "a ZLF spokesman", "Iraq's Zorvan Liberation Front", "hardline Zorvan Front rebels",
        "Zorvan Liberation Front (ZLF",
    ],
)  # fmt: skip
def test_a_name_carries_words_that_leave_its_bearer_the_same(text: str) -> None:
    assert who(text) == ("zorvan-front", "rebel_group", "IQ")


@pytest.mark.parametrize(
    "text",
    [
        "anti-ZLF fighters",
        "fighters against the ZLF",
        "a ZLF stronghold",
        "victims of the ZLF",
        "ZLF-held villages",
        "opponents of the ZLF",
        "the ZLF flag",
        "zlf",
    ],
)
def test_a_name_in_something_of_its_bearer_is_not_him(text: str) -> None:
    assert who(text)[0] is None


def test_the_fullest_name_in_the_report_counts_first() -> None:
    assert who("the group", "Zorvan Liberation Front")[0] == "zorvan-front"


def test_a_name_goes_to_who_was_there_that_day() -> None:
    assert who("Zorvan Liberation Front")[0] == "zorvan-front"
    assert who("Zorvan Liberation Front", on=date(1995, 5, 5))[0] == "zorvan-old"


def test_a_name_goes_to_who_used_it_that_day() -> None:
    assert who("Zorvan Vanguard")[0] == "new-name"


def test_the_countries_of_the_report_tell_apart() -> None:
    assert who("Delta Movement") == ("delta-iq", "rebel_group", "IQ")
    assert who("Delta Movement", shares={"NG": 1.0})[0] == "delta-ng"
    assert who("Nigeria's Delta Movement")[0] == "delta-ng"


def test_where_nothing_tells_them_apart_none_is_chosen() -> None:
    around = Surroundings(on=DAY, shares={})
    found = Identifier(REGISTER, around).of(Actor(text="Delta Movement", name="Delta Movement", span=Span(0, 14)))
    assert (found.actor_id, set(found.may_be)) == (None, {"delta-iq", "delta-ng"})
    assert (found.kind, found.country) == ("rebel_group", None)  # what both are


def test_a_short_form_and_an_everyday_word_need_company(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.reading.actor_identity.is_everyday", lambda key: key == "dawn")
    assert who("SG")[0] == "sahra-guard"
    assert who("SG", shares={"NG": 1.0})[0] is None
    assert who("sg")[0] is None
    assert who("Dawn")[0] == "zorvan-front"
    assert who("Dawn", shares={"NG": 1.0})[0] is None


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        ("Ada al-Zorvan", DAY, ("iq-government", "person", "IQ")),
        ("Prime Minister Ada al-Zorvan", DAY, ("iq-government", "person", "IQ")),
        ("al-Zorvan", DAY, ("iq-government", "person", "IQ")),
        ("Ada al-Zorvan", date(2014, 8, 15), (None, "person", "IQ")),  # between two posts
        ("Ada al-Zorvan", date(2015, 1, 1), ("iq-government", "person", "IQ")),
        ("Omar Quill", DAY, ("zorvan-front", "person", "IQ")),
        ("Zorvan's government", DAY, ("iq-government", "government", "IQ")),
        ("Ada al-Zorvan's forces", DAY, ("iq-military", "military", "IQ")),
        ("Omar Quill's fighters", DAY, ("zorvan-front", "rebel_group", "IQ")),
    ],
)
def test_a_person_stands_for_the_body_of_his_post(
    text: str, on: date, expected: tuple[str | None, str | None, str | None]
) -> None:
    assert who(text, on=on) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pro-Russian forces", (None, "military", None)),
        ("Gunmen from Syria", (None, "armed_group", None)),
        ("the army of Syria", ("sy-military", "military", "SY")),
        ("Troops of Ada al-Zorvan", ("iq-military", "military", "IQ")),
        ("Ada al-Zorvan's militia", (None, "armed_group", "IQ")),
        ("Zorvan Vanguard", ("new-name", "rebel_group", "IQ")),
    ],
)
def test_what_stands_before_a_name_counts(text: str, expected: tuple[str | None, str | None, str | None]) -> None:
    assert who(text) == expected


def test_a_persons_name_is_no_country() -> None:
    assert who("Michael Jordan", kind="person") == (None, "person", None)


def test_who_was_out_of_office_has_no_forces_and_is_no_person_by_them() -> None:
    assert who("Ada al-Zorvan's forces", on=date(2014, 8, 15)) == (None, "military", "IQ")


@pytest.mark.parametrize("text", ["Cora Zorvan", "Zorvan Lake", "Dora Quill"])
def test_another_of_the_same_surname_is_nobody(text: str) -> None:
    assert who(text, kind="person")[0] is None


def test_a_surname_goes_to_its_bearer_at_home() -> None:
    assert who("Quill", kind="person")[0] == "zorvan-front"
    assert who("Quill", kind="person", shares={"NG": 1.0})[0] == "ng-government"


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Iraq", "state", ("iq", "state", "IQ")),
        ("the United States", "state", ("us", "state", "US")),
        ("US", "state", ("us", "state", "US")),
        ("Washington", "government", ("us-government", "government", "US")),
        ("the Iraqi government", None, ("iq-government", "government", "IQ")),
        ("Syrian army", None, ("sy-military", "military", "SY")),
        ("Israeli jets", None, ("il-military", "military", "IL")),
        ("Turkish warplanes", None, ("tr-military", "military", "TR")),
        ("Iraqi security forces", None, ("iq-military", "military", "IQ")),
        ("Jordanian police", None, ("jo-police", "police", "JO")),
        ("the Iranian foreign ministry", None, ("ir-government", "government", "IR")),
        ("Syrian government forces", None, ("sy-military", "military", "SY")),
        ("the government of Iraq", None, ("iq-government", "government", "IQ")),
        ("US officials", None, ("us-government", "government", "US")),
        ("the army", None, ("iq-military", "military", "IQ")),
        ("the government", None, ("iq-government", "government", "IQ")),
        ("government forces", None, ("iq-military", "military", "IQ")),
        ("police", None, ("iq-police", "police", "IQ")),
        ("security forces", None, ("iq-military", "military", "IQ")),
        ("the prime minister", None, ("iq-government", "government", "IQ")),
    ],
)
def test_states_and_their_bodies(text: str, kind: ActorKind | None, expected: tuple[str, str, str]) -> None:
    assert who(text, kind=kind) == expected


def test_a_body_without_a_country_is_nobodys_where_the_report_is_about_none() -> None:
    assert who("the army", shares={})[0] is None


@pytest.mark.parametrize(
    ("text", "kind", "country"),
    [
        ("gunmen", "armed_group", None),
        ("pro-government militia", "political_militia", None),
        ("Syrian rebels", "rebel_group", "SY"),
        ("tribal fighters", "communal_militia", None),
        ("Iraqi civilians", "civilians", "IQ"),
        ("protesters", "protesters", None),
        ("drug traffickers", "criminal_group", None),
        ("12 people", "civilians", None),
    ],
)
def test_who_has_no_name_is_kept_as_written(text: str, kind: ActorKind, country: str | None) -> None:
    assert who(text) == (None, kind, country)


def test_every_answer_says_by_what() -> None:
    for text in ("ZLF", "Ada al-Zorvan", "the army", "gunmen", "Delta Movement"):
        around = Surroundings(on=DAY, shares=IRAQ)
        assert Identifier(REGISTER, around).of(Actor(text=text, name=text, span=Span(0, len(text)))).rule


WORDS = st.sampled_from(
    ["Zorvan", "Liberation", "Front", "ZLF", "the", "of", "Iraqi", "army", "forces", "Syria", "Washington", "Quill", 
     "IS",
     "and", "al-", "’s", "'s", "police", "coalition", "—", "(", "12", "president", "Delta", "Movement", "\u200b", "é"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=8).map(" ".join)))
def test_any_words_have_an_answer(text: str) -> None:
    for on in (None, DAY):
        identifier = Identifier(REGISTER, Surroundings(on=on, shares=IRAQ))
        found = identifier.of(Actor(text=text, name=text, span=Span(0, max(1, len(text)))))
        assert found.actor_id is None or found.actor_id in REGISTER.actors
        assert not (found.actor_id and found.may_be)  # chosen, or not
        assert all(id in REGISTER.actors for id in found.may_be)


@given(st.lists(WORDS, min_size=1, max_size=12).map(" ".join))
def test_phrases_with_names_of_the_register_are_true_to_the_text(text: str) -> None:
    for sentence in tag(split(Report(text=text), ())):
        for phrase in with_known_names(sentence, noun_phrases(sentence), REGISTER):
            assert phrase.part.span.of(text) == phrase.part.text
            assert phrase.first <= phrase.head <= phrase.last < len(sentence.tokens)

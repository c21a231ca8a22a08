"""Actors: the fullest name that the report gives, and whom words that only point back stand for."""

import pytest

from dateline.reading.actors import find_actors, mentioned
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.record import Actor, Report


def actors(text: str, title: str | None = None) -> list[Actor]:
    parties = find_actors(tag(split(Report(text=text, title=title))))
    return [parties.of(phrase) for phrase in parties.phrases]


def last_named(text: str, written: str) -> str:
    """The name of the last phrase that is written so."""
    return [actor for actor in actors(text) if actor.text == written][-1].name


@pytest.mark.parametrize(("text", "written", "name"), [
    # Acronyms in brackets, before and after they are told
    ("The International Organisation for Migration (IOM) said people fled. IOM gave tents.", "IOM",
     "International Organisation for Migration"),
    ("The Free Syrian Army (FSA) attacked. The FSA withdrew on Monday.", "The FSA", "Free Syrian Army"),
    # Surnames
    ("Nouri al-Maliki spoke on Monday. The army obeyed Maliki.", "Maliki", "Nouri al-Maliki"),
    ("President Bashar al-Assad met Sergei Lavrov. Assad thanked Lavrov.", "Assad", "Bashar al-Assad"),
    ("Captain Ahmed Nur of the police spoke. Nur did not say more.", "Nur", "Ahmed Nur"),
    # Titles and articles are no part of a name
    ("Gen. John Smith left.", "Gen. John Smith", "John Smith"),
    ("The Taliban attacked the post.", "The Taliban", "Taliban"),
    # Demonyms
    ("Israeli jets bombed the camp.", "Israeli", "Israel"),
    ("Syrian government forces shelled the rebels.", "Syrian", "Syria"),
    # Pronouns
    ("Bashar al-Assad spoke on Monday. He thanked the army.", "He", "Bashar al-Assad"),
    ("The army said that it had withdrawn.", "it", "army"),
    ("The Taliban attacked the post. They killed six soldiers.", "They", "Taliban"),
    # Relatives
    ("Fighters who seized the town fled.", "who", "Fighters"),
    ("Soldiers attacked the rebels, which retreated.", "which", "rebels"),
    # Definite nouns that stand for a group
    ("The Taliban attacked the post. The group said it had killed six soldiers.", "The group", "Taliban"),
])  # fmt: skip
def test_the_fullest_name(text: str, written: str, name: str) -> None:
    assert last_named(text, written) == name


def test_a_capital_that_acts_is_the_government() -> None:
    (washington,) = [actor for actor in actors("Washington condemned the attack.") if actor.text == "Washington"]
    assert (washington.kind, washington.country) == ("government", "US")
    assert "government" in washington.name


def test_a_demonym_is_a_state() -> None:
    (israeli,) = [actor for actor in actors("Israeli jets bombed the camp.") if actor.text == "Israeli"]
    assert (israeli.kind, israeli.country) == ("state", "IL")


@pytest.mark.parametrize(("text", "kind"), [
    ("The army attacked.", "military"), ("Police arrested five men.", "police"), ("Rebels attacked.", "armed_group"),
    ("Villagers fled.", "civilians"), ("The ministry denied it.", "government"),
    ("Bashar al-Assad met the envoy.", "person"),
])  # fmt: skip
def test_kinds(text: str, kind: str) -> None:
    assert actors(text)[0].kind == kind


def test_a_name_from_the_title_is_known_in_the_text() -> None:
    found = actors("Assad thanked the army.", title="Bashar al-Assad visits the front")
    assert [actor.name for actor in found if actor.text == "Assad"] == ["Bashar al-Assad"]


def test_nobody_before_is_nobody() -> None:
    """A pronoun with nothing to point at keeps its own word: no name is made up."""
    assert actors("He left on Monday.")[0].name == "He"


def test_mentions_are_parties_on_their_face() -> None:
    parties = find_actors(tag(split(Report(text="The Syrian army and rebels fought for the bridge, and he left."))))
    assert [actor.text for actor in mentioned(parties)] == ["The Syrian army", "Syrian", "rebels"]


def test_actors_stand_where_they_say() -> None:
    text = "The Free Syrian Army (FSA) said it had left.\n\nRussian jets bombed its men; “they fled”, Moscow said."
    for actor in actors(text):
        assert actor.span.of(text) == actor.text
        assert actor.name

"""Roles: who does what to whom, where, when and how many, on plain invented sentences through the stages before."""

from datetime import date

import pytest

from dateline.codes import EventType
from dateline.reading.actors import find_actors
from dateline.reading.figures import find_figures
from dateline.reading.places import find_places
from dateline.reading.reader import load
from dateline.reading.roles import MOST, ROLES, THRESHOLDS, Link, assign, candidates
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.times import find_times
from dateline.reading.triggers import Trigger
from dateline.record import Part, Report


def linked(text: str, word: str, event: EventType) -> tuple[dict[str, list[str]], tuple[Link, ...]]:
    """The words in each role of the trigger `word`, the trigger itself given."""
    sentences = tag(split(Report(text=text)))
    parties = find_actors(sentences)
    places, _ = find_places(sentences, dateline=None)
    times, _ = find_times(sentences, published=date(2014, 6, 17))
    figures, _ = find_figures(sentences)
    start = text.index(word)
    sentence = next(s for s in sentences if s.span.start <= start < s.span.end)
    inside = [k for k, t in enumerate(sentence.tokens) if start <= t.start < start + len(word)]
    trigger = Trigger(event=event, part=sentence.part(start, start + len(word)), sentence=sentence.index,
                      first=inside[0], last=inside[-1], score=1.0)  # fmt: skip
    held = candidates(sentences, parties, places, times, figures)
    links = assign([trigger], sentences, held, load().look(sentences))
    things: dict[str, list[Part]] = {
        "party": [p.part for p in parties.phrases], "place": [*places], "time": [*times], "figure": [*figures],
    }  # fmt: skip
    made: dict[str, list[str]] = {}
    for link in links:
        made.setdefault(link.role, []).append(things[link.kind][link.thing].text)
    return made, links


@pytest.mark.parametrize(("text", "word", "event", "role", "words"), [
    # Active and passive
    ("Israeli jets bombed the city of Raqqa on Monday.", "bombed", "air_strike", "actor", "Israeli jets"),
    ("The city of Raqqa was bombed by Israeli jets on Monday.", "bombed", "air_strike", "actor", "Israeli jets"),
    ("The army captured the town of Idlib on Monday.", "captured", "territory_gained", "actor", "The army"),
    ("Police arrested 12 suspected militants in Kirkuk.", "arrested", "detention", "actor", "Police"),
    ("Police arrested 12 suspected militants in Kirkuk.", "arrested", "detention", "target", "suspected militants"),
    ("The minister condemned the rebels on Monday.", "condemned", "condemnation", "actor", "The minister"),
    # Both sides of a battle act
    ("Clashes between the army and rebels in Aleppo killed 30 people.", "Clashes", "battle", "actor", "the army"),
    ("Clashes between the army and rebels in Aleppo killed 30 people.", "Clashes", "battle", "actor", "rebels"),
    # Places
    ("Rebels shelled the town of Homs on Monday.", "shelled", "shelling", "at", "Homs"),
    ("About 500,000 people fled from Mosul to Erbil last week.", "fled", "displacement", "from", "Mosul"),
    ("About 500,000 people fled from Mosul to Erbil last week.", "fled", "displacement", "to", "Erbil"),
    ("The army withdrew from Homs on Monday.", "withdrew", "territory_lost", "from", "Homs"),
    ("The United States sent 300 troops to Iraq.", "sent", "deployment", "to", "Iraq"),
    # Times and figures
    ("Rebels shelled the town of Homs on Monday.", "shelled", "shelling", "when", "Monday"),
    ("About 500,000 people fled from Mosul to Erbil last week.", "fled", "displacement", "when", "last week"),
    ("About 500,000 people fled from Mosul to Erbil last week.", "fled", "displacement", "figure", "About 500,000"),
    ("Clashes between the army and rebels in Aleppo killed 30 people.", "Clashes", "battle", "figure", "30"),
])  # fmt: skip
def test_who_does_what_to_whom(text: str, word: str, event: EventType, role: str, words: str) -> None:
    assert words in linked(text, word, event)[0].get(role, [])


def test_a_source_is_no_actor() -> None:
    made, _ = linked("Rebels shelled the town of Homs on Monday, the United Nations said.", "shelled", "shelling")
    assert made["actor"] == ["Rebels"]


def test_own_places_come_before_those_of_the_sentence_before() -> None:
    made, _ = linked("Fighting broke out in Aleppo. Rebels shelled the town of Homs.", "shelled", "shelling")
    assert made["at"] == ["Homs"]


def test_links_are_sure_enough_and_of_known_roles() -> None:
    text = "Rebels and the army fought in Aleppo on Monday; 30 people were killed and 12 men fled from Homs to Hama."
    _, links = linked(text, "fought", "battle")
    assert links
    for link in links:
        assert link.role in ROLES[link.kind]
        assert THRESHOLDS[link.kind] <= link.score <= 1


def test_no_trigger_no_roles() -> None:
    assert assign([], (), [], load().look(())) == ()


def test_junk_without_an_end_is_read_in_bounded_pairs() -> None:
    sentences = tag(split(Report(text="KILLED IN MOSUL " * 125)))
    places, _ = find_places(sentences, dateline=None)
    held = candidates(sentences, find_actors(sentences), places, (), ())
    assert sum(c.kind == "party" for c in held[0]) == MOST
    assert max(sum(c.kind == kind for c in row) for row in held for kind in ROLES) <= MOST

"""Roles: who does what to whom, where, when and how many, on plain invented sentences through the stages before."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from place_reading import places_of

from dateline.codes import EventType
from dateline.reading import reader
from dateline.reading.actors import find_actors
from dateline.reading.figures import find_figures
from dateline.reading.reader import View, load
from dateline.reading.roles import (
    EDGE,
    MOST,
    NEW,
    ROLES,
    THRESHOLDS,
    UNNAMED,
    Candidate,
    Kind,
    Link,
    assign,
    candidates,
    runs,
)
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.times import find_times
from dateline.reading.triggers import Trigger
from dateline.reading.words import Sentence, Token
from dateline.record import Part, Report, Span


def linked(text: str, word: str, event: EventType) -> tuple[dict[str, list[str]], tuple[Link, ...]]:
    """The words in each role of the trigger `word`, the trigger itself given."""
    sentences = tag(split(Report(text=text)))
    parties = find_actors(sentences)
    places, _ = places_of(sentences)
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
    places, _ = places_of(sentences)
    held = candidates(sentences, find_actors(sentences), places, (), ())
    assert sum(c.kind == "party" for c in held[0]) == MOST
    assert max(sum(c.kind == kind for c in row) for row in held for kind in ROLES) <= MOST


# --- words that no stage before named, with views made by hand -----------------------------------------------

SURE, LIKELY, UNSURE = 0.9, 0.5, 0.1
TAGGED = (
    "Gunmen/NOUN burned/VERB the/DET old/ADJ bus/NOUN stop/NOUN near/ADP our/PRON yard/NOUN ,/PUNCT they/PRON said/VERB"
)


def tagged(words: str) -> Sentence:
    pairs = [word.rsplit("/", 1) for word in words.split()]
    text = " ".join(word for word, _ in pairs)
    starts = np.cumsum([0] + [len(word) + 1 for word, _ in pairs]).tolist()
    tokens = tuple(Token(text=w, start=a, end=a + len(w), tag=tag) for (w, tag), a in zip(pairs, starts, strict=False))
    return Sentence(index=0, text=text, span=Span(0, len(text)), tokens=tokens)


def view_of(size: int, **given: dict[int, float]) -> View:
    """A view of one sentence of `size` words: by role, the words that are more than UNSURE to play it."""
    roles = np.full((size, len(reader.ROLES)), UNSURE, np.float32)
    for role, words in given.items():
        for t, score in words.items():
            roles[t, reader.ROLES.index(role)] = score
    return View([(0, t) for t in range(size)], roles)


class Looked:
    """A look that has one view for every trigger."""

    def __init__(self, view: View) -> None:
        self._view = view

    def view(self, sentence: int, tokens: object) -> View:
        return self._view


def party(thing: int, first: int, last: int, kind: Kind = "party") -> Candidate:
    return Candidate(kind=kind, sentence=0, first=first, last=last, head=last, thing=thing)


def given_roles(held: list[Candidate], seen: int | None = None, **roles: dict[int, float]) -> set[Any]:
    """(role, thing, first word, last word) of all that the trigger "burned" is given."""
    sentence = tagged(TAGGED)
    start, end = sentence.tokens[1].start, sentence.tokens[1].end
    trigger = Trigger(event="destruction", part=sentence.part(start, end), sentence=0, first=1, last=1, score=1.0)
    view = view_of(len(sentence.tokens) if seen is None else seen, **roles)
    links = assign([trigger], [sentence], [held], Looked(view))  # type: ignore[arg-type]
    return {(link.role, link.thing, link.first, link.last) for link in links}


def test_a_run_has_a_sure_word_and_ends_where_words_are_unsure() -> None:
    view = view_of(9, target={1: EDGE + 0.01, 2: SURE, 3: LIKELY, 5: LIKELY, 6: LIKELY, 8: 0.8})
    assert runs(view, 0, 9, "target", 0.7) == [(1, 3), (8, 8)]
    assert runs(view, 0, 9, "target", 0.5) == [(1, 3), (5, 6), (8, 8)]
    assert runs(view, 0, 9, "target", 0.95) == []
    assert runs(view, 0, 9, "actor", 0.5) == []


def test_a_run_may_be_all_of_a_sentence() -> None:
    assert runs(view_of(3, at=dict.fromkeys(range(3), SURE)), 0, 3, "at", 0.6) == [(0, 2)]


def test_words_that_were_not_seen_are_in_no_run() -> None:
    """A sentence that the window cut off: its words beyond are neither sure nor an end that breaks anything."""
    view = view_of(4, at={2: SURE, 3: SURE})
    assert runs(view, 0, 12, "at", 0.6) == [(2, 3)]
    assert runs(View((), np.zeros((0, len(reader.ROLES)), np.float32)), 0, 12, "at", 0.6) == []


def test_a_view_leaves_out_the_words_of_other_windows() -> None:
    roles = np.arange(30, dtype=np.float32).reshape(3, 10)
    view = View([(4, 0), (4, 1), (5, 0)], roles)
    assert view.of(4, 0, 9, "actor").tolist() == [0, 10]
    assert view.of(5, 0, 0, "hedge").tolist() == [29]
    assert view.of(6, 0, 3, "actor").tolist() == []


@pytest.mark.parametrize(
    ("kind", "role"), [("party", "actor"), ("party", "target"), ("place", "at"), ("place", "from")]
)
def test_words_that_no_stage_named_have_a_role_where_the_reader_is_sure(kind: Kind, role: str) -> None:
    least = UNNAMED[kind] + 0.01
    assert given_roles([], **{role: {3: EDGE + 0.01, 4: EDGE + 0.01, 5: least}}) == {(role, NEW, 3, 5)}
    assert given_roles([], **{role: {3: EDGE + 0.01, 4: EDGE + 0.01, 5: least - 0.02}}) == set()


def test_times_and_figures_come_from_their_own_stages_alone() -> None:
    assert given_roles([], when={4: SURE}, figure={5: SURE}) == set()


def test_a_named_phrase_comes_before_a_run_of_words() -> None:
    held = [party(7, 2, 5)]
    # The phrase has the role; the run is its words and makes no second party.
    assert given_roles(held, target={3: SURE, 4: SURE, 5: SURE}) == {("target", 7, 2, 5)}
    # Of another kind it takes nothing away.
    assert ("at", NEW, 4, 5) in given_roles(held, target={5: SURE}, at={4: SURE, 5: SURE})
    # Even a phrase that has no role keeps its words from a run that goes on beyond them.
    assert given_roles([party(7, 8, 8)], target={7: SURE, 8: EDGE + 0.01}) == set()


def test_a_run_that_holds_the_trigger_or_no_word_of_weight_has_no_role() -> None:
    assert given_roles([], target={1: SURE, 2: SURE, 3: SURE}) == set()
    assert given_roles([], at={6: SURE}) == set()  # "near"
    assert given_roles([], at={9: SURE}) == set()  # a comma
    assert given_roles([], target={10: SURE}) == {("target", NEW, 10, 10)}  # "they"


def test_words_of_one_kind_have_one_role() -> None:
    assert given_roles([], actor={4: SURE, 5: SURE}, target={4: SURE, 5: SURE}) == {("actor", NEW, 4, 5)}


def test_parties_in_one_run_of_words_are_one() -> None:
    held = [party(0, 2, 3), party(1, 4, 5)]
    one: dict[int, float] = dict.fromkeys(range(2, 6), SURE)
    assert given_roles(held, target=one) == {("target", NEW, 2, 5)}
    # With a word between them that plays no role they are two, and so are two of different roles.
    apart = [party(0, 2, 3), party(1, 5, 5)]
    assert given_roles(apart, target={2: SURE, 3: SURE, 5: SURE}) == {("target", 0, 2, 3), ("target", 1, 5, 5)}
    assert given_roles(held, actor={2: SURE, 3: SURE}, target={4: SURE, 5: SURE}) == {
        ("actor", 0, 2, 3), ("target", 1, 4, 5),
    }  # fmt: skip


def test_a_phrase_is_as_sure_as_its_head_and_its_surest_word() -> None:
    least = THRESHOLDS["party"] + 0.01
    held = [party(0, 3, 5)]
    assert given_roles(held, target={5: least}) == {("target", 0, 3, 5)}
    assert given_roles(held, target={3: least + 0.2, 5: least - 0.1}) == {("target", 0, 3, 5)}
    assert given_roles(held, target={3: least + 0.1, 5: least - 0.2}) == set()


def test_roles_of_a_trigger_that_was_not_seen_are_none() -> None:
    assert given_roles([party(0, 2, 5)], seen=0) == set()

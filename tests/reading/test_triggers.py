"""Triggers: the words that name an event, each with its type. All sentences are invented."""

import pytest

from dateline.codes import EVENTS
from dateline.reading.reader import load
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.triggers import Trigger, find_triggers
from dateline.reading.words import Sentence
from dateline.record import Report


def triggers(text: str) -> tuple[tuple[Sentence, ...], tuple[Trigger, ...]]:
    sentences = tag(split(Report(text=text)))
    return sentences, find_triggers(sentences, load().look(sentences).events)


@pytest.mark.parametrize(("text", "word", "event"), [
    ("Clashes between the army and rebels in Aleppo killed 30 people on Monday.", "Clashes", "battle"),
    ("Warplanes bombed the city of Raqqa on Monday.", "bombed", "air_strike"),
    ("Rebels shelled the town of Homs on Monday.", "shelled", "shelling"),
    ("A car bomb exploded in Mogadishu on Sunday, killing nine people.", "exploded", "bombing"),
    ("Militants executed dozens of captured soldiers near Tikrit, witnesses said.", "executed", "killing"),
    ("Police arrested 12 suspected militants in Kirkuk on Monday.", "arrested", "detention"),
    ("Government troops captured the town of Idlib on Monday.", "captured", "territory_gained"),
    ("The army is preparing to launch an offensive on Mosul.", "offensive", "offensive"),
    ("The United States sent 300 troops to Iraq on Monday.", "sent", "deployment"),
    ("About 500,000 people fled from Mosul to Erbil last week.", "fled", "displacement"),
    ("The two leaders held talks in Ankara on Monday.", "talks", "talks"),
    ("The foreign minister condemned the attack on the hospital.", "condemned", "condemnation"),
    ("The president urged rebels to stop shelling the town of Homs.", "urged", "demand"),
    ("The United States imposed sanctions on the group on Monday.", "sanctions", "sanction"),
    ("Thousands of demonstrators protested in the capital on Friday.", "protested", "protest"),
    ("The group controls large areas of northern Syria.", "controls", "territory_held"),
])  # fmt: skip
def test_events_are_told_by_their_type(text: str, word: str, event: str) -> None:
    at = text.index(word)
    found = [t.event for t in triggers(text)[1] if t.part.span.start < at + len(word) and at < t.part.span.end]
    assert found == [event]


@pytest.mark.parametrize("text", [
    "The museum opens at ten in the morning and tickets cost five pounds.",
    "Her new novel was published in May to kind reviews.",
    "It was a warm evening, and the children played football in the street.",
    "", "... !!!",
])  # fmt: skip
def test_nothing_of_conflict_has_no_trigger(text: str) -> None:
    assert triggers(text)[1] == ()


def test_triggers_stand_in_their_sentence_and_do_not_overlap() -> None:
    text = (
        "Rebels shelled Homs and captured two villages on Monday, the army said. Thousands of people fled to Hama.\n\n"
        "Government troops launched an offensive on Tuesday. Clashes continued near Idlib, killing 30 fighters."
    )
    sentences, found = triggers(text)
    assert len(found) >= 3
    end = 0
    for trigger in found:
        sentence = sentences[trigger.sentence]
        assert trigger.part.span.of(text) == trigger.part.text
        assert sentence.tokens[trigger.first].start == trigger.part.span.start >= end
        assert sentence.tokens[trigger.last].end == trigger.part.span.end
        assert trigger.event in EVENTS
        assert 0 < trigger.score <= 1
        end = trigger.part.span.end


def test_a_higher_threshold_finds_no_more() -> None:
    sentences, _ = triggers("Rebels shelled Homs and captured two villages. People fled. The minister met the envoy.")
    events = load().look(sentences).events
    counts = [len(find_triggers(sentences, events, threshold)) for threshold in (0.05, 0.2, 0.5, 0.9, 1.01)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0

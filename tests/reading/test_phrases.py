"""Noun phrases without a parser: what belongs together, what is its head, and what is left out of it."""

import pytest

from dateline.reading.phrases import Phrase, noun_phrases
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.words import Sentence
from dateline.record import Report


def phrases(text: str) -> tuple[Sentence, tuple[Phrase, ...]]:
    (sentence,) = tag(split(Report(text=text)))
    return sentence, noun_phrases(sentence)


@pytest.mark.parametrize(("text", "expected"), [
    ("Rebels shelled the town.", ["Rebels", "the town"]),
    ("The Saudi-led coalition bombed the port.", ["The Saudi-led coalition", "Saudi", "the port"]),
    ("Israeli jets bombed the camp.", ["Israeli jets", "Israeli", "the camp"]),
    ("At least 12 soldiers and five policemen were wounded.", ["soldiers", "policemen"]),  # the count is a figure
    ("Members of the Okaish family were killed.", ["Members of the Okaish family"]),
    ("Fighters who seized the town fled.", ["Fighters", "who", "the town"]),
    ("The army said that it had withdrawn.", ["The army", "it"]),
    ("He and his troops left.", ["He", "his troops"]),
    ("Security forces today shelled the town.", ["Security forces", "the town"]),  # words of time close a phrase
])  # fmt: skip
def test_what_belongs_together(text: str, expected: list[str]) -> None:
    assert [phrase.part.text for phrase in phrases(text)[1]] == expected


@pytest.mark.parametrize(("text", "kinds"), [
    ("Rebels shelled the town.", ["noun", "noun"]),
    ("Assad met Lavrov.", ["name", "name"]),
    ("Israeli jets bombed the camp.", ["noun", "modifier", "noun"]),
    ("Fighters who seized the town fled.", ["noun", "relative", "noun"]),
    ("The army said that it had withdrawn.", ["noun", "pronoun"]),
])  # fmt: skip
def test_kinds(text: str, kinds: list[str]) -> None:
    assert [phrase.kind for phrase in phrases(text)[1]] == kinds


@pytest.mark.parametrize(("text", "head"), [
    ("The armed wing of the group attacked.", "wing"),
    ("Members of the Okaish family were killed.", "Members"),
    ("Government troops attacked.", "troops"),
])  # fmt: skip
def test_the_head_is_the_last_noun_before_of(text: str, head: str) -> None:
    sentence, found = phrases(text)
    assert sentence.tokens[found[0].head].text == head


def test_phrases_stand_where_they_say() -> None:
    text = "Twelve soldiers, three of them officers, and 40 members of the Kurdish YPG were killed by Turkish jets."
    sentence, found = phrases(text)
    for phrase in found:
        assert phrase.part.span.of(text) == phrase.part.text
        assert 0 <= phrase.first <= phrase.head <= phrase.last < len(sentence.tokens)
        assert phrase.sentence == sentence.index

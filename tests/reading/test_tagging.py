"""Parts of speech and names on short plain sentences; the model is measured in its label, this only keeps it sane."""

import pytest

from dateline.reading.sentences import split
from dateline.reading.tagging import is_shouted, mended, shape, tag
from dateline.record import Report


@pytest.mark.parametrize(("text", "tags"), [
    ("Rebels shelled the town on Monday.", "NOUN VERB DET NOUN ADP PROPN PUNCT"),
    ("The army has withdrawn from Homs.", "DET NOUN AUX VERB ADP PROPN PUNCT"),
    ("At least 12 people were killed.", "ADV ADV NUM NOUN AUX VERB PUNCT"),
    ("He said that they would attack.", "PRON VERB SCONJ PRON AUX VERB PUNCT"),
])  # fmt: skip
def test_parts_of_speech(text: str, tags: str) -> None:
    (sentence,) = tag(split(Report(text=text)))
    assert " ".join(token.tag for token in sentence.tokens) == tags


@pytest.mark.parametrize(("text", "names"), [
    ("Bashar al-Assad met Sergei Lavrov in Damascus on Monday.", ["PER", "PER", "LOC"]),
    ("The United Nations sent food to Syria on Monday.", ["ORG", "LOC"]),
    ("Israeli jets bombed the city of Aleppo on Monday.", ["NORP", "LOC"]),
    ("Rebels attacked the village at dawn, residents said.", []),
])  # fmt: skip
def test_names(text: str, names: list[str]) -> None:
    (sentence,) = tag(split(Report(text=text)))
    assert [token.name[2:] for token in sentence.tokens if token.name.startswith("B-")] == names


def test_capitals_are_read_as_words() -> None:
    (sentence,) = tag(split(Report(text="REBELS SHELLED THE TOWN OF HOMS ON MONDAY.")))
    assert [t.tag for t in sentence.tokens][1:5] == ["VERB", "DET", "NOUN", "ADP"]


def test_tagging_changes_nothing_else() -> None:
    before = split(Report(text="Rebels shelled Homs. Troops, 300 of them, left Hama.", title="Town falls"))
    after = tag(before)
    assert [(s.text, s.span, s.where, s.kind) for s in after] == [(s.text, s.span, s.where, s.kind) for s in before]
    assert [[(t.text, t.span) for t in s.tokens] for s in after] == [
        [(t.text, t.span) for t in s.tokens] for s in before
    ]
    assert all(token.tag for sentence in after for token in sentence.tokens)


def test_no_sentence_no_tags() -> None:
    assert tag(()) == ()


@pytest.mark.parametrize(("found", "made"), [
    (["I-PER", "I-PER", "O"], ["B-PER", "I-PER", "O"]),
    (["B-PER", "I-ORG"], ["B-PER", "B-ORG"]),
    (["O", "I-LOC", "O", "I-LOC"], ["O", "B-LOC", "O", "B-LOC"]),
    (["B-ORG", "I-ORG", "B-ORG"], ["B-ORG", "I-ORG", "B-ORG"]),
])  # fmt: skip
def test_names_hold_together(found: list[str], made: list[str]) -> None:
    assert mended(found) == made


@pytest.mark.parametrize(
    ("word", "made"), [("al-Maliki", "a-Aa"), ("1,700", "9,9"), ("UN", "A"), ("F-16", "A-9"), ("", "")]
)
def test_shapes(word: str, made: str) -> None:
    assert shape(word) == made


@pytest.mark.parametrize(("words", "shouted"), [
    ("REBELS SHELLED HOMS ON MONDAY", True), ("The UN and NATO met in ROME", False), ("ONLY THREE WORDS", False),
])  # fmt: skip
def test_capitals_are_told(words: str, shouted: bool) -> None:
    assert is_shouted(words.split()) is shouted

"""Words cut into pieces, by a small vocabulary made for these tests and by the one that lies beside the weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.pieces import KEPT, LONGEST, Pieces
from dateline.reading.reader import home

VOCABULARY = (
    "[PAD] [UNK] [CLS] [SEP] shell shelled ##ed ##ing un ##shell ##s market cafe a ##a - ' . , ! ’ — 1 ##4 14"
).split()


@pytest.fixture
def pieces() -> Pieces:
    return Pieces(VOCABULARY)


@pytest.fixture(scope="module")
def shipped() -> Pieces:
    return Pieces((home("default") / "vocabulary.txt").read_text("utf-8").splitlines())


def named(pieces: Pieces, word: str) -> list[str]:
    return [VOCABULARY[n] for n in pieces.of(word)]


@pytest.mark.parametrize(("word", "parts"), [
    ("market", "market"),
    ("shelled", "shelled"),  # whole, though "shell" and "##ed" would do
    ("shelling", "shell ##ing"),
    ("unshelled", "un ##shell ##ed"),
    ("markets", "market ##s"),
    ("14", "14"),
    # Capitals and accents make no difference; a mark that is part of the letter neither.
    ("Market", "market"), ("SHELLED", "shelled"), ("Café", "cafe"), ("Cafe\u0301", "cafe"),
    # Punctuation stands apart, and what follows it begins a word again.
    ("market.", "market ."), ("un-shelled", "un - shelled"), ("market's", "market ' [UNK]"), ("a’a", "a ’ a"),
    ("—market", "— market"), ("!!", "! !"), ("1,4", "1 , [UNK]"),
    # A word with any part that is in no vocabulary is unknown as a whole, never half of it.
    ("shellx", "[UNK]"), ("xshell", "[UNK]"), ("zebra", "[UNK]"), ("سوق", "[UNK]"), ("market-zebra", "market - [UNK]"),
    # What has no letters left still takes its one piece, so that every word starts somewhere.
    ("\u0301", "[UNK]"), ("\u200b", "[UNK]"), ("", "[UNK]"), (" ", "[UNK]"),
    ("mar\u200bket", "market"), ("mar\u00adket", "market"), ("\ufeffmarket", "market"),
    ("a a", "a a"), ("a\u00a0a", "a a"),
])  # fmt: skip
def test_a_word_is_cut_into_its_longest_pieces(pieces: Pieces, word: str, parts: str) -> None:
    assert named(pieces, word) == parts.split()


def test_a_very_long_word_is_unknown(pieces: Pieces) -> None:
    assert named(pieces, "a" * LONGEST) == ["a", *["##a"] * (LONGEST - 1)]
    assert named(pieces, "a" * (LONGEST + 1)) == ["[UNK]"]
    assert named(pieces, "a" * (LONGEST + 1) + "-market") == ["[UNK]", "-", "market"]


@pytest.mark.parametrize(("first", "last"), [("[CLS]", "[SEP]"), ("<s>", "</s>")])
def test_the_special_pieces_of_both_encoders_are_known(first: str, last: str) -> None:
    pieces = Pieces(["[UNK]", last, "shell", first])
    assert (pieces.first, pieces.last, pieces.unknown, len(pieces)) == (3, 1, 0, 4)


def test_what_is_remembered_has_a_limit_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.reading.pieces.KEPT", 2)
    words = ["shelling", "market", "markets", "café", "shelling", "markets"]
    pieces = Pieces(VOCABULARY)
    assert [pieces.of(w) for w in words] == [Pieces(VOCABULARY).of(w) for w in words]
    assert len(pieces._seen) == 2 < KEPT


@given(st.text(max_size=30))
def test_any_text_has_pieces_of_the_vocabulary(word: str) -> None:
    pieces = Pieces(VOCABULARY)
    made = pieces.of(word)
    assert made
    assert all(pieces.unknown == n or n > pieces.last for n in made)


@given(st.lists(st.sampled_from(["shell", "ed", "ing", "s", "a", "market"]), min_size=1, max_size=4).map("".join))
def test_pieces_put_together_are_the_word(word: str) -> None:
    parts = named(Pieces(VOCABULARY), word)
    assert parts == ["[UNK]"] or "".join(p.removeprefix("##") for p in parts) == word
    assert all(p.startswith("##") for p in parts[1:])


def test_the_shipped_vocabulary_knows_the_words_of_the_field(shipped: Pieces) -> None:
    """The vocabulary is that of uncased BERT: common words are one piece, so windows hold what they are meant to."""
    words = "the army attacked rebels near a village killed soldiers said on monday .".split()
    assert [w for w in words if len(shipped.of(w)) != 1 or shipped.of(w) == (shipped.unknown,)] == []
    assert shipped.of("Army") == shipped.of("army")
    assert len(shipped.of("Kanyaruchinya")) > 1
    assert shipped.unknown not in shipped.of("Kanyaruchinya")
    assert len(shipped) > 30_000

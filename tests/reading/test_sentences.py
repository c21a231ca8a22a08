"""Sentences: where they end, which lines belong together, and offsets that stay true."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading.sentences import split, token_at, tokenize
from dateline.record import LayoutPart, LeftOut, Report, Span


def sentences(text: str) -> list[str]:
    return [s.text for s in split(Report(text=text))]


@pytest.mark.parametrize(("text", "expected"), [
    # Abbreviations
    ("Gen. Smith met Mr. Jones at 3 p.m. on Monday. They talked.",
     ["Gen. Smith met Mr. Jones at 3 p.m. on Monday.", "They talked."]),
    ("The U.S. sent troops. The U.N. objected.", ["The U.S. sent troops.", "The U.N. objected."]),
    ("He lives in the U.S. The army left.", ["He lives in the U.S.", "The army left."]),
    ("A.J. Smith spoke. J. K. Rowling did not.", ["A.J. Smith spoke.", "J. K. Rowling did not."]),
    ("On Sept. 11 Lt. Col. Ali left No. 10. He went home.", ["On Sept. 11 Lt. Col. Ali left No. 10.", "He went home."]),
    ("It cost $2.5m. Nobody paid.", ["It cost $2.5m.", "Nobody paid."]),
    # Quotations
    ('"We will fight," he said. "We will win."', ['"We will fight," he said.', '"We will win."']),
    ("“Stop!” he shouted. Nobody did.", ["“Stop!” he shouted.", "Nobody did."]),
    ('He said: "Rebels fled. Troops stayed." She agreed.',
     ['He said: "Rebels fled.', 'Troops stayed."', "She agreed."]),
    ("'The town has fallen,' he said. Nobody denied it.", ["'The town has fallen,' he said.", "Nobody denied it."]),
    # Other ends
    ("Rebels shelled Homs... Twelve died.", ["Rebels shelled Homs...", "Twelve died."]),
    ("Was it shelled? Nobody knows!", ["Was it shelled?", "Nobody knows!"]),
    ("Rebels shelled Homs.Troops left Hama.", ["Rebels shelled Homs.", "Troops left Hama."]),
    ("Rebels shelled Homs (a city). Troops left.", ["Rebels shelled Homs (a city).", "Troops left."]),
    ("no capitals are written here at all. rebels shelled homs on monday. twelve people died.",
     ["no capitals are written here at all.", "rebels shelled homs on monday.", "twelve people died."]),
    # Lines
    ("The army shelled the town of Homs in the north of the country\non Monday and killed 12 people.",
     ["The army shelled the town of Homs in the north of the country\non Monday and killed 12 people."]),
    ("Key figures\n- 12 killed\n- 30 wounded\nRebels shelled Homs.",
     ["Key figures", "- 12 killed", "- 30 wounded", "Rebels shelled Homs."]),
    ("1. Rebels shelled Homs.\n2. Troops left Hama.", ["Rebels shelled Homs.", "Troops left Hama."]),
    ("REBELS SHELLED HOMS AND HAMA ON\nMONDAY. TWELVE KILLED,\nPOLICE SAY.",
     ["REBELS SHELLED HOMS AND HAMA ON\nMONDAY.", "TWELVE KILLED,\nPOLICE SAY."]),
    ("Town falls\n\nRebels took Homs. It burns.", ["Town falls", "Rebels took Homs.", "It burns."]),
    # Nothing to read
    ("", []), (" \n\n ", []), ("... -- !!", []),
])  # fmt: skip
def test_where_sentences_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_title_that_is_not_part_of_the_text_comes_first() -> None:
    made = split(Report(text="Rebels took Homs.", title="Town falls"))
    assert [(s.text, s.where, s.kind, s.index) for s in made] == [
        ("Town falls", "title", "headline", 0), ("Rebels took Homs.", "text", "body", 1),
    ]  # fmt: skip


def test_what_is_left_out_and_date_lines_are_no_sentences() -> None:
    text = "Town falls\n17 June 2014\nRebels took Homs.\nSubscribe now."
    parts = (
        LayoutPart(kind="headline", text="Town falls", span=Span(0, 10)),
        LayoutPart(kind="date_line", text="17 June 2014", span=Span(11, 23)),
    )
    cut = LeftOut(span=Span(text.index("Subscribe"), len(text)), reason="subscription notice")
    made = split(Report(text=text, title="Town falls", layout=parts), [cut])
    assert [(s.text, s.kind) for s in made] == [("Town falls", "headline"), ("Rebels took Homs.", "body")]


def test_what_never_ends_is_cut() -> None:
    made = sentences("Rebels shelled Homs, " * 400)
    assert max(map(len, made)) <= 1000
    assert "".join(made).replace(" ", "") == "Rebels shelled Homs, ".replace(" ", "") * 400


@pytest.mark.parametrize(("text", "words"), [
    ("The army's 1,700 men didn't flee al-Qaim.",
     ["The", "army", "'s", "1,700", "men", "did", "n't", "flee", "al-Qaim", "."]),
    ("U.S. jets hit F-16s at 19:30.", ["U.S.", "jets", "hit", "F-16s", "at", "19:30", "."]),
    ("“They’re here,” he said", ["“", "They", "’re", "here", ",", "”", "he", "said"]),
])  # fmt: skip
def test_words(text: str, words: list[str]) -> None:
    assert [t.text for t in tokenize(text)] == words


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.text(alphabet=st.sampled_from("abAB .,!?\"'“”()-1\n\r\t5…é\u200b💥U.S"), max_size=200))
def test_every_offset_is_true(text: str) -> None:
    end = 0
    for at, sentence in enumerate(split(Report(text=text))):
        assert sentence.index == at
        assert sentence.span.of(text) == sentence.text
        assert sentence.span.start >= end
        end = sentence.span.end
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
            assert sentence.span.holds(token.span)
            assert sentence.tokens[token_at(sentence, token.start)] == token

"""Windows: every sentence of a report is seen once. All sentences are invented."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading.pieces import Pieces
from dateline.reading.windows import SIZE, Window, cut

# "long" has three pieces, each other word one; a number is unknown and has one piece as well.
PIECES = Pieces("[PAD] [UNK] [CLS] [SEP] the army shelled a lo ##n ##g village .".split())
ROOM = SIZE - 2


def held(windows: Sequence[Window]) -> list[list[int]]:
    """The sentences that each window holds."""
    return [sorted({s for s, _ in w.words}) for w in windows]


def of(*sizes: int) -> list[list[str]]:
    """Sentences of so many words, one piece each."""
    return [["army"] * size for size in sizes]


def test_a_short_report_is_one_window() -> None:
    sentences = [["The", "army", "shelled", "a", "village", "."], ["The", "long", "village", "."]]
    [window] = cut(sentences, PIECES)
    assert held([window]) == [[0, 1]]
    assert window.words == tuple((s, t) for s, words in enumerate(sentences) for t in range(len(words)))
    assert window.pieces == (2, 4, 5, 6, 7, 11, 12, 4, 8, 9, 10, 11, 12, 3)
    assert window.starts == (1, 2, 3, 4, 5, 6, 7, 8, 11, 12)


def test_a_window_ends_before_the_sentence_that_does_not_fit() -> None:
    exact = cut(of(ROOM - 100, 100), PIECES)
    assert held(exact) == [[0, 1]]
    assert len(exact[0].pieces) == SIZE
    assert held(cut(of(ROOM - 99, 100), PIECES)) == [[0], [1]]


def test_windows_are_about_as_long_and_no_more_than_are_needed() -> None:
    assert held(cut(of(*[50] * 5), PIECES)) == [[0, 1, 2], [3, 4]]
    assert held(cut(of(*[50] * 9), PIECES)) == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert held(cut(of(20, ROOM, 20), PIECES)) == [[0], [1], [2]]


@pytest.mark.parametrize("size", [ROOM + 1, 1000, 8000])
def test_a_sentence_that_is_too_long_is_cut_at_its_end(size: int) -> None:
    [window] = cut(of(size), PIECES)
    assert window.words == tuple((0, t) for t in range(ROOM))
    assert len(window.pieces) == SIZE
    before, after = cut(of(size, 5), PIECES)
    assert before == window
    assert after.words == tuple((1, t) for t in range(5))


def test_a_word_is_never_cut_in_its_middle() -> None:
    # 220 single pieces leave room for two more; "long" has three.
    [window] = cut([["army"] * (ROOM - 2) + ["long", "army"]], PIECES)
    assert window.words[-1] == (0, ROOM - 3)
    assert len(window.pieces) == SIZE - 2


def test_nothing_has_no_window() -> None:
    assert cut([], PIECES) == []


def test_a_shift_moves_the_first_border_only() -> None:
    plain, shifted = (cut(of(*[50] * 12), PIECES, shift=shift) for shift in (0, SIZE // 2))
    assert held(plain) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]
    assert held(shifted) == [[0], [1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11]]


REPORTS = st.lists(
    st.one_of(
        st.lists(st.sampled_from(["army", "long", "14", "village.", "—"]), min_size=1, max_size=80),
        st.integers(1, 400).map(lambda n: ["army"] * n),
    ),
    max_size=14,
)


@settings(max_examples=80, deadline=None)
@given(REPORTS)
def test_every_sentence_is_in_one_window_and_none_is_empty_or_too_large(sentences: list[list[str]]) -> None:
    windows = cut(sentences, PIECES)
    assert [s for part in held(windows) for s in part] == list(range(len(sentences)))
    for window in windows:
        assert list(window.words) == sorted(window.words)
        assert 3 <= len(window.pieces) <= SIZE
        assert (window.pieces[0], window.pieces[-1]) == (PIECES.first, PIECES.last)


@settings(max_examples=80, deadline=None)
@given(REPORTS)
def test_each_word_starts_at_its_own_pieces(sentences: list[list[str]]) -> None:
    for window in cut(sentences, PIECES):
        ends = [*window.starts[1:], len(window.pieces) - 1]
        assert len(window.words) == len(window.starts)
        for (s, t), start, end in zip(window.words, window.starts, ends, strict=True):
            assert window.pieces[start:end] == PIECES.of(sentences[s][t])


@settings(max_examples=80, deadline=None)
@given(REPORTS)
def test_all_words_of_a_sentence_that_fits_are_seen(sentences: list[list[str]]) -> None:
    for window in cut(sentences, PIECES):
        for s in {s for s, _ in window.words}:
            seen = [t for at, t in window.words if at == s]
            assert seen == list(range(len(seen)))
            if sum(len(PIECES.of(word)) for word in sentences[s]) <= ROOM:
                assert len(seen) == len(sentences[s])

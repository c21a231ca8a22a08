"""Windows: every sentence of a report is seen once, with what stands before it. All sentences are invented."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading.pieces import Pieces
from dateline.reading.windows import LEAD, SIZE, Window, cut

# "long" has three pieces, each other word one; a number is unknown and has one piece as well.
PIECES = Pieces("[PAD] [UNK] [CLS] [SEP] the army shelled a lo ##n ##g village .".split())
ROOM = SIZE - 2


def cores(windows: Sequence[Window], sentences: int) -> list[range]:
    """The sentences that each window speaks for: from its core to where the next one's begins."""
    ends = [*(w.core for w in windows[1:]), sentences] if windows else []
    return [range(w.core, end) for w, end in zip(windows, ends, strict=True)]


def of(*sizes: int) -> list[list[str]]:
    """Sentences of so many words, one piece each."""
    return [["army"] * size for size in sizes]


def test_a_short_report_is_one_window() -> None:
    sentences = [["The", "army", "shelled", "a", "village", "."], ["The", "long", "village", "."]]
    [window] = cut(sentences, PIECES)
    assert window.core == 0
    assert window.words == tuple((s, t) for s, words in enumerate(sentences) for t in range(len(words)))
    assert window.pieces == (2, 4, 5, 6, 7, 11, 12, 4, 8, 9, 10, 11, 12, 3)
    assert window.starts == (1, 2, 3, 4, 5, 6, 7, 8, 11, 12)


def test_a_window_ends_before_the_sentence_that_does_not_fit() -> None:
    exact = cut(of(ROOM - 100, 100), PIECES)
    assert [w.core for w in exact] == [0]
    assert len(exact[0].pieces) == SIZE
    assert [w.core for w in cut(of(ROOM - 99, 100), PIECES)] == [0, 1]


def test_the_sentence_before_goes_along_where_it_is_short() -> None:
    windows = cut(of(100, 70, LEAD, 30, 150), PIECES)
    assert [w.core for w in windows] == [0, 2, 4]
    # 70 pieces are too many to lead, 30 are not.
    assert [sorted({s for s, _ in w.words}) for w in windows] == [[0, 1], [2, 3], [3, 4]]
    led = cut(of(100, LEAD, 100, 10), PIECES)
    assert [sorted({s for s, _ in w.words}) for w in led] == [[0, 1], [1, 2, 3]]
    unled = cut(of(100, LEAD + 1, 100, 10), PIECES)
    assert [sorted({s for s, _ in w.words}) for w in unled] == [[0, 1], [2, 3]]


def test_the_room_of_a_window_is_less_what_leads_it() -> None:
    rest = ROOM - LEAD - 100
    assert [w.core for w in cut(of(100, LEAD, 100, rest), PIECES)] == [0, 2]
    assert [w.core for w in cut(of(100, LEAD, 100, rest + 1), PIECES)] == [0, 2, 3]
    assert max(len(w.pieces) for w in cut(of(100, LEAD, 100, rest), PIECES)) == SIZE


def test_a_sentence_that_fits_alone_is_not_cut_for_what_leads_it() -> None:
    _, last = cut(of(200, LEAD, ROOM - LEAD + 1), PIECES)[-2:]
    assert sum(s == 2 for s, _ in last.words) == ROOM - LEAD + 1


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
    assert [w.core for w in plain] == [0, 4, 7, 10]
    assert [w.core for w in shifted] == [0, 2, 5, 8, 11]


REPORTS = st.lists(
    st.one_of(
        st.lists(st.sampled_from(["army", "long", "14", "village.", "—"]), min_size=1, max_size=80),
        st.integers(1, 400).map(lambda n: ["army"] * n),
    ),
    max_size=14,
)


@settings(max_examples=80, deadline=None)
@given(REPORTS)
def test_every_sentence_is_in_one_core_and_no_window_is_empty_or_too_large(sentences: list[list[str]]) -> None:
    windows = cut(sentences, PIECES)
    assert [s for core in cores(windows, len(sentences)) for s in core] == list(range(len(sentences)))
    for window, core in zip(windows, cores(windows, len(sentences)), strict=True):
        held = [s for s, _ in window.words]
        assert held == sorted(held)
        assert set(core) <= set(held)
        # At most one sentence before the core goes along, the one right before it.
        assert set(held) - set(core) <= {window.core - 1}
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
    windows = cut(sentences, PIECES)
    for window, core in zip(windows, cores(windows, len(sentences)), strict=True):
        for s in core:
            seen = [t for at, t in window.words if at == s]
            assert seen == list(range(len(seen)))
            size = sum(len(PIECES.of(word)) for word in sentences[s])
            lead = s == window.core and window.words[0][0] < s
            if size <= ROOM - (LEAD if lead else 0):
                assert len(seen) == len(sentences[s])

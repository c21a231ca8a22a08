"""Windows: a report cut into runs of whole sentences that the encoder sees at one time."""

from collections.abc import Sequence
from math import ceil

from msgspec import Struct

from dateline.reading.pieces import Pieces

SIZE = 224  # pieces, the two special ones included: about seven sentences of news


class Window(Struct, frozen=True):
    """`pieces` are the encoder's input. Word `i` of the window is `words[i]`, as (sentence, token), and starts at
    piece `starts[i]`."""

    pieces: tuple[int, ...]
    starts: tuple[int, ...]
    words: tuple[tuple[int, int], ...]


def cut(sentences: Sequence[Sequence[str]], pieces: Pieces, *, shift: int = 0) -> list[Window]:
    """Every sentence of a report in exactly one window, as few windows as may be and all about as long.

    A sentence that does not fit a window alone is cut at its end: what lies beyond is not seen.

    Args:
        shift: pieces that the first window leaves free, so that the borders fall elsewhere (for training).
    """
    cuts = [[pieces.of(word) for word in words] for words in sentences]
    room = SIZE - 2
    sizes = [min(sum(map(len, c)), room) for c in cuts]
    left = sum(sizes) + shift
    made: list[Window] = []
    first = 0
    while first < len(cuts):
        # A last window of a sentence or two would know nothing of what stands before it.
        goal = left / max(1, ceil(left / room))
        taken, last = (0 if made else shift), first
        while last < len(cuts) and (last == first or _fits(taken, sizes[last], goal, room)):
            taken += sizes[last]
            last += 1
        made.append(_window(cuts, first, last, pieces))
        left -= taken
        first = last
    return made


def _fits(taken: int, size: int, goal: float, room: int) -> bool:
    """Whether a window with `taken` pieces takes another sentence: it has the room, and comes nearer to its goal."""
    return taken + size <= room and taken + size / 2 <= goal


def _window(cuts: Sequence[Sequence[tuple[int, ...]]], first: int, last: int, pieces: Pieces) -> Window:
    flat, starts, words = [pieces.first], [], []
    for s in range(first, last):
        for t, of_word in enumerate(cuts[s]):
            if len(flat) + len(of_word) >= SIZE:
                break
            starts.append(len(flat))
            words.append((s, t))
            flat.extend(of_word)
    return Window(pieces=(*flat, pieces.last), starts=tuple(starts), words=tuple(words))

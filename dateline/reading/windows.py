"""Windows: a report cut into runs of whole sentences that the encoder sees at one time."""

from collections.abc import Sequence

from msgspec import Struct

from dateline.reading.pieces import Pieces

SIZE = 224  # pieces, the two special ones included: about seven sentences of news
LEAD = 60  # pieces: a sentence before a window that is no longer than this goes along, for what it lends to the next


class Window(Struct, frozen=True):
    """`pieces` are the encoder's input. Word `i` of the window is `words[i]`, as (sentence, token), and starts at
    piece `starts[i]`. Sentences before `core` go along for context only: another window speaks for them."""

    core: int
    pieces: tuple[int, ...]
    starts: tuple[int, ...]
    words: tuple[tuple[int, int], ...]


def cut(sentences: Sequence[Sequence[str]], pieces: Pieces, *, shift: int = 0) -> list[Window]:
    """Every sentence of a report in exactly one window's core; `shift` pieces make the first window shorter.

    A sentence that does not fit a window alone is cut at its end: what lies beyond is not seen.
    """
    cuts = [[pieces.of(word) for word in words] for words in sentences]
    sizes = [sum(map(len, c)) for c in cuts]
    made: list[Window] = []
    first = 0
    while first < len(cuts):
        lead = 1 if first and sizes[first - 1] <= min(LEAD, SIZE - 2 - sizes[first]) else 0
        room = SIZE - 2 - (sizes[first - 1] if lead else 0) - (shift if not made else 0)
        last = first
        while last < len(cuts) and (last == first or sizes[last] <= room):
            room -= sizes[last]
            last += 1
        made.append(_window(cuts, first - lead, first, last, pieces))
        first = last
    return made


def _window(cuts: Sequence[Sequence[tuple[int, ...]]], first: int, core: int, last: int, pieces: Pieces) -> Window:
    flat, starts, words = [pieces.first], [], []
    for s in range(first, last):
        for t, of_word in enumerate(cuts[s]):
            if len(flat) + len(of_word) >= SIZE:
                break
            starts.append(len(flat))
            words.append((s, t))
            flat.extend(of_word)
    return Window(core=core, pieces=(*flat, pieces.last), starts=tuple(starts), words=tuple(words))

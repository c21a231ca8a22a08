"""The trained reader: what each word of a report says of events, and what each trigger says of every other word.

One small encoder (int8, ONNX Runtime) runs over windows of whole sentences and gives every word a row of numbers: event
types, factuality, modality, verification, and two sides of the pair head. Which words play which role for a trigger is
computed from those rows here, for all of a window's words at once. Every window runs alone, never in a batch with
another, so that a report reads the same whatever was read beside it.
"""

import tomllib
from collections.abc import Sequence
from functools import cache, cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import msgspec
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from dateline.codes import EVENTS, MODALITIES, VERIFICATIONS
from dateline.errors import InputError, ResourceError
from dateline.processes import cores
from dateline.reading.pieces import Pieces
from dateline.reading.sentences import split
from dateline.reading.weigh import Weights
from dateline.reading.windows import Window, cut
from dateline.reading.words import Sentence
from dateline.record import Report, Span
from dateline.settings import from_environment

Size = Literal["default", "large"]
Rows = NDArray[np.float32]
NONE = "none"
TYPES = (NONE, *EVENTS)
ROLES = ("actor", "target", "at", "from", "to", "when", "figure", "source", "cue", "hedge")
UNSEEN = 0.0  # log odds of a word beyond what the reader saw: it says nothing either way
REACH = 24  # words: distances beyond this are told apart by their logarithm only
FOLDERS: dict[Size, str] = {"default": "dateline", "large": "dateline_large"}


class View:
    """A trigger's view of its window: `spots[i]` is the (sentence, token) whose roles are `roles[i]`, each 0-1.

    The words of a sentence stand in a row, from its first on: where a sentence was cut off, they end early.
    """

    __slots__ = ("_columns", "_rows", "roles", "spots")

    def __init__(self, spots: Sequence[tuple[int, int]], roles: Rows) -> None:
        self.spots = spots
        self.roles = roles
        self._columns: dict[str, list[float]] = {}
        self._rows: dict[int, tuple[int, int]] = {}  # sentence → its first row, and how many it has
        for i, (sentence, _) in enumerate(spots):
            first, size = self._rows.get(sentence, (i, 0))
            self._rows[sentence] = (first, size + 1)

    def of(self, sentence: int, first: int, last: int, role: str) -> Rows:
        """The role's probability of each of some words; those outside the window are left out."""
        begin, end = self._stretch(sentence, first, last)
        made: Rows = self.roles[begin:end, ROLES.index(role)]
        return made

    def peak(self, sentence: int, first: int, last: int, role: str) -> float:
        """The largest of `of`; 0 where none of the words was seen."""
        column = self._columns.get(role)
        if column is None:
            column = self._columns[role] = self.roles[:, ROLES.index(role)].tolist()
        begin, end = self._stretch(sentence, first, last)
        return max(column[begin:end], default=0.0)

    def _stretch(self, sentence: int, first: int, last: int) -> tuple[int, int]:
        row, size = self._rows.get(sentence, (0, 0))
        return row + min(first, size), row + min(last + 1, size)


_NOTHING = View((), np.zeros((0, len(ROLES)), np.float32))


class _Seen:
    """One window and its rows, cut into what each head says."""

    __slots__ = (
        "event", "fact", "modality", "place", "saying", "sentences", "trigger", "verification", "window", "word",
    )  # fmt: skip

    def __init__(self, window: Window, rows: Rows) -> None:
        cuts = np.cumsum((len(TYPES), 1, 1, len(MODALITIES), len(VERIFICATIONS)))
        self.event, self.fact, self.saying, self.modality, self.verification, sides = np.split(rows, cuts, axis=1)
        self.trigger, self.word = np.split(sides, 2, axis=1)
        self.window = window
        self.sentences = np.array([s for s, _ in window.words], np.int64)
        self.place = {spot: i for i, spot in enumerate(window.words)}


class Look:
    """What the reader saw in one report. Words are named by (sentence, token)."""

    def __init__(self, heads: "Heads", sentences: Sequence[Sentence], seen: Sequence[_Seen]) -> None:
        self._heads = heads
        self._of: dict[int, _Seen] = {}
        for one in seen:
            self._of.update(dict.fromkeys(one.sentences.tolist(), one))
        self._sizes = [len(s.tokens) for s in sentences]
        self._views: dict[tuple[int, ...], View] = {}

    @cached_property
    def events(self) -> list[Rows]:
        """For each sentence, the probability of each of TYPES for each word; words not seen are none."""
        made = []
        for s, size in enumerate(self._sizes):
            rows = np.zeros((size, len(TYPES)), np.float32)
            rows[:, 0] = 1.0
            one = self._of.get(s)
            if one is not None:
                at = [(t, i) for t in range(size) if (i := one.place.get((s, t))) is not None]
                rows[[t for t, _ in at]] = _softmax(one.event[[i for _, i in at]])
            made.append(rows)
        return made

    def sayings(self, sentence: int) -> list[float]:
        """For each word, the log odds that it tells of a saying; UNSEEN for words that were not seen."""
        made = [UNSEEN] * self._sizes[sentence]
        one = self._of.get(sentence)
        if one is not None:
            for t in range(len(made)):
                if (i := one.place.get((sentence, t))) is not None:
                    made[t] = float(one.saying[i, 0])
        return made

    def view(self, sentence: int, tokens: Sequence[int]) -> View:
        """The roles that the words around a trigger play for it; nothing for one beyond what was seen."""
        key = (sentence, *tokens)
        if key not in self._views:
            one, rows = self._of.get(sentence), self._rows(sentence, tokens)
            seen = one is not None and rows
            self._views[key] = View(one.window.words, self._heads.roles(one, rows)) if seen else _NOTHING  # type: ignore[arg-type,union-attr]
        return self._views[key]

    @cached_property
    def names(self) -> dict[tuple[int, int], tuple[float, float]]:
        """For each word seen, the log odds that it belongs to a place's name, and to a people's or its adjective."""
        made: dict[tuple[int, int], tuple[float, float]] = {}
        for one in {id(seen): seen for seen in self._of.values()}.values():
            odds = self._heads.names(one)
            made.update(zip(one.window.words, map(tuple, odds.tolist()), strict=True))
        return made

    def modality(self, sentence: int, tokens: Sequence[int]) -> dict[str, float]:
        return self._mean(sentence, tokens, "modality", MODALITIES)

    def verification(self, sentence: int, tokens: Sequence[int]) -> dict[str, float]:
        return self._mean(sentence, tokens, "verification", VERIFICATIONS)

    def factuality(self, sentence: int, token: int) -> float | None:
        """From -3 (did not happen) to 3 (did); None for a word that was not seen."""
        rows = self._rows(sentence, [token])
        return float(np.clip(self._of[sentence].fact[rows[0], 0], -3.0, 3.0)) if rows else None

    def _rows(self, sentence: int, tokens: Sequence[int]) -> list[int]:
        one = self._of.get(sentence)
        return [i for t in tokens if (i := one.place.get((sentence, t))) is not None] if one else []

    def _mean(self, sentence: int, tokens: Sequence[int], head: str, labels: Any) -> dict[str, float]:
        rows = self._rows(sentence, tokens)
        if not rows:
            return {}
        scores = _softmax(getattr(self._of[sentence], head)[rows].mean(axis=0, keepdims=True))[0]
        return {label: round(float(score), 4) for label, score in zip(labels, scores, strict=True)}


class Heads:
    """The heads that run here: of the pair head the distances and the last layer, and the head of names."""

    def __init__(self, arrays: Any) -> None:
        self._distance: Rows = arrays["distance"]
        self._across: Rows = arrays["across"]
        self._weight: Rows = arrays["role_weight"]
        self._bias: Rows = arrays["role_bias"]
        self._names = [arrays[f"names_{part}"] for part in ("inner", "inner_bias", "outer", "outer_bias")]

    def names(self, seen: _Seen) -> Rows:
        """(words of the window, 2): log odds of a place's name and of a people's."""
        inner, inner_bias, outer, outer_bias = self._names
        made: Rows = np.maximum(seen.word @ inner + inner_bias, 0) @ outer + outer_bias
        return made

    def roles(self, seen: _Seen, rows: Sequence[int]) -> Rows:
        """(words of the window, ROLES) for the trigger whose words are `rows`."""
        plain, times = np.split(seen.trigger[rows].mean(axis=0), 2)
        plain_word, times_word = np.split(seen.word, 2, axis=1)
        away = _bucket(np.arange(len(seen.sentences)) - rows[0])
        side = np.sign(seen.sentences - seen.sentences[rows[0]]) + 1
        mixed = plain_word + times_word * times
        mixed += plain
        mixed += self._distance[away]
        mixed += self._across[side]
        made: Rows = 1 / (1 + np.exp(-(np.maximum(mixed, 0) @ self._weight + self._bias)))
        return made


def _bucket(away: NDArray[np.int64]) -> NDArray[np.int64]:
    """Signed distance in words → row of the table of distances; as training/reader/model.py has it."""
    size = np.abs(away)
    far = REACH + 1 + np.minimum(np.log2(np.maximum(size, REACH + 1) / (REACH + 1)).astype(np.int64), 3)
    size = np.where(size <= REACH, size, far)
    return np.where(away < 0, -size, size) + REACH + 4


def _softmax(rows: Rows) -> Rows:
    raised = np.exp(rows - rows.max(axis=1, keepdims=True)) if len(rows) else rows
    made: Rows = raised / raised.sum(axis=1, keepdims=True)
    return made


class Reader:
    """An encoder with its heads, ready to look at reports."""

    def __init__(self, folder: Path, threads: int) -> None:
        with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
            self._heads = Heads(arrays)
        self._pieces = Pieces((folder / "vocabulary.txt").read_text("utf-8").splitlines())
        weights = folder / "claim_weights.json"
        self.claim_weights = msgspec.json.decode(weights.read_bytes(), type=Weights) if weights.exists() else None
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # A thread that spins while it waits takes the core that another report is read on.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Without the arena memory goes back after each window, and stays the same however many reports are read.
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        # ONNX Runtime's fused sum and norm is far slower than the two of them one after the other.
        self._session = onnxruntime.InferenceSession(
            str(folder / "reader.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            disabled_optimizers=["SkipLayerNormFusion"],
        )

    def look(self, sentences: Sequence[Sentence]) -> Look:
        windows = cut([[t.text for t in s.tokens] for s in sentences], self._pieces)
        return Look(self._heads, sentences, [_Seen(w, self._run(w)) for w in windows if w.words])

    def _run(self, window: Window) -> Rows:
        pieces = np.array([window.pieces], np.int64)
        starts = np.array(window.starts, np.int64)
        made: Rows = self._session.run(None, {"pieces": pieces, "starts": starts})[0]
        return made


def factuality(text: str, spans: Sequence[Span], size: Size = "default") -> list[float]:
    """How surely what each span of a text names has happened: -3 (it did not) to 3 (it did).

    For measuring the reader alone; a word that it did not see counts as having happened.
    """
    sentences = split(Report(text=text))
    look = load(size).look(sentences)
    made = []
    for span in spans:
        spots = ((s.index, t) for s in sentences for t, token in enumerate(s.tokens) if token.span.overlaps(span))
        spot = next(spots, None)
        value = look.factuality(*spot) if spot else None
        made.append(3.0 if value is None else value)
    return made


def home(size: Size) -> Path:
    """The folder of a reader's weights.

    Raises:
        InputError: the large reader is asked for and not installed.
    """
    found = find_spec(FOLDERS[size])
    if found is None or not found.submodule_search_locations:
        raise InputError(f"--reader {size}: it is not installed; pip install 'dateline[{size}]'")
    return Path(next(iter(found.submodule_search_locations))) / "weights" / "reader"


@cache
def load(size: Size = "default") -> Reader:
    """The reader of a size, its files checked against their label.

    Raises:
        InputError: the large reader is asked for and not installed.
        ResourceError: a file is missing, or is not the one its label names.
    """
    folder = home(size)
    for name, want in label(size)["files"].items():
        path = folder / name
        try:
            got = sha256(path.read_bytes()).hexdigest()
        except OSError as error:
            raise ResourceError(f"{path}: weights are missing; reinstall dateline or restore the file") from error
        if got != want:
            raise ResourceError(f"{path}: sha256 {got[:12]} is not the {want[:12]} of its label; restore the file")
    return Reader(folder, from_environment().threads or cores())


@cache
def label(size: Size) -> dict[str, Any]:
    """The label (card) of a reader: what it was trained on, its scores, its limits, the sha256 of its files."""
    path = home(size) / "label.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:  # not there, not UTF-8, not TOML
        raise ResourceError(f"{path}: the label of the reader cannot be read; reinstall dateline") from error

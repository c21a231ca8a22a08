"""The reader itself: what it says of words, that it says the same again, and what it refuses. Sentences are invented.

What it finds is measured (benchmarks/floors.json); these tests hold for any weights, but for the last few, which any
weights worth having pass.
"""

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from dateline.codes import MODALITIES, VERIFICATIONS
from dateline.errors import InputError, ResourceError
from dateline.reading import reader
from dateline.reading.reader import ROLES, TYPES, Look, Reader, factuality, home, load
from dateline.reading.sentences import split
from dateline.reading.windows import SIZE, Window
from dateline.reading.words import Sentence
from dateline.record import Report, Span

REPORT = (
    "Rebels shelled the town of Orm on Monday, killing 12 people, the army said. Thousands of families fled towards "
    "the river.\n\nThe governor denied that his men had burned houses. The envoy called for a ceasefire.\n\n"
)
OTHER = "The council met on Friday and spoke of the price of bread. Nobody was hurt when the old bridge fell.\n"
# One sentence of more pieces than a window holds: no table knows the towns, and each takes several.
ENDLESS = "Rebels shelled " + ", ".join(f"Kanyaruq{n}winya" for n in range(50)) + " and withdrew."


def sentences_of(text: str) -> tuple[Sentence, ...]:
    return split(Report(text=text))


def all_of(look: Look, sentences: tuple[Sentence, ...]) -> list[np.ndarray]:
    """Everything the reader says of a report: rows of events, and of each word as a trigger its roles and shades."""
    made = list(look.events)
    for s in sentences:
        for t in range(0, len(s.tokens), 3):
            made.append(look.view(s.index, [t]).roles)
            made.append(np.array([*look.modality(s.index, [t]).values(), *look.verification(s.index, [t]).values()]))
            made.append(np.array([look.factuality(s.index, t)], np.float64))
    return made


def same(one: list[np.ndarray], other: list[np.ndarray]) -> bool:
    return len(one) == len(other) and all(map(np.array_equal, one, other))


@pytest.mark.parametrize("text", [REPORT, REPORT * 6, ENDLESS, "... !!!", "سوق", ""],
                         ids=["report", "windows", "endless", "marks", "script", "nothing"])  # fmt: skip
def test_each_word_has_a_row_that_adds_up_to_one(text: str) -> None:
    sentences = sentences_of(text)
    events = load().look(sentences).events
    assert [rows.shape for rows in events] == [(len(s.tokens), len(TYPES)) for s in sentences]
    for rows in events:
        assert (rows >= 0).all()
        assert np.allclose(rows.sum(axis=1), 1.0, atol=1e-5)


def test_words_beyond_the_window_are_none_and_play_no_role() -> None:
    sentences = sentences_of(ENDLESS)
    look = load().look(sentences)
    [rows] = look.events
    unseen = np.flatnonzero(rows[:, 0] == 1.0)
    assert unseen.tolist() == list(range(unseen[0], len(rows)))
    assert 10 < unseen[0] < SIZE
    assert not rows[unseen, 1:].any()
    last = len(rows) - 1
    assert (look.modality(0, [last]), look.verification(0, [last]), look.factuality(0, last)) == ({}, {}, None)
    view = look.view(0, [last])
    assert (len(view.spots), view.roles.shape) == (0, (0, len(ROLES)))
    # A trigger that is seen has a view of what is seen, and of nothing more.
    view = look.view(0, [1])
    assert view.of(0, 0, last, "at").shape == (unseen[0],)


def test_a_view_gives_every_word_of_its_window_each_role() -> None:
    sentences = sentences_of(REPORT)
    look = load().look(sentences)
    view = look.view(0, [1])
    assert list(view.spots) == [(s.index, t) for s in sentences for t in range(len(s.tokens))]
    assert view.roles.shape == (len(view.spots), len(ROLES))
    assert ((view.roles > 0) & (view.roles < 1)).all()
    assert set(look.modality(0, [1])) == set(MODALITIES)
    assert set(look.verification(0, [1])) == set(VERIFICATIONS)
    assert sum(look.modality(0, [1, 2]).values()) == pytest.approx(1.0, abs=1e-3)


def test_a_sentence_has_its_rows_from_its_own_window(monkeypatch: pytest.MonkeyPatch) -> None:
    windows: list[Window] = []
    width = row_width()

    def numbered(self: Reader, window: Window) -> np.ndarray:
        rows = np.zeros((len(window.words), width), np.float32)
        rows[:, 1 + len(windows)] = 50.0  # the first window says the first type of everything, the second the second
        windows.append(window)
        return rows

    monkeypatch.setattr(Reader, "_run", numbered)
    sentences = sentences_of(REPORT * 6)
    said = [{TYPES[i] for i in rows.argmax(axis=1)} for rows in load().look(sentences).events]
    assert len(windows) >= 2
    starts = [w.words[0][0] for w in windows[1:]]
    want = [TYPES[1 + sum(start <= s.index for start in starts)] for s in sentences]
    assert said == [{event} for event in want]


def row_width() -> int:
    [window] = reader.cut([["Rebels"]], load()._pieces)
    return int(load()._run(window).shape[1])


def test_a_report_reads_the_same_whatever_was_read_before() -> None:
    sentences, others = sentences_of(REPORT * 3), sentences_of(OTHER)
    first = all_of(load().look(sentences), sentences)
    before = all_of(load().look(others), others)
    again = all_of(load().look(sentences), sentences)
    assert same(first, again)
    assert not same(first, before)


def test_one_thread_and_two_say_the_same() -> None:
    sentences = sentences_of(REPORT * 3)
    said = [all_of(Reader(home("default"), threads).look(sentences), sentences) for threads in (1, 2)]
    assert same(*said)


# --- weights ------------------------------------------------------------------------------------------------


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder of weights, loaded afresh; large files are linked, not copied."""
    for path in home("default").iterdir():
        os.symlink(path, tmp_path / path.name)
    monkeypatch.setattr(reader, "home", lambda size: tmp_path)
    monkeypatch.setattr(reader, "label", reader.label.__wrapped__)
    return tmp_path


SHIPPED = sorted(path.name for path in home("default").iterdir() if path.name != "label.toml")


@pytest.mark.parametrize("name", SHIPPED)
def test_an_altered_weight_file_is_refused_by_name(weights: Path, name: str) -> None:
    path = weights / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)
    with pytest.raises(ResourceError, match=r"sha256 \w{12} is not the \w{12} of its label") as refused:
        load.__wrapped__("default")
    assert str(refused.value).startswith(f"{path}: ")


@pytest.mark.parametrize("name", SHIPPED)
def test_a_missing_weight_file_is_refused_by_name(weights: Path, name: str) -> None:
    (weights / name).unlink()
    with pytest.raises(ResourceError, match="weights are missing") as refused:
        load.__wrapped__("default")
    assert str(refused.value).startswith(f"{weights / name}: ")


NO_TEXT = b"\xff"


@pytest.mark.parametrize("content", [None, b"title = ", NO_TEXT], ids=["missing", "cut off", "no text"])
def test_a_label_that_cannot_be_read_is_refused_by_name(weights: Path, content: bytes | None) -> None:
    path = weights / "label.toml"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ResourceError, match="label of the reader cannot be read") as refused:
        load.__wrapped__("default")
    assert str(refused.value).startswith(f"{path}: ")


def test_the_label_names_every_file_and_says_where_they_come_from() -> None:
    label = reader.label("default")
    assert sorted(label["files"]) == SHIPPED
    wanted = ("title", "task", "licence", "encoder", "trained_by", "trained_on", "limits", "sha256")
    assert [key for key in wanted if not label.get(key)] == []


def test_the_large_reader_that_is_not_installed_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dateline_large", None)  # as if it were not there, where it is
    with pytest.raises(InputError) as refused:
        load.__wrapped__("large")
    assert str(refused.value) == "--reader large: it is not installed; pip install 'dateline[large]'"


# --- factuality ---------------------------------------------------------------------------------------------


def at(text: str, *words: str) -> list[Span]:
    return [Span(text.index(w), text.index(w) + len(w)) for w in words]


def test_factuality_gives_one_number_a_span_in_the_order_given() -> None:
    text = "The army did not attack the village. Rebels burned the mill."
    spans = at(text, "burned", "attack", "mill")
    made = factuality(text, spans)
    assert len(made) == 3
    assert all(isinstance(value, float) and -3 <= value <= 3 for value in made)
    assert [factuality(text, [span]) for span in spans] == [[value] for value in made]
    assert factuality(text, []) == []


def test_a_span_that_was_not_seen_counts_as_having_happened() -> None:
    assert factuality(ENDLESS, at(ENDLESS, "withdrew")) == [3.0]
    assert factuality("Rebels  fled.", [Span(6, 7)]) == [3.0]  # no word stands there


def test_factuality_is_never_beyond_its_scale(monkeypatch: pytest.MonkeyPatch) -> None:
    width = row_width()
    for all_rows, want in ((99.0, 3.0), (-99.0, -3.0)):
        monkeypatch.setattr(Reader, "_run", lambda self, w, v=all_rows: np.full((len(w.words), width), v, np.float32))
        assert factuality("Rebels fled.", [Span(0, 6)]) == [want]


@pytest.mark.parametrize(("did", "act", "did_not", "other_act"), [
    ("The army attacked the village on Monday.", "attacked",
     "The army did not attack the village on Monday.", "attack"),
    ("Rebels withdrew from the port.", "withdrew", "Rebels have not withdrawn from the port.", "withdrawn"),
    ("The president met the envoy on Friday.", "met", "The president did not meet the envoy on Friday.", "meet"),
])  # fmt: skip
def test_what_did_happen_is_surer_than_what_did_not(did: str, act: str, did_not: str, other_act: str) -> None:
    assert factuality(did, at(did, act)) > factuality(did_not, at(did_not, other_act))

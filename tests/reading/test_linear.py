"""Linear models: hashed features, arrays without pickles, weights that are what their label says."""

from pathlib import Path

import numpy as np
import pytest

from dateline.errors import ResourceError
from dateline.reading import linear
from dateline.reading.linear import Linear, fingerprints, load, rows_of


@pytest.fixture
def small() -> Linear:
    weights = np.zeros((1024, 2), np.int8)
    weights[rows_of(["good"], 10)[0]] = (0, 10)
    weights[rows_of(["bad"], 10)[0]] = (20, 0)
    return Linear(["no", "yes"], weights, np.array([0.5, 0.5], np.float32), np.array([0.0, 1.0], np.float32))


def test_a_score_is_the_sum_of_its_features(small: Linear) -> None:
    assert small.logits([["good"], ["bad"], ["good", "bad"], ["never met"]]).tolist() == [
        [0, 6],
        [10, 1],
        [10, 6],
        [0, 1],
    ]
    assert small.best([["good"], ["bad"]]) == ["yes", "no"]


def test_probabilities_add_up_to_one_whatever_the_scores(small: Linear) -> None:
    made = small.probabilities([["good"] * 100, ["bad"], []])
    assert np.isfinite(made).all()
    assert np.allclose(made.sum(axis=1), 1.0)


def test_nothing_gives_nothing(small: Linear) -> None:
    assert small.logits([]).shape == small.probabilities([]).shape == (0, 2)
    assert small.best([]) == []


def test_reasons_name_the_features_that_made_the_score(small: Linear) -> None:
    assert small.reasons(["never met", "good"], "yes", 1) == [("good", 5.0)]


def test_rows_do_not_depend_on_the_process_and_take_any_text() -> None:
    assert rows_of(["w=killed", "ü", "\ud800"], 18).tolist() == [
        crc & 0x3FFFF for crc in (_crc("w=killed"), _crc("ü"), _crc("\ud800"))
    ]


def _crc(word: str) -> int:
    from zlib import crc32

    return crc32(word.encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("name", sorted(fingerprints()))
def test_all_weights_load_and_are_as_their_label_says(name: str) -> None:
    model = load(name)
    assert len(model.labels) == len(set(model.labels)) >= 2
    assert model.logits([["w=x"]]).shape == (1, len(model.labels))
    with np.load(linear.WEIGHTS / f"{name}.npz", allow_pickle=False) as arrays:
        assert all(arrays[key].dtype != object for key in arrays.files)


def test_altered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for ending in (".npz", ".toml"):
        (tmp_path / f"names{ending}").write_bytes((linear.WEIGHTS / f"names{ending}").read_bytes())
    raw = (tmp_path / "names.npz").read_bytes()
    (tmp_path / "names.npz").write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))
    monkeypatch.setattr(linear, "WEIGHTS", tmp_path)
    with pytest.raises(ResourceError, match=r"names\.npz: sha256 .* is not the .* restore the file"):
        load.__wrapped__("names")
    (tmp_path / "names.npz").unlink()
    with pytest.raises(ResourceError, match="missing"):
        load.__wrapped__("names")

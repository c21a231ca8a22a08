"""Who did what to whom with what: MUC-4's test set tst3, by way of benchmarks/muc_roles.py."""

from benchmarks.measured import Adapter, Measured, Score, Setting
from benchmarks.muc_roles import templates
from benchmarks.reading import read_rows

GOLD, SCORER = "data/muc/tst3.jsonl.gz", "bench/muc_eval.py"
NAME = "roles.muc"
WHOLE = "MICRO"


def measure(setting: Setting) -> Measured:
    """`roles` is pinned: CEAF-REE, micro F1 over the five roles. Shown: each role, and templates by incident type.

    The cables are read as they were sent, in capitals: the set's `text` is the same in small letters.
    """
    scorer = setting.shared.scorer("muc_eval")
    gold = {row["id"]: row for row in setting.shared.rows(GOLD) if not row["in_train"]}
    rows = [{"id": key, "text": row["raw_text"]} for key, row in gold.items()]
    reading = read_rows(setting, rows, what=NAME)
    predicted = {record["id"]: {"templates": templates(record)} for record in reading.records}
    entities = {name: percent for name, *percent in scorer.score_ree(gold, predicted)}
    filled = {name: percent for name, *percent in scorer.score_tf(gold, predicted)}
    scores = (
        _score("roles", entities.pop(WHOLE)),
        *(_score(role, percent, pinned=False) for role, percent in entities.items()),
        _score("templates", filled[WHOLE], pinned=False),
    )
    return Measured(scores=scores, cost=reading.cost, notes=reading.notes)


def _score(name: str, percent: list[float], *, pinned: bool = True) -> Score:
    precision, recall, f1 = (round(part / 100, 4) for part in percent)
    return Score(name=name, value=f1, precision=precision, recall=recall, pinned=pinned)


ADAPTERS = (Adapter(name=NAME, needs=(GOLD, SCORER), measure=measure),)

"""Place names with coordinates: LGL, TR-News, GeoVirus, end to end at 161 km (100 miles)."""

from functools import partial

from benchmarks.measured import Adapter, Measured, Score, Setting
from benchmarks.reading import read_rows

SCORER, TURNER = "bench/geo_eval.py", "bench/from_record.py"
SETS = {"places.lgl": "data/geo/lgl.jsonl", "places.trnews": "data/geo/trnews.jsonl",
        "places.geovirus": "data/geo/geovirus.jsonl"}  # fmt: skip
LIMIT_KM = 161.0


def measure(name: str, setting: Setting) -> Measured:
    """Pinned: `end_to_end`, found and resolved to within 161 km, and the same with demonyms apart.

    Shown beside them: names found, places resolved.
    """
    scorer, turner = setting.shared.scorer("geo_eval"), setting.shared.scorer("from_record")
    gold = {row["id"]: row for row in setting.shared.rows(SETS[name])}
    reading = read_rows(setting, [row | {"published": row.get("date")} for row in gold.values()], what=name)
    predicted = {record["id"]: turner.geo(record) for record in reading.records}
    result = scorer.report([scorer.score_doc(row, predicted.get(key)) for key, row in gold.items()], LIMIT_KM)
    apart = scorer.report(
        [scorer.score_doc(row, predicted.get(key), None, True) for key, row in gold.items()], LIMIT_KM
    )
    scores = (
        _score(result, "end_to_end", "e2e"),
        _score(apart, "demonyms_apart", "e2e"),
        _score(result, "names_overlap", "rec_overlap", pinned=False),
        _score(result, "names_exact", "rec_exact", pinned=False),
        Score(name="resolved_at_161_km", value=round(result.get("acc@161", 0.0), 4), pinned=False),
    )
    return Measured(scores=scores, cost=reading.cost, notes=reading.notes)


def _score(result: dict[str, float], name: str, key: str, *, pinned: bool = True) -> Score:
    f1, precision, recall = (round(result[f"{key}_{part}"], 4) for part in ("F1", "P", "R"))
    return Score(name=name, value=f1, precision=precision, recall=recall, pinned=pinned)


ADAPTERS = tuple(
    Adapter(name=name, needs=(file, SCORER, TURNER), measure=partial(measure, name)) for name, file in SETS.items()
)

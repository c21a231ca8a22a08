"""Figures: one number a report, on ISAF, IDETECT, Airwars, FA-KES and GVA.

ISAF, Airwars, FA-KES and GVA ask for the toll of a report's incident (`dateline.reading.tolls`); IDETECT asks for the
figure of an excerpt that answers a term and a unit. Rows that also stand in gold/train are left out. `even` and `odd`
are halves by the id: errors may be looked at, by kind, in the even half alone, so that the odd one is never seen.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import pairwise
from typing import Any

import msgspec

from benchmarks.measured import Adapter, BenchmarkError, Measured, Score, Setting
from benchmarks.reading import Reading, read_rows
from dateline.codes import Measure
from dateline.errors import InputError
from dateline.reading.tolls import Toll, toll
from dateline.record import Figure, Record

SCORER = "bench/figures_eval.py"
ISAF, IDETECT = "data/figures/isaf_dev.jsonl", "data/figures/idetect.jsonl"
AIRWARS, FAKES = "data/figures/airwars_gaza.jsonl.gz", "data/stories/fakes_syria.jsonl.gz"
GVA, GVA_PART = "data/stories/gva.jsonl.gz", 3  # every third report, by its id: all of them take twenty minutes
Row = dict[str, Any]
Answer = dict[str, float | None]

# --- halves ----------------------------------------------------------------------------------------------------------


def is_even(id: str) -> bool:
    """Which half a row is in: by the first hex digit of the sha256 of its id."""
    return int(sha256(id.encode()).hexdigest()[0], 16) % 2 == 0


def in_part(id: str) -> bool:
    """Whether a row is in the third of GVA that is measured: by the eight digits after the first."""
    return int(sha256(id.encode()).hexdigest()[1:9], 16) % GVA_PART == 0


def halves(ids: Iterable[str], value: Callable[[set[str]], float | None], name: str) -> tuple[Score, ...]:
    """The score over all rows, pinned, and over each half."""
    all_ids = set(ids)
    even = {id for id in all_ids if is_even(id)}
    return (
        Score(name=name, value=_rounded(value(all_ids))),
        Score(name=f"{name} even", value=_rounded(value(even)), pinned=False),
        Score(name=f"{name} odd", value=_rounded(value(all_ids - even)), pinned=False),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


# --- tolls -----------------------------------------------------------------------------------------------------------


def as_answer(told: Toll | None) -> Answer | None:
    """A toll as the scorer takes it."""
    return None if told is None else {"low": told.low, "best": told.best, "high": told.high}


def isaf_answer(told: Toll | None) -> Answer | None:
    """A toll by ISAF's rule: "more than 10" is 11, "numerous" 4; "several", "multiple" and "a number of" are 3, which
    are their low bounds in record.md as well."""
    if told is None:
        return None
    best = told.best
    for figure in told.figures:
        words = figure.text.casefold()
        best += words.startswith(("more than", "over")) or words == "numerous"
    return {"low": best, "best": best, "high": best}


def _gold_isaf(row: Row) -> Row:
    return {"killed": row["gold"]["min_killed"], "captured": row["gold"]["min_captured"]}


def _gold_airwars(row: Row) -> Row:
    return {"killed": row["gold"]["killed"]}


def _gold_fakes(row: Row) -> Row:
    parts = [row["gold"].get(key) for key in ("killed_civilians", "killed_noncivilians")]
    return {"killed": None if parts == [None, None] else sum(part or 0 for part in parts)}


def _gold_gva(row: Row) -> Row:
    return {"killed": row["killed"], "injured": row["injured"]}


_ROLES: dict[str, Measure] = {"killed": "killed", "captured": "detained", "injured": "wounded"}


def measure_tolls(
    setting: Setting,
    *,
    name: str,
    file: str,
    gold: Callable[[Row], Row],
    kinds: Mapping[str, Sequence[str]],
    answer: Callable[[Toll | None], Answer | None] = as_answer,
    day: str = "published",
    kept: Callable[[str], bool] = lambda id: True,
) -> Measured:
    """`kinds` says what of the scorer's output is shown for each role; `exact`, `F1` and `covered` are pinned."""
    scorer = setting.shared.scorer("figures_eval")
    rows = [row for row in setting.shared.rows(file) if not row.get("in_train") and kept(row["id"])]
    reading = read_rows(setting, [row | {"published": row.get(day)} for row in rows], what=name)
    truth = {row["id"]: {"id": row["id"], **gold(row)} for row in rows}
    told = dict(_tolls(reading, tuple(kinds), answer))
    scores: list[Score] = []
    for role, shown in kinds.items():
        for kind in shown:

            def value(ids: set[str], role: str = role, kind: str = kind) -> float | None:
                result = scorer.score({id: truth[id] for id in truth if id in ids}, told, role)
                made: float | None = result[kind]
                return made

            if kind == "width":  # the narrower the better: no score that may only rise
                scores.append(Score(name=f"{role} {kind}", value=_rounded(value(set(truth))), pinned=False))
            else:
                scores += halves(truth, value, f"{role} {kind}")
    return Measured(scores=tuple(scores), cost=reading.cost, notes=reading.notes)


def as_record(data: Row) -> Record:
    """A record as the product has it: its own functions read tolls from it.

    Raises:
        BenchmarkError: the `dateline` that is measured is of another version than the tolls.
    """
    try:
        return Record.from_json(msgspec.json.encode(data))
    except InputError as error:
        raise BenchmarkError(f"the `dateline` that read is not the one that tells tolls: {error}") from error


def _tolls(
    reading: Reading, roles: Sequence[str], answer: Callable[[Toll | None], Answer | None]
) -> Iterable[tuple[str, Row]]:
    for data in reading.records:
        record = as_record(data)
        made = {role: answer(toll(record, _ROLES[role])) for role in roles}
        yield record.id, {"id": record.id, **{role: told for role, told in made.items() if told is not None}}


# --- IDETECT ---------------------------------------------------------------------------------------------------------

# What a term of IDETECT is called in news: the words that stand beside the figure that answers it.
_TERMS: dict[str, re.Pattern[str]] = {
    term: re.compile(words, re.IGNORECASE)
    for term, words in {
        "Displaced": r"displac|\bidps?\b|refugee|\bfle[ed]|uproot|homes",
        "Evacuated": r"evacuat",
        "Destroyed Housing": r"destroy|collaps|burn|razed|gutted|ruin|washed away|lost",
        "Partially Destroyed Housing": r"damag|partial",
        "Homeless": r"homeless|without (?:a )?(?:home|shelter)",
        "Relocated": r"relocat|\bmoved?\b|resettl|transferred",
        "Forced to Flee": r"\bfle[ed]|forc|leave|left",
        "In Relief Camp": r"camp|cent(?:er|re)s?\b|shelter",
        "Sheltered": r"shelter|accommodat|cent(?:er|re)s?\b",
        "Uninhabitable Housing": r"uninhabitable|forced|unfit|damag",
    }.items()
}
_HOUSING = ("Destroyed Housing", "Partially Destroyed Housing", "Uninhabitable Housing")
_FULL_STOP = 200  # characters: a word in another sentence counts as that much farther off
_JOINT = 50  # characters: the same for a word before "and" or a comma, which is said of another count
_SAME_CLAUSE = 40  # characters: a count joined to the chosen one is no farther from its own word than that


def fitting(figures: Sequence[Figure], text: str, term: str, unit: str) -> list[Figure]:
    """The figures of an excerpt that answer a term and a unit together: the one counted in that unit and nearest to a
    word for the term, with those joined to it that tell of other places ("300 in one district and 120 in another")."""
    cues = [found.span() for found in _TERMS[term].finditer(text)]

    def rank(figure: Figure) -> tuple[int, float]:
        return _misfit(figure, term, unit), min((_distance(figure, text, cue) for cue in cues), default=0.0)

    told = [f for f in figures if (f.low is not None or f.high is not None) and not f.superseded]
    best = min(told, key=rank, default=None)
    if best is None:
        return []
    misfit, distance = rank(best)
    chosen = [best]
    for before, after in pairwise(told[told.index(best) :]):
        near = before is chosen[-1] or rank(after)[1] <= distance + _SAME_CLAUSE
        also = near and rank(after)[0] <= misfit + 1
        if also and not after.part_of and _elsewhere(chosen[-1], after, text):
            chosen.append(after)
    return chosen


# "… in one district and [120] in another", "… , while in another, [36] …"
_AND_IN = re.compile(r"(?i)\bin\b[^.;]*\band\s+$")
_WHILE_IN = re.compile(r"(?i)\b(?:while|and) in [^.;]*,\s*$")
_IN = re.compile(r"(?i)\s+(?:[\w-]+\s+){0,2}in\b")


def _elsewhere(before: Figure, after: Figure, text: str) -> bool:
    """Whether a later figure tells the same of another place."""
    between = text[before.span.end : after.span.start]
    and_in = _AND_IN.search(between) and _IN.match(text, after.span.end)
    return before.measure == after.measure and bool(and_in or _WHILE_IN.search(between))


def _misfit(figure: Figure, term: str, unit: str) -> int:
    """How badly measure and unit answer the row: 0 is right, 3 cannot be meant."""
    if figure.measure in ("killed", "wounded", "missing", "casualties", "money", "area", "distance", "strikes"):
        return 3
    if unit == "Households":
        homes = figure.measure == "buildings"
        if term in _HOUSING:
            return 0 if homes else 1 if figure.unit == "households" else 2
        return 0 if figure.unit == "households" else 1 if homes else 2
    if figure.unit == "households" or figure.measure in ("buildings", "weapons"):
        return 2
    return 0 if figure.measure == "displaced" else 1


def _distance(figure: Figure, text: str, cue: tuple[int, int]) -> float:
    first, second = sorted(((figure.span.start, figure.span.end), cue))
    between = text[first[1] : second[0]]
    joined = cue[1] <= figure.span.start and re.search(r"\band\b|,", between)
    return len(between) + (_JOINT if joined else 0) + _FULL_STOP * len(re.findall(r"[.;](?=\s)", between))


def answers(figures: Sequence[Figure], quantity: float) -> bool:
    """Whether a bound of the first figure, or the sum of all, is the quantity."""
    if not figures:
        return False
    bounds = [(f.low if f.low is not None else f.high) or 0 for f in figures]
    return quantity in (figures[0].low, figures[0].high) if len(figures) == 1 else quantity == sum(bounds)


def measure_idetect(setting: Setting) -> Measured:
    """`quantity` is pinned: the share of English rows whose figure, for the row's term and unit, is its quantity."""
    rows = {row["id"]: row for row in setting.shared.rows(IDETECT)}
    reading = read_rows(setting, rows.values(), what="figures.idetect")
    right: dict[str, bool] = {}
    for data in reading.records:
        record = as_record(data)
        if record.report.language != "en":
            continue
        row = rows[record.id]
        found = fitting(record.mentions.figures, record.report.text, row["term"], row["unit"])
        right[record.id] = answers(found, row["quantity"])
    left_out = len(rows) - len(right)
    notes = (*reading.notes, f"{left_out} rows are not in English: left out") if left_out else reading.notes

    def value(ids: set[str]) -> float | None:
        return sum(right[id] for id in ids) / len(ids) if ids else None

    return Measured(scores=halves(right, value, "quantity"), cost=reading.cost, notes=notes)


# --- adapters --------------------------------------------------------------------------------------------------------

ADAPTERS = (
    Adapter(name="figures.isaf", needs=(ISAF, SCORER), measure=partial(
        measure_tolls, name="figures.isaf", file=ISAF, gold=_gold_isaf, answer=isaf_answer, day="dct",
        kinds={"killed": ("exact",), "captured": ("exact",)})),
    Adapter(name="figures.idetect", needs=(IDETECT,), measure=measure_idetect),
    Adapter(name="figures.airwars", needs=(AIRWARS, SCORER), measure=partial(
        measure_tolls, name="figures.airwars", file=AIRWARS, gold=_gold_airwars,
        kinds={"killed": ("covered", "width", "exact")})),
    Adapter(name="figures.fakes", needs=(FAKES, SCORER), measure=partial(
        measure_tolls, name="figures.fakes", file=FAKES, gold=_gold_fakes, kinds={"killed": ("exact", "covered")})),
    Adapter(name="figures.gva", needs=(GVA, SCORER), measure=partial(
        measure_tolls, name="figures.gva", file=GVA, gold=_gold_gva, day="dct", kept=in_part,
        kinds={"killed": ("F1", "exact"), "injured": ("F1", "exact")})),
)  # fmt: skip

"""The floors under the scores: what was reached once must not be lost unseen.

benchmarks/floors.json holds for each adapter its pinned scores, the best that each ever was, the sha256 of every file
it was measured on, and the day. A floor is raised by `python -m benchmarks --raise` and lowered by hand alone: a floor
under its best needs a `why` beside it, or the file is refused.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from benchmarks.measured import BenchmarkError, Outcome

FLOORS = Path(__file__).with_name("floors.json")

State = Literal["held", "above", "under", "gone", "new", "data changed"]
BROKEN: tuple[State, ...] = ("under", "gone")


class Floor(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """The pins of one adapter. `best` is what each score was raised to; `why` says why one stands lower now."""

    date: date
    data: dict[str, str]
    scores: dict[str, float]
    best: dict[str, float]
    why: str | None = None


class Verdict(Struct, frozen=True, kw_only=True):
    """How one pinned score stands to its floor. `gone`: there is a floor and no score."""

    adapter: str
    score: str
    value: float | None
    floor: float | None
    state: State

    @property
    def broken(self) -> bool:
        return self.state in BROKEN


def load(path: Path = FLOORS) -> dict[str, Floor]:
    """The floors by adapter; none where the file is not there.

    Raises:
        BenchmarkError: the file cannot be read, or a floor in it was lowered and nothing says why.
    """
    if not path.exists():
        return {}
    try:
        floors = msgspec.json.decode(path.read_bytes(), type=dict[str, Floor])
    except msgspec.DecodeError as error:
        raise BenchmarkError(f"{path.name}: {error}") from error
    for name, floor in floors.items():
        lowered = [score for score, value in floor.scores.items() if value < floor.best.get(score, value)]
        lost = [score for score in floor.best if score not in floor.scores]
        if (lowered or lost) and not (floor.why or "").strip():
            told = ", ".join(lowered + lost)
            raise BenchmarkError(f"{path.name}: {name}: {told} lowered with no `why`; say why there, or put it back")
    return floors


def save(floors: Mapping[str, Floor], path: Path = FLOORS) -> None:
    ordered = {name: floors[name] for name in sorted(floors)}
    path.write_bytes(msgspec.json.format(msgspec.json.encode(ordered), indent=2) + b"\n")


def compare(outcome: Outcome, floor: Floor | None) -> tuple[Verdict, ...]:
    """Each pinned score of an adapter beside its floor; nothing for an adapter that was not measured.

    Where any file it was measured on has changed, nothing is compared: the two numbers measure different things.
    """
    if outcome.measured is None:
        return ()
    values = {score.name: score.value for score in outcome.measured.scores if score.pinned}
    floors = floor.scores if floor else {}
    changed = bool(floor and floor.data != outcome.data)
    return tuple(
        Verdict(
            adapter=outcome.adapter,
            score=name,
            value=values.get(name),
            floor=floors.get(name),
            state="data changed" if changed else _state(values.get(name), floors.get(name)),
        )
        for name in dict.fromkeys((*values, *floors))
    )


def changed_files(outcome: Outcome, floor: Floor | None) -> tuple[str, ...]:
    """The files whose hash is not the pinned one, those that came or went included."""
    if floor is None or outcome.measured is None:
        return ()
    names = sorted({*floor.data, *outcome.data})
    return tuple(name for name in names if floor.data.get(name) != outcome.data.get(name))


def raised(floors: Mapping[str, Floor], outcomes: Iterable[Outcome], *, today: date) -> dict[str, Floor]:
    """The floors with every score that lies above its own, and those of adapters that had none.

    No floor is lowered. An adapter whose data changed keeps its floors: take its entry out by hand to pin it anew.
    """
    new = dict(floors)
    for outcome in outcomes:
        old = floors.get(outcome.adapter)
        up = {v.score: v.value for v in compare(outcome, old) if v.state in ("above", "new") and v.value is not None}
        if not up:
            continue
        scores = {**(old.scores if old else {}), **up}
        best = {**(old.best if old else {}), **up}
        if old:
            best = {name: max(value, old.best.get(name, value)) for name, value in best.items()}
        why = old.why if old and any(scores.get(name, 0.0) < value for name, value in best.items()) else None
        new[outcome.adapter] = Floor(date=today, data=outcome.data, scores=scores, best=best, why=why)
    return new


def _state(value: float | None, floor: float | None) -> State:
    if floor is None:
        return "new"
    if value is None:
        return "gone"
    return "under" if value < floor else "above" if value > floor else "held"

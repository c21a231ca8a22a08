"""Drawn as SVG on the server: a low–best–high strip with a dot a claim, steps over time, and a lane with a bar a day.

What is drawn comes back as plain shapes, which a template writes out: no markup is made here, and no style. Each shape
has a `told`, which is its title for a screen reader and a pointer.
"""

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10
from typing import Any

from dateline.incidents import words
from dateline.incidents.types import Estimate, Step

WIDTH, STRIP, STEPS = 640, 72, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 16, 12, 22
_DOTS_HIGH = 4  # dots that stand above one another before they overlap


def strip(estimate: Estimate) -> dict[str, Any] | None:
    """The three numbers on a line, and a dot for each claim's figure, as it stands; None where nothing is told."""
    values = [value for step in estimate.steps for value in (step.low, step.high) if value is not None]
    values += [value for value in (estimate.low, estimate.best, estimate.high) if value is not None]
    if not values:
        return None
    scale = Scale(0.0 if min(values) < 0.25 * max(values) else min(values), max(values), _LEFT, WIDTH - _RIGHT)
    line = STRIP - _BOTTOM
    low, high = estimate.low, estimate.high
    return {
        "width": WIDTH,
        "height": STRIP,
        "line": line,
        "axis": [_LEFT, WIDTH - _RIGHT],
        "band": [scale.at(low), scale.at(high)] if low is not None and high is not None else None,
        "best": None if estimate.best is None else scale.at(estimate.best),
        "ticks": [{"at": scale.at(each), "said": words.number(each)} for each in scale.ticks(6)],
        "dots": _dots(estimate.steps, scale, line),
        "told": words.said(estimate.low, estimate.best, estimate.high, words.measure(estimate.measure)),
    }


def _dots(steps: Sequence[Step], scale: "Scale", line: float) -> list[dict[str, Any]]:
    stacked: dict[int, int] = {}
    made = []
    for step in steps:
        value = step.high if step.high is not None else step.low
        if value is None:
            continue
        x = scale.at(value)
        height = stacked[round(x)] = stacked.get(round(x), -1) + 1
        made.append(
            {
                "x": x,
                "y": line - 9 - 8 * min(height, _DOTS_HIGH),
                "aside": step.set_aside is not None,
                "open": _open(step),
                "claim": step.claim,
                "told": told(step),
            }
        )
    return made


def steps(estimate: Estimate) -> dict[str, Any] | None:
    """The figure over time: what was said on each day, and the line of what stood; None where one day tells all."""
    shown = [step for step in estimate.steps if _value(step) is not None]
    days = sorted({step.known for step in shown})
    if len(days) < 2:
        return None
    values = [_value(step) or 0.0 for step in shown]
    across = Scale(float(days[0].toordinal()), float(days[-1].toordinal()), _LEFT, WIDTH - _RIGHT)
    up = Scale(0.0 if min(values) < 0.5 * max(values) else min(values), max(values), STEPS - _BOTTOM, _TOP)
    return {
        "width": WIDTH,
        "height": STEPS,
        "base": STEPS - _BOTTOM,
        "axis": [_LEFT, WIDTH - _RIGHT],
        "path": _path(shown, across, up),
        "dots": [
            {
                "x": across.at(float(step.known.toordinal())),
                "y": up.at(_value(step) or 0.0),
                "aside": step.set_aside is not None,
                "open": _open(step),
                "claim": step.claim,
                "told": told(step),
            }
            for step in shown
        ],
        "days": _days(days, across),
        "ticks": [{"at": up.at(each), "said": words.number(each)} for each in up.ticks(4)],
        "told": f"{words.measure(estimate.measure)} as told from {days[0]} to {days[-1]}",
    }


def _path(shown: Sequence[Step], across: "Scale", up: "Scale") -> str:
    """A step line through the highest figure of each day that has a say, or had one until a later one came."""
    by_day: dict[date, float] = {}
    for step in shown:
        if step.set_aside is None or step.set_aside.endswith("since"):
            by_day[step.known] = max(by_day.get(step.known, 0.0), _value(step) or 0.0)
    path = ""
    for day, value in sorted(by_day.items()):
        x, y = across.at(float(day.toordinal())), up.at(value)
        path += f"H{x}V{y}" if path else f"M{x} {y}"
    return f"{path}H{WIDTH - _RIGHT}" if path else ""


def _days(days: Sequence[date], across: "Scale") -> list[dict[str, Any]]:
    """The first day, the last, and others as far as there is room."""
    chosen: list[dict[str, Any]] = []
    for day in (days[0], days[-1], *days[1:-1]):
        x = across.at(float(day.toordinal()))
        if all(abs(x - each["at"]) > 76 for each in chosen):
            ends = "start" if day == days[0] else "end" if day == days[-1] else "middle"
            chosen.append({"at": x, "said": day.isoformat(), "ends": ends})
    return chosen


# --- days ------------------------------------------------------------------------------------------------------------

LANE = 28
_DAY = 10  # across; a page stretches it


def lane(counts: Sequence[tuple[date, int]], first: date, last: date, most: int) -> dict[str, Any]:
    """One bar a day, of days from `first` to `last`; the highest bar of all lanes is that of `most`."""
    return {
        "width": _DAY * ((last - first).days + 1),
        "height": LANE,
        "bars": [
            {
                "day": day.isoformat(),
                "number": number,
                "x": _DAY * (day - first).days + 1,
                "y": LANE - (high := max(3.0, round((LANE - 1) * number / most, 1))),
                "wide": _DAY - 2,
                "high": high,
            }
            for day, number in counts
            if number
        ],
    }


def told(step: Step) -> str:
    """One figure in words: how many, who says so, when, and why it has no say."""
    outlet = step.outlet or "outlet not stated"
    voice = f" ← {step.voice}" if step.voice and step.voice != step.outlet else ""
    aside = f"; no say: {step.set_aside}" if step.set_aside else ""
    return f"{words.bounds(step.low, step.high)}, {outlet}{voice}, {step.known}{aside}"


def _value(step: Step) -> float | None:
    return step.high if step.high is not None else step.low


def _open(step: Step) -> str:
    """Which side a bound leaves open."""
    if step.low is None and step.high is None:
        return ""
    return "up" if step.high is None else "down" if step.low is None else ""


class Scale:
    """Values onto a line, in pixels to a tenth."""

    def __init__(self, low: float, high: float, start: float, end: float) -> None:
        if low == high:
            low, high = low - max(1.0, abs(low) * 0.1), high + max(1.0, abs(high) * 0.1)
        self._low, self._high, self._start, self._end = low, high, start, end

    def at(self, value: float) -> float:
        share = (value - self._low) / (self._high - self._low)
        return round(self._start + share * (self._end - self._start), 1)

    def ticks(self, about: int) -> list[float]:
        """Round values within the scale."""
        step = _round_step((self._high - self._low) / about)
        first, last = ceil(self._low / step), floor(self._high / step)
        return [round(each * step, 10) for each in range(first, last + 1)]


def _round_step(step: float) -> float:
    """1, 2 or 5 times a power of ten; figures of people have no halves."""
    power = 10.0 ** floor(log10(step))
    made = next((each * power for each in (1, 2, 5, 10) if each * power >= step), 10 * power)
    return max(made, 1.0)

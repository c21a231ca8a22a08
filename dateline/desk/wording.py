"""Filters of the templates: plain values as people read them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from dateline.incidents import words
from dateline.show import phrasing

SHORT = 8  # characters of an id


def short(id: str) -> str:
    return id.rpartition("/")[2][:SHORT]


def label(code: str) -> str:
    """A code as words: "air_strike" is "air strike"."""
    return code.replace("_", " ")


def number(value: float | None) -> str:
    return "?" if value is None else phrasing.number(value)


def counted(value: int, one: str, many: str = "") -> str:
    return phrasing.count(value, one, many)


def moment(said: str) -> str:
    """A moment to the minute: "2024-03-04 12:00"."""
    return said[:16].replace("T", " ")


def day(said: str | None) -> str:
    return said[:10] if said else ""


def three(numbers: Sequence[float | None]) -> str:
    return words.three(*numbers)


def causes(found: Sequence[Mapping[str, str]]) -> str:
    """Why something changed, each cause once: "newly known (3 claims); reject by mara: no source"."""
    counted_by: dict[str, int] = {}
    for each in found:
        counted_by[each["said"]] = counted_by.get(each["said"], 0) + (each["kind"] != "decision")
    told = [f"{said} ({counted(number, 'claim')})" if number else said for said, number in counted_by.items()]
    return "; ".join(told)


def is_invented(url: str | None, text: str = "") -> bool:
    """Whether a report says of itself that it is made up: by a name that nobody can own (RFC 2606), or in its text."""
    host = urlsplit(url).hostname if url else None
    return bool(host and (host == "example" or host.endswith(".example"))) or _SAYS_SO in text[-400:]


_SAYS_SO = "This report is invented."

FILTERS: dict[str, Callable[..., Any]] = {
    "short": short, "label": label, "number": number, "counted": counted, "moment": moment, "day": day,
    "three": three, "causes": causes,
}  # fmt: skip

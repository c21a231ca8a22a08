"""The value of a correction as people write it: "12..14", "2024-03-04..2024-03-05", "Quorrin,BV,-37.0,-119.0"."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import msgspec

from dateline.codes import Measure
from dateline.errors import InputError
from dateline.incidents.rulings import OF_INCIDENT, Correction, Days, Range, Where, checked, settled
from dateline.incidents.subjects import incident_called

if TYPE_CHECKING:
    from dateline.incidents.book import Book

_RANGE = ".."
_MOST = {"lat": 90.0, "lon": 180.0, "radius_km": 20_000.0}


def correction(book: "Book", subject: str, field: str, words: str) -> dict[str, Any]:
    """What a decision holds that sets a field of the claim or incident that `subject` names.

    Raises:
        InputError: it has no such field, or it cannot be that.
    """
    name = field.removeprefix(OF_INCIDENT)
    value = value_of(name, words)
    incident = incident_called(book, subject)
    if incident is None:
        return {"claims": (book.ledger.claim(subject).key,), "field": name, "value": value}
    # Tried on the incident first: what cannot be set would stop every account of it later.
    settled(incident, [Correction(field=name, value=msgspec.json.decode(value), decision="")])
    return {"claims": incident.claims, "field": f"{OF_INCIDENT}{name}", "value": value}


def value_of(field: str, words: str) -> str:
    """The JSON text of a field's value, checked; JSON itself is taken as it is.

    Raises:
        InputError: there is no such field, or it cannot be that.
    """
    name = field.removeprefix(OF_INCIDENT)
    said = words.strip()
    value = checked(field, msgspec.json.decode(said) if _is_json(said) else _plain(name, said))
    _check_sense(name, value)
    return msgspec.json.encode(value).decode()


def _check_sense(name: str, value: Any) -> None:
    """Refuse what has the right type and cannot be, however it was written."""
    if isinstance(value, Range):
        low, high = value.low, value.high
        if low is None and high is None:
            raise InputError(f"{name}: nothing is given; write it as 12, 12..14, 12.. or ..14")
        if min(each for each in (low, high) if each is not None) < 0:
            raise InputError(f"{name}: a figure cannot be less than 0")
        if low is not None and high is not None and low > high:
            raise InputError(f"{name}: {low:g} is more than {high:g}; give the lower number first")
    elif isinstance(value, Days):
        if value.earliest > value.latest:
            raise InputError(f"time: {value.earliest} is later than {value.latest}; give the earlier day first")
    elif isinstance(value, Where):
        if (value.lat is None) != (value.lon is None):
            raise InputError("place: give both lat and lon, or neither")
        for key, most in _MOST.items():
            number = getattr(value, key)
            if number is not None and (not -most <= number <= most or (key == "radius_km" and number < 0)):
                raise InputError(f"{key} {number:g} is out of bounds")
    elif isinstance(value, tuple) and not value:
        raise InputError(f"{name}: name at least one; several are parted by semicolons")


def _is_json(said: str) -> bool:
    if said[:1] not in ("{", "["):
        return False
    try:
        msgspec.json.decode(said)
    except msgspec.DecodeError as error:
        raise InputError(f"{said!r} is no JSON: {error}") from error
    return True


def _plain(name: str, said: str) -> Any:
    if name in get_args(Measure):
        low, high = _ends(name, said, _number)
        return {"low": low, "high": high}
    if name == "time":
        first, last = _ends(name, said, _day)
        if first is None or last is None:
            raise InputError("time: both days are needed; write it as 2024-03-04..2024-03-05")
        return {"earliest": first, "latest": last}
    if name == "place":
        return _place(said)
    if name in ("actors", "targets"):
        return _names(said)
    return said.replace(" ", "_")


def _names(said: str) -> list[str]:
    return [each.strip() for each in said.split(";") if each.strip()]


def _ends(name: str, said: str, read: Callable[[str], Any]) -> tuple[Any, Any]:
    """Both ends of a range, or one value for both; an end that is left out is open."""
    low, two, high = said.partition(_RANGE)
    if not two:
        high = low
    if not low.strip() and not high.strip():
        raise InputError(f"{name}: nothing is given; write it as 12, 12..14, 12.. or ..14")
    return tuple(read(end.strip()) if end.strip() else None for end in (low, high))  # type: ignore[return-value]


def _number(said: str) -> float:
    try:
        value = float(said.replace(",", ""))
    except ValueError:
        raise InputError(f"{said!r} is not a number; write a figure as 12, 12..14, 12.. or ..14") from None
    if not 0 <= value < float("inf"):
        raise InputError(f"{said!r} is not a number of anything; write a figure as 12, 12..14, 12.. or ..14")
    return int(value) if value.is_integer() else value


def _place(said: str) -> dict[str, Any]:
    """Name,CC,lat,lon[,radius_km]; what is left out at the end is not known."""
    parts = [part.strip() for part in said.split(",")]
    name, country, *numbers = (*parts, "", "")[: max(2, len(parts))]
    if not name or len(numbers) > 3 or len(numbers) == 1:
        raise InputError(f"{said!r} is no place; write it as NAME,CC,LAT,LON such as Quorrin,BV,-37.0,-119.0")
    made: dict[str, Any] = {"name": name}
    if country:
        made["country"] = country.upper()
    for key, number in zip(("lat", "lon", "radius_km"), numbers, strict=False):
        made[key] = _degrees(key, number)
    return made


def _degrees(key: str, said: str) -> float:
    try:
        return float(said)
    except ValueError:
        raise InputError(f"{said!r} is not a number of {key}") from None


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise InputError(f"{said!r} is not a date; write it as 2024-03-04") from None

"""Publication dates as machines write them: ISO 8601, e-mail style, and the plain "17 June 2014".

Only what can be read one way is read. "03/04/2014" is the third of April or the fourth of March: it stays unknown.
"""

import re
from datetime import date
from email.utils import parsedate

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:$|[T ])")
_BASIC = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{4,6}Z?)?$")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NAMED = (
    re.compile(
        r"(?:[A-Za-z]+,?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[A-Za-z]{3,9})\.?,?\s+(?P<year>\d{4})\b"
    ),
    re.compile(
        r"(?:[A-Za-z]+,?\s+)?(?P<month>[A-Za-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b"
    ),
)
_SLASHED = re.compile(r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<year>\d{4})\b")


def read_date(raw: str) -> date | None:
    """The day that `raw` names, in the zone it was written in; None where it names none, or more than one."""
    raw = raw.strip()
    for pattern in (_ISO, _BASIC):
        if found := pattern.match(raw):
            return _day(int(found[1]), int(found[2]), int(found[3]))
    for pattern in _NAMED:
        if (found := pattern.match(raw)) and (month := _month(found["month"])):
            return _day(int(found["year"]), month, int(found["day"]))
    if found := _SLASHED.match(raw):
        return _slashed(int(found["a"]), int(found["b"]), int(found["year"]))
    parts = parsedate(raw)
    return _day(parts[0], parts[1], parts[2]) if parts else None


def _slashed(first: int, second: int, year: int) -> date | None:
    if first == second or second > 12:  # 04/04, or 06/17: only one reading is left
        return _day(year, first, second)
    return _day(year, second, first) if first > 12 else None


def _month(name: str) -> int | None:
    return next((at for at, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    # Year 1 and the epoch are what broken systems write for "none"; nobody published news on the web then.
    return made if year >= 1600 and made != date(1970, 1, 1) else None


def future_warning(day: date | None) -> tuple[str, ...]:
    """A warning where a report says that it was published after today; it is kept as it is."""
    if day is None or day <= date.today():
        return ()
    return (f"published {day.isoformat()} lies in the future; kept as given",)

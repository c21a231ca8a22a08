"""The lines that say when and whence: "Published: Tuesday, 17 June 2014 10:32 GMT", "BAGHDAD, Iraq (AP) —".

Only what can be read one way is read; 03/04/2014 is the third of April or the fourth of March, and stays unknown.
"""

import re
from datetime import date

from msgspec import Struct

from dateline.reading.paragraphs import Paragraph, shouted
from dateline.record import Report, Span
from dateline.world.calendars import MONTHS, calendar_day

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b[,.]?\s+)?"
_DATE = re.compile(
    rf"""
      \b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?=T\d{{2}}:|\b)
    | {_WEEKDAY}\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<month>{_MONTH}),?[\s-]+
      (?P<year>\d{{4}}|\d{{2}}(?=\W|$))
    | {_WEEKDAY}\b(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})\b
    | \b(?P<one>\d{{1,2}})[/.](?P<two>\d{{1,2}})[/.](?P<year3>\d{{4}}|\d{{2}})\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = (
    r"(?:\bT|\bat\s+|\b)\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?(?:\s*[ap]\.?m\b\.?)?"
    r"|\b\d{1,2}\s*[ap]\.?m\b\.?|\b\d{4}(?=\s+GMT)"
)
_ZONE = (
    r"(?:GMT|UTC|BST|E[SD]T|C[SD]T|M[SD]T|P[SD]T|CES?T|EES?T|MSK|AST|IST|Z|local\s+time)(?:\s*[+-]\d{1,2}(?::?\d{2})?)?"
)
_TIME = re.compile(rf"(?:{_CLOCK})(?:\s*(?:hrs|hours))?(?:\s*\(?{_ZONE}\b\)?)?(?:[+-]\d{{2}}:?\d{{2}})?", re.IGNORECASE)
_ISSUED = (
    r"(?:this\s+(?:story|article|report)\s+(?:is|was)\s+from\b"
    r"|(?:this\s+(?:story|article|report)\s+was\s+)?(?:first\s+)?(?:published|posted|issued|created|filed|released|dated|date"
    r"|publication\s+date)\b(?:\s+(?:on|at))?)"
)
_UPDATED = r"(?:last\s+)?(?:updated|update|modified|edited|revised)\b(?:\s+(?:on|at))?"
_LABEL = re.compile(rf"\b(?:{_ISSUED}|{_UPDATED})", re.IGNORECASE)
_IS_UPDATE = re.compile(_UPDATED, re.IGNORECASE)
_READING_TIME = re.compile(r"\b\d{1,2}\s+min(?:ute)?s?(?:\s+read)?\b", re.IGNORECASE)
_LONGEST = 140  # characters of a date line, its labels, times and second date included

AGENCIES = frozenset(
    name.casefold()
    for name in (
        *("AP", "Associated Press", "The Associated Press", "AFP", "Agence France-Presse", "Reuters", "Reuter", "UPI"),
        *(
            "Thomson Reuters",
            "Xinhua",
            "TASS",
            "ITAR-TASS",
            "Interfax",
            "RIA Novosti",
            "Ukrinform",
            "SANA",
            "IRNA",
            "INA",
        ),
        *("Anadolu Agency", "Anadolu", "dpa", "EFE", "ACAN-EFE", "ANSA", "Kyodo", "PTI", "IANS", "ANI", "SAPA", "PAP"),
        *("ANA", "MENA", "WAFA", "Petra", "SPA", "SABA", "KUNA", "QNA", "Yonhap", "KCNA", "BBC", "BBC News", "CNN"),
        *("Al Jazeera", "Al Arabiya", "RFE/RL", "VOA", "IRIN", "Deutsche Welle", "DW", "NPR", "Bloomberg", "Sputnik"),
    )
)


class DateLine(Struct, frozen=True):
    """What a line about the date says. `day` is None where it can be read more than one way (`ambiguous` says how).

    `rest` is what else stands in it (a place, a publisher), `labelled` whether it says what its date is of.
    """

    day: date | None
    updated: bool
    labelled: bool
    ambiguous: str | None
    rest: str


class Dateline(Struct, frozen=True):
    """The opening of a report: its stretch, and what it tells. `place` "BAGHDAD, Iraq", `agency` "AP"."""

    start: int
    end: int
    place: str | None
    agency: str | None
    day: date | None


def date_line(paragraph: Paragraph) -> DateLine | None:
    """The date that a paragraph states where it is nothing but dates, times, labels and at most a short name."""
    text = paragraph.text
    if len(text) > _LONGEST or not any(c.isdigit() for c in text):
        return None
    found = list(_DATE.finditer(text))
    if not found:
        return None
    rest = _rest(text)
    if rest is None:
        return None
    at, updated = 0, False
    for number, match in enumerate(found):
        is_update = bool(_IS_UPDATE.search(text, at, match.start()))
        if number == 0 or (updated and not is_update):
            chosen, updated = match, is_update
        at = match.end()
    day = day_of(chosen)
    ambiguous = chosen.group() if day is None and chosen["one"] else None
    if day is None and ambiguous is None:
        return None
    return DateLine(day, updated, bool(_LABEL.search(text)), ambiguous, rest)


def _rest(text: str) -> str | None:
    """What is left of a date line without its dates: nothing, or a short name; None where it is more than that."""
    for pattern in (_DATE, _TIME, _READING_TIME, _LABEL):
        text = pattern.sub(" | ", text)
    pieces = [piece.strip(" ,;:.-–—•·()[]/\t\n") for piece in text.split("|")]
    left = [piece for piece in pieces if any(c.isalnum() for c in piece)]
    if not left:
        return ""
    words = " ".join(left).split()
    if len(left) > 2 or len(words) > 6 or not all(word[0].isupper() or word in _SMALL for word in words):
        return None
    return left[0]


_SMALL = frozenset({"and", "of", "the", "in", "al", "el", "de", "&", "|", "/", "-"})


def day_of(match: re.Match[str]) -> date | None:
    """The day a `_DATE` match names; None where there is no such day, or two."""
    if match["iso"]:
        try:
            return date.fromisoformat(match["iso"])
        except ValueError:
            return None
    if match["one"]:
        first, second, year = int(match["one"]), int(match["two"]), full_year(match["year3"])
        if first > 12 or first == second:
            return calendar_day(year, second, first)
        return calendar_day(year, first, second) if second > 12 else None
    month = match["month"] or match["month2"]
    day, year = match["day"] or match["day2"], full_year(match["year"] or match["year2"])
    return calendar_day(year, MONTHS[month[:3].lower()], int(day))


def full_year(digits: str) -> int:
    """The year that four digits, or two, name."""
    # POSIX's rule for two digits: 69 to 99 are the last century. Cables of the 1980s write "28 MAR 89".
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 69 else 2000)


_CAPS = r"[A-Z][A-Z'’‘.]+(?:[ /-][A-Z][A-Z'’‘.]*){0,4}"
_NAME = r"[A-Z][\w'’‘.-]+(?:[ /][A-Z][\w'’‘.-]+){0,3}"
_AFTER = r"(?:,\s+[A-Z][\w'’‘.-]+(?:\s[A-Z][\w'’‘.-]+){0,2})"
_ON = rf"(?:\d{{1,2}}\s+(?i:{_MONTH})(?:\s+\d{{4}}|\s+\d{{2}}(?=\W))?|(?i:{_MONTH})\s+\d{{1,2}}(?:,?\s+\d{{4}})?)"
_BY = r"\((?P<agency>[A-Z][^()\n]{1,40})\)"
_DASH = r"(?:--+|[—–_-])(?=[\s\[\"“])"
_TAGS = r"(?:\s*\[[^\]]{1,60}\])*"  # FBIS: "[TEXT]", "[COMMUNIQUE]"
_DATELINES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(form + _TAGS)
    for form in (
        rf"(?P<place>{_CAPS}{_AFTER}?),?\s+(?P<on>{_ON}),?\s+{_BY}\s*{_DASH}",  # LIMA, 28 MAR 89 (TELEVISION) --
        rf"(?P<place>{_NAME}{_AFTER}?),\s+(?P<on>{_ON}),?\s+{_BY}\s*{_DASH}",  # Sanaa, 12 May (Reuters) -
        rf"(?P<place>{_CAPS}{_AFTER}?),?\s+{_BY}\s*{_DASH}",  # BAGHDAD, Iraq (AP) —
        rf"(?P<place>{_NAME}{_AFTER}?),?\s+{_BY}\s*{_DASH}",  # Kyiv, Ukraine (CNN) —: known agencies only
        rf"(?P<place>{_NAME}{_AFTER}?),\s+(?P<on>{_ON})\s*(?:{_DASH}|:)",  # LONDON, March 18 -
        rf"(?P<place>{_NAME})\s*{_DASH}\s*(?P<on>{_ON})\s*{_DASH}",  # Baghdad – 12 May 2015 –
        rf"(?P<on>{_ON}),?\s+{_BY}\s*{_DASH}",  # March 17 (Reuters) -
        rf"{_BY}\s*{_DASH}",  # (Reuters) -
    )
)
_BARE = re.compile(rf"(?P<place>{_CAPS}{_AFTER}?)\s*{_DASH}{_TAGS}(?=\s+[A-Z\"“‘'\d])")  # CHICAGO -- Under
_BARE_AGENCY = re.compile(rf"(?P<agency>{_NAME})\s*{_DASH}")  # CNN —
_INSIDE = re.compile(rf"\b(?P<place>{_CAPS}{_AFTER}?),\s+(?P<on>{_ON})\s+{_BY}\s*{_DASH}{_TAGS}")
_INSIDE_WITHIN = 300  # characters: a headline and a byline may stand before the dateline on one line
_NOT_PLACES = "BREAKING UPDATE URGENT ANALYSIS EXCLUSIVE LIVE WATCH OPINION CORRECTION FACTBOX TIMELINE"
_NO_PLACE = frozenset(_NOT_PLACES.split())


def opening(paragraph: Paragraph) -> Dateline | None:
    """The dateline at the start of a paragraph."""
    text = paragraph.text[:200]
    for number, form in enumerate(_DATELINES):
        if (found := form.match(text)) and _holds(found, sure=number not in (3, 7)):
            return _dateline(paragraph, found)
    if (found := _BARE_AGENCY.match(text)) and found["agency"].casefold() in AGENCIES:
        return _dateline(paragraph, found)
    if (found := _BARE.match(text)) and not shouted(paragraph.text) and _is_place(found["place"]):
        return _dateline(paragraph, found)
    return None


def inside(paragraph: Paragraph) -> Dateline | None:
    """A full dateline (place, day and agency) after a headline on the same line, as some feeds run them together."""
    if shouted(paragraph.text):
        return None
    found = _INSIDE.search(paragraph.text, 0, _INSIDE_WITHIN)
    return _dateline(paragraph, found) if found and found.start() else None


def _holds(found: re.Match[str], *, sure: bool) -> bool:
    agency = found.groupdict().get("agency")
    return sure or (agency or "").casefold() in AGENCIES


def _is_place(words: str) -> bool:
    first = words.partition(",")[0]
    return first not in _NO_PLACE and sum(c.isalpha() for c in first) >= 4


def _dateline(paragraph: Paragraph, found: re.Match[str]) -> Dateline:
    groups = found.groupdict()
    dated = _DATE.search(groups.get("on") or "")
    place, agency = (" ".join(words.split()) if (words := groups.get(key)) else None for key in ("place", "agency"))
    if place is None and dated and agency and agency.casefold() not in AGENCIES:
        place, agency = agency, None  # "September 10, 2015 (JUBA) -": some put the place in the brackets
    start = paragraph.start + found.start()
    return Dateline(start, paragraph.start + found.end(), place, agency, day_of(dated) if dated else None)


def dateline_span(report: Report) -> Span | None:
    """Where the report says where it was written ("BAGHDAD, Iraq (AP) —"), once it is laid out."""
    return next((part.span for part in report.layout if part.kind == "dateline"), None)

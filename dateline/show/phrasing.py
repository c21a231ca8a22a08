"""The parts of a claim in plain words: "≥ 12 wounded", "from Mosul (IQ)", "Reuters ← Sana".

Every function is pure and returns one line of text without styles. A space that must not be broken at a line's end is a
no-break space; `layout` turns it back into a plain one. Words of the report are cleaned of control characters first, so
that no report can move the cursor or hide text.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from dateline.codes import Measure, Verification
from dateline.record import Actor, Check, Claim, Evidence, Figure, Period, Place, Record, Report, Source

GLUE = "\u00a0"
# Explicit direction marks (Unicode bidi controls): a report that carries them could turn around what stands beside it.
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PEOPLE_MEASURES: frozenset[Measure] = frozenset(("killed", "wounded", "missing", "displaced", "abducted", "detained"))
# `of` words that say no more than the measure does: "1,700 killed", not "1,700 people killed".
_ANYBODY = frozenset(("people", "persons", "person", "individuals", "killed", "dead", "deaths", "wounded", "injured"))
_OPENING = frozenset("“\"‘'«„")
_UNITS = {"area": "km²", "distance": "km"}
_PRECISION_WORDS = {"district": "district", "province": "province"}
_VERIFICATION_WORDS: dict[Verification, str] = {
    "not_stated": "",
    "unverified": "unverified",
    "verified": "verified",
    "disputed": "disputed",
}


def clean(text: str) -> str:
    """One line that is safe to print: white space as single spaces, control characters and direction marks gone."""
    spaced = re.sub(r"\s+", " ", _DIRECTION.sub("", text)).strip()
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cs") else c for c in spaced)


def quoted(text: str) -> str:
    return f"“{clean(text)}”"


def opens_a_quotation(text: str) -> bool:
    """Whether the words bring their own quotation mark: then a second one before it would only confuse."""
    return text.lstrip()[:1] in _OPENING


def count(number: int, one: str, many: str = "") -> str:
    """Such as "1 claim", "12 claims", "no claims"."""
    return f"{f'{number:,}' if number else 'no'} {one if number == 1 else many or one + 's'}"


def event(claim: Claim) -> str:
    return claim.event.replace("_", " ")


def trigger(claim: Claim) -> str:
    """The word that names the event, in quotation marks; empty where it is the event's own name."""
    return "" if clean(claim.trigger.text).lower() == event(claim) else quoted(claim.trigger.text)


def modality(claim: Claim) -> str:
    """Whether it happened, where the report does not simply say so: "planned", "denied"; empty where it does."""
    return "" if claim.modality == "actual" else claim.modality.replace("_", GLUE)


def parties(claim: Claim) -> str:
    """Who → to whom, by the fullest names in the report."""
    actors, targets = _names(claim.actors), _names(claim.targets)
    if targets:
        return f"{actors} →{GLUE}{targets}" if actors else f"→{GLUE}{targets}"
    return actors


def _names(actors: Iterable[Actor]) -> str:
    return ", ".join(dict.fromkeys(clean(actor.name) for actor in actors))


def places(claim: Claim) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place(part) for part in claim.places))


def place(part: Place) -> str:
    """One place: its role, how exactly it is known, its name and country, and the report's words for a relation."""
    name = clean(part.name)
    grain = _PRECISION_WORDS.get(part.precision or "", "")
    if grain and grain not in name.lower():
        name = f"{name} {grain}"
    told = {name.lower(), clean(part.name).lower()}
    if part.country and part.precision != "country":
        name += f"{GLUE}({clean(part.country)})"
    if part.precision == "near":
        told.add(f"near {clean(part.name)}".lower())
        name = f"near{GLUE}{name}"
    if part.role in ("from", "to"):
        name = f"{part.role}{GLUE}{name}"
    if part.relation and clean(part.text).lower() not in told:
        name += f" ({quoted(part.text)})"
    return name if part.lat is not None or part.precision is not None else f"{name} (not{GLUE}located)"


def when(period: Period | None) -> tuple[str, ...]:
    """The days, and the report's words for them: "2014-06-09 to 2014-06-15", "“last week”"."""
    if period is None:
        return ()
    span, words = days(period.earliest, period.latest), clean(period.text)
    return tuple(piece for piece in (span, quoted(words) if words != span else "") if piece)


def days(earliest: date | None, latest: date | None) -> str:
    if earliest and latest:
        return earliest.isoformat() if earliest == latest else f"{earliest} to{GLUE}{latest}"
    if earliest:
        return f"from{GLUE}{earliest} on"
    return f"until{GLUE}{latest}" if latest else ""


def figures(claim: Claim) -> tuple[str, ...]:
    return tuple(dict.fromkeys(figure(part) for part in claim.figures))


def figure(part: Figure) -> str:
    """A figure with what it counts: "1,700 killed", "≤ 5,000 fighters", "24–99 killed (“dozens”)"."""
    said = " ".join(piece for piece in (amount(part), _counted(part)) if piece)
    if part.qualifier == "vague" and said != clean(part.text):
        said += f" ({quoted(part.text)})"
    if part.part_of:
        said += f" (of {quoted(part.part_of)})"
    return f"{said} (older toll, replaced)" if part.superseded else said


def amount(part: Figure) -> str:
    """The number alone. Money stays as written, for its currency; so does what has no number."""
    low, high = part.low, part.high
    if part.measure == "money" or (low is None and high is None):
        return clean(part.text)
    if low is not None and high is not None:
        if low != high:
            return f"{number(low)}–{number(high)}"
        return f"about{GLUE}{number(low)}" if part.qualifier == "about" else number(low)
    return f"≥{GLUE}{number(low)}" if low is not None else f"≤{GLUE}{number(high or 0)}"


def number(value: float) -> str:
    return f"{int(value):,}" if float(value).is_integer() else f"{value:,}"


def _counted(part: Figure) -> str:
    """What is counted. The measure's own word stands wherever a reader would miss it: "40 soldiers killed"."""
    of, unit = clean(part.of or ""), clean(part.unit or "")
    if part.measure == "money":
        return ""
    if part.measure in _UNITS:
        return unit or _UNITS[part.measure]
    if not of and unit and unit != "people":
        of = unit
    if part.measure in _PEOPLE_MEASURES:
        return f"{of} {part.measure}" if of and of.lower() not in _ANYBODY else str(part.measure)
    return of or str(part.measure or "")


def sources(claim: Claim) -> str:
    """Who says so, outermost first: "Reuters ← Sana"."""
    if not claim.attribution:
        return "the report itself"
    return f" ←{GLUE}".join(source(link) for link in claim.attribution)


def source(link: Source) -> str:
    if link.source is not None:
        return clean(link.source.name)
    return f"no source named ({quoted(link.cue.text)})" if link.cue else "no source named"


def sureness(claim: Claim) -> str:
    """The words by which a distance is kept, and what the report says of its checking: "“alleged”, unverified"."""
    hedge = quoted(claim.hedge.text) if claim.hedge else ""
    return ", ".join(piece for piece in (hedge, verification(claim.verification)) if piece)


def verification(value: Verification) -> str:
    return _VERIFICATION_WORDS[value]


def evidence(part: Evidence, numbers: dict[str, int]) -> str:
    """Such as "photos, posted on social media sites by Islamic State, unverified; bears on claims 1 and 2"."""
    channel = f"on {clean(part.channel)}" if part.channel else ""
    posted = f"by {clean(part.posted_by)}" if part.posted_by else ""
    put_out = " ".join(piece for piece in (channel, posted) if piece)
    said = [clean(part.text), f"posted {put_out}" if put_out else "", verification(part.verification)]
    shown = sorted(numbers[claim] for claim in part.shows if claim in numbers)
    bears = f"; bears on {'claim' if len(shown) == 1 else 'claims'} {listed(shown)}" if shown else ""
    return ", ".join(piece for piece in said if piece) + bears


def check(part: Check) -> str:
    """The check's own note, and its verdict where the note leaves it out."""
    note = clean(part.note).rstrip(".")
    said = part.verdict in note or (part.verdict == "unchecked" and "not checked" in note)
    return note if said else f"{note}: {part.verdict}"


def listed(values: Iterable[object]) -> str:
    """Such as "1", "1 and 2", "1, 2 and 3"."""
    words = [str(value) for value in values]
    return " and ".join(piece for piece in (", ".join(words[:-1]), words[-1] if words else "") if piece)


def headline(report: Report) -> str:
    found = report.title or next((part.text for part in report.layout if part.kind == "headline"), "")
    return clean(found) or "(no headline)"


def head(report: Report) -> str:
    """Publisher, date and, where it is known, dateline: the line under the headline."""
    published = report.published.isoformat() if report.published else "no date"
    parts = (clean(report.source or "") or "publisher not stated", published, clean(report.dateline or ""))
    return " · ".join(part for part in parts if part)


def size(record: Record) -> str:
    return f"{count(len(record.claims), 'claim')} in {count(len(record.report.text.split()), 'word')}"


def opening(text: str, words: int = 12) -> str:
    """The first words of a stretch, in quotation marks, and how much more there is."""
    said = clean(text).split(" ")
    more = len(said) - words
    if more <= 3:  # a remark about three words is longer than the three words
        return f"“{' '.join(said)}”"
    return f"“{' '.join(said[:words])} …” and {more:,} words more"

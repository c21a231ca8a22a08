"""Claims as cards beside the text: a row a field, which leads to its words; what is unsure stands first."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from dateline.desk.deciding import parted
from dateline.desk.page import Dict, plain
from dateline.desk.pages.incident import claim_card
from dateline.incidents.rulings import Rulings
from dateline.ledger import StoredClaim
from dateline.record import Actor, Claim, Figure, Part, Period, Place, Record, Unknown
from dateline.show import phrasing
from dateline.show.decisions_page import value

_WIDE = frozenset(("country", "region", "part_of_country"))


class Row(Struct, frozen=True, kw_only=True):
    """One field of a claim.

    `marks` are the field's names among the marks, none where it has no words of its own. `corrects` is the name by
    which it is corrected, `unsure` says why it is. `depth` is the place in an attribution chain, the outermost 0.
    """

    label: str
    says: str
    marks: tuple[str, ...] = ()
    words: str = ""
    corrects: str = ""
    unsure: str = ""
    depth: int = 0


class Correction(Struct, frozen=True, kw_only=True):
    """A field as a decision set it."""

    field: str
    says: str
    decision: str


def card(stored: StoredClaim, number: int, record: Record, ruled: Rulings, added_by: str) -> Dict:
    """One claim with its rows and with what was decided about it."""
    rows = sorted(rows_of(stored.claim, number, record.unknown), key=lambda row: not row.unsure)
    return {
        **claim_card(stored, number),
        "rows": [plain(row) for row in rows],
        "accepted_by": ruled.accepted.get(stored.key, ""),
        "rejected": parted(ruled.rejected.get(stored.key, ""))[0],
        "corrections": [
            plain(Correction(field=each.field, says=value(_json(each.value)), decision=each.decision))
            for each in ruled.corrected.get(stored.key, ())
        ],
        "added_by": added_by,
    }


def _json(held: Any) -> str:
    return msgspec.json.encode(held).decode()


def in_order(cards: Iterable[Dict], order: str) -> list[Dict]:
    """The least sure claim first, or as they stand in the text."""
    return sorted(cards, key=lambda each: (each["score"] if order == "unsure" else 0, each["number"]))


def rows_of(claim: Claim, number: int, unknown: Sequence[Unknown]) -> Iterator[Row]:
    """The fields in the order in which people ask for them."""

    def row(label: str, says: str, name: str, at: int, part: Part, corrects: str = "", why: str = "") -> Row:
        unsure = "; ".join(dict.fromkeys(each for each in (why, *_unknown(part, unknown)) if each))
        return Row(
            label=label, says=says, marks=(f"{number}.{name}.{at}",), words=phrasing.clean(part.text),
            corrects=corrects, unsure=unsure,
        )  # fmt: skip

    yield row("what", claim.event.replace("_", " "), "trigger", 0, claim.trigger, "event")
    yield Row(label="whether", says=claim.modality.replace("_", " "), corrects="modality")
    for label, name, held in (("who", "actors", claim.actors), ("to whom", "targets", claim.targets)):
        for at, actor in enumerate(held):
            yield row(label, _actor(actor), name, at, actor, name, _unsure_actor(actor))
    for at, place in enumerate(claim.places):
        yield row("where", phrasing.place(place), "places", at, place, "place", _unsure_place(place))
    if claim.time is not None:
        days = phrasing.days(claim.time.earliest, claim.time.latest)
        yield row("when", days or "no day", "time", 0, claim.time, "time", _unsure_time(claim.time))
    for at, figure in enumerate(claim.figures):
        measure = figure.measure or ""
        yield row("how many", phrasing.figure(figure), "figures", at, figure, measure, _unsure_figure(figure))
    yield from _chain(claim, number)
    if claim.hedge is not None:
        yield row("hedge", phrasing.quoted(claim.hedge.text), "hedge", 0, claim.hedge)
    yield Row(label="checked", says=claim.verification.replace("_", " "), corrects="verification")
    for at, part in enumerate(claim.also):
        yield row("again in", phrasing.opening(part.text), "also", at, part)


def _chain(claim: Claim, number: int) -> Iterator[Row]:
    """Who says so: a row a link, the outermost first, each deeper than the one that passes it on."""
    if not claim.attribution:
        yield Row(label="says who", says="the report itself")
    for at, link in enumerate(claim.attribution):
        held = [(name, part) for name, part in (("source", link.source), ("cue", link.cue)) if part is not None]
        cue = f" ({phrasing.quoted(link.cue.text)})" if link.source is not None and link.cue is not None else ""
        yield Row(
            label="says who" if at == 0 else "quoting",
            says=f"{phrasing.source(link)}{cue}",
            marks=tuple(f"{number}.{name}.{at}" for name, _ in held),
            words=phrasing.clean(held[0][1].text) if held else "",
            depth=at,
        )


def _unknown(part: Part, unknown: Sequence[Unknown]) -> Iterator[str]:
    """What the reader could not settle about these words."""
    for each in unknown:
        if each.span is not None and each.where == part.where and each.span.overlaps(part.span):
            yield each.reason


def _actor(actor: Actor) -> str:
    country = f" ({actor.country})" if actor.country else ""
    return f"{phrasing.clean(actor.name)}{country}"


def _unsure_actor(actor: Actor) -> str:
    return "may be one of several" if actor.may_be else ""


def _unsure_place(place: Place) -> str:
    if place.lat is None and place.precision is None:
        return "not located"
    return f"known only to a {place.precision.replace('_', ' ')}" if place.precision in _WIDE else ""


def _unsure_time(time: Period) -> str:
    return "no day could be told" if time.earliest is None and time.latest is None else ""


def _unsure_figure(figure: Figure) -> str:
    if figure.low is None and figure.high is None:
        return "no number could be told"
    return "a vague number" if figure.qualifier == "vague" else ""


def known_values(record: Record) -> list[Mapping[str, str]]:
    """What a field can be corrected to that stands in the report: the value as a form takes it, and its words."""
    found = [{"value": _place_value(each), "words": phrasing.clean(each.text)} for each in record.mentions.places]
    found += [
        {"value": f"{_end(each.low)}..{_end(each.high)}", "words": phrasing.clean(each.text)}
        for each in record.mentions.figures
        if each.low is not None or each.high is not None
    ]
    found += [
        {"value": f"{each.earliest}..{each.latest}", "words": phrasing.clean(each.text)}
        for each in record.mentions.times
        if each.earliest is not None and each.latest is not None
    ]
    found += [
        {"value": phrasing.clean(each.name), "words": phrasing.clean(each.text)} for each in record.mentions.actors
    ]
    return list({(each["value"], each["words"]): each for each in found}.values())


def _place_value(place: Place) -> str:
    parts: list[object] = [phrasing.clean(place.name).replace(",", " "), place.country or ""]
    if place.lat is not None and place.lon is not None:
        parts += [round(place.lat, 4), round(place.lon, 4)]
        if place.radius_km is not None:
            parts.append(round(place.radius_km, 1))
    return ",".join(map(str, parts)).rstrip(",")


def _end(number: float | None) -> str:
    return "" if number is None else f"{number:g}" if number < 1e6 else str(int(number))

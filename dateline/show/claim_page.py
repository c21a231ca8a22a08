"""One claim of a ledger with everything that leads back from it: what `dateline show` prints."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.text import Text

from dateline.codes import MODALITIES, PLACE_PRECISIONS, VERIFICATIONS
from dateline.ledger import StoredClaim
from dateline.record import Actor, Claim, Figure, Part, Period, Place, Relation, Report, Source, Span
from dateline.show import phrasing
from dateline.show.claims_page import says
from dateline.show.layout import GUTTER, hanging, styled
from dateline.show.phrasing import clean, quoted
from dateline.show.rows import QUIET, STRONG, block, pieces_around

Facts = Iterator[tuple[str, str]]


def claim_page(stored: StoredClaim, report: Report, *, width: int) -> list[Text]:
    """The lines of a stored claim, at most `width` cells each."""
    claim = stored.claim
    made = block(claim, width, says=says(stored))
    made += _section("", [*_fields(claim)], width)
    made += [Text(), styled("Paragraph", STRONG)]
    made += hanging(Text("  "), in_paragraph(claim, report), width, GUTTER)
    for title, facts in (("Report", _report(stored)), ("Read by", _reader(stored)), ("In the chain", _chain(stored))):
        made += _section(title, [*facts], width)
    return made


def in_paragraph(claim: Claim, report: Report) -> Text:
    """The paragraph that holds the quote: the quote »so«, the trigger within it ›so‹."""
    quote, trigger = claim.quote, claim.trigger
    text = report.text if quote.where == "text" else report.title or ""
    around = paragraph(text, quote.span)
    before, said, after = pieces_around(Part(text=around.of(text), span=around, where=quote.where), quote)
    made = styled(before, QUIET).append("»")
    lead, word, tail = pieces_around(quote, trigger)
    made.append(lead).append(f"›{word}‹" if word else "", STRONG).append(tail)
    assert said, "a paragraph holds the quote it was cut around"
    return made.append("«").append(after, QUIET)


def paragraph(text: str, span: Span) -> Span:
    """The paragraph around a span: up to the blank lines, or the line ends where a text has no blank lines."""
    gap = "\n\n" if "\n\n" in text else "\n"
    start, end = text.rfind(gap, 0, span.start), text.find(gap, span.end)
    return Span(0 if start < 0 else start + len(gap), len(text) if end < 0 else end)


def _section(title: str, facts: Sequence[tuple[str, str]], width: int) -> list[Text]:
    """Labels and values in two columns; a label that repeats is printed once."""
    indent = GUTTER + max(len(label) for label, _ in facts) + GUTTER
    made = [Text(), styled(title, STRONG)] if title else [Text()]
    last = ""
    for label, value in facts:
        shown = "" if label == last else label
        made += hanging(styled(f"  {shown}", QUIET), Text(value), width, indent)
        last = label
    return made


def _fields(claim: Claim) -> Facts:
    yield "event", phrasing.event(claim)
    yield "trigger", _written(claim.trigger)
    yield from (("actor", _party(actor)) for actor in claim.actors)
    yield from (("target", _party(target)) for target in claim.targets)
    yield from (("place", _place(place)) for place in claim.places)
    if claim.time:
        yield "time", _time(claim.time)
    yield from (("figure", _figure(figure)) for figure in claim.figures)
    yield from (("says so", _link(link)) for link in claim.attribution)
    if not claim.attribution:
        yield "says so", "the report itself"
    yield "modality", f"{phrasing.modality(claim) or 'actual'}: {MODALITIES[claim.modality]}"
    yield "hedge", _written(claim.hedge) if claim.hedge else "none"
    yield "verification", f"{claim.verification.replace('_', ' ')}: {VERIFICATIONS[claim.verification]}"
    if claim.factuality is not None:
        yield "factuality", f"{claim.factuality:+g} (-3 did not happen, 3 did)"
    yield "score", f"{claim.score:.2f}"
    yield "quote", f"{_at(claim.quote)} (offsets count the characters of the report's text)"
    yield from (("also", _written(part)) for part in claim.also)


def _at(part: Part) -> str:
    return f"at {part.span.start}–{part.span.end}{' of the title' if part.where == 'title' else ''}"


def _written(part: Part) -> str:
    return f"{quoted(part.text)} {_at(part)}"


def _some(*pieces: str | None) -> str:
    return "; ".join(piece for piece in pieces if piece)


def _party(actor: Actor) -> str:
    return _some(
        clean(actor.name),
        f"written {_written(actor)}",
        clean(actor.post) if actor.post else None,
        actor.kind and actor.kind.replace("_", " "),
        actor.country and f"country {clean(actor.country)}",
        actor.actor_id and f"id {clean(actor.actor_id)}",
        f"may be {phrasing.listed(map(clean, actor.may_be))}" if actor.may_be else None,
    )


def _place(place: Place) -> str:
    known = place.lat is not None and place.lon is not None
    return _some(
        phrasing.place(place),
        f"written {_written(place)}",
        place.role and f"role {place.role}",
        f"{place.lat:.4f}, {place.lon:.4f}" if known else "no coordinates",
        f"radius {place.radius_km:g} km" if place.radius_km is not None else None,
        place.precision and PLACE_PRECISIONS[place.precision].partition(" (")[0],  # its own code follows
        f"where_prec {place.where_prec}" if place.where_prec else None,
        f"geo_precision {place.geo_precision}" if place.geo_precision else None,
        f"GeoNames {place.geonames_id}" if place.geonames_id else None,
        "named by its people" if place.demonym else None,
        _relation(place.relation) if place.relation else None,
    )


def _relation(relation: Relation) -> str:
    anchors = phrasing.listed(clean(anchor.name) for anchor in relation.anchors)
    distance = f"{relation.distance_km:g} km" if relation.distance_km is not None else ""
    bound = (relation.distance_bound or "").replace("_", " ")
    parts = (bound if bound != "exact" else "", distance, clean(relation.bearing or ""), anchors and f"of {anchors}")
    return f"told by {relation.kind.replace('_', ' ')}: {' '.join(part for part in parts if part)}".rstrip(": ")


def _time(time: Period) -> str:
    return _some(
        phrasing.days(time.earliest, time.latest) or "not placed in the calendar",
        f"written {_written(time)}",
        f"TIMEX3 {time.type} {clean(time.value or '')}".rstrip(),
        time.precision and f"precision {time.precision}",
        f"date_prec {time.date_prec}" if time.date_prec else None,
        f"time_precision {time.time_precision}" if time.time_precision else None,
    )


def _figure(figure: Figure) -> str:
    return _some(
        phrasing.figure(figure),
        f"written {_written(figure)}",
        figure.measure and f"measure {figure.measure}",
        f"low {_bound(figure.low)}, high {_bound(figure.high)}",
        figure.unit and f"unit {clean(figure.unit)}",
    )


def _bound(value: float | None) -> str:
    return "open" if value is None else phrasing.number(value)


def _link(link: Source) -> str:
    return _some(
        phrasing.source(link),
        f"written {_written(link.source)}" if link.source else None,
        f"id {clean(link.source.actor_id)}" if link.source and link.source.actor_id else None,
        f"cue {_written(link.cue)}" if link.cue else None,
    )


def _report(stored: StoredClaim) -> Facts:
    yield "headline", clean(stored.title or "") or "(no headline)"
    yield "publisher", clean(stored.publisher or "") or "not stated"
    yield "published", _day(stored.published)
    if stored.url:
        yield "address", clean(stored.url)
    yield "given id", clean(stored.given_id)
    yield "report id", stored.report_id
    yield "text sha256", stored.text_sha256
    yield "raw sha256", stored.raw_sha256


def _day(day: date | None) -> str:
    return day.isoformat() if day else "no date"


def _reader(stored: StoredClaim) -> Facts:
    yield "version", f"dateline {clean(stored.made_by.version)}"
    yield from (("weights", f"{clean(name)} {clean(sha)}") for name, sha in sorted(stored.made_by.weights.items()))
    yield from (("tables", f"{clean(name)} {clean(sha)}") for name, sha in sorted(stored.made_by.tables.items()))
    if stored.made_by.country:
        yield "told", f"the report is about {clean(stored.made_by.country)}"
    yield "reading id", stored.reading_id if stored.latest else f"{stored.reading_id} (a later reading of it exists)"
    yield "read at", clean(stored.added_at)


def _chain(stored: StoredClaim) -> Facts:
    yield "claim id", stored.claim.id
    yield "row", f"{stored.chain.seq:,}"
    yield "hash", stored.chain.hash
    yield "previous", stored.chain.previous

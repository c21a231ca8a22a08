"""Claims as CSV: a row a claim, with the hash, span and quote that lead back to its sentence (RFC 4180, UTF-8)."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator

from dateline.ledger import StoredClaim
from dateline.record import Figure, Place
from dateline.show.phrasing import source

_JOINT = "; "

COLUMNS: tuple[tuple[str, Callable[[StoredClaim], object]], ...] = (
    ("claim_id", lambda s: s.claim.id),
    ("report_id", lambda s: s.report_id),
    ("event", lambda s: s.claim.event),
    ("modality", lambda s: s.claim.modality),
    ("trigger", lambda s: s.claim.trigger.text),
    ("actors", lambda s: _JOINT.join(actor.name for actor in s.claim.actors)),
    ("targets", lambda s: _JOINT.join(target.name for target in s.claim.targets)),
    ("places", lambda s: _JOINT.join(_place(place) for place in s.claim.places)),
    ("countries", lambda s: _JOINT.join(dict.fromkeys(p.country for p in s.claim.places if p.country))),
    ("coordinates", lambda s: _JOINT.join(_coordinates(place) for place in s.claim.places)),  # as many as places
    ("earliest", lambda s: s.claim.time and s.claim.time.earliest),
    ("latest", lambda s: s.claim.time and s.claim.time.latest),
    ("time_text", lambda s: s.claim.time and s.claim.time.text),
    ("figures", lambda s: _JOINT.join(_figure(figure) for figure in s.claim.figures)),
    ("sources", lambda s: _JOINT.join(source(link) for link in s.claim.attribution)),  # outermost first
    ("hedge", lambda s: s.claim.hedge and s.claim.hedge.text),
    ("verification", lambda s: s.claim.verification),
    ("score", lambda s: s.claim.score),
    ("publisher", lambda s: s.publisher),
    ("published", lambda s: s.published),
    ("title", lambda s: s.title),
    ("url", lambda s: s.url),
    ("quote", lambda s: s.claim.quote.text),
    ("quote_in", lambda s: s.claim.quote.where),
    ("quote_start", lambda s: s.claim.quote.span.start),
    ("quote_end", lambda s: s.claim.quote.span.end),
    ("text_sha256", lambda s: s.text_sha256),
    ("raw_sha256", lambda s: s.raw_sha256),
    ("seq", lambda s: s.chain.seq),
    ("hash", lambda s: s.chain.hash),
)


def lines(found: Iterable[StoredClaim]) -> Iterator[str]:
    """The header, then a row a claim; each ends in CRLF, and a cell that holds a line break is quoted."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([name for name, _ in COLUMNS])
    yield _taken(buffer)
    for each in found:
        writer.writerow([value(each) for _, value in COLUMNS])  # None is an empty cell
        yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    said = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return said


def _place(place: Place) -> str:
    return f"{place.role} {place.name}" if place.role in ("from", "to") else place.name


def _coordinates(place: Place) -> str:
    return f"{place.lat} {place.lon}" if place.lat is not None and place.lon is not None else "?"


def _figure(figure: Figure) -> str:
    """Such as "killed 12..", "fighters ..5000", "displaced 24..99": both ends included, an open end left empty."""
    low, high = ("" if end is None else f"{end:.15g}" for end in (figure.low, figure.high))
    return f"{figure.measure or figure.of or 'figure'} {low}..{high}{' superseded' if figure.superseded else ''}"

"""Evidence as pages show it: one plain dict an attachment, and those of some claims.

A list never holds a picture: tiles are grey, and what lies behind one is shown on its own page.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, select

from dateline.desk.page import Dict
from dateline.ledger import Ledger, StoredAttachment, evidence, tables
from dateline.media.kinds import PICTURES

_SHORT_KINDS = {
    "application/pdf": "PDF", "application/zip": "ZIP or office file", "text/plain": "text", "image/jpeg": "JPEG",
    "image/tiff": "TIFF", "image/webp": "WebP", "video/mp4": "MP4", "video/quicktime": "QuickTime",
    "video/webm": "WebM", "video/x-msvideo": "AVI",
}  # fmt: skip
# What is written behind a row of the CSV; the page shows the same.
COLUMNS = (
    "id", "kind", "media_type", "size", "name", "sha256", "url", "claim", "event", "outlet", "posted_by", "channel",
    "captured_on", "note", "graphic", "verification", "reason", "checked_by", "checked_on", "set_aside", "seen",
    "distance", "added_by", "added_on", "added_from",
)  # fmt: skip


def of_claims(ledger: Ledger, claims: Sequence[str]) -> list[Dict]:
    """What is attached to some claims and was not set aside, in the order in which it came in."""
    with ledger.reading() as connection:
        standing = [each for each in evidence.attached_to(connection, claims) if not each.set_aside]
        return tiles(connection, standing)


def tiles(connection: Connection, found: Iterable[StoredAttachment]) -> list[Dict]:
    """Attachments as rows, each with a few words of its claim."""
    held = list(found)
    claims = _claims(connection, [each.attachment.claim for each in held])
    return [_tile(each, claims.get(each.attachment.claim, {})) for each in held]


def _tile(stored: StoredAttachment, claim: Dict) -> Dict:
    said, last = stored.attachment, stored.last
    report, _, claim_id = said.claim.rpartition("/")
    return {
        "id": stored.id,
        "kind": said.kind,
        "what": kind_of(said.kind, said.media_type),
        "media_type": said.media_type,
        "size": said.size,
        "name": said.name,
        "sha256": said.sha256,
        "url": said.url,
        "claim": said.claim,
        "report": report,
        "claim_id": claim_id,
        "event": claim.get("event", ""),
        "outlet": claim.get("outlet", ""),
        "posted_by": said.posted_by,
        "channel": said.channel,
        "captured_on": said.captured_on,
        "note": said.note,
        "graphic": stored.graphic,
        "verification": stored.verification,
        "reason": last.state.reason if last else "",
        "checked_by": last.state.by if last else "",
        "checked_on": last.state.on if last else "",
        "set_aside": stored.set_aside,
        "seen": stored.seen.id if stored.seen else None,
        "distance": stored.seen.distance if stored.seen else None,
        "added_by": said.by,
        "added_on": said.on,
        "added_from": said.origin,
    }


def kind_of(kind: str, media_type: str | None) -> str:
    """ "image, JPEG"; an address is an address."""
    if not media_type:
        return kind
    return f"{kind}, {_SHORT_KINDS.get(media_type, media_type.rpartition('/')[2].upper())}"


def has_still(media_type: str | None) -> bool:
    """Whether a picture can be made to be looked at."""
    return media_type in PICTURES


def alike(distance: int, kind: str) -> str:
    """How like one another two attachments are, in words."""
    if distance:
        return f"nearly the same image: {distance} of 256 bits of the perceptual hash differ"
    return {"address": "the same address", "image": "the same image"}.get(kind, "the same file")


def _claims(connection: Connection, keys: Sequence[str]) -> dict[str, Dict]:
    """The event of each claim and the outlet of its report, by the claim's key."""
    parts = [key.rpartition("/") for key in keys]
    claims, reports = tables.claims.c, tables.reports.c
    chosen = (
        select(reports.id, claims.claim_id, claims.event, reports.source, reports.given_id)
        .join(tables.reports, reports.seq == claims.report)
        .where(reports.id.in_({part[0] for part in parts}), claims.claim_id.in_({part[2] for part in parts}))
    )
    made: dict[str, dict[str, Any]] = {}
    for row in connection.execute(chosen):
        made[f"{row.id}/{row.claim_id}"] = {"event": row.event, "outlet": row.source or row.given_id}
    return made

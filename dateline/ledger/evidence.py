"""What people attach to a claim to bear it out: an image, a video, a document, or an address; and what they say of it.

An attachment is a row, its file lies among the kept originals by its SHA-256. What is said of it later (whether it was
checked, that it is graphic, that it was set aside) is another row that holds the whole state: the last one counts, and
all stay. Nothing is fetched: of an address only the address is kept.

An image has a perceptual hash. Two that differ in at most 31 of 256 bits are nearly the same picture. Of 16 bands of 16
bits at least one then differs in at most one bit, so that 17 looks at each band's index find all of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from itertools import islice
from typing import Any, Literal, TypeAlias, get_args
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, select

from dateline.codes import Verification
from dateline.errors import InputError
from dateline.ledger import tables
from dateline.ledger.tables import BAND_DIGITS, BANDS
from dateline.media.images import look
from dateline.media.kinds import PICTURES, file_name, recognise
from dateline.media.pdq import NEAR, distance
from dateline.record import content_id

AttachmentKind: TypeAlias = Literal["image", "video", "document", "address"]

_BAND_BITS = 4 * BAND_DIGITS
_MOST = {"name": 300, "url": 2_000, "posted_by": 300, "channel": 300, "captured_on": 40, "note": 2_000, "reason": 2_000}
_IN_ONE_QUERY = 500


class Attachment(Struct, frozen=True, kw_only=True):
    """What is attached to one claim, whose key is "report id/claim id".

    `sha256`, `media_type`, `size` and `name` are those of a file; an address has none of them. `posted_by`, `channel`
    and `captured_on` (a day or a moment) are what the one who attaches it knows; empty where nobody does. `graphic`
    says that it must not be shown unasked. `by`, `on` and `origin` are who attached it, when (ISO, UTC) and from where.

    Raises:
        InputError: something is missing, or cannot be.
    """

    kind: AttachmentKind
    claim: str
    by: str
    on: str
    origin: str = ""
    sha256: str | None = None
    media_type: str | None = None
    size: int | None = None
    name: str | None = None
    url: str | None = None
    posted_by: str | None = None
    channel: str | None = None
    captured_on: str | None = None
    note: str = ""
    graphic: bool = True
    pdq: str | None = None

    def __post_init__(self) -> None:
        for wrong in _wrong(self):
            raise InputError(f"evidence: {wrong}")

    @classmethod
    def of_file(cls, raw: bytes, **said: Any) -> "Attachment":
        """What a file is, found by its content, with what is said of it; `name` is only a name.

        Raises:
            InputError: it is nothing that is kept, or a picture that is too large or none; or something that is said
                cannot be.
        """
        found = recognise(raw)
        picture = look(raw) if found.media_type in PICTURES else None
        return cls(
            kind=found.kind, media_type=found.media_type, size=len(raw), sha256=sha256(raw).hexdigest(),
            pdq=picture.pdq if picture else None, **{**said, "name": file_name(said.get("name") or "", found)},
        )  # fmt: skip

    @property
    def id(self) -> str:
        """Made from all that it says: the same thing, attached twice in one breath, is one."""
        return content_id("evidence", msgspec.json.encode(self).decode())


class State(Struct, frozen=True, kw_only=True):
    """What is said of an attachment from now on, by whom, when, from where and why.

    Raises:
        InputError: something is missing, or cannot be.
    """

    evidence: str
    by: str
    on: str
    reason: str
    origin: str = ""
    verification: Verification = "not_stated"
    graphic: bool = True
    set_aside: bool = False

    def __post_init__(self) -> None:
        for wrong in _wrong_state(self):
            raise InputError(f"evidence: {wrong}")

    @property
    def id(self) -> str:
        return content_id("evidence state", msgspec.json.encode(self).decode())


class Seen(Struct, frozen=True):
    """An earlier or later attachment of the same file or address, or of nearly the same image: bits that differ."""

    id: str
    distance: int


class StoredState(Struct, frozen=True, kw_only=True):
    """A state with its id, its place in the chain and when it came in."""

    state: State
    id: str
    seq: int
    added_at: str


class StoredAttachment(Struct, frozen=True, kw_only=True):
    """An attachment as it stands: its id and place in the chain, what like it was there before, and its last state."""

    attachment: Attachment
    id: str
    seq: int
    added_at: str
    seen: Seen | None
    last: StoredState | None

    @property
    def verification(self) -> Verification:
        return self.last.state.verification if self.last else "not_stated"

    @property
    def graphic(self) -> bool:
        return self.last.state.graphic if self.last else self.attachment.graphic

    @property
    def set_aside(self) -> bool:
        return self.last is not None and self.last.state.set_aside

    @property
    def at(self) -> int:
        """The place in the chain of the last that was said of it."""
        return self.last.seq if self.last else self.seq


# --- what cannot be --------------------------------------------------------------------------------------------------


def _wrong(said: Attachment) -> Iterator[str]:
    if not said.by.strip():
        yield "say who attaches it"
    if not _is_moment(said.on):
        yield f"{said.on!r} is not a moment; write it as 2014-06-17T12:00:00Z"
    if said.kind not in get_args(AttachmentKind):
        yield f"{said.kind!r} is none of {', '.join(get_args(AttachmentKind))}"
    if said.kind == "address" and not said.url:
        yield "give the address"
    if said.kind != "address" and not said.sha256:
        yield "give the file"
    if said.url and not _is_address(said.url):
        yield f"{said.url[:60]!r} is no address of the web; give one that begins with https:// or http://"
    if said.captured_on and not _is_moment(said.captured_on):
        yield f"captured on {said.captured_on[:40]!r}: write a day as 2014-06-17, or a moment as 2014-06-17T12:00Z"
    yield from _too_long(said)


def _wrong_state(said: State) -> Iterator[str]:
    if not said.by.strip():
        yield "say who says so"
    if not said.reason.strip():
        yield "give a reason; it is kept with it"
    if not _is_moment(said.on):
        yield f"{said.on!r} is not a moment; write it as 2014-06-17T12:00:00Z"
    if said.verification not in get_args(Verification):
        yield f"{said.verification!r} is none of {', '.join(get_args(Verification))}"
    yield from _too_long(said)


def _too_long(said: Struct) -> Iterator[str]:
    for field, most in _MOST.items():
        if len(getattr(said, field, None) or "") > most:
            yield f"{field} has at most {most:,} characters"


def _is_moment(said: str) -> bool:
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return False
    return True


def _is_address(said: str) -> bool:
    try:
        parts = urlsplit(said)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and said.isprintable() and " " not in said
    except ValueError:
        return False


# --- rows ------------------------------------------------------------------------------------------------------------


def evidence_row(said: Attachment, seen: Seen | None, *, at: str) -> dict[str, Any]:
    """The row of an attachment, without `seq`."""
    fields = msgspec.structs.asdict(said)
    by, on, claim = fields.pop("by"), fields.pop("on"), fields.pop("claim")
    return {
        "id": said.id,
        "claim_key": claim,
        **fields,
        "graphic": int(said.graphic),
        "seen": seen.id if seen else None,
        "distance": seen.distance if seen else None,
        "added_by": by,
        "added_on": on,
        "added_at": at,
    }


def state_row(said: State, *, at: str) -> dict[str, Any]:
    """The row of a state, without `seq`."""
    fields = msgspec.structs.asdict(said)
    by, on = fields.pop("by"), fields.pop("on")
    flags = {"graphic": int(said.graphic), "set_aside": int(said.set_aside)}
    return {"id": said.id, **fields, **flags, "taken_by": by, "taken_on": on, "added_at": at}


def _attachment_of(row: Any) -> Attachment:
    same = {name: row[name] for name in _SAME}
    by, on, claim = row["added_by"], row["added_on"], row["claim_key"]
    return Attachment(**same, claim=claim, by=by, on=on, graphic=bool(row["graphic"]))


# Columns that are called as the field is.
_SAME = tuple(name for name in Attachment.__struct_fields__ if name not in ("by", "on", "claim", "graphic"))


def _state_of(row: Any) -> StoredState:
    state = State(
        evidence=row["evidence"], by=row["taken_by"], on=row["taken_on"], reason=row["reason"], origin=row["origin"],
        verification=row["verification"], graphic=bool(row["graphic"]), set_aside=bool(row["set_aside"]),
    )  # fmt: skip
    return StoredState(state=state, id=row["id"], seq=row["seq"], added_at=row["added_at"])


# --- looking ---------------------------------------------------------------------------------------------------------


def stored(connection: Connection, ids: Sequence[str]) -> list[StoredAttachment]:
    """The attachments of those ids that there are, in the order of the ids."""
    made: dict[str, StoredAttachment] = {}
    for some in _parts(ids):
        rows = connection.execute(select(tables.evidence).where(tables.evidence.c.id.in_(some))).mappings().all()
        last = {each.state.evidence: each for each in _states(connection, some)}  # the later one of two stays
        for row in rows:
            seen = Seen(row["seen"], row["distance"]) if row["seen"] else None
            made[row["id"]] = StoredAttachment(
                attachment=_attachment_of(row), id=row["id"], seq=row["seq"], added_at=row["added_at"], seen=seen,
                last=last.get(row["id"]),
            )  # fmt: skip
    return [made[id] for id in ids if id in made]


def attached_to(connection: Connection, claims: Sequence[str]) -> list[StoredAttachment]:
    """All that is attached to some claims, in the order in which it came in; what was set aside is among it."""
    kept = tables.evidence.c
    found: list[Row[int, str]] = []
    for some in _parts(claims):
        found += connection.execute(select(kept.seq, kept.id).where(kept.claim_key.in_(some))).all()
    return stored(connection, [row.id for row in sorted(found)])


def every(connection: Connection) -> list[StoredAttachment]:
    """All that was ever attached, in the order in which it came in."""
    kept = tables.evidence.c
    return stored(connection, connection.execute(select(kept.id).order_by(kept.seq)).scalars().all())


def named(connection: Connection, word: str) -> list[str]:
    """The ids that begin so; two are enough to know that there is more than one."""
    kept = tables.evidence.c
    chosen = select(kept.id).where(kept.id >= word, kept.id < word + "\U0010ffff").order_by(kept.id).limit(2)
    found = connection.execute(chosen).scalars().all()
    return [word] if word in found else list(found)


def states_of(connection: Connection, id: str) -> list[StoredState]:
    """All that was said of an attachment, in its order."""
    return _states(connection, [id])


def _states(connection: Connection, ids: Sequence[str]) -> list[StoredState]:
    table = tables.evidence_states
    chosen = select(table).where(table.c.evidence.in_(ids)).order_by(table.c.seq)
    return [_state_of(row) for row in connection.execute(chosen).mappings()]


def like(connection: Connection, said: Attachment, most: int) -> list[Seen]:
    """Attachments of the same file or address, or of nearly the same image: the nearest first, then the earliest.

    `said` itself is among them where it was kept.
    """
    kept = tables.evidence.c
    found: dict[str, tuple[int, int]] = {}
    for column, value in ((kept.sha256, said.sha256), (kept.url, said.url if said.kind == "address" else None)):
        if value:
            same = select(kept.id, kept.seq).where(column == value).order_by(kept.seq).limit(most)
            found |= {row.id: (0, row.seq) for row in connection.execute(same)}
    if said.pdq:
        for row in _in_a_band(connection, said.pdq):
            apart = distance(said.pdq, row.pdq)
            if apart <= NEAR and row.id not in found:
                found[row.id] = (apart, row.seq)
    ordered = sorted(found.items(), key=lambda each: each[1])
    return [Seen(id, apart) for id, (apart, _) in ordered[:most]]


def _in_a_band(connection: Connection, hash: str) -> Iterator[Row[Any]]:
    """Images of which one band differs in at most one bit."""
    for band, statement in enumerate(_band_statements()):
        digits = hash[BAND_DIGITS * band : BAND_DIGITS * (band + 1)]
        yield from connection.exec_driver_sql(statement, tuple(_within_a_bit(digits)))


def _within_a_bit(digits: str) -> list[str]:
    number = int(digits, 16)
    return [digits, *(f"{number ^ (1 << bit):0{BAND_DIGITS}x}" for bit in range(_BAND_BITS))]


@cache
def _band_statements() -> tuple[str, ...]:
    marks = ",".join("?" * (_BAND_BITS + 1))
    return tuple(f"SELECT id, seq, pdq FROM evidence WHERE {band} IN ({marks})" for band in BANDS)


def _parts(values: Iterable[str]) -> Iterator[list[str]]:
    waiting = iter(dict.fromkeys(values))
    while some := list(islice(waiting, _IN_ONE_QUERY)):
        yield some

"""Evidence: what people attached to claims, what each file says of itself, where else it was seen, what was said of it.

Nothing is fetched: of an address only the address is kept. A picture is shown on its own page alone, as a still made
here and never as the file that somebody sent; where it is graphic only if it is asked for. Files are sent to be kept.
"""

from typing import Annotated, Any, Literal, get_args

from msgspec import Meta, Struct
from sqlalchemy import ColumnElement, Connection, func, select
from starlette.responses import FileResponse, Response

from dateline.codes import VERIFICATIONS, Verification
from dateline.desk import attached
from dateline.desk.attached import COLUMNS, alike, has_still, tiles
from dateline.desk.deciding import parted, with_place
from dateline.desk.desk import Desk
from dateline.desk.page import Action, Dict, Done, Nav, Page, Reply, Visit, plain
from dateline.desk.pages.incident import claim_card, found
from dateline.desk.people import Person, now
from dateline.desk.problems import BadRequest, NotAllowed, NotFound, Stale, TooLarge
from dateline.desk.reviewing import read_seen
from dateline.desk.safety import FILE_POLICY
from dateline.errors import InputError, LedgerDamaged, LedgerError
from dateline.ledger import Attachment, Ledger, State, StoredAttachment, StoredClaim, evidence, tables
from dateline.ledger.evidence import AttachmentKind, StoredState
from dateline.ledger.query import begins
from dateline.media import images
from dateline.media.credentials import credentials
from dateline.settings import from_environment

SIZE = 50
_LOOKED = 20_000  # attachments looked through for one page
_ELSEWHERE = 50  # others that are alike, on the page of one
_Id = Annotated[str, Meta(max_length=100)]
_YesNo = Literal["yes", "no"]


class Filters(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`seen` keeps what was there before, `claim`, `report` and `incident` what is attached there; `set_aside` shows
    also what was set aside; `before` is where the page begins."""

    kind: AttachmentKind | None = None
    verification: Verification | None = None
    seen: Literal["before"] | None = None
    claim: _Id | None = None
    report: _Id | None = None
    incident: _Id | None = None
    set_aside: bool = False
    before: Annotated[int, Meta(ge=1, le=2**53)] | None = None
    size: Annotated[int, Meta(ge=1, le=200)] = SIZE


class Asked(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`show` asks for the picture or the video itself; `kept` says that a form led here."""

    show: bool = False
    kept: bool = False


class About(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The key of the claim, "report id/claim id"."""

    claim: _Id | None = None


class Attaching(Struct, frozen=True, kw_only=True):
    """What is attached to which claim: a file comes with the form, else `url` is the address. Whatever is not said not
    to be graphic is."""

    claim: str = ""
    url: str = ""
    posted_by: str = ""
    channel: str = ""
    captured_on: str = ""
    note: str = ""
    graphic: _YesNo = "yes"


class Saying(Struct, frozen=True, kw_only=True):
    """What is said from now on; what is left out stays as it is. `seen` is that of the page."""

    seen: str = ""
    verification: Verification | None = None
    graphic: _YesNo | None = None
    set_aside: _YesNo | None = None
    reason: str = ""


# --- the list --------------------------------------------------------------------------------------------------------


def evidence_page(visit: Visit) -> Dict:
    asked: Filters = visit.query
    claims = _of_incident(visit.desk, asked.incident) if asked.incident else None
    with visit.desk.ledger.reading() as connection:
        ids, next = _chosen(connection, asked, claims)
        rows = tiles(connection, evidence.stored(connection, ids))
    return {
        "evidence": rows,
        "filters": plain(asked),
        "kinds": list(get_args(AttachmentKind)),
        "verifications": list(VERIFICATIONS),
        "next": visit.address(before=next) if next else None,
        "first": visit.address(before=None) if asked.before else None,
    }


def _of_incident(desk: Desk, id: str) -> tuple[str, ...]:
    with desk.book() as book:
        return found(book, id).claims


def _chosen(connection: Connection, asked: Filters, claims: tuple[str, ...] | None) -> tuple[list[str], int | None]:
    """The ids of those that fit, the last to come in first, and where the next page begins."""
    kept, states = tables.evidence.c, tables.evidence_states
    wanted = _wanted(asked, claims)
    floor = _floor(connection, asked.before) if claims is None and not (asked.claim or asked.report) else None
    if floor is not None:
        wanted.append(kept.seq >= floor)
    last = select(func.max(states.c.seq)).where(states.c.evidence == kept.id).correlate(tables.evidence)
    chosen = (
        select(kept.id, kept.seq)
        .outerjoin(states, states.c.seq == last.scalar_subquery())
        .where(*wanted)
        .order_by(kept.seq.desc())
        .limit(asked.size + 1)
    )
    rows = connection.execute(chosen).all()
    if len(rows) > asked.size:
        return [row.id for row in rows[: asked.size]], rows[asked.size - 1].seq
    return [row.id for row in rows], floor


def _wanted(asked: Filters, claims: tuple[str, ...] | None) -> list[ColumnElement[bool]]:
    kept, said = tables.evidence.c, tables.evidence_states.c
    made: list[ColumnElement[bool]] = []
    if asked.kind:
        made.append(kept.kind == asked.kind)
    if asked.verification:
        made.append(func.coalesce(said.verification, "not_stated") == asked.verification)
    if not asked.set_aside:
        made.append(func.coalesce(said.set_aside, 0) == 0)
    if asked.seen:
        made.append(kept.seen.is_not(None))
    if asked.claim:
        made.append(kept.claim_key == asked.claim)
    if asked.report:
        made.append(begins(kept.claim_key, f"{asked.report}/"))
    if claims is not None:
        made.append(kept.claim_key.in_(claims))
    if asked.before:
        made.append(kept.seq < asked.before)
    return made


def _floor(connection: Connection, before: int | None) -> int | None:
    """The place down to which one page looks, where there is more below it."""
    kept = tables.evidence.c
    chosen = select(kept.seq).order_by(kept.seq.desc()).offset(_LOOKED).limit(1)
    return connection.execute(chosen.where(kept.seq < before) if before else chosen).scalar()


# --- one -------------------------------------------------------------------------------------------------------------


def attachment_page(visit: Visit) -> Dict:
    stored = _called(visit.desk.ledger, visit.path["id"])
    said = stored.attachment
    with visit.desk.ledger.reading() as connection:
        tile = tiles(connection, [stored])[0]
        states = evidence.states_of(connection, stored.id)
        alike = [each for each in evidence.like(connection, said, _ELSEWHERE + 1) if each.id != stored.id]
        others = tiles(connection, evidence.stored(connection, [each.id for each in alike]))
    hidden = stored.graphic or any(each["graphic"] for each in others)
    return {
        **tile,
        "seen_at": str(stored.at),
        "kept": visit.query.kept,
        "has_picture": has_still(said.media_type),
        "hidden": hidden,
        "shown": visit.query.show or not hidden,
        "asked": visit.query.show,
        "file": _file(visit.desk.ledger, said),
        "claim_card": _card(visit.desk.ledger, said.claim),
        "elsewhere": [_other(each, tile, others) for each in alike],
        "history": _history(stored, states),
        "verifications": list(VERIFICATIONS),
        "chain": plain(_place(visit.desk.ledger, stored.seq)),
    }


def _called(ledger: Ledger, word: str) -> StoredAttachment:
    with ledger.reading() as connection:
        ids = evidence.named(connection, word) if word else []
        if len(ids) == 1:
            return evidence.stored(connection, ids)[0]
    raise NotFound(f"There is no evidence {word[:40]!r}, or more than one is called so.")


def _card(ledger: Ledger, key: str) -> Dict | None:
    claim = _claim(ledger, key)
    return claim_card(claim, 1) if claim else None


def _claim(ledger: Ledger, key: str) -> StoredClaim | None:
    """The claim of exactly that key."""
    try:
        stored = ledger.claim(key)
    except LedgerError as error:
        if type(error) is not LedgerError:
            raise
        return None
    return stored if stored.key == key else None


def _file(ledger: Ledger, said: Attachment) -> Dict | None:
    """What the kept file is now, and what it says of itself; None for an address."""
    if said.sha256 is None:
        return None
    made: Dict = {"trouble": "", "pixels": None, "pdq": said.pdq, "exif": [], "credentials": None}
    try:
        raw = ledger.files.read(said.sha256)
    except LedgerDamaged as error:
        return {**made, "trouble": f"The kept file {_trouble(str(error))}."}
    if said.kind == "image":
        made |= {"pixels": images.size(raw), "exif": plain(images.exif(raw))}
    if said.kind in ("image", "video"):
        made["credentials"] = plain(credentials(raw, said.media_type or ""))
    return made


def _trouble(said: str) -> str:
    """Without the folder that it lies in."""
    return "is missing" if "missing" in said else "was altered since it was kept here"


def _other(like: evidence.Seen, own: Dict, others: list[Dict]) -> Dict:
    tile = next(each for each in others if each["id"] == like.id)
    return {**tile, "distance": like.distance, "how": alike(like.distance, own["kind"])}


def _history(stored: StoredAttachment, states: list[StoredState]) -> list[Dict]:
    """What became of it, in order: each with what changed, who said so, when, from where and why."""
    said = stored.attachment
    made = [_told(f"attached{', graphic' if said.graphic else ', not graphic'}", said.by, said.on, said.origin, "")]
    verification, graphic, aside = "not_stated", said.graphic, False
    for each in states:
        state = each.state
        changes = []
        if state.graphic != graphic:
            changes.append("graphic" if state.graphic else "not graphic")
        if state.set_aside != aside:
            changes.append("set aside" if state.set_aside else "brought back")
        if state.verification != verification or not changes:
            changes.append("not checked" if state.verification == "not_stated" else state.verification)
        verification, graphic, aside = state.verification, state.graphic, state.set_aside
        made.append(_told(", ".join(changes), state.by, state.on, state.origin, state.reason))
    return made


def _told(what: str, by: str, on: str, origin: str, reason: str) -> Dict:
    return {"what": what, "by": by, "on": on, "from": origin, "reason": reason}


def _place(ledger: Ledger, seq: int) -> Dict:
    with ledger.reading() as connection:
        hash = connection.execute(select(tables.chain.c.hash).where(tables.chain.c.seq == seq)).scalar()
    return {"seq": seq, "hash": hash or ""}


# --- files -----------------------------------------------------------------------------------------------------------


def file_of(visit: Visit) -> Response:
    """The very bytes that were kept, to be saved: never as a page, and never as what they say they are."""
    said = _called(visit.desk.ledger, visit.path["id"]).attachment
    if said.sha256 is None:
        raise NotFound("This evidence is an address; no file of it was kept.")
    files = visit.desk.ledger.files
    if files.problem_with(said.sha256):
        raise NotFound("The kept file is missing or was altered; `dateline verify` tells more.")
    kind = "text/plain; charset=utf-8" if said.media_type == "text/plain" else said.media_type
    return FileResponse(
        files.path_of(said.sha256), media_type=kind, filename=said.name, content_disposition_type="attachment",
        headers={"Content-Security-Policy": FILE_POLICY},
    )  # fmt: skip


def still_of(visit: Visit) -> Response:
    """A picture to look at, made here from the kept file."""
    stored = _called(visit.desk.ledger, visit.path["id"])
    said = stored.attachment
    if said.sha256 is None or not has_still(said.media_type):
        raise NotFound("There is no picture of this evidence; its page leads to the file.")
    try:
        made = images.still(visit.desk.ledger.files.read(said.sha256))
    except LedgerDamaged as error:
        raise NotFound("The kept file is missing or was altered; `dateline verify` tells more.") from error
    except InputError as error:
        raise NotFound(f"{error}.") from error
    headers = {
        "Content-Security-Policy": FILE_POLICY, "Content-Disposition": f'inline; filename="{stored.id[:8]}.jpg"'
    }  # fmt: skip
    return Response(made, media_type="image/jpeg", headers=headers)


# --- attaching, and saying something of it ---------------------------------------------------------------------------


def attach_page(visit: Visit) -> Dict:
    """The form for one claim."""
    key = visit.query.claim
    if not key:
        raise BadRequest("Choose the claim first: a report's page leads here from each of its claims.")
    card = _card(visit.desk.ledger, key)
    if card is None:
        raise NotFound(f"There is no claim {key[:60]!r}.")
    return {
        "claim_card": card,
        "attached": attached.of_claims(visit.desk.ledger, [key]),
        "most": from_environment().max_evidence_bytes,
    }


def attach(visit: Visit) -> Done:
    asked: Attaching = visit.query
    if _claim(visit.desk.ledger, asked.claim) is None:
        raise BadRequest(f"There is no claim {asked.claim[:60]!r}; take its key from a report's page.")
    raw = _raw(visit)
    said = _said(visit, asked, raw)
    with visit.desk.deciding:
        _check_new(visit.desk.ledger, said)
        kept = visit.desk.ledger.attach(said, raw)
        visit.desk.people.note(visit.who, "attach evidence", kept.id)
    made = {"evidence": kept.id, "seen": plain(kept.seen)}
    return Done(next=f"/evidence/{kept.id}?kept=true", made=made)


def _raw(visit: Visit) -> bytes | None:
    most = from_environment().max_evidence_bytes
    if visit.upload is None:
        return None
    if len(visit.upload.raw) > most:
        raise TooLarge(f"The file has {len(visit.upload.raw):,} bytes; {most:,} are the most.")
    return visit.upload.raw


def _said(visit: Visit, asked: Attaching, raw: bytes | None) -> Attachment:
    given: dict[str, Any] = {
        "claim": asked.claim, "by": visit.who.name, "on": now(), "origin": _origin(visit.who),
        "url": asked.url.strip() or None, "posted_by": _line(asked.posted_by), "channel": _line(asked.channel),
        "captured_on": asked.captured_on.strip() or None, "note": _line(asked.note) or "",
        "graphic": asked.graphic == "yes",
    }  # fmt: skip
    try:
        if raw is not None and visit.upload is not None:
            return Attachment.of_file(raw, name=visit.upload.name, **given)
        if not given["url"]:
            raise BadRequest("Choose a file, or give an address.")
        return Attachment(kind="address", **given)
    except InputError as error:
        raise BadRequest(_sentence(error)) from error


def _line(said: str) -> str | None:
    return " ".join(said.split()) or None


def _sentence(error: InputError) -> str:
    said = str(error).removeprefix("evidence: ")
    return f"{said[:1].upper()}{said[1:]}."


def _origin(who: Person) -> str:
    return f"desk, {parted(with_place('', who))[1]}"


def _check_new(ledger: Ledger, said: Attachment) -> None:
    """The same thing is attached to a claim once; who comes second is told."""
    with ledger.reading() as connection:
        for each in evidence.attached_to(connection, [said.claim]):
            own = each.attachment
            same = own.sha256 == said.sha256 if said.sha256 else own.kind == "address" and own.url == said.url
            if same and not each.set_aside:
                raise Stale(
                    f"{own.by} attached this to the claim already, on {own.on[:10]}; nothing was written.",
                    {"again": f"/evidence/{each.id}", "again_says": "To what was attached"},
                )


def say(visit: Visit) -> Done:
    """Keep what somebody says of an attachment, unless somebody else said something since the page was made."""
    asked: Saying = visit.query
    ledger, head = visit.desk.ledger, read_seen(asked.seen)
    if asked.verification is None and asked.graphic is None and asked.set_aside is None:
        raise BadRequest("Say what changes: whether it was checked, whether it is graphic, or that it is set aside.")
    if not asked.reason.strip() and (asked.verification or asked.set_aside):
        raise BadRequest("Give a reason; it is kept with what you say.")
    with visit.desk.deciding:
        stored = _called(ledger, visit.path["id"])
        _check_may(visit.who, stored, asked)
        _check_fresh(stored, head)
        kept = ledger.say_of(_state(visit.who, stored, asked))
        visit.desk.people.note(visit.who, "say of evidence", kept.id)
    return Done(next=f"/evidence/{kept.id}?kept=true#history", made={"evidence": kept.id})


def _check_may(who: Person, stored: StoredAttachment, asked: Saying) -> None:
    """What another one attached, or set aside, is set aside or brought back by an editor, as decisions are undone."""
    last = stored.last.state.by if stored.last and stored.set_aside else stored.attachment.by
    if asked.set_aside and last != who.name and not who.may("editor", "decide"):
        raise NotAllowed(
            f"To set aside, or bring back, what {last} did takes the role editor; {who.name} is {who.role}."
        )


def _check_fresh(stored: StoredAttachment, head: int) -> None:
    if stored.last and stored.last.seq > head:
        state = stored.last.state
        raise Stale(
            f"{state.by} said something of this evidence since the page was made; nothing was written. Look again.",
            {"again": f"/evidence/{stored.id}#history", "again_says": "To the evidence as it is now"},
        )


def _state(who: Person, stored: StoredAttachment, asked: Saying) -> State:
    graphic = stored.graphic if asked.graphic is None else asked.graphic == "yes"
    try:
        return State(
            evidence=stored.id, by=who.name, on=now(), origin=_origin(who),
            reason=_line(asked.reason) or ("marked as graphic" if graphic else "marked as not graphic"),
            verification=asked.verification or stored.verification, graphic=graphic,
            set_aside=stored.set_aside if asked.set_aside is None else asked.set_aside == "yes",
        )  # fmt: skip
    except InputError as error:
        raise BadRequest(_sentence(error)) from error


PAGES = (
    Page(
        path="/evidence", name="evidence", title="Evidence, the last to come in first", make=evidence_page,
        nav=Nav(label="Evidence", place=65, key="e"), query=Filters, table="evidence", columns=COLUMNS,
    ),
    Page(path="/evidence/attach", name="attach", title="Attach evidence to a claim", make=attach_page, query=About,
         role="coder"),
    Page(path="/evidence/{id}", name="attachment", title="One piece of evidence", make=attachment_page, query=Asked),
)  # fmt: skip
REPLIES = (
    Reply(path="/evidence/{id}/file", name="evidence_file", title="The kept file of evidence", make=file_of),
    Reply(path="/evidence/{id}/still", name="evidence_still", title="A picture of evidence to look at", make=still_of),
)
ACTIONS = (
    Action(path="/evidence/attach", name="attach_evidence", title="Attach evidence to a claim", run=attach,
           fields=Attaching, takes_file=True),
    Action(path="/evidence/{id}/say", name="say_of_evidence", title="Say what is known of evidence", run=say,
           fields=Saying),
)  # fmt: skip

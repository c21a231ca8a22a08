"""Blind double coding: two people code the claims of one report without seeing each other, an editor settles it.

What a coder says is a draft in the desk's file, which nobody else is shown until both have finished. An editor then
sees both side by side, with what was read, and chooses where they differ. What each coder said goes to the ledger as
that coder's decisions; what was not chosen is undone by the editor's. So the record holds who said what, and counts
what was chosen.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from secrets import token_hex
from typing import Any, Literal, TypeAlias, get_args

import msgspec
from msgspec import Struct
from sqlalchemy import delete, insert, or_, select, update

from dateline.codes import Measure
from dateline.desk.agreement import Agreement, Level, Unit, agreement
from dateline.desk.deciding import with_place
from dateline.desk.desk import Desk
from dateline.desk.people import Person, at_least, now
from dateline.desk.problems import BadRequest, NotAllowed, NotFound, Stale
from dateline.desk.reviewing import checked_value, decisions_about, reason_of
from dateline.desk.store import Store, coding_answers, coding_done, codings
from dateline.ledger import Decision
from dateline.ledger.words import fold
from dateline.record import Claim, Record

VERDICT = "verdict"
Choice: TypeAlias = Literal["one", "two", "own"]
Values: TypeAlias = dict[str, dict[str, Any]]  # by claim and field

_WAIT_S = 1.5
_FIELDS = ("event", "modality", "verification", "time", "place", "actors", "targets")
_MEASURES: tuple[str, ...] = get_args(Measure)


class Coding(Struct, frozen=True, kw_only=True):
    """An assignment. `outcome` is what an editor chose, `settled_at` when it was in the ledger."""

    id: str
    report: str
    claims: tuple[str, ...]
    one: str
    two: str
    assigned_by: str
    assigned_at: str
    outcome: str | None
    settled_at: str | None

    @property
    def coders(self) -> tuple[str, str]:
        return self.one, self.two


class Answer(Struct, frozen=True, kw_only=True):
    """What a coder says of one field of a claim, or of the claim (`verdict`: accept or reject)."""

    claim: str
    field: str
    value: str
    reason: str
    at: str


class Chosen(Struct, frozen=True, kw_only=True):
    """What an editor chose for a field: what one of the coders said, or a value of their own (JSON)."""

    claim: str
    field: str
    choice: Choice
    value: str = ""


class Outcome(Struct, frozen=True, kw_only=True):
    by: str
    at: str
    reason: str
    chosen: tuple[Chosen, ...]


# --- assigning -------------------------------------------------------------------------------------------------------


def assign(desk: Desk, who: Person, report: str, record: Record, one: str, two: str) -> Coding:
    """Ask two users to code a report.

    Raises:
        BadRequest: they are no two users who may code, or the report has nothing to code.
        Stale: the report is being coded already.
    """
    roles = {each.name: each.role for each in desk.people.users()}
    for name in (one, two):
        if not at_least(roles.get(name, "reader"), "coder"):
            raise BadRequest(f"{name[:60]!r} is no user who may code; `dateline desk user list` names them.")
    if one == two:
        raise BadRequest("Two coders are needed; these are one.")
    if not record.claims:
        raise BadRequest("This report has no claims to code; add what was not read first.")
    made = Coding(
        id=token_hex(6), report=report, claims=tuple(claim.id for claim in record.claims), one=one, two=two,
        assigned_by=who.name, assigned_at=now(), outcome=None, settled_at=None,
    )  # fmt: skip
    row = {**msgspec.structs.asdict(made), "claims": _json(made.claims)}
    with desk.store.writing() as connection:
        still = select(codings.c.id).where(codings.c.report == report, codings.c.settled_at.is_(None))
        if connection.execute(still).first():
            raise Stale("This report is being coded by two already.", {"changed": _nothing(), "back": "/coding"})
        connection.execute(insert(codings).values(**row))
    desk.people.note(who, "assign coding", made.id)
    return made


def coding(store: Store, id: str) -> Coding:
    """Raises:
    NotFound: there is none.
    """
    found = [_coding(row) for row in store.rows(select(codings).where(codings.c.id == id))]
    if not found:
        raise NotFound(f"There is no coding {id[:40]!r}.")
    return found[0]


def codings_of(store: Store, name: str | None, limit: int) -> list[Coding]:
    """The latest codings, those of one coder where a name is given."""
    chosen = select(codings).order_by(codings.c.assigned_at.desc(), codings.c.id).limit(limit)
    if name is not None:
        chosen = chosen.where(or_(codings.c.one == name, codings.c.two == name))
    return [_coding(row) for row in store.rows(chosen)]


def blind_coding(store: Store, who: Person, report: str) -> str | None:
    """The coding of a report that the person has not seen settled, where they are one of its coders: what they decide
    in the open the other one would see."""
    chosen = select(codings.c.id).where(
        codings.c.report == report, codings.c.settled_at.is_(None),
        or_(codings.c.one == who.name, codings.c.two == who.name),
    )  # fmt: skip
    row = next(iter(store.rows(chosen)), None)
    return str(row.id) if row else None


def check_open(store: Store, who: Person, report: str) -> None:
    """Raises:
    NotAllowed: the person codes this report blind.
    """
    if (id := blind_coding(store, who, report)) is not None:
        raise NotAllowed(f"You code this report without the other coder seeing it: decide on /coding/{id} instead.")


def _coding(row: Any) -> Coding:
    fields = {name: getattr(row, name) for name in Coding.__struct_fields__}
    return Coding(**{**fields, "claims": msgspec.json.decode(fields["claims"], type=tuple[str, ...])})


# --- coding ----------------------------------------------------------------------------------------------------------


def answers_of(store: Store, id: str, name: str) -> list[Answer]:
    kept = coding_answers.c
    chosen = (
        select(coding_answers).where(kept.coding == id, kept.user == name).order_by(kept.at, kept.claim, kept.field)
    )
    return [Answer(claim=r.claim, field=r.field, value=r.value, reason=r.reason, at=r.at) for r in store.rows(chosen)]


def finished(store: Store, id: str) -> dict[str, Values]:
    """What those who have finished said in all, by name."""
    rows = store.rows(select(coding_done).where(coding_done.c.coding == id))
    return {row.user: msgspec.json.decode(row._mapping["values"]) for row in rows}


def answer(desk: Desk, who: Person, of: Coding, claim: str, kind: str, field: str, value: str, reason: str) -> None:
    """Keep a draft: accept or reject a claim, or say what a field of it is; `clear` takes both away.

    Raises:
        NotAllowed: the person is not one of the two coders.
        Stale: they have finished.
    """
    if claim not in of.claims:
        raise BadRequest("Name a claim of this coding.")
    said = reason_of(who, reason, kind, needed=kind in ("reject", "correct"))
    name, held = (field.strip(), checked_value(field.strip(), value)) if kind == "correct" else (VERDICT, _json(kind))
    own = coding_answers.c
    row = {"coding": of.id, "user": who.name, "claim": claim, "field": name, "value": held, "reason": said, "at": now()}
    with desk.store.writing() as connection:
        _check_coder(who, of)
        if connection.execute(select(coding_done.c.at).where(*_own(coding_done, of, who))).first():
            raise Stale("You have finished this coding.", {"changed": _nothing(), "back": f"/coding/{of.id}"})
        if kind == "clear":
            connection.execute(delete(coding_answers).where(*_own(coding_answers, of, who), own.claim == claim))
        else:
            connection.execute(insert(coding_answers).prefix_with("OR REPLACE").values(**row))


def finish(desk: Desk, who: Person, of: Coding, record: Record) -> None:
    """Say that one's coding is done: from then on it stands.

    Raises:
        BadRequest: a claim has neither been accepted nor rejected.
    """
    _check_coder(who, of)
    said = answers_of(desk.store, of.id, who.name)
    without = set(of.claims) - {each.claim for each in said if each.field == VERDICT}
    if without:
        raise BadRequest(f"{len(without)} of {len(of.claims)} claims are neither accepted nor rejected yet.")
    row = {"coding": of.id, "user": who.name, "values": _json(values_of(of, record, said)), "at": now()}
    desk.store.write(insert(coding_done).prefix_with("OR IGNORE").values(**row))
    desk.people.note(who, "finish coding", of.id)


def _check_coder(who: Person, of: Coding) -> None:
    if who.name not in of.coders:
        raise NotAllowed("Only the two who were asked code this report.")


def _own(table: Any, of: Coding, who: Person) -> tuple[Any, ...]:
    return table.c.coding == of.id, table.c.user == who.name


# --- what was said ---------------------------------------------------------------------------------------------------


def as_read(claim: Claim) -> dict[str, Any]:
    """A claim's fields in the form in which they are corrected, so that what was read and what was said compare."""
    made: dict[str, Any] = {"event": claim.event, "modality": claim.modality, "verification": claim.verification}
    if claim.time is not None and claim.time.earliest is not None and claim.time.latest is not None:
        made["time"] = {"earliest": claim.time.earliest.isoformat(), "latest": claim.time.latest.isoformat()}
    if claim.places:
        place = claim.places[0]
        made["place"] = {"name": place.name, "country": place.country}
    for name, parties in (("actors", claim.actors), ("targets", claim.targets)):
        if parties:
            made[name] = [each.name for each in parties]
    for figure in claim.figures:
        if figure.measure and not figure.superseded and (figure.low is not None or figure.high is not None):
            made.setdefault(figure.measure, {"low": figure.low, "high": figure.high})
    return made


def values_of(of: Coding, record: Record, said: Iterable[Answer]) -> Values:
    """What a coder says in all: what was read, with what they changed."""
    made: Values = {claim.id: as_read(claim) for claim in record.claims if claim.id in of.claims}
    for each in said:
        made.setdefault(each.claim, {})[each.field] = msgspec.json.decode(each.value)
    return made


def compared(one: Mapping[str, Any], two: Mapping[str, Any]) -> list[str]:
    """The fields that one or both fill, the verdict first."""
    order = (VERDICT, *_FIELDS, *_MEASURES)
    return [field for field in order if field in one or field in two]


def same(field: str, one: Any, two: Any) -> bool:
    return bool(_comparable(field, one) == _comparable(field, two))


def _comparable(field: str, value: Any) -> Any:
    if value is None:
        return None
    if field in ("actors", "targets"):
        return tuple(sorted(fold(name) for name in value))
    if field == "place":
        return fold(value["name"]), value.get("country")
    if isinstance(value, dict):
        return tuple(value.get(name) for name in ("low", "high", "earliest", "latest"))
    return value


# --- agreement -------------------------------------------------------------------------------------------------------

_LEVELS: dict[str, Level] = {"first day": "interval", "last day": "interval", "figures": "ratio"}


def agreements(both: Iterable[tuple[Values, Values]]) -> dict[str, tuple[Level, Agreement]]:
    """The agreement per field over codings that both coders finished. Of a claim that one of them rejected only the
    verdict counts: there is nothing to say of its fields."""
    units: dict[str, list[Unit]] = {}
    for one, two in both:
        for claim in one.keys() | two.keys():
            for name, unit in _units(one.get(claim, {}), two.get(claim, {})):
                units.setdefault(name, []).append(unit)
    order = (
        VERDICT,
        "event",
        "modality",
        "verification",
        "first day",
        "last day",
        "place",
        "actors",
        "targets",
        "figures",
    )
    return {
        name: (_LEVELS.get(name, "nominal"), agreement(units[name], _LEVELS.get(name, "nominal")))
        for name in order
        if name in units
    }


def _units(one: Mapping[str, Any], two: Mapping[str, Any]) -> Iterable[tuple[str, Unit]]:
    yield VERDICT, [each[VERDICT] for each in (one, two) if VERDICT in each]
    if "reject" in (one.get(VERDICT), two.get(VERDICT)):
        return
    for name in ("event", "modality", "verification", "place", "actors", "targets"):
        yield name, [_comparable(name, each[name]) for each in (one, two) if name in each]
    for name, end in (("first day", "earliest"), ("last day", "latest")):
        yield name, [date.fromisoformat(each["time"][end]).toordinal() for each in (one, two) if each.get("time")]
    for measure in _MEASURES:
        yield "figures", [_figure(each[measure]) for each in (one, two) if measure in each]


def _figure(value: Mapping[str, Any]) -> float:
    low = value.get("low")
    return float(value["high"] if low is None else low)


def all_agreements(store: Store, limit: int = 2_000) -> dict[str, tuple[Level, Agreement]]:
    """The agreement over the latest codings that two have finished."""
    chosen = select(coding_done.c.coding, coding_done.c["values"]).order_by(coding_done.c.at.desc()).limit(2 * limit)
    by_coding: dict[str, list[Values]] = {}
    for row in store.rows(chosen):
        by_coding.setdefault(row[0], []).append(msgspec.json.decode(row[1]))
    return agreements((held[0], held[1]) for held in by_coding.values() if len(held) == 2)


# --- settling --------------------------------------------------------------------------------------------------------


def settle(desk: Desk, who: Person, of: Coding, chosen: Iterable[Chosen], reason: str, head: int) -> None:
    """Keep what an editor chose, and write it to the ledger; what was begun and broken off is taken up again.

    Raises:
        NotAllowed: the editor is one of the coders.
        Stale: not both have finished, it was settled, or somebody decided about these claims meanwhile.
    """
    if who.name in of.coders:
        raise NotAllowed("Who coded a report does not settle it; ask another editor.")
    back = {"changed": _nothing(), "back": f"/coding/{of.id}"}
    if len(finished(desk.store, of.id)) < 2:
        raise Stale("Both coders have to finish first.", back)
    with desk.deciding:
        of = coding(desk.store, of.id)  # another editor may have been faster
        if of.settled_at:
            raise Stale("This coding was settled already.", back)
        if of.outcome is None:
            keys = {f"{of.report}/{claim}" for claim in of.claims}
            meanwhile = [
                each for each in decisions_about(desk.ledger, of.report)
                if each.seq > head and (each.decision.kind == "undo" or keys & {*each.decision.claims})
            ]  # fmt: skip
            if meanwhile:
                raise Stale(
                    f"{meanwhile[-1].decision.by} decided about these claims since the page was made. Look again.", back
                )
            outcome = Outcome(by=who.name, at=now(), reason=with_place(reason, who), chosen=tuple(chosen))
            desk.store.write(update(codings).where(codings.c.id == of.id).values(outcome=_json(outcome)))
        else:  # it was broken off
            outcome = msgspec.json.decode(of.outcome, type=Outcome)
        for decision in _decisions(desk.store, of, outcome):
            desk.ledger.decide(decision)
        desk.store.write(update(codings).where(codings.c.id == of.id).values(settled_at=now()))
        desk.people.note(who, "settle coding", of.id)
    desk.keeper.wait(desk.keeper.wake(), _WAIT_S)


def _decisions(store: Store, of: Coding, outcome: Outcome) -> list[Decision]:
    """What each coder said, as their decisions; then the editor's: undone what was not chosen, and values of their own.

    The same outcome makes the same decisions, so that writing it twice keeps each once.
    """
    choices = {(each.claim, each.field): each for each in outcome.chosen}
    made: list[Decision] = []
    undos: list[Decision] = []
    for side, name in (("one", of.one), ("two", of.two)):
        for each in answers_of(store, of.id, name):
            decision = _decision(of, name, each)
            made.append(decision)
            choice = choices.get((each.claim, each.field))
            if choice is not None and choice.choice != side and not _says(choice, each, store, of):
                undos.append(
                    Decision(kind="undo", by=outcome.by, on=outcome.at, reason=outcome.reason, undoes=decision.id)
                )
    own = [
        Answer(claim=each.claim, field=each.field, value=each.value, reason=outcome.reason, at=outcome.at)
        for each in outcome.chosen
        if each.choice == "own"
    ]
    return [*made, *undos, *(_decision(of, outcome.by, each) for each in own)]


def _says(choice: Chosen, said: Answer, store: Store, of: Coding) -> bool:
    """Whether what was chosen from the other coder is the same: then there is nothing to take back."""
    if choice.choice == "own":
        return False
    other = of.one if choice.choice == "one" else of.two
    held = finished(store, of.id).get(other, {}).get(said.claim, {}).get(said.field)
    return same(said.field, held, msgspec.json.decode(said.value))


def _decision(of: Coding, by: str, said: Answer) -> Decision:
    keys = (f"{of.report}/{said.claim}",)
    if said.field == VERDICT:
        return Decision(kind=msgspec.json.decode(said.value), by=by, on=said.at, reason=said.reason, claims=keys)
    return Decision(
        kind="correct", by=by, on=said.at, reason=said.reason, claims=keys, field=said.field, value=said.value
    )


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _nothing() -> dict[str, list[Any]]:
    return {"decisions": [], "now": []}

"""Rows of the register of actors: what a row holds, and how its cells are read.

`training/actors/guide.md` says how a row is written; the built-in tables and a user's own are read alike.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from dateline.codes import ActorKind
from dateline.errors import InputError
from dateline.world.countries import countries

ACTOR_COLUMNS = (
    "id", "name", "kind", "country", "parent", "begins", "ends", "names", "links", "ucdp", "plover", "source",
)  # fmt: skip
PEOPLE_COLUMNS = ("name", "names", "actor", "role", "begins", "ends", "source")
BondKind = Literal[
    "renamed_from", "split_from", "merged_into", "merged_from", "successor_of", "front_of", "allied_with",
    "sponsored_by",
]  # fmt: skip
BONDS: tuple[BondKind, ...] = get_args(BondKind)
KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
# Sectors of PLOVER, and what stands for a country there where there is none.
SECTORS = frozenset(
    "GOV MIL COP SPY JUD LEG PTY REB UAF PRM OPP CRM CVL SOC REL REF EDU BUS LAB JRN MED IGO NGO UNO ISM MNC PRE IMG "
    "AGR ELI EUR UNK".split()
)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_IN_USE = re.compile(r"(.+?)\s*\[([\d-]*)\.\.([\d-]*)\]")


class InUse(Struct, frozen=True, gc=False):
    """A name with the days from which and until which it was used; None where an end is not known or still open."""

    name: str
    begins: date | None = None
    ends: date | None = None

    def on(self, day: date | None) -> bool:
        """Whether it was in use that day; True where no day is given."""
        return day is None or ((self.begins or day) <= day <= (self.ends or day))


class Bond(Struct, frozen=True, gc=False):
    """What one actor is to another: "split_from al-qaeda", from when on."""

    kind: BondKind
    other: str
    since: date | None = None


class Listed(Struct, frozen=True, kw_only=True, gc=False):
    """An actor of the register. `country` is alpha-2, `plover` sector codes, `ucdp` the name that UCDP lists it under;
    `origin` the file of a user's own that it comes from, empty for the built-in table."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    parent: str | None = None
    begins: date | None = None
    ends: date | None = None
    names: tuple[InUse, ...] = ()
    links: tuple[Bond, ...] = ()
    ucdp: str = ""
    plover: tuple[str, ...] = ()
    source: str = ""
    origin: str = ""

    def on(self, day: date | None) -> bool:
        """Whether it was there that day, as far as is known."""
        return InUse(self.name, self.begins, self.ends).on(day)


class Post(Struct, frozen=True, kw_only=True, gc=False):
    """A person in a post: whom they spoke or acted for, as what, from when until when."""

    name: str
    names: tuple[str, ...]
    actor: str
    role: str
    begins: date | None = None
    ends: date | None = None
    source: str = ""
    origin: str = ""

    def on(self, day: date | None) -> bool:
        return InUse(self.name, self.begins, self.ends).on(day)


def read_actor(row: Mapping[str, str], *, origin: str = "") -> Listed:
    """One row of actors.csv.

    Raises:
        InputError: a cell is wrong; the message says which and how it is written.
    """
    if not _ID.fullmatch(row["id"]):
        raise InputError(f"id {row['id']!r}: lower-case letters, digits and hyphens, such as islamic-state")
    if not row["name"]:
        raise InputError(f"{row['id']}: no name")
    if row["kind"] not in KINDS:
        raise InputError(f"{row['id']}: kind {row['kind']!r} is not one of {', '.join(KINDS)}")
    _check_country(row["id"], row["country"])
    if bad := [code for code in parts(row["plover"]) if code not in SECTORS]:
        raise InputError(f"{row['id']}: plover {bad[0]!r} is no sector code of PLOVER")
    begins, ends = _ends(row["id"], row["begins"], row["ends"])
    return Listed(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        country=row["country"] or None,
        parent=row["parent"] or None,
        begins=begins,
        ends=ends,
        names=tuple(_in_use(row["id"], cell) for cell in parts(row["names"])),
        links=tuple(_bond(row["id"], cell) for cell in parts(row["links"])),
        ucdp=row["ucdp"],
        plover=parts(row["plover"]),
        source=row["source"],
        origin=origin,
    )


def read_post(row: Mapping[str, str], *, origin: str = "") -> Post:
    """One row of people.csv.

    Raises:
        InputError: as `read_actor`.
    """
    for column in ("name", "actor", "role"):
        if not row[column]:
            raise InputError(f"{row['name'] or 'a person'}: no {column}")
    begins, ends = _ends(row["name"], row["begins"], row["ends"])
    return Post(
        name=row["name"],
        names=parts(row["names"]),
        actor=row["actor"],
        role=row["role"],
        begins=begins,
        ends=ends,
        source=row["source"],
        origin=origin,
    )


def parts(cell: str) -> tuple[str, ...]:
    """What stands between the bars of a cell."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _check_country(id: str, code: str) -> None:
    if code and code not in countries():
        raise InputError(f"{id}: country {code!r} is no code of ISO 3166-1, such as IQ")


def _in_use(id: str, cell: str) -> InUse:
    found = _IN_USE.fullmatch(cell)
    if found is None:
        if "[" in cell or "]" in cell:
            raise InputError(f"{id}: name {cell!r}: dates stand behind it as [2013-04-09..2014-06-29]")
        return InUse(cell)
    return InUse(found.group(1), *_ends(id, found.group(2), found.group(3)))


def _bond(id: str, cell: str) -> Bond:
    kind, other, *when = cell.split()[:4] if len(cell.split()) > 1 else ("", "")
    if kind not in BONDS or not _ID.fullmatch(other) or len(when) > 1:
        raise InputError(f"{id}: link {cell!r} is not one of {', '.join(BONDS)} with an id and a date")
    return Bond(kind, other, first_day(id, when[0]) if when else None)


def _ends(id: str, begins: str, ends: str) -> tuple[date | None, date | None]:
    first = first_day(id, begins) if begins else None
    last = last_day(id, ends) if ends else None
    if first and last and first > last:
        raise InputError(f"{id}: begins {begins} after it ends {ends}")
    return first, last


def first_day(id: str, cell: str) -> date:
    """The first day of "2013", "2013-04" or "2013-04-08"."""
    year, month, day = _numbers(id, cell)
    return _day(id, cell, year, 1 if month is None else month, 1 if day is None else day)


def last_day(id: str, cell: str) -> date:
    """The last day of "2013", "2013-04" or "2013-04-08"."""
    year, month, day = _numbers(id, cell)
    month = 12 if month is None else month
    last = monthrange(year, month)[1] if 1 <= month <= 12 else 1
    return _day(id, cell, year, month, last if day is None else day)


def _numbers(id: str, cell: str) -> tuple[int, int | None, int | None]:
    found = _DATE.fullmatch(cell)
    if found is None:
        raise InputError(f"{id}: {cell!r} is no date such as 2013, 2013-04 or 2013-04-08")
    year, month, day = (None if part is None else int(part) for part in found.groups())
    return year or 0, month, day


def _day(id: str, cell: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise InputError(f"{id}: {cell!r} is no day of the calendar") from error

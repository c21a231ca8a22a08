"""Actors, places, sources: under which names they stand in the claims, when and in which outlets; what they claim, and
how often that is denied or told by others too. Counts, and no score of anybody's truth."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, TypeAlias, get_args
from urllib.parse import quote

from msgspec import Meta, Struct

from dateline.codes import ActorKind
from dateline.desk import tally
from dateline.desk.names import Asked, Listed
from dateline.desk.page import Dict, Nav, Page, Visit, address, plain
from dateline.desk.pages.incident import claim_card
from dateline.desk.problems import NotFound
from dateline.incidents.shelf import Shelf, claim_number
from dateline.ledger import query
from dateline.world.actor_rows import Listed as Registered
from dateline.world.actors import looked_up

SIZE = 50
_CLAIMS, _NOTICES, _QUOTED, _PEOPLE = 20, 30, 20, 30  # most that a page shows
_MAP_DEGREES = 0.5  # round a place
Words: TypeAlias = Annotated[str, Meta(max_length=200)]
Country: TypeAlias = Annotated[str, Meta(pattern="^[A-Za-z]{2}$")]
ActorSort: TypeAlias = Literal[
    "claims", "says", "acts", "target", "told", "denied", "aside", "incidents", "outlets", "last", "name"
]
PlaceSort: TypeAlias = Literal["claims", "told", "denied", "aside", "incidents", "outlets", "last", "name"]
SourceSort: TypeAlias = Literal[
    "reports", "claims", "told", "denied", "aside", "incidents", "copied", "copies", "notices", "last", "name"
]
_COUNTS = ("told", "denied", "aside", "incidents")
_USE = ("names", "outlets", "first", "last")
_FIELDS: dict[str, tuple[str, ...]] = {
    "actor": ("country", "claims", "acts", "target", "says", *_COUNTS, *_USE),
    "place": ("country", "precision", "lat", "lon", "claims", *_COUNTS, *_USE),
    "source": ("reports", "claims", "own", *_COUNTS, "copied", "copies", "notices", "first", "last"),
}
_PATHS: dict[str, str] = {"actor": "/actors", "place": "/places", "source": "/sources"}


class _List(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`text` are words of a name; `page` counts from 1."""

    text: Words | None = None
    page: Annotated[int, Meta(ge=1, le=100_000)] = 1
    size: Annotated[int, Meta(ge=1, le=200)] = SIZE


class Actors(_List, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: ActorKind | None = None
    country: Country | None = None
    sort: ActorSort = "claims"


class Places(_List, frozen=True, kw_only=True, forbid_unknown_fields=True):
    country: Country | None = None
    sort: PlaceSort = "claims"


class Sources(_List, frozen=True, kw_only=True, forbid_unknown_fields=True):
    sort: SourceSort = "reports"


# --- lists -----------------------------------------------------------------------------------------------------------


def actors_page(visit: Visit) -> Dict:
    asked: Actors = visit.query
    wanted = Asked(kind="actor", text=asked.text, is_what=asked.kind, country=asked.country, sort=asked.sort,
                   page=asked.page, size=asked.size)  # fmt: skip
    return {**_list(visit, wanted), "kinds": list(get_args(ActorKind)), "sorts": list(get_args(ActorSort))}


def places_page(visit: Visit) -> Dict:
    asked: Places = visit.query
    wanted = Asked(kind="place", text=asked.text, country=asked.country, sort=asked.sort, page=asked.page,
                   size=asked.size)  # fmt: skip
    return {**_list(visit, wanted), "sorts": list(get_args(PlaceSort))}


def sources_page(visit: Visit) -> Dict:
    asked: Sources = visit.query
    wanted = Asked(kind="source", text=asked.text, sort=asked.sort, page=asked.page, size=asked.size)
    return {**_list(visit, wanted), "sorts": list(get_args(SourceSort))}


def _list(visit: Visit, wanted: Asked) -> Dict:
    names, head = visit.desk.names, visit.desk.ledger.head().seq
    with names.reading() as connection:
        made = names.made(connection, head)
        found = names.listed(connection, wanted) if made else Listed(rows=(), matched=0)
    more = wanted.page * wanted.size < found.matched
    return {
        "rows": [row(each) for each in found.rows],
        "matched": found.matched,
        "made": plain(made),
        "filters": plain(visit.query),
        "next": visit.address(page=wanted.page + 1) if more else None,
        "previous": visit.address(page=wanted.page - 1 if wanted.page > 2 else None) if wanted.page > 1 else None,
    }


def row(subject: dict[str, Any]) -> dict[str, Any]:
    """One of a list. `registered` says that it has an id of the register, or of the gazetteer."""
    return {
        "id": subject["key"],
        "name": subject["name"],
        **({"kind": subject["is_what"]} if subject["kind"] == "actor" else {}),
        **{name: subject[name] for name in _FIELDS[subject["kind"]]},
        "registered": not subject["key"].startswith("~"),
        "page": page_of(subject["kind"], subject["key"]),
    }


def page_of(kind: str, key: str) -> str:
    return f"{_PATHS[kind]}/{quote(key, safe='~')}"


# --- one -------------------------------------------------------------------------------------------------------------


def actor_page(visit: Visit) -> Dict:
    made = _one(visit, "actor", visit.path["id"], says=tally.SAYS, named=tally.ACTS | tally.TARGET)
    subject = made["row"]
    wanted = subject["id"] if subject["registered"] else subject["name"]
    return {
        **made,
        "register": _registered(subject["id"]) if subject["registered"] else None,
        "as_actor": _incidents(actor=wanted, every="true"),
        "as_target": _incidents(target=wanted, every="true"),
        "as_source": _incidents(source=subject["name"], every="true"),
    }


def place_page(visit: Visit) -> Dict:
    made = _one(visit, "place", visit.path["id"], says=tally.PLACE, named=0)
    subject = made["row"]
    lat, lon = subject["lat"], subject["lon"]
    box = None
    if lat is not None and lon is not None:
        west, south, east, north = (round(each, 4) for each in _around(lat, lon))
        box = address("/map", {"bbox": f"{west},{south},{east},{north}", "within": "true", "also": "true"})
    return {**made, "incidents": _incidents(place=subject["name"], every="true"), "map": box}


def source_page(visit: Visit) -> Dict:
    key = visit.path["name"]
    made = _one(visit, "source", key, says=tally.OUTLET, named=0)
    names = visit.desk.names
    with names.reading() as connection:
        subject = names.one(connection, "source", key) or {}
        copied = names.copied(connection, subject["id"])
        notices = names.notices(connection, subject["id"], _NOTICES)
        quotes = names.quotes(connection, subject["id"], _QUOTED)
    return {
        **made,
        "copied": {side: [_leads(each, "source") for each in rows] for side, rows in copied.items()},
        "notices": notices,
        "quotes": [_leads(each, "actor") for each in quotes],
        "reports": address("/reports", {"outlet": key}),
        "incidents": _incidents(source=key, every="true"),
        "may_be": _actors_called(key),
    }


def _one(visit: Visit, kind: tally.Kind, key: str, *, says: int, named: int) -> Dict:
    """What the pages of all three share: counts, names over time, claims by type, the latest claims.

    Args:
        says: the roles of the claims that it is counted for; `named` those in which it is only named.
    """
    names, head = visit.desk.names, visit.desk.ledger.head().seq
    with names.reading() as connection:
        subject = names.one(connection, kind, key)
        if subject is None:
            raise NotFound(f"No claim names {key[:60]!r}; the list of {_PATHS[kind][1:]} has all that were counted.")
        made = names.made(connection, head)
        used, events = names.used(connection, subject["id"]), names.events(connection, subject["id"])
        may_be = names.may_be(connection, subject) if kind == "actor" else []
        said = names.claims(connection, subject["id"], says, _CLAIMS)
        in_others = names.claims(connection, subject["id"], named, _CLAIMS) if named else []
    for each in used:
        each["in"] = [_leads(one, "source") for one in each["in"]]
    return {
        "row": row(subject),
        "made": plain(made),
        "used": used,
        "events": events,
        "may_be": [_leads(each, "actor") for each in may_be],
        "claims": _cards(visit, said),
        "named_in": _cards(visit, in_others),
    }


def _leads(each: dict[str, Any], kind: str) -> dict[str, Any]:
    return {**each, "page": page_of(kind, each["key"])}


def _cards(visit: Visit, claims: Sequence[dict[str, Any]]) -> list[Dict]:
    """Claims as other pages show them, each with the incident that holds it now."""
    with visit.desk.shelf() as shelf:
        incidents = [_incident_of(shelf, each["report"], each["position"]) for each in claims]
    with visit.desk.ledger.reading() as connection:
        stored = {each.chain.seq: each for each in query.at_places(connection, [each["seq"] for each in claims])}
    return [
        {**claim_card(stored[each["seq"]], number), "incident": incident}
        for number, (each, incident) in enumerate(zip(claims, incidents, strict=True), 1)
        if each["seq"] in stored
    ]


def _incident_of(shelf: Shelf, report: str, position: int) -> str | None:
    with shelf.reading() as connection:
        number = connection.exec_driver_sql("SELECT number FROM reports WHERE id = ?", (report,)).scalar()
        if number is None:
            return None
        at = claim_number(number, position)
        found = connection.exec_driver_sql("SELECT incident FROM claims WHERE claim = ?", (at,)).scalar()
    return str(found) if found else None


def _registered(id: str) -> Dict | None:
    """What the register says of an actor: names with their days, whose branch it is, links, who held which post."""
    found = looked_up(id)
    holder = next((each for each in found if each.actor.id == id), None)
    if holder is None:
        return None
    actor: Registered = holder.actor
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "country": actor.country,
        "begins": plain(actor.begins),
        "ends": plain(actor.ends),
        "names": plain(actor.names),
        "links": [{**plain(each), "page": page_of("actor", each.other)} for each in actor.links],
        "parent": {"id": actor.parent, "page": page_of("actor", actor.parent)} if actor.parent else None,
        "branches": [{"id": each, "page": page_of("actor", each)} for each in holder.branches],
        "people": plain(holder.people[:_PEOPLE]),
        "more_people": max(0, len(holder.people) - _PEOPLE),
        "source": actor.source,
        "own": bool(actor.origin),
    }


def _actors_called(outlet: str) -> list[dict[str, Any]]:
    """Actors of the register that bear an outlet's name: an outlet is also quoted, by others."""
    return [
        {"key": each.actor.id, "name": each.actor.name, "page": page_of("actor", each.actor.id)}
        for each in looked_up(outlet)
    ]


def _around(lat: float, lon: float) -> tuple[float, float, float, float]:
    """A small box, within the bounds that the map takes."""
    west, east = max(-180.0, lon - _MAP_DEGREES), min(180.0, lon + _MAP_DEGREES)
    return west, max(-90.0, lat - _MAP_DEGREES), east, min(90.0, lat + _MAP_DEGREES)


def _incidents(**filters: str) -> str:
    return address("/incidents", filters)


PAGES = (
    Page(
        path="/actors", name="actors", title="Actors: who acts, and who is quoted", make=actors_page, query=Actors,
        nav=Nav(label="Actors", place=71, key="a"), table="rows",
        columns=("id", "name", "kind", "registered", *_FIELDS["actor"]),
    ),
    Page(path="/actors/{id}", name="actor", title="An actor: names, claims, who denies them", make=actor_page),
    Page(
        path="/places", name="places", title="Places that claims name", make=places_page, query=Places,
        nav=Nav(label="Places", place=72, key="p"), table="rows",
        columns=("id", "name", "registered", *_FIELDS["place"]),
    ),
    Page(path="/places/{id}", name="place", title="A place: names, claims", make=place_page),
    Page(
        path="/sources", name="sources", title="Sources: the outlets of the reports", make=sources_page, query=Sources,
        nav=Nav(label="Sources", place=73, key="u"), table="rows",
        columns=("id", "name", *_FIELDS["source"]),
    ),
    Page(path="/sources/{name:path}", name="source", title="A source: reports, claims, copies, corrections",
         make=source_page),
)  # fmt: skip

"""Search: claims that fit words and filters, incidents that hold such claims, and reports by their headlines."""

import sqlite3
from typing import Annotated, Any, get_args
from urllib.parse import parse_qsl, urlsplit

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import asdict

from dateline.codes import EVENTS, MEASURES, Modality
from dateline.desk import saved
from dateline.desk.holders import Holders, incidents_with
from dateline.desk.page import Action, Dict, Done, Nav, Page, Visit, address, plain, read_fields
from dateline.desk.pages import incidents
from dateline.desk.pages.incident import claim_card
from dateline.desk.pages.reports import report_rows
from dateline.desk.problems import BadRequest
from dateline.desk.searching import (
    COUNTED,
    Counts,
    Filters,
    Hit,
    Term,
    TitleFilters,
    counts,
    hits,
    marked,
    question,
    terms,
    title_count,
    title_question,
    titles,
)
from dateline.desk.word_file import upto
from dateline.incidents.links import linked
from dateline.incidents.rulings import rulings
from dateline.incidents.types import Incident
from dateline.ledger import StoredClaim, query

_DECODER = msgspec.json.Decoder(Incident)
_PATHS: dict[str, type[Struct]] = {"/search": Filters, "/search/incidents": Filters, "/search/reports": TitleFilters}
_TABS = (("/search", "Claims"), ("/search/incidents", "Incidents"), ("/search/reports", "Reports"))
CHOICES = {"event": list(EVENTS), "modality": list(get_args(Modality)), "measure": list(MEASURES)}


class Saving(Struct, frozen=True, kw_only=True):
    """A search to keep: `address` is that of its page, with its filters."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    address: Annotated[str, Meta(max_length=4_000)]
    shared: bool = False


class Forgetting(Struct, frozen=True, kw_only=True):
    """A search to delete; `user` is whose it is, yours where left out."""

    name: Annotated[str, Meta(max_length=80)]
    user: str = ""


# --- claims ----------------------------------------------------------------------------------------------------------


def search_page(visit: Visit) -> Dict:
    asked: Filters = visit.query
    wanted = terms(asked.q)
    with visit.desk.words.reading() as words:
        made = question(words, asked)
        found = hits(words, made.behind(asked.after), asked.size + 1)
        counted = counts(words, made)
        around = _around(visit, words)
    shown = found[: asked.size]
    return {
        **around,
        **_counted(visit, counted, asked),
        "found": _claim_rows(visit, shown, wanted),
        "next": visit.address(after=shown[-1].place) if len(found) > asked.size else None,
    }


def _claim_rows(visit: Visit, shown: list[Hit], wanted: tuple[Term, ...]) -> list[Dict]:
    with visit.desk.ledger.reading() as kept, visit.desk.shelf() as shelf, shelf.reading() as held:
        claims = {each.chain.seq: each for each in query.at_places(kept, [hit.seq for hit in shown])}
        of = Holders(kept, held).of(shown)
    return [_claim_row(claims[hit.seq], hit, of.get(hit.place), wanted) for hit in shown if hit.seq in claims]


def _claim_row(stored: StoredClaim, hit: Hit, incident: str | None, wanted: tuple[Term, ...]) -> Dict:
    card = claim_card(stored, hit.position + 1)
    kept = ("key", "report", "outlet", "published", "title", "url", "event", "modality", "parties", "places", "when",
            "figures", "sources", "sureness", "span", "score")  # fmt: skip
    return {
        **{name: card[name] for name in kept},
        "quote": stored.claim.quote.text,
        "pieces": plain(marked(stored.claim.quote.text, wanted)),
        "address": f"/reports/{stored.report_id}#mark-{hit.position + 1}",
        "incident": incident,
    }


# --- incidents -------------------------------------------------------------------------------------------------------


def search_incidents_page(visit: Visit) -> Dict:
    """Incidents by their claims: all that a filter asks for must hold of one and the same claim."""
    asked: Filters = visit.query
    ruled = rulings(visit.desk.ledger.decisions())
    with visit.desk.words.reading() as words, visit.desk.shelf() as shelf:
        made = question(words, asked)
        with visit.desk.ledger.reading() as kept, shelf.reading() as held:
            ids, next = incidents_with(words, Holders(kept, held), made, asked.after, asked.size)
            found = linked(held, shelf, _incidents(held, ids), ruled)
        counted = counts(words, made)
        around = _around(visit, words)
    return {
        **around,
        **_counted(visit, counted, asked),
        "found": [incidents.row(each) for each in found],
        "next": visit.address(after=next) if next is not None else None,
    }


def _incidents(held: Any, ids: list[str]) -> list[Incident]:
    marks = ",".join("?" * len(ids))
    rows = held.exec_driver_sql(f"SELECT id, body FROM incidents WHERE id IN ({marks})", tuple(ids))
    by_id = {row[0]: _DECODER.decode(row[1]) for row in rows}
    return [by_id[id] for id in ids if id in by_id]


# --- reports ---------------------------------------------------------------------------------------------------------


def search_reports_page(visit: Visit) -> Dict:
    asked: TitleFilters = visit.query
    wanted = terms(asked.q)
    with visit.desk.words.reading() as words:
        made = title_question(words, asked)
        found = titles(words, made.behind(asked.after), asked.size + 1)
        count = title_count(words, made)
        around = _around(visit, words)
    shown = found[: asked.size]
    with visit.desk.ledger.reading() as kept:
        rows = report_rows(kept, [seq for _, seq in shown])
    return {
        **around,
        "filters": plain(asked),
        "count": min(count, COUNTED),
        "more": count > COUNTED,
        "found": [{**row, "pieces": plain(marked(row["title"] or "", wanted))} for row in rows],
        "next": visit.address(after=shown[-1][0]) if len(found) > asked.size else None,
    }


# --- around all three ------------------------------------------------------------------------------------------------


def _around(visit: Visit, words: sqlite3.Connection) -> Dict:
    asked = visit.query
    filters = {name: value for name, value in asdict(asked).items() if name not in ("after", "size")}
    own = str(visit.request.scope["desk.address"])
    with visit.desk.ledger.reading() as kept:
        last = kept.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM readings").scalar_one()
    return {
        "own": own,
        "tabs": [{"label": label, "address": _tab(path, filters), "here": path == own} for path, label in _TABS],
        "saved": saved.kept_by(visit.desk.store, visit.who),
        "to_save": address(own, filters) if any(value is not None for value in filters.values()) else None,
        "first": visit.address(after=None) if asked.after is not None else None,
        "behind": upto(words) < last,
    }


def _tab(path: str, filters: Dict) -> str:
    """The same search among other things, as far as its filters mean anything there."""
    known = _PATHS[path].__struct_fields__
    return address(path, {name: value for name, value in filters.items() if name in known})


def _counted(visit: Visit, counted: Counts, asked: Filters) -> Dict:
    return {
        "filters": plain(asked),
        "choices": CHOICES,
        "count": counted.count,
        "more": counted.more,
        "facets": [_facet(visit, name, label, counted, asked) for name, label in _FACETS],
    }


_FACETS = (("event", "What"), ("country", "Country"), ("outlet", "Outlet"), ("month", "Month"), ("modality", "Whether"))


def _facet(visit: Visit, name: str, label: str, counted: Counts, asked: Filters) -> Dict:
    chosen = getattr(asked, name)
    values = [
        {"value": each.value, "count": each.count, "address": visit.address(**{name: each.value, "after": None})}
        for each in counted.facets[name]
    ]
    without = visit.address(**{name: None, "after": None}) if chosen else None
    return {"name": name, "label": label, "chosen": chosen, "without": without, "values": values}


# --- searches that are kept ------------------------------------------------------------------------------------------


def save(visit: Visit) -> Done:
    asked: Saving = visit.query
    kept = _own_search(asked.address)
    saved.keep(visit.desk.store, visit.who, " ".join(asked.name.split()), kept, shared=asked.shared)
    return Done(next=kept, made={"name": asked.name, "address": kept})


def forget(visit: Visit) -> Done:
    asked: Forgetting = visit.query
    saved.forget(visit.desk.store, visit.who, asked.name, asked.user or visit.who.name)
    return Done(next="/search")


def _own_search(said: str) -> str:
    """An address of a page of searches, with filters that it has.

    Raises:
        BadRequest: it is none.
    """
    parts = urlsplit(said)
    if parts.scheme or parts.netloc or parts.path not in _PATHS:
        raise BadRequest("address: take it from a page of searches (/search?q=…).")
    filters = {name: value for name, value in parse_qsl(parts.query) if name not in ("after", "size")}
    read_fields(filters, _PATHS[parts.path])
    return address(parts.path, filters)


CLAIM_COLUMNS = (
    "key", "when", "event", "modality", "parties", "places", "figures", "sources", "sureness", "quote", "span", "score",
    "outlet", "published", "title", "url", "report", "incident", "address",
)  # fmt: skip
PAGES = (
    Page(
        path="/search", name="search", title="Claims by words and filters", make=search_page, query=Filters,
        nav=Nav(label="Search", place=60, key="s"), table="found", columns=CLAIM_COLUMNS,
    ),
    Page(
        path="/search/incidents", name="search_incidents", title="Incidents that hold a claim which fits",
        make=search_incidents_page, query=Filters, table="found", columns=incidents.COLUMNS,
    ),
    Page(
        path="/search/reports", name="search_reports", title="Reports by their headlines",
        make=search_reports_page, query=TitleFilters, table="found",
        columns=("id", "given_id", "published", "source", "title", "url", "claims", "added_at"),
    ),
)  # fmt: skip
ACTIONS = (
    Action(path="/search/save", name="save_search", title="Keep a search", run=save, fields=Saving, role="reader"),
    Action(
        path="/search/forget", name="forget_search", title="Delete a search", run=forget, fields=Forgetting,
        role="reader",
    ),
)  # fmt: skip

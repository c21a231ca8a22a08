"""Our mentions as re3d entities: the written mapping (docs/benchmarks.md tells it in words).

re3d marks every phrase that refers to a person, body, place, time or amount, pronouns included, and for the outermost
of nested ones is sure (confidence 1) where for the inner ones it is not (confidence 0).
Source of the types: the re3d annotation guide (Dstl, 2017). Spans are `(start, end)` in code points of the text.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Entity = dict[str, Any]  # "start", "end", "type": what bench/spans_eval.py reads

TYPES = ("Organisation", "Location", "Person", "Temporal", "Quantity", "Money", "Nationality")
"""The types that a record can hold. Weapon, MilitaryPlatform, Vehicle, DocumentReference and CommsIdentifier it cannot:
they count as missed."""

ACTOR_TYPES: Mapping[str | None, str] = {
    "person": "Person",
    "civilians": "Person",
    "protesters": "Person",
    "people": "Nationality",
    "state": "Location",
    "government": "Organisation",
    "military": "Organisation",
    "police": "Organisation",
    "rebel_group": "Organisation",
    "political_militia": "Organisation",
    "communal_militia": "Organisation",
    "criminal_group": "Organisation",
    "armed_group": "Organisation",
    "external_forces": "Organisation",
    "intergovernmental": "Organisation",
    "agency": "Organisation",
    "ngo": "Organisation",
    "monitor": "Organisation",
    "media": "Organisation",
    "party": "Organisation",
    "other": "Organisation",
    None: "Organisation",
}
_BESIDE = ("distance", "direction_of", "near", "around", "between", "along", "border", "road")
_ARTICLE = re.compile(r"(?<!\w)[Tt]he $")
_ONE = re.compile(r"(?i)^an?\s(?!(?:hundred|thousand|million|billion|dozen|few)\b)")
_DAYS = re.compile(r"\d{1,2}(?:, \d{1,2})*")  # without a month of their own: "3, 4" and 5 May, July 8 and "9"
_UP_TO = ("to", "until", "through", "-", "–", "—")
_PREPOSITION = re.compile(r"(?i)^(?:on|in|since|at|by|until|from|for|over|during|between|of)\s+")


def entities(record: Mapping[str, Any]) -> list[Entity]:
    """The entities of a record's mentions in the text, the outermost of nested ones alone, in reading order."""
    mentions, text = record["mentions"], record["report"]["text"]
    acting = _acting(record["claims"])
    found = [
        *_places(mentions["places"]),
        *(_entity(lost, "Location") for lost in record.get("unknown", ()) if lost["stage"] == "places"),
        *(_figure(figure) for figure in mentions["figures"]),
        *(_time(time) for time in _whole(mentions["times"], text)),
        *(_entity(actor, ACTOR_TYPES[actor.get("kind")]) for actor in mentions["actors"]),
    ]
    return outermost(_marked(entity, text, acting) for entity in found if entity)


def outermost(found: Iterable[Entity]) -> list[Entity]:
    """Those that lie in no longer one; of two with one span the first, so that a place stays one."""
    by_span: dict[tuple[int, int], Entity] = {}
    for entity in found:
        by_span.setdefault((entity["start"], entity["end"]), entity)
    kept: list[Entity] = []
    for start, end in sorted(by_span, key=lambda span: (span[0], -span[1])):
        if not any(entity["start"] <= start and end <= entity["end"] for entity in kept):
            kept.append(by_span[start, end])
    return kept


def _places(places: Iterable[Mapping[str, Any]]) -> Iterable[Entity | None]:
    """A place told by way of others ("near Tabqa Dam") is those others; the name of a people is a nationality."""
    for place in places:
        relation = place.get("relation")
        if relation and relation["kind"] in _BESIDE and relation["anchors"]:
            yield from _places(relation["anchors"])
        else:
            yield _entity(place, "Nationality" if place.get("demonym") else "Location")


def _acting(claims: Iterable[Mapping[str, Any]]) -> set[tuple[int, int]]:
    """Where a party or a source of a claim stands."""
    parts = [part for claim in claims for part in (*claim["actors"], *claim["targets"])]
    parts += [link["source"] for claim in claims for link in claim["attribution"] if link["source"]]
    return {(part["span"][0], part["span"][1]) for part in parts if part.get("in", "text") == "text"}


def _marked(entity: Entity, text: str, acting: set[tuple[int, int]]) -> Entity:
    """As re3d marks it: a country that acts is an organisation, and a name has its article with it."""
    start, end, kind = entity["start"], entity["end"], entity["type"]
    if kind == "Location" and (start, end) in acting:
        kind = "Organisation"
    if kind in ("Location", "Organisation") and _ARTICLE.search(text[max(0, start - 5) : start]):
        start -= 4
    return {"start": start, "end": end, "type": kind}


def _figure(figure: Mapping[str, Any]) -> Entity | None:
    """Numbers and number words; "a tank", which is a figure of ours, is no quantity there."""
    if _ONE.match(figure["text"]):
        return None
    return _entity(figure, "Money" if figure.get("measure") == "money" else "Quantity")


def _whole(times: Sequence[Mapping[str, Any]], text: str) -> Iterable[Mapping[str, Any]]:
    """A stretch is one time there, its ends are mentioned one by one here: "between 3" and "5 May"."""
    held: Mapping[str, Any] | None = None
    for time in times:
        if held and _same_stretch(held, time, text):
            start, end = held["span"][0], time["span"][1]
            held = {**held, "span": (start, end), "text": text[start:end]}
            continue
        if held:
            yield held
        held = time
    if held:
        yield held


def _same_stretch(first: Mapping[str, Any], last: Mapping[str, Any], text: str) -> bool:
    if any(part.get("in", "text") != "text" for part in (first, last)):
        return False
    gap = text[first["span"][1] : last["span"][0]].strip().lower()
    between = gap == "and" and text[: first["span"][0]].lower().endswith("between ")
    days = any(_DAYS.fullmatch(part["text"]) for part in (first, last))
    return gap in _UP_TO or between or (gap in ("and", ",") and days)


def _time(time: Mapping[str, Any]) -> Entity | None:
    """Without a leading preposition: "on Monday" is marked "Monday"."""
    entity = _entity(time, "Temporal")
    match = _PREPOSITION.match(time["text"])
    return {**entity, "start": entity["start"] + match.end()} if entity and match else entity


def _entity(part: Mapping[str, Any], kind: str) -> Entity | None:
    """Nothing for a part of a headline that is not in the text: re3d marks the text alone."""
    if part.get("in", "text") != "text":
        return None
    return {"start": part["span"][0], "end": part["span"][1], "type": kind}

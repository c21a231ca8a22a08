"""The rules of the record as an outside reader sees them: over the JSON that is printed, not over our types.

Every table here is written from the record's documentation (its "As JSON", "Shapes" and "Events"), by hand, so that a
key or a code that is renamed in the code and nowhere else is found. `problems` returns what is wrong, one line each.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

Json = dict[str, Any]

# Where an object stands in the record → the keys it must have. A number in a path is written [].
# "in" says "title" where a span counts in the headline; a part without it would be a span in the text.
_PART = {"text", "span", "in"}
_PLACE = _PART | {
    "name", "country", "lat", "lon", "radius_km", "precision", "where_prec", "geo_precision", "geonames_id", "demonym",
    "relation", "role",
}  # fmt: skip
_TIME = _PART | {"type", "value", "earliest", "latest", "precision", "date_prec", "time_precision"}
_FIGURE = _PART | {"measure", "low", "high", "qualifier", "of", "unit", "part_of", "superseded"}
_ACTOR = _PART | {"name", "actor_id", "kind", "country", "post", "may_be"}
KEYS: Mapping[str, set[str]] = {
    "": {"id", "report", "claims", "evidence", "checks", "left_out", "mentions", "unknown", "warnings", "made_by"},
    "report": {"title", "published", "source", "url", "language", "dateline", "sha256", "text", "layout"},
    "report.layout[]": _PART | {"kind"},
    "claims[]": {
        "id", "event", "trigger", "quote", "also", "actors", "targets", "places", "time", "figures", "attribution",
        "modality", "hedge", "verification", "factuality", "score",
    },
    "claims[].trigger": _PART,
    "claims[].quote": _PART,
    "claims[].also[]": _PART,
    "claims[].hedge": _PART,
    "claims[].actors[]": _ACTOR,
    "claims[].targets[]": _ACTOR,
    "claims[].places[]": _PLACE,
    "claims[].time": _TIME,
    "claims[].figures[]": _FIGURE,
    "claims[].attribution[]": {"source", "cue"},
    "claims[].attribution[].source": _PART | {"name", "actor_id"},
    "claims[].attribution[].cue": _PART,
    "mentions": {"places", "times", "figures", "actors", "attributions"},
    "mentions.places[]": _PLACE,
    "mentions.times[]": _TIME,
    "mentions.figures[]": _FIGURE,
    "mentions.actors[]": _ACTOR,
    "mentions.attributions[]": {"source", "cue", "content"},
    "evidence[]": _PART | {"kind", "quote", "posted_by", "channel", "verification", "shows"},
    "evidence[].quote": _PART,
    "checks[]": _PART | {"kind", "stated", "measured", "verdict", "note"},
    "left_out[]": {"span", "reason", "in"},
    "unknown[]": {"stage", "span", "reason", "in"},
    "made_by": {"version", "weights", "tables", "country"},
}  # fmt: skip
# A relation may stand in any place, and the places it is told by are places again.
_RELATION = {"kind", "anchors", "distance_km", "distance_bound", "bearing", "geometry"}
_FREE = ("made_by.weights", "made_by.tables")

CODES: Mapping[str, set[str]] = {
    "event": set(
        "battle attack air_strike shelling bombing chemical_attack killing abuse abduction detention destruction "
        "territory_gained territory_lost territory_held siege offensive deployment strength surrender displacement "
        "casualties need talks agreement aid condemnation demand threat sanction protest organisation".split()
    ),
    "measure": set(
        "killed wounded missing casualties displaced abducted detained fighters troops people strikes weapons "
        "buildings money area distance".split()
    ),
    "modality": {"actual", "planned", "called_for", "possible", "denied"},
    "verification": {"unverified", "verified", "disputed", "not_stated"},
    "role": {"at", "from", "to"},
    "qualifier": {"about", "at_least", "at_most", "vague"},
    "verdict": {"consistent", "inconsistent", "unchecked"},
    "type": {"DATE", "TIME", "DURATION", "SET"},
    "distance_bound": {"exact", "at_most", "at_least", "about"},
}
_OPTIONAL = {"measure", "role", "qualifier", "distance_bound"}
PLACE_PRECISIONS = {"exact", "near", "district", "province", "part_of_country", "country", "region", "water"}
TIME_PRECISIONS = {"day", "days", "week", "month", "quarter", "year", "more"}
KINDS = {
    "evidence[]": {"image", "video", "document", "satellite", "witness", "statement"},
    "checks[]": {"distance", "containment", "date", "sum"},
    "relation": {"distance", "direction_of", "part", "near", "around", "between", "along", "border", "road"},
}


def walk(value: Any, path: str = "") -> Iterator[tuple[str, Json]]:
    """Every object of a record with its path, `[]` for any place in a list: ("claims[].actors[]", {…})."""
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from walk(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, f"{path}[]")


def problems(record: Json) -> list[str]:
    """What in a record breaks the rules; empty where all hold."""
    made: list[str] = []
    for path, value in walk(record):
        if path.startswith(_FREE) or ".geometry" in path:
            continue
        made += [f"{path or 'record'}: {said}" for said in _of_object(path, value, record)]
    return made + list(_of_record(record))


def _of_object(path: str, value: Json, record: Json) -> Iterator[str]:
    yield from _keys(path, value)
    yield from _span(value, record)
    yield from _codes(path, value)
    yield from _numbers(value)
    yield from _days(value)
    if "lat" in value:
        yield from _place(value)
    if value.get("country") is not None and not re.fullmatch("[A-Z]{2}", value["country"]):
        yield f"country {value['country']!r} is not two capital letters"


def _keys(path: str, value: Json) -> Iterator[str]:
    if path.endswith("relation"):
        wanted = _RELATION
    elif ".anchors[]" in path and path.endswith("[]"):
        wanted = _PLACE
    else:
        wanted = KEYS.get(path, set())
    if set(value) != wanted:
        yield f"keys missing {sorted(wanted - set(value))}, not documented {sorted(set(value) - wanted)}"


def _span(value: Json, record: Json) -> Iterator[str]:
    span = value.get("span")
    if span is None:
        return
    text = record["report"]["text"] if value.get("in", "text") == "text" else record["report"]["title"]
    if not (len(span) == 2 and all(type(at) is int for at in span) and 0 <= span[0] < span[1] <= len(text or "")):
        yield f"span {span} is not in the {value.get('in', 'text')}"
    elif "text" in value and text[span[0] : span[1]] != value["text"]:
        yield f"text {value['text']!r} is not {text[span[0] : span[1]]!r}, which stands at {span}"


def _codes(path: str, value: Json) -> Iterator[str]:
    for key, allowed in CODES.items():
        if key in value and value[key] not in allowed and not (value[key] is None and key in _OPTIONAL):
            yield f"{key} {value[key]!r} is in no list"
    for end, kinds in KINDS.items():
        if path.endswith(end) and value.get("kind") not in kinds:
            yield f"kind {value.get('kind')!r} is in no list"
    precisions = PLACE_PRECISIONS if "lat" in value else TIME_PRECISIONS
    if value.get("precision") is not None and value["precision"] not in precisions:
        yield f"precision {value['precision']!r} is in no list"
    for key, low, high in (
        ("where_prec", 1, 7),
        ("geo_precision", 1, 3),
        ("date_prec", 1, 5),
        ("time_precision", 1, 3),
    ):
        if value.get(key) is not None and not low <= value[key] <= high:
            yield f"{key} {value[key]} is not {low} to {high}"


def _numbers(value: Json) -> Iterator[str]:
    if "low" in value and None not in (value["low"], value["high"]) and value["low"] > value["high"]:
        yield f"low {value['low']} is more than high {value['high']}"
    if "score" in value and not 0 <= value["score"] <= 1:
        yield f"score {value['score']} is not 0 to 1"
    if value.get("factuality") is not None and not -3 <= value["factuality"] <= 3:
        yield f"factuality {value['factuality']} is not -3 to 3"


def _days(value: Json) -> Iterator[str]:
    for key in ("earliest", "latest", "published"):
        if value.get(key) is not None:
            try:
                date.fromisoformat(value[key])
            except ValueError:
                yield f"{key} {value[key]!r} is not a day"
    if value.get("earliest") and value.get("latest") and value["earliest"] > value["latest"]:
        yield f"earliest {value['earliest']} is after latest {value['latest']}"


def _place(value: Json) -> Iterator[str]:
    if (value["lat"] is None) != (value["lon"] is None):
        yield f"lat {value['lat']} and lon {value['lon']} do not come together"
    elif value["lat"] is not None and not (-90 <= value["lat"] <= 90 and -180 <= value["lon"] <= 180):
        yield f"lat {value['lat']}, lon {value['lon']} are not on the earth"
    if value["radius_km"] is not None and value["radius_km"] < 0:
        yield f"radius_km {value['radius_km']} is less than nothing"


def _of_record(record: Json) -> Iterator[str]:
    ids = [claim["id"] for claim in record["claims"]]
    if len(set(ids)) != len(ids):
        yield f"claims: an id stands twice in {ids}"
    for claim in record["claims"]:
        yield from _of_claim(claim)
    for item in record["evidence"]:
        if lost := set(item["shows"]) - set(ids):
            yield f"evidence[]: shows {sorted(lost)}, which are no claims of this record"
        if not _inside(item, item["quote"]):
            yield f"evidence[]: quote at {item['quote']['span']} does not hold {item['span']}"
    size = len(record["report"]["text"])
    for said in record["mentions"]["attributions"]:
        for start, end in (*said["source"], *said["cue"], *said["content"]):
            if not 0 <= start < end <= size:
                yield f"mentions.attributions[]: span {[start, end]} is not in the text"
    for cut in record["left_out"]:
        if not cut["reason"].strip():
            yield f"left_out[]: no reason at {cut['span']}"
    for gap in record["unknown"]:
        if not gap["reason"].strip() or not gap["stage"].strip():
            yield f"unknown[]: no stage or no reason at {gap['span']}"


def _of_claim(claim: Json) -> Iterator[str]:
    name = f"claim {claim['id']}"
    if not _inside(claim["trigger"], claim["quote"]):
        yield f"{name}: quote at {claim['quote']['span']} does not hold the trigger at {claim['trigger']['span']}"
    if claim["quote"] in claim["also"]:
        yield f"{name}: also repeats the quote"
    for place in claim["places"]:
        if place["role"] is None:
            yield f"{name}: place {place['text']!r} has no role"
    for figure in claim["figures"]:
        if figure["low"] is None and figure["high"] is None:
            yield f"{name}: figure {figure['text']!r} has neither low nor high"
    for link in claim["attribution"]:
        if link["source"] is None and link["cue"] is None:
            yield f"{name}: an attribution with neither source nor cue"
    # What did not happen, or has not yet, is never told as a fact.
    if claim["factuality"] is not None:
        if claim["modality"] == "denied" and claim["factuality"] > 0:
            yield f"{name}: denied, with factuality {claim['factuality']}"
        if claim["modality"] == "actual" and claim["factuality"] < 0:
            yield f"{name}: actual, with factuality {claim['factuality']}"


def _inside(inner: Json, outer: Json) -> bool:
    return bool(
        inner["in"] == outer["in"] and outer["span"][0] <= inner["span"][0] and inner["span"][1] <= outer["span"][1]
    )

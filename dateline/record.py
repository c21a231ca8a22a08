"""The types that Dateline reads into: a Report goes in, a Record of Claims comes out.

All values are frozen. `to_json` and `from_json` are exact inverses, and `schema()` is made from these very types, so
the JSON is never described twice. Field names and shapes are the public contract.

Spans are `[start, end)` in code points of `Report.text`, or of `Report.title` where the part's `in` says "title".
"""

from datetime import date
from hashlib import sha256
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from dateline.codes import (
    ActorKind,
    CheckKind,
    CheckVerdict,
    EventType,
    EvidenceKind,
    Measure,
    Modality,
    PlacePrecision,
    PlaceRole,
    Qualifier,
    RelationKind,
    TimePrecision,
    TimexType,
    Verification,
)
from dateline.errors import InputError

Where = Literal["text", "title"]
Score = Annotated[float, Meta(ge=0.0, le=1.0)]


class Span(Struct, frozen=True, array_like=True, order=True):
    """A stretch of text in code points; start included, end excluded. `[start, end]` in JSON."""

    start: Annotated[int, Meta(ge=0)]
    end: Annotated[int, Meta(ge=1)]

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise InputError(f"span {self.start}:{self.end} is empty or reversed")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


class Part(Struct, frozen=True, kw_only=True):
    """Something read from the text: its words, and where they stand."""

    text: str
    span: Span
    where: Where = field(name="in", default="text")


class LayoutPart(Part, frozen=True, kw_only=True):
    """A part of the report that is not body text, recognised by its place and form; it stays where it stands."""

    kind: Literal["headline", "date_line", "standfirst", "byline", "dateline", "heading", "note"]


class Report(Struct, frozen=True, kw_only=True):
    """One news report as received. `text` is never altered after ingest: every span counts from it."""

    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    url: str | None = None
    language: str = "en"
    dateline: str | None = None
    layout: tuple[LayoutPart, ...] = ()
    sha256: str = ""

    def __post_init__(self) -> None:
        if not self.sha256:
            digest = sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
            msgspec.structs.force_setattr(self, "sha256", digest)

    def words_at(self, span: Span, where: Where = "text") -> str:
        return span.of(self.text if where == "text" else self.title or "")


class Relation(Struct, frozen=True, kw_only=True):
    """How a place is told by way of other places: "125 kilometres north of Baghdad"."""

    kind: RelationKind
    anchors: tuple["Place", ...] = ()
    distance_km: float | None = None
    distance_bound: Literal["exact", "at_most", "at_least", "about"] | None = None
    bearing: str | None = None
    geometry: dict[str, Any] | None = None


class Place(Part, frozen=True, kw_only=True):
    """A place as written and, where it is known, as it lies on the earth (WGS 84, degrees; radius in kilometres).

    `where_prec` is UCDP's 1 (exact) to 7 (international waters), `geo_precision` ACLED's 1 to 3.
    """

    name: str
    country: str | None = None
    role: PlaceRole | None = None
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: PlacePrecision | None = None
    where_prec: Annotated[int, Meta(ge=1, le=7)] | None = None
    geo_precision: Annotated[int, Meta(ge=1, le=3)] | None = None
    geonames_id: int | None = None
    demonym: bool = False
    relation: Relation | None = None


class Period(Part, frozen=True, kw_only=True):
    """A time expression: its TIMEX3 `value` and the days it covers, both included.

    `latest` is null where nothing closes the period. `date_prec` is UCDP's 1 (day) to 5 (more than a month),
    `time_precision` ACLED's 1 to 3.
    """

    type: TimexType
    value: str | None = None
    earliest: date | None = None
    latest: date | None = None
    precision: TimePrecision | None = None
    date_prec: Annotated[int, Meta(ge=1, le=5)] | None = None
    time_precision: Annotated[int, Meta(ge=1, le=3)] | None = None


class Figure(Part, frozen=True, kw_only=True):
    """A number of something; `low` or `high` is null where the report leaves that side open."""

    measure: Measure | None = None
    low: float | int | None = None
    high: float | int | None = None
    qualifier: Qualifier | None = None
    of: str | None = None
    unit: str | None = None
    part_of: str | None = None
    superseded: bool = False


class Actor(Part, frozen=True, kw_only=True):
    """A party as written, and the fullest name that the report gives it."""

    name: str
    actor_id: str | None = None
    kind: ActorKind | None = None
    country: str | None = None
    post: str | None = None
    may_be: tuple[str, ...] = ()


class Speaker(Part, frozen=True, kw_only=True):
    """Who says something: a person, a body, a document. `actor_id` is of the register, as an actor's is."""

    name: str
    actor_id: str | None = None


class Source(Struct, frozen=True, kw_only=True):
    """One link of an attribution chain, outermost first. `source` is null where a passive names none."""

    source: Speaker | None
    cue: Part | None


class Attribution(Struct, frozen=True, kw_only=True):
    """Source, cue and content of one attribution anywhere in the text, each a list of spans."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


class Claim(Struct, frozen=True, kw_only=True):
    """One proposition that a report puts forward, who puts it forward, and how surely."""

    id: str
    event: EventType
    trigger: Part
    quote: Part
    also: tuple[Part, ...] = ()
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    time: Period | None = None
    figures: tuple[Figure, ...] = ()
    attribution: tuple[Source, ...] = ()
    modality: Modality = "actual"
    hedge: Part | None = None
    verification: Verification = "not_stated"
    factuality: Annotated[float, Meta(ge=-3.0, le=3.0)] | None = None
    score: Score = 0.0


class Evidence(Part, frozen=True, kw_only=True):
    """What the report says there is to see, who put it out, and whether anybody checked it."""

    kind: EvidenceKind
    quote: Part
    posted_by: str | None = None
    channel: str | None = None
    verification: Verification = "not_stated"
    shows: tuple[str, ...] = ()


class Check(Part, frozen=True, kw_only=True):
    """Something the report states that can be checked against the world."""

    kind: CheckKind
    stated: str
    measured: str | None
    verdict: CheckVerdict
    note: str


class LeftOut(Struct, frozen=True, kw_only=True):
    """A stretch that was set aside, and why."""

    span: Span
    reason: str
    where: Where = field(name="in", default="text")


class Unknown(Struct, frozen=True, kw_only=True):
    """Something a stage saw and could not settle, with the reason. Not knowing is a value."""

    stage: str
    span: Span | None
    reason: str
    where: Where = field(name="in", default="text")


class Mentions(Struct, frozen=True, kw_only=True):
    """What each stage found anywhere in the report, in a claim or not, so that each can be measured alone."""

    places: tuple[Place, ...] = ()
    times: tuple[Period, ...] = ()
    figures: tuple[Figure, ...] = ()
    actors: tuple[Actor, ...] = ()
    attributions: tuple[Attribution, ...] = ()


class MadeBy(Struct, frozen=True, kw_only=True):
    """What read the report: the same version, weights and tables read it the same way again.

    `tables` holds the gazetteers and the overrides that the user added as well; `country` is the one that the reader
    was told the report is about, if any.
    """

    version: str
    weights: dict[str, str] = {}
    tables: dict[str, str] = {}
    country: str | None = None


class Record(Struct, frozen=True, kw_only=True):
    """What Dateline makes of one report."""

    id: str
    report: Report
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    checks: tuple[Check, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    mentions: Mentions = Mentions()
    unknown: tuple[Unknown, ...] = ()
    warnings: tuple[str, ...] = ()
    made_by: MadeBy

    def to_json(self) -> str:
        """One line of JSON, keys in the order of the types."""
        return msgspec.json.encode(self).decode()

    @classmethod
    def from_json(cls, line: str | bytes) -> "Record":
        """The record that `to_json` wrote.

        Raises:
            InputError: the line is not a record.
        """
        try:
            return msgspec.json.decode(line, type=cls)
        except msgspec.DecodeError as error:
            raise InputError(f"not a Dateline record: {error}") from error


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record, made from the types above."""
    made = msgspec.json.schema(Record)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Dateline record", **made}


def content_id(*parts: str | int | None) -> str:
    """An id made from content alone: the same words read the same way give the same id. 20 hex digits."""
    key = "\x1f".join("" if part is None else str(part) for part in parts)
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20]

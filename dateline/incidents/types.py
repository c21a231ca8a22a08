"""The values that pass between the steps: a Brief of each report goes in, Incidents come out.

A Brief is all that the steps need of one report, made once from its record (`briefs.py`); nothing later goes back to
the text. Claims are named by `key`, "report id/claim id", as the ledger names them. Days are inclusive.
"""

from datetime import date
from typing import Literal

from msgspec import Struct

from dateline.codes import ActorKind, EventType, Measure, Modality, PlacePrecision, PlaceRole, Qualifier, Verification
from dateline.record import Part

# --- in: what a report says, as far as the steps need it -------------------------------------------------------------

Happened = Literal["happened", "planned", "called_for", "possible", "denied"]
Status = Literal["asserted", "disputed", "denied", "unverified", "verified", "set_aside"]
CopyKind = Literal["exact", "near", "excerpt", "rewrite"]
NoticeKind = Literal["correction", "withdrawal"]


class Spot(Struct, frozen=True, kw_only=True):
    """A place of a claim: a point with a radius (WGS 84 degrees, kilometres) where it is known, else its name alone."""

    name: str
    written: str
    country: str | None = None
    role: PlaceRole = "at"
    lat: float | None = None
    lon: float | None = None
    radius_km: float | None = None
    precision: PlacePrecision | None = None
    where_prec: int | None = None
    geo_precision: int | None = None
    geonames_id: int | None = None


class Party(Struct, frozen=True, kw_only=True):
    """An actor or target of a claim; `actor_id` where the register knows it."""

    name: str
    actor_id: str | None = None
    kind: ActorKind | None = None
    country: str | None = None
    may_be: tuple[str, ...] = ()


class Voice(Struct, frozen=True, kw_only=True):
    """One link of the chain of those who say so; `name` is null where a passive names nobody."""

    name: str | None
    actor_id: str | None = None
    cue: str | None = None


class Count(Struct, frozen=True, kw_only=True):
    """A figure of a claim; `low` or `high` is null where that side is open."""

    text: str
    measure: Measure
    low: float | None = None
    high: float | None = None
    qualifier: Qualifier | None = None
    of: str | None = None
    part_of: str | None = None
    superseded: bool = False


class Telling(Struct, frozen=True, kw_only=True):
    """One claim as the steps see it.

    `dated` is False where the claim has no time of its own: `earliest` and `latest` are then the day of publication,
    which says little. `lead` marks the claim whose incident its report is about (`leading.py`), `story` says how surely
    a claim is of that same incident. `voices` run from the outermost to the party whose words they are; empty where the
    report speaks itself. `words` are the telling words of the quote and `names` the proper names in it, both folded and
    sorted.
    """

    key: str
    report: str
    position: int
    event: EventType
    trigger: str
    modality: Modality = "actual"
    verification: Verification = "not_stated"
    hedge: str | None = None
    earliest: date | None = None
    latest: date | None = None
    dated: bool = False
    date_prec: int | None = None
    time_precision: int | None = None
    spots: tuple[Spot, ...] = ()
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    counts: tuple[Count, ...] = ()
    voices: tuple[Voice, ...] = ()
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lead: bool = False
    story: float = 0.0
    score: float = 0.0


class Quoted(Struct, frozen=True, kw_only=True):
    """The words that tell a number, and the sentence or headline that they stand in."""

    sentence: Part
    words: Part


class Told(Struct, frozen=True, kw_only=True):
    """A report's toll of one measure for its lead incident (`reading/tolls.py`), and the claims it is of.

    `quoted` is where its number stands, and `quoted_by` the claims whose quote that is: a toll of the headline alone
    is in the quote of none.
    """

    measure: Measure
    low: float | None
    best: float
    high: float | None
    claims: tuple[str, ...] = ()
    quoted: Quoted | None = None
    quoted_by: tuple[str, ...] = ()


class Notice(Struct, frozen=True, kw_only=True):
    """A report that takes back or corrects another: its headline or address as far as it names them."""

    kind: NoticeKind
    of: tuple[str, ...] = ()  # folded words of the headline that it names, empty where it names none
    url: str | None = None


class Brief(Struct, frozen=True, kw_only=True):
    """All that the steps need of one report. `known` is the day from which its claims were known: that of publication,
    else that on which it came into the ledger.

    `sentences` has a hash of each sentence in order, by which an outlet's standing paragraphs are found; `prints` the
    sampled fingerprints of each of them, by which copies are; `terms` the telling words of each and `names` the proper
    names in each (folded, sorted); `facts` its names and numbers in the order in which they stand and `phrases` the
    fingerprints of what it says in few words, by which rewrites are known.
    `credits` names the agencies that the report credits, outermost first.
    """

    id: str
    given_id: str
    outlet: str | None
    published: date | None
    known: date
    title: str | None = None
    url: str | None = None
    sentences: tuple[int, ...] = ()
    prints: tuple[tuple[int, ...], ...] = ()
    terms: tuple[tuple[str, ...], ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    length: int = 0  # words
    facts: tuple[tuple[str, ...], ...] = ()
    phrases: tuple[tuple[int, ...], ...] = ()
    credits: tuple[str, ...] = ()
    notice: Notice | None = None
    told: tuple[Told, ...] = ()
    tellings: tuple[Telling, ...] = ()


# --- between: how claims and reports hang together -------------------------------------------------------------------


class Copy(Struct, frozen=True, kw_only=True):
    """`copy` holds what `original` said before it: the second adds a report and no origin."""

    original: str
    copy: str
    kind: CopyKind
    score: float  # share of the shorter one that stands in the other; for rewrites, of its facts


class Feature(Struct, frozen=True, kw_only=True):
    """One named feature of a pair of claims: its value, its weight, and in words what was compared."""

    name: str
    value: float
    weight: float
    said: str = ""


class Match(Struct, frozen=True, kw_only=True):
    """Two claims compared: the probability that they are of one incident, and what it was made from."""

    a: str
    b: str
    probability: float
    features: tuple[Feature, ...] = ()


# --- out: what is known ----------------------------------------------------------------------------------------------


class Step(Struct, frozen=True, kw_only=True):
    """One report's figure in the history of a measure: what it said on the day it was known, by whose word."""

    known: date
    report: str
    claim: str
    outlet: str | None
    voice: str | None
    low: float | None
    high: float | None
    move: Literal["first", "same", "raised", "lowered"]
    set_aside: str | None = None  # why it has no say now: superseded, withdrawn, rejected, a copy, of another scope


class Share(Struct, frozen=True, kw_only=True):
    """A part of a figure: of whom (a side, civilians, children), with the same three numbers."""

    of: str
    low: float | None
    best: float | None
    high: float | None
    claims: tuple[str, ...] = ()


class Estimate(Struct, frozen=True, kw_only=True):
    """Low, best and high of one measure, the rule that chose them and the claims that each comes from.

    `best` or `high` is null where all that is known is a bound. `quotes` has, by claim, where the number stands in its
    report, where that is not the claim's own quote.
    """

    measure: Measure
    low: float | None
    best: float | None
    high: float | None
    rule: str
    low_from: tuple[str, ...] = ()
    best_from: tuple[str, ...] = ()
    high_from: tuple[str, ...] = ()
    parts: tuple[Share, ...] = ()
    steps: tuple[Step, ...] = ()
    quotes: dict[str, Quoted] = {}


class Side(Struct, frozen=True, kw_only=True):
    """One side of a contradiction: what it says, who says so, and in which claims."""

    says: str
    voices: tuple[str, ...]
    claims: tuple[str, ...]


class Contradiction(Struct, frozen=True, kw_only=True):
    """A field on which the claims cannot all be right: `happened`, `actor`, `target`, `time`, `place` or a measure."""

    field: str
    sides: tuple[Side, ...]


class Origin(Struct, frozen=True, kw_only=True):
    """One independent origin: the dispatch that brings something of its own, who speaks in it, what repeats it.

    `name` is the agency or outlet whose dispatch it is; `voices` the parties it quotes; `copies` the reports that
    repeat it, or one of the following; `later` the further dispatches of the same house, which credit it or are its
    own; `relays` those that only pass on what somebody said in it, or mention the incident in passing.
    """

    name: str
    report: str
    voices: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    later: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()


class Suggestion(Struct, frozen=True, kw_only=True):
    """Another incident that may be the same one: for a person to decide."""

    incident: str
    probability: float
    claims: tuple[str, str]  # the pair that is most alike, this incident's first


class Incident(Struct, frozen=True, kw_only=True):
    """One incident: what many claims say of one thing, by named rules, with every disagreement in sight.

    `id` is made from the first known of its claims. `happened` is what it is: only claims that say so make it
    "happened"; what was planned, demanded or feared has `came_true` once an incident came of it. `place` is the most
    exact place that the claims agree on, `places` all of them. Counts: `reports` that tell it, `wordings` that are not
    copies of one another, `len(origins)` that are independent. `decided` names, by field, the decision that set it.
    Where every claim was set aside, the fields say what they had said, and `status` is "set_aside".
    """

    id: str
    happened: Happened
    event: EventType
    events: tuple[EventType, ...]
    earliest: date | None
    latest: date | None
    date_prec: int | None
    time_precision: int | None
    place: Spot | None
    places: tuple[Spot, ...]
    actors: tuple[Party, ...]
    targets: tuple[Party, ...]
    figures: tuple[Estimate, ...]
    status: Status
    asserted_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    contradictions: tuple[Contradiction, ...]
    reports: tuple[str, ...]
    wordings: int
    origins: tuple[Origin, ...]
    claims: tuple[str, ...]
    set_aside: dict[str, str] = {}  # claims without a say, and why: withdrawn, replaced, rejected
    first_known: date | None = None
    last_known: date | None = None
    came_true: str | None = None
    foretold_by: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    accepted_by: str | None = None
    decided: dict[str, str] = {}

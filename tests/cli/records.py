"""Records built by hand for the printing tests. All reports here are invented."""

from datetime import date

from dateline.record import (
    Actor,
    Check,
    Claim,
    Evidence,
    Figure,
    LayoutPart,
    LeftOut,
    MadeBy,
    Part,
    Period,
    Place,
    Record,
    Relation,
    Report,
    Source,
    Span,
    Speaker,
    Unknown,
)

# ruff: noqa: E501 (a paragraph of the report is one line)
TEXT = """Northern Front says it executed 240 border guards

4 March 2021

The armed group calling itself the Northern Front claims to have executed 240 border guards in the past week near Qamishli, as pictures of the alleged killings spread.

The photos, which could not be verified, were posted on Telegram by the Northern Front.

The interior ministry, quoted by the Orontes News Agency, said that dozens of civilians had fled from Qamishli to Al-Hasakah on Tuesday. At least 12 people were wounded.

A ministry spokesman denied that the group had taken control of Amuda, 29 kilometres west of Qamishli.

The group is estimated to have up to 5,000 fighters. About 40,000 people are believed to need water in the district.

Subscribe to our morning briefing and never miss a story. You can cancel at any time, and we do not pass on your address to anybody else.

(Invented example.)
"""


def span(words: str, *, after: int = 0) -> Span:
    start = TEXT.index(words, after)
    return Span(start, start + len(words))


def part(words: str, *, keep: int | None = None) -> Part:
    """The first place where `words` stand; of those, the first `keep` characters."""
    start = span(words).start
    said = words[:keep]
    return Part(text=said, span=Span(start, start + len(said)))


def actor(words: str, name: str = "") -> Actor:
    return Actor(text=words, name=name or words, span=span(words))


def speaker(words: str, name: str = "") -> Speaker:
    return Speaker(text=words, name=name or words, span=span(words))


def place(words: str, name: str, **known: object) -> Place:
    return Place(text=words, name=name, span=span(words), **known)  # type: ignore[arg-type]


QUOTE_EXECUTED = (
    "The armed group calling itself the Northern Front claims to have executed 240 border guards in the past week near "
    "Qamishli, as pictures of the alleged killings spread."
)
QUOTE_FLED = (
    "The interior ministry, quoted by the Orontes News Agency, said that dozens of civilians had fled from Qamishli to "
    "Al-Hasakah on Tuesday."
)
QUOTE_DENIED = "A ministry spokesman denied that the group had taken control of Amuda, 29 kilometres west of Qamishli."
LAST_WEEK = Period(
    text="in the past week", span=span("in the past week"), type="DATE", value="P1W",
    earliest=date(2021, 2, 25), latest=date(2021, 3, 4), precision="week",
)  # fmt: skip
TUESDAY = Period(
    text="on Tuesday", span=span("on Tuesday"), type="DATE", value="2021-03-02",
    earliest=date(2021, 3, 2), latest=date(2021, 3, 2), precision="day",
)  # fmt: skip
QAMISHLI = {"country": "SY", "lat": 37.05, "lon": 41.22, "radius_km": 10.0}
HASAKAH = {"country": "SY", "lat": 36.5, "lon": 40.75, "radius_km": 10.0}

CLAIMS = (
    Claim(
        id="c1" * 10, event="killing", trigger=part("executed 240 border guards in", keep=8),
        quote=part(QUOTE_EXECUTED),
        also=(part("Northern Front says it executed 240 border guards"),),
        actors=(actor("the Northern Front", "Northern Front"),), targets=(actor("border guards"),),
        places=(place("near Qamishli", "Qamishli", precision="near", role="at", **QAMISHLI),), time=LAST_WEEK,
        figures=(Figure(text="240", span=span("240"), measure="killed", low=240, high=240, of="border guards"),),
        attribution=(Source(source=speaker("The armed group calling itself the Northern Front", "Northern Front"),
                            cue=part("claims")),),
        hedge=part("alleged"), verification="unverified", score=0.91,
    ),
    Claim(
        id="c2" * 10, event="displacement", trigger=part("fled"), quote=part(QUOTE_FLED),
        targets=(actor("civilians"),),
        places=(place("Qamishli", "Qamishli", precision="exact", role="from", **QAMISHLI),
                place("Al-Hasakah", "Al-Hasakah", precision="exact", role="to", **HASAKAH)),
        time=TUESDAY,
        figures=(Figure(text="dozens", span=span("dozens"), measure="displaced", low=24, high=99, qualifier="vague",
                        of="civilians"),
                 Figure(text="12", span=span("12"), measure="wounded", low=12, qualifier="at_least", of="people")),
        attribution=(Source(source=speaker("Orontes News Agency"), cue=part("quoted")),
                     Source(source=speaker("The interior ministry", "interior ministry"), cue=part("said"))),
        score=0.8,
    ),
    Claim(
        id="c3" * 10, event="territory_gained", trigger=part("taken control of"), quote=part(QUOTE_DENIED),
        actors=(actor("the group", "Northern Front"),),
        places=(place("Amuda, 29 kilometres west of Qamishli", "Amuda", country="SY", precision="exact", role="at",
                      lat=37.1, lon=40.93,
                      relation=Relation(kind="distance", distance_km=29.0, distance_bound="exact", bearing="west")),),
        attribution=(Source(source=speaker("A ministry spokesman", "ministry spokesman"), cue=part("denied")),),
        modality="denied", verification="disputed", score=0.7,
    ),
    Claim(
        id="c4" * 10, event="strength", trigger=part("have up to 5,000 fighters"),
        quote=part("The group is estimated to have up to 5,000 fighters."),
        actors=(actor("The group", "Northern Front"),),
        figures=(Figure(text="up to 5,000", span=span("up to 5,000"), measure="fighters", high=5000,
                        qualifier="at_most", of="fighters"),),
        attribution=(Source(source=None, cue=part("estimated to")),), hedge=part("estimated"), score=0.66,
    ),
    Claim(
        id="c5" * 10, event="need", trigger=part("need"),
        quote=part("About 40,000 people are believed to need water in the district."), targets=(actor("people"),),
        figures=(Figure(text="40,000", span=span("40,000"), measure="people", low=40000, high=40000,
                        qualifier="about", of="people"),),
        hedge=part("believed to"), score=0.5,
    ),
)  # fmt: skip

REPORT = Report(
    text=TEXT, title="Northern Front says it executed 240 border guards", published=date(2021, 3, 4),
    source="Harrow Gazette",
    layout=(LayoutPart(text=TEXT[:49], span=Span(0, 49), kind="headline"),),
)  # fmt: skip
NOTICE = TEXT[TEXT.index("Subscribe") : TEXT.index("\n\n(Invented")]

RECORD = Record(
    id="front", report=REPORT, claims=CLAIMS,
    evidence=(Evidence(text="photos", span=span("photos"), kind="image", posted_by="Northern Front",
                       channel="Telegram", verification="unverified", shows=("c1" * 10,),
                       quote=part("The photos, which could not be verified, were posted on Telegram by the Northern "
                                  "Front.")),),
    checks=(Check(text="29 kilometres west of Qamishli", span=span("29 kilometres west of Qamishli"), kind="distance",
                  stated="29 km W", measured="26 km W", verdict="consistent",
                  note="Amuda is 26 km west of Qamishli; the report says 29: consistent"),),
    left_out=(LeftOut(span=span(NOTICE), reason="subscription notice"),),
    unknown=(Unknown(stage="places", span=span("the district"), reason="no district is named"),
             Unknown(stage="times", span=None, reason="no time of its own")),
    made_by=MadeBy(version="0.1.0", tables={"gazetteer": "ab" * 32}),
)  # fmt: skip


def plain(words: str, *, id: str = "plain") -> Record:
    """A record of a report without a head and without claims."""
    return Record(
        id=id, report=Report(text=words, language="de"), warnings=("not read: language de", "no publication date"),
        made_by=MadeBy(version="0.1.0"),
    )  # fmt: skip


def wide(name: str, right_to_left: str) -> Record:
    """One claim whose actor is written in wide characters and whose place from right to left."""
    text = f"{name} shelled {right_to_left} \x1b[31mtoday."
    quote = Part(text=text, span=Span(0, len(text)))
    at = text.index(right_to_left)
    claim = Claim(
        id="d1" * 10, event="shelling", trigger=Part(text="shelled", span=Span(len(name) + 1, len(name) + 8)),
        quote=quote, actors=(Actor(text=name, name=name, span=Span(0, len(name))),),
        places=(Place(text=right_to_left, name=right_to_left, span=Span(at, at + len(right_to_left))),),
    )  # fmt: skip
    return Record(id="wide", report=Report(text=text, title=text), claims=(claim,), made_by=MadeBy(version="0.1.0"))

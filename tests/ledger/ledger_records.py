"""Records for the ledger's tests, built from the types without any reading. All reports here are invented."""

from datetime import date

from dateline.record import (
    Actor,
    Attribution,
    Claim,
    Evidence,
    Figure,
    LayoutPart,
    LeftOut,
    MadeBy,
    Mentions,
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
    content_id,
)

TEXT = (
    "Thousands flee the river towns\n\n"
    "KESHEN, 3 June - The Relief Council estimated that 12,000 people fled in and around Mosul last week. "
    "Local fighters shelled Deir ez-Zor on Monday, witnesses said. "
    "The defence ministry denied that its aircraft bombed Ra’s al-Ayn.\n"
    "Subscribe to our letter."
)
PUBLISHED = date(2014, 6, 17)
READER = MadeBy(version="0.1.0", weights={"reader": "aa" * 32}, tables={"gazetteer": "bb" * 32})


def words(text: str, within: str = TEXT) -> dict[str, object]:
    """`text` and `span` of the first place where `text` stands."""
    start = within.index(text)
    return {"text": text, "span": Span(start, start + len(text))}


def part(text: str, within: str = TEXT) -> Part:
    return Part(**words(text, within))


def sentence(start: str, within: str = TEXT) -> Part:
    begin = within.index(start)
    end = within.index(".", begin) + 1
    return Part(text=within[begin:end], span=Span(begin, end))


def sample_report(**changes: object) -> Report:
    given: dict[str, object] = {
        "text": TEXT,
        "title": "Thousands flee the river towns",
        "published": PUBLISHED,
        "source": "The Kesh Courier",
        "url": "https://courier.example/river-towns",
        "dateline": "KESHEN",
        "layout": (LayoutPart(kind="headline", **words("Thousands flee the river towns")),),
    }
    return Report(**{**given, **changes})


def sample_claims() -> tuple[Claim, ...]:
    fled = Claim(
        id="c1fled00000000000000",
        event="displacement",
        trigger=part("fled"),
        quote=sentence("KESHEN, 3 June"),
        also=(part("Thousands flee the river towns"),),
        targets=(Actor(name="people", kind="people", **words("people")),),
        places=(
            Place(
                name="Mosul",
                country="IQ",
                role="from",
                lat=36.335,
                lon=43.119,
                radius_km=25.0,
                precision="near",
                geonames_id=99072,
                relation=Relation(kind="around", geometry={"type": "Point", "coordinates": [43.119, 36.335]}),
                **words("in and around Mosul"),
            ),
        ),
        time=Period(
            type="DATE", earliest=date(2014, 6, 9), latest=date(2014, 6, 15), precision="week", **words("last week")
        ),
        figures=(Figure(measure="displaced", low=12000, high=12000, of="people", **words("12,000")),),
        attribution=(
            Source(source=Speaker(name="Relief Council", **words("The Relief Council")), cue=part("estimated")),
        ),
        hedge=part("estimated"),
        score=0.91,
    )
    shelled = Claim(
        id="c2shelled00000000000",
        event="shelling",
        trigger=part("shelled"),
        quote=sentence("Local fighters"),
        actors=(Actor(name="Local fighters", actor_id="x-17", kind="armed_group", **words("Local fighters")),),
        places=(Place(name="Deir ez-Zor", country="SY", role="at", lat=35.33, lon=40.14, **words("Deir ez-Zor")),),
        time=Period(type="DATE", earliest=date(2014, 6, 16), latest=date(2014, 6, 16), **words("Monday")),
        attribution=(Source(source=Speaker(name="witnesses", **words("witnesses")), cue=part("said")),),
        score=0.5,
    )
    bombed = Claim(
        id="c3bombed000000000000",
        event="air_strike",
        trigger=part("bombed"),
        quote=sentence("The defence ministry"),
        actors=(Actor(name="defence ministry", country="SY", kind="government", **words("its aircraft")),),
        places=(Place(name="Ra’s al-Ayn", country="SY", role="at", **words("Ra’s al-Ayn")),),
        attribution=(Source(source=Speaker(name="defence ministry", **words("The defence ministry")), cue=None),),
        modality="denied",
        verification="disputed",
        score=0.25,
    )
    return fled, shelled, bombed


def sample(**changes: object) -> Record:
    """A record with every kind of part in it."""
    given: dict[str, object] = {
        "id": "river-towns",
        "report": sample_report(),
        "claims": sample_claims(),
        "evidence": (
            Evidence(kind="witness", quote=sentence("Local fighters"), shows=("c2",), **words("witnesses said")),
        ),
        "left_out": (LeftOut(span=part("Subscribe to our letter.").span, reason="subscription notice"),),
        "mentions": Mentions(
            figures=(Figure(low=5.0, high=None, qualifier="vague", **words("Thousands")),),
            attributions=(
                Attribution(
                    source=(part("witnesses").span,), cue=(part("said").span,), content=(part("shelled").span,)
                ),
            ),
        ),
        "unknown": (Unknown(stage="places", span=part("KESHEN").span, reason="not in the gazetteer"),),
        "warnings": ("the date line has no year",),
        "made_by": READER,
    }
    return Record(**{**given, **changes})


def numbered(number: int, claims: int = 6, tag: str = "") -> Record:
    """A report of some 350 words with `claims` claims, different for each number and tag."""
    lines = [
        f"On day {n} of patrol {tag}{number} the northern column shelled the village of Tal Arun{n}, "
        f"killing {n + 3} people, residents and two aid workers said, and many of the families who had stayed behind "
        "through the winter left "
        "by the eastern road towards the hills, where there is neither shelter nor water for so many of them."
        for n in range(claims)
    ]
    text = "\n".join(lines)
    made = []
    for n, line in enumerate(lines):
        at = text.index(line)

        def of(wanted: str, line: str = line, at: int = at) -> dict[str, object]:
            start = at + line.index(wanted)
            return {"text": wanted, "span": Span(start, start + len(wanted))}

        made.append(
            Claim(
                id=content_id(tag, number, n),
                event="shelling",
                trigger=Part(**of("shelled")),
                quote=Part(**of(line)),
                actors=(Actor(name="northern column", **of("the northern column")),),
                targets=(Actor(name="people", **of("people")),),
                places=(Place(name=f"Tal Arun{n}", country="SY", lat=35.0, lon=37.0 + n, **of(f"Tal Arun{n}")),),
                time=Period(type="DATE", earliest=date(2015, 1, 1 + n), latest=date(2015, 1, 1 + n), **of(f"day {n}")),
                figures=(Figure(measure="killed", low=n + 3, high=n + 3, of="people", **of(f"{n + 3} people")),),
                attribution=(Source(source=Speaker(name="residents", **of("residents")), cue=Part(**of("said"))),),
                score=0.75,
            )
        )
    report = Report(text=text, title=f"Patrol {tag}{number}", published=date(2015, 1, 20), source="Field Desk")
    return Record(id=f"{tag}{number}", report=report, claims=tuple(made), made_by=READER)

"""Briefs of invented reports, made by a seed: outlets that copy one another, repeat themselves and take things back."""

from datetime import date, timedelta
from random import Random

from dateline.incidents.types import Brief, Count, Notice, Party, Spot, Telling, Voice
from dateline.incidents.wording import facts_of, phrases_of, prints_of, proper_names, sentence_hash, telling_words

OUTLETS = ("The Hadrel Chronicle", "Norlight News Agency", "Keshtal News", None)
TOWNS = (("Quorrin", -37.1, -119.2), ("Istrel", -37.5, -119.0), ("Norvach", -37.45, -118.95))
EVENTS = ("shelling", "attack", "killing", "casualties", "bombing", "protest")
PEOPLE = ("Ardel Vosk", "Tavin Karesh", "Nila Verrow")
STANDING = "The war in the north has gone on since the spring of the year before last and talks have failed twice."


def invented_briefs(seed: int, count: int = 40) -> list[Brief]:
    """Reports of one invented week; some copy an earlier one, some are newer versions, some take another back."""
    random = Random(seed)
    made: list[Brief] = []
    for number in range(count):
        kind = random.choices(("fresh", "copy", "version", "notice"), (6, 3, 1, 1))[0] if made else "fresh"
        earlier = random.choice(made) if made else None
        made.append(_made(random, f"r{seed:02d}{number:03d}", kind, earlier))
    return made


def _made(random: Random, id: str, kind: str, earlier: Brief | None) -> Brief:
    outlet = random.choice(OUTLETS)
    known = date(2024, 3, 4) + timedelta(days=random.randrange(6))
    town, lat, lon = random.choice(TOWNS)
    number = random.randrange(3, 9)
    event = random.choice(EVENTS)
    speaker = random.choice(PEOPLE)
    title = f"{number} killed as {event} hits {town}"
    told = [
        f"At least {number} people were killed in {town} on Monday when the market was hit, {speaker} said.",
        f"{speaker} told reporters that {number + 5} others were taken to the hospital of {town} in the afternoon.",
        f"Shops in {town} stayed shut for {random.randrange(2, 9)} days after the {event}, traders said.",
    ]
    url = None
    notice = None
    if earlier is not None and kind == "copy":
        told = _SAID[earlier.id][: random.randrange(2, 4)]
        title = earlier.title or title
    if earlier is not None and kind == "version":
        outlet, url, title = earlier.outlet, earlier.url or f"https://{earlier.id}.example/", earlier.title or title
    if earlier is not None and kind == "notice":
        outlet, title = earlier.outlet, "Withdrawn"
        notice = Notice(kind="withdrawal", of=telling_words(earlier.title or ""))
    if outlet and random.random() < 0.5:
        told = [*told, STANDING]
    _SAID[id] = told
    tellings = tuple(
        _telling(random, id, at, sentence, event, town, lat, lon, number, speaker, known)
        for at, sentence in enumerate(told[: random.randrange(1, 4)])
    )
    return Brief(
        id=id,
        given_id=id,
        outlet=outlet,
        published=known,
        known=known,
        title=title,
        url=url or (f"https://{id}.example/" if random.random() < 0.3 else None),
        sentences=tuple(map(sentence_hash, told)),
        prints=tuple(map(prints_of, told)),
        terms=tuple(map(telling_words, told)),
        names=tuple(map(proper_names, told)),
        facts=tuple(map(facts_of, told)),
        phrases=tuple(map(phrases_of, told)),
        length=sum(len(each.split()) for each in told),
        notice=notice,
        tellings=tellings,
    )


_SAID: dict[str, list[str]] = {}


def _telling(
    random: Random, id: str, at: int, sentence: str, event: str, town: str, lat: float, lon: float,
    number: int, speaker: str, known: date,
) -> Telling:  # fmt: skip
    day = known - timedelta(days=random.randrange(2))
    return Telling(
        key=f"{id}/c{at}",
        report=id,
        position=at,
        event=event,  # type: ignore[arg-type]
        trigger="hit",
        modality=random.choices(("actual", "denied", "planned"), (8, 1, 1))[0],  # type: ignore[arg-type]
        earliest=day,
        latest=day,
        dated=random.random() < 0.7,
        spots=(Spot(name=town, written=town, country="BV", lat=lat, lon=lon, radius_km=3.0, precision="exact"),),
        actors=(Party(name="Selvane Army", actor_id="selvane-army", kind="military"),) if random.random() < 0.5 else (),
        counts=(Count(text=str(number), measure="killed", low=number, high=number, of="people"),),
        voices=(Voice(name=speaker),) if random.random() < 0.6 else (),
        words=telling_words(sentence),
        names=proper_names(sentence),
        lead=at == 0,
        score=0.8,
    )

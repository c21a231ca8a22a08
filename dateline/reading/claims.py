"""Claims: triggers with their parts put together, and those that tell the same thing told once."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec import Struct

from dateline.reading.actor_identity import Identifier, with_identity
from dateline.reading.actors import Parties
from dateline.reading.attribution import Said
from dateline.reading.chains import chain_for
from dateline.reading.figures import is_claimable
from dateline.reading.reader import Look
from dateline.reading.roles import NEW, Candidate, Link
from dateline.reading.status import judge
from dateline.reading.stems import stem
from dateline.reading.times import with_preposition
from dateline.reading.triggers import Trigger
from dateline.reading.words import Sentence, sentence_of
from dateline.record import Actor, Claim, Figure, Part, Period, Place, Report, Source, content_id
from dateline.world.countries import government_of

# How a claim shows that it only repeats another.
Sign = Literal["headline", "adds nothing", "points back", "same word"]


class Found(Struct, frozen=True, kw_only=True):
    """What the stages before found in one report."""

    sentences: tuple[Sentence, ...]
    parties: Parties
    who: Identifier
    places: tuple[Place, ...]
    times: tuple[Period, ...]
    figures: tuple[Figure, ...]
    said: tuple[Said, ...]
    triggers: tuple[Trigger, ...]
    links: tuple[Link, ...]  # of `triggers` and then `faint`, counted through
    look: Look
    faint: tuple[Trigger, ...] = ()
    held: Sequence[Sequence[Candidate]] = ()  # what each sentence holds that may have a role

    @property
    def country(self) -> str | None:
        """The country that most of the report's places lie in, if any: there lie "the capital" and "our region"."""
        known = Counter(place.country for place in self.places if place.country)
        best = known.most_common(1)
        return best[0][0] if best and best[0][1] * 2 > known.total() else None


def assemble(report: Report, found: Found) -> tuple[Claim, ...]:
    """One claim a trigger, in reading order, those that repeat an earlier one kept as its `also`."""
    return fold(unfolded(report, found), found)


def unfolded(report: Report, found: Found) -> list[Claim]:
    """One claim a trigger, the faint ones last, whether or not another tells the same."""
    return [_claim(report, found, trigger, i) for i, trigger in enumerate((*found.triggers, *found.faint))]


def _claim(report: Report, found: Found, trigger: Trigger, i: int) -> Claim:
    sentence = found.sentences[trigger.sentence]
    links = sorted((link for link in found.links if link.trigger == i), key=lambda link: link.thing)
    view = found.look.view(trigger.sentence, trigger.tokens)
    chain = chain_for(trigger, sentence, found.said, view, found.sentences)
    links = [link for link in links if link.kind != "party" or not _only_says(words_of(found, link), chain, trigger)]
    links = [link for link in links if not _of_one_event(found, link, trigger)]
    actors = _actors(found, links, "actor")
    does = {actor.name.casefold() for actor in actors}
    status = judge(trigger, sentence, chain, found.sentences, found.look)
    return Claim(
        id=content_id(report.sha256, trigger.event, trigger.part.where, trigger.part.span.start, trigger.part.span.end),
        event=trigger.event,
        trigger=trigger.part,
        quote=Part(text=sentence.text, span=sentence.span, where=sentence.where),
        actors=actors,
        targets=tuple(t for t in _actors(found, links, "target") if t.name.casefold() not in does),
        places=_places(found, links),
        time=_time(found, links),
        figures=tuple(f for link in links if link.kind == "figure" and is_claimable(f := found.figures[link.thing])),
        attribution=tuple(_known(found, link) for link in chain),
        modality=status.modality,
        hedge=status.hedge,
        verification=status.verification,
        factuality=status.factuality,
        score=trigger.score,
    )


def _known(found: Found, link: Source) -> Source:
    """A link of the chain with who its source is in the register."""
    source = link.source
    if source is None:
        return link
    # What speaks acts: "Washington said" is the government.
    party = Actor(text=source.text, span=source.span, where=source.where, name=source.name, kind="government")
    return msgspec.structs.replace(link, source=msgspec.structs.replace(source, actor_id=found.who.of(party).actor_id))


def _only_says(part: Part, chain: Sequence[Source], trigger: Trigger) -> bool:
    """Whether a phrase is a source named after what it says ("…, police said"): it has no part in the event."""
    return any(
        link.source
        and link.source.where == part.where
        and link.source.span.overlaps(part.span)
        and link.source.span.start > trigger.part.span.end
        for link in chain
    )


_WHOLE_WARS = frozenset("war wars conflict insurgency uprising rebellion hostilities".split())
_WIDE = ("country", "part_of_country", "region")


def _of_one_event(found: Found, link: Link, trigger: Trigger) -> bool:
    """Whether a war ("the conflict that began in 2021") would take over when or where, in a country, an event of
    another sentence took place: the toll of the one would stand at the place of the other."""
    if link.sentence == trigger.sentence or trigger.part.text.lower().split()[-1] not in _WHOLE_WARS:
        return False
    wide = link.kind == "place" and link.thing != NEW and found.places[link.thing].precision in _WIDE
    return link.kind in ("time", "figure") or (link.kind == "place" and not wide)


def words_of(found: Found, link: Link) -> Part:
    """The words of what is in a role, or of a run that no stage before named."""
    if link.thing == NEW:
        return _run(found, link)
    if link.kind == "party":
        return found.parties.phrases[link.thing].part
    things: dict[str, Sequence[Part]] = {"place": found.places, "time": found.times, "figure": found.figures}
    return things[link.kind][link.thing]


def _run(found: Found, link: Link) -> Part:
    sentence = found.sentences[link.sentence]
    return sentence.part(sentence.tokens[link.first].start, sentence.tokens[link.last].end)


def _actors(found: Found, links: Sequence[Link], role: str) -> tuple[Actor, ...]:
    """The parties in a role, each party once, a phrase rather than the name inside it."""
    chosen = [(link, words_of(found, link)) for link in links if link.kind == "party" and link.role == role]
    made: list[Actor] = []
    for link, part in sorted(chosen, key=lambda one: (one[1].where, one[1].span.start)):
        bare_number = not any(c.isalpha() for c in part.text)  # "40 were wounded": that is a figure
        if bare_number or any(_within(part, other) for _, other in chosen):
            continue
        actor = (
            _identified(found, _unnamed_party(found, part))
            if link.thing == NEW
            else found.parties.of(found.parties.phrases[link.thing])
        )
        if role == "actor" and actor.actor_id is None and government_of(actor.name):
            actor = _identified(found, msgspec.structs.replace(actor, kind="government"))  # a capital that acts
        if all(actor.name.casefold() != other.name.casefold() for other in made):
            made.append(actor)
    return tuple(made)


def _identified(found: Found, actor: Actor) -> Actor:
    return with_identity(actor, found.who.of(actor))


def _unnamed_party(found: Found, part: Part) -> Actor:
    """Words that no stage before named as a party; "we" and "I" are whoever is quoted with them."""
    if part.text.lower() not in _FIRST_PERSON:
        return _new_party(part)
    told = [(said, content) for said in found.said for content in said.content if _holds(content, part) and said.source]
    if not told:
        return _new_party(part)
    said, _ = min(told, key=lambda one: one[1].span.end - one[1].span.start)
    assert said.source is not None
    return msgspec.structs.replace(_new_party(part), name=said.name or _new_party(said.source).name)


_FIRST_PERSON = frozenset(("we", "i", "us", "me"))


def _holds(outer: Part, inner: Part) -> bool:
    return outer.where == inner.where and outer.span.holds(inner.span)


def _new_party(part: Part) -> Actor:
    name = re.sub(r"(?i)^the\s+", "", " ".join(part.text.split()))
    return Actor(text=part.text, span=part.span, where=part.where, name=name)


def _within(inner: Part, outer: Part) -> bool:
    return (
        inner is not outer and inner.where == outer.where and inner.span != outer.span and outer.span.holds(inner.span)
    )


def _places(found: Found, links: Sequence[Link]) -> tuple[Place, ...]:
    """The places in their roles, each name once, the nearer or fuller of two that say where alike."""
    chosen = [msgspec.structs.replace(_place(found, link), role=link.role) for link in links if link.kind == "place"]
    made: list[Place] = []
    for place in chosen:
        told = any(_within(place, other) or _says_more(other, place) for other in chosen)
        if not told and all((place.name, place.country) != (other.name, other.country) for other in made):
            made.append(place)
    return tuple(made)


_THE_PLACE = re.compile(
    r"(?i)(?:the|this|that|these) (?:city|town|village|area|region|province|country|district|capital|city centre|border"
    r"|neighbou?rhood|territory|governorate)"
)


def _says_more(place: Place, other: Place) -> bool:
    """Whether a place makes another of its role needless: "the [Syrian] city of [Afrin]", "[Afrin] … [the city]"."""
    if place.role != other.role or place.demonym or place.lat is None:
        return False
    if other.lat is None:
        return _THE_PLACE.fullmatch(other.text) is not None
    whole = other.demonym or (other.precision == "country" and place.precision != "country")
    return whole and place.country == other.country


def _place(found: Found, link: Link) -> Place:
    """A place as it was resolved, or the bare words of one that is in no table: where it lies is not known."""
    if link.thing != NEW:
        return found.places[link.thing]
    part = _run(found, link)
    return Place(text=part.text, span=part.span, where=part.where, name=_new_party(part).name, country=found.country)


def _time(found: Found, links: Sequence[Link]) -> Period | None:
    best = max((link for link in links if link.kind == "time"), key=lambda link: link.score, default=None)
    if best is None:
        return None
    period = found.times[best.thing]
    sentence = sentence_of(period, found.sentences)
    return with_preposition(period, sentence) if sentence else period


def fold(claims: Sequence[Claim], found: Found) -> tuple[Claim, ...]:
    """Tell each thing once: a claim that only repeats another becomes a sentence of the other's `also`.

    Claims of faint triggers come after all others, and are kept in no other way.
    """
    kept, repeated = folds(claims, found)
    also: dict[int, list[Part]] = {}
    for i, earlier, _ in repeated:
        mentions = also.setdefault(earlier, [])
        if not _in_one_sentence(claims[i], claims[earlier]) and claims[i].quote not in mentions:
            mentions.append(claims[i].quote)
    made = [msgspec.structs.replace(claims[k], also=tuple(sorted(also.get(k, ()), key=_place_of))) for k in kept]
    return tuple(sorted(made, key=_reading_order))


def folds(claims: Sequence[Claim], found: Found) -> tuple[list[int], list[tuple[int, int, Sign]]]:
    """Which claims are told, and which repeat one of those: (itself, the one it repeats, the sign of it)."""
    kept: list[int] = []
    repeated: list[tuple[int, int, Sign]] = []
    triggers, clear = (*found.triggers, *found.faint), len(found.triggers)

    def rank(i: int) -> tuple[bool, bool, int]:
        return i >= clear, found.sentences[triggers[i].sentence].kind != "body", i

    for i in sorted(range(len(claims)), key=rank):
        claim, sentence, told = claims[i], found.sentences[triggers[i].sentence], [claims[k] for k in kept]
        if of_earlier_version(claim):
            continue
        signs = ((k, sign_of(claim, claims[k], triggers[i], sentence, faint=i >= clear)) for k in kept)
        same = next(((k, sign) for k, sign in signs if sign), None)
        if same is not None:
            repeated.append((i, *same))
        elif i < clear and not _only_asked_for(claim, told) and not _told_by_weapon(claim, told):
            kept.append(i)
    return kept, repeated


# "An earlier version of this report said that …": what a correction puts right, up to the next clause of its own.
_EARLIER_VERSION = re.compile(
    r"(?i)\b(?:earlier|previous|original|first|initial) (?:version|edition)s? of (?:this|the|our) "
    r"(?:story|article|report|dispatch|item|piece|post)\b[^;]*$"
)


def of_earlier_version(claim: Claim) -> bool:
    """Whether a claim is what an earlier version of the report said: nobody puts that forward any more."""
    before = claim.quote.text[: claim.trigger.span.start - claim.quote.span.start]
    return claim.trigger.where == claim.quote.where and _EARLIER_VERSION.search(before) is not None


def _in_one_sentence(claim: Claim, other: Claim) -> bool:
    return claim.quote.span == other.quote.span and claim.quote.where == other.quote.where


def _reading_order(claim: Claim) -> tuple[bool, int]:
    return _place_of(claim.trigger)


def _place_of(part: Part) -> tuple[bool, int]:
    return part.where != "title", part.span.start


def _only_asked_for(claim: Claim, kept: Sequence[Claim]) -> bool:
    """What a demand asks for is told by the demand: "called on both sides to withdraw" is no withdrawal as well."""
    return claim.modality == "called_for" and any(
        k.event == "demand" and k.quote == claim.quote and k.trigger.span.start < claim.trigger.span.start for k in kept
    )


# Events whose dead are told as their figure: record.md, "otherwise the weapon-type event carries the dead".
_WEAPON = frozenset({"attack", "air_strike", "shelling", "bombing", "battle", "chemical_attack"})


def _told_by_weapon(claim: Claim, kept: Sequence[Claim]) -> bool:
    """ "Gunmen attacked a checkpoint, killing four": the attack carries the four, and they are no killing as well."""
    numbers = _numbers(claim)
    return claim.event in ("killing", "casualties") and any(
        k.event in _WEAPON
        and k.quote == claim.quote
        and k.modality == claim.modality
        and numbers
        and numbers <= _numbers(k)
        and k.trigger.span.start < claim.trigger.span.start
        for k in kept
    )


def sign_of(claim: Claim, earlier: Claim, trigger: Trigger, sentence: Sentence, *, faint: bool = False) -> Sign | None:
    """By which sign `claim` tells nothing that `earlier` does not; None where it tells more.

    One event type, nothing against it, and a sign that it points back: it stands in a headline or standfirst; its
    trigger is a definite noun ("the attack", "these killings"); both stand in one sentence and the later one brings no
    party, place or figure of its own; or, for what is faint, the same word names it.
    """
    if claim.id == earlier.id:
        return None
    if sentence.kind != "body":
        return "headline" if _heads(claim, earlier) else None
    if claim.event != earlier.event or _clash(claim, earlier):
        return None
    if claim.quote == earlier.quote:
        return "adds nothing" if _adds_nothing(claim, earlier) else None
    if claim.figures:
        return None
    if _points_back(trigger, sentence):
        return "points back"
    return "same word" if faint and stem(claim.trigger.text) == stem(earlier.trigger.text) else None


def _heads(claim: Claim, body: Claim) -> bool:
    """Whether a headline's claim is the body's: the same event or the same figures, and nothing said against it."""
    if claim.modality != body.modality:
        return False
    numbers, others = _numbers(claim), _numbers(body)
    if claim.event != body.event:
        return bool(numbers) and numbers <= others
    return not numbers or not others or bool(numbers & others) or not {m for m, *_ in numbers} & {m for m, *_ in others}


def _numbers(claim: Claim) -> set[tuple[str | None, float | None, float | None]]:
    return {(f.measure, f.low, f.high) for f in claim.figures}


def _adds_nothing(claim: Claim, earlier: Claim) -> bool:
    return _told(claim) <= _told(earlier)


def _told(claim: Claim) -> set[tuple[str, str]]:
    who = {("who", actor.name) for actor in (*claim.actors, *claim.targets)}
    where = {("where", place.name) for place in claim.places}
    return who | where | {("how many", figure.text) for figure in claim.figures}


def _points_back(trigger: Trigger, sentence: Sentence) -> bool:
    """ "the attack", "these recent killings": a noun that the report speaks of as known."""
    if sentence.tokens[trigger.last].tag != "NOUN":
        return False
    at = trigger.first
    while at and sentence.tokens[at - 1].tag in ("ADJ", "NOUN", "PROPN"):
        at -= 1
    return bool(at) and sentence.tokens[at - 1].lower in ("the", "this", "these", "that", "those")


def _clash(claim: Claim, earlier: Claim) -> bool:
    """Figures, places or days that cannot be those of one event, or a different say on whether it happened."""
    numbers = [_numbers(c) for c in (claim, earlier)]
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        return True
    if claim.modality != earlier.modality:
        return True
    names = [
        {p.name.casefold() for p in c.places if p.precision not in ("country", "part_of_country")}
        for c in (claim, earlier)
    ]
    if names[0] and names[1] and not names[0] & names[1]:
        return True
    if claim.time and earlier.time and _apart(claim.time, earlier.time):
        return True
    words = [{stem(w) for actor in c.actors for w in actor.name.split()} for c in (claim, earlier)]
    return bool(words[0] and words[1] and not words[0] & words[1])


def _apart(a: Period, b: Period) -> bool:
    """Whether two periods that are both closed share no day; an open one may reach anywhere."""
    if not (a.earliest and a.latest and b.earliest and b.latest):
        return False
    return a.earliest > b.latest or b.earliest > a.latest

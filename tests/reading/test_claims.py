"""Claims put together and told once: what is folded into another claim's `also`, and what stays a claim of its own."""

from datetime import date

import pytest

from dateline.codes import EventType, Modality
from dateline.reading.actor_identity import identifier
from dateline.reading.actors import find_actors
from dateline.reading.claims import Found, assemble, fold
from dateline.reading.reader import load
from dateline.reading.roles import Link
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.triggers import Trigger
from dateline.record import Actor, Claim, Figure, LayoutPart, Part, Period, Place, Report, Span

HEADLINE = "Town of Homs shelled"


class Told:
    """A report with triggers and claims that the test names by their words."""

    def __init__(self, text: str, *, headline: bool = False) -> None:
        size = text.find("\n")
        layout = (LayoutPart(kind="headline", text=text[:size], span=Span(0, size)),) if headline else ()
        self.report = Report(text=text, layout=layout)
        self.sentences = tag(split(self.report))
        self.triggers: list[Trigger] = []
        self.claims: list[Claim] = []
        self.at = 0

    def part(self, words: str) -> Part:
        start = self.report.text.index(words, self.at)
        return Part(text=words, span=Span(start, start + len(words)))

    def claim(
        self, word: str, event: EventType = "shelling", *, killed: int | None = None, place: str | None = None,
        day: date | None = None, modality: Modality = "actual", actor: str | None = None,
    ) -> "Told":  # fmt: skip
        """The next claim of the report: `word` is its trigger, found after the trigger before."""
        trigger = self.part(word)
        sentence = next(s for s in self.sentences if s.holds(trigger))
        inside = [k for k, t in enumerate(sentence.tokens) if trigger.span.overlaps(t.span)]
        self.triggers.append(Trigger(event=event, part=trigger, sentence=sentence.index, first=inside[0],
                                     last=inside[-1], score=0.9))  # fmt: skip
        words = {"text": trigger.text, "span": trigger.span}  # where the parts stand does not matter to folding
        self.claims.append(Claim(
            id=f"{len(self.claims)}", event=event, trigger=trigger, quote=Part(text=sentence.text, span=sentence.span),
            figures=(Figure(measure="killed", low=killed, high=killed, **words),) if killed else (),
            places=(Place(name=place, precision="exact", role="at", **words),) if place else (),
            time=Period(type="DATE", earliest=day, latest=day, **words) if day else None,
            actors=(Actor(name=actor, **words),) if actor else (), modality=modality,
        ))  # fmt: skip
        self.at = trigger.span.end
        return self

    def found(self, links: tuple[Link, ...] = (), **more: tuple[object, ...]) -> Found:
        held = {"places": (), "times": (), "figures": (), "said": (), **more}
        parties = find_actors(self.sentences)
        return Found(sentences=self.sentences, parties=parties, who=identifier(parties, (), published=None),
                     triggers=tuple(self.triggers), links=links, look=load().look(self.sentences), **held)  # type: ignore[arg-type]  # fmt: skip

    def folded(self) -> list[tuple[str, int]]:
        """Trigger and number of other mentions of each claim that is left."""
        return [(c.trigger.text, len(c.also)) for c in fold(self.claims, self.found())]


def test_a_headline_that_repeats_the_body_is_another_mention() -> None:
    told = Told(f"{HEADLINE}\n\nRebels shelled Homs on Monday, killing 12 people.\n", headline=True)
    told.claim("shelled").claim("shelled", killed=12, place="Homs")
    assert told.folded() == [("shelled", 1)]
    (claim,) = fold(told.claims, told.found())
    assert claim.quote.text.startswith("Rebels")  # anchored at the sentence that says most about it
    assert claim.also[0].text == HEADLINE


def test_a_headline_of_another_event_stays() -> None:
    told = Told(f"{HEADLINE}\n\nThe army withdrew from Hama on Monday.\n", headline=True)
    assert told.claim("shelled").claim("withdrew", "territory_lost").folded() == [("shelled", 0), ("withdrew", 0)]


@pytest.mark.parametrize("again", [
    "The shelling lasted two hours.", "Witnesses saw the shelling.", "This shelling was the first in months.",
    "The heavy shelling drove many away.",
])  # fmt: skip
def test_a_definite_noun_points_back(again: str) -> None:
    told = Told(f"Rebels shelled Homs on Monday. {again}").claim("shelled", place="Homs").claim("shelling")
    assert told.folded() == [("shelled", 1)]


def test_a_noun_that_is_new_does_not() -> None:
    told = Told("Rebels shelled Homs on Monday. Heavy shelling was heard in the north.")
    assert told.claim("shelled").claim("shelling").folded() == [("shelled", 0), ("shelling", 0)]


TWICE = "Rebels shelled the town on Monday. The shelling was heard far away."


@pytest.mark.parametrize(("one", "other"), [
    ({"killed": 12}, {"killed": 40}),
    ({"place": "Homs"}, {"place": "Hama"}),
    ({"day": date(2014, 6, 9)}, {"day": date(2014, 6, 16)}),
    ({"modality": "actual"}, {"modality": "denied"}),
    ({"actor": "rebels"}, {"actor": "army"}),
])  # fmt: skip
def test_what_clashes_stays_two(one: dict[str, object], other: dict[str, object]) -> None:
    told = Told(TWICE).claim("shelled", **one).claim("shelling", **other)  # type: ignore[arg-type]
    assert told.folded() == [("shelled", 0), ("shelling", 0)]


def test_the_same_figure_does_not_clash() -> None:
    text = f"{HEADLINE}\n\nRebels shelled Homs on Monday, killing 12 people.\n"
    told = Told(text, headline=True).claim("shelled", killed=12).claim("shelled", killed=12)
    assert told.folded() == [("shelled", 1)]


def test_a_headline_with_another_figure_stays() -> None:
    text = f"{HEADLINE}\n\nRebels shelled Homs on Monday, killing 12 people.\n"
    told = Told(text, headline=True).claim("shelled", killed=19).claim("shelled", killed=12)
    assert told.folded() == [("shelled", 0), ("shelled", 0)]


def test_two_plain_tellings_of_two_events_stay_two() -> None:
    told = Told("Rebels shelled Homs on Monday. Rebels shelled Homs again on Tuesday.")
    assert told.claim("shelled").claim("shelled").folded() == [("shelled", 0), ("shelled", 0)]


def test_mentions_are_sentences_of_the_report_and_each_is_told_once() -> None:
    told = Told("Rebels shelled Homs on Monday. The shelling came at dawn, and the shelling went on till noon.")
    told.claim("shelled").claim("shelling").claim("shelling")
    (claim,) = fold(told.claims, told.found())
    assert [part.text for part in claim.also] == ["The shelling came at dawn, and the shelling went on till noon."]
    assert all(part.span.of(told.report.text) == part.text for part in claim.also)


def test_roles_become_parts_and_a_party_is_told_once() -> None:
    told = Told("Rebels shelled Homs on Monday, and rebels denied it.").claim("shelled")
    parties = find_actors(told.sentences)
    places = (Place(name="Homs", country="SY", precision="exact", **_words(told, "Homs")),)
    rebels = [i for i, phrase in enumerate(parties.phrases) if phrase.part.text.lower() == "rebels"]
    links = (
        *(Link(trigger=0, kind="party", thing=i, role="actor", score=0.9) for i in rebels),
        Link(trigger=0, kind="place", thing=0, role="at", score=0.9),
    )
    assert len(rebels) == 2
    (claim,) = assemble(told.report, told.found(links, places=places))
    assert [actor.text for actor in claim.actors] == ["Rebels"]
    assert [(place.name, place.role) for place in claim.places] == [("Homs", "at")]
    assert claim.targets == claim.figures == ()
    assert claim.quote.text == told.report.text


@pytest.mark.parametrize(("places", "kept"), [
    ([("Afrin", 36.5, {}), ("the city", None, {})], ["Afrin"]),
    ([("Syrian", 35.0, {"demonym": True}), ("Afrin", 36.5, {})], ["Afrin"]),
    ([("Afrin", 36.5, {}), ("Syria", 35.0, {"precision": "country"})], ["Afrin"]),
    ([("Syria", 35.0, {"precision": "country"}), ("the city", None, {})], ["Syria"]),
    # What says something of its own stays: a place that is named, another role, another country.
    ([("Afrin", 36.5, {}), ("a bus stop", None, {})], ["Afrin", "a bus stop"]),
    ([("Afrin", 36.5, {"role": "from"}), ("the city", None, {})], ["Afrin", "the city"]),
    ([("Afrin", 36.5, {}), ("Iraqi", 33.0, {"demonym": True, "country": "IQ"})], ["Afrin", "Iraqi"]),
])  # fmt: skip
def test_of_two_places_that_say_where_alike_the_fuller_is_kept(
    places: list[tuple[str, float | None, dict[str, object]]], kept: list[str]
) -> None:
    words = " and ".join(text for text, *_ in places)
    told = Told(f"Rebels shelled {words} on Monday.").claim("shelled")
    made, links = [], []
    for i, (text, lat, more) in enumerate(places):
        role = str(more.get("role", "at"))
        known = {"country": "SY", "precision": "exact", **{k: v for k, v in more.items() if k != "role"}}
        made.append(Place(name=text, lat=lat, lon=lat, **known, **_words(told, text)))  # type: ignore[arg-type]
        links.append(Link(trigger=0, kind="place", thing=i, role=role, score=0.9))
    (claim,) = assemble(told.report, told.found(tuple(links), places=tuple(made)))
    assert [place.text for place in claim.places] == kept


def _words(told: Told, words: str) -> dict[str, object]:
    told.at = 0
    part = told.part(words)
    return {"text": part.text, "span": part.span}


def test_ids_come_from_the_words_alone() -> None:
    def ids(text: str) -> list[str]:
        told = Told(text).claim("shelled").claim("shelled")
        return [claim.id for claim in assemble(told.report, told.found())]

    text = "Rebels shelled Homs on Monday. Rebels shelled Hama on Tuesday."
    assert ids(text) == ids(text)
    assert len(set(ids(text)) | set(ids(text + " Troops left."))) == 4


def test_what_an_earlier_version_of_the_report_said_is_no_claim() -> None:
    told = Told(
        "Correction: An earlier version of this report said that shells killed 19 people; the shelling killed 17.\n"
        "Shells struck Homs on Monday, killing 17."
    )
    told.claim("killed", "killing", killed=19).claim("shelling", killed=17).claim("struck", killed=17)
    assert told.folded() == [("shelling", 0), ("struck", 0)]

"""Who the phrases of a short invented report mean, for tables of tests."""

from datetime import date

from dateline.reading.actor_identity import identified, identifier
from dateline.reading.actors import find_actors
from dateline.reading.place_belief import Seen
from dateline.reading.places import find_places
from dateline.reading.reader import load
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.record import Actor, Report


def actors_of(text: str, published: date | None) -> tuple[Actor, ...]:
    """Every phrase of a text that may be a party, with who it is."""
    sentences = tag(split(Report(text=text, published=published), ()))
    look = load("default").look(sentences)
    parties = find_actors(sentences)
    places, _ = find_places(sentences, dateline=None, seen=Seen(look.names))
    who = identifier(parties, places, published=published)
    return tuple(identified(parties, who).actors.values())


def meant(text: str, phrase: str, published: date | None) -> Actor | None:
    """The party that is written as `phrase`, or the shortest that holds it; None where no phrase does."""
    holding = [actor for actor in actors_of(text, published) if phrase in " ".join(actor.text.split())]
    return min(holding, key=lambda actor: len(actor.text), default=None)

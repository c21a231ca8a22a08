"""Who the phrases of a short invented report mean, for tables of tests."""

from datetime import date

from dateline.reading.actor_identity import identified, identifier, with_identity
from dateline.reading.actors import find_actors
from dateline.reading.place_belief import Seen
from dateline.reading.places import find_places
from dateline.reading.reader import load
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.record import Actor, Report, Span


def meant(text: str, phrase: str, published: date | None) -> Actor:
    """The party that is written as `phrase`, or the shortest that holds it; where none does, the words alone."""
    sentences = tag(split(Report(text=text, published=published), ()))
    look = load("default").look(sentences)
    parties = find_actors(sentences)
    places, _ = find_places(sentences, dateline=None, seen=Seen(look.names))
    who = identifier(parties, places, published=published)
    known = identified(parties, who).actors.values()
    holding = [actor for actor in known if phrase in " ".join(actor.text.split())]
    start = text.index(phrase)
    run = Actor(text=phrase, name=phrase, span=Span(start, start + len(phrase)))
    return min(holding, key=lambda actor: len(actor.text), default=with_identity(run, who.of(run)))

"""The places stage on a text of a test, with the default reader as in reading."""

from dateline.reading.place_belief import Seen
from dateline.reading.places import find_places
from dateline.reading.reader import load
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.words import Sentence
from dateline.record import Place, Report, Unknown


def read_places(text: str, dateline: str | None = None) -> tuple[tuple[Place, ...], tuple[Unknown, ...]]:
    return places_of(tag(split(Report(text=text))), dateline)


def places_of(
    sentences: tuple[Sentence, ...], dateline: str | None = None
) -> tuple[tuple[Place, ...], tuple[Unknown, ...]]:
    return find_places(sentences, dateline=dateline, seen=Seen(load().look(sentences).names))

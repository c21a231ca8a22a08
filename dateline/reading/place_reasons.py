"""Why a name is a place, and why that one: for people who ask (`dateline explain`)."""

from collections.abc import Iterator

from msgspec import Struct

from dateline.reading.place_belief import KEPT
from dateline.reading.places import Found, Judged
from dateline.record import Place
from dateline.world.gazetteer import Entry

RUNNERS_UP = 3  # other places of the name that are told
_LEAST = 0.3  # what adds less to a score (log odds) is not told
_NEAR = 0.005  # scores below it are no rivals
_MOST = 4  # grounds told of one choice
_KINDS = {"county": "district or county", "division": "province or state"}
_GROUNDS = {
    "people": "more people live there", "largest": "the largest of that name", "official": "that is its own name",
    "country": "a country's name", "division": "a province or state", "county": "a district or county",
    "region": "a region news speaks of", "water": "a sea or river", "camp": "a camp, base, dam or crossing",
    "told": "the words beside it say what kind of place it is",
    "told_other": "of the kind that the words beside it say", "capital": "a capital",
    "spoken_of": "the report speaks of its country", "next_door": "the report speaks of its neighbours",
    "within": "it lies in what stands after the comma", "holds": "it holds the place before the comma",
    "dateline": "its country stands in the dateline", "of_namesake": "a country's own name before its capital's",
    "bare": "its bare name means the town or the sea",
    "close": "it lies close to other places of the report", "near": "other places of the report are near",
    "same_division": "other places of the report are in its province or state",
    "same_country": "other places of the report are in its country",
}  # fmt: skip


class Reason(Struct, frozen=True):
    """One line for people; a score of 0-1 where there is one, and what it had to reach."""

    note: str
    score: float | None = None
    threshold: float | None = None


def reasons(judged: Judged, place: Place) -> Iterator[Reason]:
    """How a place came about; nothing for one that no table has."""
    found = next((one for one in judged.found if _is(one, place)), None)
    if found is None:
        return
    yield Reason("believed to be the name of a place or a people", found.belief, KEPT)
    weighed = found.weighed
    grounds = [_GROUNDS[name] for name, adds in weighed.grounds if adds >= _LEAST and name in _GROUNDS][:_MOST]
    because = f": {'; '.join(grounds)}" if grounds and len(weighed.entries) > 1 else ""
    others = "" if len(weighed.entries) > 1 else ", the only place of that name"
    yield Reason(f"means {described(weighed.best)}{others}{because}", weighed.scores[0])
    for entry, score in list(zip(weighed.entries, weighed.scores, strict=True))[1 : 1 + RUNNERS_UP]:
        if score >= _NEAR:
            yield Reason(f"rather than {described(entry)}", score)


def described(entry: Entry) -> str:
    """ "Mosul, IQ (1,739,800 people)", "Laurel County, US (district or county)"."""
    kind = f"{entry.population:,} people" if entry.kind == "city" and entry.population else _KINDS.get(entry.kind, "")
    told = kind or entry.detail.replace("_", " ") or entry.kind
    where = ", ".join(part for part in (entry.name, _where(entry)) if part)
    return f"{where} ({told})"


def _where(entry: Entry) -> str:
    return " ".join(part for part in ((entry.admin1 if entry.country == "US" else ""), entry.country or "") if part)


def _is(found: Found, place: Place) -> bool:
    start, stop = found.spot.start, found.spot.stop
    return found.sentence.where == place.where and place.span.start <= start and stop <= place.span.end

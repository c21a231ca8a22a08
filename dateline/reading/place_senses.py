"""Which place a name means: all the places that bear it, weighed together with every other name of the report.

Each place that a name may mean (a candidate) has features: how many people live there, what kind of place it is, the
countries that the report speaks of, what stands after the comma. A first round weighs those alone. Then the names vote
for one another: a candidate gains by lying near, in the same division or in the same country as what the other names
likely mean, and the candidates are weighed again, twice. "Florence", "Sheffield", "Tuscumbia" and "Colbert County"
settle in Alabama together, though Florence and Sheffield would not alone. One meaning of a name a report; "Idlib" and
"Idlib province" are two names.

Weights: dateline/data/place_senses.csv, fitted by `python -m training.places.fit_senses`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import cos, radians

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.reading.place_spots import Spot, Word
from dateline.reading.place_words import COMPASS, COUNTY_NOUNS, DIVISION_NOUNS, SETTLEMENT_NOUNS
from dateline.world.countries import countries, country_entry, country_of_name
from dateline.world.gazetteer import Entry, gazetteer, key_of
from dateline.world.geometry import EARTH_KM
from dateline.world.labels import read_table
from dateline.world.usage import usage

Numbers = NDArray[np.float64]

MOST = 60  # candidates of a name that are weighed: those in countries spoken of first, then the most populous
CLOSE_KM, NEAR_KM = 40.0, 250.0  # how fast a vote fades with distance: within a county, within a region
LOCAL_KM = 100.0  # radius: larger places have no one point to vote from
ROUNDS = 2
_BLOCK = 256  # candidates whose distances to all others are held at one time
DOMINANT = 0.34  # share of a report's hints from which on a country is the one it speaks of
_BIG_CITY = 500_000  # people: known well enough to hint at its country by itself
_CLEARLY_LARGEST = 8  # times as many people as the next place of that name
_TOWN = 20_000  # people: smaller towns do not take the bare name of their province
_KNOWN = 500  # people: below that the numbers of dumps say little of which place is the larger
SELDOM = 0.06  # share after a preposition of place: people's names stay below, towns lie above
_VOTE = 4.0  # a vote of 1 counts as log(5): the first neighbours say most

FEATURES = (
    "people", "largest", "official", "loose", "country", "division", "county", "region", "water", "camp",
    "told", "told_other", "capital", "spoken_of", "next_door", "within", "holds", "dateline", "of_namesake", "bare",
    "close", "near", "same_division", "same_country",
)  # fmt: skip
VOTES = 4  # the last features, which the first round does not have
AT = {name: i for i, name in enumerate(FEATURES)}


class Hints:
    """The countries that a report speaks of, each with its share of all hints (0 to 1)."""

    def __init__(self, weights: Mapping[str, float], dateline: frozenset[str], home: str | None) -> None:
        total = sum(weights.values()) or 1.0
        self.shares = {code: weight / total for code, weight in weights.items()}
        self.spoken_of = frozenset(weights)
        self.dateline = dateline
        self.home = home
        ranked = sorted(self.shares, key=lambda code: (-self.shares[code], code))
        self.main = ranked[0] if ranked and self.shares[ranked[0]] >= DOMINANT else None

    @classmethod
    def of(cls, spots: Sequence[Sequence[Spot]], dateline: str | None, home: str | None = None) -> "Hints":
        """
        Args:
            home: the country that the user says the reports are about.
        """
        weights: dict[str, float] = {}
        for found in spots:
            for spot in found:
                for code, weight in _hints_of(spot):
                    weights[code] = weights.get(code, 0.0) + weight
        named = frozenset(_dateline_countries(dateline))
        for code in named:
            weights[code] = weights.get(code, 0.0) + 2.0
        return cls(weights, named, home)

    def near(self, code: str | None) -> float:
        """Share of hints at the countries next door."""
        country = countries().get(code or "")
        return sum(self.shares.get(other, 0.0) for other in country.neighbours) if country else 0.0


def _hints_of(spot: Spot) -> Iterator[tuple[str, float]]:
    if spot.country:
        # The United States are named in reports from everywhere, and an adjective less often says where things happen.
        yield spot.country, (0.5 if spot.demonym else 1.0) * (0.5 if spot.country == "US" else 1.0)
    elif spot.entries and not _ordinary(spot):
        best, *others = spot.entries
        rival = max((e.population for e in others if e.country != best.country), default=0)
        if best.country and not best.loose and best.population >= max(_BIG_CITY, _CLEARLY_LARGEST * rival):
            yield best.country, 0.7


def _ordinary(spot: Spot) -> bool:
    use = usage(spot.key)
    return bool(use and (use.lower > use.upper / 4 or use.located < SELDOM * use.upper))


def _dateline_countries(dateline: str | None) -> Iterator[str]:
    for part in re.split(r"[,(/]", dateline or ""):
        name = part.strip(" )—–-.")
        if not name:
            continue
        if (code := country_of_name(name)) or (
            (found := gazetteer().find([key_of(name)]).get(key_of(name))) and (code := found[0].country)
        ):
            yield code


# ── names and their candidates ──────────────────────────────────────────────────────────────────────────────────────


class Mention(Struct, frozen=True):
    """A spot in its sentence, with how surely it is a place at all (0 to 1)."""

    sentence: int
    spot: Spot
    belief: float


class Weighed(Struct, frozen=True):
    """What a name may mean, best first, and how the best was chosen.

    `scores` are shares of 1. `grounds` names the features that told the first from the second, strongest first;
    `support` is how much the report's other names speak for the first (0: nothing).
    """

    entries: tuple[Entry, ...]
    scores: tuple[float, ...]
    grounds: tuple[tuple[str, float], ...] = ()
    support: float = 0.0

    @property
    def best(self) -> Entry:
        return self.entries[0]


Name = tuple[str, str]  # key of the name, and what kind of place the words around it tell


def name_of(spot: Spot, words: Sequence[Word], beside: Sequence[Spot]) -> Name:
    return spot.key, "demonym" if spot.demonym else kind_told(spot, words, beside)


def _is_city_of(spot: Spot, words: Sequence[Word]) -> bool:
    before = [word.lower for word in words[max(0, spot.first - 2) : spot.first]]
    return len(before) == 2 and before[0] in ("city", "town", "village") and before[1] == "of"


def kind_told(spot: Spot, words: Sequence[Word], beside: Sequence[Spot] = ()) -> str:
    """What kind of place the words beside a name tell: "division", "county", "city", or nothing ("")."""
    after = words[spot.end].lower if spot.end < len(words) else ""
    before = [words[n].lower for n in range(max(0, spot.first - 2), spot.first)]
    named = before[0] if before[-1:] == ["of"] else ""
    for told, nouns in (("county", COUNTY_NOUNS), ("division", DIVISION_NOUNS), ("city", SETTLEMENT_NOUNS)):
        if after in nouns or named in nouns:
            return told
    return "larger" if closes(spot, words, beside) else ""


def closes(spot: Spot, words: Sequence[Word], beside: Sequence[Spot]) -> bool:
    """Whether it stands as the larger place after a comma: the state in "Rochester, New York"."""
    if spot.first < 2 or words[spot.first - 1].text not in (",", "(") or not may_contain(spot):
        return False
    inner = next((other for other in beside if other.end == spot.first - 1 and not other.demonym), None)
    return inner is not None and any(lies_in(entry, spot) for entry in inner.entries)


_LINKS_MOST = 4  # words between a name and the larger place that it is told to lie in
_LINKS = frozenset(", ( in of the province district region governorate village town city".split()) | COMPASS


def container(spot: Spot, words: Sequence[Word], beside: Sequence[Spot]) -> Spot | None:
    """The larger place told right after: "Samarra, Salahuddin province", "Alexandria, La.", "Hass in south Idlib"."""
    n = spot.end
    while n < len(words) and n < spot.end + _LINKS_MOST and words[n].lower in _LINKS:
        n += 1
    if n == spot.end:
        return None
    for other in beside:
        if other.first == n and not other.demonym and (other.country or may_contain(other)):
            return other
    return None


def may_contain(spot: Spot) -> bool:
    return bool(spot.country) or any(entry.kind != "city" for entry in spot.entries)


def lies_in(entry: Entry, spot: Spot) -> bool:
    """Whether a place lies in something that a name may mean."""
    if spot.country and (spot.country == entry.country or spot.country in entry.countries):
        return True
    return any(inside(entry, other) for other in spot.entries)


def inside(entry: Entry, other: Entry) -> bool:
    """Whether a place lies in a larger one, by their codes, else by the larger one's box or radius."""
    if other.kind == "city" or (other.countries and entry.country not in other.countries) or entry.id == other.id:
        return False
    if other.kind == "country":
        return True
    if other.kind == "division" and other.admin1 and entry.admin1:
        return other.admin1 == entry.admin1
    if other.box:
        west, south, east, north = other.box
        return south <= entry.lat <= north and west <= entry.lon <= east
    away = (entry.lat - other.lat) * 111.2, (entry.lon - other.lon) * 111.2 * cos(radians(other.lat))
    return away[0] ** 2 + away[1] ** 2 < (1.5 * other.radius_km) ** 2


class Senses:
    """The names of a report, each with what it may mean."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        worded: Sequence[Sequence[Word]],
        hints: Hints,
        weights: tuple[Numbers, Numbers] | None = None,
    ) -> None:
        self._table = Table(mentions, worded, hints)
        self._weighed = self._table.weighed(weights or sense_weights())
        self._cities = {m.spot.key for m in mentions if _is_city_of(m.spot, worded[m.sentence])}

    def of(self, mention: Mention) -> Weighed:
        """What a mention may mean. A bare "Marib" is the town where the report also speaks of "the city of Marib"."""
        key, told = self._table.names_of[mention.sentence, mention.spot.first]
        found = self._weighed[key, told]
        if not told and key in self._cities and found.best.kind in ("division", "county"):
            return self._weighed.get((key, "city"), found)
        return found


class Table:
    """All candidates of all names of a report as arrays: a row a candidate, the candidates of a name side by side.

    `x` holds the FEATURES that need no votes; `votes` adds the rest from the shares of a round.
    """

    def __init__(self, mentions: Sequence[Mention], worded: Sequence[Sequence[Word]], hints: Hints) -> None:
        beside: dict[int, list[Spot]] = {}
        for mention in mentions:
            beside.setdefault(mention.sentence, []).append(mention.spot)
        self.names_of: dict[tuple[int, int], Name] = {}
        spots: dict[Name, Spot] = {}
        masses: dict[Name, list[float]] = {}
        around: dict[Name, tuple[list[Spot], list[Spot]]] = {}  # what it is said to lie in, and to hold
        for mention in mentions:
            words, near = worded[mention.sentence], beside[mention.sentence]
            name = name_of(mention.spot, words, near)
            self.names_of[mention.sentence, mention.spot.first] = name
            spots.setdefault(name, mention.spot)
            masses.setdefault(name, []).append(mention.belief)
            if outer := container(mention.spot, words, near):
                around.setdefault(name, ([], []))[0].append(outer)
                inner = name_of(outer, words, near)
                around.setdefault(inner, ([], []))[1].append(mention.spot)
        self.names = list(spots)
        self.entries: list[Entry] = []
        self.starts: list[int] = []
        rows: list[list[float]] = []
        for name, spot in spots.items():
            self.starts.append(len(self.entries))
            held = candidates(spot, hints, *around.get(name, ((), ()))[:1])
            self.entries += held
            rows += _rows(held, name[1], hints, *around.get(name, ((), ())))
        self.x = np.array(rows, np.float64).reshape(len(rows), len(FEATURES))
        # A name said often is no better evidence than one said twice, but better than one in passing.
        mass = [max(found) * min(2.0, len(found)) ** 0.5 for found in masses.values()]
        sizes = np.diff([*self.starts, len(rows)])
        self.of_name = np.repeat(np.arange(len(self.names)), sizes)
        half = [0.5 if kind == "demonym" else 1.0 for _, kind in self.names]
        self._mass = (np.array(mass) * np.array(half))[self.of_name] if rows else np.zeros(0)
        self._places(hints)

    def _places(self, hints: Hints) -> None:
        entries = self.entries
        lat, lon = (np.radians([getattr(e, of) for e in entries]) for of in ("lat", "lon"))
        self._point = np.stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1)
        self._local = np.array([e.radius_km < LOCAL_KM for e in entries], np.float64)
        self._dateline = np.array([float(e.country in hints.dateline) for e in entries])
        self._datelined = float(bool(hints.dateline))
        self._division = _codes([e.country and e.admin1 and (e.country, e.admin1) for e in entries])
        self._country = _codes([e.country for e in entries])

    def votes(self, shares: Numbers) -> Numbers:
        """(candidates, VOTES): what the other names say, given the shares of all candidates."""
        vote = shares * self._mass
        total = max(1e-9, float(vote.sum()))
        close, near = self._around(vote * self._local)
        return np.stack((
            np.log1p(_VOTE * close),
            np.log1p(_VOTE * near),
            np.log1p(_VOTE * self._others(vote, self._division)),
            (self._others(vote, self._country) + self._dateline) / (total + self._datelined),
        ), axis=1)  # fmt: skip

    def _around(self, vote: Numbers) -> tuple[Numbers, Numbers]:
        """For each candidate, the votes of other names' candidates close to it and near it, faded by distance.

        In blocks of rows: a list of a thousand towns has tens of thousands of candidates.
        """
        close, near = np.zeros(len(vote)), np.zeros(len(vote))
        for start in range(0, len(vote), _BLOCK):
            rows = slice(start, start + _BLOCK)
            km = EARTH_KM * np.sqrt(np.maximum(0.0, 2.0 - 2.0 * (self._point[rows] @ self._point.T)))
            km[self.of_name[rows, None] == self.of_name[None, :]] = np.inf
            close[rows], near[rows] = np.exp(-km / CLOSE_KM) @ vote, np.exp(-km / NEAR_KM) @ vote
        return close, near

    def _others(self, vote: Numbers, codes: NDArray[np.int64]) -> Numbers:
        """For each candidate, the votes of other names for places with its code; 0 where it has none."""
        size = int(codes.max(initial=0)) + 1
        known = codes >= 0
        all_votes = np.bincount(codes[known], vote[known], size)
        pair = self.of_name * size + np.maximum(codes, 0)
        own = np.bincount(pair[known], vote[known], (len(self.names)) * size)
        made: Numbers = np.where(known, all_votes[np.maximum(codes, 0)] - own[pair], 0.0)
        return made

    def shares(self, scores: Numbers) -> Numbers:
        """Scores as shares of 1 within each name."""
        tops = np.maximum.reduceat(scores, self.starts)
        raised = np.exp(scores - tops[self.of_name])
        made: Numbers = raised / np.add.reduceat(raised, self.starts)[self.of_name]
        return made

    def weighed(self, weights: tuple[Numbers, Numbers]) -> dict[Name, Weighed]:
        if not self.names:
            return {}
        alone, together = weights
        shares = self.shares(self.x @ alone)
        for _ in range(ROUNDS):
            self.x[:, -VOTES:] = self.votes(shares)
            shares = self.shares(self.x @ together)
        return {
            name: self._ranked(start, end, shares, together)
            for name, (start, end) in zip(self.names, self.stretches(), strict=True)
        }

    def stretches(self) -> list[tuple[int, int]]:
        """For each name, its first candidate and the end of them."""
        return list(zip(self.starts, [*self.starts[1:], len(self.entries)], strict=False))

    def _ranked(self, start: int, end: int, shares: Numbers, weights: Numbers) -> Weighed:
        # Scores of two machines may differ in the last digits; the order must not.
        order = sorted(range(start, end), key=lambda i: (-round(float(shares[i]), 6), self.entries[i].id))
        best = order[0]
        against = self.x[order[1]] if len(order) > 1 else np.zeros(len(FEATURES))
        parts = weights * (self.x[best] - against)
        grounds = sorted(((FEATURES[i], round(float(parts[i]), 2)) for i in np.flatnonzero(parts)), key=lambda g: -g[1])
        return Weighed(
            entries=tuple(self.entries[i] for i in order),
            scores=tuple(round(float(shares[i]), 4) for i in order),
            grounds=tuple(grounds),
            support=round(float(self.x[best, AT["close"]] + self.x[best, AT["same_division"]]), 4),
        )


def _codes(values: Sequence[object]) -> NDArray[np.int64]:
    numbers: dict[object, int] = {}
    return np.array([numbers.setdefault(v, len(numbers)) if v else -1 for v in values], np.int64)


def candidates(spot: Spot, hints: Hints, outer: Sequence[Spot] = ()) -> list[Entry]:
    """What a name may mean: a country and the gazetteer's places; an adjective means its country alone.

    Where the user has said which country the reports are about, its places come before all others of the name, unless
    the report itself says what it lies in (`outer`).
    """
    country = [entry] if spot.country and (entry := country_entry(spot.country)) else []
    if spot.demonym:
        return country
    held: Sequence[Entry] = spot.entries
    at_home = [entry for entry in held if hints.home and hints.home in entry.countries]
    if at_home and not country and not any(lies_in(entry, larger) for entry in held for larger in outer):
        held = at_home
    if len(held) + len(country) > MOST:
        held = sorted(held, key=lambda e: (e.country not in hints.spoken_of, e.kind == "city", -e.population, e.id))
    return [*country, *held[: MOST - len(country)]]


def _rows(
    held: Sequence[Entry], told: str, hints: Hints, outer: Sequence[Spot], inner: Sequence[Spot]
) -> Iterator[list[float]]:
    most = max((e.population for e in held if e.kind == "city"), default=0)
    shared = any(e.kind in ("city", "water") and e.population >= _TOWN for e in held)
    namesake = next((e.country for e in held if e.kind == "country"), "")
    for entry in held:
        row = list(_static(entry))
        spoken = max((hints.shares.get(code, 0.0) for code in entry.countries), default=0.0)
        row[AT["largest"]] = float(entry.kind == "city" and entry.population == most >= _KNOWN)
        row[AT["told"]], row[AT["told_other"]] = _told(entry, told)
        row[AT["spoken_of"]] = spoken
        row[AT["next_door"]] = hints.near(entry.country)
        row[AT["within"]] = float(any(lies_in(entry, spot) for spot in outer))
        row[AT["holds"]] = float(entry.kind != "city" and any(inside(e, entry) for spot in inner for e in spot.entries))
        # A bare "Idlib" is the town, a bare "Red Sea" the sea: provinces called like them are told as such.
        row[AT["bare"]] = float(entry.kind in ("division", "county") and not told and shared)
        row[AT["dateline"]] = float(entry.country in hints.dateline)
        # "Mexico" and "Kuwait" stay countries, though their capitals go by the same name.
        row[AT["of_namesake"]] = float(entry.kind != "country" and entry.country == namesake)
        yield row


@lru_cache(50_000)
def _static(entry: Entry) -> tuple[float, ...]:
    """The features of a place that no report changes; the rest 0."""
    row = [0.0] * len(FEATURES)
    if entry.kind == "city":
        row[AT["people"]] = float(np.log10(entry.population + 300)) - 3.0
        row[AT["capital"]] = float(_is_capital(entry))
    else:
        row[AT[entry.kind]] = 1.0
    if entry.kind == "region" and entry.radius_km <= 10:
        row[AT["region"]], row[AT["camp"]] = 0.0, 1.0
    row[AT["official"]], row[AT["loose"]] = float(entry.official), float(entry.loose)
    return tuple(row)


def _is_capital(entry: Entry) -> bool:
    country = countries().get(entry.country or "")
    return country is not None and key_of(country.capital) == key_of(entry.name) and entry.population >= 50_000


_KINDS = {"division": ("division", "region", "county"), "county": ("county",), "city": ("city",),
          "larger": ("division", "country", "region", "county")}  # fmt: skip


def _told(entry: Entry, told: str) -> tuple[float, float]:
    """Whether a place is of the kind that the words beside its name tell, and whether it is of another."""
    if told not in _KINDS:
        return 0.0, 0.0
    fits = entry.kind in _KINDS[told]
    return float(fits), float(not fits)


@lru_cache(maxsize=1)
def sense_weights() -> tuple[Numbers, Numbers]:
    """Weights of FEATURES without votes and with them."""
    rows = {row["feature"]: row for row in read_table("place_senses")}
    alone, together = (
        np.array([float(rows[f][of]) if f in rows else 0.0 for f in FEATURES]) for of in ("alone", "together")
    )
    return alone, together

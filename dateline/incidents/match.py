"""Two claims set side by side: which are compared at all, what speaks for and against one incident, and how surely.

A claim gets block keys; only claims that share a key are compared. What is compared are named features, each with a
weight of `data/match_weights.csv`, fitted on labelled pairs (training/incidents/fit.py); their sum is the log-odds of
one incident. All is a function of the two claims, their reports and fixed tables, and never of what else the ledger
holds: so it is the same whether a ledger is matched at once or as its reports come in.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from math import log

import numpy as np
from msgspec import Struct

from dateline.incidents.pairs import sharing
from dateline.incidents.rarity import rarity, rarity_of_name
from dateline.incidents.sheet import (
    EVENT_NUMBER,
    EXACT_KM,
    FAMILIES,
    KIN,
    Bags,
    Claimed,
    Flags,
    Floats,
    Ints,
    Sheet,
    full_names,
    spots_of_story,
)
from dateline.incidents.types import Brief, Feature, Match, Telling
from dateline.incidents.wording import words_of
from dateline.world.geometry import EARTH_KM
from dateline.world.labels import read_rows

# --- which claims are compared ---------------------------------------------------------------------------------------

SAME = 0.3  # probability from which two claims are taken to be of one incident
MAYBE = 0.15  # from here on a person is asked
FLOOR = 0.1  # pairs below it count as unlike, however far below (cluster.UNSEEN)

_CELL = 0.5  # degrees
_EDGE = 0.1  # degrees: a place this near to a cell's edge is looked for in the next one too
_DAYS_AT_MOST = 4  # a longer period is looked for by names
_RARE = 600  # rarity from which a name is looked for by itself: in one report of 400 or fewer
_RARE_PAIR = 800  # the same of a name of two words
_RAREST = 5  # of a claim's names
_WINDOW = 16  # days in which a name is looked for; two windows overlap
_STORY_WINDOW = 64  # days in which the people of a story are
_STORY_NAMES = 5
_OPENING = 4  # sentences, the headline among them
_STORY = 0.5  # from which a claim is looked for as part of its report's story


def blocks(telling: Telling, brief: Brief) -> tuple[str, ...]:
    """The keys of a claim, sorted: two claims are compared only where they share one.

    By place, day and family of events; by country (or none), day and type; by rare names within a fortnight; for what a
    report leads with, by place and by rare words of its opening within a fortnight, and by country and day; and for
    what belongs to its report's story, by the people in it within two months.
    """
    days = _days(telling, brief)
    keys = {f"report {brief.id}", *_by_place(telling, brief, days), *_by_name(telling, brief)}
    if telling.lead or telling.story >= _STORY:
        keys.update(_by_story(telling, brief))
    return tuple(sorted(keys))


def _days(telling: Telling, brief: Brief) -> range:
    """The days a claim is looked for on: its own with one on either side, else that of publication and those before."""
    published = brief.known.toordinal()
    if not telling.dated:
        return range(published - 2, published + 1)
    last = (telling.latest or telling.earliest or brief.known).toordinal()
    first = (telling.earliest or telling.latest or brief.known).toordinal()
    return range(max(first - 1, last - _DAYS_AT_MOST), last + 1)


def _by_place(telling: Telling, brief: Brief, days: range) -> Iterable[str]:
    family = FAMILIES[telling.event]
    spots = [s for s in telling.spots if s.lat is not None and s.lon is not None] or spots_of_story(brief)
    exact = [s for s in spots if (s.radius_km or 0.0) <= EXACT_KM]
    for spot in exact:
        assert spot.lat is not None
        assert spot.lon is not None
        for cell in _cells(spot.lat, spot.lon):
            for day in days:
                yield f"{cell} {day} {family}"
            if telling.lead:
                yield from (f"lead {cell} {window}" for window in _windows(brief.known.toordinal(), _WINDOW))
    for country in {s.country for s in spots if s.country} or {""}:
        for day in days:
            yield f"{country} {day} {telling.event}"
            if telling.lead:
                yield f"lead {country} {day} {family}"


def _cells(lat: float, lon: float) -> set[str]:
    return {
        f"{int((lat + up) // _CELL)},{int((lon + side) // _CELL)}" for up in (-_EDGE, _EDGE) for side in (-_EDGE, _EDGE)
    }


def _by_name(telling: Telling, brief: Brief) -> Iterable[str]:
    placed = {word for s in telling.spots if s.lat is not None for word in words_of(s.name)}
    placed.update(word for voice in telling.voices if voice.name for word in words_of(voice.name))
    names = {name for name in telling.names if not placed.issuperset(name.split())}
    names.update(word for s in telling.spots if s.lat is None for word in words_of(s.name))
    rare = sorted((-rarity_of_name(n), n) for n in names if rarity_of_name(n) >= _RARE)[:_RAREST]
    day = (telling.latest or brief.known).toordinal() if telling.dated else brief.known.toordinal()
    for _, name in rare:
        yield from (f"{name} {window}" for window in _windows(day, _WINDOW))


def _windows(day: int, days: int) -> tuple[str, str]:
    """The two overlapping stretches of days that a day lies in: what is half as far apart shares one of them."""
    return f"{day // days}", f"{(day + days // 2) // days}+"


def _by_story(telling: Telling, brief: Brief) -> Iterable[str]:
    day = brief.known.toordinal()
    names = full_names(brief)
    first = {name: at for at, sentence in reversed(list(enumerate(brief.names))) for name in sentence if " " in name}
    chosen = sorted((n for n in names if names[n] >= _RARE_PAIR), key=lambda n: (first[n], -names[n], n))[:_STORY_NAMES]
    for name in chosen:
        yield from (f"story {name} {window}" for window in _windows(day, _STORY_WINDOW))
    if telling.lead:
        opening = {word for sentence in brief.terms[:_OPENING] for word in sentence}
        rare = sorted((-rarity(word), word) for word in opening if rarity(word) >= _RARE)[:_STORY_NAMES]
        for _, word in rare:
            yield from (f"lead {word} {window}" for window in _windows(day, _WINDOW))


def candidates(keys: Sequence[Iterable[str]]) -> tuple[Ints, Ints]:
    """All pairs of rows that share a key, each once and the lower row first, in order.

    Args:
        keys: the block keys of each row.
    """
    number: dict[str, int] = {}
    rows, blocks_ = [], []
    for row, own in enumerate(keys):
        for key in own:
            rows.append(row)
            blocks_.append(number.setdefault(key, len(number)))
    columns = np.array(blocks_, np.int64), np.array(rows, np.int64), np.ones(len(rows), bool)
    none = np.zeros(0, np.int64)
    return next(sharing(*columns, at_a_time=_ALL), (none, none))


_ALL = 1 << 62


# --- what is compared ------------------------------------------------------------------------------------------------

Columns = dict[str, Floats]
SAME_REPORT = "same report"  # no feature of its own: it says which weights are taken


def measure(sheet: Sheet, a: Ints, b: Ints) -> Columns:
    """Every feature of each pair of rows, by name."""
    return _first(sheet, a, b) | _words(sheet, a, b)


def _first(sheet: Sheet, a: Ints, b: Ints) -> Columns:
    """All but the words of the claims, which take as long to look up as all the rest."""
    same_report = sheet.report[a] == sheet.report[b]
    made: Columns = {"bias": np.ones(len(a)), SAME_REPORT: same_report.astype(float)}
    made |= _times(sheet, a, b, same_report)
    made |= _places(sheet, a, b)
    made |= _types(sheet, a, b)
    made |= _parties(sheet, a, b)
    made |= _figures(sheet, a, b)
    made |= _stories(sheet, a, b, same_report)
    made |= _order(sheet, a, b, same_report)
    return made | _all_told_alike(made, sheet, a, b, same_report)


def _all_told_alike(made: Columns, sheet: Sheet, a: Ints, b: Ints, same_report: Flags) -> Columns:
    """Two reports about one thing, on one day, in one exact place: together that says more than each by itself, also
    where both are too short for their words to say anything."""
    about = sheet.lead[a] & sheet.lead[b] & ~same_report
    kind = np.maximum(made["type: the same"], made["type: told as either"])
    alike = made["time: the same day"] * made["place: the same"] * kind
    return {"day, place and type alike, both about it": alike * about}


def likely(sheet: Sheet, a: Ints, b: Ints, at_least: float) -> tuple[Ints, Floats]:
    """Which pairs reach a probability, as places in `a` and `b`, and theirs.

    The words of the claims are compared only where they could still lift a pair so far.
    """
    by = weights()
    columns = _first(sheet, a, b)
    most = sum(max(0.0, by.across.get(name, 0.0), by.within.get(name, 0.0)) for name in _WORDS)
    hopeful = np.flatnonzero(log_odds(columns, by) + most >= log(at_least / (1.0 - at_least)) - 0.01)
    columns = {name: values[hopeful] for name, values in columns.items()}
    sure = probability(log_odds(columns | _words(sheet, a[hopeful], b[hopeful]), by))
    found = np.flatnonzero(sure >= at_least)
    return hopeful[found], sure[found]


def _times(sheet: Sheet, a: Ints, b: Ints, same_report: Flags) -> Columns:
    gap = np.maximum(0, np.maximum(sheet.first[a] - sheet.last[b], sheet.first[b] - sheet.last[a]))
    both = sheet.dated[a] & sheet.dated[b]
    width = np.maximum(sheet.last[a] - sheet.first[a], sheet.last[b] - sheet.first[b])
    exact = both & (width <= 2)
    wide = both & (width > 2)
    loose = ~both
    between = np.abs(sheet.published[a] - sheet.published[b])
    early = (sheet.first[a] > sheet.published[b] + 1) & sheet.dated[a] & sheet.actual[a] & sheet.actual[b]
    late = (sheet.first[b] > sheet.published[a] + 1) & sheet.dated[b] & sheet.actual[a] & sheet.actual[b]
    # Two reports each about an incident of its own day, told with the same lag: the news of two days. Where a day was
    # only misread, or the night lies between, the lag differs as well.
    about = sheet.lead[a] & sheet.lead[b] & ~same_report
    lag = (sheet.published[a] - sheet.first[a]) == (sheet.published[b] - sheet.first[b])
    return {
        "time: each of its own day, both about it": (about & exact & (gap > 0) & (width == 0) & lag).astype(float),
        "time: days apart, both about it": (about & exact & (gap > 1) & (width == 0) & ~lag).astype(float),
        "time: the same day": (exact & (gap == 0)).astype(float),
        "time: the next day": (exact & (gap == 1)).astype(float),
        "time: days apart": np.where(exact & (gap > 1), np.log2(gap + 0.0001).clip(0), 0.0),
        "time: within a period": np.where(wide & (gap == 0), 1.0 / np.log2(2.0 + width.clip(0, 4000)), 0.0),
        "time: outside a period": np.where(wide & (gap > 0), np.log2(1.0 + gap), 0.0),
        "time: of publication, days apart": np.where(loose & ~same_report, np.log2(1.0 + gap), 0.0),
        "time: neither has its own": (~sheet.dated[a] & ~sheet.dated[b]).astype(float),
        "publication: days between": np.log2(1.0 + between),
        "time: after the other was published": ((early | late) & ~same_report).astype(float),
    }


def _places(sheet: Sheet, a: Ints, b: Ints) -> Columns:
    one, two = sheet.spots[a][:, :, None, :], sheet.spots[b][:, None, :, :]
    apart = _distance(one, two).reshape(len(a), -1)
    radius_a = np.broadcast_to(one[..., 2], (len(a), *one.shape[1:2], two.shape[2])).reshape(len(a), -1)
    radius_b = np.broadcast_to(two[..., 2], (len(a), one.shape[1], *two.shape[2:3])).reshape(len(a), -1)
    beyond = np.maximum(0.0, apart - radius_a - radius_b)
    exact = np.maximum(radius_a, radius_b) <= EXACT_KM
    # The nearest pair of places counts, and among those that touch the most exact one.
    rank = np.where(np.isnan(apart), np.inf, beyond * 1000 + np.maximum(radius_a, radius_b) + apart / 1000)
    best = np.argmin(rank, axis=1)[:, None]
    known = np.isfinite(np.take_along_axis(rank, best, 1))[:, 0]

    def at(values: Floats) -> Floats:
        made: Floats = np.nan_to_num(np.take_along_axis(values, best, 1)[:, 0])
        return made

    km, over, exact = at(apart), at(beyond), known & (at(exact.astype(np.float64)) == 1.0)
    own = ~sheet.borrowed[a] & ~sheet.borrowed[b]
    same = exact & (km <= 3.0)
    near = exact & ~same & (over == 0)
    region = known & ~exact & (over == 0)
    words = sheet.place_words.common(a, b) / 1000.0
    return {
        "place: the same": (same & own).astype(float),
        "place: within reach": (near & own).astype(float),
        "place: one region": (region & own).astype(float),
        "place: apart": np.where(own & known, np.log2(1.0 + over / 10.0), 0.0),
        "place: apart, both about it": (own & exact & (over > 0) & sheet.lead[a] & sheet.lead[b]).astype(float),
        "place of the report: the same": (same & ~own).astype(float),
        "place of the report: within reach": ((near | region) & ~own).astype(float),
        "place of the report: apart": np.where(~own & known, np.log2(1.0 + over / 10.0), 0.0),
        "place: unknown": (~known).astype(float),
        "place: rare names shared": np.minimum(words, 3.0),
    }


def _distance(one: Floats, two: Floats) -> Floats:
    """Great-circle kilometres."""
    p, q = np.radians(one[..., 0]), np.radians(two[..., 0])
    turn = np.radians(one[..., 1] - two[..., 1])
    h = np.sin((q - p) / 2) ** 2 + np.cos(p) * np.cos(q) * np.sin(turn / 2) ** 2
    made: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(h, 0.0, 1.0)))
    return made


def _types(sheet: Sheet, a: Ints, b: Ints) -> Columns:
    kin = KIN[sheet.event[a], sheet.event[b]]
    same = sheet.event[a] == sheet.event[b]
    toll = EVENT_NUMBER["casualties"]
    return {
        "type: the same": same.astype(float),
        "type: told as either": (~same & (kin == 1.0)).astype(float),
        "type: of another family": (kin == 0.0).astype(float),
        "type: a toll": ((sheet.event[a] == toll) != (sheet.event[b] == toll)).astype(float),
        "words: the same trigger": np.minimum(1.0, sheet.trigger.common(a, b) / 400.0),
        "only one is said to have happened": (sheet.actual[a] != sheet.actual[b]).astype(float),
        "one denies it": (sheet.denied[a] != sheet.denied[b]).astype(float),
    }


def _parties(sheet: Sheet, a: Ints, b: Ints) -> Columns:
    def both(bags: Bags) -> Flags:
        made: Flags = (bags.sizes[a] > 0) & (bags.sizes[b] > 0)
        return made

    known = both(sheet.actors)
    may = sheet.may_be.common(a, b) > 0
    hit = both(sheet.targets)
    hit_same = sheet.targets.common(a, b) > 0
    return {
        "actors: the same": (known & (sheet.actors.common(a, b) > 0)).astype(float),
        "actors: others": (known & ~may).astype(float),
        "targets: the same": (hit & hit_same).astype(float),
        "targets: others": (hit & ~hit_same).astype(float),
    }


def _figures(sheet: Sheet, a: Ints, b: Ints) -> Columns:
    told = np.flatnonzero(sheet.counted[a] & sheet.counted[b])  # most claims have no figure
    one, two = sheet.counts[a[told]], sheet.counts[b[told]]
    both = ~np.isnan(one[..., 0]) & ~np.isnan(two[..., 0])
    low, high = np.fmax(one[..., 0], two[..., 0]), np.fmin(one[..., 1], two[..., 1])
    exact = both & (one[..., 0] == one[..., 1]) & (two[..., 0] == two[..., 1]) & (low == high)
    fits = both & (low <= high)
    ratio = np.where(both & ~fits, np.log2((low + 1.0) / (np.where(np.isfinite(high), high, 0.0) + 1.0)), 0.0)
    equal = np.where(exact, np.minimum(6.0, np.log2(1.0 + np.where(exact, low, 0.0))), 0.0)
    found = {
        "figures: equal": equal.max(axis=1, initial=0.0),
        "figures: may be one": (fits & ~exact).any(axis=1).astype(float),
        "figures: contradict": np.minimum(6.0, np.nan_to_num(ratio).max(axis=1, initial=0.0)),
    }
    made = {name: np.zeros(len(a)) for name in found}
    for name, values in found.items():
        made[name][told] = values
    return made


def _words(sheet: Sheet, a: Ints, b: Ints) -> Columns:
    """What the claims share in words: each from 0 to 1."""
    return dict(zip(_WORDS, (
        sheet.actor_words.cosine(a, b),
        sheet.target_words.cosine(a, b),
        sheet.quote.cosine(a, b, least=_LEAST_QUOTE),
    ), strict=True))  # fmt: skip


_WORDS = ("actors: words shared", "targets: words shared", "words: of the quotes")
_LEAST_TEXT = 3000.0  # norm of a report's words: of some thirty of them
_LEAST_QUOTE = 1200.0  # of a sentence's: of some eight
_COMMON = 400  # rarity: what stands in one report of 55 or more is common


def _beyond_common(mine: Floats, other: Floats) -> Floats:
    made: Floats = np.maximum(0.0, np.minimum(mine, other) - _COMMON)
    return made


def _stories(sheet: Sheet, a: Ints, b: Ints, same_report: Flags) -> Columns:
    """How alike the reports are, each pair of reports compared once; it counts for two claims as far as both are of
    the incident that their report is about."""
    reports = len(sheet.told)
    pair, back = np.unique(sheet.report[a] * reports + sheet.report[b], return_inverse=True)
    one, two = pair // reports, pair % reports
    other = ~same_report
    text = np.where(other, sheet.text.cosine(one, two, least=_LEAST_TEXT)[back], 0.0)
    title = np.where(other, sheet.title.cosine(one, two, least=_LEAST_QUOTE)[back], 0.0)
    people = np.where(other, np.minimum(6.0, sheet.people.shared(one, two, _beyond_common) / 500.0)[back], 0.0)
    both = np.where(other, sheet.story[a] * sheet.story[b], 0.0)
    made: Columns = {
        "reports: both about it": both,
        "reports: one about it": np.where(other, np.abs(sheet.story[a] - sheet.story[b]), 0.0),
        "reports: words": text,
        "reports: names": people,
        "reports: titles": title,
        "reports: words, both about it": text * both,
        "reports: names, both about it": people * both,
        "reports: titles, both about it": title * both,
        "reports: one outlet": (other & (sheet.outlet[a] == sheet.outlet[b])).astype(float),
    }
    tolls = _tolls(sheet, one, two)
    made |= {f"reports: {name}, both about it": values[back] * both for name, values in tolls.items()}
    return made


def _order(sheet: Sheet, a: Ints, b: Ints, same_report: Flags) -> Columns:
    """How two claims of one report stand to each other."""
    between = np.abs(sheet.position[a] - sheet.position[b])
    alike = np.zeros(len(a), bool)
    one = np.flatnonzero(same_report)
    alike[one] = sheet.quote.cosine(a[one], b[one]) > 0.999
    return {
        "report: claims between": np.where(same_report, np.log2(between.clip(1)), 0.0),
        "report: one sentence": alike.astype(float),
        "report: one opens it": (same_report & (np.minimum(sheet.position[a], sheet.position[b]) == 0)).astype(float),
    }


def _tolls(sheet: Sheet, one: Ints, two: Ints) -> Columns:
    a, b = sheet.told[one], sheet.told[two]
    both = ~np.isnan(a) & ~np.isnan(b)
    equal = both & (a == b) & (a > 0)
    off = np.where(both, np.abs(np.log2((np.nan_to_num(a) + 1) / (np.nan_to_num(b) + 1))), 0.0)
    return {
        "tolls equal": np.where(equal, np.minimum(6.0, np.log2(1.0 + np.nan_to_num(a))), 0.0).max(axis=1),
        "tolls differ": np.minimum(5.0, off).max(axis=1),
    }


# --- how surely ------------------------------------------------------------------------------------------------------


class Weights(Struct, frozen=True):
    """By feature: for two claims of two reports, and for two of one report."""

    across: dict[str, float]
    within: dict[str, float]


@lru_cache(maxsize=1)
def weights() -> Weights:
    rows = read_rows("match_weights")
    return Weights(
        across={name: float(weight) for name, weight, _ in rows if weight},
        within={name: float(weight) for name, _, weight in rows if weight},
    )


def log_odds(columns: Columns, by: Weights) -> Floats:
    """Rounded, so that no step later hangs on the last bit of a sum."""
    one_report = columns[SAME_REPORT] == 1.0
    total = np.zeros(len(one_report))
    for name, values in columns.items():
        total += np.where(one_report, by.within.get(name, 0.0), by.across.get(name, 0.0)) * values
    return np.round(total, 4)


def stories(tellings: Sequence[Telling], brief: Brief, by: Weights | None = None) -> list[float]:
    """For each claim of a report, how surely it is of the incident that the report is about."""
    return stories_of([(tellings, brief)], by)[0]


def stories_of(reports: Sequence[tuple[Sequence[Telling], Brief]], by: Weights | None = None) -> list[list[float]]:
    """The same for many reports, in one sheet: what a pair is given does not depend on what else a sheet holds, and
    most of the work on a report of few claims is the sheet's own."""
    made = [[0.0] * len(tellings) for tellings, _ in reports]
    claims: list[Claimed] = []
    leads: list[int] = []  # for each claim, the row of the one that its report leads with
    told: list[tuple[int, int]] = []  # by report with such a claim, its number and the row of that claim
    for number, (tellings, brief) in enumerate(reports):
        lead = next((at for at, telling in enumerate(tellings) if telling.lead), None)
        if lead is not None:
            told.append((number, len(claims) + lead))
            leads += [len(claims) + lead] * len(tellings)
            claims += [Claimed(telling, brief) for telling in tellings]
    if not claims:
        return made
    sure = probability(log_odds(measure(Sheet(claims), np.array(leads), np.arange(len(claims))), by or weights()))
    sure[[row for _, row in told]] = 1.0
    shares = iter(sure.tolist())
    for number, _ in told:
        made[number] = [round(share, 3) for share in islice(shares, len(made[number]))]
    return made


def probability(odds: Floats) -> Floats:
    made: Floats = np.round(1.0 / (1.0 + np.exp(-odds)), 4)
    return made


class Scored(Struct, frozen=True, array_like=True):
    """Two claims, by their keys in order, and the probability that they are of one incident."""

    a: str
    b: str
    probability: float


_BATCH = 1 << 14  # pairs: columns of so many stay in the cache of a core, and are compared twice as fast


def compare(one: Claimed, two: Claimed) -> Match:
    """Two claims, whether or not they share a block: how surely they are of one incident, and by which features."""
    first, second = sorted((one, two), key=lambda claim: claim.telling.key)
    columns = measure(Sheet([first, second]), np.array([0]), np.array([1]))
    of = weights().within if columns[SAME_REPORT][0] else weights().across
    features = tuple(
        Feature(name=name, value=round(float(values[0]), 4), weight=of[name], said=_said(name, first, second))
        for name, values in columns.items()
        if values[0] and name in of
    )
    sure = probability(log_odds(columns, weights()))
    return Match(a=first.telling.key, b=second.telling.key, probability=float(sure[0]), features=features)


# --- in words --------------------------------------------------------------------------------------------------------


def _said(name: str, one: Claimed, two: Claimed) -> str:
    """What the two say of the matter that a feature is about."""
    subject = name.partition(":")[0]
    tell = _SAYS.get(subject)
    if tell is None:
        return ""
    return " / ".join(tell(claim) or "not told" for claim in (one, two))


def _time_said(claim: Claimed) -> str:
    telling = claim.telling
    if not telling.dated:
        return f"published {claim.brief.known}"
    first, last = telling.earliest, telling.latest
    return f"{first}" if first == last else f"{first or '…'} to {last or '…'}"


_SAYS: dict[str, Callable[[Claimed], str]] = {
    "time": _time_said,
    "publication": lambda claim: f"{claim.brief.known}",
    "place": lambda claim: ", ".join(spot.name for spot in claim.telling.spots),
    "place of the report": lambda claim: ", ".join(
        s.name for s in ([s for s in claim.telling.spots if s.lat is not None] or spots_of_story(claim.brief))
    ),
    "type": lambda claim: claim.telling.event,
    "actors": lambda claim: ", ".join(party.name for party in claim.telling.actors),
    "targets": lambda claim: ", ".join(party.name for party in claim.telling.targets),
    "figures": lambda claim: ", ".join(f"{count.text} {count.measure}" for count in claim.telling.counts),
    "words": lambda claim: claim.telling.trigger,
    "reports": lambda claim: claim.brief.title or claim.brief.id,
}


def scored(sheet: Sheet, one: Ints, two: Ints, *, at_least: float = FLOOR) -> Iterator[tuple[int, int, float]]:
    """Pairs of rows of a sheet with the probability that they are of one incident; those below `at_least` left out."""
    for start in range(0, len(one), _BATCH):
        a, b = one[start : start + _BATCH], two[start : start + _BATCH]
        found, sure = likely(sheet, a, b, at_least)
        yield from zip(a[found].tolist(), b[found].tolist(), sure.tolist(), strict=True)

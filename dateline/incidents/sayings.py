"""What each report says of each measure of one incident, by whose word: the ground that figures are chosen on.

For a report whose lead incident this is, its toll (`Told`) speaks; else the counts of its claims. Counts of one claim
are added up where they are of different people ("11 fighters and 6 soldiers"); what is included in another is a part.
Claims that have no say (denied, planned, of another stretch of time, taken back) are kept, with the reason.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from dateline.codes import EventType, Measure
from dateline.incidents.fields import ONE_SIDED
from dateline.incidents.kinds_of_people import is_of_anybody, kind_of_people, noun_of, own_people
from dateline.incidents.partings import apart_in_a_round_up
from dateline.incidents.policies import SourceKind
from dateline.incidents.source_kinds import is_voice_of, kind_of, parties_of
from dateline.incidents.types import Brief, Count, Party, Quoted, Telling, Told
from dateline.incidents.voices import speaker
from dateline.reading.patterns import word_set

# The measures of which an incident has a figure; sums of money, areas and distances are not counts of anything.
ESTIMATED: tuple[Measure, ...] = (
    "killed", "wounded", "missing", "casualties", "abducted", "detained", "displaced", "people", "fighters", "troops",
    "strikes", "weapons", "buildings",
)  # fmt: skip
_LONGER = 3  # days: a claim whose stretch of time is longer than the incident's by more than this tells of more
_NEAR = 2.0  # times: a later count beyond this factor of the first is of something else
_ADDED = word_set("other others another additional more further")


class Range(Struct, frozen=True):
    """A figure: `low` or `high` is null where that side is open; `best` is the bound that is known."""

    low: float | None
    best: float
    high: float | None


class Saying(Struct, frozen=True, kw_only=True):
    """One report's figure of one measure, by one origin. `aside` says why it has no say, null where it has; `replaced`
    that it had one on its day, until later figures came; `broad` that it is a toll without a time or an event of its
    own, as those of whole wars are."""

    measure: Measure
    report: str
    outlet: str | None
    known: date
    origin: str
    voice: str | None
    kind: SourceKind
    broad: bool
    own: bool  # whether the speaker is a party that tells of its own people
    figure: Range
    claims: tuple[str, ...]
    side: str | None = None  # the one kind of people that it counts ("soldiers"), where it counts no others
    of_doers: bool = False  # whether these are the people of who did it: attackers who fell in their attack
    parts: tuple[tuple[str, Range], ...] = ()
    quoted: Quoted | None = None  # where the figure stands, where that is in the quote of none of the claims
    aside: str | None = None
    replaced: bool = False


def sayings(
    claims: Sequence[Telling],
    briefs: Mapping[str, Brief],
    *,
    origin_of: Callable[[Telling], str],
    earliest: date | None,
    latest: date | None,
    taken_back: Mapping[str, str],
) -> list[Saying]:
    """What the reports say, by measure, then by the day it was known, then by report.

    Args:
        origin_of: the independent origin of a claim; a later figure of an origin replaces its earlier one.
        earliest, latest: the days of the incident.
        taken_back: claims without a say, by key, with the reason: "withdrawn", "rejected".
    """
    parties = parties_of(claims)
    doers = _sides_of_doers(claims)
    made: list[Saying] = []
    for report, own in _by(claims, lambda claim: claim.report).items():
        brief = briefs[report]
        aside = {claim.key: taken_back.get(claim.key) or _no_say(claim, earliest, latest) for claim in own}
        counting = [claim for claim in own if not aside[claim.key]]
        by_origin = _by(own, origin_of)
        counted = {count.measure for claim in own for count in claim.counts}
        for measure in ESTIMATED:
            told = None if _is_of_several(brief, measure, own) else _told(brief, measure, counting)
            if told is None and measure not in counted:
                continue
            said: list[Saying] = []
            for origin, group in by_origin.items():
                said += _of_origin(measure, brief, origin, group, aside, told, parties)
            made += _told_once(said, told)
    order = {measure: at for at, measure in enumerate(ESTIMATED)}
    made = [replace(each, of_doers=each.side in doers) for each in made]
    return sorted(made, key=lambda each: (order[each.measure], each.known, each.report, each.origin, each.claims))


def _by(claims: Iterable[Telling], key: Callable[[Telling], str]) -> dict[str, list[Telling]]:
    groups: dict[str, list[Telling]] = {}
    for claim in sorted(claims, key=lambda claim: (claim.report, claim.position)):
        groups.setdefault(key(claim), []).append(claim)
    return groups


def _told_once(said: Sequence[Saying], told: "_Toll | None") -> list[Saying]:
    """A report that has a figure told by several voices ("the Observatory … a monitoring group") is one word for it:
    that of the toll's teller, else of the first who is named."""
    first: dict[float, Saying] = {}
    standing = [each for each in said if each.aside is None]
    for each in sorted(standing, key=lambda each: (told is None or each.claims[0] != told.teller, each.voice is None)):
        first.setdefault(each.figure.best, each)
    return [each for each in said if each.aside or each is first[each.figure.best]]


# --- what has no say -------------------------------------------------------------------------------------------------

_MODALITY = {
    "denied": "denied",
    "planned": "planned only",
    "called_for": "called for only",
    "possible": "possible only",
}


def _no_say(claim: Telling, earliest: date | None, latest: date | None) -> str | None:
    """Why a claim has no say in what the incident's figures are; None where it has."""
    if claim.modality != "actual":
        return _MODALITY[claim.modality]
    if _is_of_more(claim, earliest, latest):
        return f"of a longer time, {claim.earliest} to {claim.latest}"
    return None


def _is_of_more(claim: Telling, earliest: date | None, latest: date | None) -> bool:
    """A month's toll is not a day's: the claim's own stretch of time is longer than the incident and holds it."""
    if not claim.dated or not claim.earliest or not claim.latest or not earliest or not latest:
        return False
    longer = (claim.latest - claim.earliest).days - (latest - earliest).days
    return longer > _LONGER and (claim.earliest < earliest or claim.latest > latest)


# --- what one report says --------------------------------------------------------------------------------------------


class _Toll(Struct, frozen=True):
    """A report's toll of this incident: `claims` are those that it was made of, `teller` the one whose word it is.
    Where its number stands is `quoted`, and `quoted_by` the claims whose quote that is."""

    figure: Range
    claims: frozenset[str]
    teller: str
    quoted: Quoted | None = None
    quoted_by: frozenset[str] = frozenset()

    def begins_with(self, figure: Range) -> bool:
        """Whether a figure is where what the report tells as a whole begins: "seven were shot dead, an eighth died"."""
        return figure.best == self.figure.low and figure.best < self.figure.best

    def where(self, figure: Range, keys: Iterable[str]) -> Quoted | None:
        """Where this toll's figure stands, if not in the quote of one of these claims."""
        return self.quoted if figure is self.figure and self.quoted_by.isdisjoint(keys) else None


def _told(brief: Brief, measure: Measure, counting: Sequence[Telling]) -> _Toll | None:
    """The report's toll, where it is of this incident: by the claims it was made of, else by the lead claim."""
    told = next((each for each in brief.told if each.measure == measure), None)
    if told is None:
        return None
    leads = any(claim.lead for claim in counting)
    its = [claim for claim in counting if claim.key in told.claims]
    if not (leads and (its or not told.claims)) and not (its and its[0].key == told.claims[0]):
        return None
    figure = Range(told.low, told.best, told.high)
    return _Toll(figure, frozenset(told.claims), _teller(told, its, counting), told.quoted, frozenset(told.quoted_by))


def _is_of_several(brief: Brief, measure: Measure, own: Sequence[Telling]) -> bool:
    """Whether a report's toll is the sum of what it counts of this incident and of others: "12 killed in raids on two
    villages", five in the one and seven in the other."""
    told = next((each for each in brief.told if each.measure == measure), None)
    here, keys = _summed(_counts([claim for claim in own if claim.modality == "actual"], measure))
    if told is None or here is None or told.best <= here.best:
        return False
    mine = {claim.key for claim in own}
    counting = [claim for claim in own if claim.key in keys]
    others = [c for c in brief.tellings if c.key not in mine and any(apart_in_a_round_up(c, one) for one in counting)]
    each = {there.best for claim in others if (there := _summed(_counts([claim], measure))[0]) is not None}
    return bool(each) and told.best == here.best + sum(each)


def _teller(told: Told, its: Sequence[Telling], counting: Sequence[Telling]) -> str:
    """Whose word a toll is: of the claims that count so many, the first with a named voice, whom the report repeats
    in its own; else the first of its claims; else the lead."""
    exact = [claim for claim in its if any(c.measure == told.measure and c.low == told.low for c in claim.counts)]
    voiced = [claim for claim in exact if claim.voices]
    lead = next((claim for claim in counting if claim.lead), counting[0])
    return (*voiced, *exact, *its, lead)[0].key


def _of_origin(
    measure: Measure, brief: Brief, origin: str, group: Sequence[Telling], aside: Mapping[str, str | None],
    told: _Toll | None, parties: Sequence[Party],
) -> Iterator[Saying]:  # fmt: skip
    """The sayings of one origin in one report: the one that stands, and those set aside, by their reasons."""
    counting = [claim for claim in group if not aside[claim.key]]
    counts = _counts(counting, measure)
    figure, keys = _figure(counting, counts, told)
    if figure is not None:
        first = next(claim for claim in counting if claim.key == keys[0])
        said = _saying(measure, brief, origin, first, figure, parties)
        own = [count for claim, count in counts if claim.key in keys]
        where = told.where(figure, keys) if told else None
        yield replace(said, claims=keys, parts=_parts(counts, figure), side=_side(own), quoted=where)
    for claim in group:
        reason = aside[claim.key]
        for count in claim.counts:
            if count.measure == measure and (reason or count.superseded) and (bounds := _bounds(count)) is not None:
                said = _saying(measure, brief, origin, claim, bounds, parties)
                yield replace(said, aside=reason or "replaced in the same report")


def _figure(
    counting: Sequence[Telling], counts: Sequence[tuple[Telling, Count]], told: _Toll | None
) -> tuple[Range | None, tuple[str, ...]]:
    """The figure of one origin in one report and the claims it is of: the report's toll where it is its word."""
    if told is None:
        return _summed(counts)
    if any(claim.key == told.teller for claim in counting):
        own = [claim.key for claim in counting if claim.key in told.claims and claim.key != told.teller]
        exact, _ = _summed([(claim, count) for claim, count in counts if claim.key == told.teller])
        return exact if _settles(exact, told.figure) else told.figure, (told.teller, *own)
    # Beside the toll, a count of some ("five children") is rather a part of it than another figure.
    figure, keys = _summed([(claim, count) for claim, count in counts if is_of_anybody(count)])
    if figure is not None and told.begins_with(figure) and not any(claim.voices for claim, _ in counts):
        return None, ()  # nor is what the report itself says on the way to it
    return figure, keys


def _settles(exact: Range | None, told: Range) -> TypeGuard[Range]:
    """Whether what a teller counts himself is exact where the report's toll reaches over what others say as well."""
    if exact is None or exact.low != exact.high or told.low is None or told.high is None:
        return False
    return told.low < told.high and told.low <= exact.best <= told.high


def _saying(
    measure: Measure, brief: Brief, origin: str, claim: Telling, figure: Range, parties: Sequence[Party]
) -> Saying:
    voice = speaker(claim)
    return Saying(
        measure=measure, report=brief.id, outlet=brief.outlet, known=brief.known, origin=origin,
        voice=voice.name if voice else None, kind=kind_of(voice, parties),
        broad=claim.event == "casualties" and not claim.dated and not claim.lead,
        own=voice is not None and any(is_voice_of(voice, party) for party in claim.targets),
        figure=figure, claims=(claim.key,),
    )  # fmt: skip


# --- counts of claims ------------------------------------------------------------------------------------------------


def _counts(claims: Sequence[Telling], measure: Measure) -> list[tuple[Telling, Count]]:
    return [
        (claim, count)
        for claim in claims
        for count in claim.counts
        if count.measure == measure and not count.superseded and _bounds(count) is not None
    ]


def _bounds(count: Count) -> Range | None:
    best = count.low if count.low is not None else count.high
    return None if best is None else Range(count.low, best, count.high)


def _summed(counts: Sequence[tuple[Telling, Count]]) -> tuple[Range | None, tuple[str, ...]]:
    """The figure of an origin's claims: what the first of them counts, added up; later ones tell it again."""
    whole = [(claim, count) for claim, count in counts if count.part_of is None]
    if not whole:
        return None, ()
    opening = _beside([pair for pair in whole if pair[0].words == whole[0][0].words])
    figure = _sum([count for _, count in opening])
    keys = [claim.key for claim, _ in opening]
    in_parts = _told_in_parts(whole, figure)
    for claim, count in whole:
        later = _bounds(count)
        if claim.words == whole[0][0].words or claim.key in in_parts or later is None:
            continue
        if not _tells_again(figure, later):
            continue
        if _is_vague(figure) and not _is_vague(later):
            figure, keys = later, [claim.key]
        elif is_of_anybody(count) and later.best != figure.best:
            low = None if figure.low is None or later.low is None else min(figure.low, later.low)
            high = None if figure.high is None or later.high is None else max(figure.high, later.high)
            figure, keys = Range(low, figure.best, high), [*keys, claim.key]
    return figure, tuple(dict.fromkeys(keys))


def _beside(pairs: Sequence[tuple[Telling, Count]]) -> list[tuple[Telling, Count]]:
    """Of the counts of one sentence, the first and those of other people than it."""
    made: list[tuple[Telling, Count]] = []
    for claim, count in pairs:
        said = [other for _, other in made]
        if any((other.text, other.of) == (count.text, count.of) for other in said):
            continue  # two claims of one sentence share their figure
        others = _ADDED & {*count.text.lower().split(), *(count.of or "").lower().split()}
        if not said or others or _are_different(said, count):
            made.append((claim, count))
    return made


def _are_different(said: Sequence[Count], count: Count) -> bool:
    return not is_of_anybody(said[0]) and all(noun_of(other) != noun_of(count) for other in said)


def _sum(counts: Sequence[Count]) -> Range:
    ranges = [found for count in counts if (found := _bounds(count)) is not None]
    lows, highs = [each.low for each in ranges], [each.high for each in ranges]
    return Range(
        None if None in lows else sum(low for low in lows if low is not None),
        sum(each.best for each in ranges),
        None if None in highs else sum(high for high in highs if high is not None),
    )


def _is_vague(figure: Range) -> bool:
    return figure.low is not None and figure.high is not None and figure.high >= _NEAR * max(1, figure.low)


def _tells_again(figure: Range, later: Range) -> bool:
    least, most = figure.low or figure.best, figure.high or figure.best
    return least / _NEAR <= later.best <= most * _NEAR


_SIDES = frozenset(("soldiers", "fighters", "police"))


def _side(counts: Sequence[Count]) -> str | None:
    """The side whose people alone are counted; None where a count is of others or of anybody."""
    kinds = {kind_of_people(count) for count in counts}
    only = next(iter(kinds), None) if len(kinds) == 1 else None
    return only if only in _SIDES else None


_BETWEEN: frozenset[EventType] = frozenset(("battle", "offensive", "territory_gained", "territory_lost", "siege"))


def _sides_of_doers(claims: Sequence[Telling]) -> set[str]:
    """The kinds of people who did it to others, by more reports than have them as those to whom it was done. Of what
    more reports tell as fighting between two, nobody's: there both sides' losses are the toll."""
    actual = [claim for claim in claims if claim.modality == "actual"]
    one_sided = [claim for claim in actual if claim.event in ONE_SIDED]
    between = {claim.report for claim in actual if claim.event in _BETWEEN}
    if len({claim.report for claim in one_sided}) <= len(between):
        return set()
    did: dict[str, set[str]] = {}
    suffered: dict[str, set[str]] = {}
    for claim in one_sided:
        for parties, votes in ((claim.actors, did), (claim.targets, suffered)):
            for side in filter(None, map(own_people, parties)):
                votes.setdefault(side, set()).add(claim.report)
    return {side for side, reports in did.items() if len(reports) > len(suffered.get(side, ()))}


def _told_in_parts(counts: Sequence[tuple[Telling, Count]], figure: Range) -> set[str]:
    """The claims whose counts add up to a figure: "11 men and three women", of 14 people told before."""
    by_claim: dict[str, list[Count]] = {}
    for claim, count in counts:
        by_claim.setdefault(claim.key, []).append(count)
    return {key for key, own in by_claim.items() if len(own) > 1 and _sum(own).best == figure.best}


def _parts(counts: Sequence[tuple[Telling, Count]], whole: Range) -> tuple[tuple[str, Range], ...]:
    """The parts that a figure is told in: of which kind, and how many; the first count of each kind stands."""
    found: dict[str, Range] = {}
    for _, count in counts:
        kind, bounds = kind_of_people(count), _bounds(count)
        if kind is not None and bounds is not None and bounds.best <= (whole.high or whole.best):
            found.setdefault(kind, bounds)
    return tuple(sorted(found.items()))

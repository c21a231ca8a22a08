"""Figures of one incident: low, best and high of each measure, by a named policy, with how they came about.

1. What each report says, by whose word (`sayings.py`); claims that have no say are kept with the reason.
2. Who has a say: no copy of what was counted already, nothing told after the policy's window, no party where the policy
   has it so, of each origin its latest figure, no figure since which others have told only higher ones, and not the
   wounded who have died since.
3. Of what is left, the policy chooses best; low and high are the ends of what is said.
4. Every figure stays in `steps`, by the day it was known, with what it changed and why it has no say now.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dateline.incidents.policies import Policy, SourceKind
from dateline.incidents.sayings import Range, Saying, sayings
from dateline.incidents.source_kinds import SOURCE_WORDS
from dateline.incidents.types import Brief, Estimate, Share, Step, Telling

_OPEN_REACH = 1.5  # times: "at least 12" may be a word for up to 18, as the scorers of figures take it
_LEAP = 3.0  # times: what a lone origin tells beyond this does not put the others' figures out of date
_SEVERAL = 2  # origins: a figure that so many gave needs as many to put it out of date
_VAGUE = 2.0  # times: a figure whose ends lie this far apart says little for its lower one
_FEW = 3  # people: so few wounded, and as many more dead in a later report that tells of no wounded, are the same ones
_HALF = 0.5  # what an open or vague figure says for another that it allows


def estimates(
    claims: Sequence[Telling],
    briefs: Mapping[str, Brief],
    policy: Policy,
    *,
    origin_of: Callable[[Telling], str],
    copies_of: Mapping[str, str],
    earliest: date | None,
    latest: date | None,
    taken_back: Mapping[str, str] | None = None,
) -> tuple[Estimate, ...]:
    """Low, best and high of each measure that the claims of one incident tell.

    Args:
        claims: all claims of the incident, those without a say as well: they stay in sight.
        briefs: of their reports, by id.
        origin_of: the independent origin of a claim, by name: of each, the latest figure speaks.
        copies_of: the report that a report copies, by id.
        earliest, latest: the days of the incident, as far as they are known.
        taken_back: claims that were withdrawn or rejected, by key, with the reason.
    """
    said = sayings(claims, briefs, origin_of=origin_of, earliest=earliest, latest=latest, taken_back=taken_back or {})
    by_measure = groupby(_without_those_who_died(said), key=lambda each: each.measure)
    return tuple(_estimate(_weighed(list(group), policy, copies_of, latest), policy) for _, group in by_measure)


def _estimate(said: Sequence[Saying], policy: Policy) -> Estimate:
    standing = [each for each in said if each.aside is None]
    steps = _steps(said)
    measure = said[0].measure
    if not standing:
        rule = f"{policy.name}: no figure stands"
        return Estimate(measure=measure, low=None, best=None, high=None, rule=rule, steps=steps)
    figures = [_Figure(each.figure, each) for each in standing]
    chosen = _chosen(figures, policy)
    return Estimate(
        measure=measure,
        low=chosen.low, best=chosen.best, high=chosen.high,
        rule=f"{policy.name}: {chosen.why}",
        low_from=chosen.low_from, best_from=chosen.best_from, high_from=chosen.high_from,
        parts=_shares([each for each in said if each.aside in (None, _OF_DOERS)], policy), steps=steps,
        quotes={each.claims[0]: each.quoted for each in standing if each.quoted},
    )  # fmt: skip


# --- who has a say ---------------------------------------------------------------------------------------------------


def _weighed(
    said: list[Saying], policy: Policy, copies_of: Mapping[str, str], latest: date | None
) -> list[Saying]:  # fmt: skip
    """The same figures, each that has no say with the reason; each rule sees what the ones before it left."""
    said = _without_doers(_without_broad(_without_copies(said, copies_of)))
    if policy.window is not None and latest is not None:
        end = latest + timedelta(days=policy.window)
        said = [_aside(each, f"told after {end}, another matter") if each.known > end else each for each in said]
    said = _of_parties(said, policy)
    said = _latest_of_each(said)
    return _up_to_date(said) if policy.outdated == "aside" else said


def _aside(saying: Saying, reason: str, *, replaced: bool = False) -> Saying:
    return saying if saying.aside else replace(saying, aside=reason, replaced=replaced)


def _without_copies(said: Sequence[Saying], copies_of: Mapping[str, str]) -> list[Saying]:
    """A copy that says what its original said adds nothing; one with another figure is its origin's newer word."""
    figures = {(each.report, each.figure.best) for each in said if not each.aside}
    made = []
    for each in said:
        original = next((o for o in _originals(each.report, copies_of) if (o, each.figure.best) in figures), None)
        made.append(each if original is None else _aside(each, f"a copy of {original}"))
    return made


def _originals(report: str, copies_of: Mapping[str, str]) -> Iterable[str]:
    seen = {report}
    while (report := copies_of.get(report, report)) not in seen:
        seen.add(report)
        yield report


def _without_those_who_died(said: Sequence[Saying]) -> list[Saying]:
    """One man told of as wounded, then as dead: who is counted among the dead is wounded no more."""
    standing = [each for each in said if each.aside is None]
    dead = {each.report: each for each in standing if each.measure == "killed"}
    hurt = {each.report for each in standing if each.measure == "wounded"}
    later = [each for each in dead.values() if each.report not in hurt]
    made = []
    for each in said:
        if each.measure == "wounded" and 0 < each.figure.best <= _FEW:
            before = dead[each.report].figure.best if each.report in dead else 0
            died = any(one.known >= each.known and one.figure.best - before == each.figure.best for one in later)
            each = _aside(each, "out of date: as many have died since", replaced=True) if died else each
        made.append(each)
    return made


def _without_broad(said: Sequence[Saying]) -> list[Saying]:
    """ "The war has killed 40,000" in a report of a bomb: no time or event of its own, and far beyond the others."""
    others = [_ends(each.figure)[1] for each in said if each.aside is None and not each.broad]
    if not others:
        return list(said)
    most = _LEAP * max(others)
    return [
        _aside(each, "of more than this: no time of its own, far beyond what others tell")
        if each.broad and each.figure.best > most
        else each
        for each in said
    ]


_OF_DOERS = "of the people of who did it, where others are counted"


def _without_doers(said: Sequence[Saying]) -> list[Saying]:
    """ "Two of our fighters were wounded", in an ambush that wounded 16 soldiers, is a part of the toll and no other
    count of it. Where nobody counts those to whom it was done, it is the toll."""
    if all(each.of_doers for each in said if each.aside is None):
        return list(said)
    return [_aside(each, _OF_DOERS) if each.of_doers else each for each in said]


def _of_parties(said: Sequence[Saying], policy: Policy) -> list[Saying]:
    others = any(each.aside is None and each.kind != "party" for each in said)
    made = []
    for each in said:
        rule = policy.party_own if each.own else policy.party_other
        if each.kind == "party" and (rule == "never" or (rule == "alone" and others)):
            whose = "its own people" if each.own else "others"
            each = _aside(each, f"a party's figure of {whose}" + (", others give one" if rule == "alone" else ""))
        made.append(each)
    return made


def _latest_of_each(said: Sequence[Saying]) -> list[Saying]:
    """Of each origin the latest figure; of one day's, the one with the narrower bounds, then the higher one."""
    last: dict[str, Saying] = {}
    for each in said:
        if each.aside is None and (each.origin not in last or _is_later(each, last[each.origin])):
            last[each.origin] = each
    return [
        each if each is last.get(each.origin) else _aside(each, f"{_teller(each)} told another since", replaced=True)
        for each in said
    ]


def _teller(saying: Saying) -> str:
    return saying.voice or saying.outlet or saying.origin


def _is_later(one: Saying, other: Saying) -> bool:
    return (one.known, -_spread(one.figure), one.figure.best) > (other.known, -_spread(other.figure), other.figure.best)


def _spread(figure: Range) -> float:
    low, high = _ends(figure)
    return high - low


def _up_to_date(said: Sequence[Saying]) -> list[Saying]:
    """Tolls rise as the dead are found: a figure is out of date once others tell only higher ones on later days; one
    that several origins gave, once two of them do."""
    # From the day on which its origin first gave it: who repeats a figure later tells nothing newer.
    first: dict[tuple[str, Range], date] = {}
    for each in said:
        first[each.origin, each.figure] = min(each.known, first.get((each.origin, each.figure), each.known))
    standing = [replace(each, known=first[each.origin, each.figure]) for each in said if each.aside is None]
    made = []
    for each in said:
        newer = _newer(each, standing)
        reason = f"out of date: {newer.figure.best:g} told since" if newer else ""
        made.append(_aside(each, reason, replaced=True) if newer else each)
    return made


def _newer(saying: Saying, standing: Sequence[Saying]) -> Saying | None:
    """The first of the higher figures that put one out of date, of those that stand; None where it is not."""
    if saying.kind == "party":
        return None  # it is not for others to count for it: what it claims stands until it says otherwise
    value, top = saying.figure.best, _ends(saying.figure)[1]
    higher = [each for each in standing if each.known > saying.known and each.figure.best > top]
    told = sum(1 for each in standing if each.figure.best == value)
    if len(higher) < min(_SEVERAL, told) or not higher:
        return None
    first = min(higher, key=lambda each: (each.known, each.report))
    since = [each for each in standing if each.known >= first.known]
    if any(each.figure.best < value or _allows(each.figure, value) for each in since):
        return None  # somebody still tells it, or a lower one
    lone_leap = len(higher) == 1 and first.figure.best > _LEAP * max(1, value)
    return None if lone_leap else first


# --- choosing --------------------------------------------------------------------------------------------------------


class _Figure(Struct, frozen=True):
    """A figure that stands, whole or part, and who says it."""

    range: Range
    saying: Saying


class _Chosen(Struct, frozen=True, kw_only=True):
    low: float | None
    best: float
    high: float | None
    why: str
    low_from: tuple[str, ...]
    best_from: tuple[str, ...]
    high_from: tuple[str, ...]


def _chosen(figures: Sequence[_Figure], policy: Policy) -> _Chosen:
    best, why = _best(_trusted(_of_all(figures), policy), policy)
    backed = [each for each in figures if _support(each.range.best, figures) >= policy.support]
    low, low_from = _low(backed or figures, best)
    high, high_from = _high(backed or figures, best)
    return _Chosen(
        low=low, best=best, high=high, why=why,
        low_from=low_from, best_from=_claims(each for each in figures if each.range.best == best), high_from=high_from,
    )  # fmt: skip


def _of_all(figures: Sequence[_Figure]) -> Sequence[_Figure]:
    """The figures of everybody, where there are any: who counts one side's dead alone tells a part of the toll."""
    return [each for each in figures if each.saying.side is None] or figures


def _trusted(figures: Sequence[_Figure], policy: Policy) -> Sequence[_Figure]:
    if not policy.trusted_only:
        return figures
    top = min(policy.rank(each.saying.kind) for each in figures)
    return [each for each in figures if policy.rank(each.saying.kind) == top]


def _best(figures: Sequence[_Figure], policy: Policy) -> tuple[float, str]:
    """The figure that the policy calls best, and why, in words."""
    values = sorted(each.range.best for each in figures)
    origins = len({each.saying.origin for each in figures})
    match policy.best:
        case "lowest":
            return values[0], f"the lowest of {_told(origins)}"
        case "highest":
            return values[-1], f"the highest of {_told(origins)}"
        case "median":
            return values[(len(values) - 1) // 2], f"the median of {_told(origins)}"
        case "latest":
            last = max(figures, key=lambda each: (each.saying.known, -policy.rank(each.saying.kind), -each.range.best))
            return last.range.best, f"told last, on {last.saying.known}"
        case "most_supported":
            best = max(set(values), key=lambda value: _merits(value, figures, policy))
            return best, f"told by {_support(best, figures)} of {_told(origins)}{_ahead(best, figures, policy)}"


def _told(origins: int) -> str:
    return f"{origins} independent origin{'s' if origins > 1 else ''}"


def _merits(value: float, figures: Sequence[_Figure], policy: Policy) -> tuple[float, int, float]:
    """By what one figure goes before another: support, then trust, then the lower one. How recent it is has no say:
    what newer figures put out of date has none any more."""
    kinds: list[SourceKind] = [each.saying.kind for each in figures if each.range.best == value]
    support = sum(_backs(each.range, value) for each in figures)
    return support, -min(map(policy.rank, kinds)), -value


def _ahead(best: float, figures: Sequence[_Figure], policy: Policy) -> str:
    """What put the best figure before the others, in words, where it is not that more origins tell it."""
    others = {each.range.best for each in figures} - {best}
    told = _support(best, figures)
    if not others or told > max(_support(value, figures) for value in others):
        return ""
    support, trust, _ = _merits(best, figures, policy)
    as_well = [merits for value in others if (merits := _merits(value, figures, policy))[0] == support]
    as_trusted = [merits for merits in as_well if merits[1] == trust]
    if not as_well:
        allowing = {e.saying.origin for e in figures if e.range.best != best and _backs(e.range, best)}
        return f", and allowed by what {len(allowing)} other{'s tell' if len(allowing) > 1 else ' tells'}"
    if not as_trusted:
        return f"; others are as well supported, and its source, {_source(best, figures, policy)}, is trusted more"
    if len(as_trusted) == len(as_well):
        return "; others are as well supported, by sources as trusted, and it is the lowest"
    return (
        f"; others are as well supported, and of those whose source is trusted most, {_source(best, figures, policy)},"
        " it is the lowest"
    )


def _source(value: float, figures: Sequence[_Figure], policy: Policy) -> str:
    """The most trusted kind of source that gives a value, in words."""
    return SOURCE_WORDS[min((each.saying.kind for each in figures if each.range.best == value), key=policy.rank)]


def _backs(figure: Range, value: float) -> float:
    """How much a figure says for a value: all where it is the value, half where it only allows it."""
    low, high = _ends(figure)
    vague = figure.high is not None and high >= _VAGUE * max(1, low)
    if figure.best == value:
        return _HALF if vague else 1.0
    return _HALF if (vague or _is_open(figure)) and low <= value <= high else 0.0


def _support(value: float, figures: Sequence[_Figure]) -> int:
    """How many independent origins give a value."""
    return len({each.saying.origin for each in figures if each.range.best == value})


def _is_open(figure: Range) -> bool:
    return figure.low is None or figure.high is None


def _ends(figure: Range) -> tuple[float, float]:
    """Both ends, an open one as far as it may reach."""
    low = figure.low if figure.low is not None else figure.best / _OPEN_REACH
    return low, figure.high if figure.high is not None else figure.best * _OPEN_REACH


def _allows(figure: Range, value: float) -> bool:
    low, high = _ends(figure)
    return low <= value <= high


def _low(figures: Sequence[_Figure], best: float) -> tuple[float | None, tuple[str, ...]]:
    """The lowest that is said; null where all that is said is open below ("up to 12")."""
    low = min(best, *(_known(each.range.low, each.range.best) for each in figures))
    closed = any(each.range.low is not None for each in figures)
    return (low if closed else None), _claims(e for e in figures if _known(e.range.low, e.range.best) == low)


def _high(figures: Sequence[_Figure], best: float) -> tuple[float | None, tuple[str, ...]]:
    """The highest that is said; null where all that is said is open above ("at least 12")."""
    high = max(best, *(_known(each.range.high, each.range.best) for each in figures))
    closed = any(each.range.high is not None for each in figures)
    return (high if closed else None), _claims(e for e in figures if _known(e.range.high, e.range.best) == high)


def _known(bound: float | None, best: float) -> float:
    return best if bound is None else bound


def _claims(figures: Iterable[_Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for each in figures for key in each.saying.claims))


def _shares(standing: Sequence[Saying], policy: Policy) -> tuple[Share, ...]:
    """The parts that are told of, each with its own three numbers, by the same policy."""
    parts: dict[str, list[_Figure]] = {}
    for saying in standing:
        for of, figure in saying.parts:
            parts.setdefault(of, []).append(_Figure(figure, saying))
    made = []
    for of, figures in sorted(parts.items()):
        chosen = _chosen(figures, policy)
        made.append(Share(of=of, low=chosen.low, best=chosen.best, high=chosen.high, claims=chosen.best_from))
    return tuple(made)


# --- how the figure moved --------------------------------------------------------------------------------------------


def _steps(said: Sequence[Saying]) -> tuple[Step, ...]:
    """Every figure in the order it was known; a figure that had a say on its day moves what the next is compared to."""
    made: list[Step] = []
    running: float | None = None
    for each in sorted(said, key=lambda each: (each.known, each.report)):
        step = Step(
            known=each.known,
            report=each.report,
            claim=each.claims[0],
            outlet=each.outlet,
            voice=each.voice,
            low=each.figure.low,
            high=each.figure.high,
            move=_move(running, each.figure.best),
            set_aside=each.aside,
        )
        made.append(step)
        if each.aside is None or each.replaced:
            running = each.figure.best
    return tuple(made)


def _move(before: float | None, now: float) -> Literal["first", "same", "raised", "lowered"]:
    if before is None:
        return "first"
    return "same" if now == before else "raised" if now > before else "lowered"

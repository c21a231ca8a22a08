"""From how many independent origins an incident is known, and through whom each report has it.

A *dispatch* is a group of reports that copy one another; it is the work of one *house*: the agency that its reports
credit, else the outlet of the earliest. What a dispatch brings of its own is, claim by claim:

- the house's own word, and that of the sources it does not name (witnesses, officials, residents);
- the word of a party that it names: it is that party's, whoever passes it on. So is a headline or a lead that says no
  more than what the report then has a party say;
- the word of another house where it says "Reuters reported".

A dispatch counts as an origin if it brings one of these that no earlier dispatch brought. If it brings none it is a
*relay* of the origin that brought them first: a report more, and no origin. So is one that tells of the incident only
in passing and in its own voice, after others told it. Two dispatches of one house are not independent of each other,
whomever they quote: the later one belongs to the house's origin.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from dateline.incidents.credits import house_of, is_press, same_house, shown
from dateline.incidents.types import Brief, Copy, Origin, Telling, Voice
from dateline.world.actors import register

# Words that say what somebody is and not who: they name nobody, and part no one from anyone.
_ROLES = frozenset(
    "a an the one some several many two three other local senior top former official officials witness witnesses "
    "eyewitness eyewitnesses resident residents activist activists doctor doctors medic medics source sources "
    "authorities police investigators troops soldiers rebels people civilians villagers survivors relatives family "
    "neighbors neighbours hospital hospitals security military medical government state provincial regional city "
    "he she they it spokesman spokeswoman spokesperson his her their its who anonymous unnamed unidentified "
    "report reports statement media".split()
)
_WHERE = re.compile(r"\b(?:in|from|at|near|inside|outside|on)\b.*", re.DOTALL)  # "an official in Idlib" is not named
_WORD = re.compile(r"[^\W_]+")


class Saying(Struct, frozen=True):
    """Whose word a claim is. `kind` "house" with its name's key in `key`; "party" with its id or None, and the words
    of its name; "source" for one that is not named, with the house that has it and the words it is called by."""

    kind: str
    key: str | None
    words: frozenset[str] = frozenset()
    shown: str = ""


class Dispatch(Struct, frozen=True):
    """Reports that copy one another: the one they come from, whose work it is, and what each claim rests on."""

    report: str
    house: str
    name: str
    reports: tuple[str, ...]
    sayings: tuple[tuple[str, Saying], ...]  # claim's key and whose word it is
    leads: bool  # whether one of its reports is about the incident, and does not only mention it


def origins(
    claims: Sequence[Telling],
    briefs: Mapping[str, Brief],
    copies: Sequence[Copy],
    made: Sequence[Dispatch] | None = None,
) -> tuple[tuple[Origin, ...], int]:
    """The independent origins of an incident, the earliest first, and how many wordings its reports have.

    Args:
        claims: the claims of the incident.
        briefs: the briefs of their reports; others are taken where a copy links to them.
        copies: the copies of the ledger, at least those between these reports.
        made: the dispatches of these claims, where the caller has them already.
    """
    made = dispatches(claims, briefs, copies) if made is None else made
    return tuple(_origin(head, later, relays, copies) for head, later, relays in _heads(made)), len(made)


def origin_of_claim(
    claims: Sequence[Telling],
    briefs: Mapping[str, Brief],
    copies: Sequence[Copy],
    made: Sequence[Dispatch] | None = None,
) -> dict[str, str]:
    """Whose word each claim of an incident is, so that figures count independent origins: claims with the same answer
    are one. "party:…" is a named party, "house:…" an agency or outlet speaking itself, "source:…" one it does not name.

    Args:
        made: the dispatches of these claims, where the caller has them already.
    """
    known: list[Saying] = []
    answers: dict[str, str] = {}
    for dispatch in dispatches(claims, briefs, copies) if made is None else made:
        for key, saying in dispatch.sayings:
            first = next((one for one in known if _same(one, saying)), None)
            if first is None:
                known.append(first := saying)
            answers[key] = _label(first)
    return answers


def dispatches(claims: Sequence[Telling], briefs: Mapping[str, Brief], copies: Sequence[Copy]) -> tuple[Dispatch, ...]:
    """The dispatches that the reports of an incident are made of, the earliest first."""
    by_report: dict[str, list[Telling]] = {}
    for claim in claims:
        by_report.setdefault(claim.report, []).append(claim)
    told = [report for report in by_report if report in briefs]
    made = [_dispatch(group, by_report, briefs) for group in groups(told, briefs, copies)]
    return tuple(sorted(made, key=lambda one: (briefs[one.report].known, one.report)))


def groups(reports: Iterable[str], briefs: Mapping[str, Brief], copies: Sequence[Copy]) -> list[list[str]]:
    """The reports joined by copy links, each group with the report it comes from first.

    A link by way of a report that tells nothing of the incident joins as well: two excerpts of one dispatch.
    """
    head: dict[str, str] = {}

    def top(report: str) -> str:
        while head.get(report, report) != report:
            report = head[report]
        return report

    for copy in copies:
        head.setdefault(copy.original, copy.original)
        head[top(copy.copy)] = top(copy.original)
    together: dict[str, list[str]] = {}
    for report in sorted(reports):
        together.setdefault(top(report), []).append(report)
    return [sorted(group, key=lambda one: _earliest(one, group, briefs)) for group in together.values()]


def _earliest(report: str, group: Sequence[str], briefs: Mapping[str, Brief]) -> tuple[int, bool, int, str]:
    brief = briefs[report]
    credited = brief.outlet is not None and any(
        same_house(name, brief.outlet) for other in group for name in briefs[other].credits[:1]
    )
    return (brief.known.toordinal(), not credited, -brief.length, report)


def _dispatch(
    group: Sequence[str], by_report: Mapping[str, Sequence[Telling]], briefs: Mapping[str, Brief]
) -> Dispatch:
    name = _name(group, briefs)
    house = house_of(name)
    sayings = tuple(
        (claim.key, saying) for report in group for claim, saying in _sayings(by_report[report], house, name)
    )
    leads = any(claim.lead for report in group for claim in by_report[report])
    return Dispatch(report=group[0], house=house, name=name, reports=tuple(group), sayings=sayings, leads=leads)


def _name(group: Sequence[str], briefs: Mapping[str, Brief]) -> str:
    """Whose work a dispatch is: the agency that most of its reports credit first, else the earliest outlet."""
    credited: dict[str, int] = {}
    for report in group:
        for name in briefs[report].credits[:1]:
            credited[name] = credited.get(name, 0) + 1
    first = briefs[group[0]]
    if credited:
        return max(credited, key=lambda name: (credited[name], name))
    return shown(first.outlet) if first.outlet else first.given_id


def _sayings(claims: Sequence[Telling], house: str, name: str) -> list[tuple[Telling, Saying]]:
    """Whose word each claim of a report is; one in the report's own voice is that of whom it repeats."""
    made = _in_full([(claim, _saying(claim, house, name)) for claim in claims])
    said = [(claim, saying) for claim, saying in made if saying.kind != "house" or saying.key != house]
    answers = []
    for claim, saying in made:
        if saying.kind == "house" and saying.key == house:
            saying = next((other for one, other in said if _says_no_more(claim, one)), saying)
        answers.append((claim, saying))
    return answers


def _in_full(made: Sequence[tuple[Telling, Saying]]) -> list[tuple[Telling, Saying]]:
    """Who is named in full in a report is meant where the name is short: "the ministry", after "Interior Ministry"."""
    named = [saying for _, saying in made if saying.kind != "house"]

    def full(saying: Saying) -> Saying:
        longer = (other for other in named if saying.words < other.words)
        return next(longer, saying) if saying.kind != "house" and saying.words else saying

    return [(claim, full(saying)) for claim, saying in made]


def _saying(claim: Telling, house: str, name: str) -> Saying:
    """Whose word a claim is: the innermost party that is named, else the agency that it is taken from, else the house,
    by itself or by a source that it does not name."""
    agency: Saying | None = None
    source: Saying | None = None
    for voice in reversed(claim.voices):
        if voice.name is None:
            continue
        if (press := _press(voice)) is not None:
            agency = agency or press
        elif (party := _party(voice)) is not None:
            return party
        else:
            source = source or Saying("source", house, _words(voice.name), voice.name)
    if agency is not None:
        return agency
    return source or Saying("house", house, shown=name)


def _press(voice: Voice) -> Saying | None:
    """A voice that is an agency or outlet: "state news agency SANA", "a SANA reporter"."""
    written = voice.name or ""
    listed = register().actors.get(voice.actor_id or "")
    if listed is not None and listed.kind == "media":
        return Saying("house", listed.id, shown=listed.name)
    return Saying("house", house_of(written), shown=shown(written)) if is_press(written) else None


def _party(voice: Voice) -> Saying | None:
    """A voice that is named; None for "police", "a resident", "officials in Idlib"."""
    written = voice.name or ""
    words = _words(_WHERE.sub("", written)) - _ROLES
    named = any(word[0].isupper() for word in _WORD.findall(_WHERE.sub("", written)) if word.casefold() in words)
    if voice.actor_id is None and not (words and named):
        return None
    return Saying("party", voice.actor_id, words, written.removeprefix("the ").removeprefix("The "))


def _words(name: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(name)) - {"the", "a", "an", "of"}


def _says_no_more(own: Telling, said: Telling) -> bool:
    """Whether what a report says itself is what it also has somebody say: the same event, with no figure more."""
    if own.event != said.event or own.report != said.report:
        return False
    told = {(count.measure, count.low, count.high) for count in said.counts}
    return all((count.measure, count.low, count.high) in told for count in own.counts)


def _same(a: Saying, b: Saying) -> bool:
    """Whether two words are of one origin."""
    if a.kind == "party" == b.kind:
        if a.key is not None and b.key is not None:
            return a.key == b.key
        return bool(a.words and b.words) and (a.words <= b.words or b.words <= a.words)
    if {a.kind, b.kind} == {"party", "source"}:  # "the governor" after "Governor Khaled Amin"
        party, source = (a, b) if a.kind == "party" else (b, a)
        return bool(source.words - _ROLES) and source.words <= party.words
    return (a.kind, a.key, a.words) == (b.kind, b.key, b.words)


class _Head(NamedTuple):
    """A dispatch that is an origin, with its house's later ones and with those that only pass on what it brought."""

    dispatch: Dispatch
    later: list[Dispatch]
    relays: list[Dispatch]


def _heads(made: Sequence[Dispatch]) -> list[_Head]:
    heads: list[_Head] = []
    of_house: dict[str, _Head] = {}
    counted: list[tuple[Saying, _Head]] = []
    for dispatch in made:
        brought = list(dict.fromkeys(saying for _, saying in dispatch.sayings))
        before = [next((head for one, head in counted if _same(one, saying)), None) for saying in brought]
        known = [head for head in before if head is not None]
        head = of_house.get(dispatch.house)
        if head is not None:
            head.later.append(dispatch)
        elif brought and len(known) == len(brought):
            known[0].relays.append(dispatch)
            continue
        elif heads and not dispatch.leads and all(one.kind == "house" and one.key == dispatch.house for one in brought):
            heads[0].relays.append(dispatch)
            continue
        else:
            head = _Head(dispatch, [], [])
            heads.append(head)
            of_house[dispatch.house] = head
        counted += [(saying, head) for saying, first in zip(brought, before, strict=True) if first is None]
    return heads


def _origin(head: Dispatch, later: Sequence[Dispatch], relays: Sequence[Dispatch], copies: Sequence[Copy]) -> Origin:
    sayings = dict.fromkeys(saying for one in (head, *later) for _, saying in one.sayings)
    voices = tuple(dict.fromkeys(one.shown for one in sayings if one.kind != "house"))
    relayed = [one.shown for one in sayings if one.kind == "house" and one.key != head.house]
    alone = all(one.kind == "house" and one.key != head.house for one in sayings)
    return Origin(
        name=relayed[0] if relayed and alone else head.name,
        report=head.report,
        voices=voices,
        copies=tuple(link for one in (head, *later, *relays) for link in _copies_of(one, copies)),
        later=tuple(one.report for one in later),
        relays=tuple(one.report for one in relays),
    )


def _copies_of(dispatch: Dispatch, copies: Sequence[Copy]) -> tuple[Copy, ...]:
    reports = set(dispatch.reports)
    return _links(dispatch, [copy for copy in copies if copy.copy in reports])


def _links(head: Dispatch, copies: Iterable[Copy]) -> tuple[Copy, ...]:
    """One link for each copy of a dispatch, that to the report it comes from where there is one, else the closest."""
    best: dict[str, Copy] = {}
    for copy in copies:
        held = best.get(copy.copy)
        if copy.copy != head.report and (held is None or _closer(copy, held, head.report)):
            best[copy.copy] = copy
    return tuple(best[report] for report in head.reports if report in best)


def _closer(one: Copy, other: Copy, report: str) -> bool:
    return (one.original == report, one.score, one.original) > (other.original == report, other.score, other.original)


def _label(saying: Saying) -> str:
    if saying.kind == "party":
        return f"party:{saying.key or ' '.join(sorted(saying.words))}"
    return f"{saying.kind}:{saying.key or ''}" + (f"/{' '.join(sorted(saying.words))}" if saying.words else "")

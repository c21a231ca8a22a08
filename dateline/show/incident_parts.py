"""The parts of an incident's page: how a figure moved, contradictions, claims with their quotes, matches, decisions.

Claims are called by their numbers on the page, in the order in which they were known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rich.text import Text

from dateline.incidents import words
from dateline.incidents.case import Case, Heading
from dateline.incidents.quotes import told_elsewhere
from dateline.incidents.types import Estimate, Feature, Match, Quoted, Step
from dateline.ledger import StoredClaim
from dateline.show import incident_rows, phrasing, rows
from dateline.show.claims_page import says, short_ids
from dateline.show.decisions_page import decision_lines
from dateline.show.incident_rows import SHORT, refs
from dateline.show.layout import GUTTER, hanging, packed, styled
from dateline.show.phrasing import GLUE, clean
from dateline.show.rows import DOUBT, QUIET, STRONG

Numbers = Mapping[str, int]

_REPLACED = "since"  # how figures.py ends its reason where a later figure took an earlier one's place
_ROOM = 24  # cells; with less of it beside a label, words stand under it
_SIDE = 24  # cells of what one side says, beside who says it
_SUGGESTIONS = 3
_START = "bias"  # of every sum of features: the same for each pair
_FEATURES = 3  # of a match, in the short list
_DAYS_IN_WORDS = ("", "one day", "two days", "three days", "four days", "five days", "six days")


def numbers_of(case: Case) -> dict[str, int]:
    return {key: number for number, key in enumerate(case.incident.claims, 1)}


def section(title: str, lines: Iterable[Text]) -> list[Text]:
    """A heading and what stands under it, two cells further in; nothing where there is nothing."""
    body = [Text(" " * GUTTER) + line for line in lines]
    return [Text(), styled(title, STRONG), *body] if body else []


# --- figures ---------------------------------------------------------------------------------------------------------


def moves(estimate: Estimate) -> str:
    """How the figure moved from day to day: "24 → 43 → 70 in three days"; empty where it never did.

    Where one day has several figures, they stand as the lowest and the highest of them.
    """
    by_day: dict[date, list[float]] = {}
    for step in filter(counted, estimate.steps):
        value = step.high if step.high is not None else step.low
        if value is not None:
            by_day.setdefault(step.known, []).append(value)
    told: list[tuple[date, str]] = []
    for day, values in by_day.items():
        amount = words.bounds(min(values), max(values))
        if not told or told[-1][1] != amount:
            told.append((day, amount))
    if len(told) < 2:
        return ""
    days = (told[-1][0] - told[0][0]).days
    within = _DAYS_IN_WORDS[days] if days < len(_DAYS_IN_WORDS) else f"{days} days"
    return f"{' → '.join(amount for _, amount in told)} in {within}"


def counted(step: Step) -> bool:
    """Whether a figure has a say, or had one until a later figure took its place."""
    return step.set_aside is None or step.set_aside.endswith(_REPLACED)


def steps(
    estimate: Estimate, numbers: Numbers, reports: Mapping[str, Heading], width: int, *, every: bool
) -> list[Text]:
    """Each figure by the day it was known, who said it, and why it has no say; `every` tells those that moved nothing
    as well."""
    shown = [step for step in estimate.steps if every or (step.move != "same" and counted(step))]
    if not shown or (len(shown) == 1 and not every):
        return []
    amounts = [words.bounds(step.low, step.high) for step in shown]
    wide = max(map(len, amounts))
    lines = []
    for step, amount in zip(shown, amounts, strict=True):
        label = styled(f"{step.known}  ", QUIET).append(f"{amount:>{wide}}").append(f"  {_moved(step):<7}  ", QUIET)
        body = Text(_voice(step)).append(_numbered(step, numbers), QUIET)
        if step.set_aside and (every or not counted(step)):
            body.append(f"{GLUE}· no say: {named(step.set_aside, reports)}", QUIET)
        lines += beside(label, body, width)
    return lines


def beside(label: Text, body: Text, width: int) -> list[Text]:
    """`body` beside its label, or under it where the label leaves too little room."""
    if width - label.cell_len >= _ROOM:
        return hanging(label, body, width, label.cell_len)
    head = label.copy()
    head.rstrip()
    return [head, *hanging(Text(), body, width, 2 * GUTTER)]


def named(reason: str, reports: Mapping[str, Heading]) -> str:
    """A reason with the reports in it called by outlet and day."""
    for id, heading in reports.items():
        if id in reason:
            day = f" {heading.published}" if heading.published else ""
            reason = reason.replace(id, f"{heading.outlet}{day}")
    return clean(reason)


def _moved(step: Step) -> str:
    return "" if step.move == "same" else step.move


def _voice(step: Step) -> str:
    """Who says it, through whom: "Harrow Gazette ← interior ministry"."""
    outlet, voice = clean(step.outlet or "outlet not stated"), clean(step.voice or "")
    return f"{outlet} ←{GLUE}{voice}" if voice and voice != outlet else outlet


def _numbered(step: Step, numbers: Numbers) -> str:
    return f" ({numbers[step.claim]})" if step.claim in numbers else ""


def parts(estimate: Estimate) -> str:
    """Of whom: "children 3–4–5, women 2"."""
    said = (f"{clean(each.of)}{GLUE}{words.three(each.low, each.best, each.high)}" for each in estimate.parts)
    return ", ".join(said)


# --- claims ----------------------------------------------------------------------------------------------------------


def contradictions(case: Case, numbers: Numbers, width: int) -> list[Text]:
    """Field by field both sides: what is said, by whom, in which claims."""
    lines: list[Text] = []
    for each in case.incident.contradictions:
        lines += hanging(Text(), styled(words.disputed(each.field), DOUBT), width, 0)
        indent = GUTTER + min(_SIDE, max(len(clean(side.says)) for side in each.sides)) + GUTTER
        for side in each.sides:
            says = styled(f"  {clean(side.says)}", STRONG)
            voices = Text(clean(words.listed(side.voices))).append(f" ({refs(side.claims, numbers)})", QUIET)
            if says.cell_len + GUTTER > indent:
                lines += [*hanging(Text(), says, width, 0), *hanging(Text(), voices, width, indent)]
            else:
                lines += hanging(says, voices, width, indent)
    return lines


def set_aside(case: Case, numbers: Numbers, width: int) -> list[Text]:
    """What has no say, by reason."""
    by_reason: dict[str, list[str]] = {}
    for key, why in case.incident.set_aside.items():
        by_reason.setdefault(why, []).append(key)
    lines: list[Text] = []
    for why, keys in by_reason.items():
        lines += hanging(
            Text(), styled(named(why, case.reports), DOUBT).append(f" ({refs(keys, numbers)})", QUIET), width, 0
        )
    return lines


def claims(case: Case, keys: Sequence[str], numbers: Numbers, width: int) -> list[Text]:
    """Claims by number: id, outlet and day, voice chain; under it the quote, and why it has no say."""
    stored = [case.claims[key] for key in keys]
    places = len(str(max((numbers[key] for key in keys), default=1)))
    indent = places + GUTTER
    lines: list[Text] = []
    for key, each, short in zip(keys, stored, short_ids(stored), strict=True):
        head = Text(says(each)).append(f"  {short}", QUIET)
        lines += hanging(styled(f"{numbers[key]:>{places}}", QUIET), head, width, indent)
        lines += hanging(Text(), rows.marked(each.claim.quote, each.claim.trigger), width, indent)
        for quoted in _numbers_elsewhere(case, each):
            lines += hanging(styled("its number ", QUIET), rows.marked(quoted.sentence, quoted.words), width, indent)
        if why := case.incident.set_aside.get(key):
            lines += hanging(Text(), styled(f"no say: {named(why, case.reports)}", DOUBT), width, indent)
    return lines


def _numbers_elsewhere(case: Case, claim: StoredClaim) -> list[Quoted]:
    """Where the numbers that a claim stands for are told, beside its quote, each sentence once."""
    told = [quoted for each in case.incident.figures if (quoted := told_elsewhere(each, claim))]
    return list({quoted.sentence: quoted for quoted in reversed(told)}.values())


# --- matches ---------------------------------------------------------------------------------------------------------


def tree(matches: Sequence[Match]) -> list[Match]:
    """The surest pairs that hold all claims together; the matches come surest first."""
    head: dict[str, str] = {}

    def top(key: str) -> str:
        while head.get(key, key) != key:
            key = head[key]
        return key

    made = []
    for each in matches:
        one, other = top(each.a), top(each.b)
        if one != other:
            head[one] = other
            made.append(each)
    return made


def match_lines(matches: Sequence[Match], numbers: Numbers, width: int, *, every: bool) -> list[Text]:
    """Pairs of claims with their probability and features: the weightiest few on a line, or each with what it compared.

    A feature's number is its share of the log-odds, value times weight.
    """
    shown = [each for each in matches if each.a in numbers and each.b in numbers]
    wide = max((len(_pair(each, numbers)) for each in shown), default=0)
    lines: list[Text] = []
    for each in shown:
        label = styled(f"{_pair(each, numbers):<{wide}}", STRONG).append(f"  {sure(each.probability)}  ")
        ordered = sorted(each.features, key=lambda feature: -abs(feature.value * feature.weight))
        if every:
            label.rstrip()
            lines.append(label)
            lines += [line for feature in ordered for line in _feature_line(feature, width)]
            continue
        telling = [feature for feature in ordered if feature.name != _START]
        told = [Text(f"{clean(feature.name)}{GLUE}{_share(feature)}") for feature in telling[:_FEATURES]]
        indent = label.cell_len
        for at, line in enumerate(packed(told, width - indent)):
            lines.append((label if at == 0 else Text(" " * indent)) + line)
    return lines


def sure(probability: float) -> str:
    """A probability in two digits; what comes from a sum of weights is never certain."""
    return f"{min(max(probability, 0.01), 0.99):.0%}".rjust(3)


def _feature_line(feature: Feature, width: int) -> list[Text]:
    label = Text(f"    {_share(feature):>5}  ")
    body = Text(clean(feature.name)).append(f"  {feature.value:g} × {feature.weight:g}".replace("-", "−"), QUIET)
    if feature.said:
        body.append(f"  {clean(feature.said)}", QUIET)
    return hanging(label, body, width, label.cell_len)


def _pair(match: Match, numbers: Numbers) -> str:
    one, other = sorted((numbers[match.a], numbers[match.b]))
    return f"{one} – {other}"


def _share(feature: Feature) -> str:
    return f"{feature.value * feature.weight:+.1f}".replace("-", "−")


# --- people, and other incidents -------------------------------------------------------------------------------------


def decisions(case: Case, width: int) -> list[Text]:
    return [line for each in case.decisions for line in decision_lines(each, width, undone=each.id in case.undone)]


def suggestions(case: Case, width: int) -> list[Text]:
    """Other incidents that may be the same, each with how to say so."""
    mine, found = case.incident.id[:SHORT], case.incident.suggestions
    lines: list[Text] = []
    for each in found[:_SUGGESTIONS]:
        label = styled(f"{each.incident[:SHORT]}  ", QUIET).append(f"{sure(each.probability)}  ")
        lines += hanging(label, Text(clean(case.others.get(each.incident, ""))), width, label.cell_len)
    if len(found) > _SUGGESTIONS:
        lines.append(styled(f"and {len(found) - _SUGGESTIONS:,} more, in --json", QUIET))
    other = found[0].incident[:SHORT] if len(found) == 1 else "OTHER"
    for lead, verb in (("say so: ", "same"), ("or not: ", "different")):
        if found:
            lines += hanging(styled(lead, QUIET), Text(f"dateline decide {verb} {mine} {other}"), width, len(lead))
    return lines


def came_true(case: Case, width: int) -> list[Text]:
    incident = case.incident
    ids = (incident.came_true,) if incident.came_true else ()
    return _others(case, ids, width)


def foretold(case: Case, width: int) -> list[Text]:
    return _others(case, case.incident.foretold_by, width)


def _others(case: Case, ids: Iterable[str], width: int) -> list[Text]:
    lines: list[Text] = []
    for id in ids:
        label = styled(f"{id[:SHORT]}  ", QUIET)
        lines += hanging(label, Text(clean(case.others.get(id, ""))), width, label.cell_len)
    return lines


def quoted_groups(
    case: Case, title: str, groups: Iterable[tuple[str, Sequence[str]]], numbers: Numbers, width: int
) -> Iterator[Text]:
    """Claims under what they say, `title` ("for", "against") before it: each with its quote."""
    for at, (says_so, keys) in enumerate(groups):
        if at:
            yield Text()
        known = [key for key in keys if key in case.claims]
        label = f"{title}  " if title else ""
        yield from hanging(styled(label, QUIET), styled(clean(says_so), STRONG), width, len(label))
        for line in claims(case, known, numbers, width - GUTTER):
            yield Text(" " * GUTTER) + line


def glance(case: Case) -> str:
    """What stands under the sentence: id, how it is told, since when."""
    incident = case.incident
    known = phrasing.days(incident.first_known, incident.last_known)
    counts = incident_rows.told_by(incident)
    wordings = incident_rows.glued(incident.wordings, "wording")
    return f"{counts}, {wordings}{f' · told {known}' if known else ''}"

"""One incident and why it is so: what `dateline why` prints.

The sentence made from its fields; then field by field the value, the rule that chose it and the claims for and against,
by their numbers; contradictions with both sides; the claims with their quotes; what holds them together; what people
decided; other incidents that it is linked to.
"""

from collections.abc import Iterator

from rich.text import Text

from dateline.incidents.case import Case, reason_for
from dateline.incidents.reasons import Reason, Said
from dateline.incidents.types import Estimate
from dateline.show import incident_parts as parts
from dateline.show.incident_parts import Numbers
from dateline.show.incident_rows import SHORT, refs
from dateline.show.layout import GUTTER, hanging, packed, styled, wrap
from dateline.show.phrasing import clean
from dateline.show.rows import DOUBT, QUIET, STRONG

_CLAIMS = 25  # claims on the whole page; all of them under `dateline why INCIDENT claims`
_LABELS = {
    "happened": "whether",
    "event": "what",
    "time": "when",
    "place": "where",
    "actors": "who",
    "targets": "to whom",
    "status": "status",
}


def incident_page(case: Case, *, width: int, field: str | None = None) -> Iterator[Text]:
    """The lines of an incident, or of one of its fields with the quotes that it rests on.

    Raises:
        InputError: the incident has no such field.
    """
    numbers = parts.numbers_of(case)
    reason = reason_for(case, field) if field else None
    yield from wrap(styled(clean(case.sentence), STRONG), width)
    yield from wrap(styled(f"{case.incident.id} · {parts.glance(case)}", QUIET), width)
    if field is None:
        yield from _whole(case, numbers, width)
    elif reason is None:
        yield from _section(case, field, numbers, width)
    else:
        yield from _one_field(case, reason, numbers, width)


# --- the whole -------------------------------------------------------------------------------------------------------


def _whole(case: Case, numbers: Numbers, width: int) -> Iterator[Text]:
    room = width - GUTTER
    indent = max(len(_LABELS.get(each.field, each.field)) for each in case.reasons) + GUTTER
    fields: list[Text] = []
    for each in case.reasons:
        fields += _field(case, each, numbers, room, indent)
    yield from parts.section("Fields (claims by number)", fields)
    yield from parts.section("Contradictions", parts.contradictions(case, numbers, room))
    yield from parts.section("Set aside", parts.set_aside(case, numbers, room))
    yield from parts.section("Came true", parts.came_true(case, room))
    yield from parts.section("Foretold by", parts.foretold(case, room))
    yield from parts.section("May be the same", parts.suggestions(case, room))
    yield from parts.section("Decisions", parts.decisions(case, room))
    yield from parts.section("Claims", _claims(case, numbers, room))
    yield from parts.section("Held together by", _matches(case, numbers, room))


def _field(case: Case, reason: Reason, numbers: Numbers, width: int, indent: int) -> list[Text]:
    label = styled(_LABELS.get(reason.field, reason.field), QUIET)
    lines = hanging(label, styled(clean(reason.value), STRONG), width, indent)
    room, margin = width - indent, Text(" " * indent)
    estimate = _estimate(case, reason.field)
    beneath = [*wrap(_rule(reason), room), *_support(reason, numbers, room, estimate)]
    if estimate is not None:
        beneath += _history(case, estimate, numbers, room, every=False)
    return lines + [margin + line for line in beneath]


def _rule(reason: Reason) -> Text:
    if reason.decided:
        return styled(f"set by decision {reason.decided[:SHORT]}", DOUBT)
    return styled(clean(reason.rule), QUIET)


def _estimate(case: Case, field: str) -> Estimate | None:
    return next((each for each in case.incident.figures if each.measure == field), None)


def _support(reason: Reason, numbers: Numbers, width: int, estimate: Estimate | None) -> list[Text]:
    """The claims for and against by number; of a figure, where its three numbers come from."""
    if estimate is not None:
        told = [_from(each, reason.value, numbers) for each in (*reason.backed, *reason.against)]
    else:
        told = [
            _side("for", reason.backed, numbers, reason.value),
            _side("against" if reason.field != "event" else "also", reason.against, numbers, ""),
        ]
    return packed([each for each in told if each.plain], width)


def _from(said: Said, value: str, numbers: Numbers) -> Text:
    """Such as "best 18 from 4, 5", or "from 4" where the number is the field's own."""
    made = Text("" if said.says == value else f"{said.says} ")
    return made.append("from ", QUIET).append(refs(said.claims, numbers))


def _side(name: str, groups: tuple[Said, ...], numbers: Numbers, value: str) -> Text:
    """Such as "for 1–3", "against 4 (denied)"; what says just the value is not repeated."""
    if not groups:
        return Text()
    made = styled(f"{name} ", QUIET)
    for at, each in enumerate(groups):
        said = "" if each.says == value else f" ({clean(each.says)})"
        made.append(f"{'; ' if at else ''}{refs(each.claims, numbers)}").append(said, QUIET)
    return made


def _history(case: Case, estimate: Estimate, numbers: Numbers, width: int, *, every: bool) -> list[Text]:
    lines: list[Text] = []
    if of_whom := parts.parts(estimate):
        lines += hanging(styled("of them ", QUIET), Text(of_whom), width, len("of them "))
    if moved := parts.moves(estimate):
        lines += wrap(Text(moved), width)
    return lines + parts.steps(estimate, numbers, case.reports, width, every=every)


def _claims(case: Case, numbers: Numbers, width: int) -> list[Text]:
    keys = case.incident.claims
    lines = parts.claims(case, keys[:_CLAIMS], numbers, width)
    if len(keys) > _CLAIMS:
        more = f"and {len(keys) - _CLAIMS:,} more: dateline why {case.incident.id[:SHORT]} claims"
        lines += wrap(styled(more, QUIET), width)
    return lines


def _matches(case: Case, numbers: Numbers, width: int) -> list[Text]:
    chosen = parts.tree(case.matches)
    lines = parts.match_lines(chosen[:_CLAIMS], numbers, width, every=False)
    if case.matches:
        left = len(case.matches) - len(chosen[:_CLAIMS])
        pairs = f"; {left:,} more {'pair' if left == 1 else 'pairs'}" if left else ""
        more = f"every feature with what it compared{pairs}: dateline why {case.incident.id[:SHORT]} matches"
        lines += wrap(styled(more, QUIET), width)
    return lines


# --- one field -------------------------------------------------------------------------------------------------------


def _section(case: Case, name: str, numbers: Numbers, width: int) -> list[Text]:
    room = width - GUTTER
    match name:
        case "claims":
            return parts.section("Claims", parts.claims(case, case.incident.claims, numbers, room))
        case "matches":
            chosen = parts.tree(case.matches)
            lines = parts.match_lines(chosen, numbers, room, every=True)
            if left := len(case.matches) - len(chosen):
                more = f"{left:,} more {'pair' if left == 1 else 'pairs'} that hold together no more claims: --json"
                lines += wrap(styled(more, QUIET), room)
            return parts.section("Matches (shares of the log-odds)", lines) or _none("no two claims")
        case "decisions":
            return parts.section("Decisions", parts.decisions(case, room)) or _none("nothing was decided about it")
        case _:
            lines = parts.contradictions(case, numbers, room)
            return parts.section("Contradictions", lines) or _none("the claims disagree on nothing")


def _none(said: str) -> list[Text]:
    return [Text(), styled(said, QUIET)]


def _one_field(case: Case, reason: Reason, numbers: Numbers, width: int) -> Iterator[Text]:
    yield Text()
    label = f"{_LABELS.get(reason.field, reason.field)}  "
    yield from hanging(styled(label, QUIET), styled(clean(reason.value), STRONG), width, len(label))
    yield from hanging(Text(), _rule(reason), width, len(label))
    estimate = _estimate(case, reason.field)
    if estimate is not None:
        for line in _history(case, estimate, numbers, width - len(label), every=True):
            yield Text(" " * len(label)) + line
    against = "also" if reason.field == "event" else "against"
    for title, groups in (("for", reason.backed), (against, reason.against)):
        if groups:
            yield Text()
        pairs = [(each.says, each.claims) for each in groups]
        yield from parts.quoted_groups(case, "" if estimate else title, pairs, numbers, width)

"""What changed between two days, each with what caused it: what `dateline diff` prints for people."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rich.text import Text

from dateline.incidents import words
from dateline.incidents.diff import Cause, Change, FieldChange, Numbers, Value
from dateline.ledger import StoredClaim
from dateline.show import phrasing, rows
from dateline.show.claims_page import says
from dateline.show.incident_rows import SHORT, refs
from dateline.show.layout import GUTTER, hanging, styled
from dateline.show.phrasing import clean
from dateline.show.rows import DOUBT, QUIET, STRONG

Claims = Mapping[str, StoredClaim]

_CAUSES = 5  # causes told with their quotes; more are counted
_KINDS = {
    "added": "new",
    "gone": "gone",
    "merged": "merged",
    "split": "split",
    "regrouped": "regrouped",
    "changed": "changed",
}
_WIDE = max(map(len, _KINDS.values())) + GUTTER
_FIELDS = {
    "time": "when",
    "place": "where",
    "event": "what",
    "actors": "who",
    "targets": "to whom",
    "contradictions": "disagree on",
    "came_true": "came true",
    "accepted_by": "accepted by",
}


def diff_page(found: Sequence[Change], first: date, last: date, claims: Claims, *, width: int) -> Iterator[Text]:
    """Each change under what became of it: the incident in one sentence, field by field before → after, and why."""
    for each in found:
        yield from _change(each, claims, width)
        yield Text()
    yield from hanging(Text(), styled(_counted(found, first, last), QUIET), width, 0)


def _counted(found: Sequence[Change], first: date, last: date) -> str:
    kinds = Counter(each.kind for each in found)
    said = ", ".join(f"{kinds[kind]:,} {word}" for kind, word in _KINDS.items() if kinds[kind])  # type: ignore[index]
    return f"{first} to {last}: {said or 'nothing changed'}"


def _change(change: Change, claims: Claims, width: int) -> Iterator[Text]:
    label = styled(f"{_KINDS[change.kind]:<{_WIDE}}", DOUBT if change.kind == "gone" else STRONG)
    shown = change.after or change.before
    for at, (id, told) in enumerate(zip(shown, change.told, strict=True)):
        body = styled(f"{id[:SHORT]}  ", QUIET).append(clean(told), "")
        yield from hanging(label if at == 0 else Text(), body, width, _WIDE)
    if change.kind in ("merged", "regrouped", "split"):
        yield from hanging(Text(), styled(f"was {_ids(change.before)}", QUIET), width, _WIDE)
    yield from _fields(change, width)
    yield from _why(change.causes, claims, width)


def _ids(ids: Sequence[str]) -> str:
    return phrasing.listed(id[:SHORT] for id in ids)


def _fields(change: Change, width: int) -> Iterator[Text]:
    """Field by field before → after, with the numbers of the causes that bear on it where not all of them do."""
    wide = max((len(_name(field)) for field in change.fields), default=0) + GUTTER
    numbers = {cause.id: number for number, cause in enumerate(change.causes, 1)}
    for field in change.fields:
        body = Text(f"{told(field.before)} → ").append(told(field.after), STRONG)
        if len(field.causes) < len(change.causes):
            body.append(f"  by {refs((each.id for each in field.causes), numbers)}", QUIET)
        label = styled(f"{' ' * _WIDE}{_name(field)}", QUIET)
        yield from hanging(label, body, width, _WIDE + wide)


def _name(field: FieldChange) -> str:
    return _FIELDS.get(field.field, field.field)


def told(value: Value) -> str:
    """A field's value as people read it."""
    if value is None or value == ():
        return "nothing"
    if isinstance(value, Numbers):
        return words.three(value.low, value.best, value.high)
    if isinstance(value, tuple):
        return clean(", ".join(value))
    return phrasing.number(value) if isinstance(value, int) else clean(value.replace("_", " "))


def _why(causes: Sequence[Cause], claims: Claims, width: int) -> Iterator[Text]:
    for number, each in enumerate(causes[:_CAUSES], 1):
        yield from _cause(number, each, claims, width)
    if len(causes) > _CAUSES:
        more = f"and {len(causes) - _CAUSES:,} more: {_kinds(causes[_CAUSES:])}"
        yield from hanging(Text(), styled(more, QUIET), width, _WIDE)


def _kinds(causes: Sequence[Cause]) -> str:
    kinds = Counter(each.kind for each in causes)
    named = {
        "new": "newly known",
        "set_aside": "set aside",
        "heard_again": "no longer set aside",
        "lost": "no longer read",
    }
    said = (f"{number:,} {named.get(kind, 'decided')}" for kind, number in kinds.items())
    return ", ".join(said)


def _cause(number: int, cause: Cause, claims: Claims, width: int) -> list[Text]:
    label = styled(f"{' ' * _WIDE}{number}", QUIET)
    indent = label.cell_len + GUTTER
    stored = claims.get(cause.id)
    if stored is None:
        body = Text(clean(cause.said)).append(f"  {cause.id.rpartition('/')[2][:SHORT]}", QUIET)
        return hanging(label, body, width, indent)
    head = Text(says(stored)).append(f"  {stored.claim.id[:SHORT]}", QUIET)
    if cause.kind != "new":
        head.append(f"  {clean(cause.said)}", DOUBT)
    quote = rows.marked(stored.claim.quote, stored.claim.trigger)
    return [*hanging(label, head, width, indent), *hanging(Text(), quote, width, indent)]

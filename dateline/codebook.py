"""The codebook: every closed list of the record as Markdown, made from `codes.py` so that the two cannot part."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from dateline.codes import (
    ACTOR_KINDS,
    EVENTS,
    MEASURES,
    MODALITIES,
    PLACE_PRECISIONS,
    VERIFICATIONS,
    CheckKind,
    CheckVerdict,
    EvidenceKind,
    PlaceRole,
    Qualifier,
    RelationKind,
    TimePrecision,
    TimexType,
)

_INTRODUCTION = """# Codebook

Made by `dateline codebook` from `dateline/codes.py`; edit that file, not this one. Where a cell is empty, the other
schema has no place for the code."""
_EVENTS_NOTE = """A claim has one event type. The last three columns say where it lands in PLOVER (event types), in
ACLED (event type / sub-event type) and in UCDP GED (what its definition of an event rests on)."""
_ACTORS_NOTE = """What kind of party an actor or target is (`kind`), and ACLED's type of actor."""
# The lists whose members explain themselves: a name, and where in the record it stands.
_SHORT_LISTS: tuple[tuple[str, object], ...] = (
    ("`places[].role`", PlaceRole),
    ("`relation.kind`", RelationKind),
    ("`time.type` (TIMEX3)", TimexType),
    ("`time.precision`", TimePrecision),
    ("`figures[].qualifier`", Qualifier),
    ("`evidence[].kind`", EvidenceKind),
    ("`checks[].kind`", CheckKind),
    ("`checks[].verdict`", CheckVerdict),
)


def codebook() -> str:
    """The whole codebook in Markdown, ending in a newline. The same code gives the same bytes."""
    parts = (
        _INTRODUCTION,
        f"## Events\n\n{_EVENTS_NOTE}\n\n{_events()}",
        f"## Measures\n\nWhat a figure counts.\n\n{_meanings('measure', MEASURES)}",
        f"## Modality\n\nWhether it happened, as the claim puts it.\n\n{_meanings('modality', MODALITIES)}",
        f"## Verification\n\nWhat the report says of its checking.\n\n{_meanings('verification', VERIFICATIONS)}",
        f"## Place precision\n\nHow exactly a place is known.\n\n{_meanings('precision', PLACE_PRECISIONS)}",
        f"## Actors\n\n{_ACTORS_NOTE}\n\n{_actors()}",
        f"## Other lists\n\n{_table(('field', 'values'), ((name, _codes(get_args(of))) for name, of in _SHORT_LISTS))}",
    )
    return "\n\n".join(parts) + "\n"


def _events() -> str:
    rows = (
        (f"`{name}`", event.covers, ", ".join(event.plover), "; ".join(event.acled), ", ".join(event.ucdp))
        for name, event in EVENTS.items()
    )
    return _table(("event", "what it covers", "PLOVER", "ACLED", "UCDP"), rows)


def _actors() -> str:
    return _table(("kind", "who", "ACLED"), ((f"`{kind}`", who.covers, who.acled) for kind, who in ACTOR_KINDS.items()))


def _meanings(title: str, meanings: Mapping[Any, str]) -> str:
    return _table((title, "meaning"), ((f"`{name}`", meaning) for name, meaning in meanings.items()))


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)

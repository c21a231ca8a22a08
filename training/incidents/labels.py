"""The labels of which claims tell of one incident, and the claims they are about (format: guide.md)."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

from msgspec import Struct

from dateline.incidents.sheet import Claimed

FILES = tuple(Path(__file__).with_name(f"labels_{letter}.jsonl") for letter in "ab")
UNCLEAR = "-"


class Lettered(Struct, frozen=True):
    """A labelled claim: where its trigger stands, and the letters of what it tells of within its group."""

    where: str
    start: int
    end: int
    event: str
    letters: frozenset[str]


class Labelled(Struct, frozen=True):
    """The labels of one report."""

    group: str
    report: str
    claims: tuple[Lettered, ...]


class Pair(Struct, frozen=True):
    """Two claims of one group, as places in a list of claims, and whether they are of one incident."""

    group: str
    a: int
    b: int
    same: bool


def read(files: Iterable[Path] = FILES) -> tuple[Labelled, ...]:
    """The labels of every report, in the order of the files."""
    made = []
    for path in files:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            claims = tuple(
                Lettered(c.get("in", "text"), *c["trigger"], c["event"], frozenset(c["incident"].split("+")))
                for c in row["claims"]
            )
            made.append(Labelled(f"{path.stem}/{row['group']}", row["report"], claims))
    return tuple(made)


def same(one: frozenset[str], two: frozenset[str], *, one_report: bool) -> bool | None:
    """Whether two claims are of one incident; None where the labels leave it open.

    An event and its plan are two. A claim of several events is open beside a claim of one of them. What only one claim
    tells of ("u1") is another thing than all else; its number counts within a report.
    """
    if UNCLEAR in one or UNCLEAR in two:
        return None
    if all(letter.startswith("u") and letter[1:].isdigit() for letter in one & two) and one & two and not one_report:
        return False
    if one == two:
        return True
    return None if one & two else False


def pairs(labelled: Sequence[Labelled], claims: Sequence[Claimed], spans: Sequence[tuple[str, int, int]]) -> list[Pair]:
    """All decided pairs of claims within a group.

    Args:
        claims: of the labelled reports, as the reader reads them now.
        spans: the trigger of each: where it stands, its start and end.
    """
    letters = dict(_lettered(labelled, claims, spans))
    groups: dict[str, list[int]] = {}
    group_of = {one.report: one.group for one in labelled}
    for at in sorted(letters):
        groups.setdefault(group_of[claims[at].brief.given_id], []).append(at)
    made = []
    for group, members in groups.items():
        for a, b in combinations(members, 2):
            found = same(letters[a], letters[b], one_report=claims[a].brief.id == claims[b].brief.id)
            if found is not None:
                made.append(Pair(group, a, b, found))
    return made


def _lettered(
    labelled: Sequence[Labelled], claims: Sequence[Claimed], spans: Sequence[tuple[str, int, int]]
) -> Iterator[tuple[int, frozenset[str]]]:
    """The letters of each claim whose trigger was labelled; a later reader may find others."""
    found = {(one.report, c.where, c.start, c.end): c.letters for one in labelled for c in one.claims}
    for at, (claim, span) in enumerate(zip(claims, spans, strict=True)):
        letters = found.get((claim.brief.given_id, *span))
        if letters is not None:
            yield at, letters

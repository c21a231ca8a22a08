"""Claims in groups of one incident each: what happened apart from what was only expected, and what was set aside last.

What is planned, demanded or feared is never one with what happened. What is denied is of the incident that others
assert; where nobody asserts it and it was only expected, the denial says that it did not come; where only what was
taken back asserted it, the denial goes where that goes.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dateline.codes import Modality
from dateline.incidents.cluster import Pair, cluster, components
from dateline.incidents.match import SAME, Scored
from dateline.incidents.partings import apart
from dateline.incidents.types import Telling

REAL: frozenset[Modality] = frozenset(("actual", "denied"))

Group = tuple[str, ...]


def grouped(
    tellings: Iterable[Telling],
    pairs: Sequence[Scored],
    known: Mapping[str, date],
    *,
    must: Sequence[Pair],
    cannot: Sequence[Pair],
    aside: set[str],
) -> list[Group]:
    """The groups, each sorted, in the order of their first claims.

    Args:
        pairs: the pairs that were compared.
        known: the day on which each report was known.
        must, cannot: pairs that people put together or held apart.
        aside: claims that have no say. They join the group that they are most like, and join no two groups: a report
            that was taken back must not hold together what nobody else puts together.
    """
    told = list(tellings)
    modality = {telling.key: telling.modality for telling in told}
    within = [pair for pair in pairs if _one_realm(modality, pair.a, pair.b)]
    across = [pair for pair in pairs if not _one_realm(modality, pair.a, pair.b)]
    tied = [(a, b) for a, b in must if _one_realm(modality, a, b)]
    hanging = components(modality, within)
    parted = [*cannot, *apart({telling.key: telling for telling in told}, hanging, known)]
    groups = cluster(modality.keys() - aside, within, must=tied, cannot=parted)
    groups = _without_lone_denials(groups, across, modality, cannot)
    return _with_aside(groups, within, tied, cannot, aside, modality)


def _one_realm(modality: dict[str, Modality], one: str, other: str) -> bool:
    return (modality[one] in REAL) == (modality[other] in REAL)


def _without_lone_denials(
    groups: Sequence[Group], across: Iterable[Scored], modality: dict[str, Modality], cannot: Iterable[Pair]
) -> list[Group]:
    """The groups, those that only deny joined to what was expected and is most like them."""
    apart = set(cannot)
    of = {key: at for at, group in enumerate(groups) for key in group}
    denials = {at for at, group in enumerate(groups) if _only_denies(group, modality)}
    surest: dict[int, tuple[float, str]] = {}
    for pair in across:
        for mine, other in ((pair.a, pair.b), (pair.b, pair.a)):
            if of.get(mine) in denials and other in of and pair.probability >= SAME and (pair.a, pair.b) not in apart:
                surest[of[mine]] = max(surest.get(of[mine], (0.0, "")), (pair.probability, other))
    made = [list(group) for group in groups]
    for at, (_, other) in sorted(surest.items()):
        made[of[other]] += made[at]
        made[at] = []
    return sorted(tuple(sorted(group)) for group in made if group)


def _with_aside(
    groups: Sequence[Group],
    within: Sequence[Scored],
    tied: Sequence[Pair],
    cannot: Sequence[Pair],
    aside: set[str],
    modality: Mapping[str, Modality],
) -> list[Group]:
    of = {key: at for at, group in enumerate(groups) for key in group}
    decided = {pair for a, b in tied for pair in ((a, b), (b, a))}
    parted = {(key, of[other]) for a, b in cannot for key, other in ((a, b), (b, a)) if other in of}
    surest: dict[str, tuple[bool, float, str]] = {}
    alike: dict[int, list[tuple[float, str]]] = {}  # by group, the claims set aside that are like one of its own
    for pair in within:
        for mine, other in ((pair.a, pair.b), (pair.b, pair.a)):
            if mine in aside and other in of and pair.probability >= SAME and (mine, of[other]) not in parted:
                found = ((mine, other) in decided, pair.probability, other)
                surest[mine] = max(surest.get(mine, (False, 0.0, "")), found)
                alike.setdefault(of[other], []).append((pair.probability, mine))
    joined = [list(group) for group in groups]
    for key, (_, _, other) in sorted(surest.items()):
        joined[of[other]].append(key)
    home = {key: of[other] for key, (_, _, other) in surest.items()}
    for at, group in enumerate(groups):
        to = home[max(alike[at])[1]] if at in alike and _only_denies(group, modality) else at
        if to != at and not any((key, to) in parted for key in group):
            joined[to] += joined[at]
            joined[at] = []
    left = cluster(aside - surest.keys(), within, must=tied, cannot=cannot)
    return sorted([tuple(sorted(group)) for group in joined if group] + left)


def _only_denies(group: Group, modality: Mapping[str, Modality]) -> bool:
    return all(modality[key] == "denied" for key in group)

"""Figures of incidents, low, best and high, beside what people coded: FA-KES (silver clusters) and GVA.

Reports are put together by the *gold* incident first, so that figures are measured apart from matching. `shelf …` is
the same with the incidents of a ledger, each gold incident answered by the one that holds most of its reports' lead
claims; it is shown, not pinned. `found …` is that with groups by the probabilities of pairs alone, before reports and
decisions have their say (`incidents/groups.py`): coarser groups, which meet a wide range by luck now and then.

What "total" means: FA-KES codes, report by report, the dead of one incident (civilians and others together), and the
reports of one incident often differ; the gold is the range from the lowest to the highest of what was coded for its
reports. `covered` asks that low to high meets that range, `every` that low to high holds every total that was coded.
GVA codes killed and injured of an incident, once, years later: two roles, one number each; nothing said is 0.

Copies, origins and figures are the product's own (`incidents/account.py`); an outlet of GVA is the host of an address.
`even` and `odd` are halves by the incident's id: errors may be looked at, by kind, in the even half alone.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct, structs

from benchmarks.adapters.figures import as_record, halves, in_part, is_even
from benchmarks.measured import Adapter, Measured, Score, Setting
from benchmarks.reading import read_rows
from benchmarks.side_by_side import side_by_side
from dateline.codes import Measure
from dateline.incidents.account import Group, account
from dateline.incidents.briefs import brief
from dateline.incidents.cluster import cluster
from dateline.incidents.match import Scored, blocks, candidates, scored
from dateline.incidents.policies import Policy, policy
from dateline.incidents.rulings import Rulings
from dateline.incidents.sheet import Claimed, Sheet
from dateline.incidents.types import Brief, Copy, Estimate, Telling

SCORER = "bench/figures_eval.py"
FAKES, FAKES_INCIDENTS = "data/stories/fakes_syria.jsonl.gz", "data/stories/fakes_syria_incidents.jsonl"
GVA = "data/stories/gva.jsonl.gz"
ROLES: dict[str, Measure] = {"killed": "killed", "injured": "wounded"}
LATER = date(2026, 1, 1)  # the day on which reports without a date were known: it decides nothing here
SHELF = "shelf "
_OPEN_REACH = 1.5  # times
_ARCHIVE = "/web/"  # what comes before the archived address in one of web.archive.org

Row = dict[str, Any]
Total = float | list[float]  # one number, or the lowest and the highest of several


class Told(Struct, frozen=True, kw_only=True):
    """A gold incident: its reports, each with its outlet, and what was coded of it, by role: one total or several."""

    id: str
    outlets: dict[str, str]
    totals: dict[str, tuple[float, ...]]

    @property
    def gold(self) -> Row:
        """As the scorer takes it."""
        made: dict[str, Total] = {
            role: totals[0] if len(totals) == 1 else [min(totals), max(totals)] for role, totals in self.totals.items()
        }
        return {"id": self.id, **made}


# --- the data --------------------------------------------------------------------------------------------------------


def fakes_incidents(reports: Iterable[Row], links: Iterable[Row]) -> list[Told]:
    """The incidents of FA-KES without the reports that the reader was trained on."""
    kept = {row["id"]: row for row in reports if not row.get("in_train")}
    outlets: dict[str, dict[str, str]] = {}
    totals: dict[str, list[float]] = {}
    for link in links:
        row = kept.get(link["id"])
        if row is None:
            continue
        coded = [row["gold"].get(key) for key in ("killed_civilians", "killed_noncivilians")]
        outlets.setdefault(link["incident"], {})[row["id"]] = row["source"]
        if coded != [None, None]:
            totals.setdefault(link["incident"], []).append(sum(part or 0 for part in coded))
    return [Told(id=id, outlets=outlets[id], totals={"killed": tuple(told)}) for id, told in totals.items()]


def gva_incidents(reports: Iterable[Row]) -> list[Told]:
    outlets: dict[str, dict[str, str]] = {}
    totals: dict[str, dict[str, tuple[float, ...]]] = {}
    for row in reports:
        outlets.setdefault(row["incident"], {})[row["id"]] = outlet_of(row)
        totals[row["incident"]] = {"killed": (row["killed"],), "injured": (row["injured"],)}
    return [Told(id=id, outlets=outlets[id], totals=totals[id]) for id in outlets]


def outlet_of(row: Row) -> str:
    """The host of a report's address, also where the address is an archive's; else the report itself."""
    address = row.get("uri") or ""
    _, found, archived = address.partition(_ARCHIVE)
    if found:
        address = archived.partition("/")[2]
    return (urlsplit(address).hostname or row["id"]).removeprefix("www.")


# --- grouping --------------------------------------------------------------------------------------------------------


def lead_claims(report: Brief) -> list[Telling]:
    """The claims of the incident that a report is about: the lead one and those that its tolls are of."""
    of_tolls = {key for told in report.told for key in told.claims}
    return [claim for claim in report.tellings if claim.lead or claim.key in of_tolls]


def as_coded(incidents: Sequence[Told], briefs: Mapping[str, Brief]) -> dict[str, Sequence[Telling]]:
    """The reports that people put together."""
    return {
        each.id: [claim for id in each.outlets if id in briefs for claim in lead_claims(briefs[id])]
        for each in incidents
    }


def as_found(
    incidents: Sequence[Told], briefs: Mapping[str, Brief], incident_of: Mapping[str, str]
) -> dict[str, Sequence[Telling]]:
    """The claims that were put together: of all the groups, the one with most of a gold incident's lead claims."""
    found: dict[str, list[Telling]] = {}
    for report in briefs.values():
        for claim in report.tellings:
            if claim.key in incident_of:
                found.setdefault(incident_of[claim.key], []).append(claim)
    made: dict[str, Sequence[Telling]] = {}
    for each in incidents:
        leads = [claim.key for id in each.outlets if id in briefs for claim in briefs[id].tellings if claim.lead]
        groups = [incident_of[key] for key in leads if key in incident_of]
        best = max(sorted(groups), key=groups.count, default=None)
        made[each.id] = [] if best is None else found[best]
    return made


def by_pairs(briefs: Iterable[Brief]) -> dict[str, str]:
    """The group of each claim, named by its first one, from the probabilities of pairs alone."""
    claims = [Claimed(claim, report) for report in briefs for claim in report.tellings]
    keys = [claim.telling.key for claim in claims]
    pairs = scored(Sheet(claims), *candidates([blocks(*claim) for claim in claims]))
    groups = cluster(keys, [Scored(keys[a], keys[b], sure) for a, b, sure in pairs])
    return {key: group[0] for group in groups for key in group}


# --- measuring -------------------------------------------------------------------------------------------------------


def answers(
    incidents: Sequence[Told],
    groups: Mapping[str, Sequence[Telling]],
    briefs: Mapping[str, Brief],
    copies: Sequence[Copy],
    by: Policy,
) -> dict[str, Row]:
    """What Dateline says of each incident, as the scorer takes it."""
    made: dict[str, Row] = {}
    for each in incidents:
        claims = tuple(groups[each.id])
        reports = {claim.report for claim in claims}
        among = tuple(copy for copy in copies if copy.copy in reports and copy.original in reports)
        group = Group(tellings=claims, briefs=briefs, copies=among)
        figures = {figure.measure: figure for figure in account(group, Rulings(), by).figures} if claims else {}
        told = {role: _answer(figures[m]) for role, m in ROLES.items() if m in figures and figures[m].best is not None}
        made[each.id] = {"id": each.id, **told}
    return made


def _answer(figure: Estimate) -> Row:
    """An open end reaches to half as much again, as the scorer has it, but from best: low may be far below."""
    best = figure.best or 0
    high = figure.high if figure.high is not None else best * _OPEN_REACH
    return {"low": figure.low if figure.low is not None else best / _OPEN_REACH, "best": best, "high": high}


def measure_incidents(
    setting: Setting,
    *,
    name: str,
    incidents: Callable[[Setting], list[Told]],
    reports: Callable[[Setting], Iterable[Row]],
    by: str = "ucdp",
) -> Measured:
    """`covered` and `exact` of each role are pinned; the width, as a share of the total, is shown beside them."""
    told = incidents(setting)
    outlets = {id: outlet for each in told for id, outlet in each.outlets.items()}
    # FA-KES has one report twice.
    rows = {row["id"]: {**row, "source": outlets[row["id"]]} for row in reports(setting) if row["id"] in outlets}
    reading = read_rows(setting, rows.values(), what=name)
    briefs = {made.id: made for made in map(_brief, reading.records)}
    scorer = setting.shared.scorer("figures_eval")
    scores: list[Score] = []
    found = side_by_side(briefs.values())
    groupings = {
        "": as_coded(told, briefs),
        "found ": as_found(told, briefs, by_pairs(briefs.values())),
        SHELF: as_found(told, briefs, found.incident_of),
    }
    for prefix, groups in groupings.items():
        said = answers(told, groups, briefs, found.copies, policy(by))
        for role in dict.fromkeys(role for each in told for role in each.totals):
            made = _scores(scorer, told, said, role, prefix)
            scores += made if prefix != SHELF else [structs.replace(score, pinned=False) for score in made]
    return Measured(scores=tuple(scores), cost=reading.cost, notes=reading.notes)


def _brief(data: Row) -> Brief:
    record = as_record(data)
    return brief(record, report_id=record.id, known=LATER)


def _scores(
    scorer: ModuleType, told: Sequence[Told], said: Mapping[str, Row], role: str, prefix: str
) -> list[Score]:  # fmt: skip
    gold = {each.id: each.gold for each in told}

    def value(ids: set[str], kind: str) -> float | None:
        result: float | None = scorer.score({id: row for id, row in gold.items() if id in ids}, said, role)[kind]
        return result

    scores = [*halves(gold, partial(value, kind="covered"), f"{prefix}{role} covered")]
    scores += halves(gold, partial(value, kind="exact"), f"{prefix}{role} exact")
    for name, ids in (("", set(gold)), (" even", set(filter(is_even, gold)))):
        width = value(ids, "width")
        rounded = None if width is None else round(width, 4)
        scores.append(Score(name=f"{prefix}{role} width{name}", value=rounded, pinned=False))  # the narrower the better
    if any(len(each.totals[role]) > 1 for each in told):
        every = partial(_every, scorer, {each.id: each for each in told}, said, role)
        scores += halves(gold, every, f"{prefix}{role} every")
    return scores


def _every(
    scorer: ModuleType, told: Mapping[str, Told], said: Mapping[str, Row], role: str, ids: set[str]
) -> float | None:
    """The share of incidents whose low to high holds every total that was coded."""
    if not ids:
        return None
    held = 0
    for id in ids:
        answer = said[id].get(role)
        low, _, high = scorer.interval(answer) if answer else (0, 0, 0)
        held += all(low <= total <= high for total in told[id].totals[role])
    return held / len(ids)


# --- adapters --------------------------------------------------------------------------------------------------------


def _fakes(setting: Setting) -> list[Told]:
    return fakes_incidents(setting.shared.rows(FAKES), setting.shared.rows(FAKES_INCIDENTS))


def _gva(setting: Setting) -> list[Told]:
    """Every third incident, by its id: the reports of all take twenty minutes to read."""
    return [each for each in gva_incidents(setting.shared.rows(GVA)) if in_part(each.id)]


def _rows(setting: Setting, file: str, day: str = "published") -> Iterable[Row]:
    return ({**row, "published": row.get(day)} for row in setting.shared.rows(file))


ADAPTERS = (
    Adapter(name="totals.fakes", needs=(FAKES, FAKES_INCIDENTS, SCORER),
            measure=partial(measure_incidents, name="totals.fakes", incidents=_fakes,
                            reports=partial(_rows, file=FAKES))),
    Adapter(name="totals.gva", needs=(GVA, SCORER),
            measure=partial(measure_incidents, name="totals.gva", incidents=_gva,
                            reports=partial(_rows, file=GVA, day="dct"))),
)  # fmt: skip

"""One incident made from its claims: fields, figures, origins, contradictions, status.

A claim that was set aside (its report withdrawn or replaced, or itself rejected) stays in sight and has no say.
"""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from dateline.incidents import fields
from dateline.incidents.contradictions import contradictions, denies_it, doers_of
from dateline.incidents.credits import is_press, same_house
from dateline.incidents.figures import estimates
from dateline.incidents.origins import dispatches, origin_of_claim, origins
from dateline.incidents.policies import Policy
from dateline.incidents.rulings import Rulings, settled
from dateline.incidents.source_kinds import voices_in
from dateline.incidents.types import Brief, Contradiction, Copy, Happened, Incident, Origin, Status, Telling
from dateline.incidents.voices import voices_of
from dateline.record import content_id

WITHDRAWN = "withdrawn"  # how the reason of a withdrawn report begins
# Fields that make an incident disputed where claims contradict each other in them: whether it was, who did it, and
# whether fighters were hit or civilians. That tolls, days and places differ is in sight, but no dispute about the thing
# itself.
_DISPUTED = frozenset(("happened", "actor", "target"))


class Group(Struct, frozen=True, kw_only=True):
    """Claims that are of one incident, and what is known of the reports they stand in.

    `aside` has the reason for each report that was withdrawn or replaced.
    """

    tellings: tuple[Telling, ...]
    briefs: Mapping[str, Brief]
    copies: tuple[Copy, ...] = ()
    aside: Mapping[str, str] = {}


def account(group: Group, ruled: Rulings, policy: Policy) -> Incident:
    """The incident that a group of claims tells of."""
    ordered = tuple(sorted(group.tellings, key=lambda t: _order(t, group.briefs)))
    set_aside = {t.key: why for t in ordered if (why := _why_aside(t, group, ruled))}
    heard = tuple(t for t in ordered if t.key not in set_aside)
    said = heard or ordered
    # Where all that is left is that it did not happen, what was taken back says when and where it should have.
    placed = said if any(t.modality != "denied" for t in said) else ordered
    days = fields.days(fields.speaking(placed)) or fields.days(placed)
    spots = fields.all_spots(said)
    events = fields.events(said)
    made_of = dispatches(ordered, group.briefs, group.copies)
    all_heard = len(said) == len(ordered)
    found, wordings = origins(said, group.briefs, group.copies, made_of if all_heard else None)
    by_origin = origin_of_claim(ordered, group.briefs, group.copies, made_of)
    figures = estimates(
        ordered,
        group.briefs,
        policy,
        origin_of=lambda telling: by_origin[telling.key],
        copies_of=_repeats(found, group.copies),
        earliest=days.earliest if days else None,
        latest=days.latest if days else None,
        taken_back=set_aside,
    )
    quoted = voices_in(said)
    disputes = contradictions(said, group.briefs, figures)
    is_so = fields.happened(said)
    asserted = voices_of((t for t in said if t.modality != "denied"), group.briefs)
    denied = voices_of(filter(denies_it, said), group.briefs)
    known = [group.briefs[t.report].known for t in ordered]
    made = Incident(
        id=content_id("incident", ordered[0].key),
        happened=is_so,
        event=events[0],
        events=events,
        earliest=days.earliest if days else None,
        latest=days.latest if days else None,
        date_prec=days.date_prec if days else None,
        time_precision=days.time_precision if days else None,
        place=fields.best_spot(fields.speaking(placed)) or fields.best_spot(placed),
        places=spots,
        actors=fields.parties(said, lambda t: doers_of(t, quoted)),
        targets=fields.parties(said, lambda t: t.targets),
        figures=figures,
        status=_status(said, is_so, bool(heard), disputes),
        asserted_by=asserted,
        denied_by=denied,
        contradictions=disputes,
        reports=tuple(dict.fromkeys(t.report for t in said)),
        wordings=wordings,
        origins=found,
        claims=tuple(t.key for t in ordered),
        set_aside=set_aside,
        first_known=min(known),
        last_known=max(known),
        accepted_by=_accepted(ordered, ruled),
    )
    for key in made.claims:
        made = settled(made, ruled.set_fields.get(key, ()))
    return made


def _order(telling: Telling, briefs: Mapping[str, Brief]) -> tuple[str, str, int]:
    """First known first; on one day by the ids of the reports, which content makes."""
    return briefs[telling.report].known.isoformat(), telling.report, telling.position


def _repeats(found: Sequence[Origin], copies: Sequence[Copy]) -> dict[str, str]:
    """The report that each report repeats: as a copy, as a relay, or as a later word of one house. One that says what
    the other said counts no second time; one that says otherwise is its newer word."""
    made = {report: each.report for each in found for report in (*each.later, *each.relays)}
    return made | {copy.copy: copy.original for copy in copies}


def _why_aside(telling: Telling, group: Group, ruled: Rulings) -> str | None:
    why = ruled.rejected.get(telling.key) or group.aside.get(telling.report)
    return why or next((f"rests on {name}: {said}" for name, said in _rests_on(telling, group)), None)


def _rests_on(telling: Telling, group: Group) -> Iterator[tuple[str, str]]:
    """The withdrawn reports that a claim only repeats: as a copy of one, or by the outlet that it is taken from."""
    originals = {copy.original for copy in group.copies if copy.copy == telling.report}
    brief = group.briefs[telling.report]
    named = [*brief.credits, *(voice.name for voice in telling.voices[:1] if voice.name and is_press(voice.name))]
    for report, said in group.aside.items():
        outlet = group.briefs[report].outlet
        if not said.startswith(WITHDRAWN) or report == telling.report:
            continue
        if report in originals or (outlet and brief.outlet != outlet and any(same_house(n, outlet) for n in named)):
            yield outlet or group.briefs[report].given_id, said


def _status(said: Sequence[Telling], is_so: Happened, heard: bool, disputes: Sequence[Contradiction]) -> Status:
    """What one may say of it: nobody's word makes it verified but that of those who say that they checked."""
    if not heard:
        return "set_aside"
    if is_so == "denied":
        return "denied"
    checked = {t.verification for t in said if t.modality == "actual"}
    if "disputed" in checked or any(each.field in _DISPUTED for each in disputes):
        return "disputed"
    if "verified" in checked:
        return "verified"
    return "unverified" if "unverified" in checked else "asserted"


def _accepted(ordered: Sequence[Telling], ruled: Rulings) -> str | None:
    """Who accepted it: all of its claims, so that one that comes later makes it open again."""
    names = [ruled.accepted.get(t.key) for t in ordered if t.key not in ruled.rejected]
    return names[0] if names and all(names) else None

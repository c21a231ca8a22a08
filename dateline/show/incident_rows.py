"""One incident as cells of a table, and as a block of lines; and the names by which incidents and claims are called."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from rich.text import Text

from dateline.incidents import words
from dateline.incidents.types import Estimate, Incident, Party, Spot
from dateline.show import phrasing
from dateline.show.layout import packed, styled
from dateline.show.phrasing import GLUE, clean
from dateline.show.rows import DOUBT, QUIET, STRONG

COLUMNS = ("what", "when", "where", "who → to whom", "how many", "told by", "how surely")
_NAMED = 3  # parties on either side
SHORT = 8  # characters of an id; more only where that many do not tell two apart


def cells(incident: Incident) -> tuple[Text, ...]:
    """The cells of `COLUMNS`, in that order."""
    return (
        what(incident),
        Text(days(incident.earliest, incident.latest)),
        Text(place(incident.place) if incident.place else ""),
        Text(parties(incident)),
        Text("\n".join(figures(incident))),
        Text(told_by(incident)),
        Text("\n").join(surely(incident)),
    )


def block(incident: Incident, width: int) -> list[Text]:
    """What and who; when, where and how many; from how many, how surely: each from a new line."""
    doing = [what(incident), Text(parties(incident))]
    where = place(incident.place) if incident.place else ""
    facts = [Text(days(incident.earliest, incident.latest)), Text(where), *map(Text, figures(incident))]
    saying = [Text(told_by(incident)), *surely(incident)]
    return [line for parts in (doing, facts, saying) for line in packed(parts, width)]


def what(incident: Incident) -> Text:
    """The type, and whether it happened where nobody says so: "shelling, planned"."""
    made = styled(words.event(incident.event), STRONG)
    if incident.happened != "happened":
        made.append(f", {words.happened(incident.happened).replace(' ', GLUE)}", f"{STRONG} {DOUBT}")
    return made


def parties(incident: Incident) -> str:
    """Who → to whom."""
    actors, targets = _names(incident.actors), _names(incident.targets)
    if targets:
        return f"{actors} →{GLUE}{targets}" if actors else f"→{GLUE}{targets}"
    return actors


def _names(them: Iterable[Party]) -> str:
    """Those that most reports name; how many more there are is told, `dateline why` names them."""
    names = [clean(name) for name in words.names(them)]
    more = len(names) - _NAMED
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:_NAMED])} +{GLUE}{more}"


def place(spot: Spot) -> str:
    """As a claim's place is printed: with its role, its country, and whether it is on the map."""
    name = clean(words.place(spot)).replace(" (", f"{GLUE}(").replace("near ", f"near{GLUE}", 1)
    if spot.role in ("from", "to"):
        name = f"{spot.role}{GLUE}{name}"
    return name if spot.lat is not None or spot.precision is not None else f"{name} (not{GLUE}located)"


def days(earliest: date | None, latest: date | None) -> str:
    return phrasing.days(earliest, latest)


def figures(incident: Incident) -> tuple[str, ...]:
    """Such as "killed 11–18–19"; measures in the codebook's order."""
    known = sorted(incident.figures, key=lambda each: words.measures_first(each.measure))
    return tuple(figure(each) for each in known if (each.low, each.best, each.high) != (None, None, None))


def figure(estimate: Estimate) -> str:
    unit = words.measure(estimate.measure)
    name = estimate.measure if unit == estimate.measure else f"{estimate.measure} in{GLUE}{unit}"
    return f"{name}{GLUE}{three(estimate)}"


def three(estimate: Estimate) -> str:
    return words.three(estimate.low, estimate.best, estimate.high).replace(" ", GLUE)


def told_by(incident: Incident) -> str:
    """Such as "4 origins, 12 reports"."""
    return f"{glued(len(incident.origins), 'origin')}, {glued(len(incident.reports), 'report')}"


def glued(number: int, one: str) -> str:
    return phrasing.count(number, one).replace(" ", GLUE)


def surely(incident: Incident) -> list[Text]:
    """The status where it is not simply asserted, what the claims disagree on, and what else is to be looked at."""
    made = []
    if incident.status not in ("asserted", "denied"):
        made.append(styled(incident.status.replace("_", GLUE), "" if incident.status == "verified" else DOUBT))
    if incident.contradictions:
        on = ", ".join(words.disputed(each.field) for each in incident.contradictions)
        made.append(styled(f"disagree on: {on}", DOUBT))
    if incident.came_true:
        made.append(Text(f"came true: {incident.came_true[:SHORT]}"))
    if incident.accepted_by:
        made.append(styled(f"accepted by {clean(incident.accepted_by)}", QUIET))
    return made


def refs(keys: Iterable[str], numbers: Mapping[str, int]) -> str:
    """Claims by their numbers on the page: "1–3, 5"."""
    at = sorted({numbers[key] for key in keys if key in numbers})
    runs: list[list[int]] = []
    for number in at:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(_run(run) for run in runs)


def _run(run: Sequence[int]) -> str:
    if len(run) > 2:
        return f"{run[0]}–{run[-1]}"
    return ", ".join(map(str, run))

"""Why a claim says what it says, field by field: what `dateline explain` prints."""

from collections.abc import Iterator, Sequence

from rich.text import Text

from dateline.ledger import StoredClaim
from dateline.reading.explain import Explanation, Ground, Rival, RunnerUp, Saying, Weighed, Why, differing
from dateline.record import Claim, Part
from dateline.show import phrasing
from dateline.show.claims_page import says
from dateline.show.layout import GUTTER, hanging, styled
from dateline.show.phrasing import clean, quoted
from dateline.show.rows import DOUBT, QUIET, STRONG, block, marked

_BAR = 10  # cells of a bar: one for each tenth of a score
_BAR_FROM = 60  # cells; narrower than this, a bar takes the room of the words beside it


def explain_page(stored: StoredClaim, made: Explanation, *, width: int) -> list[Text]:
    """The lines that explain a stored claim, at most `width` cells each."""
    lines = block(made.claim, width, says=says(stored))
    lines += hanging(Text(), marked(made.claim.quote, made.claim.trigger), width, 0)
    lines += _changes(stored, made, width)
    lines += _fields(made, width)
    sections = (
        ("Sayings that were weighed as its source", [_saying(each, width) for each in made.sayings]),
        ("What moved its score most (log-odds)", [_feature(each) for each in made.weighed]),
        ("What came near and is not in it", [_runner_up(each, width) for each in made.runners_up]),
    )
    for title, entries in sections:
        if entries:
            lines += [Text(), *hanging(Text(), styled(title, STRONG), width, 0)]
            lines += [line for entry in entries for line in hanging(Text("  "), entry, width, GUTTER)]
    return lines


def changed(stored: StoredClaim, made: Explanation) -> str:
    """What the claim says otherwise than when it was kept, and what has changed since; empty where it is the same."""
    fields = [name for name in Claim.__struct_fields__ if getattr(stored.claim, name) != getattr(made.claim, name)]
    if not fields:
        return ""
    since = ", ".join(differing(stored.made_by, made.made_by)) or "nothing that reads"
    return f"read again, it differs from what was kept in {phrasing.listed(fields)}; changed since: {since}"


def _changes(stored: StoredClaim, made: Explanation, width: int) -> list[Text]:
    said = changed(stored, made)
    return [Text(), *hanging(Text(), styled(f"Warning: {said}", DOUBT), width, 0)] if said else []


def _fields(made: Explanation, width: int) -> Iterator[Text]:
    indent = GUTTER + max(len(each.field) for each in made.fields) + GUTTER
    last = ""
    for each in made.fields:
        if each.field == "quote":  # stands above, with its trigger marked
            continue
        yield Text()
        shown = "" if each.field == last else each.field
        yield from hanging(styled(f"  {shown}", QUIET), _value(each), width, indent)
        for ground in each.grounds:
            yield from hanging(Text(), _ground(ground, each, width), width, indent)
        rivals = [rival for rival in made.rivals if rival.field == each.field]
        if rivals:
            yield from hanging(Text(), styled(f"next: {_rivals(rivals)}", QUIET), width, indent)
        last = each.field


def _value(why: Why) -> Text:
    spaced = why.value.replace("_", " ") if why.field in ("event", "modality", "verification") else clean(why.value)
    made = styled(spaced, STRONG)
    if why.words and why.field not in ("trigger", "also", "folded"):
        made.append(f"  {_at(why.words)}", QUIET)
    return made.append("  from another sentence", DOUBT) if why.inherited else made


def _ground(ground: Ground, why: Why, width: int) -> Text:
    made = _gauge(ground.score, ground.threshold, width)
    made.append(ground.by).append(f": {clean(ground.note)}", QUIET)
    words = [part for part in ground.words if part != why.words or why.field == "trigger"]
    return made.append(f", {', '.join(map(_written, words))}", QUIET) if words else made


def _gauge(score: float | None, threshold: float | None, width: int) -> Text:
    """A bar with the threshold as a mark in it, and both as numbers: "■■■┃■■■■·· 0.82 ≥ 0.40  "."""
    if score is None:
        return Text()
    least = "" if threshold is None else f" {'≥' if score >= threshold else '<'} {threshold:.2f}"
    passed = threshold is None or score >= threshold
    number = styled(f"{score:.2f}{least}  ", "" if passed else DOUBT)
    return _bar(score, threshold).append(" ").append_text(number) if width >= _BAR_FROM else number


def _bar(score: float, threshold: float | None) -> Text:
    full = round(score * _BAR)
    cells = ["■" if at < full else "·" for at in range(_BAR)]
    if threshold is not None:
        cells.insert(round(threshold * _BAR), "┃")
    return styled("".join(cells).ljust(_BAR + 1), QUIET)


def _rivals(rivals: Sequence[Rival]) -> str:
    return ", ".join(f"{rival.value.replace('_', ' ')} {rival.score:.2f}" for rival in rivals)


def _saying(saying: Saying, width: int) -> Text:
    source = quoted(saying.source.text) if saying.source else "no source named"
    made = _gauge(saying.score, saying.threshold, width).append(f"{source}, cue {_written(saying.cue)}")
    holds = f"holds the trigger ({saying.held:.2f})" if saying.holds_trigger else "does not hold the trigger"
    lost = "; one before it speaks already" if saying.score >= saying.threshold and not saying.chosen else ""
    return made.append(f": {holds}, the reader gives it {saying.seen:.2f}{lost}", QUIET)


def _feature(each: Weighed) -> Text:
    return Text(f"{each.adds:+6.2f}  {each.feature}").append(f"  {each.value:g} × {each.weight:+g}", QUIET)


def _runner_up(each: RunnerUp, width: int) -> Text:
    made = _gauge(each.score, each.threshold, width).append(f"{each.role} {_written(each.words)}")
    return made.append(f": {each.reason}", QUIET)


def _written(part: Part) -> str:
    return f"{phrasing.opening(part.text)} {_at(part)}"


def _at(part: Part) -> str:
    return f"at {part.span.start}–{part.span.end}{' of the title' if part.where == 'title' else ''}"

"""One claim as cells of a table, and as a block of lines: the two layouts that every page of claims uses."""

from collections.abc import Iterator

from rich.text import Text

from dateline.record import Claim, Part
from dateline.show import phrasing
from dateline.show.layout import hanging, packed, styled

TABLE_FROM = 140  # cells; narrower than this, seven columns break into single words, and blocks read better
COLUMNS = ("what", "who → to whom", "where", "when", "how many", "who says so", "how surely")

STRONG, QUIET, DOUBT, PROBLEM = "bold", "dim", "yellow", "bold red"


def cells(claim: Claim) -> tuple[Text, ...]:
    """The cells of `COLUMNS`, in that order."""
    return (
        what(claim, "\n"),
        Text(phrasing.parties(claim)),
        Text("\n".join(phrasing.places(claim))),
        Text("\n".join(phrasing.when(claim.time))),
        Text("\n".join(phrasing.figures(claim))),
        Text(phrasing.sources(claim)),
        styled(phrasing.sureness(claim), DOUBT),
    )


def what(claim: Claim, before_trigger: str = " ") -> Text:
    """The event, whether it happened, and the word that says so: "killing, denied “massacred”"."""
    modality, trigger = phrasing.modality(claim), phrasing.trigger(claim)
    made = styled(phrasing.event(claim), STRONG)
    if modality:
        made.append(f", {modality}", f"{STRONG} {DOUBT}")
    return made.append(f"{before_trigger}{trigger}" if trigger else "", QUIET)


def block(claim: Claim, width: int, says: str = "") -> list[Text]:
    """What and who; where, when, how many; who says so (or `says`), how surely: each from a new line."""
    who, sure = phrasing.parties(claim), phrasing.sureness(claim)
    facts = [*phrasing.places(claim), ", ".join(phrasing.when(claim.time)), *phrasing.figures(claim)]
    doing = [what(claim), Text(who)]
    saying = [styled("says ", QUIET).append(says or phrasing.sources(claim)), styled(sure, DOUBT)]
    return [line for parts in (doing, map(Text, facts), saying) for line in packed(list(parts), width)]


def quote(claim: Claim, width: int, indent: int) -> list[Text]:
    """The sentence that states the claim, its trigger marked »so«; then the other sentences that mention it."""
    made = list(hanging(Text(" " * indent), marked(claim.quote, claim.trigger), width, indent))
    for part in claim.also:
        also = styled("also ", QUIET).append(phrasing.quoted(part.text))
        made += hanging(Text(" " * indent), also, width, indent)
    return made


def marked(within: Part, inner: Part) -> Text:
    """The words of `within` in quotation marks (or their own), `inner` marked by signs as well."""
    before, middle, after = pieces_around(within, inner)
    own = phrasing.opens_a_quotation(within.text)
    made = Text("" if own else "“").append(before)
    if middle:
        made.append(f"»{middle}«", STRONG)
    return made.append(after).append("" if own else "”")


def pieces_around(within: Part, inner: Part) -> tuple[str, str, str]:
    """Before `inner`, `inner`, and after it; all of `within` comes first where `inner` stands elsewhere."""
    if within.where != inner.where or not within.span.holds(inner.span):
        return phrasing.clean(within.text), "", ""
    start, end = inner.span.start - within.span.start, inner.span.end - within.span.start
    pieces = (within.text[:start], within.text[start:end], within.text[end:])
    before, middle, after = (_spaced(piece) for piece in pieces)
    return before.lstrip(), middle, after.rstrip()


def _spaced(piece: str) -> str:
    """Cleaned, with one space kept where the piece began or ended with one: it stands in the middle of a sentence."""
    lead, tail = piece[:1].isspace(), len(piece) > 1 and piece[-1:].isspace()
    said = phrasing.clean(piece)
    return f"{' ' if lead else ''}{said}{' ' if tail and said else ''}"


def numbered(count: int) -> Iterator[Text]:
    """Numbers from 1, right-aligned to the longest."""
    places = len(str(count))
    return (styled(f"{number:>{places}}", QUIET) for number in range(1, count + 1))

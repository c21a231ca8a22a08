"""What a notice says of a report that it takes back: it is set aside, so that nothing of it is read as having happened.

"We have withdrawn our report headlined “Rebels kill 15 in Arin”" is true, and says that the fifteen are not. What the
notice tells in its own voice ("no attack took place there") is read like any report.
"""

import re
from collections.abc import Iterator, Sequence

from dateline.reading.paragraphs import Paragraph
from dateline.record import LeftOut, Report, Span

_LONGEST = 120  # words of a paragraph that is a notice
_LABEL = (
    r"\W*(?:(?:mandatory|bulletin|urgent|story|report|article) )?(?:kill|withdrawn|withdrawal|retraction|retracted)\b"
    r"\s*[:–—-]"
)
_REPORT = r"(?:story|article|report|dispatch|item|headline|alert|bulletin)s?"
_OUR = rf"(?:our|its|this|the|an?)(?: [\w’'-]+){{0,3}}? {_REPORT}"
_GONE = r"(?:has been|have been|was|is) (?:withdrawn|retracted)"
_TAKES_BACK = re.compile(
    rf"^{_LABEL}"
    rf"|\b(?:withdr[ae]wn?|withdr[ae]ws|withdrawing|retract(?:s|ed|ing)?|disregard|taken? back|took back) {_OUR}\b"
    rf"|\b(?:kill|killed|killing) (?:our|its) {_REPORT}\b"
    rf"|\b{_OUR}\b[^.]{{0,160}}\b{_GONE}",
    re.IGNORECASE,
)
# A headline in quotation marks, right after the word for the report: any other quotation is somebody's words.
_QUOTED = re.compile(
    rf"(?:\b(?:headlined|titled|entitled|slugged),? |\b{_REPORT}(?: (?:of|from|on|dated) [\w ,]{{1,30}})? |^{_LABEL} ?)"
    r"(?:[\"“«](?P<told>[^\"”“»\n]{8,250})[\"”»]|[‘'](?P<said>[^’'\n]{12,250})[’'](?!\w))",
    re.IGNORECASE,
)
# "Our report that rebels killed 15": to the end of the sentence, or to where the notice goes on.
_THAT = re.compile(
    rf"\b{_OUR}(?: (?:of|on|from|published|dated|last)[^.;]{{0,40}}?)?,? (?P<told>that [^;\n]{{8,250}}?)"
    rf"(?=,? (?:because|after|as its|as the|since|{_GONE})\b|[.;](?:\s|$)|$)",
    re.IGNORECASE,
)
_TITLE = re.compile(_LABEL, re.IGNORECASE)


def taken_back(paragraphs: Sequence[Paragraph]) -> Iterator[LeftOut]:
    """The words of reports that the paragraphs take back."""
    for paragraph in paragraphs:
        if paragraph.words > _LONGEST or not (found := _TAKES_BACK.search(paragraph.text)):
            continue
        if told := _told(paragraph, found):
            span = Span(paragraph.start + told.start, paragraph.start + told.end)
            yield LeftOut(span=span, reason="told by a report that is withdrawn")


def _told(paragraph: Paragraph, notice: re.Match[str]) -> Span | None:
    """The headline that a notice quotes or labels, or else what the report said in the notice's words."""
    found = _QUOTED.search(paragraph.text) or _THAT.search(paragraph.text, notice.start())
    if found and found.lastgroup:
        return Span(found.start(found.lastgroup), found.end(found.lastgroup))
    labelled = _TITLE.match(paragraph.text)
    return Span(labelled.end(), len(paragraph.text)) if labelled and not paragraph.closed else None


def title_of_withdrawal(report: Report) -> LeftOut | None:
    """A title that a withdrawal put its label before: "WITHDRAWN: Rebels kill 15 in Arin"."""
    title = report.title or ""
    if not _TITLE.match(title):
        return None
    return LeftOut(span=Span(0, len(title)), reason="title of a report that is withdrawn", where="title")

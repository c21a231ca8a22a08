"""What in a report's text is headline, date line, standfirst, byline, dateline, heading or note, and what is no report.

The text is never changed: every part is named by its span. What is recognised fills the report's own fields only where
the report came without them.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeAlias

import msgspec

from dateline.reading import notices
from dateline.reading.datelines import AGENCIES, DateLine, Dateline, date_line, inside, opening
from dateline.reading.paragraphs import Paragraph, paragraphs
from dateline.reading.withdrawals import taken_back, title_of_withdrawal
from dateline.record import LayoutPart, LeftOut, Report, Span

PartKind: TypeAlias = Literal["headline", "date_line", "standfirst", "byline", "dateline", "heading", "note"]

_HEAD = 12  # paragraphs in which the head of a report must be over
_HEADLINE_WORDS = 25
_STANDFIRST_WORDS = 45
_HEADING_WORDS = 10
_LABEL_WORDS = 3
_BYLINE_LENGTH = 160  # characters
_SHOUTED_BYLINE_WORDS = 6
_NOTE_WORDS = 80  # a longer paragraph that begins as a correction goes on as something else
_SMALL_WORDS = "and in for of the at on with de al el bin ibn van von from"
_SMALL = frozenset(_SMALL_WORDS.split())
_BY = re.compile(r"(?:by|from|words by|story by)\s+", re.IGNORECASE)
_PART_OF_NAME = re.compile(r"[A-Z][\w.'’-]*$")
_UNSIGNED = re.compile(
    r"(?:(?:our |a )?(?:staff|foreign|special|news|web)[ -](?:writers?|reporters?|correspondents?|desk|agencies)"
    r"|our (?:\w+ )?staff|[\w ]{0,20}staff and agencies|(?:news )?agencies|[A-Z]\w+ (?:reporter|correspondent))\W*$",
    re.IGNORECASE,
)
_KICKER = re.compile(
    r"(?:breaking|urgent|live|exclusive|developing|flash|update \d*|latest)(?: news| updates?)?\W*$", re.IGNORECASE
)
_LABELLED = re.compile(
    r"(?P<label>subject|subj|headline|title|source|agency)\s*:\s*(?P<value>\S.*)$", re.IGNORECASE | re.DOTALL
)
_CLOCK = re.compile(
    r"(?:\d{1,2}[:.]\d{2}\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\.?)\s*"
    r"\(?(?:GMT|UTC|BST|E[SD]T|CES?T|EES?T|MSK|local time)?\)?"
    r"(?P<end>\W*$|\s*[-–—:|]\s+)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\W{0,4}(?P<agency>[A-Za-z][A-Za-z -]{1,25}?)\W{0,4}$")
_TWO_SENTENCES = re.compile(r"[a-z]{3}[.]\s+[A-Z]")


def lay_out(report: Report) -> tuple[Report, tuple[LeftOut, ...], tuple[str, ...]]:
    """Recognise the parts of a report.

    Returns:
        The report with `layout` set, and `title`, `published`, `source` and `dateline` where it had none and the text
        tells them; what is left out, in order, none overlapping; warnings for people.
    """
    reader = _Reader(report)
    reader.find_notices()
    body = reader.read_head()
    reader.read_body(body)
    reader.cuts += taken_back(reader.paragraphs)
    title = title_of_withdrawal(reader.given)
    return reader.report(), (*((title,) if title else ()), *reader.left_out()), tuple(reader.warnings)


class _Reader:
    """One pass over the paragraphs of one report; holds what was found so far."""

    def __init__(self, report: Report) -> None:
        self.given = report
        self.paragraphs = paragraphs(report.text)
        self.parts: list[LayoutPart] = []
        self.starts: set[int] = set()
        self.notices: dict[int, str] = {}
        self.cuts: list[LeftOut] = []
        self.found: dict[str, Any] = {}
        self.updated: DateLine | None = None
        self.chronology = False  # whether days on lines of their own head entries, from the head on
        self.warnings: list[str] = []

    # Notices first: whatever they are is out of the way for the rest.

    def find_notices(self) -> None:
        # "Source: AP" in the head tells the publisher; after the report has begun it is a credit.
        first_prose = next((at for at, p in enumerate(self.paragraphs) if p.prose), len(self.paragraphs))
        last_prose = max((at for at, p in enumerate(self.paragraphs) if p.prose and not self._is_notice(p)), default=-1)
        reason, room = "", 0
        for at, paragraph in enumerate(self.paragraphs):
            if paragraph.words <= _NOTE_WORDS and notices.CORRECTION.match(paragraph.text):
                self._part("note", paragraph)
                reason = ""
            elif at < first_prose and _LABELLED.match(paragraph.text):
                reason = ""
            elif own := notices.notice(paragraph):
                self.notices[at] = reason = own
                # A bare "Related:" in the middle announces one link; at the end, as many as follow.
                room = len(self.paragraphs) if at > last_prose else int(paragraph.words <= 4)
            elif reason and room and self._belongs(reason, at, last_prose):
                self.notices[at] = reason
                room -= 1
            else:
                reason = ""
                self._credit_inside(paragraph)
        self._sign_off()

    def _is_notice(self, paragraph: Paragraph) -> bool:
        return notices.notice(paragraph) is not None or notices.goes_on("subscription notice", paragraph)

    def _belongs(self, reason: str, at: int, last_prose: int) -> bool:
        if reason != "link to other reports" and at <= last_prose:
            return False
        return notices.goes_on(reason, self.paragraphs[at])

    def _credit_inside(self, paragraph: Paragraph) -> None:
        if found := notices.CREDIT_IN_BRACKETS.search(paragraph.text):
            span = Span(paragraph.start + found.start(), paragraph.end)
            self.cuts.append(LeftOut(span=span, reason="credit"))

    def _sign_off(self) -> None:
        """ "REUTER", "(AFP)" as the last line."""
        for at in range(len(self.paragraphs) - 1, 0, -1):
            if at in self.notices:
                continue
            found = _SIGNED.match(self.paragraphs[at].text)
            if found and found["agency"].casefold() in AGENCIES:
                self.notices[at] = "agency sign-off"
                self._fill("source", found["agency"])
            return

    # The head: everything before the first paragraph of the body, in whatever order it comes.

    def read_head(self) -> int:
        """The index of the first paragraph of the body."""
        headline = self.given.title is not None and not self._repeats_title(0)
        for at, paragraph in enumerate(self.paragraphs[:_HEAD]):
            if at in self.notices or self._is_part(paragraph):
                continue
            if self._date_line(paragraph, in_head=True) or self._byline(paragraph) or self._label(paragraph):
                headline = headline or "title" in self.found
            elif self._is_headline(at, known=headline):
                headline = True
            elif _KICKER.match(paragraph.text) or (self._looks_like_headline(at) and self._head_goes_on(at)):
                self._part("heading", paragraph)  # also another headline than the one the report came with
            elif not (headline and self._is_standfirst(at)):
                return at
        return min(len(self.paragraphs), _HEAD)

    def _repeats_title(self, at: int) -> bool:
        """Whether one of the first paragraphs is, or begins with, the title the report came with."""
        title = _letters(self.given.title or "")
        return bool(title) and any(_letters(p.text) == title for p in self.paragraphs[at : at + 3])

    def _is_headline(self, at: int, *, known: bool) -> bool:
        paragraph = self.paragraphs[at]
        if self._has("headline"):
            return False
        if self.given.title is not None:
            if _letters(paragraph.text) != _letters(self.given.title) or not _letters(self.given.title):
                return False
            self._part("headline", paragraph)
            return True
        if known or _KICKER.match(paragraph.text) or not self._looks_like_headline(at):
            return False
        self._part("headline", paragraph)
        self._fill("title", " ".join(paragraph.text.split()))
        return True

    def _looks_like_headline(self, at: int) -> bool:
        text = self.paragraphs[at].text
        return (
            2 <= self.paragraphs[at].words <= _HEADLINE_WORDS
            and not text.endswith((".", ",", ";", ":", "…"))
            and (text[0].isalnum() or text[0] in "\"“‘'")
            and not _TWO_SENTENCES.search(text)
            and opening(self.paragraphs[at]) is None
            and self._prose_after(at)
        )

    def _is_standfirst(self, at: int) -> bool:
        paragraph = self.paragraphs[at]
        if self._has("standfirst") or not 4 <= paragraph.words <= _STANDFIRST_WORDS:
            return False
        if paragraph.closed and not (self._has("headline") and self._head_goes_on(at)):
            return False
        if not paragraph.text[0].isalnum() or paragraph.text.endswith((",", ";", ":", "-")):
            return False
        if opening(paragraph) or not self._prose_after(at):
            return False
        self._part("standfirst", paragraph)
        return True

    def _head_goes_on(self, at: int) -> bool:
        """Whether the next paragraph is still head: before a byline or date a standfirst may end in a full stop."""
        after = next((p for i, p in enumerate(self.paragraphs) if i > at and i not in self.notices), None)
        return after is not None and (date_line(after) is not None or _is_byline(after.text))

    def _prose_after(self, at: int) -> bool:
        return any(p.prose for i, p in enumerate(self.paragraphs) if i > at and i not in self.notices)

    def _date_line(self, paragraph: Paragraph, *, in_head: bool) -> bool:
        line = date_line(paragraph)
        if line is None:
            return False
        self.chronology = self.chronology or (in_head and self._opens_chronology(paragraph, line))
        if (self.chronology or not in_head) and not line.labelled:
            if in_head:
                self._take_date(line)
            if not line.rest:  # a day on a line of its own, in a chronology
                self._part("heading", paragraph)
            return not line.rest
        self._part("date_line", paragraph)
        self._take_date(line)
        if line.rest.casefold() in AGENCIES:
            self._fill("source", line.rest)
        elif line.rest and paragraph.text.lstrip("(").startswith(line.rest + ","):
            self._fill("dateline", line.rest)
        return True

    def _opens_chronology(self, paragraph: Paragraph, line: DateLine) -> bool:
        """Whether another day stands on a line of its own further down, with prose between: both head entries."""
        if line.labelled or line.rest or line.day is None:
            return False
        prose = False
        for after in self.paragraphs:
            if after.start <= paragraph.start:
                continue
            other = date_line(after)
            if prose and other and not (other.labelled or other.rest) and other.day not in (None, line.day):
                return True
            prose = prose or (other is None and after.words >= _HEADING_WORDS)
        return False

    def _take_date(self, line: DateLine) -> None:
        if line.ambiguous:
            self.warnings.append(f"date {line.ambiguous!r} can be read as day/month or month/day; not used")
        elif line.updated:
            self.updated = self.updated or line
        elif line.day:
            self._fill("published", line.day)

    def _byline(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if not _is_byline(text):
            return False
        self._part("byline", paragraph)
        if text.casefold() in AGENCIES:
            self._fill("source", text)
        return True

    def _label(self, paragraph: Paragraph) -> bool:
        """ "SUBJECT: …", "SOURCE: …": the heads of cables and of exports from archives."""
        found = _LABELLED.match(paragraph.text)
        if found is None or paragraph.words > _HEADLINE_WORDS:
            return False
        value = " ".join(found["value"].split())
        if found["label"].lower() in ("source", "agency"):
            self._part("byline", paragraph)
            self._fill("source", value)
            return True
        start = paragraph.start + found.start("value")
        if self._has("headline"):
            return False
        self._add("headline", start, paragraph.end)
        self._fill("title", value)
        return True

    # The body: its dateline, and what stands between its paragraphs.

    def read_body(self, body: int) -> None:
        first = next((at for at in range(body, len(self.paragraphs)) if at not in self.notices), None)
        if first is not None:
            self._open(first)
        for at in range(body, len(self.paragraphs)):
            paragraph = self.paragraphs[at]
            if at in self.notices or self._is_part(paragraph):
                continue
            if not self._date_line(paragraph, in_head=False) and not self._clock(paragraph) and self._is_heading(at):
                self._part("heading", paragraph)

    def _open(self, at: int) -> None:
        paragraph = self.paragraphs[at]
        start = self._title_run_in(paragraph) if at == 0 else paragraph.start
        rest = _from(paragraph, start)
        line = opening(rest)
        if line is None and at == 0 and (line := inside(rest)):
            self._headline_before(rest, line)
        if line is None:
            return
        self._add("dateline", line.start, line.end)
        for name in ("place", "agency", "day"):
            field = {"place": "dateline", "agency": "source", "day": "published"}[name]
            if (value := getattr(line, name)) is not None:
                self._fill(field, value)

    def _title_run_in(self, paragraph: Paragraph) -> int:
        """Where the body starts in a paragraph that begins with the report's title, as in "Title. First sentence"."""
        title = (self.given.title or "").strip(' "“”')
        lead = len(paragraph.text) - len(paragraph.text.lstrip('"“'))
        after = paragraph.text[lead + len(title) :]
        if len(title) < 10 or not paragraph.text[lead:].casefold().startswith(title.casefold()):
            return paragraph.start
        mark = re.match(r"[\"”]?[.!?:]?[\"”]?\s+(?=\S)", after)
        if mark is None or not (mark.group().strip() or "\n" in mark.group()):
            return paragraph.start
        end = paragraph.start + lead + len(title)
        self._add("headline", paragraph.start + lead, end)
        return end + mark.end()

    def _headline_before(self, paragraph: Paragraph, line: Dateline) -> None:
        words = paragraph.text[: line.start - paragraph.start].rstrip()
        if words and len(words.split()) <= _HEADLINE_WORDS and not _TWO_SENTENCES.search(words):
            self._add("headline", paragraph.start, paragraph.start + len(words))
            self._fill("title", " ".join(words.split()))

    def _clock(self, paragraph: Paragraph) -> bool:
        """The time stamp of a live blog's entry: alone it is a heading, before an entry a note."""
        found = _CLOCK.match(paragraph.text)
        if found is None:
            return False
        if found["end"].strip(" -–—:|.\n") == "" and found.end() == len(paragraph.text):
            self._part("heading", paragraph)
        else:
            stamp = paragraph.text[: found.start("end")].rstrip()
            self._add("note", paragraph.start, paragraph.start + len(stamp))
        return True

    def _is_heading(self, at: int) -> bool:
        paragraph = self.paragraphs[at]
        return (
            0 < at < len(self.paragraphs) - 1
            and paragraph.words <= _HEADING_WORDS
            and not paragraph.text.endswith((".", ",", ";", "…", "!", '"', "”"))
            and not (paragraph.text.endswith(":") and paragraph.words > _LABEL_WORDS)  # "The poll also showed:"
            and paragraph.text[0].isalnum()
            and not paragraph.text[0].islower()
            and self.paragraphs[at + 1].prose
            and self.paragraphs[at - 1].words >= _HEADING_WORDS
        )

    # What was found.

    def report(self) -> Report:
        if "published" not in self.found and self.given.published is None and self.updated and self.updated.day:
            self.found["published"] = self.updated.day
            self.warnings.append(
                f"dated {self.updated.day.isoformat()} by its last update; no date of publication found"
            )
        self._compare_dates()
        fields = {name: value for name, value in self.found.items() if getattr(self.given, name) is None}
        layout = tuple(sorted(self.parts, key=lambda part: (part.span, part.kind)))
        return msgspec.structs.replace(self.given, layout=layout, **fields)

    def _compare_dates(self) -> None:
        given, read = self.given.published, self.found.get("published")
        if given and read and abs((given - read).days) > 1:
            self.warnings.append(
                f"the text is dated {read.isoformat()}, the report {given.isoformat()}; the latter is used"
            )

    def left_out(self) -> tuple[LeftOut, ...]:
        return tuple(_merged(self.given.text, sorted([*self._whole(), *self.cuts], key=lambda cut: cut.span)))

    def _whole(self) -> Iterator[LeftOut]:
        for at, reason in self.notices.items():
            yield LeftOut(span=self.paragraphs[at].span, reason=reason)

    def _fill(self, name: str, value: object) -> None:
        self.found.setdefault(name, value)

    def _part(self, kind: PartKind, paragraph: Paragraph) -> None:
        self._add(kind, paragraph.start, paragraph.end)

    def _add(self, kind: PartKind, start: int, end: int) -> None:
        self.starts.add(start)
        self.parts.append(LayoutPart(text=self.given.text[start:end], span=Span(start, end), kind=kind))

    def _has(self, kind: PartKind) -> bool:
        return any(part.kind == kind for part in self.parts)

    def _is_part(self, paragraph: Paragraph) -> bool:
        return paragraph.start in self.starts


def _is_byline(text: str) -> bool:
    if len(text) > _BYLINE_LENGTH:
        return False
    if text.casefold() in AGENCIES or _UNSIGNED.match(text):
        return True
    by = _BY.match(text)
    # In capitals everything looks like a name: there a byline must be short.
    if by is None or (text.isupper() and len(text.split()) > _SHOUTED_BYLINE_WORDS):
        return False
    words = [word.strip(",;|/&") for word in text[by.end() :].split()]
    return bool(words) and all(not word or word.lower() in _SMALL or _PART_OF_NAME.match(word) for word in words)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _from(paragraph: Paragraph, start: int) -> Paragraph:
    return Paragraph(paragraph.text[start - paragraph.start :], start, paragraph.end)


def _merged(text: str, cuts: Sequence[LeftOut]) -> Iterator[LeftOut]:
    """Neighbours of one reason as one stretch."""
    held: LeftOut | None = None
    for cut in cuts:
        if held and held.reason == cut.reason and not text[held.span.end : cut.span.start].strip():
            held = LeftOut(span=Span(held.span.start, cut.span.end), reason=held.reason)
            continue
        if held:
            yield held
        held = cut
    if held:
        yield held

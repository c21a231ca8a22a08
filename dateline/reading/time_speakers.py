"""Whose day calendar words count from: that of publication, of a dated entry, or of the one who speaks.

A diary, a chronology or a live blog gives its entries days of their own, and so does a wire report inside a longer
text. "Yesterday" in a quotation is the day before it was said, where the report tells when that was.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from dateline.reading.clauses import MARKS, quotation_marks
from dateline.reading.patterns import Word, word_set
from dateline.reading.time_match import Context, Match, Reading
from dateline.reading.time_readings import readings
from dateline.reading.words import Sentence

By = Literal["publication", "entry", "speaker"]
Found = list[tuple[Match, Reading]]

# Words of saying, and what may stand between them and the day on which it was said.
_SAYS = word_set(
    "said says told announced stated added warned reported wrote tweeted posted confirmed claimed declared testified "
    "explained insisted admitted vowed"
)
_BESIDE_SAYS = word_set(
    "in on at to of a an the his her its their late early earlier later statement interview report briefing press news "
    "conference speech message post tweet letter video reporters journalists here again also separately telephone"
)
_TOLD_REACH = 6  # words: "told the state news agency on Monday"
_NO_ADDRESSEE = word_set("that , ; : he she they it we who had has have was were would will")
_PAPERS = word_set("statement interview letter report speech message communique communiqué bulletin memo email")
_OPENING_REACH = 8  # words between a day that opens a sentence and the word of saying
# Words whose day only a quotation can move: in reported speech "tomorrow" may be the writer's.
_NEAR = word_set("today yesterday tomorrow tonight morning afternoon evening night overnight now")
_FAR = 2  # days: what was said so long before publication has a tomorrow of its own

_DASHES = word_set("- — – -- : |")
_ENTRY_REACH = 31  # days after publication: an entry dated later than that is a slip
_HEADER = 16  # words: a line without a full stop that ends in a full date is no longer
_WIRE = 6  # words of the place in "KABUL, Afghanistan (April 14, 2011)"
_PARAGRAPH = 2  # characters between sentences, from which on they stand in two paragraphs


class Entry(NamedTuple):
    """The day of a dated entry, and whether what follows belongs to it until the next one."""

    day: date
    lasting: bool


class Days:
    """The days of a report's entries and speakers, as it is read from top to bottom."""

    def __init__(self, sentences: Sequence[Sentence], published: date | None) -> None:
        self._published = published
        self._entry: Entry | None = None
        self._diary = False  # whether an entry that opens a paragraph was met before
        self._end: tuple[str, int] = ("", 0)  # where the sentence before stands and ends
        self._speaker: date | None = None  # of a quotation that is still open
        quoted = any(mark in sentence.text for sentence in sentences for mark in _QUOTES)
        self._inside = dict(zip(map(id, sentences), quotation_marks(sentences), strict=True)) if quoted else {}

    def read(self, sentence: Sentence, words: Sequence[Word], context: Context) -> Iterator[tuple[Match, Reading, By]]:
        """The readings of the next sentence, each with whose day it counts from."""
        self._leave(sentence)
        entry = self._entry
        found = list(readings(words, context._replace(now=entry.day) if entry else context))
        opened = _entry_of(sentence, words, found, self._published)
        if opened:
            self._entry = entry = opened._replace(lasting=opened.lasting or self._diary)
            self._diary = True
            found = self._again(words, context, entry.day, found)
        now = entry.day if entry else self._published
        by: By = "entry" if entry and entry.day != self._published else "publication"
        said, inside = self._said(sentence, words, found)
        if said is None or said.day is None or said.day == now or (now is not None and said.day > now):
            yield from ((match, reading, by) for match, reading in found)
            return
        days = _Sayings(words, said, inside, now)
        for match, reading in readings(words, context._replace(now=now), days.at):
            yield match, reading, by if days.at(match.start) == now else "speaker"

    def _leave(self, sentence: Sentence) -> None:
        """An entry that opens one paragraph of a report ends with it."""
        where, end = self._end
        apart = where != sentence.where or sentence.span.start - end >= _PARAGRAPH
        if self._entry and (where != sentence.where or (apart and not self._entry.lasting)):
            self._entry = None
        self._end = (sentence.where, sentence.span.end)

    def _again(self, words: Sequence[Word], context: Context, day: date, found: Found) -> Found:
        """Read the rest of a sentence from the day that opens it."""
        first = found[0][0]
        here = context._replace(now=day)
        now = self._published
        return list(readings(words, here, lambda start: now if start <= first.start else day))

    def _said(self, sentence: Sentence, words: Sequence[Word], found: Found) -> "tuple[_Said | None, list[bool]]":
        inside = self._marks(sentence, words)
        told = _saying(words, found, inside)
        if told is None and self._speaker and inside and inside[0]:
            told = _Said(self._speaker, -1)  # the quotation goes on
        open_still = bool(inside) and any(inside)
        self._speaker = told.day if told and open_still else None
        return told, inside

    def _marks(self, sentence: Sentence, words: Sequence[Word]) -> list[bool]:
        """For each word, whether it stands in a quotation; empty where the sentence has none."""
        row = self._inside.get(id(sentence))
        if not row or not any(row):
            return []
        quoted = [(token.start, token.end) for token, mark in zip(sentence.tokens, row, strict=True) if mark]
        made, at = [], 0
        for word in words:
            while at < len(quoted) and quoted[at][1] <= word.start:
                at += 1
            made.append(at < len(quoted) and quoted[at][0] <= word.start)
        return made


_QUOTES = tuple(MARKS)


class _Said(NamedTuple):
    """The day on which something was said, and which word of the sentence tells it (-1: one of an earlier sentence)."""

    day: date | None
    at: int


class _Sayings:
    """Which expressions of a sentence count from the day on which what they stand in was said."""

    def __init__(self, words: Sequence[Word], said: _Said, inside: Sequence[bool], now: date | None) -> None:
        self._words = words
        self._said = said
        self._inside = inside
        self._now = now

    def at(self, start: int) -> date | None:
        if start == self._said.at:
            return self._now
        if self._inside:
            return self._said.day if self._inside[start] else self._now
        day = self._said.day
        near = any(word.lower in _NEAR for word in self._words[start : start + 3])
        return self._now if near and day and self._now and (self._now - day).days < _FAR else day


def _saying(words: Sequence[Word], found: Found, inside: Sequence[bool]) -> _Said | None:
    """The one day on which something is said in a sentence: "said on Monday", "in a statement dated 3 May"."""
    days = [
        (match, reading.first)
        for match, reading in found
        if reading.first is not None
        and reading.first == reading.last
        and reading.type in ("DATE", "TIME")
        and not (inside and inside[match.start])
        and (_said_before(words, match.start) or _said_after(words, match))
    ]
    if len(days) != 1:
        return None
    match, day = days[0]
    return _Said(day, match.start)


def _said_before(words: Sequence[Word], start: int) -> bool:
    """Whether a word of saying leads to the day: "told state television late on Monday"."""
    at = start - 1
    while at >= 0 and words[at].lower in _BESIDE_SAYS:
        at -= 1
    if at < 0:
        return False
    papers = any(word.lower in _PAPERS for word in words[max(0, at - 3) : at])
    if papers and words[at].lower in ("dated", "published", "issued"):
        return True
    if words[at].lower in _SAYS:
        return True
    for i in range(start - 1, max(-1, start - 1 - _TOLD_REACH), -1):
        if words[i].lower == "told":
            return True
        if words[i].lower in _NO_ADDRESSEE:
            return False
    return False


def _said_after(words: Sequence[Word], match: Match) -> bool:
    """Whether the day opens the sentence and a word of saying is the first verb after it: "On Monday, he said …"."""
    if match.start > 1 or match.has("today"):
        return False
    for i in range(match.end, min(len(words), match.end + _OPENING_REACH)):
        if words[i].lower in _SAYS:
            return True
        if words[i].lower.endswith("ed") or words[i].lower in ("was", "were", "had", "has"):
            return False
    return False


# --- entries ---------------------------------------------------------------------------------------------------------


def _entry_of(sentence: Sentence, words: Sequence[Word], found: Found, published: date | None) -> Entry | None:
    """The day that a sentence gives to what follows it."""
    if sentence.where != "text" or not found:
        return None
    entry = _opens_entry(words, found) or _wire(words, found) or _header(sentence, words, found)
    if entry is None or (published and entry.day > published + timedelta(days=_ENTRY_REACH)):
        return None
    return entry


def _opens_entry(words: Sequence[Word], found: Found) -> Entry | None:
    """As in "June 12 — The town fell.", "Mar. 13: …", "Tuesday, 10:32 GMT"."""
    match, reading = found[0]
    opens = match.start == 0 or (match.start == 1 and words[0].text in ("(", "[", "•", "*", "-"))
    if not opens or not _is_dated(match, reading):
        return None
    end = match.end
    while end < len(words) and words[end].text in (",", ".", ")", "]"):
        end += 1
    if len(found) > 1 and found[1][0].start == end and found[1][1].type == "TIME":
        end = found[1][0].end  # the hour of an entry
    assert reading.first is not None
    if end >= len(words):
        return Entry(reading.first, lasting=True)
    return Entry(reading.first, lasting=False) if words[end].text in _DASHES else None


def _wire(words: Sequence[Word], found: Found) -> Entry | None:
    """As in "KABUL, Afghanistan (April 14, 2011) The 8th Kandak …": a report inside a longer text."""
    for match, reading in found:
        bracketed = match.start and words[match.start - 1].text == "(" and words[match.end : match.end + 1]
        if bracketed and words[match.end].text == ")" and _is_dated(match, reading) and _after_place(words, match):
            assert reading.first is not None
            return Entry(reading.first, lasting=True)
    return None


def _after_place(words: Sequence[Word], match: Match) -> bool:
    """Whether names lead to the bracket, the first of them in capitals: "KABUL, Afghanistan ("."""
    for i in range(match.start - 2, max(-1, match.start - 2 - _WIRE), -1):
        text = words[i].text
        if text.isalpha() and text.isupper() and len(text) > 2:
            return True
        if text not in (",", ".") and not text[0].isupper():
            return False
    return False


def _header(sentence: Sentence, words: Sequence[Word], found: Found) -> Entry | None:
    """As in "Morning Operational Update April 16, 2011": a line that ends in a full date and has no full stop."""
    match, reading = found[-1]
    if match.end < len(words) or len(words) > _HEADER or not match.lower("year") or not _is_dated(match, reading):
        return None
    assert reading.first is not None
    return Entry(reading.first, lasting=True)


def _is_dated(match: Match, reading: Reading) -> bool:
    """Whether an expression is a day that has a name of its own: a date or a weekday, not "today"."""
    if reading.first is None or reading.first != reading.last or reading.type not in ("DATE", "TIME"):
        return False
    return bool(match.lower("day") and (match.lower("month") or match.lower("year"))) or bool(match.lower("weekday"))

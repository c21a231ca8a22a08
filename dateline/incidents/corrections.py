"""Reports that correct or take back another one, and which one that is.

A notice is an outlet's own word about its own report. What a report tells of others who withdraw something is news, so
a notice is looked for where outlets put theirs: in the title, the first paragraphs, the last ones, and in what the
layout marked as a note; and it speaks of "this story", "our report", or gives an order to the desks ("KILL").
"""

import re
from collections.abc import Iterator

from dateline.incidents.furniture import telling_share
from dateline.incidents.types import Brief, Notice
from dateline.incidents.wording import sentence_hash, telling_words
from dateline.reading.paragraphs import paragraphs
from dateline.record import Record

_ENDS = 3  # paragraphs at either end in which a notice may stand
_LONGEST = 90  # words of a paragraph that is a notice
_REPORT = r"(?:story|article|report|dispatch|item|piece|post|headline|alert|bulletin)"
_OURS = rf"(?:this|our|the|an?)(?: \w+){{0,3}}? {_REPORT}"
_CALLED = r"(?:headlined|titled|entitled|slugged)"
_GONE = r"(?:withdrawn|retracted|removed|killed)"
_IS = r"(?:has been|have been|was|is|stands?)"
_WITHDRAWN = re.compile(
    r"^\W*(?:(?:mandatory |bulletin |urgent |photo |story )?kill\b\s*[:.–—-]"
    r"|(?:story |report )?(?:withdrawn|withdrawal|retraction|retracted)\b\s*[:.–—-])"
    r"|\bwe (?:have |hereby |are )?"
    r"(?:withdr[ae]wn?|withdrawing|retract(?:ed|ing)?|tak(?:e|en|ing) back|kill(?:ed|ing)?)"
    rf" {_OURS}\b"
    rf"|\b(?:this|our) {_REPORT}\b(?:[^.]|\.\w){{0,80}}\b{_IS} {_GONE}\b"
    rf"|\b(?:please )?(?:kill|disregard) (?:the|our|this)\b[^.]{{0,40}}\b{_REPORT}\b"
    rf"|\bwithdr[ae]ws? (?:the|its|our|this) {_REPORT} (?:{_CALLED}|on|about|published|of)\b"
    rf"|\b(?:the|our|this) {_REPORT} {_CALLED}\b.{{0,200}}\b{_IS} {_GONE}\b",
    re.IGNORECASE,
)
_WRONG = r"(?:toll|number|figure|headline|name|spelling|day|date|story|report|article|dispatch)"
_CORRECTED = re.compile(
    r"^\W*(?:corrections?|corrected|corrective|refile|clarification)\b\s*(?:[:.(–—-]|appended\b)"
    r"|\b(?:an|the) (?:earlier|previous|original) version"
    r" (?:of (?:this|the|our)|published|misstated|incorrectly|gave|said)\b"
    rf"|\b(?:this|our) {_REPORT} (?:replaces|corrects|supersedes)\b"
    rf"|\b(?:this|our) {_REPORT} (?:has been|was|is) (?:corrected|amended|refiled)\b"
    rf"|\b{_REPORT} has been updated to (?:reflect|give|show) the correct\b"
    rf"|\bcorrects (?:the |our |an? )?[\w ]{{0,30}}{_WRONG}\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:{_CALLED}|headline|under the (?:headline|title)|kill|withdrawn|retraction|retracted)\W{{0,3}}"
    r"[\"“”‘'«](?P<name>[^\"”“»\n]{8,200}?)[\"”’'»](?=\W|$)",
    re.IGNORECASE,
)
_LABEL = r"(?:mandatory |bulletin |urgent |story )?(?:kill|withdrawn|withdrawal|retraction)"
_QUOTED = re.compile(r"[\"“](?P<name>[^\"”“\n]{12,200})[\"”]")
_AFTER = re.compile(
    rf"^\W*(?:{_LABEL}|correction|corrected|clarification|refile)\s*[:–—-]\s*(?P<name>\S.{{8,200}}?)\W*$", re.IGNORECASE
)
_SITE = re.compile(r"\s[-–—|]\s.*")  # what pages add to their titles: " - Harbour News"
_PLAIN = frozenset("story report article the and".split())
_ADDRESS = re.compile(r"https?://[^\s<>\"')\]]+")
_ALIKE = 0.7  # of the words of the headline that a notice names
_VERSION_ALIKE = 0.5  # of the words of the shorter title: one report in two versions
_LATE = 60  # days after which an outlet takes no report back without its address
_VERSION_LATE = 7  # days between versions of one report that no address ties together


def notice_of(record: Record) -> Notice | None:
    """What a report says of another report, or an earlier version of itself, that it corrects or takes back."""
    report = record.report
    for words in _places(record):
        kind = "withdrawal" if _WITHDRAWN.search(words) else "correction" if _CORRECTED.search(words) else None
        if kind:
            address = _ADDRESS.search(words)
            return Notice(
                kind="withdrawal" if kind == "withdrawal" else "correction",
                of=_headline(words, whole=words == report.title),
                url=address.group().rstrip(".,;") if address else None,
            )
    return None


def takes_back(notice: Brief, brief: Brief) -> bool:
    """Whether the report that a notice is in corrects or takes back another: by its address, by the headline that it
    names, else as an earlier version of itself."""
    if notice.notice is None or notice.id == brief.id or brief.known > notice.known:
        return False
    of = notice.notice
    if of.url is not None:
        return _address(of.url) == _address(brief.url)
    if of.of:
        return _same_outlet(notice, brief) and _days(notice, brief) <= _LATE and _names(of.of, brief)
    return is_version(notice, brief)


def is_version(newer: Brief, older: Brief) -> bool:
    """Whether one report is a newer version of the other: the same address again, or without addresses the same outlet
    within a week under a title that shares half of its words, with a text that is partly the same."""
    if newer.id == older.id or older.known > newer.known or newer.sentences == older.sentences:
        return False
    if newer.url and older.url:
        return _address(newer.url) == _address(older.url)
    if not _same_outlet(newer, older) or _days(newer, older) > _VERSION_LATE:
        return False
    titles = {sentence_hash(one.title) for one in (newer, older) if one.title}
    text = {*newer.sentences} & {*older.sentences} - titles
    return telling_share(newer.title, older.title) >= _VERSION_ALIKE and bool(text)


def _places(record: Record) -> Iterator[str]:
    report = record.report
    if report.title:
        yield report.title
    yield from (part.text for part in report.layout if part.kind == "note" and len(part.text.split()) > 2)
    found = paragraphs(report.text)
    for at, paragraph in enumerate(found):
        if (at < _ENDS or at >= len(found) - _ENDS) and paragraph.words <= _LONGEST:
            yield paragraph.text


def _headline(words: str, *, whole: bool) -> tuple[str, ...]:
    """The telling words of the headline that a notice names; a notice in the title names what follows its label."""
    found = _NAMED.search(words) or _QUOTED.search(words) or (_AFTER.match(words) if whole else None)
    return tuple(word for word in telling_words(_SITE.sub("", found["name"])) if word not in _PLAIN) if found else ()


def _names(of: tuple[str, ...], brief: Brief) -> bool:
    title = set(telling_words(brief.title or ""))
    return bool(title) and len(title.intersection(of)) >= _ALIKE * min(len(of), max(len(title), 3))


def _same_outlet(one: Brief, other: Brief) -> bool:
    return one.outlet == other.outlet


def _days(one: Brief, other: Brief) -> int:
    return abs((one.known - other.known).days)


def _address(url: str | None) -> str | None:
    """An address without what changes from one visit to the next: scheme, "www.", an archive's prefix, fragment."""
    if url is None:
        return None
    bare = re.sub(r"^https?://web\.archive\.org/web/\d+\w*/", "", url)
    return re.sub(r"^https?://(?:www\.)?|:80(?=/)|#.*$|/$", "", bare)

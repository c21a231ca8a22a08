"""What the report says there is to see: pictures, videos, documents, satellite images, witnesses, issued statements.

A noun of `data/evidence_words.csv` opens a finding where it is told as something shown, posted, issued or seen. Who put
it out, by which channel and whether anybody checked it are read from its sentence and from the next one that speaks of
the same thing ("The images, which have not been verified, …"): several sentences about the same pictures are one
finding.
"""

import re
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from dateline.codes import EvidenceKind, Verification
from dateline.reading.attribution import Said
from dateline.reading.clauses import (
    BE,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    Range,
    View,
    noun_phrase_after,
    quotation_marks,
    subject_before,
)
from dateline.reading.words import Sentence
from dateline.record import Claim, Evidence, Part, Place
from dateline.world.labels import read_table


class EvidenceFound(Part, frozen=True, kw_only=True):
    """One thing to see. `quote` is the sentence that tells of it first, `also` the others; `index` its place."""

    kind: EvidenceKind
    quote: Part
    index: int
    posted_by: str | None = None
    channel: str | None = None
    verification: Verification = "not_stated"
    also: tuple[Part, ...] = ()


# Sentences: a later mention of "the images" is the same thing when it stands this near after the last one.
SAME_WITHIN = 3


def find_evidence(
    sentences: Sequence[Sentence], said: Sequence[Said], places: Sequence[Place] = ()
) -> tuple[EvidenceFound, ...]:
    """All findings of a report, in the order of their first mention.

    Args:
        places: names of places, which are never taken for who posted something.
    """
    toponyms = {place.text.lower() for place in places}
    made: list[EvidenceFound] = []
    for sentence, inside in zip(sentences, quotation_marks(sentences), strict=True):
        view = View(sentence, inside)
        for found in _in_sentence(view, said, toponyms):
            _add(made, found, definite=_definite(view, found))
    return tuple(_checked(one, sentences) for one in made)


def as_evidence(found: Sequence[EvidenceFound], claims: Sequence[Claim]) -> tuple[Evidence, ...]:
    """The record's form, each with the claims it bears on."""
    return tuple(
        Evidence(
            text=one.text,
            span=one.span,
            where=one.where,
            kind=one.kind,
            quote=one.quote,
            posted_by=one.posted_by,
            channel=one.channel,
            verification=one.verification,
            shows=shown_by(one, claims),
        )
        for one in found
    )


def shown_by(evidence: EvidenceFound, claims: Sequence[Claim]) -> tuple[str, ...]:
    """Ids of the claims the finding bears on: those told or mentioned in its sentences.

    A statement or a witness bears on what it is the source of; a picture on what its sentences tell after it.
    """
    quotes = (evidence.quote, *evidence.also)
    told = [c for c in claims if any(_same(q, quote) for q in (c.quote, *c.also) for quote in quotes)]
    if evidence.kind in ("witness", "statement"):
        voice = (evidence.posted_by or evidence.text).lower()
        told = [c for c in told if _voiced(c, voice)]
    return tuple(dict.fromkeys(c.id for c in told))


def _same(a: Part, b: Part) -> bool:
    return a.where == b.where and a.span.overlaps(b.span)


def _voiced(claim: Claim, voice: str) -> bool:
    names = [link.source.name.lower() for link in claim.attribution if link.source]
    names += [link.source.text.lower() for link in claim.attribution if link.source]
    return any(voice in name or name in voice for name in names)


# --- one sentence -------------------------------------------------------------------------------------------

_SHOWN = frozenset(
    "posted published released shared circulated circulating broadcast aired shown uploaded distributed taken "
    "obtained seen leaked showed show shows showing shot filmed purporting purported purportedly appeared appear "
    "appears emerged surfaced capture captured captures depict depicts depicting depicted tweeted issued verified "
    "authenticated geolocated reviewed provided sent streamed recorded put posting releasing publishing sharing "
    "revealed reveal reveals of from which".split()
)
_ISSUED = frozenset("issued released published posted read carried distributed put made sent in by from on".split())
_PUBLISHES = frozenset(
    "posted published released shared circulated broadcast aired uploaded distributed issued tweeted leaked obtained "
    "sent showed posts publishes releases shares issues airs broadcasts posting publishing releasing sharing".split()
)
_NOT_SEEN = frozenset("game games conference conferences call calls link links director editor album chat".split())


@cache
def words() -> dict[str, tuple[EvidenceKind, str]]:
    """Kind of evidence, and what must stand beside it, by word form.

    Raises:
        ResourceError: the table is missing or was altered.
    """
    return {row["form"]: (row["kind"], row["needs"]) for row in read_table("evidence_words")}  # type: ignore[misc]


def _in_sentence(view: View, said: Sequence[Said], toponyms: set[str]) -> list[EvidenceFound]:
    made: list[EvidenceFound] = []
    table, taken = words(), -1
    for at, word in enumerate(view.low):
        if word not in table or at <= taken or view.tokens[at].tag in ("VERB", "AUX", "ADJ"):
            continue
        kind, needs = table[word]
        if (kind == "image" and view.word(at - 1) in ("satellite", "aerial")) or word == "imagery":
            kind = "satellite"
        if not _to_see(view, at, needs, said):
            continue
        start = _phrase_start(view, at)
        end = at + 1
        while (
            view.word(end) in table
            and table[view.word(end)][0] in ("image", "video")
            and view.tokens[end].tag != "VERB"
        ):
            end += 1
        taken = end - 1
        if view.word(start) in ("the", "a", "an") and start < at:
            start += 1
        made.append(_finding(view, (start, end), at, kind, said, toponyms))
    return made


def _finding(
    view: View, piece: Range, at: int, kind: EvidenceKind, said: Sequence[Said], toponyms: set[str]
) -> EvidenceFound:
    sentence = view.sentence
    text = sentence.part(view.tokens[piece[0]].start, view.tokens[piece[1] - 1].end)
    by = _poster(view, piece, at)
    if by is None and kind == "statement":
        by = _issuer(view, said)
    if kind == "witness" or (by and by.lower() in toponyms):
        by = None
    channel = _channel(sentence.text)
    if channel is None and by and re.search(r"(?i)television|\bTV\b|radio", by):
        channel = by  # "state television broadcast footage": it is the channel as well
    return EvidenceFound(
        text=text.text,
        span=text.span,
        where=text.where,
        kind=kind,
        quote=sentence.part(sentence.span.start, sentence.span.end),
        index=sentence.index,
        posted_by=by,
        channel=channel,
        verification=_checked_in(sentence.text, kind),
    )


def _to_see(view: View, at: int, needs: str, said: Sequence[Said]) -> bool:
    if view.word(at + 1) in _NOT_SEEN or view.sentence.kind == "heading":
        return False
    if view.word(at) == "release":
        return view.word(at - 1) in ("press", "news", "media")
    if needs == "saying":
        return _testifies(view, at, said)
    near = set(view.low[max(0, at - 5) : at] + view.low[at + 1 : at + 8])
    if needs == "issued":
        return _stated(view, at)
    if needs == "showing":
        return bool(near & (_SHOWN - {"of", "from", "which", "taken", "put"}))
    return bool(near & _SHOWN) or view.word(at - 1) in DETERMINERS or view.word(at + 1) in (",", "that")


def _testifies(view: View, at: int, said: Sequence[Said]) -> bool:
    """A witness counts where he is the source of what is told: "witnesses said", "according to residents"."""
    token = view.tokens[at]
    return any(
        one.source is not None
        and one.reports
        and not one.hedges
        and one.source.where == view.sentence.where
        and one.source.span.start <= token.start < one.source.span.end
        and one.content
        for one in said
    )


def _stated(view: View, at: int) -> bool:
    """A statement counts where somebody issued it ("in a statement", "a statement by X", "issued a statement")."""
    before, further = view.word(at - 1), view.word(at - 2)
    if view.word(at + 1) in ("by", "from", "issued", "released", "posted", "published", "carried", "on"):
        return True
    if further in ("in", "issued", "released", "published", "posted", "a") or before in ("in", "'s", "’s"):
        return True
    return any(w in _ISSUED - {"in", "by", "from", "on", "made", "read"} for w in view.low[max(0, at - 4) : at])


# Participles that belong to the noun after an article: "a leaked memo".
_MADE = frozenset(
    "leaked published released recorded filmed verified unverified authenticated televised broadcast".split()
)


def _phrase_start(view: View, at: int) -> int:
    """The first word of the noun phrase that ends at `at`: "graphic mobile phone footage" from "graphic" on."""
    start = at
    while start > 0 and at - start < 4:
        word, tag = view.word(start - 1), view.tokens[start - 1].tag
        if tag:
            inside = tag in ("ADJ", "NOUN", "PROPN", "DET", "NUM") and word not in POSSESSIVES | _PUBLISHES
            inside = inside or (word in _MADE and view.word(start - 2) in DETERMINERS)
        else:
            inside = word in DETERMINERS or (word.isalpha() and word not in PREPOSITIONS | BE | _SHOWN)
        if not inside:
            break
        start -= 1
        if word in DETERMINERS:
            break
    return start


# --- who and where ------------------------------------------------------------------------------------------

_CHANNEL = re.compile(
    r"(?ix)\b(?:(?:on|to|via|through|over|across|by|in)\s+(?:the\s+|its\s+|his\s+|their\s+|a\s+|an\s+"
    r"|several\s+|various\s+)*)"
    r"((?:[\w-]+\s+){0,3}?(?:social\s+(?:media|networks?|networking)(?:\s+(?:sites?|accounts?|channels?|pages?"
    r"|platforms?))?|Telegram"
    r"(?:\s+(?:channels?|app|account))?|Twitter(?:\s+(?:account|feed))?|Facebook(?:\s+(?:page|account)s?)?"
    r"|YouTube|WhatsApp|Instagram|TikTok"
    r"|state\s+(?:television|TV|media|radio)|television|TV|radio|websites?|the\s+internet|internet|online))\b"
)
_X = re.compile(r"\b(?:posted|posts?|wrote|shared|said)\s+(?:\w+\s+){0,3}?on\s+(X)\b")
_ONLINE = re.compile(r"(?i)\b(?:posted|published|released|shared|circulat\w+|uploaded|surfaced|appeared)\s+(online)\b")


def _channel(text: str) -> str | None:
    """The medium by which it was put out, as written: "social media sites", "Telegram", "state television"."""
    for pattern in (_CHANNEL, _X, _ONLINE):
        found = pattern.search(text)
        if found:
            return re.sub(r"^(?:the|its|his|their)\s+", "", found.group(1), flags=re.IGNORECASE)
    return None


def _poster(view: View, piece: Range, at: int) -> str | None:
    """Who put it out: "posted … by X", "X released a video", "X's footage", "a statement by X"."""
    after = next((k for k in range(piece[1], min(view.end, piece[1] + 26)) if view.low[k] == "by"), None)
    if after is not None and any(w in _PUBLISHES for w in view.low[piece[1] : after]):
        return _words(view, noun_phrase_after(view, after + 1, wide=False))
    if view.word(piece[1]) in ("by", "from") and view.word(piece[1] + 1):
        named = noun_phrase_after(view, piece[1] + 1, wide=False)
        if named and (view.word(piece[1]) == "by" or view.named(named[0]) or view.word(named[0]) == "the"):
            kind = words()[view.low[at]][0]
            if view.word(piece[1]) == "by" or kind == "statement":
                return _words(view, named)
    verb = next((k for k in range(at - 1, max(-1, at - 7), -1) if view.low[k] in _PUBLISHES), None)
    if verb is not None and view.word(verb - 1) not in BE | DETERMINERS:
        start = verb
        while start > 0 and (
            view.word(start - 1) in ("has", "have", "had", "also", "later") or view.word(start - 1).endswith("ly")
        ):
            start -= 1
        return _words(view, subject_before(view, start))
    if view.word(piece[0] - 1) in ("'s", "’s"):
        return _words(view, subject_before(view, piece[0] - 1))
    return None


def _issuer(view: View, said: Sequence[Said]) -> str | None:
    """For "X said in a statement": X."""
    here = [one for one in said if one.index == view.sentence.index and one.source and one.reports]
    here = [one for one in here if one.source and not re.search(r"(?i)statement|communiqu|release", one.source.text)]
    if not here:
        return None
    return here[0].name or (here[0].source.text if here[0].source else None)


def _words(view: View, piece: Range | None) -> str | None:
    if piece is None:
        return None
    start, end = piece
    if view.word(start) in ("the", "a", "an") and start + 1 < end:
        start += 1
    part = view.sentence.part(view.tokens[start].start, view.tokens[end - 1].end)
    return None if part.text.lower() in ("it", "he", "she", "they", "who", "which", "that") else part.text


# --- checking -----------------------------------------------------------------------------------------------

_UNCHECKED = re.compile(
    r"(?i)\b(?:(?:could|can|has|have|had|was|were|been)\s?(?:not|n['’]t)\s(?:\w+\s){0,3}?(?:verif|authenticat"
    r"|confirm)\w*"
    r"|cannot (?:\w+ )?be (?:\w+ )?(?:verif|authenticat|confirm)\w*|(?:unable|not able) to (?:\w+ )?(?:verify"
    r"|authenticate|confirm)"
    r"|unverified|unauthenticated|unconfirmed|impossible to verify|no way to verify"
    r"|(?:authenticity|veracity|location)[^.;]{0,40}?(?:could not|cannot|unclear|not known))"
)
_CHECKED = re.compile(
    r"(?i)\b(?:(?:independently )?(?:verified|authenticated|geolocated|confirmed) (?:by|as)|has (?:verified"
    r"|authenticated|geolocated)"
    r"|(?:verified|authenticated|geolocated) (?:the|this|that|these|those) (?:\w+ )?(?:video|footage|image"
    r"|photo|picture|document|clip)\w*"
    r"|(?:verified|geolocated|authenticated) (?:videos?|footage|images?|photos?|photographs?))\b"
)
_DOUBTED = re.compile(
    r"(?i)\b(?:fake|doctored|fabricated|staged|manipulated|dismissed as|(?:disputed|denied) the authenticity)\b"
)
# "The authenticity of the images …": a sentence that goes on about what the one before it showed.
_ABOUT = re.compile(
    r"(?i)\b(?:the|this|these|those|their|its|neither|both)\s(?:\w+\s){0,2}?(?:images?|photos?|photographs?"
    r"|pictures?|videos?|footage|clips?|"
    r"recordings?|documents?|imagery|material|authenticity|statement|accounts?|claims?)\b|^\W*(?:it|they|this"
    r"|that)\b[^.]{0,60}\bverif"
)


def _checked_in(text: str, kind: EvidenceKind) -> Verification:
    if _UNCHECKED.search(text):
        return "unverified"
    if kind in ("image", "video", "document", "satellite"):
        if _DOUBTED.search(text):
            return "disputed"
        if _CHECKED.search(text):
            return "verified"
    return "not_stated"


def _checked(one: EvidenceFound, sentences: Sequence[Sentence]) -> EvidenceFound:
    """Carry the checking over from the sentence right after, where it speaks of the same thing."""
    if one.verification != "not_stated":
        return one
    last = max(
        (s.index for s in sentences if any(_same(part, s_part(s)) for part in (one.quote, *one.also))),
        default=one.index,
    )
    after = next((s for s in sentences if s.index == last + 1), None)
    if after is None or after.where != one.where or not _ABOUT.search(after.text):
        return one
    verdict = _checked_in(after.text, one.kind)
    if verdict == "not_stated":
        return one
    return replace(one, verification=verdict, also=(*one.also, s_part(after)))


def s_part(sentence: Sentence) -> Part:
    """A sentence as a part of its report."""
    return sentence.part(sentence.span.start, sentence.span.end)


# --- the same thing again -----------------------------------------------------------------------------------


def _definite(view: View, found: EvidenceFound) -> bool:
    """As in "The images", "the footage": points back to something told before."""
    at = next((k for k, token in enumerate(view.tokens) if token.start == found.span.start), 0)
    pointing = ("the", "this", "these", "those", "both", "one", "another", "other", "its", "his", "their")
    return view.word(at - 1) in pointing or view.word(at) in pointing


_ALIKE: dict[str, str] = {"satellite": "image"}


def _add(made: list[EvidenceFound], found: EvidenceFound, *, definite: bool) -> None:
    """Add a finding, or merge it with the earlier one that it speaks of."""
    for number in range(len(made) - 1, -1, -1):
        earlier = made[number]
        if _ALIKE.get(earlier.kind, earlier.kind) != _ALIKE.get(found.kind, found.kind):
            continue
        if earlier.quote.span == found.quote.span and earlier.where == found.where:
            made[number] = _merged(earlier, found)
            return
        last = max([earlier.quote, *earlier.also], key=lambda part: part.span.start)
        near = found.index - earlier.index <= SAME_WITHIN + len(earlier.also) and found.where == last.where
        same_voice = found.kind in ("witness", "statement") and found.posted_by == earlier.posted_by
        if (definite and near) or (same_voice and near and found.text.lower() == earlier.text.lower()):
            made[number] = _merged(earlier, found)
            return
        if found.kind not in ("witness", "statement"):
            break
    made.append(found)


def _merged(earlier: EvidenceFound, later: EvidenceFound) -> EvidenceFound:
    also = earlier.also
    if later.quote.span != earlier.quote.span and later.quote not in also:
        also = (*also, later.quote)
    return replace(
        earlier,
        posted_by=_fuller(earlier.posted_by, later.posted_by),
        channel=earlier.channel or later.channel,
        verification=earlier.verification if earlier.verification != "not_stated" else later.verification,
        also=also,
    )


def _fuller(earlier: str | None, later: str | None) -> str | None:
    """Of two words for who posted it, the name rather than "the group"."""
    if earlier and later and earlier.islower() and not later.islower():
        return later
    return earlier or later

"""Whether an event happened, is planned, called for, feared or denied; how far the teller keeps away; what was checked.

The reader says all three of a trigger. A few constructions that leave no doubt (`PLAIN`) decide before it, so that
nothing denied, planned, called for or only possible is ever read as having happened where the sentence says so in plain
words; and words such as "could not be independently verified" decide what was checked.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from dateline.codes import MODALITIES, EventType, Modality, Verification
from dateline.reading.reader import Look, View
from dateline.reading.triggers import Trigger
from dateline.reading.words import Sentence, Token
from dateline.record import Part, Source

# Probability, 0-1: a word is part of the claim's hedge from here on; chosen on held-out reports.
HEDGE_KEEP = 0.5
# Probability, 0-1: a claim is planned, called for, possible or denied from here on; chosen on held-out reports.
OTHER = 0.4


class Status(Struct, frozen=True, kw_only=True):
    """Modality, hedge and verification of one claim. `factuality` is -3 (did not happen) to 3 (did)."""

    modality: Modality
    hedge: Part | None
    verification: Verification
    factuality: float


def judge(
    trigger: Trigger, sentence: Sentence, chain: Sequence[Source], sentences: Sequence[Sentence], look: Look
) -> Status:
    """Judge the claim that `trigger` names in `sentence`; `chain` says who puts it forward.

    Args:
        sentences: all of the report's, since a later one may say that something "could not be verified".
    """
    on = grounds(trigger, sentence, chain, sentences, look)
    return Status(
        modality=on.modality,
        hedge=on.hedge,
        verification=on.checked.verification,
        factuality=factuality(on.modality, on.hedge),
    )


class Governed(Struct, frozen=True, kw_only=True):
    """A modality that words of the sentence leave no doubt of: by which list of constructions, and which words."""

    modality: Modality
    rule: Literal["PLAIN", "FRAMES", "PAST"]
    part: Part


class Checked(Struct, frozen=True, kw_only=True):
    """What was checked, and the words that say so; `part` is None where the reader says so, or nobody does."""

    verification: Verification
    part: Part | None = None


class Grounds(Struct, frozen=True, kw_only=True):
    """What a status rests on. `modalities` and `checks` are the reader's probabilities; `governed` goes before them."""

    modality: Modality
    governed: Governed | None
    modalities: Mapping[str, float]
    hedge: Part | None
    checked: Checked
    checks: Mapping[str, float]


def grounds(
    trigger: Trigger, sentence: Sentence, chain: Sequence[Source], sentences: Sequence[Sentence], look: Look
) -> Grounds:
    """What the status of the claim that `trigger` names in `sentence` rests on; as `judge`."""
    view = _View(trigger.event, trigger.part, sentence, chain)
    governed = plain(view)
    modalities = look.modality(sentence.index, trigger.tokens)
    modality = governed.modality if governed else _likeliest(modalities)
    checks = look.verification(sentence.index, trigger.tokens)
    return Grounds(
        modality=modality,
        governed=governed,
        modalities=modalities,
        hedge=_hedge(look.view(sentence.index, trigger.tokens), sentence),
        checked=_verification(view, modality, sentences, checks),
        checks=checks,
    )


def factuality(modality: Modality, hedge: Part | None) -> float:
    """On the scale of the factuality sets: 3 happened, -3 did not; what is open lies between."""
    firm: dict[Modality, float] = {"actual": 3.0, "planned": 0.8, "called_for": 0.0, "possible": 0.5, "denied": -2.5}
    value = firm[modality]
    return value if hedge is None else round(value * 0.5, 2)


class _View:
    """The words of a sentence around a trigger, in lower case."""

    __slots__ = ("chain", "end", "event", "low", "sentence", "start", "tokens", "trigger")

    def __init__(self, event: EventType, trigger: Part, sentence: Sentence, chain: Sequence[Source]) -> None:
        self.event, self.trigger, self.sentence, self.chain = event, trigger, sentence, chain
        self.tokens: tuple[Token, ...] = sentence.tokens
        self.low = [token.text.lower() for token in sentence.tokens]
        inside = [k for k, t in enumerate(self.tokens) if t.start < trigger.span.end and trigger.span.start < t.end]
        self.start, self.end = (inside[0], inside[-1] + 1) if inside else (0, 0)

    def word(self, at: int) -> str:
        return self.low[at] if 0 <= at < len(self.low) else ""


# --- modality -----------------------------------------------------------------------------------------------

# Events whose trigger is itself the saying: "urged" happened, whatever was urged.
_SAYINGS = frozenset({"demand", "condemnation", "threat", "talks", "sanction", "agreement", "aid", "organisation"})
_ADVERB = r"(?:\w+ly |also |now |then |soon |again |still |even |yet |ever |once |first |both )?"
_BE = r"(?:be |been |being )?"
_ARTICLE = r"(?:an? |the |any |its |his |their |further |more |new |immediate |all |such )*"

_INTENDS = (
    "(?:plan|plans|planned|planning|intend|intends|intended|intending|intention|prepared|prepares|preparing|ready|poised|"
    "vowed|vows|pledged|pledges|promised|promises|threatened|threatens|threatening|ordered|orders|going|aim|aims|want|"
    "wants|wanted|decided|due|scheduled|set|about)"
)
_AFRAID = "afraid|fearful|scared|frightened|terrified|wary|fears?"
# Events that are words: their modality is that of the saying, which the sentence mostly tells as having happened.
_WORDS_ALONE = frozenset({"threat", "demand", "condemnation"})
# Constructions right before the trigger ("… _"), most telling first. The trigger is not part of the match.
PLAIN: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    ("denied", re.compile(
        rf"(?:\b(?:did|does|do|has|have|had|was|were|is|are) (?:not|never) (?!only )(?:{_INTENDS} to )?{_ADVERB}{_BE}"
        rf"|\bnever (?:{_INTENDS} to )?{_BE}"
        rf"|\b(?:no|none of the) (?:[\w-]+ ){{1,3}}(?:was|were|has been|have been|had been) "
        rf"|\b(?:no|denied|denies|deny|denying) (?:that )?(?:it |he |she |they |any |has |have |had |having )*"
        rf"{_INTENDS} (?:to |of )?"
        rf"|\b(?:denied|denies|deny|denying) (?:that )?"
        rf"(?:it |he |she |they |its \w+ |any |having |carrying out |being )*"
        rf"(?:had |has |have |was |were )?(?:involvement in |responsibility for |role in )?{_ARTICLE}"
        rf"|\b(?:no evidence|no proof|no sign|no indication) (?:of |that (?:\w+ ){{0,4}}){_ARTICLE}"
        rf"|\bnot (?:responsible for|behind|involved in) {_ARTICLE}"
        rf"|\bnothing to do with {_ARTICLE})$")),
    ("called_for", re.compile(
        rf"(?:\b(?:called|calls|calling|call|appealed|appeals) for {_ARTICLE}"
        rf"|\b(?:should|must|ought to) {_ADVERB}{_BE}"
        rf"|\b(?:urged|urges|urging|demanded|demands|asked|called on|calls on|calling on) "
        rf"(?:\w+ ){{1,4}}to {_ADVERB}{_BE}"
        rf"|\b(?:demanded|demands|proposed|proposes|urged) {_ARTICLE})$")),
    ("possible", re.compile(
        rf"(?:\b(?:may|might|could) {_ADVERB}(?:have )?{_BE}"
        rf"|\b(?:fear|fears|feared|fearing|(?:{_AFRAID}) of) (?:being )?{_ARTICLE}"
        rf"|\b(?:risk|possibility|danger|prospect) of {_ARTICLE}"
        rf"|\b(?:possible|potential|feared) )$")),
    ("planned", re.compile(
        rf"(?:\b{_INTENDS} (?:\w+ )?to {_ADVERB}{_BE}"
        rf"|\b(?:is|are) to {_BE}"
        rf"|\b(?:will|shall|'ll|’ll) {_ADVERB}{_BE}"
        rf"|\b(?:planned|upcoming|forthcoming|planning|preparing|plans? (?:for|of)|preparing for|preparations for) "
        rf"{_ARTICLE})$")),
)  # fmt: skip
# Frames that take back, or leave open, the whole clause after them ("It is not true that rebels shelled …"). Up to six
# words of that clause may come before the trigger, none of which opens another clause. Right on gold/train: denied 4 of
# 4, possible 9 of 13.
_SAID = r"(?:reports?|claims?|allegations?|accusations?|rumou?rs?|suggestions?|speculation)"
_CLAUSE = r"(?:(?!(?:who|which|that|after|when|while|because|since|whose|where|and|but|said|says) )[\w'’-]+ ){0,6}"
FRAMES: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    ("denied", re.compile(
        rf"(?:\b(?:not true|untrue|false|incorrect) that |\bno truth (?:in|to) (?:\w+ ){{0,3}}(?:that|of) "
        rf"|\b(?:dismiss|reject|refut|den|rebuff)(?:e[sd]?|ied|ies|y|s|ed|ing|ying) (?:\S+ ){{0,3}}?{_SAID} "
        rf"(?:that|of) |\b(?:denied|denies|deny|denying) that ){_CLAUSE}$")),
    ("possible", re.compile(
        rf"(?:\b(?:fears?|feared|fearing|concerns?|worries|worried) that |(?<!even )(?<!as )(?<!only )\b(?:if|unless) "
        rf"|\b(?:unclear|not clear|unknown|not known) whether |\bin case ){_CLAUSE}$")),
)  # fmt: skip
# A verb that only brings its noun about ("could agree a _", "has not launched an _"): what governs it governs the noun.
# On gold/train it decides 8 more claims, 7 of them right.
_BRINGS = re.compile(
    r"\b(?:(?:agree|reach|sign|launch|begin|start|carry|conduct|hold|stage|mount|impose|declare|announce|resume|join|open"
    r"|cause|spark|trigger|bring|lead|make|take|implement|commit|perform|undertake)(?:e?d|ing)?"
    rf"|held|began|begun|made|taken|took|led|brought) (?:on |to |out |about |up |part in )?{_ARTICLE}$"
)
_QUIET = re.compile(r"[^\w'’ -]")


def plain(view: _View) -> Governed | None:
    """The modality that the words right before the trigger leave no doubt of; None where they leave it open.

    Words after a comma, bracket or quotation mark alone are looked at: a governor on its far side is another clause's.
    """
    # A trigger of several words may hold its own governor: "are [preparing to capture]".
    found = _governed(view, view.start)
    if found is None and view.end - view.start > 1:
        found = _governed(view, view.end - 1)
    return found or _told(view)


# Past tense that speaks of what is to come ("pledged") or, with its object, of nothing ("did no damage").
_NO_TELLING = re.compile(rf"{_INTENDS}|did|had|took|made|gave|failed|refused|rejected|denied|called|urged|demanded")


def _told(view: _View) -> Governed | None:
    """A verb in the past tense with nothing before it that governs it: "the army, which plans to leave, [shelled] …".

    Of such triggers in gold/train 296 of 302 are actual, and the other six are verbs of `_NO_TELLING`.
    """
    one = view.end - view.start == 1 and view.tokens[view.start].form == "VBD"
    if not one or _NO_TELLING.fullmatch(view.low[view.start]):
        return None
    return Governed(modality="actual", rule="PAST", part=view.trigger)


def _governed(view: _View, start: int) -> Governed | None:
    """As `plain`, by the words before token `start`."""
    back = start
    while back > 0 and start - back < 13 and not _QUIET.search(view.low[back - 1]):
        back -= 1
    words = [k for k in range(back, start) if view.tokens[k].text != "May"]
    before = " ".join(view.low[k] for k in words)
    if not before or (view.event in _SAYINGS and view.word(start - 1) in ("", "and")):
        return None
    before = re.sub(r" n['’]t\b", " not", before) + " "
    for modality, pattern in PLAIN:
        if view.event in _WORDS_ALONE and modality != "denied":
            continue  # "we will answer firmly" is the threat itself
        if match := pattern.search(before) or pattern.search(_BRINGS.sub("", before)):
            return Governed(modality=modality, rule="PLAIN", part=_from(match, before, words, view))
    if view.event in _WORDS_ALONE:
        return None
    for modality, frame in FRAMES:
        if match := frame.search(before):
            return Governed(modality=modality, rule="FRAMES", part=_from(match, before, words, view))
    return None


def _from(match: re.Match[str], before: str, words: Sequence[int], view: _View) -> Part:
    """The words from where a construction begins to the trigger; `before` is `words` with a space after each."""
    first = words[min(before.count(" ", 0, match.start()), len(words) - 1)]
    return view.sentence.part(view.tokens[first].start, view.tokens[words[-1]].end)


def _likeliest(scores: Mapping[str, float]) -> Modality:
    """ "actual" unless another is likely enough: nine claims in ten are, which draws the reader towards it."""
    other = max((m for m in MODALITIES if m != "actual"), key=lambda m: scores.get(m, 0.0))
    return other if scores.get(other, 0.0) >= OTHER else "actual"


# --- hedge --------------------------------------------------------------------------------------------------


def _hedge(view: View, sentence: Sentence) -> Part | None:
    """The run of words by which the trigger is kept at a distance, around the surest of them."""
    column = view.of(sentence.index, 0, len(sentence.tokens) - 1, "hedge")
    if not len(column) or float(column.max()) < HEDGE_KEEP:
        return None
    first = last = int(column.argmax())
    while first and column[first - 1] >= HEDGE_KEEP:
        first -= 1
    while last + 1 < len(column) and column[last + 1] >= HEDGE_KEEP:
        last += 1
    return sentence.part(sentence.tokens[first].start, sentence.tokens[last].end)


# --- verification -------------------------------------------------------------------------------------------

_UNVERIFIED = re.compile(
    r"(?i)\b(?:(?:could|can|has|have|had|were|was|been)\s?(?:not|n['’]t)\s(?:\w+\s){0,3}?(?:verif|confirm"
    r"|corroborat)\w*"
    r"|cannot (?:\w+ )?(?:be )?(?:verif|confirm)\w*|(?:unable|not able) to (?:\w+ )?(?:verify|confirm)"
    r"|unconfirmed|unverified"
    r"|no (?:independent|official|immediate) (?:confirmation|verification)"
    r"|not (?:been )?(?:independently )?(?:verified|confirmed)"
    r"|(?:could|can|has|have|had|was|were) ?(?:not|n['’]t) (?:yet )?(?:be|been )?(?:\w+ )?checked"
    r"|neither [^.;]{0,60}? (?:could|can|has|have|had|was|were) (?:be |been )?(?:\w+ )?"
    r"(?:verif|confirm|corroborat|check)\w*"
    r"|not possible to (?:\w+ )?(?:verify|confirm|check)"
    r"|without (?:offering|providing|giving) (?:any )?(?:evidence|proof|details)|(?:provides|offered"
    r"|gave) no (?:proof|evidence))"
)
_UNCLEAR = re.compile(r"(?i)\b(?:unclear|not (?:\w+ )?clear|unknown|not known) (?:if|whether)\b")
_DISPUTED = re.compile(
    r"(?i)\b(?:refut(?:e|es|ed|ing)|(?:conflicting|competing|contradictory|rival) (?:claims?|accounts?|reports?"
    r"|versions?|statements?)"
    r"|reject(?:s|ed|ing) (?:\S+ ){0,4}?(?:claims?|allegations?|accusations?|reports?|assertions?)"
    r"|den(?:y|ies|ied|ying) (?:\S+ ){0,4}?(?:claims?|allegations?|accusations?|reports?)|contradict(?:s|ed|ing"
    r"|ory)|disput(?:es|ed)"
    r"|dismiss(?:es|ed|ing) (?:\S+ ){0,4}?(?:claims?|allegations?|accusations?|reports?))\b"
)
_VERIFIED = re.compile(r"(?i)^(?:(?:has|have|had|was|were|been|is|are)\s)*(?:independently )?(?:confirm|verif)\w*")
_CONFIRMED_BY = re.compile(r"(?i)\b(?:independently )?(?:confirmed|verified) (?:by|to)\b|\bit has been confirmed\b")
_BACK = re.compile(
    r"(?i)^\W*(?:the |these |those |this |that |its |his |their )?(?:claims?|reports?|accounts?|figures?|statements?"
    r"|allegations?|tolls?|information|it|that|this|there|neither|none|the \w+ ministry|reuters|afp|ap|cnn)\b"
)
# "Norlight could not verify either account", whoever begins the sentence: what was not checked is named as told before.
_ACCOUNTS = r"(?:claims?|reports?|accounts?|versions?|statements?|allegations?|figures?|tolls?|numbers?|assertions?)"
_TOLD_BEFORE = re.compile(
    r"(?i)\b(?:verify|confirm|corroborate|check) (?:\w+ly )?(?:what (?:either|they|he|she|both)\b"
    r"|(?:either|both|the|these|those|this|that|his|her|its|their|any of the) (?:[\w'’-]+ ){0,3}?"
    rf"{_ACCOUNTS}\b(?! (?:of|that|on|about)\b))"
)
# A picture that was not checked leaves open what was claimed.
_OF_EVIDENCE = re.compile(
    r"(?i)\b(?:verify|authenticate|confirm|check) (?:\w+ly )?(?:the|this|that|these|those|its|their|any) "
    r"(?:[\w'’-]+ ){0,3}?"
    r"(?:authenticity|videos?|footage|images?|imagery|photos?|photographs?|pictures?|clips?|recordings?)\b"
)
_TWO = re.compile(
    r"(?i)\b(?:neither|either|both) (?:[\w'’-]+ ){0,2}?(?:accounts?|claims?|versions?|sides?|said|reports?)\b"
)
# Sentences: "the claim could not be verified" speaks of what stands this near before it.
LOOK_AHEAD = 2
# The same of "neither account": the other side's stands before that of the one that was heard last.
LOOK_AHEAD_OF_TWO = 3


# Probability, 0-1, from which the reader's own view of what was checked counts beside the words below.
CHECKED = 0.5


def _verification(
    view: _View, modality: Modality, sentences: Sequence[Sentence], checks: Mapping[str, float]
) -> Checked:
    best = max((k for k in checks if k != "not_stated"), key=lambda k: checks[k], default=None)
    if best and checks[best] >= CHECKED:
        return Checked(verification=best)  # type: ignore[arg-type]
    sentence = view.sentence
    unclear = _UNCLEAR.search(sentence.text) if modality == "possible" else None
    if found := _near(_UNVERIFIED, view) or unclear:
        return Checked(verification="unverified", part=_matched(found, sentence))
    if found := _near(_DISPUTED, view):
        return Checked(verification="disputed", part=_matched(found, sentence))
    cue = next((link.cue for link in view.chain if link.cue and _VERIFIED.match(link.cue.text)), None)
    if cue:
        return Checked(verification="verified", part=cue)
    if part := _said_of_it_later(view, sentences):
        return Checked(verification="unverified", part=part)
    if found := _near(_CONFIRMED_BY, view):
        return Checked(verification="verified", part=_matched(found, sentence))
    return Checked(verification="not_stated")


def _near(pattern: re.Pattern[str], view: _View) -> re.Match[str] | None:
    """The words where they stand in the trigger's sentence, no further than a clause or two from it."""
    at = view.trigger.span.start - view.sentence.span.start
    return next((found for found in pattern.finditer(view.sentence.text) if abs(found.start() - at) < NEAR), None)


def _matched(found: re.Match[str], sentence: Sentence) -> Part:
    return sentence.part(sentence.span.start + found.start(), sentence.span.start + found.end())


# Characters: about two clauses of a news sentence.
NEAR = 140


def _said_of_it_later(view: _View, sentences: Sequence[Sentence]) -> Part | None:
    """The words of a later sentence that leave the claim unverified."""
    here = next((k for k, s in enumerate(sentences) if s.index == view.sentence.index), None)
    if here is None or not view.chain:
        return None
    for away, sentence in enumerate(sentences[here + 1 : here + 1 + LOOK_AHEAD_OF_TWO], 1):
        found = _UNVERIFIED.search(sentence.text)
        if not found or not _speaks_of_what_was_told(sentence.text, found.start()):
            continue
        if away <= LOOK_AHEAD or _TWO.search(sentence.text):
            return _matched(found, sentence)
    return None


def _speaks_of_what_was_told(text: str, at: int) -> bool:
    """Whether a sentence that says at `at` that something was not checked means what was claimed before it."""
    if _OF_EVIDENCE.search(text, at):
        return False
    return _BACK.match(text) is not None or _TOLD_BEFORE.search(text, at) is not None

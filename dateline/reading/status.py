"""Whether an event happened, is planned, called for, feared or denied; how far the teller keeps away; what was checked.

Modality: a small linear model (`weights/status.npz`, fitted by training/status/fit_status.py) looks at the words around
the trigger that can govern it (`data/status_words.csv`), how far they stand, what lies between, and how the trigger is
written. A few constructions that leave no doubt (`PLAIN`) decide before it, so that nothing denied, planned, called for
or only possible is ever read as having happened where the sentence says so in plain words.
"""

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from dateline.codes import EventType, Modality, Verification
from dateline.reading.linear import load
from dateline.reading.words import Sentence, Token
from dateline.record import Part, Source, Span
from dateline.world.labels import read_table

# Probability, 0-1: a word of distance is the claim's hedge from here on; best in five folds of gold/train.
HEDGE_KEEP = 0.4
# Words: a governing word further from the trigger than this does not reach it.
REACH = 14


class Status(Struct, frozen=True, kw_only=True):
    """Modality, hedge and verification of one claim. `factuality` is -3 (did not happen) to 3 (did)."""

    modality: Modality
    hedge: Part | None
    verification: Verification
    factuality: float


def judge(
    event: EventType, trigger: Part, sentence: Sentence, chain: Sequence[Source], sentences: Sequence[Sentence]
) -> Status:
    """Judge the claim that `trigger` names in `sentence`; `chain` says who puts it forward.

    Args:
        sentences: all of the report's, since a later one may say that something "could not be verified".
    """
    view = _View(event, trigger, sentence, chain)
    modality = plain(view) or _likeliest(view)
    hedge = _hedge(view)
    return Status(
        modality=modality,
        hedge=hedge,
        verification=_verification(view, modality, sentences),
        factuality=factuality(modality, hedge),
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
# Events that are words: their modality is that of the saying, which the sentence mostly tells as having happened.
_WORDS_ALONE = frozenset({"threat", "demand", "condemnation"})
# Constructions right before the trigger ("… _"), most telling first. The trigger is not part of the match.
PLAIN: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    ("denied", re.compile(
        rf"(?:\b(?:did|does|do|has|have|had|was|were|is|are) (?:not|never) (?!only )(?:{_INTENDS} to )?{_ADVERB}{_BE}"
        rf"|\bnever (?:{_INTENDS} to )?{_BE}"
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
        rf"|\b(?:fear|fears|feared|fearing) {_ARTICLE}|\b(?:risk|possibility|danger|prospect) of {_ARTICLE}"
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


def plain(view: _View) -> Modality | None:
    """The modality that the words right before the trigger leave no doubt of; None where they leave it open.

    Words after a comma, bracket or quotation mark alone are looked at: a governor on its far side is another clause's.
    """
    back = view.start
    while back > 0 and view.start - back < 13 and not _QUIET.search(view.low[back - 1]):
        back -= 1
    before = " ".join(view.low[k] for k in range(back, view.start) if view.tokens[k].text != "May")
    if not before or (view.event in _SAYINGS and view.word(view.start - 1) in ("", "and")):
        return None
    before = re.sub(r" n['’]t\b", " not", before) + " "
    for modality, pattern in PLAIN:
        if view.event in _WORDS_ALONE and modality != "denied":
            continue  # "we will answer firmly" is the threat itself
        if pattern.search(before) or pattern.search(_BRINGS.sub("", before)):
            return modality
    if view.event in _WORDS_ALONE:
        return None
    return next((modality for modality, frame in FRAMES if frame.search(before)), None)


def _likeliest(view: _View) -> Modality:
    model = load("status")
    label: Modality = model.best([modality_features(view)])[0]  # type: ignore[assignment]
    return label


@cache
def senses() -> dict[str, Modality]:
    """Words that can govern an event, with what they make of it.

    Raises:
        ResourceError: the table is missing or was altered.
    """
    return {row["form"]: row["sense"] for row in read_table("status_words")}  # type: ignore[misc]


_BREAKS = frozenset(', ; : — – -- ( ) . ! ? “ ” "'.split())
_JOINS = frozenset("who which that where when while but and after before because as since until although whose".split())


def modality_features(view: _View) -> list[str]:
    """What the model looks at: governing words before and after, with distance and breaks; near words; the trigger."""
    table = senses()
    head = view.tokens[view.start] if view.tokens else None
    made = [f"event={view.event}", f"trigger={view.trigger.text.lower()[:12]}", f"first={view.word(view.start)[:6]}"]
    if head is not None:
        made += [f"form={head.form or head.tag}", f"form={head.form or head.tag}|{view.word(view.start - 1)}"]
    nearest: dict[str, str] = {}
    breaks = joins = 0
    for at in range(view.start - 1, max(-1, view.start - REACH - 1), -1):
        word = view.low[at]
        sense = table.get(word)
        if sense:
            far = _bucket(view.start - at)
            between = "|".join(("b" if breaks else "", "j" if joins else ""))
            made += [f"L:{sense}:{far}:{between}", f"L={word}:{between}", f"L={word}"]
            if not breaks:
                made.append(f"L={word}:{far}")
            nearest.setdefault(sense, far if not breaks else "off")
        breaks += word in _BREAKS
        joins += word in _JOINS
    breaks = 0
    for at in range(view.end, min(len(view.low), view.end + 9)):
        word = view.low[at]
        breaks += word in _BREAKS
        sense = table.get(word)
        if sense:
            made += [f"R:{sense}:{_bucket(at - view.end + 1)}:{min(breaks, 1)}", f"R={word}:{min(breaks, 1)}"]
    made += [f"near:{sense}:{far}" for sense, far in nearest.items()]
    made.append("nearest=" + (next(iter(nearest)) if nearest else "none"))
    made.append("nearest=" + (next(iter(nearest)) if nearest else "none") + f":{view.event in _SAYINGS}")
    for k in (1, 2, 3):
        made.append(f"w-{k}={view.word(view.start - k)}")
    made += [f"w+1={view.word(view.end)}", f"w+2={view.word(view.end + 1)}"]
    made.append(f"w-2-1={view.word(view.start - 2)} {view.word(view.start - 1)}")
    made += [f"b={view.low[k]}" for k in range(max(0, view.start - 6), view.start)]
    made += [f"cue={link.cue.text.lower()}" for link in view.chain if link.cue]
    inner = set(view.low[view.start : view.end])
    made += [f"in={word}" for word in inner]
    made += [f"in:{table[word]}" for word in inner if word in table]
    return made


def _bucket(distance: int) -> str:
    return (
        "1" if distance == 1 else "2" if distance == 2 else "3-4" if distance < 5 else "5-8" if distance < 9 else "9+"
    )


# --- hedge --------------------------------------------------------------------------------------------------

HEDGES = re.compile(
    r"(?ix)\b(?: alleged(?:ly)? | reported(?:ly)? | unconfirmed | unverified | purported(?:ly)? "
    r"| supposed(?:ly)? | apparent(?:ly)?"
    r" | ostensibl[ey] | so-called | suspected | presumed | presumably | possibl[ey] | probabl[ey] | perhaps "
    r"| likely | unlikely"
    r" | potential(?:ly)? | appear(?:s|ed)?\ to | seem(?:s|ed)?\ to | appear(?:s|ed)? | seem(?:s|ed)?"
    r" | claim(?:s|ed|ing)? | estimate[sd]? | believe[sd]?(?:\ to)? | thought\ to"
    r" | (?:is|are|was|were)\ (?:said|understood|rumou?red)\ to | said\ to\ be | rumou?red | rumou?rs "
    r"| speculat(?:ed|ion|es)"
    r" | suggest(?:s|ed|ing)? | indicat(?:es|ed|ing) | assum(?:e|es|ed) | expected | could | may | might | can "
    r"| allegations? | fear(?:s|ed)?"
    r" | risk | unclear(?:\ (?:if|whether))? | not\ (?:immediately\ )?clear | not\ (?:yet\ )?ruled\ out "
    r"| cannot\ be\ ruled\ out"
    r" | attributed\ to | implicated | accused | linked\ to | considered | according\ to\ (?:initial"
    r"|unconfirmed)\ reports"
    r" | initial\ reports | signs\ of | growing\ evidence | what\ (?:it|he|she|they)\ (?:said|called"
    r"|described\ as) | would | if )\b"
)


class HedgeWord(Struct, frozen=True):
    """A word of distance in a sentence, by offsets of the report."""

    text: str
    start: int
    end: int


def hedge_words(sentence: Sentence) -> list[HedgeWord]:
    """Every word in the sentence that can keep a distance."""
    at = sentence.span.start
    return [HedgeWord(m.group(), at + m.start(), at + m.end()) for m in HEDGES.finditer(sentence.text)]


def hedge_features(word: HedgeWord, view: _View) -> list[str]:
    """What decides whether a word of distance reaches the trigger: which word, where, how far, what lies between."""
    form = re.sub(r"\s+", " ", word.text.lower())
    inside = [k for k, t in enumerate(view.tokens) if t.start < word.end and word.start < t.end]
    first, last = (inside[0], inside[-1] + 1) if inside else (0, 0)
    if first < view.end and view.start < last:
        side, low, high = "in", 0, 0
    elif last <= view.start:
        side, low, high = "L", last, view.start
    else:
        side, low, high = "R", view.end, first
    far = _bucket(high - low + 1) if side != "in" else "0"
    between = view.low[low:high]
    breaks = sum(w in _BREAKS for w in between)
    joins = next((w for w in between if w in _JOINS), "")
    cue = any(link.cue and link.cue.span.overlaps(Span(word.start, word.end)) for link in view.chain)
    before, after = view.word(first - 1), view.word(last)
    kind = f"{side}:{min(breaks, 2)}"
    return [
        f"h={form}", f"h={form}|{side}", f"h={form}|{kind}", f"h={form}|{far}", f"k={kind}|{far}",
        f"cue={cue}", f"h={form}|cue={cue}",
        f"j={joins}|{side}", f"before={before}", f"after={after}", f"h={form}|b={before}", f"h={form}|a={after}",
        f"event={view.event}", f"far={far}|{side}",
        f"tag={view.tokens[first].form if first < len(view.tokens) else ''}|{form}",
        f"chain={len(view.chain)}", f"g={form[:5]}|{side}|{far}|{min(breaks, 1)}",
        *(f"in={w}" for w in view.low[view.start : view.end]),
    ]  # fmt: skip


def _hedge(view: _View) -> Part | None:
    """The word of distance that most surely reaches the trigger, or None."""
    words = hedge_words(view.sentence)
    if not words:
        return None
    model = load("hedges")
    chances = model.probabilities([hedge_features(word, view) for word in words])[:, model.index["yes"]]
    best = int(chances.argmax())
    if chances[best] < HEDGE_KEEP:
        return None
    return view.sentence.part(words[best].start, words[best].end)


# --- verification -------------------------------------------------------------------------------------------

_UNVERIFIED = re.compile(
    r"(?i)\b(?:(?:could|can|has|have|had|were|was|been)\s?(?:not|n['’]t)\s(?:\w+\s){0,3}?(?:verif|confirm"
    r"|corroborat)\w*"
    r"|cannot (?:\w+ )?(?:be )?(?:verif|confirm)\w*|(?:unable|not able) to (?:\w+ )?(?:verify|confirm)"
    r"|unconfirmed|unverified"
    r"|no (?:independent|official|immediate) (?:confirmation|verification)"
    r"|not (?:been )?(?:independently )?(?:verified|confirmed)"
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
# Sentences: "the claim could not be verified" speaks of what stands this near before it.
LOOK_AHEAD = 2


def _verification(view: _View, modality: Modality, sentences: Sequence[Sentence]) -> Verification:
    text = view.sentence.text
    if _near(_UNVERIFIED, view) or (_UNCLEAR.search(text) and modality == "possible"):
        return "unverified"
    if _near(_DISPUTED, view):
        return "disputed"
    if any(link.cue and _VERIFIED.match(link.cue.text) for link in view.chain):
        return "verified"
    later = _said_of_it_later(view, sentences)
    if later:
        return later
    return "verified" if _near(_CONFIRMED_BY, view) else "not_stated"


def _near(pattern: re.Pattern[str], view: _View) -> bool:
    """Whether the words stand in the trigger's sentence, no further than a clause or two from it."""
    at = view.trigger.span.start - view.sentence.span.start
    return any(abs(found.start() - at) < NEAR for found in pattern.finditer(view.sentence.text))


# Characters: about two clauses of a news sentence.
NEAR = 140


def _said_of_it_later(view: _View, sentences: Sequence[Sentence]) -> Verification | None:
    here = next((k for k, s in enumerate(sentences) if s.index == view.sentence.index), None)
    if here is None or not view.chain:
        return None
    for sentence in sentences[here + 1 : here + 1 + LOOK_AHEAD]:
        if _UNVERIFIED.search(sentence.text) and _BACK.match(sentence.text):
            return "unverified"
    return None

"""Clauses without a parser: the words of a sentence, which of them are quoted, and the noun phrases beside a verb.

All positions are token indices of one sentence, end excluded. Works on bare words; where tokens carry parts of speech,
those decide what is a verb.
"""

from collections.abc import Sequence

from dateline.reading.words import Sentence, Token

# Reported words that go on over sentences without a closing mark are taken for a slip of the pen after so many
# sentences.
LONGEST_QUOTATION = 12
# Words: a subject with more words before its verb than this is cut to its last ones.
LONGEST_SOURCE = 22


Range = tuple[int, int]

OPEN, CLOSE = frozenset("“«„"), frozenset("”»")
MARKS = OPEN | CLOSE | {'"'}
STOPS = frozenset(", ; : . ! ? ( ) [ ] — – - -- … ... / |".split()) | MARKS
DETERMINERS = frozenset(
    "the a an this that these those its his her their our my your some any no every each another several many most two "
    "three four five six seven eight nine ten dozens hundreds both all one".split()
)
POSSESSIVES = frozenset("its his her their our my your 's ’s '".split())
PRONOUNS = frozenset("he she they it we i you who others many some both".split())
BE = frozenset("is are was were be been being 's ’s 're ’re am".split())
HAVE = frozenset("has have had having 've ’ve".split())
MODAL = frozenset("will would can could may might must should shall did do does 'll ’ll 'd ’d wo ca".split())
NOT = frozenset("not n't n’t never no".split())
ADVERBS = frozenset(
    "also later earlier previously recently repeatedly again now then still just already often once long since all "
    "first further even always yesterday today thus only soon ago too".split()
)
CLAUSE = frozenset(
    "that but as while when if because although though where whereas before since until which whose whom than so "
    "whether nor why how what after unless despite whenever once then".split()
)
PREPOSITIONS = frozenset(
    "in on at by from to with of for about against into over after before during under through near since between "
    "among within without via across toward towards upon amid outside inside following".split()
)
TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight mon tue wed thu fri sat "
    "sun january february march april june july august september october november december earlier later morning "
    "afternoon evening night week month year ago last late early this".split()
)
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tonight earlier later".split()
)
_IRREGULAR = frozenset("said told thought known seen heard understood felt held found written shown".split())


class View:
    """A sentence's words in lower case, which of them stand inside a quotation, and how it is written."""

    __slots__ = ("capitals", "end", "inside", "low", "sentence", "tokens")

    def __init__(self, sentence: Sentence, inside: Sequence[bool]) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.low = [token.text.lower() for token in sentence.tokens]
        self.inside = inside
        letters = [c for c in sentence.text if c.isalpha()]
        self.capitals = sum(c.isupper() for c in letters) > 0.7 * len(letters)
        end = len(self.low)
        while end and (self.low[end - 1] in STOPS) and self.low[end - 1] not in MARKS:
            end -= 1
        self.end = end

    def word(self, index: int) -> str:
        """The word there in lower case, or an empty string outside the sentence."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def named(self, index: int) -> bool:
        """Whether the word there looks like part of a name."""
        return 0 <= index < len(self.low) and not self.capitals and self.tokens[index].text[:1].isupper()

    def apart(self, index: int) -> bool:
        """Whether blanks stand on both sides of the mark there: a dash, not a hyphen."""
        tokens = self.tokens
        return (
            0 < index < len(tokens) - 1
            and tokens[index - 1].end < tokens[index].start
            and tokens[index].end < tokens[index + 1].start
        )

    def is_verb(self, index: int) -> bool:
        word, tag = self.word(index), self.tokens[index].tag
        if tag:
            return tag in ("VERB", "AUX")
        return word in BE or word in HAVE or word in MODAL or (word.endswith("ed") and not self.named(index))


def quotation_marks(sentences: Sequence[Sentence]) -> list[list[bool]]:
    """For each word of each sentence, whether it stands inside a quotation; the marks themselves do."""
    made: list[list[bool]] = []
    is_open, since, end = False, 0, 0
    for sentence in sentences:
        if is_open and _forgotten(sentence, since, end):
            is_open = False
        end = sentence.span.end
        row: list[bool] = []
        for token in sentence.tokens:
            if token.text not in MARKS:
                row.append(is_open)
                continue
            opens = _opens(token, sentence)
            row.append(is_open or opens)
            if opens and not is_open:
                since = sentence.index
            is_open = opens
        if is_open and sentence.kind in ("headline", "heading"):
            is_open = False
        made.append(row)
    return made


def _forgotten(sentence: Sentence, since: int, end: int) -> bool:
    """Whether a quotation that was open at offset `end` was left unclosed by mistake: a new paragraph of the same
    speech would open with a mark again."""
    if sentence.where == "title" or sentence.index - since > LONGEST_QUOTATION:
        return True
    new_paragraph = sentence.span.start - end > 1
    return new_paragraph and bool(sentence.tokens) and sentence.tokens[0].text not in MARKS


def _opens(token: Token, sentence: Sentence) -> bool:
    if token.text != '"':
        return token.text in OPEN
    at = token.start - sentence.span.start
    before, after = sentence.text[at - 1 : at], sentence.text[at + 1 : at + 2]
    return (not before or before in " \n\t([-—–'‘:") and bool(after.strip())


def is_participle(word: str) -> bool:
    return word.endswith("ed") or word in _IRREGULAR


def verb_group(view: View, at: int) -> int:
    """Index of the first word of the verb group that ends at the cue: "has not yet said" starts at "has"."""
    start = at
    while start > 0:
        before = view.word(start - 1)
        helper = before in BE or before in HAVE or before in MODAL or before in NOT or before in ADVERBS
        adverb = before.endswith("ly") and not view.named(start - 1) and before not in ("family", "ally", "assembly")
        infinitive = before == "to" and start - 1 > 0 and start == at
        if not (helper or adverb or infinitive):
            break
        start -= 1
    return start


INSERTED = frozenset("however meanwhile though too moreover nevertheless reportedly apparently".split())


def subject_before(view: View, end: int) -> Range | None:
    """The noun phrase that ends right before `end`, without appositives and relative clauses; None where none does."""
    last = end - 1
    if last < 0:
        return None
    if view.word(last) == ")":
        opening = next((k for k in range(last, max(-1, last - 8), -1) if view.low[k] == "("), None)
        last = opening - 1 if opening else last
    if view.word(last) in (",", "—", "–", "--"):
        before = _skip_insertion(view, last)
        return subject_before(view, before) if before else None
    if view.word(last) in ("who", "which"):
        back = last - 1 if view.word(last - 1) in (",", "—") else last
        return subject_before(view, back) or (last, last + 1)
    start = last + 1
    while start > 0 and last + 1 - start < LONGEST_SOURCE and not _bounds(view, start - 1, last):
        start -= 1
    if start > 1 and view.word(start - 1) == "who":
        return subject_before(view, start - 1)  # "the pilot who was shot down said": the source is the pilot
    if start == last and view.word(start) in INSERTED and view.word(start - 1) == ",":
        return subject_before(view, start - 1)  # "One study, however, suggested": the study does
    start = _without_lead(view, start, last + 1)
    while last > start and (view.low[last] in DAYS or view.low[last] in ("on", "in", "at")):
        last -= 1  # "the army on Sunday said": the day is no part of the source
    return (start, last + 1) if start <= last and any(c.isalpha() for c in view.low[start]) else None


def _bounds(view: View, at: int, last: int) -> bool:
    """Whether a subject that ends at `last` cannot reach back over the word at `at`."""
    word = view.low[at]
    if word in ("-", "/"):
        return view.apart(at)
    if word == "to":
        return not (view.capitals or view.named(at + 1) or view.word(at + 1) in DETERMINERS)
    if word in STOPS or word in CLAUSE or word in ("who", "or", "saying", "adding"):
        return not (word == "as" and view.word(at + 1) == "well")
    if word == "and":
        if (view.named(at + 1) and view.named(at - 1)) or (view.named(last) and view.word(at + 1) in DETERMINERS):
            return False
        back = next((k for k in range(at - 1, max(-1, at - 6), -1) if view.low[k] in STOPS), None)
        return back is None or view.word(at + 1) in PRONOUNS or any(view.is_verb(k) for k in range(back, at))
    if word in BE - {"'s", "’s"} or word in HAVE or word in MODAL or word in NOT - {"no"}:
        return True
    if view.tokens[at].tag:
        named = at > 0 and view.named(at)  # "Save the Children"
        return view.tokens[at].tag == "VERB" and not named and view.tokens[at].form not in ("VBN", "VBG")
    return word in ("said", "says", "told")


def _skip_insertion(view: View, comma: int) -> int | None:
    """For "X, the president of Y, said": the index of the first comma, which ends X."""
    mark = view.low[comma]
    for at in range(comma - 1, max(0, comma - 40), -1):
        if view.inside[at] != view.inside[comma]:
            return None
        if view.low[at] != mark:
            continue
        within = range(at + 1, comma)
        apposed = 0 < len(within) <= 6 and view.named(at + 1) and not any(view.is_verb(k) for k in within)
        if apposed or _inserts(view, at + 1):
            return at
    return None


def _inserts(view: View, at: int) -> bool:
    """Whether the word after a comma can open an appositive or a relative clause: "the president of", "who", "47"."""
    first = view.word(at)
    opens = first in DETERMINERS | PREPOSITIONS or first in ("who", "which", "whose", "where", "as", "head", "himself")
    return opens or first.endswith("ing") or is_participle(first) or first.isdigit() or view.named(at - 2)


def _without_lead(view: View, start: int, end: int) -> int:
    """Drop a leading "on Sunday", "in Baghdad", "and": the source starts after it."""
    while start < end - 1 and view.low[start] in (
        "and",
        "meanwhile",
        "however",
        "also",
        "then",
        "yet",
        "still",
        "later",
    ):
        start += 1
    if view.word(start) == "according" and view.word(start + 1) == "to" and start + 2 < end:
        return start + 2  # "according to the Red Crescent, which said …"
    if view.low[start] not in PREPOSITIONS or view.low[start] == "of":
        return start
    for at in range(end - 1, start, -1):
        if view.low[at] in PRONOUNS | {"the", "a", "an"} and at > start + 1 and view.low[at - 1] not in PREPOSITIONS:
            return at
    at = start + 1
    while at < end - 1 and (
        (view.named(at) and view.low[at] in TIME) or view.low[at].isdigit() or view.low[at] in TIME
    ):
        at += 1
    return at if at > start + 1 else min(start + 2, end - 1)


def noun_phrase_after(view: View, start: int, *, wide: bool) -> Range | None:
    """The noun phrase from `start` on: to a comma, a clause word, or (unless `wide`) most prepositions."""
    at = start
    stops = CLAUSE | {"who", "saying", "adding", "said", "says"}
    while at < view.end and at - start < 24:
        word = view.low[at]
        if word in STOPS or word in stops or (word in TIME and at > start and not view.named(at - 1)):
            break
        if at > start and word in ("on", "in", "at") and view.word(at + 1) in TIME | {"a", "an"}:
            break
        if at > start and not wide and word in PREPOSITIONS and word not in ("of", "for", "from", "with", "at", "in"):
            break
        if at > start and (word in BE - {"'s", "’s"} or word in HAVE or word in MODAL):
            break
        if at > start and view.tokens[at].form in ("VBD", "VBP", "VBZ"):
            break
        at += 1
    while at > start and view.low[at - 1] in PREPOSITIONS | {"and", "or"}:
        at -= 1
    return (start, at) if at > start else None

"""What stands in a report and is no report: notices of the publisher, links, credits, the furniture of a page.

A rule names its reason and the form of a whole paragraph. Rules are narrow on purpose: a notice that is kept costs a
sentence nobody believes in, a sentence that is lost costs a claim.
"""

import re

from msgspec import Struct

from dateline.reading.paragraphs import Paragraph


class Rule(Struct, frozen=True):
    """A paragraph of at most `words` words that begins with `begins` (and holds `holds`) is left out as `reason`."""

    reason: str
    begins: re.Pattern[str]
    words: int = 40
    holds: re.Pattern[str] | None = None


def _rule(reason: str, begins: str, words: int = 40, holds: str | None = None) -> Rule:
    # A paragraph that opens with a quotation mark is somebody's words, whatever they are.
    return Rule(
        reason,
        re.compile(rf"[^\w\"“”'‘]*(?:{begins})", re.IGNORECASE),
        words,
        re.compile(holds, re.IGNORECASE) if holds else None,
    )


_THIS = r"(?:this|the|our) (?:story|article|report|post|page|headline|item|piece|live ?blog|live page|file|dispatch)"
_REPORT = r"(?:story|article|report|reporting|dispatch|piece)"
_AGENCY_CREDIT = (
    r"(?:additional )?(?:reporting|writing|editing|compiled|translated|translation|edited|written|reported)"
)
_NETWORK_NAMES = "facebook twitter x linkedin whatsapp telegram pinterest reddit messenger instagram tiktok"
_OTHER_SHARE_WORDS = (
    "share shares tweet mail email e print copy link this article story on via by save post pin comment comments to "
    "pocket flipboard youtube sms bookmark send icon close url google plus gmail threads bluesky"
)
_NETWORKS = frozenset(_NETWORK_NAMES.split())
_SHARE_WORDS = _NETWORKS | frozenset(_OTHER_SHARE_WORDS.split())

RULES: tuple[Rule, ...] = (
    _rule("subscription notice", r"an? [\w.&'’ -]{2,30} subscription\W*$", 8),
    _rule("subscription notice",
          r"subscribe(?:rs?\W+(?:only|sign in|log ?in))?(?:\W*$| (?:or|to|now|here|today"
          r"|for|and|via|from|online)\b)", 60),
    _rule("subscription notice",
          r"(?:already|not|are you|become|log in as) (?:yet )?(?:a|an) (?:\w+ )?(?:subscriber"
          r"|member)\b", 40),
    _rule("subscription notice",
          r"to (?:continue reading|read (?:the (?:full|rest|whole)|this|more)|access this)\b", 40),
    _rule("subscription notice",
          r"(?:you have|you've|you’ve) (?:reached|read|used|\d+)\b", 40,
          r"\b(?:articles?|limit|free)\b"),
    _rule("subscription notice",
          r"(?:this (?:content|article|story) is (?:only )?(?:available|for|reserved|exclusive))\b", 30,
          r"\b(?:subscri|member|premium)"),
    _rule("subscription notice", r"(?:start|try|begin) your (?:free )?(?:trial|subscription)\b", 30),
    _rule("newsletter notice", r"(?:please )?(?:sign|signed) ?up\b(?: (?:for|to|here|now|today)\b|\W*$)", 45),
    _rule("newsletter notice",
          r"(?:get|receive|want) (?:the|our|more|all|\w+(?:['’]s)?)\b.{0,80}\b(?:newsletter"
          r"|in(?:to)? your inbox|e-?mail alerts?)\b", 45),
    _rule("newsletter notice", r"(?:for more,? )sign up\b", 30),
    _rule("newsletter notice", r"you(?:['’]re| are) reading an? (?:excerpt|version|edition)\b.*\bnewsletter\b", 60),
    _rule("newsletter notice",
          r".{0,160}\b(?:check out all of|subscribe to|sign up (?:for|to)) (?:our |the |\w+['’]s"
          r" )?[\w'’ ]{0,40}newsletters?\b", 30),
    _rule("newsletter notice",
          r"(?:we are glad|thank you for being|thanks for being)\b", 40,
          r"\bsign up\b|\bnewsletter\b"),
    _rule("app notice", r"(?:click here to )?(?:download|get) (?:the|our)\b.{0,30}\bapp\b\W*$", 20),
    _rule("link to other reports",
          r"(?:read|see|watch|hear|view|learn) (?:more|also|next|the full|full)\b\s*(?:[:>»|…]"
          r"|\W*$)", 40),
    _rule("link to other reports", r"(?:also|must) (?:read|watch|see)\b\s*(?:[:>»|]|\W*$)", 40),
    _rule("link to other reports", r"read more\b.{0,80}\b(?:here|on|at|from|about|in)\b", 20),
    _rule("link to other reports",
          r"(?:read|listen|watch|related|recommended|explainer|don['’]t miss|more on this)\s*[:>»|]", 30),
    _rule("link to other reports",
          r"(?:related|recommended|more|most|latest|top|other|trending|popular) (?:articles?"
          r"|stories|story|news|coverage|reading|content|topics|links?|reports?|posts?|read"
          r"|viewed|popular)\b[^.]{0,30}$", 8),
    _rule("link to other reports", r"(?:more (?:on this (?:story|topic)|from (?:the )?[\w'’ .-]{2,30}))\W*$", 9),
    _rule("link to other reports",
          r"(?:you (?:can|may|might) (?:find|read|also|view))\b.{0,60}\b(?:more|like|be"
          r" interested|stories|information)\b", 25,
          r"\b(?:page|website|site|like|here|\w+\.\w{2,3}|interested)\b"),
    _rule("link to other reports",
          r"(?:see|watch|view) (?:the |this |our )?(?:full )?(?:video|(?:photo )?gallery|photos|pictures|slideshow"
          r"|live blog)\s*(?:[:>»|]|\W*$)", 20),
    _rule("link to other reports", r"more \w+ (?:on|at) .{2,40}\b(?:main|home) ?page\W*$", 12),
    _rule("link to other reports", r"(?:please )?click (?:here|on the link|to)\b", 25),
    _rule("link to other reports",
          r"(?:see full (?:web )?article|view (?:full )?(?:gallery|comments|article)|full"
          r" story|continue reading|view the discussion thread|read the full (?:story|article"
          r"|report))\b", 12),
    _rule("share links", r"(?:share|tweet|like|bookmark|print|e-?mail|save) (?:this|on|via|the)\b[^.]{0,40}$", 8),
    _rule("share links",
          r"(?:follow|join|like|find) (?:us|me|[@\w][\w ]{1,30}) on (?:facebook|twitter"
          r"|x|instagram|telegram|whatsapp|youtube|google|linkedin|social)\b", 25),
    _rule("share links", r"follow @?\w+(?: @\w+)*\W*$", 4),
    _rule("cookie notice", r"", 110,
          r"\bcookies?\b.*\b(?:consent|privacy|browser|websites?|your (?:device|experience)"
          r"|policy|accept|preferences)\b|\b(?:consent|privacy|we use|accept|allow|manage"
          r"|set)\b.{0,60}\bcookies?\b"),
    _rule("copyright notice",
          r"(?:©|\(c\)\s*(?:copyright|\d{4})|copyright\b\s*(?:©|\(c\)|\d{4}|[A-Z]\w+ \d{4}"
          r"|notice|:))", 80),
    _rule("copyright notice", r"", 70, r"\ball rights (?:are )?reserved\b|©\s*\d{4}"),
    _rule("copyright notice",
          r"(?:this (?:material|content|article|story)|no part of)\b", 60,
          r"\bmay not be (?:published|reproduced|broadcast|copied|rewritten|redistributed)\b"
          r"|\bwithout (?:the )?(?:prior |express |written )*permission\b"),
    _rule("update notice",
          rf"{_THIS}(?: and \w+)? (?:has been|have been|was|is being|will be|is) (?:last"
          rf" )?(?:updated|being updated)\b", 25),
    _rule("update notice",
          r"(?:this is a )?(?:breaking|developing) (?:news )?story\b\W*$|this is a (?:breaking"
          r"|developing) (?:news )?story\b", 30),
    _rule("update notice",
          r"(?:check back|stay tuned|more (?:to come|details (?:to|will) follow|follows)"
          r"|refresh (?:the|this) page)\b[^.]*\.?\W*$", 15),
    _rule("credit", rf"{_AGENCY_CREDIT} by\b:? ?[A-Z][^.]{{0,250}}\.?\W*$", 45),
    _rule("credit", rf"[^.]{{0,250}}\bcontributed (?:reporting )?to (?:this|the) {_REPORT}\b[^.]{{0,30}}\.?\W*$", 45),
    _rule("credit", r"[^.]{0,120}\bcontributed reporting\b[^.]{0,60}\.?\W*$", 25),
    _rule("credit",
          r"(?:with )?(?:additional )?(?:inputs?|files|material|reporting|information) "
          r"(?:from|by) [^.]{2,80}\.?\W*$", 15),
    _rule("credit", r"(?:sources?|via|credit|text|author) ?: [^.!?]{2,80}\W*$", 9),
    _rule("photo credit",
          r"(?:(?:cover|file|main|top|lead|header|handout) )?(?:photo(?:graph)?|picture"
          r"|image|pic|video|illustration|graphic)s?(?: credit| courtesy| source)?(?: (?:by"
          r"|of|from))? ?[:/©] ?[^.!?]{2,60}\W*$", 9),
    _rule("photo credit",
          r"(?:photo(?:graph)?|picture|image|video)s? (?:by|courtesy(?: of)?) [A-Z][^.!?]{2,60}\W*$", 10),
    _rule("photo credit",
          r"(?-i:[A-Z][\w.'’-]*(?:,? [A-Z][\w.'’-]*){0,4}) ?(?:/|\bvia )(?:AFP|AP|Reuters|EPA|Getty(?:"
          r" Images)?|EPA-EFE|Anadolu)[\w/ ]{0,30}\W*$", 8),
    _rule("photo credit", r"[\w /-]{0,40}\bGetty Images\W*$", 6),
    _rule("contact line",
          r"for (?:more|further|additional) (?:information|details|inquiries|enquiries),?"
          r" (?:please )?(?:contact|call|visit|e-?mail|see|go to)\b", 50),
    _rule("contact line",
          r"(?:for )?(?:media|press) (?:contacts?|enquiries|inquiries|queries|office)\b[^.]{0,120}\W*$", 30),
    _rule("contact line",
          r"(?:contacts?|tel(?:ephone)?|phone|mobile|fax|e-?mail|website|media contact)"
          r" ?[:.] ?\S.{0,120}$", 18),
    _rule("contact line",
          r"(?:do you have|have you|are you|got) (?:a|any|been|in|more|information|news"
          r"|tip)\b.{0,200}\b(?:e-?mail|contact|get in touch|send|tell us|whatsapp)\b", 60),
    _rule("advertisement",
          r"(?:advertisement|advertising|advert|sponsored(?: content)?|promoted(?: content)?"
          r"|(?:story|article) continues (?:below|after)[\w ]*|skip advertisement|ad feedback)\W*$", 8),
    _rule("page furniture",
          r"(?:back to top|skip to (?:main )?content|leave a (?:comment|reply)|comments"
          r" are closed|load(?:ing)? ?(?:more)?|log ?in|sign in|register|\d+ comments?|"
          r"(?:previous|next)(?: (?:article|story|page|post))?|page \d+ of \d+|home ?page"
          r"|main menu|search|close|play(?: video)?|pause|mute|toggle caption|hide caption"
          r"|enlarge this image|media caption|image caption|terms (?:of use|and conditions)"
          r"|privacy policy)[^\w.]*$", 6),
    _rule("support notice",
          r"(?:please )?(?:donate|support (?:us|our|independent|the [\w ]+ by)|make a donation"
          r"|help us (?:keep|continue|fund))\b", 50),
    _rule("disclaimer", r"(?:disclaimer\s*:|(?:the )?(?:views|opinions)(?: and \w+)? expressed (?:in|here|by)\b)", 80),
    _rule("end mark", r"(?:-+ ?)?(?:ends?|end of (?:text|message|report|statement)|###|-30-)(?: ?-+)?\W*$", 4),
)  # fmt: skip

CORRECTION = re.compile(
    r"\W*(?:corrections?\b\s*(?:[:.–—-]|appended|\()|clarification\b\s*[:.–—-]|an earlier version of"
    r"|editor['’]s note\b"
    r"|this (?:story|article|report|post|page|headline|item|piece|dispatch) (?:has been|was|is|first|originally)"
    r"(?: \w+)? (?:corrected|amended|clarified|appeared|published|revised|republished)\b"
    r"|(?:this|the) .{0,40}\b(?:misspelled|misstated|misidentified)\b)",
    re.IGNORECASE,
)
CREDIT_IN_BRACKETS = re.compile(rf"\(\s*{_AGENCY_CREDIT} by\b[^()]{{2,300}}\)\W*$", re.IGNORECASE)
_ADDRESSES_READER = re.compile(r"\b(?:you|your|yours|our online|our website|our shop|we offer)\b", re.IGNORECASE)
_REPORTS = re.compile(
    r"[\"“”]|\b(?:said|says|told|killed|wounded|injured|fled|troops|soldiers|attack\w*|army)\b", re.IGNORECASE
)
_E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")
_MOST_WORDS = 110
_LONGEST = 1_200  # characters; what is longer is read, whatever it is
_APPEAL_WORDS = 60
_LINK_WORDS = 16  # a line of more words than this is no link


def notice(paragraph: Paragraph) -> str | None:
    """Why a paragraph is no report text; None where it may be."""
    count = paragraph.words
    if count > _MOST_WORDS or len(paragraph.text) > _LONGEST:
        return None
    if _share_list(paragraph.text):
        return "share links"
    if count <= 12 and _E_MAIL.search(paragraph.text) and not _REPORTS.search(paragraph.text):
        return "contact line"
    for rule in RULES:
        if count > rule.words or not rule.begins.match(paragraph.text):
            continue
        if rule.holds is None or rule.holds.search(paragraph.text):
            return rule.reason
    return None


def goes_on(reason: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph right after a notice belongs to it: it speaks to the reader, or is one more link."""
    if reason in ("subscription notice", "newsletter notice", "support notice"):
        short = paragraph.words <= _APPEAL_WORDS
        return short and bool(_ADDRESSES_READER.search(paragraph.text)) and not _REPORTS.search(paragraph.text)
    return reason == "link to other reports" and paragraph.words <= _LINK_WORDS and not paragraph.closed


def _share_list(text: str) -> bool:
    words = re.findall(r"[a-z]+", text.lower())
    named = sum(word in _NETWORKS for word in words)
    return 2 <= len(words) <= 25 and named >= 2 and all(word in _SHARE_WORDS for word in words)

"""Words of time: units, parts of a day, edges of a month, the classes of rules, and the cues beside them."""

from collections.abc import Iterable, Mapping

from dateline.reading.patterns import word_set
from dateline.world import numbers
from dateline.world.calendars import MONTHS, SEASONS, WEEKDAYS

# Lower-case words that are months or weekdays only with help: "may" is a modal, "march" a verb, "sat" a past tense.
DOUBTFUL_MONTHS = word_set("may march mar jan jun dec sep august")
DOUBTFUL_WEEKDAYS = word_set("mon tue tues wed thu thur thurs fri sat sun")
MONTH_CUES = word_set(
    "in since until till by last next this early mid late from to through between and before after during of "
    "past - , throughout around on"
)
YEAR_CUES = word_set(
    "in since until till by during from through before after the to and of early mid late a between circa "
    "around about ( - , for summer spring autumn fall winter year back on christmas ramadan its his her their "
    "this 's throughout as that into"
)


FIRST_YEAR, LAST_YEAR = 1800, 2100  # a four-digit number outside is no year
# How many units "a few weeks ago" lies back, and how many "the past few weeks" last at the least.
FEW_AGO = (2, 5)
PAST_FEW = 3
# How many of them "recent days" and "the coming days" are; of other units PAST_FEW.
RECENT = {"day": 7}
# Days. A bare day and month ("1 May") is the latest one, unless that lies further back than this: then the coming one
# is meant, as nobody leaves the year out of a date eleven months old.
STALE = 320
FIRST_DAYS = 7  # a quarter that ended in the first days of a month is that before
HALF_MONTH = 15  # days of its first half
ENDS_NOUN = word_set("of and or in on at to was were is are ended ending from for when that as by but before after")
# What a year names where nothing else tells that a number is one.
DATED_BY_YEAR = word_set("presidential election elections olympics olympic census budget")
UP_TO = word_set("before by until till through")  # what they lead to lies ahead, where the verb does not say otherwise
UP_TO_DAY = word_set("by until till")
# Votes and the like, whose day is known half a year before.
SET_LONG_BEFORE = word_set(
    "election elections vote primary primaries caucus caucuses convention referendum runoff polls"
)
SET_KINDS = word_set("general presidential parliamentary local municipal midterm party national primary snap")
SET_MONTHS = 6
# What bears a day in its name: "the March 23 Movement", "the April 6 Youth Movement".
GROUPS = word_set("movement brigade brigades battalion alliance martyrs")
# Months. A month without a year that is so few months ahead is meant ahead: after UP_TO, and without it, where no verb
# tells (nobody leaves the year out of a month ten months old).
NEAR_MONTHS, SOON_MONTHS = 6, 2
FIRST_BARE_YEAR, LAST_BARE_YEAR = 1900, 2060  # a number that a noun follows is a year between these
# A two-digit year: 1969 and later, or, in the capitals of cables, 2030 and earlier.
FIRST_SHORT, LAST_SHORT = 69, 30
FUNCTION_WORDS = word_set(
    "a an the and or but of to in on at by for from with as is was were are be been had has have will would that which "
    "who when where while after before since until than then not it he she they we its his her their this these"
)
UNIT_CODES = {
    "second": ("T", "S"), "minute": ("T", "M"), "hour": ("T", "H"), "day": ("", "D"), "night": ("", "D"),
    "week": ("", "W"), "fortnight": ("", "W"), "month": ("", "M"), "quarter": ("", "Q"), "year": ("", "Y"),
    "decade": ("", "DE"), "century": ("", "CE"), "weekend": ("", "WE"),
}  # fmt: skip
# Half of a unit, as TIMEX3 writes it.
HALVES = {"minute": "30S", "hour": "30M", "day": "T12H", "year": "6M"}
LONG_WORDS = {"yearlong": "year", "monthlong": "month", "weeklong": "week", "daylong": "day", "hourlong": "hour"}
PLURALS = {f"{unit}s": unit for unit in UNIT_CODES if unit != "century"} | {"centuries": "century"}
UNITS = {unit: unit for unit in UNIT_CODES} | PLURALS | {"mins": "minute", "hrs": "hour", "yrs": "year"}
DAYPARTS = {
    "morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "midday": "MI", "noon": "MI", "dawn": "MO",
    "lunchtime": "MI", "nightfall": "EV", "dusk": "EV", "midnight": "NI", "mornings": "MO", "nights": "NI",
    "evenings": "EV", "afternoons": "AF",
}  # fmt: skip
EDGES = {
    "early": ("early", "beginning", "start"),
    "mid": ("mid", "middle"),
    "late": ("late", "end"),
}
FREQUENT = {
    "daily": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M", "annual": "P1Y", "annually": "P1Y",
    "yearly": "P1Y", "hourly": "PT1H", "nightly": "P1D", "biennial": "P2Y", "fortnightly": "P2W",
    "biweekly": "P2W", "bimonthly": "P2M", "semiannual": "P6M",
}  # fmt: skip
PRESENT_REF = "PRESENT_REF"
PAST_REF = "PAST_REF"
FUTURE_REF = "FUTURE_REF"
_NUMBER_WORDS = sorted(numbers.NUMBER_WORDS - {"score", "bn", "mn", "pair", "couple"})
# Shapes of digits: a word gets the first that fits it.
_YEAR_SHAPE = r"/(?:1[0-9]|20|21)\d\d/"
_DAY_SHAPE = r"/0?[1-9]|[12]\d|3[01]/"
_TWO_DIGITS = r"/\d\d/"
_DAYTH_SHAPE = r"/\d{1,2}(?:st|nd|rd|th)/"
_NTH_SHAPE = r"/\d{3,4}(?:st|nd|rd|th)/"
_GLUED_SHAPE = r"/\d{1,2}(?:[:.][0-5]\d)?(?:am|pm|a\.m\.?|p\.m\.?)/"
_CLOCK_SHAPE = r"/\d{1,2}[:.][0-5]\d(?::[0-5]\d)?/"
_CABLE_SHAPE = r"/(?:[01]\d|2[0-3])[0-5]\d/"
_DECADE_SHAPE = r"/(?:1[89]|20)\d0s/"
_DECADE_SHORT = r"/[2-9]0s/"
_WHOLE_SHAPE = r"/\d+/"
_COMMA_SHAPE = r"/\d+[.,]\d+/"
_SHAPES = (
    _YEAR_SHAPE, _DAY_SHAPE, _TWO_DIGITS, _DAYTH_SHAPE, _NTH_SHAPE, _GLUED_SHAPE, _CLOCK_SHAPE, _CABLE_SHAPE,
    _DECADE_SHAPE, _DECADE_SHORT, _WHOLE_SHAPE, _COMMA_SHAPE,
)  # fmt: skip
ZONES = word_set("gmt utc est edt cst cdt mst mdt pst pdt cet cest bst ist msk et pt z")
CLASSES: Mapping[str, Iterable[str]] = {
    "shapes": _SHAPES,
    "year": [_YEAR_SHAPE],
    "yearshort": [_YEAR_SHAPE, _DAY_SHAPE, _TWO_DIGITS],
    "day": [_DAY_SHAPE, _DAYTH_SHAPE],
    "short": [_DAY_SHAPE, _TWO_DIGITS],
    "clock": [_CLOCK_SHAPE],
    "glued": [_GLUED_SHAPE],
    "cable": [_CABLE_SHAPE, _YEAR_SHAPE],
    "decade": [_DECADE_SHAPE, _DECADE_SHORT],
    "relative": ["last", "next", "this", "past", "coming", "previous", "following", "that", "current"],
    "edges": [word for words in EDGES.values() for word in words],
    "nears": ["today", "yesterday", "tomorrow", "tonight"],
    "decadeword": ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"],
    "month": list(MONTHS),
    "weekday": list(WEEKDAYS),
    "weekdays": ["mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays"],
    "season": list(SEASONS),
    "ordinal": [*list(numbers.ORDINALS), "last", "final", _DAYTH_SHAPE, _NTH_SHAPE],
    "unit": list(UNITS),
    "units": [*PLURALS, "mins", "hrs", "yrs"],
    "one": list(UNIT_CODES),
    "part": list(DAYPARTS),
    "scale": ["hundred", "thousand", "million", "dozen"],
    "article": ["a", "an"],
    "lastnext": ["last", "next"],
    "frac": ["half", "½"],
    "twodigit": [_TWO_DIGITS, _DAY_SHAPE],
    "edgepart": ["early", "late", "mid"],
    "period": ["period"],
    "stretch": ["period", "span", "stretch", "timeframe"],
    "longword": list(LONG_WORDS),
    "zone": list(ZONES),
    "cardinal": list(numbers.ONES),
    "ten": list(numbers.TENS),
    "back": ["same", "following", "previous", "preceding", "prior", "next"],
    "number": [
        *_NUMBER_WORDS,
        _YEAR_SHAPE,
        _DAY_SHAPE,
        _TWO_DIGITS,
        _WHOLE_SHAPE,
        _COMMA_SHAPE,
        _CLOCK_SHAPE,
    ],
    "few": ["several", "few", "many", "couple", "some", "dozens", "hundreds", "thousands"],
    "frequent": list(FREQUENT),
}
AHEAD = word_set(
    "will 'll ’ll shall would scheduled due plans plan planned planning expected intends slated upcoming might "
    "may could must should hopes expects"
)
# Before "to" and a verb: what follows lies ahead.
MEANS = word_set(
    "set going about intend intends aim aims prepare prepares preparing ready poised vow vows vowed vowing threaten "
    "threatens threatened threatening pledge pledges pledged promise promises promised hope want wants are"
)
TOLD = word_set(
    "said says told was were had did has added announced reported killed died wounded began took came went fell gave "
    "left hit struck attacked fired arrested ordered met voted held launched been called became made saw"
)
SET_DOWN = word_set("planned scheduled upcoming expected")  # adjectives too: "a planned rally"
ARTICLES = word_set("a an the its his her their this another")
# What follows "due" where it looks ahead; "to" as well, unless it leads to a noun ("due to shelling").
AFTER_DUE = word_set("in on at for by back before after this next out here home later until early late tomorrow")
NOUN_OPENERS = word_set("a an the its his her their this these that those heavy severe bad ongoing continued")
WILL = word_set("will shall 'll ’ll")
PLANS = word_set("plans plan expects expect intends intend hopes hope aims")  # with "to"
MODALS = WILL | word_set("would could may might can must should to")
UNREAL = word_set("could")
NOR = word_set("neither nor nobody none")
NOT = word_set("not n't n’t only never")
BARE = word_set("hit left met attack arrest")  # forms of TOLD that are infinitives too
AUXILIARY = word_set("be been being have get")
REACH = 12  # words; a verb further off seldom governs the expression
COUNTED = word_set(
    "people soldiers troops civilians men women children fighters rebels militants refugees others killed dead "
    "wounded injured persons families houses homes prisoners barrels tons tonnes gmt hours hrs oil members "
    "police"
)
MEASURED = word_set("km kilometers kilometres miles meters metres m percent % dollars euros pounds feet local utc")
NINE_ELEVEN = word_set("attacks attack terrorist terror hijackings hijackers commission")
HOUR_WORDS = word_set("a.m. p.m. am pm gmt local hours")
LENGTH_CUES = word_set(
    "for in within of after over than about nearly almost lasting lasted last during under some spent least "
    "every around approximately roughly just only exactly another until to before takes took take lasts spend "
    "barely hardly even not him them us wait waited drive half"
)
# "Three years of prison" are not the last three years.
NOT_GOING_ON = word_set(
    "prison jail imprisonment age training service labour labor experience notice detention school university study "
    "supplies food water work pay leave life june july may march april"
)
AFTER_LENGTH = word_set("after before into long longer or")
# "A year" after these words, or before those, is a length and no rate.
NO_RATE_BEFORE = word_set(
    "takes lasts spends spans covers runs needs gives was this has is as its his us less thus across"
)
NO_RATE_AFTER = word_set("of to when that who into where because while since")
# Words of results: what was "a year earlier" is the same quarter of that year.
COMPARED = word_set("$ # million billion cents share compared versus profit loss sales revenue earnings net %")

"""The rules: a template of words, and the function that says what it means. This table is the method."""

import re
from functools import cache
from typing import NamedTuple

from dateline.reading.patterns import Lexicon
from dateline.reading.time_counted import ago, anniversary, day_of, from_now, later, long_ago, past_units, recent
from dateline.reading.time_days import (
    cable_alone,
    clock,
    day_range,
    edge_of_day,
    full_date,
    iso_date,
    iso_month,
    named_day,
    near_day,
    night_into,
    night_of_range,
    nine_eleven,
    overnight,
    part_alone,
    slashed,
    small_hours,
    weekday,
    weekday_of_week,
    weekday_range,
)
from dateline.reading.time_lengths import duration, half_unit, how_long, hyphened, quarter_century, rate, vague_length
from dateline.reading.time_match import Rule
from dateline.reading.time_quarters import quarter, the_quarter
from dateline.reading.time_repeats import every, feast, frequent, ramadan, reference, weekdays
from dateline.reading.time_units import (
    century,
    decade,
    edge_of_unit,
    half_of_month,
    in_the_unit,
    month_range,
    month_reading,
    season,
    spoken_year,
    this_unit,
    unit_beside,
    unit_end,
    week_of_month,
    weekend,
    year_range,
    year_reading,
)
from dateline.reading.time_words import CLASSES, FUTURE_REF, PAST_REF, PRESENT_REF

_ABOUT = (
    "(about|around|nearly|almost|approximately|roughly|some|over|(no|little|slightly|somewhat|well)? more than|"
    "(little|slightly|somewhat|well|just)? over|(no|little)? less than|fewer than|at least|at most|up to|an estimated)?"
)
# "A hundred" has an article that is no number; "a" alone is one.
_N = "({number:number+}|a {number:scale+}|{article})"
_SIZE = f"(a? {{few}} of?|{_N})"
_FRAC = "(and? {top:short} / {frac:short}|and a {frac:frac})?"
_EARLY = "(early|late|earlier|later)?"
_MDY = "({weekday} ,?)? {month} .? {day} (,? {year}|,? {rel:relative} year)?"
_DMY = "({weekday} ,?)? the? {day} of? {month} .? (,? {year}|,? {rel:relative} year|{yy:twodigit})?"
_EDGE = "(the? {edge:edges} (of|-)?)?"
_AMPM = "(a.m.|p.m.|am|pm|a . m|p . m)"
_ZONE = "(local time|hours|{zone} time?)?"
_ON_DAY = ("(,? (on|of)? ({near:nears}|{weekday} (,? {month} .? {day} (,? {year})?|,? {day} {month} {year}?)?|"
           "{month} .? {day} (,? {year})?|{day} {month} {year}?))?")  # fmt: skip
_PARTS_OF = f"((early|late) (in|on)?)? the (early|late|mid)? -? {{part}} (of|on) ({_MDY}|{_DMY})"

RULES: tuple[Rule, ...] = (
    # days
    Rule("iso date", "{year} - {m:short} - {day}", iso_date),
    Rule("iso month", "{year} - {m:short} (-)", iso_month),
    Rule("slashed date", "{a:short} / {b:short} / {y:yearshort}", slashed),
    Rule("dashed date", "{a:short} - {b:short} - {y:year}", slashed),
    Rule("day range, day first", "(between|from)? {from_day:day} ({from_month:month} .?)? (-|to|and|through|until|,) "
         "((,|and)? {mid:day} (,? and|,|-))? " + _DMY, day_range),
    Rule("day range, month first", "(between|from)? {month} .? {from_day:day} (-|to|and|through) {day} (,? {year})?",
         day_range),
    Rule("day range, two months", "(between|from)? {from_month:month} .? {from_day:day} (-|to|and|through|until) "
         "{month} .? {day} (,? {year})?", day_range),
    Rule("month first", f"({_EARLY}|{{lead:lastnext}}) {_MDY} {{part}}?", full_date),
    Rule("day first", f"{_EARLY} {_DMY} {{part}}?", full_date),
    Rule("day and hour", f"{_DMY} (,|at) {{clock}} {_AMPM}? {_ZONE}", clock),
    Rule("night of a range", f"the {{part}} of {{from_day:day}} (-|to) {_DMY}", night_of_range),
    Rule("part of a date", _PARTS_OF, full_date),
    Rule("part of a weekday", "((early|late) (in|on)?)? the (early|late|mid)? -? {part} (of|on) {weekday}", weekday),
    Rule("weekday", f"{_EARLY} (the? {{rel:relative}}|this coming)? {{weekday}} .? (early|late|mid)? -? {{part}}?",
         weekday),
    Rule("weekday range", "(between|from) {from_weekday:weekday} (to|and|until|through|-) {weekday}", weekday_range),
    Rule("weekday of a week", "{weekday} (of|,)? {week:relative} week", weekday_of_week),
    Rule("night into", "(overnight|{eve:weekday} night) (into|to) {into:weekday}", night_into),
    Rule("near day", "(early|late|earlier|later)? {near:nears} (early|late|mid)? -? {part}?", near_day),
    Rule("part of today", "(early|late|earlier|later)? this {part}", near_day),
    Rule("last night", "(early|late)? last {part}", near_day),
    Rule("overnight", "overnight (on {weekday})?", overnight),
    Rule("night of two days", "the night (of|from|between) {eve:weekday} (to|and|-|into) {into:weekday}", night_into),
    Rule("part alone", "((early|late) (in|at)?)? the (early|late|mid)? -? {part}", part_alone),
    Rule("edge of a day", "{edge:edgepart} -? {part} (,? on? ({near:nears}|{weekday}))?", edge_of_day),
    Rule("small hours", f"the? (early|small) (morning|hours) (hours)? "
         f"(of ({{near:nears}}|{{weekday}} morning?|{_MDY}|{_DMY}))?",
         small_hours),
    Rule("named day", f"{_EARLY} (the|that|a) (very|same|next|following|previous)? (day|{{part}}) "
         "(earlier|later|before|after)?",
         named_day),
    Rule("9/11", "{a:short} / {b:short}", nine_eleven),
    # hours
    Rule("dawn", f"(dawn|dusk|nightfall|midday|midnight|noon) {_ZONE} {_ON_DAY}", clock),
    Rule("clock", f"(around|about)? {{clock}} {_AMPM}? {_ZONE} {_ON_DAY}", clock),
    Rule("hour", f"(around|about)? ({{short}} {_AMPM}|{{glued}}) {_ZONE} {_ON_DAY}", clock),
    Rule("hour of a part", "(around|about)? ({short}|{clock}) in the {part} (of|on)? ({near:nears}|{weekday})?", clock),
    Rule("o'clock", "(around|about)? ({short}|{number}) (o'clock|o’clock)", clock),
    Rule("cable hour", f"{{cable}} (hours|hrs|local time|{{zone}}) {_ON_DAY}", clock),
    Rule("cable hour alone", f"{{cable}} {_ON_DAY}", cable_alone),
    # months, years and longer
    Rule("month", f"{_EDGE} (the? {{rel:relative}})? {{month}} .? "
         "(of? ,? {year}|(of|,)? {yearrel:relative} year)?", month_reading),
    Rule("month range",
         "(between|from) {from_month:month} ({from_year:year})? (to|and|through|until|-) {month} ,? {year}?",
         month_range),
    Rule("month range, bare", "{from_month:month} ({from_year:year})? (to|through|-) {month} ,? {year}?", month_range),
    Rule("year", f"{_EDGE} (fiscal year?|fy)? {{year}}", year_reading),
    Rule("year range", "(between|from) {from_year:year} (to|and|-|through|until) ({year}|{short})", year_range),
    Rule("year range, bare", "{from_year:year} (to|-|through|until) ({year}|{short})", year_range),
    Rule("spoken year", "(the year)? (nineteen {ten} -? {cardinal}?|two thousand (and? {cardinal})?)", spoken_year),
    Rule("decade", f"{_EDGE} (the (early|late|mid)?)? -? '? ({{decade}}|{{decadeword}})", decade),
    Rule("century", "the? {ordinal} -? century", century),
    Rule("calendar unit", "({edge:edges} -?|earlier|later|so far)? (the|{rel:relative}) (same|{rel:back})? {one} "
         "(so far)?", this_unit),
    Rule("calendar unit, current", "the (current|full|whole|entire|fiscal) {one}", this_unit),
    Rule("in the unit", "((earlier|later|late|early) in)? the {one}", in_the_unit),
    Rule("unit beside", "the {one} (before|after|earlier|later)", unit_beside),
    Rule("the weekend", "the weekend", weekend),
    Rule("edge of a unit", "the {edge:edges} of (the|this|{rel:relative}) {one}", edge_of_unit),
    Rule("year end", "(the|{rel:relative})? {one} ('s|’s|-)? end", unit_end),
    # quarters
    Rule("quarter", "(the|its|their|this|that)? fiscal? -? {ordinal} -? (fiscal? quarter|half) "
         "(of? (fiscal)? {year}|of? {yearrel:relative} year|of the year)?", quarter),
    Rule("quarter of a year", "(the? {year}|{yearrel:relative} year ('s|’s)) fiscal? {ordinal} -? (quarter|half)",
         quarter),
    Rule("the quarter", "(the|that|its) (most? recent|latest|current|same|previous)? (quarter|{period:period})",
         the_quarter),
    Rule("quarter a year ago", "(the|a)? comparable? year - (ago|earlier) ({ordinal} -?)? (quarter|{period:period})?",
         the_quarter),
    Rule("quarter, a year ago", "the quarter a year (ago|earlier)", the_quarter),
    Rule("period of a year", "the {year} (quarter|{period:period})", the_quarter),
    Rule("season", f"{_EDGE} (this? {{rel:relative}}|the)? {{season}} (of? {{year}}|of? {{yearrel:relative}} year)?",
         season),
    Rule("part of a month",
         "the {ordinal} {number:number+}? few? {unit} (of|in) ({month} ,? {year}?|{year}|{yearrel:relative} year|"
         "the {whole:one}|ramadan)", week_of_month),
    Rule("half of a month", "the {ordinal} half of {month} ,? {year}?", half_of_month),
    # counted from a day
    Rule("past units", "(at least|at most|about|nearly|almost)? (the|this|these|its|his|their)? "
         "(past|last|next|coming|previous) "
         f"({{number:number+}} {_FRAC}|a? {{few}} of?)? {{unit}} (or so)?", past_units),
    Rule("ago", f"{_ABOUT} {_SIZE} {_FRAC} {{unit}} {_FRAC} (or so)? ago", ago),
    Rule("units ago", "{unit:units} ago", long_ago),
    Rule("ago today", f"{_ABOUT} {{number:number+}} {{unit}} ago today", anniversary),
    Rule("from now", f"{_ABOUT} {_SIZE} {{unit}} from (now|today)", from_now),
    Rule("later", f"{_ABOUT} {_SIZE} {_FRAC} {{unit}} (earlier|later)", later),
    Rule("recent units", "(the|these)? (most|more)? (recent|coming) {units}", recent),
    Rule("day of", "(the|a|its) {ordinal} (straight|consecutive)? (day|week|month|year|night)", day_of),
    # lengths and repeats
    Rule("rate", "(a|an|per|each) {one}", rate),
    Rule("duration", f"{_ABOUT} (the (first|initial|final|opening|latest|entire|whole|full|nine)?)? {_N} {_FRAC} "
         f"(more|full|straight|consecutive|additional)? -? {{unit}} {_FRAC}", duration),
    Rule("duration from to", f"{_ABOUT} {{low:number}} (to|or|-) {{number:number+}} -? {{unit}}", duration),
    Rule("hyphened", "{number:number+} - {one} -? long?", hyphened),
    Rule("period", "(a|an|the) {number:number+} -? {one} {period:stretch}", hyphened),
    Rule("half a unit", f"{_ABOUT} (a half|half (a|an|-)) {{one}}", half_unit),
    Rule("quarter of a century", "(a? quarter (of a|-)?) century", quarter_century),
    Rule("how long", "({unit} - (long|old)|{longword})", how_long),
    Rule("vague length", f"{_ABOUT} (the (first|final|early|opening)?)? (a? {{few}} of?)? more? {{units}} "
         "(ahead|that followed|to come)?",
         vague_length),
    Rule("every", "(every|each) (other)? ({weekday}|{part}|{number:number+}? {unit})", every),
    Rule("weekdays", "{weekdays}", weekdays),
    Rule("frequent", "(almost|nearly)? (semi -)? {frequent}", frequent),
    # references and feasts
    Rule("now", "(now|right now|nowadays|currently|presently|at present|at the moment|the present|this moment)",
         reference(PRESENT_REF)),
    Rule("recently", "((more|most)? recently|lately|the (recent|distant)? past)", reference(PAST_REF)),
    Rule("soon", "(the (near|foreseeable)? future|soon|(a|some) later (date|time|stage))", reference(FUTURE_REF)),
    Rule("Ramadan", "{rel:relative}? ramadan {year}?", ramadan),
    Rule("feast", "{rel:relative}? (eid (al - fitr|ul - fitr|al fitr|al - adha|ul - adha|al adha)|christmas (day|eve)?|"
         "new year ('s|’s) (day|eve)|thanksgiving day?|easter (sunday|monday)?|good friday|ashura|nowruz|halloween) "
         "{year}?", feast),
)  # fmt: skip
LEXICON = Lexicon(CLASSES, [rule.template for rule in RULES])


class Compiled(NamedTuple):
    """A rule, its regular expression, and the codes of which a sentence must hold one."""

    rule: Rule
    pattern: re.Pattern[str]
    needed: frozenset[str]


@cache
def compiled() -> tuple[Compiled, ...]:
    # At first use: the sixty-odd expressions take longer to compile than the rest of the package to import.
    return tuple(Compiled(rule, LEXICON.compile(rule.template), LEXICON.needed(rule.template)) for rule in RULES)

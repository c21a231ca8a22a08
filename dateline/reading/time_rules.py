"""The rules: a template of words, and the function that says what it means. This table is the method."""

import re
from functools import cache
from typing import NamedTuple

from dateline.reading.patterns import Lexicon
from dateline.reading.time_days import (
    cable_alone,
    clock,
    day_range,
    full_date,
    iso_date,
    named_day,
    near_day,
    night_into,
    nine_eleven,
    overnight,
    part_alone,
    slashed,
    weekday,
)
from dateline.reading.time_lengths import (
    ago,
    anniversary,
    day_of,
    duration,
    from_now,
    hyphened,
    later,
    long_ago,
    past_units,
    recent,
    vague_length,
)
from dateline.reading.time_match import Rule
from dateline.reading.time_repeats import eid, every, feast, frequent, ramadan, reference, weekdays
from dateline.reading.time_units import (
    century,
    decade,
    edge_of_unit,
    in_the_unit,
    month_range,
    month_reading,
    quarter,
    season,
    this_unit,
    week_of_month,
    weekend,
    year_range,
    year_reading,
)
from dateline.reading.time_words import CLASSES, FUTURE_REF, PAST_REF, PRESENT_REF

_ABOUT = (
    "(about|around|nearly|almost|approximately|roughly|some|over|more than|less than|fewer than|at least|at most|up to|"
    "well over)?"
)
# "A hundred" has an article that is no number; "a" alone is one.
_N = "(a? {number:number+}|{article})"
_SIZE = f"(a? {{few}} of?|{_N})"
_EARLY = "(early|late|earlier|later)?"
_MDY = "({weekday} ,?)? {month} .? {day} (,? {year}|,? {rel:relative} year)?"
_DMY = "({weekday} ,?)? the? {day} of? {month} .? (,? {year}|,? {rel:relative} year)?"
_EDGE = "(the? {edge:edges} (of|-)?)?"
_AMPM = "(a.m.|p.m.|am|pm|a . m|p . m)"
_AT_DAY = "(,? on? ({near:nears}|{weekday}))?"
RULES: tuple[Rule, ...] = (
    Rule("iso date", "{year} - {m:short} - {day}", iso_date),
    Rule("slashed date", "{a:short} / {b:short} / {y:yearshort}", slashed),
    Rule("dashed date", "{a:short} - {b:short} - {y:year}", slashed),
    Rule("day range, day first", "(between|from)? {from_day:day} ({from_month:month} .?)? (-|to|and|through|until|,) "
         "((,|and)? {mid:day} (,? and|,|-))? " + _DMY, day_range),
    Rule("day range, month first", "(between|from)? {month} .? {from_day:day} (-|to|and|through) {day} (,? {year})?",
         day_range),
    Rule("day range, two months", "(between|from)? {from_month:month} .? {from_day:day} (-|to|and|through|until) "
         "{month} .? {day} (,? {year})?", day_range),
    Rule("month first", f"{_EARLY} {_MDY} {{part}}?", full_date),
    Rule("day first", f"{_EARLY} {_DMY} {{part}}?", full_date),
    Rule("part of a date, month first", f"((early|late) (in|on)?)? the (early|late)? {{part}} of {_MDY}", full_date),
    Rule("part of a date, day first", f"((early|late) (in|on)?)? the (early|late)? {{part}} of {_DMY}", full_date),
    Rule("part of a weekday", "((early|late) (in|on)?)? the (early|late)? {part} of {weekday}", weekday),
    Rule("weekday", f"{_EARLY} (the? {{rel:relative}})? {{weekday}} .? (early|late)? {{part}}?",
         weekday),
    Rule("night into", "(overnight|{eve:weekday} night) (into|to) {into:weekday}", night_into),
    Rule("near day", "(early|late|earlier|later)? {near:nears} (early|late)? {part}?", near_day),
    Rule("part of today", "(early|late|earlier|later)? this {part}", near_day),
    Rule("last night", "(early|late)? last {part}", near_day),
    Rule("overnight", "overnight", overnight),
    Rule("cable hour alone", "{cable}", cable_alone),
    Rule("in the unit", "((earlier|later|late|early) in)? the {one}", in_the_unit),
    Rule("part alone", "((early|late) (in|at)?)? the (early|late)? {part}", part_alone),
    Rule("dawn", "(dawn|dusk|nightfall|midday|midnight|noon)", clock),
    Rule("named day", "(the|that|a) (very|same|next|following|previous)? (day|{part}) (earlier|later|before|after)?",
         named_day),
    Rule("9/11", "{a:short} / {b:short}", nine_eleven),
    Rule("clock", f"{{clock}} {_AMPM}? (local time|gmt|utc|hours)? {_AT_DAY}", clock),
    Rule("hour", f"({{short}} {_AMPM}|{{glued}}) (local time|gmt|utc)? {_AT_DAY}", clock),
    Rule("cable hour", "{cable} (hours|hrs|gmt|local time|utc)", clock),
    Rule("month", f"{_EDGE} ({{rel:relative}})? {{month}} .? "
         "(of? ,? {year}|(of|,)? {yearrel:relative} year)?", month_reading),
    Rule("month range",
         "(between|from) {from_month:month} ({from_year:year})? (to|and|through|until|-) {month} ,? {year}?",
         month_range),
    Rule("month range, bare", "{from_month:month} ({from_year:year})? (to|through|-) {month} ,? {year}?", month_range),
    Rule("year", f"{_EDGE} (fiscal year?|fy)? {{year}}", year_reading),
    Rule("year range", "(between|from)? {from_year:year} (to|and|-|through|until) ({year}|{short})", year_range),
    Rule("decade", f"{_EDGE} (the (early|late|mid)?)? -? '? ({{decade}}|{{decadeword}})", decade),
    Rule("century", "the? {ordinal} -? century", century),
    Rule("calendar unit", "({edge:edges} -?|earlier|later|so far)? {rel:relative} {one} (so far)?", this_unit),
    Rule("the weekend", "the weekend", weekend),
    Rule("edge of a unit", "the {edge:edges} of (the|this|{rel:relative}) {one}", edge_of_unit),
    Rule("quarter", "the? fiscal? {ordinal} -? (fiscal? quarter|half) "
         "(of? (fiscal)? {year}|of? {yearrel:relative} year|of the year)?", quarter),
    Rule("season", f"{_EDGE} (this? {{rel:relative}}|the)? {{season}} (of? {{year}}|of? {{yearrel:relative}} year)?",
         season),
    Rule("part of a month",
         "the {ordinal} {number:number+}? few? {unit} (of|in) ({month} ,? {year}?|{year}|{yearrel:relative} year)",
         week_of_month),
    Rule("past units", "(the|this|these|its|his|their)? (past|last|next|coming|previous) ({number:number+}|{few} of?)? "
         "(and a half)? {unit}", past_units),
    Rule("ago", f"{_ABOUT} {_SIZE} (and a {{half}})? {{unit}} ago", ago),
    Rule("units ago", "{unit:units} ago", long_ago),
    Rule("ago today", f"{_ABOUT} {{number:number+}} {{unit}} ago today", anniversary),
    Rule("from now", f"{_ABOUT} {_SIZE} {{unit}} from (now|today)", from_now),
    Rule("later", f"{_ABOUT} {_SIZE} (and a {{half}})? {{unit}} (earlier|later)", later),
    Rule("duration", f"{_ABOUT} {{number:number+}} (and a half|more|full|straight|consecutive)? -? {{unit}}",
         duration),
    Rule("hyphened", "{number:number+} - {one} -? long?", hyphened),
    Rule("vague length", f"{_ABOUT} (a? {{few}} of?|many|several)? more? {{units}}", vague_length),
    Rule("recent units", "(the|these)? (most|more)? (recent|coming) {units}", recent),
    Rule("every", "(every|each) (other)? ({weekday}|{part}|{number:number+}? {unit})", every),
    Rule("weekdays", "{weekdays}", weekdays),
    Rule("frequent", "{frequent}", frequent),
    Rule("now", "(now|right now|nowadays|currently|presently|at present|at the moment|the present)",
         reference(PRESENT_REF)),
    Rule("recently", "(recently|lately|the (recent|distant)? past)", reference(PAST_REF)),
    Rule("soon", "(the (near|foreseeable)? future|soon)", reference(FUTURE_REF)),
    Rule("Ramadan", "{rel:relative}? ramadan {year}?", ramadan),
    Rule("Eid", "eid (al - fitr|ul - fitr|al fitr) {year}?", eid),
    Rule("feast", "(christmas (day|eve)?|new year ('s|’s) (day|eve)|nowruz) {year}?", feast),
    Rule("day of", "(the|a|its) {ordinal} (straight|consecutive)? (day|week|month|year|night)", day_of),
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

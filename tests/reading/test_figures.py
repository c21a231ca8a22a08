"""Counts: every settled convention of record.md about figures has a row. All sentences are invented."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.reading.figures import find_figures, is_claimable, read_figures
from dateline.reading.sentences import split
from dateline.record import Figure, Report
from tests.reading.figure_rows import NOTHING, ROWS, Row


def figures_of(text: str) -> tuple[Figure, ...]:
    return find_figures(split(Report(text=text)))[0]


def only(text: str) -> Figure:
    figures = figures_of(text)
    assert len(figures) == 1, [(f.text, f.measure) for f in figures]
    return figures[0]


@pytest.mark.parametrize(
    ("sentence", "text", "low", "high", "qualifier"),
    [
        # record.md, "Settled conventions"
        ("Dozens were killed.", "Dozens", 24, 99, None),
        ("Scores were killed.", "Scores", 40, 99, None),
        ("Hundreds were killed.", "Hundreds", 200, 999, None),
        ("Several hundred were killed.", "Several hundred", 300, 999, None),
        ("Thousands were killed.", "Thousands", 2_000, 9_999, None),
        ("Tens of thousands were killed.", "Tens of thousands", 20_000, 99_999, None),
        ("Millions were killed.", "Millions", 2_000_000, 9_999_999, None),
        ("More than 20 people were killed.", "More than 20", 20, None, "at_least"),
        ("Over 20 people were killed.", "Over 20", 20, None, "at_least"),
        ("At least 13 people were killed.", "At least 13", 13, None, "at_least"),
        ("Up to 5,000 people were killed.", "Up to 5,000", None, 5_000, "at_most"),
        ("As many as 11 people were killed.", "As many as 11", None, 11, "at_most"),
        ("Almost 40 people were killed.", "Almost 40", 40, 40, "about"),
        ("Nearly 40 people were killed.", "Nearly 40", 40, 40, "about"),
        ("Around 40 people were killed.", "Around 40", 40, 40, "about"),
        ("Some 40 people were killed.", "Some 40", 40, 40, "about"),
        ("An estimated 5,000 people were killed.", "5,000", 5_000, 5_000, None),
        ("Between 10 and 15 people were killed.", "Between 10 and 15", 10, 15, None),
        ("Some 300 to 400 people were killed.", "Some 300 to 400", 300, 400, "about"),
        ("No more than 12 people were killed.", "No more than 12", None, 12, "at_most"),
        ("12 or more people were killed.", "12 or more", 12, None, "at_least"),
        # ways of writing
        ("1,700 people were killed.", "1,700", 1_700, 1_700, None),
        ("816 000 people were killed.", "816 000", 816_000, 816_000, None),
        ("Half a million people were killed.", "Half a million", 500_000, 500_000, None),
        ("Twenty-five people were killed.", "Twenty-five", 25, 25, None),
        ("Two dozen people were killed.", "Two dozen", 24, 24, None),
        ("More than a dozen people were killed.", "More than a dozen", 12, None, "at_least"),
        ("No one was killed.", "No one", 0, 0, None),
        ("A soldier was killed.", "A soldier", 1, 1, None),
        ("SIX SOLDIERS WERE KILLED.", "SIX", 6, 6, None),
        ("One of the guards was killed.", "One of the guards", 1, 1, None),
    ],
)
def test_dead(sentence: str, text: str, low: int | None, high: int | None, qualifier: str | None) -> None:
    found = only(sentence)
    assert (found.text, found.low, found.high, found.qualifier) == (text, low, high, qualifier)
    assert found.measure == "killed"
    assert is_claimable(found)


@pytest.mark.parametrize(
    ("sentence", "text", "measure", "of"),
    [
        ("The blast wounded 12 shoppers.", "12", "wounded", "shoppers"),
        ("Twelve people were seriously injured.", "Twelve", "wounded", "people"),
        ("There were 40 casualties.", "40", "casualties", "casualties"),
        ("Twelve civilians were harmed.", "Twelve", "casualties", "civilians"),
        ("Some 30 men were killed or wounded.", "Some 30", "casualties", "men"),
        ("Nine fishermen are missing.", "Nine", "missing", "fishermen"),
        ("Police arrested 20 students.", "20", "detained", "students"),
        ("The arrest of 20 students drew crowds.", "20", "detained", "students"),
        ("Gunmen kidnapped four engineers.", "four", "abducted", "engineers"),
        ("Four engineers are being held hostage.", "Four", "abducted", "engineers"),
        ("About 500,000 people fled.", "About 500,000", "displaced", "people"),
        ("Shelling forced 5,000 villagers from their homes.", "5,000", "displaced", "villagers"),
        ("The camp holds 9,000 refugees.", "9,000", "displaced", "refugees"),
        ("The group has 3,000 fighters.", "3,000", "fighters", "fighters"),
        ("A group of 60 armed men came.", "60", "fighters", "armed men"),
        ("It sent 2,000 soldiers.", "2,000", "troops", "soldiers"),
        ("Jets carried out four air strikes.", "four", "strikes", "air strikes"),
        ("The rebels fired 30 rockets at the port.", "30", "strikes", "rockets"),
        ("The army seized 30 rockets.", "30", "weapons", "rockets"),
        ("It sent 20 tanks.", "20", "weapons", "tanks"),
        ("The blaze destroyed a mosque.", "a mosque", "buildings", "mosque"),
        ("It shot down a helicopter.", "a helicopter", "weapons", "helicopter"),
        ("Shells hit three schools.", "three", "buildings", "schools"),
        ("It promised $1.5 billion.", "$1.5 billion", "money", None),
        ("It paid 300 dollars.", "300", "money", "dollars"),
        ("The blaze took 40 hectares.", "40", "area", "hectares"),
        ("It lost 30 square kilometres.", "30", "area", "square kilometres"),
        ("It patrols a 900-kilometre border.", "900", "distance", "kilometre border"),
        ("A family of five waits there.", "five", "people", None),
        ("In the valley 70,000 are in need.", "70,000", "people", None),
        ("The number of displaced families is put at 349.", "349", "displaced", None),
    ],
)
def test_measures(sentence: str, text: str, measure: str, of: str | None) -> None:
    found = only(sentence)
    assert (found.text, found.measure, found.of) == (text, measure, of)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The blast killed 12 and wounded 30.", [("12", "killed"), ("30", "wounded")]),
        ("The army said that nine died; the rebels said that 21 did.", [("nine", "killed"), ("21", "killed")]),
        ("The army said nine were hurt, and the rebels said 21 were.", [("nine", "wounded"), ("21", "wounded")]),
        ("The army said nine died, but the rebels put the number at 21.", [("nine", "killed"), ("21", "killed")]),
        ("The raid left 20 dead and more than a dozen wounded.", [("20", "killed"), ("more than a dozen", "wounded")]),
        ("Twelve soldiers killed three rebels.", [("Twelve", "troops"), ("three", "killed")]),
        ("Six officers and four civilians were killed.", [("Six", "killed"), ("four", "killed")]),
        ("It destroyed two tanks, three houses and a bridge.",
         [("two", "weapons"), ("three", "buildings"), ("a bridge", "buildings")]),
    ],
)  # fmt: skip
def test_several_counts_in_a_sentence(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [(f.text, f.measure) for f in figures_of(sentence)] == expected


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.sentence)
def test_the_table_of_sentences(row: Row) -> None:
    found = [(f.text, f.measure, f.low, f.high, f.qualifier) for f in figures_of(row.sentence)]
    assert row[1:] in found


def test_the_table_is_long_and_tells_each_sentence_once() -> None:
    sentences = [row.sentence for row in ROWS] + list(NOTHING)
    assert len(sentences) == len(set(sentences)) >= 280


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_counts_nothing(sentence: str) -> None:
    assert figures_of(sentence) == ()


def test_parts_name_their_whole() -> None:
    whole, part = figures_of("The attack killed 24, including seven children.")
    assert (whole.low, whole.part_of, part.low, part.measure, part.part_of) == (24, None, 7, "killed", "24")


@pytest.mark.parametrize(
    ("sentence", "parts"),
    [
        ("The raid killed 24, including seven children and two nurses.", {"seven": "24", "two": "24"}),
        ("The raid killed 24 people, among them seven children.", {"seven": "24"}),
        ("The raid killed 24 people, seven of them children.", {"seven": "24"}),
        ("The raid left 24 dead: 20 soldiers and four civilians.", {"20": "24", "four": "24"}),
        ("The raid killed 24 people (20 soldiers and four civilians).", {"20": "24", "four": "24"}),
        ("The raid killed 24 people – 20 soldiers and four civilians.", {"20": "24", "four": "24"}),
        ("Four of the five people who died were named.", {"Four": "five"}),
        ("Police arrested 30 people, including six women.", {"six": "30"}),
        ("The raid killed three soldiers and five rebels.", {}),
        ("At least 24 people were killed when rebels ambushed a convoy near Arin on Monday, among them 20 soldiers and "
         "four fighters, the monitor said.", {"20": "At least 24", "four": "At least 24"}),
        ("Forty people were wounded when shells hit the market, including six children.", {"six": "Forty"}),
        ("Twelve people were killed when gunmen attacked soldiers, including three officers.", {}),  # of which?
        ("Rebels killed 12 people, among them a priest and two nuns.", {"two": "12"}),
        ("Rebels killed 12 people, among them a priest, in three villages.", {}),
        ("An ambush killed 24 people, 20 soldiers and four rebels.", {"20": "24", "four": "24"}),
        ("An ambush killed 24 people, 20 soldiers and five rebels.", {}),  # beside each other, or a slip
        ("The clash left 15 dead in the ranks of one side and 23 of the other.", {}),
        ("Floods displaced 300 people (60 families).", {}),  # families are no part: they are the same told otherwise
    ],
)  # fmt: skip
def test_parts_are_told_from_what_stands_beside(sentence: str, parts: dict[str, str]) -> None:
    assert {f.text: f.part_of for f in figures_of(sentence) if f.part_of} == parts


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("The ministry raised the toll to 43 from 24.", "24", "43"),
        ("The toll rose from 24 to 43.", "24", "43"),
        ("The toll rose to 43 on Tuesday from 24.", "24", "43"),
        ("At least 43 people were killed, up from 24.", "24", "At least 43"),
        ("Police lowered the toll from 24 to 12.", "24", "12"),
        ("It revised the number of dead down to 12 from 20.", "20", "12"),
        ("The number of wounded was revised down from 90 to 70.", "90", "70"),
        ("The toll rose to 43 on Tuesday. An earlier count put it at 24.", "24", "43"),
        ("The ministry, which had earlier put the toll at 24, said 43 people were killed.", "24", "43"),
        ("Twelve people were killed. Initial reports said 20 people had died.", "20", "Twelve"),
        ("43 died, not 24 as previously reported.", "24", "43"),
        ("The toll, first put at 24, stands at 43.", "24", "43"),
        ("An earlier report of 24 dead was wrong: 43 were killed.", "24", "43"),
        ("Death toll rises from 24 to 43.", "24", "43"),
        ("An earlier version of this report said that 24 people were killed; the number of dead is 43.", "24", "43"),
        (
            "An earlier version of this story misstated the number of people killed in the raid as 24. The raid killed "
            "43 people.",
            "24",
            "43",
        ),
        (
            "The toll of Monday's strike on a depot in Arin, in which a bus was hit, has been raised from 24 to 43.",
            "24",
            "43",
        ),
        ("The toll was put at 24 on Monday and has since risen to 43.", "24", "43"),
        ("The strike killed 43 people. The toll had stood at 24.", "24", "43"),
        ("The number of dead had been put at 24 on Monday. Now it stands at 43 dead.", "24", "43"),
        ("An earlier count had put the number of those dead at 24. The toll is 43.", "24", "43"),
    ],
)
def test_a_toll_that_the_report_replaces_is_superseded(text: str, old: str, new: str) -> None:
    standing = {f.text: (f.superseded, f.measure) for f in figures_of(text)}
    assert standing[old][0]
    assert not standing[new][0]
    assert standing[old][1] == standing[new][1] is not None


@pytest.mark.parametrize(
    "text",
    [
        "Twelve died. An earlier attack killed 20.",  # another event, not another count of it
        "Initial reports said 20 people had died.",  # nothing stands against it
        "Twelve people were hurt. Initial reports said 20 people had died.",
        "Some 20 people fled from 12 villages.",
    ],
)
def test_what_nothing_replaces_stands(text: str) -> None:
    assert not any(f.superseded for f in figures_of(text))


@pytest.mark.parametrize(
    ("sentence", "measured_by", "bounded_by"),
    [
        ("At least 12 people were killed.", "verb after the noun", "leave the high side open"),
        ("The blast killed up to 12.", "verb before the count", "leave the low side open"),
        ("The deaths of 12 people were mourned.", "noun of an event", "the number says it"),
        ("It has 900 fighters.", "“fighters” names what is counted", "the number says it"),
        ("Dozens died.", "verb after the noun", "a range"),
        ("Some 12 wounded men came.", "participle before the noun", "not exact"),
        ("A soldier was killed.", "verb after the noun", "with an article"),
        ("Several men died.", "verb after the noun", "vague"),
        ("Nobody was killed.", "verb after the noun", "for none"),
        ("A family of five waits.", "name people", "the number says it"),
    ],
)
def test_a_figure_names_the_rules_that_made_it(sentence: str, measured_by: str, bounded_by: str) -> None:
    (read,) = read_figures(split(Report(text=sentence)))
    assert measured_by in read.measured_by
    assert bounded_by in read.bounded_by


@pytest.mark.parametrize("sentence", ["Several people were injured.", "A number of people were injured."])
def test_vague_words_are_mentions_that_no_claim_carries(sentence: str) -> None:
    found = only(sentence)
    assert (found.low, found.high, found.qualifier) == (3, None, "vague")
    assert not is_claimable(found)


def test_what_is_counted_but_not_told_is_unknown() -> None:
    figures, unknown = find_figures(split(Report(text="Seven lanterns stood there.")))
    assert [(f.text, f.measure, f.of) for f in figures] == [("Seven", None, "lanterns")]
    assert [u.span for u in unknown] == [figures[0].span]
    assert not is_claimable(figures[0])


def test_households_are_told_from_people() -> None:
    assert only("Some 200 families fled.").unit == "households"
    assert only("Some 200 villagers fled.").unit == "people"


_SAMPLE = (
    "12 1,700 two dozen dozens at least more than killed wounded were people soldiers , and including of "
    "the a one $ million - to tanks destroyed no from toll raised 43 fled hundred 816 000 . between "
    "missing shot earlier count put at of them ( ) : 14.000 2,5 + / 34 Ruiz others another along with in up"
)
_WORDS = st.sampled_from(_SAMPLE.split())


@given(st.one_of(st.text(max_size=80), st.lists(_WORDS, max_size=16).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_true_spans_and_ordered_bounds(text: str) -> None:
    for figure in figures_of(text):
        assert figure.span.of(text) == figure.text
        assert figure.low is not None or figure.high is not None
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.part_of is None or figure.part_of in text
        assert figure.measure is None or figure.of is None or figure.of in text


def test_twenty_thousand_words_a_second() -> None:
    text = "At least 12 soldiers died near the old bridge, and three villages were shelled for 20 hours. " * 300
    sentences = split(Report(text=text))
    start = time.process_time()
    find_figures(sentences)
    assert len(text.split()) / (time.process_time() - start) > 20_000

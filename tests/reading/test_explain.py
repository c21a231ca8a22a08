"""Why a claim says what it says: every explanation agrees with its claim, whatever the reader reads. All invented."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

import dateline
from dateline.errors import InputError
from dateline.reading import weigh
from dateline.reading.explain import Explanation, differing, explain, same_reader
from dateline.reading.reader import load
from dateline.reading.sentences import split
from dateline.reading.status import grounds
from dateline.reading.tagging import tag
from dateline.reading.triggers import Trigger
from dateline.record import MadeBy, Part, Record, Report

TEXT = """HOMS, Syria, June 17 (Orontes News Agency) - Rebels shelled the town of Homs on Monday, killing at least 12 \
people and wounding 30, the Syrian army said. The claim could not be independently verified. The shelling went on.

About 500 families fled from Homs to Hama last week, according to the International Organisation for Migration (IOM). \
The army denied that it had bombed the village. Gunmen allegedly attacked a bus stop.
"""


@pytest.fixture(scope="module")
def record() -> Record:
    return dateline.read(TEXT, title="Rebels shell Homs", published=date(2014, 6, 17))


@pytest.fixture(scope="module")
def explained(record: Record) -> list[Explanation]:
    assert record.claims
    return [explain(record.report, claim.id) for claim in record.claims]


def parts(made: Explanation) -> Iterator[Part]:
    for field in made.fields:
        yield from (part for part in (field.words, *(w for g in field.grounds for w in g.words)) if part)
    yield from (part for saying in made.sayings for part in (saying.source, saying.cue) if part)
    yield from (each.words for each in made.runners_up)


def values(made: Explanation, field: str) -> list[str]:
    return [each.value for each in made.fields if each.field == field]


def test_the_claim_is_the_one_that_was_read(record: Record, explained: list[Explanation]) -> None:
    assert [made.claim for made in explained] == list(record.claims)
    assert all(made.made_by == record.made_by for made in explained)


def test_every_field_is_explained_and_agrees_with_the_claim(explained: list[Explanation]) -> None:
    for made in explained:
        claim = made.claim
        assert values(made, "event") == [claim.event]
        assert values(made, "trigger") == [claim.trigger.text]
        assert values(made, "quote") == [claim.quote.text]
        assert values(made, "actor") == [actor.name for actor in claim.actors]
        assert values(made, "target") == [target.name for target in claim.targets]
        assert values(made, "place") == [place.name for place in claim.places]
        assert len(values(made, "time")) == (claim.time is not None)
        assert values(made, "figure") == [figure.text for figure in claim.figures]
        assert len(values(made, "attribution")) == sum(link.cue is not None for link in claim.attribution)
        assert values(made, "modality") == [claim.modality]
        assert values(made, "hedge") == [claim.hedge.text if claim.hedge else "none"]
        assert values(made, "verification") == [claim.verification]
        assert values(made, "score") == [f"{claim.score:.4f}"]
        assert {*values(made, "also")} == {part.text for part in claim.also}
        assert all(each.grounds for each in made.fields)


def test_the_words_of_a_field_are_those_of_the_claim(explained: list[Explanation]) -> None:
    for made in explained:
        for field, in_claim in (
            ("actor", made.claim.actors),
            ("place", made.claim.places),
            ("figure", made.claim.figures),
        ):
            told = [each.words and each.words.span for each in made.fields if each.field == field]
            assert told == [part.span for part in in_claim]


def test_a_figure_says_which_rules_made_its_measure_and_its_bounds(explained: list[Explanation]) -> None:
    figures = [each for made in explained for each in made.fields if each.field == "figure"]
    assert figures
    for each in figures:
        notes = {ground.by: ground.note for ground in each.grounds}
        assert notes["figures rule"].partition(": ")[2]
        assert notes["bounds rule"].startswith("low ")
        assert notes["bounds rule"].partition(": ")[2]


def test_every_span_is_the_text_at_its_place(record: Record, explained: list[Explanation]) -> None:
    for made in explained:
        for part in parts(made):
            assert record.report.words_at(part.span, part.where) == part.text


def test_what_is_in_a_claim_reached_its_threshold_and_what_is_out_says_why(explained: list[Explanation]) -> None:
    for made in explained:
        for field in made.fields:
            if field.field in ("trigger", "actor", "target", "place", "time", "figure", "attribution", "score"):
                for ground in field.grounds:
                    assert ground.threshold is None or (ground.score or 0) >= ground.threshold, (field, ground)
        for each in made.runners_up:
            below = each.reason.startswith("below the threshold")
            assert below or each.score >= each.threshold or "more likely" in each.reason
            assert not below or each.score < each.threshold
        for saying in made.sayings:
            assert not saying.chosen or saying.score >= saying.threshold
        assert sum(saying.chosen for saying in made.sayings) == len(values(made, "attribution"))


def test_no_more_than_two_fell_short_of_a_role_and_none_of_them_is_in_it(explained: list[Explanation]) -> None:
    for made in explained:
        roles = [each.role for each in made.runners_up]
        assert all(roles.count(role) <= 2 for role in roles)
        actors = [actor.span for actor in made.claim.actors]
        assert not [r for r in made.runners_up if r.role == "actor" and any(r.words.span.overlaps(a) for a in actors)]


def test_three_types_came_next_and_none_is_the_claims(explained: list[Explanation]) -> None:
    for made in explained:
        next_types = [rival for rival in made.rivals if rival.field == "event"]
        assert len(next_types) == 3
        assert made.claim.event not in [rival.value for rival in next_types]
        (event,) = [each for each in made.fields if each.field == "event"]
        assert next_types[0].score == max(rival.score for rival in next_types) <= (event.grounds[0].score or 0)


def test_a_field_is_inherited_exactly_where_its_words_stand_outside_the_quote(explained: list[Explanation]) -> None:
    for made in explained:
        for each in made.fields:
            if each.field in ("actor", "target", "place", "time", "figure"):
                assert each.words is not None
                assert each.inherited is not made.claim.quote.span.holds(each.words.span)


@pytest.mark.parametrize(("text", "word", "rule"), [
    ("The army, which plans to leave, shelled the village.", "shelled", "PAST"),
    ("Residents fear that rebels shelled the village.", "shelled", "FRAMES"),
    # These speak of what is to come, or with their object of nothing: the reader tells.
    ("The two states pledged tanks to the army.", "pledged", None),
    ("The attack did no damage.", "did", None),
    ("The shelling of the village went on.", "shelling", None),
])  # fmt: skip
def test_a_past_tense_that_nothing_governs_tells_what_happened(text: str, word: str, rule: str | None) -> None:
    (sentence,) = tag(split(Report(text=text)))
    at = next(k for k, token in enumerate(sentence.tokens) if token.text == word)
    start = sentence.tokens[at].start
    trigger = Trigger(event="battle", sentence=0, first=at, last=at, score=1.0,
                      part=sentence.part(start, start + len(word)))  # fmt: skip
    on = grounds(trigger, sentence, (), (sentence,), load("default").look((sentence,)))
    assert (on.governed and on.governed.rule) == rule
    assert rule != "PAST" or on.modality == "actual"


@pytest.mark.parametrize(("text", "word", "rule", "words"), [
    ("The army did not shell the village on Monday.", "shell", "PLAIN", "did not"),
    ("On Monday, in May, the army could agree a ceasefire.", "ceasefire", "PLAIN", "could agree a"),
    ("It is not true that rebels shelled the village.", "shelled", "FRAMES", "not true that rebels"),
    ("Rebels shelled the village.", "shelled", None, None),
])  # fmt: skip
def test_a_modality_in_plain_words_names_the_rule_and_the_words(
    text: str, word: str, rule: str | None, words: str | None
) -> None:
    (sentence,) = split(Report(text=text))
    start = text.index(word)
    at = next(k for k, token in enumerate(sentence.tokens) if token.start == start)
    trigger = Trigger(event="battle", sentence=0, first=at, last=at, score=1.0,
                      part=sentence.part(start, start + len(word)))  # fmt: skip
    governed = grounds(trigger, sentence, (), (sentence,), load("default").look((sentence,))).governed
    assert (governed and governed.rule, governed and governed.part.text) == (rule, words)
    assert governed is None or governed.part.span.of(text) == words


def test_a_modality_by_rule_rests_on_words_before_the_trigger_and_one_by_the_head_on_a_score(
    explained: list[Explanation],
) -> None:
    for made in explained:
        (why,) = [each for each in made.fields if each.field == "modality"]
        (ground,) = why.grounds
        if ground.by == "modality head":
            assert ground.score is not None
        elif ground.by == "rule status.PAST":
            assert [part.text for part in ground.words] == [made.claim.trigger.text]
        else:
            assert ground.by in ("rule status.PLAIN", "rule status.FRAMES")
            assert all(part.span.end <= made.claim.trigger.span.start for part in ground.words)


def test_a_construction_that_decides_a_role_is_named_beside_what_the_head_gives(explained: list[Explanation]) -> None:
    for made in explained:
        for each in made.fields:
            makers = [ground.by for ground in each.grounds]
            if each.field in ("actor", "target", "place", "time", "figure"):
                assert makers[0] in ("role head", "rule roles")
                assert makers[0] != "rule roles" or makers[1] == "role head"


def test_words_that_say_what_was_checked_are_named(explained: list[Explanation]) -> None:
    for made in explained:
        (why,) = [each for each in made.fields if each.field == "verification"]
        if why.grounds[0].by == "rule status.verification":
            assert why.words == why.grounds[0].words[0]
        else:
            assert why.grounds[0].threshold is not None


def test_the_score_by_claim_weights_adds_up(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    weights = weigh.Weights(features={"bias": 0.5, "reader": 0.75, "actors": -0.25}, keep=0.0)
    monkeypatch.setattr(load("default"), "claim_weights", weights)
    read = dateline.read_report(record.report)
    made = explain(record.report, read.claims[0].id)
    assert made.claim == read.claims[0]
    assert {each.feature for each in made.weighed} <= {"bias", "reader", "actors"}
    adds = [each.adds for each in made.weighed]
    assert adds == sorted(adds, key=abs, reverse=True)
    chance = weigh.probability({"all": sum(adds)}, weigh.Weights({"all": 1.0}, 0.0))
    assert made.claim.score == pytest.approx(chance, abs=1e-3)


def test_a_claim_that_scores_too_low_now_is_told_with_its_score(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load("default"), "claim_weights", weigh.Weights(features={"bias": -3.0}, keep=0.5))
    with pytest.raises(InputError, match=r"scores 0\.05, 0\.50 is needed"):
        explain(record.report, record.claims[0].id)


def test_an_unknown_id_says_what_has_changed_since(record: Record) -> None:
    then = replace(record.made_by, weights={**record.made_by.weights, "reader": "ab" * 32})
    now = record.made_by.weights["reader"][:12]
    with pytest.raises(InputError, match=rf"claim 00ff: .*reader {'ab' * 6} \(now {now}\)") as raised:
        explain(record.report, "00ff", kept_by=then)
    assert "\n" not in str(raised.value)
    with pytest.raises(InputError, match="nothing that reads has changed"):
        explain(record.report, "00ff", kept_by=record.made_by)
    with pytest.raises(InputError, match="`dateline read --json` gives the ids"):
        explain(record.report, "00ff")


def test_a_report_in_another_language_has_nothing_to_explain() -> None:
    text = (
        "Bei einem Angriff auf den Markt der Stadt sind am Montag nach Angaben der Armee zwölf Menschen getötet worden."
    )
    with pytest.raises(InputError, match="not read: language"):
        explain(Report(text=text), "00ff")


def test_what_differs_between_two_readings_is_named() -> None:
    then = MadeBy(version="0.1.0", weights={"reader": "a" * 64, "names": "c" * 64}, tables={"cues": "d" * 64})
    now = MadeBy(version="0.1.0", weights={"reader": "b" * 64, "names": "c" * 64})
    assert differing(then, now) == (f"reader {'a' * 12} (now {'b' * 12})", f"cues {'d' * 12} (now none)")
    assert differing(now, now) == ()


def test_the_same_reader_is_the_one_whose_weights_are_named(record: Record) -> None:
    assert same_reader(record.made_by) == "default"
    assert same_reader(MadeBy(version="0.1.0", weights={"reader": "ab" * 32})) == "default"


def test_json_both_ways(explained: list[Explanation]) -> None:
    for made in explained:
        assert "\n" not in made.to_json()
        assert Explanation.from_json(made.to_json()) == made
    with pytest.raises(InputError, match="not an explanation"):
        Explanation.from_json("{}")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Rebels shelled the town of Homs on Monday.",
            "rule “weekday”: .* reckoned from the publication day 2014-06-17",
        ),
        (
            "June 3 - Rebels shelled the town of Homs yesterday.\n\nJune 5 - Rebels shelled the town of Hama today.",
            "rule “near day”: .* 2014-06-02 to 2014-06-02, reckoned from the entry's day 2014-06-03",
        ),
        (
            "“Rebels shelled the town of Homs yesterday,” the governor said on 4 June.",
            "rule “near day”: .* 2014-06-03 to 2014-06-03, reckoned from the day it was said, 2014-06-04",
        ),
    ],
)
def test_a_time_tells_its_rule_and_the_day_it_counts_from(text: str, told: str) -> None:
    record = dateline.read(text, published=date(2014, 6, 17))
    claim = next(claim for claim in record.claims if claim.time)
    (time,) = (field for field in explain(record.report, claim.id).fields if field.field == "time")
    note = next(ground.note for ground in time.grounds if ground.by == "times rule")
    assert re.search(told, note)


def test_the_rule_that_told_who_a_party_is_is_shown() -> None:
    text = "Islamic State fighters killed 12 people in Mosul on Monday. The army shelled the town on Tuesday."
    record = dateline.read(text, published=date(2014, 7, 17))
    told = [
        (field.value, ground.note)
        for claim in record.claims
        for field in explain(record.report, claim.id).fields
        if field.field == "actor"
        for ground in field.grounds
        if ground.by == "register"
    ]
    assert ("Islamic State fighters", "islamic-state: 'Islamic State' is a name of islamic-state") in told
    assert any(value == "army" and note.startswith("iq-military: ") for value, note in told)

"""How likely a claim is one that a coder would make, with weights made by hand. All sentences are invented."""

import pytest

from dateline.codes import EventType
from dateline.reading.weigh import NEXT_TO, Weights, features, probability, weighed
from dateline.record import Actor, Claim, Part, Report, Span

TEXT = (
    "Rebels attacked the mill, killing two men. Guards fled at dawn.\n"
    "The attack was the third this week and the killings went on."
)
SENTENCES = TEXT.replace(".\n", ". ").split(". ")
SURER_WINS = Weights(features={"reader": 1.0, "beside:surer": -2.0}, keep=0.5)


def claim(word: str, score: float, event: EventType = "attack", **more: object) -> Claim:
    start = TEXT.index(word)
    quote = next(s for s in SENTENCES if TEXT.index(s) <= start < TEXT.index(s) + len(s))
    first = TEXT.index(quote)
    return Claim(
        id=word, event=event, score=score, trigger=Part(text=word, span=Span(start, start + len(word))),
        quote=Part(text=quote, span=Span(first, first + len(quote))), **more,  # type: ignore[arg-type]
    )  # fmt: skip


def seen(given: Claim, *others: Claim) -> dict[str, float]:
    return features(given, (given, *others), TEXT)


def test_a_weaker_trigger_beside_a_surer_one_is_less_likely() -> None:
    weak, strong = claim("killing", 0.7, "killing"), claim("attacked", 0.9)
    alone = probability(seen(weak), SURER_WINS)
    beside = probability(seen(weak, strong), SURER_WINS)
    assert alone == pytest.approx(0.7, abs=1e-6)
    assert beside < 0.5 < alone
    # The surer one loses nothing by the weaker.
    assert probability(seen(strong, weak), SURER_WINS) == pytest.approx(0.9, abs=1e-6)
    # Nor does one that stands in another sentence.
    assert probability(seen(weak, claim("fled", 0.9, "displacement")), SURER_WINS) == pytest.approx(0.7, abs=1e-6)


def test_what_is_unlikely_is_left_out_and_the_rest_has_its_probability_as_its_score() -> None:
    claims = (claim("attacked", 0.9), claim("killing", 0.7, "killing"), claim("fled", 0.6, "displacement"))
    kept = weighed(claims, TEXT, None, SURER_WINS)
    assert [(c.id, c.score) for c in kept] == [("attacked", 0.9), ("fled", 0.6)]
    assert [c.score for c in claims] == [0.9, 0.7, 0.6]
    # All else of a claim stays as it was.
    assert [c.trigger for c in kept] == [claims[0].trigger, claims[2].trigger]


@pytest.mark.parametrize(("keep", "kept"), [(0.0, 3), (0.3, 2), (0.59, 2), (0.61, 1), (0.91, 0)])
def test_keep_is_the_probability_from_which_a_claim_stays(keep: float, kept: int) -> None:
    claims = (claim("attacked", 0.9), claim("killing", 0.7, "killing"), claim("fled", 0.6, "displacement"))
    weights = Weights(features=SURER_WINS.features, keep=keep)
    assert len(weighed(claims, TEXT, None, weights)) == kept


def test_a_claim_that_is_just_likely_enough_stays() -> None:
    assert len(weighed([claim("fled", 0.2)], TEXT, None, Weights(features={}, keep=0.5))) == 1


def test_what_no_weight_names_makes_no_difference_and_none_is_too_large() -> None:
    assert probability({"bias": 1.0, "reader": 9.0}, Weights(features={}, keep=0.5)) == 0.5
    extreme = [probability({"bias": b}, Weights(features={"bias": 1e9}, keep=0.5)) for b in (-1.0, 1.0)]
    assert 0 <= extreme[0] < 1e-9
    assert 1 - 1e-9 < extreme[1] <= 1


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_a_score_at_the_end_of_its_scale_can_be_weighed(score: float) -> None:
    [made] = weighed([claim("fled", score)], TEXT, None, Weights(features={"reader": 1.0}, keep=0.0))
    assert 0 < made.score < 1
    assert abs(made.score - score) < 0.02


def test_what_stands_beside_and_before_is_seen() -> None:
    first, second = claim("attacked", 0.9), claim("killing", 0.7, "killing")
    again, last = claim("attack was", 0.8), claim("killings", 0.5, "killing")
    made = seen(last, first, second, again)
    assert (made["beside"], made["beside:surer"], made["beside:same"]) == (1.0, 1.0, 0.0)
    assert (made["before:same"], made["before:same:word"], made["known"]) == (1.0, 1.0, 1.0)
    assert made["near"] == 0.0, "the triggers are too far apart: choose others"
    assert seen(first, second, again, last)["before:same"] == 0.0
    assert seen(first)["known"] == 0.0
    assert seen(second, first)["told by weapon"] == 1.0
    assert seen(second, again)["told by weapon"] == 0.0


def test_triggers_in_one_phrase_are_near() -> None:
    first, second = claim("attacked", 0.9), claim("killing", 0.7)
    assert second.trigger.span.start - first.trigger.span.start < NEXT_TO
    made = seen(second, first)
    assert (made["near"], made["near:surer"], made["beside:same"], made["beside:same:surer"]) == (1.0, 1.0, 1.0, 1.0)
    assert seen(first, second)["near:surer"] == 0.0


def test_a_claim_without_any_part_is_bare() -> None:
    rebels = Actor(text="Rebels", span=Span(0, 6), name="Rebels")
    assert seen(claim("attacked", 0.9))["bare"] == 1.0
    with_actor = seen(claim("attacked", 0.9, actors=(rebels,)))
    assert (with_actor["bare"], with_actor["actors"], with_actor["targets"]) == (0.0, 1.0, 0.0)


def test_spans_of_the_title_count_in_the_title() -> None:
    """A claim of the title is not compared with triggers of the text, and its article is looked for in the title."""
    title = "Fear after the attack"
    start = title.index("attack")
    part = Part(text="attack", span=Span(start, start + 6), where="title")
    headed = Claim(id="t", event="attack", trigger=part, score=0.6,
                   quote=Part(text=title, span=Span(0, len(title)), where="title"))  # fmt: skip
    weights = Weights(features={"known": 5.0, "before:same": -9.0, "title": 1.0}, keep=0.9)
    report = Report(text=TEXT, title=title)
    assert [c.id for c in weighed([claim("attacked", 0.9), headed], report.text, report.title, weights)] == ["t"]
    assert weighed([headed], TEXT, "Fear after one attack", weights) == ()

"""The speed of the places stage: figures of sums, and targets that are a least."""

import pytest

from benchmarks.adapters.places_speed import figures
from benchmarks.measured import Figure
from benchmarks.places_alone import mentions_of
from dateline.reading import places
from dateline.reading.place_belief import Seen
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.record import Report


def test_sums_become_words_a_second() -> None:
    finding, resolving, rest = figures({"words": 12_000, "finding": 2.0, "resolving": 0.5, "rest": 0.1})
    assert (finding.value, finding.met) == (6_000, True)
    assert (resolving.value, resolving.met) == (24_000, False)
    assert rest.met is None


@pytest.mark.parametrize(
    ("target", "least", "met"), [(None, None, None), (2.0, None, True), (None, 2.0, False), (2.0, 0.5, True)]
)
def test_a_target_is_the_most_or_the_least(target: float | None, least: float | None, met: bool | None) -> None:
    assert Figure(name="invented", value=1.0, unit="s", target=target, least=least).met is met


def test_all_names_that_were_weighed_are_resolved_again() -> None:
    text = "Shells fell on Mosul and Baghdad in Iraq on Monday, Carter said."
    report = Report(text=text, sha256="0" * 64, source="invented", language="en")
    judged = places.judge(tag(split(report, ())), dateline=None, seen=Seen({}))
    names = [mention.spot.text for mention in mentions_of(judged)]
    assert names[:3] == ["Mosul", "Baghdad", "Iraq"]
    assert len(names) == len(judged.found) + len(judged.doubted)

"""What an outlet repeats over different stories. All reports are invented."""

from collections.abc import Iterable
from datetime import date, timedelta

from copy_reports import brief

from dateline.incidents.furniture import holding, stands
from dateline.incidents.types import Brief
from dateline.incidents.wording import sentence_hash

DAY = date(2021, 3, 1)
NOTICE = "The war has cost the valley half of its people and most of its harvest since it began five years ago."
STORIES = [
    ("Mill burns in Qasrin", "A mill burned down in Qasrin on Monday. Nobody was hurt. The owner blames old wires."),
    ("Council elects chair", "The council of Tell Amara elected Rana Saleh. She won by two votes. Three stayed away."),
    ("Bridge opens at last", "The bridge at Wadi Selim opened after nine years. Lorries crossed it all day long."),
    (
        "Two shot at checkpoint",
        "Soldiers shot two men at a checkpoint near Fort Rashid. An inquiry was opened at once.",
    ),
]


def _stories(count: int, *, outlet: str = "Harbour Post", notice: str = NOTICE) -> list[Brief]:
    return [
        brief(f"{outlet}-{at}", f"{text} {notice}", title=title, outlet=outlet, day=DAY + timedelta(days=at))
        for at, (title, text) in enumerate(STORIES[:count])
    ]


def standing(reports: Iterable[Brief], outlet: str = "Harbour Post") -> set[int]:
    """The sentences that stand with an outlet."""
    held = [holding(each) for each in reports if each.outlet == outlet]
    return {each for one in held for each in one.sentences if stands(two for two in held if each in two.sentences)}


def test_a_paragraph_over_three_stories_stands() -> None:
    assert standing(_stories(3)) == {sentence_hash(NOTICE)}
    assert not standing(_stories(2))


def test_each_outlet_has_its_own() -> None:
    reports = [*_stories(2), *_stories(3, outlet="Selim Star")]
    assert not standing(reports), "two stories of its own"
    assert standing(reports, "Selim Star") == {sentence_hash(NOTICE)}


def test_three_stories_of_one_day_are_not_enough() -> None:
    same_day = [brief(f"r{at}", f"{text} {NOTICE}", title=title) for at, (title, text) in enumerate(STORIES)]
    assert not standing(same_day)


def test_updates_of_one_story_make_nothing_stand() -> None:
    story = "Gunmen killed 14 drivers near Marsa Hadid. The trucks came from Qasrin. Nobody said who was behind it."
    updates = [
        brief(
            f"u{at}",
            f"{story} Update number {at} came in from our desk with {at} more.",
            title="Fourteen drivers killed near Marsa Hadid" + (", council says" if at % 2 else ""),
            day=DAY + timedelta(days=at),
        )
        for at in range(12)
    ]
    assert not standing(updates)


def test_a_page_that_is_nearly_all_furniture_is_known_after_a_week() -> None:
    page = [f"Watch how reader number {at} trained a goat to open the harbour gate." for at in range(8)]
    pages = [
        brief(f"p{at}", " ".join([*page, text]), title=title, day=DAY + timedelta(days=8 * at))
        for at, (title, text) in enumerate(STORIES[:3])
    ]
    assert {sentence_hash(each) for each in page} <= standing(pages)

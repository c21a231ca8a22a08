"""What an outlet repeats over different stories, kept up one report at a time. All reports are invented."""

from datetime import date, timedelta

from copy_reports import brief

from dateline.incidents.furniture import Holding, holders_of, holding, standing, standing_of, touched
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


def test_a_paragraph_over_three_stories_stands() -> None:
    assert standing_of(_stories(3))["Harbour Post"] == {sentence_hash(NOTICE)}
    assert not standing_of(_stories(2))["Harbour Post"]


def test_each_outlet_has_its_own() -> None:
    found = standing_of([*_stories(2), *_stories(2, outlet="Selim Star")])
    assert not any(found.values()), "two outlets, two stories each"


def test_three_stories_of_one_day_are_not_enough() -> None:
    same_day = [brief(f"r{at}", f"{text} {NOTICE}", title=title) for at, (title, text) in enumerate(STORIES)]
    assert not standing_of(same_day)["Harbour Post"]


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
    assert not standing_of(updates)["Harbour Post"]


def test_a_page_that_is_nearly_all_furniture_is_known_after_a_week() -> None:
    page = [f"Watch how reader number {at} trained a goat to open the harbour gate." for at in range(8)]
    pages = [
        brief(f"p{at}", " ".join([*page, text]), title=title, day=DAY + timedelta(days=8 * at))
        for at, (title, text) in enumerate(STORIES[:3])
    ]
    assert {sentence_hash(each) for each in page} <= standing_of(pages)["Harbour Post"]


def test_one_report_more_touches_its_own_sentences_only() -> None:
    before, new = _stories(2), _stories(3)[2]
    held = holders_of([*map(holding, before), holding(new)])
    change = touched(holding(new), held, frozenset())
    assert change.standing == {sentence_hash(NOTICE)}
    assert change.reports == {each.id for each in before}
    gone = touched(holding(new), holders_of(map(holding, before)), change.standing, left=True)
    assert gone.fallen == change.standing
    assert gone.reports == change.reports


def test_one_at_a_time_comes_to_what_all_at_once_come_to() -> None:
    reports = [*_stories(4), *_stories(4, notice="")]
    kept: frozenset[int] = frozenset()
    seen: list[Holding] = []
    for each in map(holding, reports):
        seen.append(each)
        change = touched(each, holders_of(seen), kept)
        kept = (kept | change.standing) - change.fallen
    assert kept == standing(seen)
    assert kept

"""The pages of incidents: word by word at two widths, and the rules that they follow."""

import re
from collections.abc import Callable, Iterable

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from rich.text import Text

from dateline.errors import InputError
from dateline.incidents.diff import changes
from dateline.incidents.policies import policy
from dateline.incidents.policy_moves import moved, recounted, totals
from dateline.incidents.types import Incident, Party
from dateline.show.decisions_page import decisions_page
from dateline.show.diff_page import diff_page
from dateline.show.incident_page import incident_page
from dateline.show.incident_parts import moves
from dateline.show.incident_rows import refs
from dateline.show.incidents_page import incidents_page
from dateline.show.moved_page import moved_page, policies_page, policy_page
from dateline.show.origins_page import origins_page
from tests.cli.incidents import (
    BOMBED,
    CASE,
    DECISIONS,
    FOURTH,
    INCIDENTS,
    KEYS,
    REPORTS,
    SHELLED,
    SIXTH,
    STORED,
    TALKED,
    TELLINGS,
)
from tests.cli.test_printing import printed, same_as_snapshot

_KILLED, _WOUNDED = SHELLED.figures
EARLIER = replace(
    SHELLED, claims=KEYS[:3], reports=REPORTS[:3], origins=SHELLED.origins[:2], set_aside={}, actors=(),
    contradictions=SHELLED.contradictions[:1], figures=(replace(_KILLED, best=11, high=None, steps=_KILLED.steps[:2]),),
)  # fmt: skip
CAUTIOUS = (
    replace(SHELLED, figures=(replace(_KILLED, best=11, rule="cautious: the lowest of 3 origins"), _WOUNDED)),
    BOMBED,
)

Page = Callable[[int], Iterable[Text]]
PAGES: dict[str, Page] = {
    "incidents": lambda width: incidents_page(INCIDENTS, width=width),
    "why": lambda width: incident_page(CASE, width=width),
    "why-killed": lambda width: incident_page(CASE, width=width, field="killed"),
    "why-who": lambda width: incident_page(CASE, width=width, field="who"),
    "why-matches": lambda width: incident_page(CASE, width=width, field="matches"),
    "origins": lambda width: origins_page(SHELLED, CASE.sentence, CASE.reports, width=width),
    "diff": lambda width: diff_page(
        changes([EARLIER, replace(TALKED, claims=("r8/c8",))], [SHELLED, replace(BOMBED, claims=("r9/c9",))],
                DECISIONS, TELLINGS),
        FOURTH, SIXTH, STORED, width=width),
    "policy-compare": lambda width: moved_page(
        moved((SHELLED, BOMBED), CAUTIOUS), {each.id: each for each in INCIDENTS}, totals(INCIDENTS, CAUTIOUS),
        ("ucdp", "cautious"), width=width),
    "policy-list": lambda width: policies_page([policy("ucdp"), policy("cautious")], width=width),
    "policy-show": lambda width: policy_page(policy("ucdp"), width=width),
    "decisions": lambda width: decisions_page(DECISIONS, {DECISIONS[1].id}, width=width),
}  # fmt: skip


@pytest.mark.parametrize("width", [60, 160])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_printed_as_it_was(name: str, width: int) -> None:
    same_as_snapshot(f"{name}-{width}.txt", printed(PAGES[name](width), width))


@pytest.mark.parametrize("width", [40, 59, 60, 80, 100, 139, 140, 200])
@pytest.mark.parametrize("name", PAGES)
def test_no_line_is_wider_than_asked_or_ends_in_spaces(name: str, width: int) -> None:
    lines = printed(PAGES[name](width), width).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


@pytest.mark.parametrize("name", PAGES)
def test_a_style_ends_with_its_words(name: str) -> None:
    assert not [line.plain for line in PAGES[name](100) if line.style]


def test_a_name_cannot_steer_the_terminal() -> None:
    evil = replace(TALKED, actors=(Party(name="Army\x1b]0;owned\x07\u202e"),))
    said = printed(incidents_page([evil], width=80), 80)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", said)


def test_nothing_found_is_said() -> None:
    assert printed(incidents_page([], width=80), 80) == "no incident fits\n"
    assert printed(decisions_page([], set(), width=80), 80) == "no decisions\n"
    assert printed(diff_page([], FOURTH, SIXTH, {}, width=80), 80) == "2024-03-04 to 2024-03-06: nothing changed\n"
    assert "no figure differs" in printed(moved_page((), {}, (), ("a", "b"), width=80), 80)


def test_ids_are_as_long_as_it_takes() -> None:
    twins = [replace(TALKED, id="7a1c7a1c7a" + end) for end in ("00aa", "11bb")]
    said = printed(incidents_page(twins, width=80), 80)
    assert "7a1c7a1c7a0  talks" in said
    assert "7a1c7a1c7a1  talks" in said


def test_what_people_need_to_see_is_on_the_list() -> None:
    said = printed(incidents_page(INCIDENTS, width=100), 100)
    for words in ("killed 11–18–19", "4 origins, 6 reports", "disagree on: whether it happened, who did it",
                  "offensive, planned", "territory lost, denied", "came true: 5e115e11"):  # fmt: skip
        assert words in said
    assert said.endswith("5 incidents from 6 reports; on 1 of them the claims disagree\n")


def test_every_quote_and_every_reason_is_on_the_page() -> None:
    squeezed = re.sub(r"\s+", " ", printed(incident_page(CASE, width=100), 100))
    for stored in STORED.values():
        claim = stored.claim
        assert claim.quote.text.replace(claim.trigger.text, f"»{claim.trigger.text}«", 1) in squeezed
    for reason in CASE.reasons:
        assert reason.rule in squeezed
    assert "no say: rejected by mara: a misprint, see the correction" in squeezed


def test_a_field_that_is_not_there_is_an_error_that_names_those_that_are() -> None:
    with pytest.raises(InputError, match=r"has no field 'detained'; it has happened, event, .*matches"):
        list(incident_page(CASE, width=80, field="detained"))


@pytest.mark.parametrize(("name", "said"), [("claims", "Claims"), ("decisions", "reject claim"), ("what", "shelling"),
                                            ("contradictions", "whether it happened")])  # fmt: skip
def test_parts_of_a_page_can_be_asked_for(name: str, said: str) -> None:
    assert said in printed(incident_page(CASE, width=80, field=name), 80)


def test_empty_parts_are_told() -> None:
    bare = replace(CASE, matches=(), decisions=(), incident=replace(SHELLED, contradictions=()))
    for name, said in (("matches", "no two claims"), ("decisions", "nothing was decided"),
                       ("contradictions", "disagree on nothing")):  # fmt: skip
        assert said in printed(incident_page(bare, width=80, field=name), 80)


def test_many_claims_are_cut_off_with_the_way_to_all_of_them() -> None:
    keys = tuple(f"{KEYS[0]}{at}" for at in range(40))
    many = replace(CASE, incident=replace(SHELLED, claims=keys), claims=dict.fromkeys(keys, STORED[KEYS[0]]))
    said = printed(incident_page(many, width=80), 80)
    assert "and 15 more: dateline why 5e115e11 claims" in said


def test_how_a_figure_moved() -> None:
    assert moves(_KILLED) == "11 → 18 → 19 in two days"
    assert moves(_WOUNDED) == ""
    first, _, second, *_ = _KILLED.steps
    replaced = replace(first, set_aside="out of date: 18 told since")
    assert moves(replace(_KILLED, steps=(replaced, second))) == "11 → 18 in one day"
    assert moves(replace(_KILLED, steps=(first, replace(second, known=FOURTH)))) == "", "of one day: they compete"
    third = replace(second, known=SIXTH, low=12, high=12)
    assert moves(replace(_KILLED, steps=(first, replace(second, known=FOURTH), third))) == "11–18 → 12 in two days"


@pytest.mark.parametrize(("at", "said"), [((), ""), ((1,), "1"), ((1, 2), "1, 2"), ((1, 2, 3, 5), "1–3, 5")])
def test_claims_by_number(at: tuple[int, ...], said: str) -> None:
    assert refs([str(each) for each in at], {str(number): number for number in range(9)}) == said


def test_a_report_that_only_its_id_is_known_of_still_has_a_line() -> None:
    said = printed(origins_page(SHELLED, CASE.sentence, {}, width=80), 80)
    assert REPORTS[1] in said


def test_another_policy_changes_figures_and_nothing_else() -> None:
    linked: list[Incident] = [SHELLED, TALKED]
    made = recounted(linked, CAUTIOUS)
    assert made[0].figures[0].best == 11
    assert made[0].suggestions == SHELLED.suggestions
    assert made[1] == TALKED

"""Copies: exact, near, excerpt, rewrite; what is none; which of two is the original. All reports are invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from copy_reports import brief, copy_of

from benchmarks.side_by_side import side_by_side
from dateline.incidents.copies import Wording
from dateline.incidents.reconcile import effective
from dateline.incidents.rulings import Rulings
from dateline.incidents.types import Brief

DAY = date(2021, 3, 4)
DISPATCH = (
    "Gunmen attacked a convoy of food trucks near the town of Marsa Hadid on Thursday and killed 14 drivers, the "
    "provincial council said. The trucks were on their way from the port of Qasrin to camps in the Wadi Selim valley, "
    "where 60,000 people have lived since the floods of January. Council member Idris Halabi said the attackers came "
    "in nine pick-up trucks and burned what they could not carry. Two of the drivers reached the village of Tell Amara "
    "on foot and called for help. An army patrol from the Fort Rashid garrison arrived three hours later. It found 22 "
    "burned vehicles along a stretch of four kilometres. Nobody has said who was behind the attack. The aid group "
    "Open Hands said it would halt its convoys to Wadi Selim until the road was safe."
)
REWRITE = (
    "At least 14 drivers lost their lives on Thursday when armed men fell upon a food convoy close to Marsa Hadid, "
    "according to the provincial council. The convoy had left Qasrin port for the camps of the Wadi Selim valley, home "
    "to 60,000 people since January's floods. The attackers arrived in nine pick-up trucks and burned whatever they "
    "could not take with them, council member Idris Halabi said. Two drivers got to the village of Tell Amara on foot "
    "and called for help. Three hours later an army patrol of the Fort Rashid garrison arrived and found 22 burned "
    "vehicles over four kilometres of road. It was not clear who was behind the attack. Open Hands, an aid group, "
    "said it was halting convoys to Wadi Selim until the road is safe."
)
# The same event, by somebody who was there: other words, other facts, the same source.
OTHER = (
    "The road smelled of diesel and burned rice. Salim Nouri, who drove the last truck, said he jumped into a ditch "
    "when the shooting began near Marsa Hadid. He counted 14 of his colleagues among the dead. The provincial council "
    "said it would pay for the funerals in Qasrin on Saturday. Families at the depot read the names from a list that "
    "a clerk had written by hand. Women shouted at the soldiers who guarded the gate. Mr Nouri said he would not "
    "drive that road again for any money, and that the younger men had already asked for their papers back."
)
# Who knew the dispatch may have written this, and who did not as well: only a credit tells.
RETOLD = (
    "Fourteen people died when armed men stopped food trucks near Marsa Hadid, a driver said. He had been hired in "
    "Qasrin a week before. The convoy was bound for camps in the valley where 60,000 people wait for food. Nine "
    "pick-up trucks blocked the way, he said, and whoever ran was shot at. Soldiers from Fort Rashid came three hours "
    "later and counted what had burned. His brother is still missing and his mother does not sleep. The aid group Open "
    "Hands will send no more convoys for now."
)
FOLLOW_UP = (
    "The town of Marsa Hadid buried its drivers on Friday. "
    + DISPATCH[DISPATCH.index("Two of the drivers") : DISPATCH.index("Nobody has")]
    + " Shops stayed closed and the muezzin read out fourteen names one by one while the mothers stood at the gate. "
    "Council member Idris Halabi promised guards for every convoy from now on, and money for the families before the "
    "end of the month. A widow said she wanted to know who had sold the route."
)


def test_the_same_text_under_another_title_is_an_exact_copy() -> None:
    first = brief("a", DISPATCH, outlet="Harbour Post")
    second = brief("b", DISPATCH.replace(", the provincial", " the provincial"), outlet="Selim Star")
    found = copy_of(first, second)
    assert found is not None
    assert (found.kind, found.original, found.copy) == ("exact", "a", "b")
    assert found.score >= 0.97


def test_a_few_sentences_changed_make_a_near_copy() -> None:
    changed = DISPATCH.replace("Nobody has said who was behind the attack.", "The army blamed the Dune Front.")
    found = copy_of(brief("a", DISPATCH), brief("b", changed, outlet="Selim Star"))
    assert found is not None
    assert found.kind == "near"


def test_a_part_of_a_long_report_is_an_excerpt() -> None:
    short = DISPATCH[: DISPATCH.index("Two of the drivers")]
    found = copy_of(brief("a", DISPATCH), brief("b", short, outlet="Selim Star"))
    assert found is not None
    assert found.kind == "excerpt"


def test_a_rewrite_shares_facts_in_their_order_and_hardly_a_phrase() -> None:
    found = copy_of(brief("a", DISPATCH), brief("b", REWRITE, outlet="Selim Star"))
    assert found is not None
    assert found.kind == "rewrite"


def test_another_report_of_the_same_event_from_the_same_source_is_no_copy() -> None:
    assert copy_of(brief("a", DISPATCH), brief("b", OTHER, outlet="Selim Star")) is None


def test_whole_sentences_in_another_outlet_s_report_are_an_excerpt() -> None:
    found = copy_of(brief("a", DISPATCH), brief("b", FOLLOW_UP, outlet="Selim Star"))
    assert found is not None
    assert found.kind == "excerpt"


def test_an_outlet_s_own_follow_up_is_newly_written() -> None:
    assert copy_of(brief("a", DISPATCH), brief("b", FOLLOW_UP)) is None


def test_a_credit_tells_a_rewrite_where_the_wording_alone_does_not() -> None:
    first = brief("a", DISPATCH, outlet="Coast Wire")
    assert copy_of(first, brief("b", RETOLD, outlet="Selim Star", credits=())) is None
    found = copy_of(first, brief("b", RETOLD, outlet="Selim Star", credits=("Coast Wire",)))
    assert found is not None
    assert found.kind == "rewrite"


def test_a_formula_with_other_names_and_numbers_is_no_copy() -> None:
    """An agency's wording for one kind of event, on two days and at two places."""
    formula = (
        "A source at the {where} police command told the agency that terrorists fired {n} rocket shells on the {part} "
        "neighbourhood, killing {dead} persons, injuring {hurt} others and causing material damage to the houses. "
        "Civil defence teams in {where} rushed the injured to {place} hospital for treatment, the source added."
    )
    one = formula.format(where="Qasrin", n=4, part="Bab Amara", dead=8, hurt=55, place="Wadi")
    two = formula.format(where="Marsa", n=9, part="Tell Rashid", dead=2, hurt=13, place="Selim")
    assert copy_of(brief("a", one), brief("b", two, outlet="Selim Star")) is None
    assert copy_of(brief("a", one), brief("b", two)) is None


def test_a_rewrite_of_weeks_later_is_none() -> None:
    late = brief("b", REWRITE, outlet="Selim Star", day=DAY + timedelta(days=40))
    assert copy_of(brief("a", DISPATCH), late) is None


def test_furniture_makes_no_copy() -> None:
    notice = (
        "Harbour Post readers can send pictures to the news desk at any hour of the day or night. "
        "The Harbour Post has covered the coast and the valleys behind it for more than seventy years without a break. "
        "Our reporters follow the rules of the press council, which you can read in full on our pages."
    )
    one = brief("a", "Fire burned a mill in Qasrin on Monday and nobody was hurt, police said. " + notice)
    two = brief("b", "The council of Tell Amara elected Rana Saleh as its chair. " + notice, day=DAY)
    assert copy_of(one, two) is not None, "without knowing the furniture they are"
    standing = frozenset(one.sentences) & frozenset(two.sentences)
    bare = [effective(each, standing, Rulings()) for each in (one, two)]
    assert copy_of(*bare) is None


@dataclass(frozen=True)
class Order:
    first: Brief
    second: Brief
    original: str
    why: str


ORDERS = [
    Order(brief("b", DISPATCH), brief("a", DISPATCH, day=DAY + timedelta(days=1)), "b", "the earlier"),
    Order(
        brief("z", DISPATCH, outlet="Coast Wire", credits=()),
        brief("a", DISPATCH, outlet="Selim Star", credits=("Coast Wire",)),
        "z",
        "the credited agency's own",
    ),
    Order(brief("b", DISPATCH), brief("a", DISPATCH[:-100]), "b", "the longer"),
    Order(brief("b", DISPATCH), brief("a", DISPATCH), "a", "by id"),
]


@pytest.mark.parametrize("order", ORDERS, ids=[order.why for order in ORDERS])
def test_which_of_two_is_the_original(order: Order) -> None:
    for pair in ((order.first, order.second), (order.second, order.first)):
        found = copy_of(*pair)
        assert found is not None
        assert found.original == order.original


def test_copies_share_keys_and_reports_of_other_things_do_not() -> None:
    keys = {
        name: set(Wording(brief(name, text)).keys) for name, text in (("a", DISPATCH), ("b", REWRITE), ("c", OTHER))
    }
    assert len(keys["a"] & keys["b"]) >= 3
    assert len(keys["a"] & keys["c"]) < len(keys["a"] & keys["b"]) / 2


def test_the_order_in_which_reports_come_in_changes_nothing() -> None:
    reports = [brief("a", DISPATCH), brief("b", REWRITE), brief("c", OTHER), brief("d", DISPATCH[:400])]
    ways = [sorted(side_by_side(way).copies, key=repr) for way in (reports, reports[::-1], reports[2:] + reports[:2])]
    assert ways[0] == ways[1] == ways[2]
    assert ways[0], "there are copies"


def test_among_a_thousand_reports_the_copies_are_found_and_nothing_else() -> None:
    found = side_by_side(brief(f"r{at}", _invented(at)) for at in range(1000)).copies
    pairs = sorted((copy.original, copy.copy) for copy in found)
    assert pairs == sorted((f"r{at}", f"r{at - 1}") for at in range(9, 1000, 10)), "every tenth copies the one before"


def _invented(at: int) -> str:
    """A text of 120 words drawn at random; every tenth is that of the one before with a sentence more."""
    if at % 10 == 9:
        return _invented(at - 1) + " The council will meet again on the matter when the moon is full."
    random = Random(at)
    words = [f"{a}{b}{c}" for a in "bdfgklmn" for b in "aeiou" for c in ("rin", "sol", "tem", "vak")]
    made = [" ".join(random.choices(words, k=15)).capitalize() + "." for _ in range(8)]
    return " ".join(made)

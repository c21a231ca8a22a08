"""Rule 7: what is denied, planned, demanded or only possible never becomes an event that happened.

Minimal pairs through the whole reader: one sentence tells that something happened, its neighbour that it is denied,
planned, called for or possible. All sentences are invented.
"""

from datetime import date

import pytest

import dateline
from dateline.codes import Modality
from dateline.record import Claim

PUBLISHED = date(2014, 6, 17)

# happened, the act in it; did not or not yet, the act in it, what it is.
PAIRS: tuple[tuple[str, str, str, str, Modality], ...] = (
    ("Rebels shelled the town of Homs on Monday.", "shelled",
     "Rebels plan to shell the town of Homs on Friday, the army said.", "shell", "planned"),
    ("Rebels shelled the town of Homs on Monday.", "shelled",
     "Rebels may shell the town of Homs next week.", "shell", "possible"),
    ("The army shelled Homs on Monday.", "shelled",
     "The army denied shelling Homs on Monday.", "shelling", "denied"),
    ("Warplanes bombed the city of Raqqa on Monday, killing 12 people.", "bombed",
     "The defence ministry denied that warplanes had bombed the city of Raqqa.", "bombed", "denied"),
    ("Warplanes bombed the city of Raqqa on Monday, killing 12 people.", "bombed",
     "Warplanes could bomb the city of Raqqa within days, residents fear.", "bomb", "possible"),
    ("The army withdrew from Homs on Monday.", "withdrew",
     "The army will withdraw from Homs next week, a minister said.", "withdraw", "planned"),
    ("The army withdrew from Homs on Monday.", "withdrew",
     "The council called on the army to withdraw from Homs.", "withdraw", "called_for"),
    ("The army withdrew from Homs on Monday.", "withdrew",
     "The army has not withdrawn from Homs.", "withdrawn", "denied"),
    ("The army withdrew from Homs on Monday.", "withdrew",
     "The army could withdraw from Homs, residents fear.", "withdraw", "possible"),
    ("Government troops captured the town of Idlib on Monday.", "captured",
     "Government troops are preparing to capture the town of Idlib.", "capture", "planned"),
    ("Government troops captured the town of Idlib on Monday.", "captured",
     "Government troops might capture the town of Idlib within days.", "capture", "possible"),
    ("Government troops captured the town of Idlib on Monday.", "captured",
     "The rebels denied that government troops had captured the town of Idlib.", "captured", "denied"),
    ("Thousands of people fled the town of Rafah on Monday.", "fled",
     "Thousands of people may flee the town of Rafah, the United Nations warned.", "flee", "possible"),
    ("The president met his Turkish counterpart in Ankara on Monday.", "met",
     "The president will meet his Turkish counterpart in Ankara on Friday.", "meet", "planned"),
    ("The United States sent 300 troops to Iraq on Monday.", "sent",
     "The United States plans to send 300 troops to Iraq.", "send", "planned"),
    ("The United States sent 300 troops to Iraq on Monday.", "sent",
     "The United States has no plans to send troops to Iraq.", "send", "denied"),
    ("The government imposed sanctions on the group on Monday.", "sanctions",
     "The government is considering sanctions on the group.", "sanctions", "planned"),
    ("The army launched an offensive on Mosul on Monday.", "offensive",
     "The army is preparing to launch an offensive on Mosul.", "offensive", "planned"),
    ("The two sides agreed a ceasefire in Aleppo on Monday.", "ceasefire",
     "The envoy called for a ceasefire in Aleppo on Monday.", "ceasefire", "called_for"),
    ("The two sides agreed a ceasefire in Aleppo on Monday.", "ceasefire",
     "The two sides could agree a ceasefire in Aleppo.", "ceasefire", "possible"),
    ("Militants kidnapped five aid workers near Mosul on Monday.", "kidnapped",
     "No aid workers were kidnapped near Mosul on Monday, the ministry said.", "kidnapped", "denied"),
)  # fmt: skip
# Of the acts above, how many the reader must find at all. A missed act is a lesser fault than a plan told as a fact,
# but a reader that finds nothing keeps rule 7 for nothing.
FOUND_AT_LEAST = 0.8


def claims_of(sentence: str, act: str) -> list[Claim]:
    """The claims whose trigger overlaps the act's word; a demand, threat or denial around it is another claim."""
    start = sentence.index(act)
    record = dateline.read(sentence, published=PUBLISHED)
    return [c for c in record.claims if c.trigger.span.start < start + len(act) and start < c.trigger.span.end]


@pytest.mark.parametrize(("happened", "act", "other", "other_act", "modality"), PAIRS, ids=[p[2] for p in PAIRS])
def test_what_is_not_told_as_a_fact_is_no_fact(
    happened: str, act: str, other: str, other_act: str, modality: Modality
) -> None:
    assert {claim.modality for claim in claims_of(happened, act)} <= {"actual"}
    # Neither a fact nor another shade of what is no fact.
    assert {claim.modality for claim in claims_of(other, other_act)} <= {modality}


def test_most_of_these_acts_are_found() -> None:
    acts = {pair[:2] for pair in PAIRS} | {pair[2:4] for pair in PAIRS}
    missed = sorted(sentence for sentence, act in acts if not claims_of(sentence, act))
    assert len(missed) <= (1 - FOUND_AT_LEAST) * len(acts), missed


@pytest.mark.parametrize("frame", [
    "It is not true that {}.", "The ministry denied that {}.", "Officials dismissed as false reports that {}.",
    "There were fears that {}.", "If {}, the town would be cut off.",
])  # fmt: skip
@pytest.mark.parametrize(("clause", "act"), [
    ("rebels shelled the town of Homs", "shelled"),
    ("the army withdrew from Hama", "withdrew"),
    ("government troops captured Idlib", "captured"),
    ("warplanes bombed Raqqa", "bombed"),
])  # fmt: skip
def test_no_frame_that_takes_a_clause_back_leaves_it_a_fact(frame: str, clause: str, act: str) -> None:
    assert "actual" not in {claim.modality for claim in claims_of(frame.format(clause), act)}

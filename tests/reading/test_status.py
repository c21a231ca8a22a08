"""Modality, hedge and verification: minimal pairs. All sentences are invented."""

import pytest

from dateline.codes import EventType
from dateline.reading.attribution import find_attributions
from dateline.reading.chains import chain_for
from dateline.reading.reader import load
from dateline.reading.sentences import split
from dateline.reading.status import Status, factuality, judge
from dateline.reading.tagging import tag
from dateline.reading.triggers import Trigger
from dateline.record import Report


def judged(text: str, trigger: str, event: EventType) -> Status:
    sentences = tag(split(Report(text=text)))
    sentence = next(s for s in sentences if trigger in s.text)
    start = sentence.span.start + sentence.text.index(trigger)
    inside = [k for k, t in enumerate(sentence.tokens) if start <= t.start < start + len(trigger)]
    found = Trigger(event=event, part=sentence.part(start, start + len(trigger)), sentence=sentence.index,
                    first=inside[0], last=inside[-1], score=1.0)  # fmt: skip
    look = load().look(sentences)
    view = look.view(sentence.index, found.tokens)
    chain = chain_for(found, sentence, find_attributions(sentences), view, sentences)
    return judge(found, sentence, chain, sentences, look)


@pytest.mark.parametrize(("text", "trigger", "event", "modality"), [
    # One event, five ways: what is denied, planned, demanded or only possible never becomes one that happened.
    ("The army shelled the village.", "shelled", "shelling", "actual"),
    ("The army did not shell the village.", "shell", "shelling", "denied"),
    ("The army denied shelling the village.", "shelling", "shelling", "denied"),
    ("The army denied that it had shelled the village.", "shelled", "shelling", "denied"),
    ("There is no evidence that the army shelled the village.", "shelled", "shelling", "denied"),
    ("The army will shell the village.", "shell", "shelling", "planned"),
    ("The army plans to shell the village.", "shell", "shelling", "planned"),
    ("The army threatened to shell the village.", "shell", "shelling", "planned"),
    ("The army was preparing to shell the village.", "shell", "shelling", "planned"),
    ("The army may shell the village.", "shell", "shelling", "possible"),
    ("The army could shell the village.", "shell", "shelling", "possible"),
    ("Residents fear an attack on the village.", "attack", "attack", "possible"),
    ("Residents were afraid of further shelling.", "shelling", "shelling", "possible"),
    ("Residents left for fear of an attack on the village.", "attack", "attack", "possible"),
    ("Residents are scared of being attacked by rebels.", "attacked", "attack", "possible"),
    ("Rebels withdrew from the port.", "withdrew", "territory_lost", "actual"),
    ("Rebels have not withdrawn from the port.", "withdrawn", "territory_lost", "denied"),
    ("Rebels vowed to withdraw from the port.", "withdraw", "territory_lost", "planned"),
    ("The council called on the rebels to withdraw from the port.", "withdraw", "territory_lost", "called_for"),
    ("Rebels should withdraw from the port.", "withdraw", "territory_lost", "called_for"),
    ("The two sides signed a ceasefire.", "ceasefire", "agreement", "actual"),
    ("The envoy called for a ceasefire.", "ceasefire", "agreement", "called_for"),
    ("The envoy called for an immediate ceasefire.", "ceasefire", "agreement", "called_for"),
    # The saying itself happened.
    ("The envoy urged both sides to stop.", "urged", "demand", "actual"),
    ("The council condemned the attack.", "condemned", "condemnation", "actual"),
    ("The general threatened to burn the town.", "threatened", "threat", "actual"),
    # A governor in another clause does not reach.
    ("Although talks may resume, rebels attacked the bridge on Monday.", "attacked", "attack", "actual"),
    ("The army, which plans to leave, shelled the village.", "shelled", "shelling", "actual"),
    ("Soldiers killed two men who did not stop.", "killed", "killing", "actual"),
    ("Residents fear that rebels shelled the port.", "shelled", "shelling", "possible"),
])  # fmt: skip
def test_minimal_pairs(text: str, trigger: str, event: EventType, modality: str) -> None:
    assert judged(text, trigger, event).modality == modality


@pytest.mark.parametrize(("text", "trigger", "event", "hedge"), [
    ("Rebels allegedly killed 12 men.", "killed", "killing", "allegedly"),
    ("Rebels reportedly killed 12 men.", "killed", "killing", "reportedly"),
    ("The group claimed to have killed 12 men.", "killed", "killing", "claimed to"),
    ("The men are believed to have been killed.", "killed", "killing", "believed to"),
    ("Rebels killed 12 men.", "killed", "killing", None),
    ("Rebels killed 12 men and later left the likely route of the convoy.", "killed", "killing", None),
])  # fmt: skip
def test_hedges(text: str, trigger: str, event: EventType, hedge: str | None) -> None:
    found = judged(text, trigger, event).hedge
    assert (found.text if found else None) == hedge


def test_a_hedge_is_the_text_at_its_span() -> None:
    text = "It rained. Rebels allegedly killed 12 men."
    found = judged(text, "killed", "killing").hedge
    assert found is not None
    assert found.span.of(text) == "allegedly"


@pytest.mark.parametrize(("text", "trigger", "verification"), [
    ("Rebels killed 12 men, the army said.", "killed", "not_stated"),
    ("The United Nations confirmed that rebels killed 12 men.", "killed", "verified"),
    ("Rebels killed 12 men, the army said. The claim could not be independently verified.", "killed", "unverified"),
    ("Rebels killed 12 men, the army said. The road was closed.", "killed", "not_stated"),
    ("Rebels killed 12 men, the army said. The Orontes agency could not verify the claim.", "killed", "unverified"),
    ("Rebels killed 12 men, the army said. They denied it. Orontes could not independently verify either account.",
     "killed", "unverified"),
    ("Rebels killed 12 men, the army said. The rebels blamed the army. It closed the road. Neither account could be "
     "checked.", "killed", "unverified"),
    ("Rebels killed 12 men, the army said. It was not possible to confirm the figure.", "killed", "unverified"),
    ("Rebels killed 12 men, the army said. He could not confirm the number of refugees.", "killed", "not_stated"),
    ("Rebels killed 12 men, the army said. The Orontes agency could not verify the video.", "killed", "not_stated"),
    ("Rebels killed 12 men, the army said. Reuters could not verify the footage.", "killed", "not_stated"),
    ("According to unconfirmed reports, rebels killed 12 men.", "killed", "unverified"),
    ("The ministry rejected the claim that rebels killed 12 men.", "killed", "disputed"),
])  # fmt: skip
def test_verification(text: str, trigger: str, verification: str) -> None:
    assert judged(text, trigger, "killing").verification == verification


def test_factuality_orders_the_modalities() -> None:
    values = [factuality(m, None) for m in ("denied", "called_for", "possible", "planned", "actual")]
    assert values == sorted(values)
    assert values[0] < 0 < values[-1] == 3.0
    hedged = judged("Rebels allegedly killed 12 men.", "killed", "killing")
    assert 0 < hedged.factuality < 3.0

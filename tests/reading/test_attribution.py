"""Attributions: constructions, chains, quotations over sentences. All sentences are invented."""

import pytest

from dateline.reading.attribution import Said, as_mention, candidates, find_attributions
from dateline.reading.chains import chain_for
from dateline.reading.clauses import View
from dateline.reading.constructions import cues
from dateline.reading.reader import load
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.reading.triggers import Trigger
from dateline.reading.words import Sentence
from dateline.record import Report, Source
from dateline.world.labels import broken_rules, read_label, read_table


def heard(text: str) -> tuple[tuple[Sentence, ...], tuple[Said, ...]]:
    sentences = tag(split(Report(text=text)))
    return sentences, find_attributions(sentences)


def chain_of(text: str, word: str) -> tuple[Source, ...]:
    """Who puts forward what `word` names."""
    sentences, said = heard(text)
    sentence = next(s for s in sentences if word in s.text)
    start = sentence.span.start + sentence.text.index(word)
    inside = [k for k, t in enumerate(sentence.tokens) if start <= t.start < start + len(word)]
    trigger = Trigger(event="attack", part=sentence.part(start, start + len(word)), sentence=sentence.index,
                      first=inside[0], last=inside[-1], score=1.0)  # fmt: skip
    view = load().look(sentences).view(sentence.index, trigger.tokens)
    return chain_for(trigger, sentence, said, view, sentences)


def sources_of(text: str, word: str) -> list[str | None]:
    return [link.source.text if link.source else None for link in chain_of(text, word)]


@pytest.mark.parametrize(("text", "source", "cue", "within"), [
    ("The army said that its troops shelled Varna Hill.", "The army", "said", "shelled Varna Hill"),
    ("Rebels shelled the town, the army said.", "the army", "said", "Rebels shelled the town"),
    ("Rebels shelled the town, officials said on Saturday.", "officials", "said", "Rebels shelled the town"),
    ("“We shelled the town,” said General Ode Marat.", "General Ode Marat", "said", "We shelled the town"),
    ("According to the Health Ministry, 12 people died.", "the Health Ministry", "According to", "12 people died"),
    ("12 people died, according to the Health Ministry.", "the Health Ministry", "according to", "12 people died"),
    ("Colonel Ode Marat told reporters that rebels fled.", "Colonel Ode Marat", "told", "rebels fled"),
    ("Northland accused Southland of bombing the port.", "Northland", "accused", "Southland of bombing the port"),
    ("A report by the Kivu Front said 12 men died.", "A report by the Kivu Front", "said", "12 men died"),
    ("RADIO LIBRE REPORTS THAT REBELS BLEW UP A BRIDGE.", "RADIO LIBRE", "REPORTS", "REBELS BLEW UP A BRIDGE"),
    ("It was reported by Reuters that rebels burnt the mill.", "Reuters", "was reported", "rebels burnt the mill"),
    ("THE ARMY SAID THAT REBELS ATTACKED THE BRIDGE.", "THE ARMY", "SAID", "REBELS ATTACKED THE BRIDGE"),
    ("The minister, Ana Ruiz, said the rebels were near.", "The minister", "said", "the rebels were near"),
    ("Twelve men were shot near the river, reported Diario Libre.", "Diario Libre", "reported", "men were shot"),
])  # fmt: skip
def test_constructions(text: str, source: str, cue: str, within: str) -> None:
    _, said = heard(text)
    found = [one for one in said if one.cue.text == cue]
    assert found, f"no cue {cue!r} in {text!r}"
    assert found[0].source is not None
    assert found[0].source.text == source
    assert any(within in part.text for part in found[0].content)


@pytest.mark.parametrize(("text", "cue"), [
    ("The town is estimated to hold 400 fighters.", "is estimated to"),
    ("The men are believed to have fled to the hills.", "are believed to"),
])  # fmt: skip
def test_passives_have_no_source(text: str, cue: str) -> None:
    _, said = heard(text)
    assert [(one.source, one.cue.text) for one in said if one.cue.text == cue] == [(None, cue)]


def test_every_span_is_the_text_there() -> None:
    text = "“We hold the hill. Nobody fled,” Colonel Marat told the agency, adding that two men died.\n\nIt rained."
    sentences, said = heard(text)
    assert said
    for one in said:
        for part in (one.cue, *one.content, *([one.source] if one.source else [])):
            assert part.span.of(text) == part.text
        mention = as_mention(one)
        assert mention.cue
        assert mention.content == tuple(part.span for part in one.content)
    assert [s.index for s in sentences] == sorted(s.index for s in sentences)


@pytest.mark.parametrize(("text", "trigger", "sources"), [
    ("Sana, quoted by Reuters, said that rebels fired mortars.", "fired mortars", ["Reuters", "Sana"]),
    ("The army said that rebels attacked the bridge.", "attacked", ["The army"]),
    ("Rebels attacked the bridge on Monday.", "attacked", []),
    ("The United Nations condemned the attack on the bridge.", "condemned", []),
    ("The army said rebels attacked the bridge, while residents said soldiers burnt the mill.", "burnt", ["residents"]),
])  # fmt: skip
def test_chains(text: str, trigger: str, sources: list[str]) -> None:
    assert sources_of(text, trigger) == sources


def test_a_speaker_carries_on_until_the_quotation_closes() -> None:
    text = "“They came at night,” said Mira Tal, a farmer. “They burnt the mill. Then they shot two men.”"
    assert sources_of(text, "burnt") == ["Mira Tal"]
    assert sources_of(text, "shot") == ["Mira Tal"]


def test_a_quotation_opened_in_an_earlier_sentence_has_its_speaker() -> None:
    text = "“They burnt the mill. Then they left the valley,” Mira Tal told the paper."
    assert sources_of(text, "burnt") == ["Mira Tal"]


def test_pronouns_take_the_name_of_the_last_speaker() -> None:
    chain = chain_of("Colonel Ode Marat said the rebels fled. He added that two soldiers were killed.", "killed")
    assert [link.source and (link.source.text, link.source.name) for link in chain] == [("He", "Colonel Ode Marat")]


def test_the_reader_knows_the_word_that_tells_of_a_saying() -> None:
    sentences = tag(split(Report(text="The army said on Monday that its troops shelled the hill.")))
    sayings = load().look(sentences).sayings(0)
    words = [token.text for token in sentences[0].tokens]
    assert words[sayings.index(max(sayings))] == "said"
    assert max(sayings) > 0 > sayings[words.index("shelled")]


@pytest.mark.parametrize("text", ["The minister noted the losses.", "A report by the front described the raid."])
def test_what_the_reader_sees_moves_a_candidate_either_way(text: str) -> None:
    (sentence,) = tag(split(Report(text=text)))
    view = View(sentence, [False] * len(sentence.tokens))
    size = len(sentence.tokens)
    doubted, alone, backed = (candidates(view, seen) for seen in ([-6.0] * size, None, [6.0] * size))
    assert alone
    for low, plain, high in zip(doubted, alone, backed, strict=True):
        assert low.score < plain.score < high.score


def test_nothing_said_gives_nothing() -> None:
    assert heard("Troops crossed the river at dawn.")[1] == ()
    assert find_attributions(()) == ()


@pytest.mark.parametrize("name", ["cues", "cue_weights", "chain_weights", "evidence_words"])
def test_tables_hold_what_their_labels_say(name: str) -> None:
    assert broken_rules(name, read_table(name), read_label(name).asserts) == []


def test_cues_know_who_reports() -> None:
    table = cues()
    assert table["said"].reports
    assert not table["wants"].reports
    assert table["claimed"].hedges
    assert not table["said"].hedges

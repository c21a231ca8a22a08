"""The written mappings of records to other people's schemes, on invented records."""

from typing import Any

import pytest

from benchmarks.muc_roles import ROLES, incident_type, templates
from benchmarks.overlap import all_runs, seen
from benchmarks.re3d_types import ACTOR_TYPES, entities, outermost
from dateline.codes import ACTOR_KINDS

Part = dict[str, Any]


def party(text: str, kind: str | None = None, name: str | None = None, at: int = 0) -> Part:
    return {"text": text, "name": name or text, "kind": kind, "span": [at, at + len(text)], "in": "text"}


def claim(event: str, trigger: str = "attacked", quote: str = "", **parts: Any) -> Part:
    return {
        "event": event, "trigger": {"text": trigger}, "quote": {"text": quote or trigger}, "modality": "actual",
        "actors": [], "targets": [], "attribution": [], **parts,
    }  # fmt: skip


def record(*claims: Part, text: str = "", **mentions: list[Part]) -> Part:
    empty: dict[str, list[Part]] = {"places": [], "figures": [], "times": [], "actors": []}
    return {"claims": list(claims), "report": {"text": text}, "mentions": empty | mentions}


# MUC


@pytest.mark.parametrize(
    ("event", "trigger", "kind"),
    [
        ("attack", "raid", "attack"),
        ("killing", "murdered", "attack"),
        ("bombing", "exploded", "bombing"),
        ("abduction", "seized", "kidnapping"),
        ("destruction", "burned", "arson"),
        ("destruction", "LOOTED", "robbery"),
        ("destruction", "destroyed", "attack"),
        ("battle", "clashed", None),
        ("talks", "met", None),
    ],
)
def test_an_event_is_an_incident_of_muc_or_none(event: str, trigger: str, kind: str | None) -> None:
    assert incident_type(claim(event, trigger)) == kind


@pytest.mark.parametrize(
    ("modality", "kept"),
    [("actual", True), ("planned", True), ("possible", True), ("denied", False), ("called_for", False)],
)
def test_what_is_denied_or_asked_for_is_no_incident(modality: str, kept: bool) -> None:
    assert bool(templates(record(claim("attack", modality=modality)))) == kept


def roles(*claims: Part) -> dict[str, list[list[str]]]:
    (template,) = templates(record(*claims))
    return {role: template[role] for role in ROLES if template[role]}


def test_people_are_individuals_and_what_they_belong_to_organisations() -> None:
    actors = [
        party("THE INVENTED FRONT", "armed_group"),
        party("guerrillas of the Invented Front", "armed_group"),
        party("Juan Inventado", "person"),
        party("a helicopter", "military"),
    ]
    assert roles(claim("attack", actors=actors)) == {
        "PerpInd": [["guerrillas of the Invented Front"], ["Juan Inventado"]],
        "PerpOrg": [["THE INVENTED FRONT"]],
    }


def test_a_victim_has_a_name_and_a_target_is_a_thing_or_a_body() -> None:
    targets = [
        party("COLONEL JUAN INVENTADO", "person"),
        party("six peasants", "civilians"),
        party("the mayor's house"),
        party("the Invented Union", "ngo"),
        party("members of the Invented Union", "ngo"),
        party("rifles"),
    ]
    assert roles(claim("attack", targets=targets)) == {
        "Victim": [["JUAN INVENTADO"]],
        "Target": [["the mayor's house"], ["the Invented Union"]],
    }


def test_a_pronoun_gives_way_to_whom_it_stands_for() -> None:
    assert roles(claim("abduction", actors=[party("they", "armed_group", "urban commandos")])) == {
        "PerpOrg": [["urban commandos"]]
    }


def test_an_instrument_is_in_the_trigger_else_in_the_sentence() -> None:
    sentence = "A car bomb exploded; police also found two rifles."
    assert roles(claim("bombing", "exploded", sentence))["Weapon"] == [["car bomb"], ["rifles"]]
    assert roles(claim("bombing", "car bomb", sentence))["Weapon"] == [["car bomb"]]
    assert roles(claim("attack", "raided", "They raided the camp.")) == {}


def test_claims_of_one_incident_type_fill_one_template() -> None:
    front = [party("the Invented Front", "armed_group")]
    made = templates(record(claim("attack", actors=front), claim("killing", actors=front), claim("bombing")))
    assert [t["incident_type"] for t in made] == ["attack", "bombing"]
    assert made[0]["PerpOrg"] == [["the Invented Front"]]


# re3d

TEXT = (
    "On Monday the Invented Brigade left Inventia near the Blue Dam; a tank and $5 million were lost, Inventians said."
)


def at(words: str, **rest: Any) -> Part:
    start = TEXT.index(words)
    return {"text": words, "span": [start, start + len(words)], "in": "text", **rest}


def read(*claims: Part, **mentions: list[Part]) -> list[tuple[str, str]]:
    made = entities(record(*claims, text=TEXT, **mentions))
    return [(TEXT[e["start"] : e["end"]], e["type"]) for e in made]


def test_each_kind_of_mention_has_its_type() -> None:
    assert read(
        times=[at("On Monday")],
        actors=[at("Invented Brigade", kind="military"), at("Inventians", kind="people")],
        places=[at("Inventia", demonym=False)],
        figures=[at("a tank", measure="weapons"), at("$5 million", measure="money")],
    ) == [
        ("Monday", "Temporal"),
        ("the Invented Brigade", "Organisation"),
        ("Inventia", "Location"),
        ("$5 million", "Money"),
        ("Inventians", "Nationality"),
    ]


def test_a_place_told_by_another_is_that_other() -> None:
    relation = {"kind": "near", "anchors": [at("Blue Dam")]}
    assert read(places=[at("near the Blue Dam", relation=relation)]) == [("the Blue Dam", "Location")]
    part = {"kind": "part", "anchors": [at("Inventia")]}
    assert read(places=[at("left Inventia", relation=part)]) == [("left Inventia", "Location")]


@pytest.mark.parametrize(
    ("text", "times", "marked"),
    [
        ("It fell between 3 and 5 May.", ["3", "5 May"], ["3 and 5 May"]),
        ("It fell on 3, 4 and 5 May.", ["3", "4", "5 May"], ["3, 4 and 5 May"]),
        ("It was shut from Monday to Friday.", ["Monday", "Friday"], ["Monday to Friday"]),
        ("It fell on Monday and Tuesday.", ["Monday", "Tuesday"], ["Monday", "Tuesday"]),
    ],
)
def test_a_stretch_is_one_time_as_far_as_it_goes(text: str, times: list[str], marked: list[str]) -> None:
    parts = [{"text": t, "span": [text.index(t), text.index(t) + len(t)], "in": "text"} for t in times]
    made = entities(record(text=text, times=parts))
    assert [text[e["start"] : e["end"]] for e in made] == marked


def test_a_country_that_acts_is_an_organisation() -> None:
    inventia = at("Inventia", kind="state", name="Inventia")
    assert read(places=[at("Inventia")], actors=[inventia]) == [("Inventia", "Location")]
    assert read(claim("attack", actors=[inventia]), places=[at("Inventia")]) == [("Inventia", "Organisation")]
    source = [{"source": inventia, "cue": None}]
    assert read(claim("attack", attribution=source), places=[at("Inventia")]) == [("Inventia", "Organisation")]
    headline = {**inventia, "in": "title"}
    assert read(claim("attack", actors=[headline]), places=[at("Inventia")]) == [("Inventia", "Location")]


def test_what_stands_in_the_headline_is_not_in_the_text() -> None:
    assert read(places=[{**at("Inventia"), "in": "title"}]) == []


def test_the_outermost_of_nested_names_is_kept() -> None:
    nested = [{"start": 5, "end": 9, "type": "Location"}, {"start": 0, "end": 9, "type": "Person"}]
    beside = {"start": 8, "end": 12, "type": "Temporal"}
    same = {"start": 0, "end": 9, "type": "Organisation"}
    assert outermost([*nested, beside, same]) == [nested[1], beside]


# Texts that were trained on


def test_a_text_that_was_trained_on_is_known_again() -> None:
    first = "One two three four five six seven eight nine ten."
    trained = all_runs([first, "Quite another text that has more than eight words in it."])
    assert seen(first.upper(), trained)
    assert seen(first + " More.", trained)
    assert not seen("Eleven twelve thirteen. " + " ".join(map(str, range(30))) + first, trained)
    assert not seen("ten nine eight", trained)


def test_every_kind_of_actor_has_a_type_of_re3d() -> None:
    assert set(ACTOR_TYPES) >= {*ACTOR_KINDS, None}

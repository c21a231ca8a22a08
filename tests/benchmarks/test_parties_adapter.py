"""The benchmark of parties: its labels, and what it counts, on invented records."""

import json
import tomllib
from hashlib import sha256
from typing import Any

import pytest

from benchmarks.adapters.parties import LABELS, Judged, Party, found_parties, key_of_words, labels
from benchmarks.shared import Shared
from dateline.codes import ACTOR_KINDS
from dateline.world.actors import register

FILES = ("gold_dev_parties", "train_parties")


@pytest.mark.parametrize("name", FILES)
def test_labels_keep_their_form(name: str) -> None:
    path = LABELS / f"{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(rows) == len(labels(name)), "each party is labelled once"
    for row in rows:
        assert not {"text", "name", "quote"} & set(row), "labels carry no text of others"
        assert row["listed"] in ("yes", "no", "either")
        assert row["kind"] in {*ACTOR_KINDS, "thing"}
    label = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    assert label["sha256"] == sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", FILES)
def test_every_id_is_in_the_register(name: str) -> None:
    known = register().actors
    assert [(party.key, id) for party in labels(name).values() for id in party.ids if id not in known] == []


def party(listed: str, *ids: str) -> Party:
    return Party(report="r", key="k", party="Zorvan Front", kind="rebel_group", country=None, listed=listed, ids=ids)


@pytest.mark.parametrize(
    ("label", "id", "right"),
    [
        (party("yes", "zf"), "zf", True),
        (party("yes", "zf", "zf-wing"), "zf-wing", True),
        (party("yes", "zf"), "other", False),
        (party("yes", "zf"), None, False),
        (party("yes"), None, False),
        (party("no"), None, True),
        (party("no"), "zf", False),
        (party("either", "zf"), None, True),
        (party("either", "zf"), "zf", True),
        (party("either", "zf"), "other", False),
    ],
)
def test_what_is_right(label: Party, id: str | None, right: bool) -> None:
    assert Judged(label, {"actor_id": id}).right is right


def test_parties_of_found_claims_meet_their_labels() -> None:
    shared = Shared.found()
    if shared.missing(("bench/claims_eval.py",)):
        pytest.skip("the scorer of claims lies in ../shared, which is not here")
    scorer = shared.scorer("claims_eval")

    def claim(quote: str, *actors: str, **more: Any) -> dict[str, Any]:
        parties = [{"text": actor, "name": actor} for actor in actors]
        return {"event": "attack", "trigger": "attacked", "quote": quote, "also": [], "targets": [], "places": [],
                "figures": [], "attribution": [], "actors": parties} | more  # fmt: skip

    quote = "The Zorvan Front attacked Homs at dawn on Monday."
    gold = {"r": {"id": "r", "published": "2014-06-17", "claims": [claim(quote, "Zorvan Front")]}}
    read = {"r": {"id": "r", "claims": [claim(quote, "the Zorvan Front", "farmers"), claim("Another one.", "police")]}}
    known = {key_of_words("r", "Zorvan Front", "Zorvan Front"): party("yes", "zf")}
    judged = list(found_parties(scorer, gold, read, known))
    assert [(one.label is not None, one.read["text"]) for one in judged] == [
        (True, "the Zorvan Front"),
        (False, "farmers"),
    ]

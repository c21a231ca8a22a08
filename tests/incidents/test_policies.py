"""Policies: those that come with Dateline, a user's own file, and what moves from one to another."""

from pathlib import Path

import msgspec
import pytest
from figure_claims import DAY, brief, claim, count

from dateline.errors import InputError
from dateline.incidents.figures import estimates
from dateline.incidents.policies import FOLDER, TRUST, Policy, names, policy, read_policy
from dateline.incidents.policy_moves import moved
from dateline.incidents.types import Estimate, Incident


def test_those_that_come_with_it_say_what_they_are() -> None:
    assert names() == ("ucdp", "cautious", "highest", "latest")
    for name in names():
        made = policy(name)
        assert made.name == name
        assert made.title
        assert made.source
        assert made.licence
    assert policy() == policy("ucdp")


def test_the_default_is_what_a_policy_says_nothing_of() -> None:
    plain = msgspec.structs.replace(policy("ucdp"), name="", title="", source="", licence="")
    assert plain == Policy()
    assert policy("ucdp").trust == TRUST


def test_a_file_of_the_users(tmp_path: Path) -> None:
    path = tmp_path / "ours.toml"
    path.write_text('best = "median"\nsupport = 2\ntrust = ["officials"]\nwindow = 30\n', "utf-8")
    made = policy(str(path))
    assert (made.name, made.best, made.support, made.window) == ("ours", "median", 2, 30)
    assert (made.rank("officials"), made.rank("monitor")) == (0, 1)
    assert made.outdated == "aside"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('best = "middling"\n', "Invalid enum value 'middling' - at `$.best`; it is one of most_supported, latest"),
        ("support = 0\n", "Expected `int` >= 1 - at `$.support`"),
        ('support = "two"\n', "Expected `int`, got `str` - at `$.support`"),
        ('besst = "latest"\n', "Object contains unknown field `besst`"),
        ('trust = ["monitor", "monitor"]\n', "a kind of source stands twice in `trust`"),
        ('trust = ["gossip"]\n', "Invalid enum value 'gossip' - at `$.trust[0]`"),
        ("best = latest\n", "not a TOML file"),
        ("\xff", "not a TOML file"),
    ],
)
def test_a_wrong_file_gives_one_clear_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(InputError) as caught:
        read_policy(path)
    assert told in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_name_or_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no policy is called 'ucpd': there are ucdp, cautious, highest, latest"):
        policy("ucpd")
    with pytest.raises(InputError, match=r"nowhere\.toml: the policy cannot be read"):
        policy(str(tmp_path / "nowhere.toml"))


def test_the_files_lie_beside_the_tables() -> None:
    assert {path.stem for path in FOLDER.glob("*")} == set(names())


def incident(id: str, figures: tuple[Estimate, ...]) -> Incident:
    return Incident(
        id=id, happened="happened", event="bombing", events=("bombing",), earliest=DAY, latest=DAY, date_prec=1,
        time_precision=1, place=None, places=(), actors=(), targets=(), figures=figures, status="asserted",
        asserted_by=(), denied_by=(), contradictions=(), reports=(), wordings=1, origins=(), claims=(),
    )  # fmt: skip


def by(name: str, *said: float) -> tuple[Estimate, ...]:
    claims = [claim(f"r{at}", count(best)) for at, best in enumerate(said)]
    briefs = {f"r{at}": brief(f"r{at}") for at in range(len(said))}
    return estimates(
        claims, briefs, policy(name), origin_of=lambda each: each.report, copies_of={}, earliest=DAY, latest=DAY
    )


def test_what_moves_from_one_policy_to_another() -> None:
    one = [incident("a", by("ucdp", 12, 20)), incident("b", by("ucdp", 5, 5)), incident("gone", by("ucdp", 1))]
    other = [incident("a", by("highest", 12, 20)), incident("b", by("highest", 5, 5)), incident("new", by("ucdp", 3))]
    moves = moved(one, other)
    assert [(each.incident, each.measure, each.by) for each in moves] == [
        ("a", "killed", 8), ("gone", "killed", -1), ("new", "killed", 3)
    ]  # fmt: skip
    assert moved(one, one) == ()
    assert moves[0].before is not None
    assert moves[0].before.rule.startswith("ucdp: ")

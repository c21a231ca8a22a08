"""Policies: by which rule the figures of many reports become low, best and high.

A policy is a small TOML file. Four come with Dateline (`dateline/data/policies`); a user's own has the same keys, and
what it leaves out is as in `ucdp`. docs/incident-figures.md says where each rule comes from.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta, Struct

from dateline.errors import InputError

FOLDER = Path(__file__).resolve().parent.parent / "data" / "policies"
DEFAULT = "ucdp"

# Who says a figure: a body that keeps count; who counted the dead themselves, a newsroom, a hospital, rescuers; a news
# agency or medium; officials, police; those who saw it; a party to the conflict; one who is not named; and the report
# in its own voice.
SourceKind = Literal["monitor", "own_count", "agency", "officials", "witnesses", "party", "unnamed", "report"]
TRUST: tuple[SourceKind, ...] = (
    "monitor", "own_count", "agency", "officials", "report", "witnesses", "unnamed", "party"
)  # fmt: skip
Best = Literal["most_supported", "latest", "lowest", "highest", "median"]
Counts = Literal["counts", "alone", "never"]


class Policy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How figures are chosen among independent origins; of each origin its latest figure speaks.

    `best`: which figure is best: `most_supported` (the one that most origins give; in doubt the more trusted, then the
    lower one), `latest`, `lowest`, `highest` or `median` (the lower one of two middle ones).
    `support`: how many origins must give a figure for it to count for low and high; where none has that many, all do.
    `outdated`: whether a figure is `aside` once others tell only higher ones on later days (one that several origins
    gave, once two do), or `counts`.
    `trust`: the kinds of sources from most to least trusted; those left out come last. `trusted_only`: whether best is
    chosen among the figures of the most trusted kind alone.
    `party_own` and `party_other`: whether the figure of a party to the conflict `counts`, counts where nobody else
    gives one (`alone`), or `never`, about its own dead and about those of others.
    `window`: days after the incident in which a toll is still of it; null for no end.
    """

    name: str = ""
    title: str = ""
    source: str = ""
    licence: str = ""
    best: Best = "most_supported"
    support: Annotated[int, Meta(ge=1)] = 1
    outdated: Literal["aside", "counts"] = "aside"
    trust: tuple[SourceKind, ...] = TRUST
    trusted_only: bool = False
    party_own: Counts = "counts"
    party_other: Counts = "counts"
    window: Annotated[int, Meta(ge=0)] | None = None

    def rank(self, kind: SourceKind) -> int:
        """How far down the order of trust a kind of source is: 0 is the most trusted."""
        return self.trust.index(kind) if kind in self.trust else len(self.trust)


def policy(name_or_file: str = DEFAULT) -> Policy:
    """The policy of that name, or of a file of the user's.

    Raises:
        InputError: there is none of that name, or the file is no policy.
    """
    if name_or_file in names():
        return _built_in(name_or_file)
    path = Path(name_or_file)
    if path.suffix != ".toml":
        raise InputError(
            f"no policy is called {name_or_file!r}: there are {', '.join(names())}, or a FILE.toml of yours"
        )
    return read_policy(path)


@cache
def names() -> tuple[str, ...]:
    """The policies that come with Dateline, the default first."""
    found = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return (DEFAULT, *(name for name in found if name != DEFAULT))


@cache
def _built_in(name: str) -> Policy:
    return read_policy(FOLDER / f"{name}.toml")


def read_policy(path: Path) -> Policy:
    """The policy in a file; its name is the file's where it gives none.

    Raises:
        InputError: the file cannot be read, is no TOML, or has a key or value that no policy has.
    """
    try:
        made = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Policy)
    except OSError as error:
        raise InputError(f"{path}: the policy cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path}: not a TOML file: {error}") from error
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: not a policy: {error}{_choices(str(error))}") from error
    if len(set(made.trust)) != len(made.trust):
        raise InputError(f"{path}: not a policy: a kind of source stands twice in `trust`")
    return made if made.name else msgspec.structs.replace(made, name=path.stem)


_CHOICES: dict[str, tuple[str, ...]] = {
    "best": get_args(Best),
    "outdated": ("aside", "counts"),
    "trust": get_args(SourceKind),
    "party_own": get_args(Counts),
    "party_other": get_args(Counts),
}


def _choices(problem: str) -> str:
    """What a key with a value that it cannot have may be, for the line that says so."""
    key = next((key for key in _CHOICES if f"$.{key}" in problem), None)
    return f"; it is one of {', '.join(_CHOICES[key])}" if key else ""

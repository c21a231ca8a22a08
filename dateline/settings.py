"""Every option of Dateline: its default, its unit, and what it is for.

An option is set by the environment variable `DATELINE_` and its name in capitals (`DATELINE_FETCH_TIMEOUT=5`), or by
passing a `Settings` to the functions that take one. `OPTIONS` is the table that the documentation is made from.
"""

import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TypeAlias

import msgspec
from msgspec import Struct, field

from dateline.errors import InputError

PREFIX = "DATELINE_"

Value: TypeAlias = bool | int | float | str


def data_folder() -> Path:
    """Where this user's own data of Dateline lie, as the platform has it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Application Support")
    else:
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "dateline"


def _gazetteers() -> str:
    return str(data_folder() / "gazetteers")


def _actors() -> str:
    return str(data_folder() / "actors")


class Settings(Struct, frozen=True, kw_only=True):
    """What can be set. `from_environment` fills it; the defaults are those of a laptop with one reader."""

    ledger: str = "dateline.db"
    reader: str = "default"
    workers: int = 0
    threads: int = 0
    max_report_bytes: int = 5_000_000
    max_page_bytes: int = 10_000_000
    max_evidence_bytes: int = 50_000_000
    fetch_timeout: float = 20.0
    fetch_redirects: int = 5
    allow_private_addresses: bool = False
    gazetteers: str = field(default_factory=_gazetteers)
    place_overrides: str = ""
    country: str = ""
    actors: str = field(default_factory=_actors)
    policy: str = "ucdp"
    user: str = ""


class Option(Struct, frozen=True, kw_only=True):
    """One line of the table of options: how a value is read from a string, and what a reader is told about it."""

    name: str
    unit: str
    help: str
    parse: Callable[[str], Value]

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()

    @property
    def default(self) -> Value:
        value: Value = getattr(Settings(), self.name)
        return value


def _whole(raw: str, *, least: int) -> int:
    value = int(raw.replace("_", ""))
    if value < least:
        raise ValueError(f"must be at least {least}")
    return value


def _seconds(raw: str) -> float:
    value = float(raw)
    if not 0 < value < 86_400:
        raise ValueError("must be more than 0 and less than 86400 seconds")
    return value


def _yes_or_no(raw: str) -> bool:
    answers = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
    if raw.strip().lower() not in answers:
        raise ValueError("must be yes or no")
    return answers[raw.strip().lower()]


def _one_of(raw: str, *, choices: tuple[str, ...]) -> str:
    if raw not in choices:
        raise ValueError(f"must be {' or '.join(choices)}")
    return raw


def _words(raw: str) -> str:
    if not raw.strip():
        raise ValueError("must not be empty")
    return raw


def _country(raw: str) -> str:
    if not (len(raw) == 2 and raw.isascii() and raw.isalpha()):
        raise ValueError("must be the two letters of a country (ISO 3166-1), such as IQ")
    return raw.upper()


OPTIONS: tuple[Option, ...] = (
    Option(name="ledger", unit="path", parse=_words, help="the ledger that add, claims, show and verify work on"),
    Option(
        name="reader", unit="name", parse=partial(_one_of, choices=("default", "large")),
        help="which reader reads: the default, or the large one, slower and more exact, where it is installed",
    ),
    Option(
        name="workers", unit="count", parse=partial(_whole, least=0),
        help="processes that read many reports side by side; 0 is one a core, 1 none beside the command itself",
    ),
    Option(
        name="threads", unit="count", parse=partial(_whole, least=0),
        help="threads that read one report; 0 is one a core. Workers read with one each, whatever this says",
    ),
    Option(
        name="max_report_bytes", unit="bytes", parse=partial(_whole, least=1),
        help="a text file or a row of a table that is longer is refused without being read to its end",
    ),
    Option(
        name="max_page_bytes", unit="bytes", parse=partial(_whole, least=1),
        help="the same for web pages, whose markup is far longer than their text",
    ),
    Option(
        name="max_evidence_bytes", unit="bytes", parse=partial(_whole, least=1),
        help="a file that is attached to a claim may have that many",
    ),
    Option(name="fetch_timeout", unit="seconds", parse=_seconds, help="how long an address may take, all in all"),
    Option(
        name="fetch_redirects", unit="count", parse=partial(_whole, least=0),
        help="how often an address may send on to another one",
    ),
    Option(
        name="allow_private_addresses", unit="yes or no", parse=_yes_or_no,
        help="fetch from loopback and private networks too; off, so that a list of links cannot reach into yours",
    ),
    Option(
        name="gazetteers", unit="path", parse=_words,
        help="the folder of the gazetteers that you added, with `dateline gazetteer add`",
    ),
    Option(
        name="place_overrides", unit="path", parse=_words,
        help="a CSV file of names and what each always means; unset, overrides.csv in the folder of your gazetteers",
    ),
    Option(
        name="country", unit="two letters", parse=_country,
        help="the country that reports are about: names are looked for there first. Unset, each report tells",
    ),
    Option(
        name="actors", unit="path", parse=_words,
        help="the folder of the actors and people that you added, with `dateline actors add`",
    ),
    Option(
        name="policy", unit="name or path", parse=_words,
        help="the rule by which the figures of incidents are chosen: a name, or a FILE.toml of yours",
    ),
    Option(
        name="user", unit="name", parse=_words,
        help="who decides, in `dateline decide`; unset, whoever is logged in",
    ),
)  # fmt: skip


def _shown(default: Value) -> str:
    return "none" if default == "" else str(default)


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment asks for; defaults for all else.

    Raises:
        InputError: a variable holds something its option cannot be; the message names the variable.
    """
    environment = os.environ if environment is None else environment
    chosen: dict[str, Value] = {}
    for option in OPTIONS:
        raw = environment.get(option.variable)
        if raw is None:
            continue
        try:
            chosen[option.name] = option.parse(raw)
        except ValueError as error:
            what = str(error) if str(error).startswith("must") else f"must be a number of {option.unit}"
            raise InputError(f"{option.variable}={raw!r}: {what} (default: {_shown(option.default)})") from error
    return msgspec.structs.replace(Settings(), **chosen)

"""Evidence: attach a file or an address to a claim, and list what is attached."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.commands.decisions import moment_of, who_decides
from dateline.commands.options import InOrder, json_option, ledger_option
from dateline.commands.output import open_ledger, print_json
from dateline.errors import InputError

if TYPE_CHECKING:
    from dateline.ledger import Attachment, StoredAttachment

_SHORT = 8  # characters of an id


@click.group(cls=InOrder)
def evidence() -> None:
    """Attach images, videos, documents and addresses to claims.

    They are kept in the ledger for good, with who attached them and when. `dateline desk` shows them.
    """


@evidence.command("add")
@click.argument("thing", metavar="FILE|URL")
@click.option("--claim", "claim", required=True, metavar="CLAIM", help="The claim that it bears on.")
@click.option("--posted-by", metavar="NAME", help="Who posted it.")
@click.option("--channel", metavar="NAME", help="Where it was posted.")
@click.option("--captured", metavar="MOMENT", help="When it was captured, as 2024-03-04 or 2024-03-04T11:05Z.")
@click.option("--url", metavar="URL", help="The address that a file comes from.")
@click.option("--note", default="", metavar="WORDS", help="What else is known of it.")
@click.option("--not-graphic", is_flag=True, help="You have looked: it shows nothing that nobody should see unasked.")
@click.option("--by", metavar="NAME", help="Who attaches it.  [default: DATELINE_USER, or who is logged in]")
@ledger_option
def evidence_add(
    thing: str,
    claim: str,
    posted_by: str | None,
    channel: str | None,
    captured: str | None,
    url: str | None,
    note: str,
    not_graphic: bool,
    by: str | None,
    path: str | None,
) -> None:
    """Attach a file or an address to a claim.

    A file is kept by its SHA-256, an image also by a perceptual hash; where the same or nearly the same was attached
    before, that is told. Nothing is fetched: of an address only the address is kept.
    """
    with open_ledger(path) as ledger:
        said: dict[str, Any] = {
            "claim": ledger.claim(claim).key, "by": by or who_decides(), "on": moment_of(None), "posted_by": posted_by,
            "channel": channel, "captured_on": captured, "note": note, "graphic": not not_graphic,
            "origin": "command line",
        }  # fmt: skip
        raw = None if _is_address(thing) else _bytes_of(Path(thing))
        kept = ledger.attach(_attachment(thing, raw, url, said), raw)
    click.echo(f"evidence {kept.id[:_SHORT]}: {_what(kept)}, attached to claim {claim}")
    if kept.seen:
        how = f"{kept.seen.distance} of 256 bits differ" if kept.seen.distance else "the same"
        click.echo(f"seen before: {kept.seen.id[:_SHORT]} ({how})")


def _attachment(thing: str, raw: bytes | None, url: str | None, said: dict[str, Any]) -> "Attachment":
    from dateline.ledger import Attachment

    if raw is None:
        return Attachment(kind="address", **said, url=thing)
    return Attachment.of_file(raw, name=Path(thing).name, url=url, **said)


def _is_address(thing: str) -> bool:
    return thing.startswith(("http://", "https://"))


def _bytes_of(path: Path) -> bytes:
    from dateline.settings import from_environment

    most = from_environment().max_evidence_bytes
    try:
        with path.open("rb") as file:
            raw = file.read(most + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    if len(raw) > most:
        raise InputError(f"{path}: has more than {most:,} bytes; DATELINE_MAX_EVIDENCE_BYTES sets how many it may have")
    return raw


@evidence.command("list")
@click.option("--claim", "claims", multiple=True, metavar="CLAIM", help="Of this claim alone; may be repeated.")
@ledger_option
@json_option
def evidence_list(claims: tuple[str, ...], path: str | None, as_json: bool) -> None:
    """List what is attached to claims, in the order in which it came in, with what was said of it last."""
    from msgspec import to_builtins

    from dateline.ledger import evidence as kept

    with open_ledger(path) as ledger:
        keys = [ledger.claim(claim).key for claim in claims]
        with ledger.reading() as connection:
            found = kept.attached_to(connection, keys) if keys else kept.every(connection)
    if as_json:
        print_json({**to_builtins(each), "verification": each.verification} for each in found)
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: "Sequence[StoredAttachment]") -> Iterator[str]:
    from dateline.show.phrasing import clean, count

    for each in found:
        said = each.attachment
        marks = ", graphic" * each.graphic + ", set aside" * each.set_aside
        state = {"not_stated": "not checked", "unverified": "not verified"}.get(each.verification, each.verification)
        seen = f" · seen before: {each.seen.id[:_SHORT]}" if each.seen else ""
        yield f"{each.id[:_SHORT]}  {said.on[:10]}  {clean(_what(each))} · {state}{marks} · by {clean(said.by)}{seen}"
        yield f"          claim {said.claim}"
    yield count(len(found), "piece of evidence", "pieces of evidence")


def _what(each: "StoredAttachment") -> str:
    said = each.attachment
    return f"{said.kind} {said.name or said.url}"


COMMANDS = (evidence,)

"""The command line: thin commands over the same functions that the library offers.

Exit status: 0 all well (warnings included), 1 something failed, with a line for each failure on standard error, 2 the
command was not understood, 130 interrupted. Whatever goes wrong, a user sees one line, `dateline: PLACE: what is wrong;
what to do`, and never a traceback, unless DATELINE_DEBUG=1 asks for one.

Heavy imports stand inside the commands that need them: `dateline --help` answers at once.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any, NoReturn

import click

from dateline.codes import EVENTS, MODALITIES
from dateline.commands import decisions, desk, evidence, exports, incidents, policies
from dateline.commands.options import (
    DAY,
    Country,
    Day,
    InOrder,
    about_option,
    colour_option,
    ledger_option,
    published_option,
    reader_option,
    width_option,
    workers_option,
)
from dateline.commands.output import FAILED, INTERRUPTED, complain, leave, open_ledger, print_json, print_page
from dateline.errors import DatelineError, LedgerError

if TYPE_CHECKING:
    from dateline.ingest.incoming import Failure, Incoming
    from dateline.ledger import Added, Ledger
    from dateline.reading.reader import Size
    from dateline.record import Record
    from dateline.show.progress import Progress, Tally

# The reader's small products of matrices are ten times as slow on several threads that wait for one another. Read when
# numpy is first imported, which is later; who has set it keeps it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@click.group(cls=InOrder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="dateline", prog_name="dateline", message="%(prog)s %(version)s")
def cli() -> None:
    """Read news reports about armed conflict and keep an auditable record of what each one claims."""


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|DIR|URL|-...")
@click.option("--json", "as_json", is_flag=True, help="Print one record a line, in the order of the input.")
@click.option("--quotes", is_flag=True, help="Print each claim's sentence, its trigger »marked«.")
@click.option("--unknown", "-v", is_flag=True, help="List everything that stayed unknown, with the reason.")
@published_option
@about_option
@reader_option
@workers_option
@width_option
@colour_option
def read(
    sources: tuple[str, ...],
    as_json: bool,
    quotes: bool,
    unknown: bool,
    published: date | None,
    country: str | None,
    reader: "Size | None",
    workers: int | None,
    width: int | None,
    no_colour: bool,
) -> None:
    """Read reports and print what they claim.

    A source is a text or HTML file, a JSONL file with a report a row, a directory of these, a web address, or - for
    standard input. Nothing is kept; see `dateline add`.
    """
    show = _json_printer() if as_json else _page_printer(width, not no_colour, quotes=quotes, unknown=unknown)
    failed = 0
    for item, made in _read_all(_arriving(sources, published), reader, workers, country):
        failed += not _shown(made, show, item.origin)
    leave(failed)


@cli.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@ledger_option
@published_option
@about_option
@click.option("--no-gate", is_flag=True, help="Read in full also what seems to hold nothing for a conflict record.")
@reader_option
@workers_option
def add(
    sources: tuple[str, ...],
    path: str | None,
    published: date | None,
    country: str | None,
    no_gate: bool,
    reader: "Size | None",
    workers: int | None,
) -> None:
    """Read reports and keep them in a ledger.

    Sources are those of `dateline read`. A report that is already there adds nothing; one that cannot be read is kept
    as a failure, and the rest goes on. A report is acknowledged on standard error once it is safely stored.

    A quick look comes first: a report that holds nothing for a conflict record is kept, without claims, and not read in
    full. --no-gate reads every one, those that were set aside before included.
    """
    from dateline.show.progress import Tally, progress

    started, tally = monotonic(), Tally()
    with open_ledger(path, create=True) as ledger:
        try:
            with progress() as shown:
                arriving = _arriving(sources, published)
                for item, made in _read_all(arriving, reader, workers, country, gate=not no_gate):
                    tally = _keep(ledger, item, made, tally, shown)
        except (KeyboardInterrupt, LedgerError) as error:
            complain(f"stopped; {tally.line(monotonic() - started)}; what was kept stays")
            if isinstance(error, LedgerError):
                raise
            sys.exit(INTERRUPTED)
    if not_read := tally.not_read():
        click.echo(not_read)
    click.echo(tally.line(monotonic() - started))
    leave(tally.failed)


@cli.command()
@ledger_option
@click.option(
    "--event", type=click.Choice(list(EVENTS)), metavar="TYPE", help="Event type; `dateline codebook` lists all."
)
@click.option("--place", metavar="NAME", help="Where: words of a place's name.")
@click.option("--country", type=Country(), metavar="CC", help="Where: two letters (ISO 3166-1), such as IQ.")
@click.option("--actor", metavar="NAME", help="Who does it: words of a name, or an actor's id.")
@click.option("--target", metavar="NAME", help="To whom it is done: words of a name, or an actor's id.")
@click.option("--since", type=DAY, metavar="DATE", help="On or after this day.")
@click.option("--until", type=DAY, metavar="DATE", help="On or before this day.")
@click.option("--source", metavar="NAME", help="Who says so, the publisher included: words of a name.")
@click.option("--modality", type=click.Choice(list(MODALITIES)), help="Whether it happened, as the claim puts it.")
@click.option("--text", metavar="WORDS", help="Words that stand in a row in the quote.")
@click.option("--report", metavar="ID", help="Only this report: its own id, or the start of its id in the ledger.")
@click.option("--as-of", "known_by", type=DAY, metavar="DATE", help="What was known on that day: reports up to it.")
@click.option("--every-reading", is_flag=True, help="Claims of older readings of a report too.")
@click.option("--quotes", is_flag=True, help="Print each claim's sentence, its trigger »marked«.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most N claims.")
@click.option("--json", "as_json", is_flag=True, help="Print one claim a line as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, each row with its quote, span and hashes.")
@width_option
@colour_option
def claims(
    path: str | None,
    as_json: bool,
    as_csv: bool,
    quotes: bool,
    width: int | None,
    no_colour: bool,
    **asked: Any,
) -> None:
    """List claims kept in a ledger, latest day first.

    Every option that is given must fit. Names match whole words, whatever their case and accents: "Mosul" finds "in and
    around Mosul".
    """
    from dateline.ledger import ClaimQuery

    if as_json and as_csv:
        raise click.UsageError("--json and --csv cannot be had together; choose one")
    with open_ledger(path) as ledger:
        found = ledger.claims(ClaimQuery(**asked))
        if as_json:
            print_json(found)
        elif as_csv:
            from dateline.show.claims_csv import lines

            for line in lines(found):
                click.echo(line.encode(), nl=False)
        else:
            from dateline.show.claims_page import claims_page

            print_page(lambda columns: claims_page(found, width=columns, quotes=quotes), width, not no_colour)


@cli.command()
@click.argument("claim", metavar="CLAIM")
@ledger_option
@click.option("--json", "as_json", is_flag=True, help="Print the claim as one line of JSON.")
@width_option
@colour_option
def show(claim: str, path: str | None, as_json: bool, width: int | None, no_colour: bool) -> None:
    """Show one claim and all that leads back from it.

    CLAIM is a claim's id or its start, as `dateline claims` prints it. Printed are its fields, its quote in its
    paragraph, the report, what read it, and its place in the chain of all rows.
    """
    with open_ledger(path) as ledger:
        stored = ledger.claim(claim)
        report = ledger.record(stored.report_id).report
    if as_json:
        print_json([stored])
        return
    from dateline.show.claim_page import claim_page

    print_page(lambda columns: claim_page(stored, report, width=columns), width, not no_colour)


@cli.command()
@click.argument("claim", metavar="CLAIM")
@ledger_option
@click.option("--json", "as_json", is_flag=True, help="Print the explanation as one line of JSON.")
@width_option
@colour_option
def explain(claim: str, path: str | None, as_json: bool, width: int | None, no_colour: bool) -> None:
    """Show which words, heads and rules made each field of a claim, with their scores.

    CLAIM is named as for `dateline show`. Its report is read again, by the reader that read it where that is
    installed; a claim that no longer comes out is an error, which names what has changed since.
    """
    with open_ledger(path) as ledger:
        stored = ledger.claim(claim)
        report = ledger.record(stored.report_id).report
    from dateline.reading import explain as why
    from dateline.show.explain_page import changed, explain_page

    made = why.explain(report, stored.claim.id, why.same_reader(stored.made_by), kept_by=stored.made_by)
    if as_json:
        print_json([made])
        if said := changed(stored, made):
            complain(said)
        return
    print_page(lambda columns: explain_page(stored, made, width=columns), width, not no_colour)


for command in (
    *incidents.COMMANDS,
    *decisions.COMMANDS,
    *evidence.COMMANDS,
    *policies.COMMANDS,
    *exports.COMMANDS,
    *desk.COMMANDS,
):
    cli.add_command(command)


@cli.command()
@ledger_option
@click.option("--head", metavar="HASH", help="A head noted down before; it must still be in the chain.")
def verify(path: str | None, head: str | None) -> None:
    """Check every row, quote and kept original against the hash chain.

    Prints one summary line where all is well, else a line for each problem, and exits with 1. The head that it prints
    stands for every row: noted down elsewhere, `--head` shows later that nothing was taken off the end.
    """
    from dateline.show.phrasing import count, listed
    from dateline.show.progress import counting

    with open_ledger(path) as ledger, counting("checking") as progress:
        found = ledger.verify(progress, head=head)
    for problem in found.problems:
        complain(f"{ledger.path}: {problem}")
    checked = listed(f"{kind.replace('_', ' ')} {number:,}" for kind, number in found.checked.items())
    if found.ok:
        click.echo(f"{ledger.path}: all is well; checked {checked}; head {found.head.hash}")
        return
    complain(
        f"{ledger.path}: {count(len(found.problems), 'problem')} found; checked {checked}; restore a copy from before"
    )
    sys.exit(FAILED)


@cli.command("import")
@click.argument("file", metavar="FILE", type=click.Path(dir_okay=False))
@ledger_option
def import_(file: str, path: str | None) -> None:
    """Bring in a whole ledger from a file.

    FILE is one that `dateline export jsonl` wrote. The ledger must be new, or hold a beginning of the same rows. Every
    hash is made anew before anything is written: a file in which one byte was altered is refused whole. Incidents in
    the file are left aside, and made anew.
    """
    from pathlib import Path

    from dateline.ledger.transfer import bring_in
    from dateline.settings import from_environment
    from dateline.show.phrasing import count
    from dateline.show.progress import counting

    target = Path(path or from_environment().ledger)
    with counting("importing") as progress:
        brought = bring_in(Path(file), target, progress)
    new = count(brought.added, "new row")
    click.echo(f"{target}: {new}, {brought.rows:,} in all; head {brought.head.hash}; `dateline verify` checks them")


@cli.command()
@ledger_option
@click.option("--json", "as_json", is_flag=True, help="Print one failure a line as JSON.")
@width_option
@colour_option
def failures(path: str | None, as_json: bool, width: int | None, no_colour: bool) -> None:
    """List the reports that could not be read, each with what was wrong."""
    from dateline.show.claims_page import failures_page

    with open_ledger(path) as ledger:
        found = ledger.failures()
        if as_json:
            print_json(found)
        else:
            print_page(lambda columns: failures_page(found, width=columns), width, not no_colour)


@cli.group(cls=InOrder)
def gazetteer() -> None:
    """Add gazetteers of your own, for villages: dumps of GeoNames, kept in DATELINE_GAZETTEERS."""


@gazetteer.command("add")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option("--name", metavar="NAME", help="The gazetteer's name, for one FILE.  [default: that of the file]")
@click.option("--replace", is_flag=True, help="Put FILE in the place of another one of that name, or make it again.")
@width_option
@colour_option
def gazetteer_add(files: tuple[str, ...], name: str | None, replace: bool, width: int | None, no_colour: bool) -> None:
    """Add dumps of GeoNames: a country's file, allCountries, alternate names.

    FILE is as GeoNames ships it (IQ.zip), unpacked (IQ.txt) or packed again (IQ.txt.gz). Alternate names are added to
    places that are there: the built-in ones, and those of dumps added before. A file that was added before is replaced.
    """
    from pathlib import Path

    from dateline.settings import from_environment
    from dateline.show.gazetteers_page import imported_page
    from dateline.show.progress import stages
    from dateline.world.importing import add, places_first

    if name and len(files) > 1:
        raise click.UsageError("--name is for one FILE; add them one by one")
    failed, folder = 0, Path(from_environment().gazetteers)
    for file in places_first([Path(file) for file in files]):
        started = monotonic()
        try:
            with stages(file.name) as told:
                done = add(file, folder, name=name, replace=replace, told=told)
        except (DatelineError, OSError) as error:
            from dateline.batch.one import explained

            complain(explained(error, "nothing was added"))
            failed += 1
            continue
        page = partial(imported_page, done, monotonic() - started)
        print_page(page, width, not no_colour)
    leave(failed)


@gazetteer.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one gazetteer a line as JSON.")
@width_option
@colour_option
def gazetteer_list(as_json: bool, width: int | None, no_colour: bool) -> None:
    """List the gazetteers that you added."""
    from pathlib import Path

    from dateline.settings import from_environment
    from dateline.show.gazetteers_page import list_page
    from dateline.world.added import Source, listed
    from dateline.world.labels import read_label

    folder = from_environment().gazetteers
    there = listed(Path(folder))
    sources = [each for each in there if isinstance(each, Source)]
    if as_json:
        print_json(sources)
    else:
        built_in = read_label("gazetteer").sha256
        print_page(lambda columns: list_page(sources, folder, built_in, columns), width, not no_colour)
    damaged = [each for each in there if not isinstance(each, Source)]
    for each in damaged:
        complain(each.problem)
    leave(len(damaged))


@gazetteer.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def gazetteer_remove(names: tuple[str, ...]) -> None:
    """Take gazetteers that you added away again."""
    from pathlib import Path

    from dateline.settings import from_environment
    from dateline.world.added import remove

    failed, folder = 0, Path(from_environment().gazetteers)
    for name in names:
        try:
            click.echo(f"{name} removed from {remove(folder, name).parent}")
        except DatelineError as error:
            complain(str(error))
            failed += 1
    leave(failed)


@cli.group(cls=InOrder)
def actors() -> None:
    """Look actors up in the register, and add your own, kept in DATELINE_ACTORS."""


@actors.command("show")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--on", type=Day(), metavar="DATE", help="Only who used the name, or held the post, on that day.")
@click.option("--json", "as_json", is_flag=True, help="Print one actor a line as JSON.")
@width_option
@colour_option
def actors_show(names: tuple[str, ...], on: date | None, as_json: bool, width: int | None, no_colour: bool) -> None:
    """Show who a NAME can mean: an id, a name of an actor, or a person."""
    from dateline.show.actors_page import actor_page
    from dateline.world.actors import looked_up

    missing = 0
    for number, name in enumerate(names):
        found = looked_up(name, on)
        if number and found and not as_json:
            click.echo()
        if not found:
            day = f" on {on}" if on else ""
            complain(f"{name!r}: nobody in the register has this name{day}; `dateline actors add FILE` adds your own")
            missing += 1
        elif as_json:
            print_json(found)
        else:
            print_page(partial(actor_page, found), width, not no_colour)
    leave(missing)


@actors.command("add")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path())
@click.option("--name", metavar="NAME", help="The name to keep it under, for one FILE.  [default: that of the file]")
def actors_add(files: tuple[str, ...], name: str | None) -> None:
    """Add actors or people of your own: CSV files with the columns of the built-in tables.

    A row with an id that the register has is laid over the row there: what it fills in stands, its names are added. A
    file of the same name is replaced.
    """
    from pathlib import Path

    from dateline.settings import from_environment
    from dateline.show.phrasing import count
    from dateline.world import actors, own_actors

    if name and len(files) > 1:
        raise click.UsageError("--name is for one FILE; add them one by one")
    failed, folder = 0, Path(from_environment().actors)
    for file in own_actors.actors_first([Path(file) for file in files]):
        try:
            added = own_actors.add(file, folder, name=name, known=lambda id: id in actors.register().actors)
        except (DatelineError, OSError) as error:
            from dateline.batch.one import explained

            complain(f"{explained(error, 'it could not be read')}; nothing of it was added")
            failed += 1
            continue
        actors.forget()
        what = count(len(added.actors), "actor") if added.content == "actors" else count(len(added.people), "post")
        click.echo(f"{added.name} added: {what}, in {added.path}")
    leave(failed)


@actors.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one file a line as JSON.")
def actors_list(as_json: bool) -> None:
    """List the files of actors and people that you added."""
    from pathlib import Path

    from dateline.settings import from_environment
    from dateline.show.phrasing import count
    from dateline.world import own_actors

    folder, failed = Path(from_environment().actors), 0
    for path in own_actors.files(folder):
        try:
            each = own_actors.read_file(path)
        except DatelineError as error:
            complain(f"{error}; mend it, or take it away: dateline actors remove {path.stem}")
            failed += 1
            continue
        if as_json:
            print_json([each])
        else:
            what = count(len(each.actors), "actor") if each.content == "actors" else count(len(each.people), "post")
            click.echo(f"{each.name}  {what}  {each.sha256[:12]}…  {each.path}")
    if not own_actors.files(folder) and not as_json:
        click.echo(f"no actors added in {folder}; `dateline actors add FILE` adds some")
    leave(failed)


@actors.command("remove")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
def actors_remove(names: tuple[str, ...]) -> None:
    """Take files of actors or people that you added away again."""
    from pathlib import Path

    from dateline.settings import from_environment
    from dateline.world.actors import forget
    from dateline.world.own_actors import remove

    failed, folder = 0, Path(from_environment().actors)
    for name in names:
        try:
            click.echo(f"{name} removed from {remove(folder, name).parent}")
            forget()
        except DatelineError as error:
            complain(str(error))
            failed += 1
    leave(failed)


@cli.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    import json

    from dateline.record import schema

    click.echo(json.dumps(schema(), indent=2))


@cli.command()
def codebook() -> None:
    """Print the codebook: every code, and its place in PLOVER, ACLED and UCDP (Markdown)."""
    from dateline.codebook import codebook

    click.echo(codebook(), nl=False)


def _arriving(sources: Sequence[str], published: date | None) -> Iterator["Incoming | Failure"]:
    """What all sources hold, in order; whatever goes wrong in one of them, the next is still taken in."""
    from dateline.batch import failure
    from dateline.ingest.sources import incoming

    for source in sources:
        try:
            yield from incoming(source, published=published)
        except Exception as error:
            yield failure(source, "ingest", error)


def _read_all(
    items: Iterable["Incoming | Failure"],
    reader: "Size | None",
    workers: int | None,
    country: str | None,
    *,
    gate: bool = False,
) -> Iterator[tuple["Incoming | Failure", "Record | Failure"]]:
    """Each report with its record or failure, in order, by the options or the settings of the environment."""
    from dateline.batch import How, read_all
    from dateline.reading.reader import load
    from dateline.settings import from_environment
    from dateline.world.actors import register
    from dateline.world.countries import known_country
    from dateline.world.gazetteer import gazetteer
    from dateline.world.overrides import overrides

    settings = from_environment()
    about = known_country(country or settings.country) if country or settings.country else None
    gazetteer(), overrides(), register()  # what is damaged stops the command, not each report
    size: Size = reader or settings.reader  # type: ignore[assignment]
    load(size)  # a reader that is not there stops the command, not each report
    return read_all(items, How(reader=size, gate=gate, country=about), settings.workers if workers is None else workers)


def _json_printer() -> Callable[["Record"], None]:
    # As bytes: JSON is UTF-8 whatever the terminal's encoding.
    return lambda record: click.echo(record.to_json().encode())


def _page_printer(width: int | None, colour: bool, *, quotes: bool, unknown: bool) -> Callable[["Record"], None]:
    from dateline.show.report_page import Detail, report_page, rule
    from dateline.show.terminal import put, terminal

    console = terminal(width=width, colour=colour)
    detail = Detail(quotes=quotes, unknown=unknown)
    printed = 0

    def show(record: "Record") -> None:
        nonlocal printed
        page = report_page(record, width=console.width, detail=detail)
        put(console, [rule(console.width), *page] if printed else page)
        printed += 1

    return show


def _shown(made: "Record | Failure", show: Callable[["Record"], None], origin: str) -> bool:
    """Print a record, or say why there is none; True where a record was printed."""
    from dateline.batch import failure
    from dateline.ingest.incoming import Failure

    if not isinstance(made, Failure):
        try:
            show(made)
            return True
        except OSError:  # of the stream, not of the report: nothing more can be printed
            raise
        except Exception as error:
            made = failure(origin or made.id, "printing", error)
    complain(_line_of(made))
    return False


def _keep(
    ledger: "Ledger", item: "Incoming | Failure", made: "Record | Failure", tally: "Tally", shown: "Progress"
) -> "Tally":
    """Store what one report gave; tell of it only once its commit has returned."""
    from dateline.batch import failure
    from dateline.ingest.incoming import Failure
    from dateline.reading.gate import was_set_aside

    if not isinstance(made, Failure) and not isinstance(item, Failure):
        aside = was_set_aside(made)
        try:
            added = ledger.add(made, raw=item.raw, media_type=item.media_type, origin=item.origin, only_if_unread=aside)
        except LedgerError:
            raise
        except Exception as error:
            made = failure(item.origin or item.id, "ledger", error, item.report.sha256)
    if isinstance(made, Failure):
        ledger.add_failure(made)
        tally = tally.plus(failed=1)
        shown.failed(f"dateline: {_line_of(made)}", tally)
        return tally
    news = "new" if added.new_report else "read_again" if added.new_reading else "already_there"
    aside = aside and added.new_reading
    tally = tally.plus(**{news: 1}, set_aside=int(aside), claims=added.claims)
    shown.done(_acknowledged(news, added, made.id, set_aside=aside), tally)
    return tally


def _acknowledged(news: str, added: "Added", name: str, *, set_aside: bool) -> str:
    """Such as "new report 5d3c…: page, 9 claims", "already there, report 5d3c…: page"."""
    from dateline.show.phrasing import count

    said = {"new": "new report", "read_again": "read again, report", "already_there": "already there, report"}[news]
    read = "not read in full" if set_aside else count(added.claims, "claim")
    claims = f", {read}" if added.new_reading else ""
    return f"{said} {added.report_id}: {name}{claims}"


def _line_of(failure: "Failure") -> str:
    """PLACE: what is wrong; the place once, also where the message already begins with it."""
    return f"{failure.origin}: {failure.message.removeprefix(f'{failure.origin}: ')}"


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit status. Every error ends here, as one line.

    Where nobody reads on (`| head`), click and rich end the run without a word, with status 1.
    """
    try:
        _tolerant_output()
        sys.exit(cli.main(args, prog_name="dateline", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        sys.exit(INTERRUPTED)
    except Exception as error:
        from dateline.batch.one import debug, explained

        debug()
        complain(explained(error, "the command was not carried out"))
        sys.exit(FAILED)


def _tolerant_output() -> None:
    """A terminal that lacks a character shows a question mark instead of ending the run."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")


if __name__ == "__main__":
    main()

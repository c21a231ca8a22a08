"""`python -m tests.week.measure FOLDER`: read the made-up week into a ledger in FOLDER, set it side by side, and print
a line for each thing that differs from the gold. By itself, so that the invented country is known to nobody else."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from dateline.incidents.book import Book, IncidentQuery
from dateline.incidents.policies import policy
from dateline.incidents.types import Copy
from dateline.ledger import Ledger
from tests.week.week_gold import GOLD, WEEK, copies_missed, differences, found_for


def prepared(folder: Path) -> Path:
    """A ledger of the week, read with its own places and actors; the path."""
    ledger = folder / "week.db"
    dateline = [sys.executable, "-m", "dateline"]
    for command in (
        ["gazetteer", "add", str(WEEK / "places.txt")],
        ["actors", "add", str(WEEK / "actors.csv"), str(WEEK / "people.csv")],
        ["add", str(WEEK / "reports.jsonl"), "--ledger", str(ledger)],
    ):
        subprocess.run([*dateline, *command], check=True, capture_output=True, text=True)
    return ledger


def main(folder: Path) -> None:
    os.environ["DATELINE_GAZETTEERS"] = str(folder / "places")
    os.environ["DATELINE_ACTORS"] = str(folder / "actors")
    with Ledger(prepared(folder), create=False) as ledger, Book(ledger, policy()) as book:
        book.catch_up()
        given = {each.report_id: each.record.id for each in ledger.readings()}
        incidents = book.find(IncidentQuery(every=True))
        for gold in GOLD["incidents"]:
            found = found_for(gold, incidents, given)
            print("\n".join(differences(gold, found, given)) or f"{gold['key']}: all right")
            if gold.get("came_true") and found is not None:
                print(f"{gold['key']}: came true {'as told' if found.came_true else 'not seen'}")
        aside = {given[key.partition("/")[0]]: why for each in incidents for key, why in each.set_aside.items()}
        for change in GOLD["changes"]:
            print(
                f"{change['of']}: {aside.get(change['of'], 'stands').partition(' ')[0]}, by the gold {change['what']}"
            )
        with book._shelf.reading() as connection:
            bodies = connection.exec_driver_sql("SELECT body FROM copies").scalars().all()
        missed, more = copies_missed((msgspec.json.decode(body, type=Copy) for body in bodies), given)
        print(f"copies missed: {len(missed)}; updates of one house taken for copies: {len(more)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

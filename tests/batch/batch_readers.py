"""Stand-ins for reading one report, that worker processes can import: they say what they did in the record's warnings.

What a report's text says is what happens to it: "fail" goes wrong, "die" takes the process along, "slow" takes a while.
"""

import os
import time

from dateline.batch import How, failure
from dateline.ingest.incoming import Failure, Incoming
from dateline.record import MadeBy, Record, Report


def incoming(*texts: str) -> list[Incoming]:
    return [Incoming(id=f"{i}", report=Report(text=t), raw=t.encode(), origin=f"{i}.txt") for i, t in enumerate(texts)]


def told(item: Incoming | Failure, how: How) -> Record | Failure:
    if isinstance(item, Failure):
        return item
    if item.report.text == "die":
        os._exit(9)
    if item.report.text == "fail":
        return failure(item.origin, "reading", ValueError("made up"), item.report.sha256)
    if item.report.text == "slow":
        time.sleep(0.3)
    return Record(id=item.id, report=item.report, made_by=MadeBy(version="0", weights={}, tables={}),
                  warnings=(how.reader,))  # fmt: skip


def told_with_process(item: Incoming, how: How) -> Record | Failure:
    made = told(item, how)
    assert isinstance(made, Record)
    where = f"{os.getpid()} {os.environ.get('DATELINE_THREADS')}"
    return Record(id=made.id, report=made.report, made_by=made.made_by, warnings=(where,))

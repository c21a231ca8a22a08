"""Whether a report holds anything for a conflict record: a look that costs a hundredth of what reading costs.

A stream of news is mostly about other things. `worth_reading` splits title and text into words, weighs each block of
about a hundred of them by one table of words, and asks of the strongest block alone: a paragraph of war in a long
report of prices is enough. Only clear English is decided; what is short, or in another language, is read, and the
reading says of it what there is to say. `read` itself never asks here.
"""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from msgspec.structs import replace

from dateline.reading.language import language_of
from dateline.reading.layout import lay_out
from dateline.reading.linear import Linear, label_of, load
from dateline.record import LeftOut, MadeBy, Record, Report, Span, content_id
from dateline.version import VERSION

NAME = "gate"  # of the weights
LABELS = ("holds claims", "holds none")
SET_ASIDE = "not read in full: holds nothing for a conflict record"

_BLOCK = 120  # words a block, about; 250 kept less of what stands in one paragraph alone
_LEAST = 25  # words; fewer decide nothing
_WORD = re.compile(r"[^\W\d_]+")


def worth_reading(report: Report) -> bool:
    """False where the report is English news that holds nothing for a conflict record.

    Raises:
        ResourceError: the weights are missing or altered.
    """
    blocks = blocks_of(report)
    if sum(map(len, blocks)) < _LEAST or strength(blocks, load(NAME)) >= threshold():
        return True
    return language_of(report.text)[0] != "en"


def set_aside(report: Report, *, id: str | None = None) -> Record:
    """The record of a report that is kept without being read: no claims, all of it left out, with the reason.

    It is laid out as `read` does it, so that both make the same report of the same bytes.
    """
    report, _, warnings = lay_out(report)
    return Record(
        id=id if id is not None else content_id(report.sha256),
        report=replace(report, language="en"),
        left_out=(LeftOut(span=Span(0, len(report.text)), reason=SET_ASIDE),),
        made_by=MadeBy(version=VERSION, weights={NAME: label_of(NAME)["sha256"]}),
        warnings=warnings,
    )


def was_set_aside(record: Record) -> bool:
    return any(part.reason == SET_ASIDE for part in record.left_out)


def blocks_of(report: Report) -> list[list[str]]:
    """The different words of each block of title and text, in small letters; blocks are of about equal length."""
    return split(f"{report.title or ''}\n{report.text}")


def split(text: str) -> list[list[str]]:
    words = _WORD.findall(text.lower())
    count = max(1, round(len(words) / _BLOCK))
    size = -(-len(words) // count)
    return [list(set(words[at : at + size])) for at in range(0, len(words), size or 1)]


def strength(blocks: Sequence[Sequence[str]], model: Linear) -> float:
    """The score of the strongest block: the weights of its words over the root of their number, in logits.

    The root keeps a long block from being sure for its length alone; what is left of the bias is in the threshold.
    """
    if not blocks:
        return float("-inf")
    sums = model.logits(blocks)
    holds, none = (sums[:, model.index[label]] for label in LABELS)
    return float(((holds - none) / np.sqrt([len(block) for block in blocks])).max())


@cache
def threshold() -> float:
    """The score from which a report is read; chosen by training/gate on training reports, and kept in the label."""
    return float(label_of(NAME)["threshold"])

"""Many reports: read on all of this machine's cores, in order, each failure kept apart from the rest."""

from dateline.batch.cores import read_all
from dateline.batch.one import How, explained, failure, read_one

__all__ = ["How", "explained", "failure", "read_all", "read_one"]

"""Incidents out, in the formats of the field and in our own: one file a format, each with its loss report."""

from dateline.export.formats import FORMATS, Format, write
from dateline.export.loss import Loss, LossReport

__all__ = ["FORMATS", "Format", "Loss", "LossReport", "write"]

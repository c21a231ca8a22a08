"""The page on exports says what the code does."""

import pytest
from write_docs import PAGE, page

from dateline.export import FORMATS
from dateline.export.traces import TRACE_HEADER

TEXT = PAGE.read_text("utf-8")


def test_the_table_of_columns_is_the_one_made_from_the_code() -> None:
    assert page(TEXT) == TEXT, "run `python -m tests.export.write_docs`"


@pytest.mark.parametrize("name", [*FORMATS, *TRACE_HEADER])
def test_every_format_and_every_column_of_traces_is_named(name: str) -> None:
    assert f"`{name}`" in TEXT

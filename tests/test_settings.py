"""Settings: every option has a line in the table, and a bad value is one clear line."""

import sys

import pytest

from dateline.errors import InputError
from dateline.settings import OPTIONS, Settings, from_environment


def test_every_setting_is_in_the_table_and_nothing_else_is() -> None:
    assert [option.name for option in OPTIONS] == list(Settings.__struct_fields__)
    assert all(option.help and option.unit for option in OPTIONS)


def test_an_empty_environment_gives_the_defaults() -> None:
    assert from_environment({}) == Settings()


@pytest.mark.parametrize(
    ("variable", "raw", "name", "value"),
    [
        ("DATELINE_LEDGER", "syria.db", "ledger", "syria.db"),
        ("DATELINE_MAX_REPORT_BYTES", "1_000", "max_report_bytes", 1000),
        ("DATELINE_FETCH_TIMEOUT", "2.5", "fetch_timeout", 2.5),
        ("DATELINE_FETCH_REDIRECTS", "0", "fetch_redirects", 0),
        ("DATELINE_ALLOW_PRIVATE_ADDRESSES", "Yes", "allow_private_addresses", True),
        ("DATELINE_ALLOW_PRIVATE_ADDRESSES", "0", "allow_private_addresses", False),
        ("DATELINE_GAZETTEERS", "/srv/places", "gazetteers", "/srv/places"),
        ("DATELINE_PLACE_OVERRIDES", "mine.csv", "place_overrides", "mine.csv"),
        ("DATELINE_COUNTRY", "iq", "country", "IQ"),
        ("DATELINE_POLICY", "cautious", "policy", "cautious"),
    ],
)
def test_a_variable_overrides_its_option(variable: str, raw: str, name: str, value: object) -> None:
    assert getattr(from_environment({variable: raw}), name) == value


@pytest.mark.parametrize(
    ("variable", "raw"),
    [
        ("DATELINE_LEDGER", "  "),
        ("DATELINE_MAX_REPORT_BYTES", "lots"),
        ("DATELINE_MAX_REPORT_BYTES", "0"),
        ("DATELINE_FETCH_TIMEOUT", "-1"),
        ("DATELINE_FETCH_TIMEOUT", "nan"),
        ("DATELINE_FETCH_REDIRECTS", "-1"),
        ("DATELINE_ALLOW_PRIVATE_ADDRESSES", "maybe"),
        ("DATELINE_GAZETTEERS", ""),
        ("DATELINE_COUNTRY", "Iraq"),
    ],
)
def test_a_bad_value_names_its_variable_in_one_line(variable: str, raw: str) -> None:
    with pytest.raises(InputError, match=variable) as caught:
        from_environment({variable: raw})
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="each platform has its own folder")
def test_gazetteers_lie_in_the_folder_of_the_users_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert Settings().gazetteers == "/data/dateline/gazetteers"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", "/home/somebody")
    assert Settings().gazetteers == "/home/somebody/.local/share/dateline/gazetteers"

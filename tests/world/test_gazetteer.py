"""Names meet under their keys, tables hold what their labels say, and a damaged table is named with its remedy."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from dateline.errors import ResourceError
from dateline.world import labels
from dateline.world.countries import countries, country_of_demonym, country_of_name, government_of
from dateline.world.gazetteer import Gazetteer, bare_key, gazetteer, gazetteer_path, key_of, loose_key
from dateline.world.names import keys_of
from training.tables.gazetteer import content_sha256


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al Fallūjah", "al-Fallujah"),
        ("AL-FALLUJAH", "al-Fallujah"),
        ("Khān Yūnis", "Khan  Yunis"),
        ("Cox's Bazar", "Cox’s Bazar"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Łódź", "Lodz"),
        ("Usulután", "USULUTAN"),
    ],
)
def test_spellings_share_a_key(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


def test_articles_and_loose_spellings_fall_together() -> None:
    assert bare_key(key_of("Deir ez-Zor")) == bare_key(key_of("Deir al-Zor"))
    assert loose_key(key_of("Fallujah")) == loose_key(key_of("Faloojah")) == loose_key(key_of("al-Falluja"))
    assert bare_key(key_of("Khirbet al-Ghazaleh")) == bare_key(key_of("Khirbat Ghazālah"))
    assert bare_key(key_of("Ain Issa")) == bare_key(key_of("‘Ayn ‘Īsá"))
    assert bare_key(key_of("Tel Rifaat")) == bare_key(key_of("Tall Rif‘at")) != bare_key(key_of("Rifaat"))
    assert bare_key(key_of("Hannah")) == "hannah"  # one word alone keeps its letters
    assert {"kubaysah", "kubaysa"} <= dict(keys_of("Kubaysah", (), "IQ")).keys()
    assert "hanna" not in dict(keys_of("Hannah", (), "US"))
    assert loose_key(key_of("Hit")) is None  # too short to tell apart


@pytest.mark.parametrize(
    ("name", "place", "country"),
    [
        ("Falluja", 99454, "IQ"),
        ("al-Fallujah", 99454, "IQ"),
        ("Faloojah", 99454, "IQ"),
        ("Mosul", 99072, "IQ"),
        ("Deir al-Zour", 170794, "SY"),
        ("Lugansk", 702658, "UA"),
        ("Nairobi", 184745, "KE"),
    ],
)
def test_lookup_finds_the_place(name: str, place: int, country: str) -> None:
    found = {entry.id: entry for entry in gazetteer().lookup(name)}
    assert place in found
    assert found[place].country == country


def test_lookup_ranks_by_people_and_knows_nothing_of_nonsense() -> None:
    people = [entry.population for entry in gazetteer().lookup("Santiago")]
    assert len(people) > 3
    assert people == sorted(people, reverse=True)
    assert gazetteer().lookup("Qwyrtzleburg") == ()


def test_regions_are_found_beside_towns() -> None:
    (gulf,) = gazetteer().lookup("Persian Gulf")
    assert gulf.kind == "water"
    assert gulf.id < 0
    assert {"IQ", "IR", "KW"} <= set(gulf.countries)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Britain", "GB"),
        ("the United States", "US"),
        ("Côte d'Ivoire", "CI"),
        ("Burma", "MM"),
        ("UAE", "AE"),
        ("Ruritania", None),
    ],
)
def test_country_of_name(name: str, code: str | None) -> None:
    assert country_of_name(name) == code


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Syrian", "SY"), ("Iraqis", "IQ"), ("Salvadoran", "SV"), ("British", "GB"), ("Afghans", "AF"),
        ("Chineses", None),
        ("Israeli", "IL"), ("martian", None),
    ],
)  # fmt: skip
def test_country_of_demonym(word: str, code: str | None) -> None:
    assert country_of_demonym(word) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Washington", "US"), ("the Kremlin", "RU"), ("Kiev", "UA"), ("Downing Street", "GB"), ("White House", "US"),
        ("Mosul", None),
    ],
)  # fmt: skip
def test_government_of(name: str, code: str | None) -> None:
    assert government_of(name) == code


def test_neighbours_are_mutual_where_both_are_listed() -> None:
    known = countries()
    for country in known.values():
        for other in country.neighbours:
            assert other not in known or country.code in known[other].neighbours


@pytest.mark.parametrize("name", ["countries", "regions", "words"])
def test_tables_hold_what_their_labels_assert(name: str) -> None:
    assert labels.broken_rules(name, list(labels.read_table(name)), labels.read_label(name).asserts) == []


def test_broken_rules_are_told() -> None:
    asserts = labels.Asserts(rows=labels.Bounds(3, 9), unique=("id",), filled=("name",), values={"kind": ("sea",)})
    rows = [{"id": "a", "name": "", "kind": "sea"}, {"id": "a", "name": "x", "kind": "hill"}]
    assert labels.broken_rules("t", rows, asserts) == [
        "t: 2 rows, not 3 to 9", "t: ('a',) stands twice", "t: row 1 has no name", "t: kind has 'hill'"
    ]  # fmt: skip


def test_gazetteer_content_is_the_one_its_label_names() -> None:
    assert content_sha256(gazetteer_path()) == labels.read_label("gazetteer").sha256


def test_an_altered_table_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for ending in ("csv", "toml"):
        shutil.copy(labels.DATA / f"regions.{ending}", tmp_path)
    (tmp_path / "regions.csv").write_text(
        (tmp_path / "regions.csv").read_text("utf-8").replace("Red Sea", "Rod Sea"), "utf-8"
    )
    monkeypatch.setattr(labels, "DATA", tmp_path)
    labels.read_label.cache_clear()
    try:
        with pytest.raises(ResourceError, match=r"regions\.csv: sha256 .* run `make tables`"):
            labels.read_table("regions")
    finally:
        labels.read_label.cache_clear()


def test_a_missing_or_foreign_gazetteer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="make tables"):
        Gazetteer(tmp_path / "gazetteer.sqlite")
    foreign = tmp_path / "gazetteer.sqlite"
    db = sqlite3.connect(foreign)
    db.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    db.execute("INSERT INTO meta VALUES ('sha256', 'beef')")
    db.commit()
    db.close()
    with pytest.raises(ResourceError, match=r"content beef is not the .* `make tables`"):
        Gazetteer(foreign)
    foreign.write_bytes(b"no database at all" * 100)
    with pytest.raises(ResourceError, match="is not a gazetteer"):
        Gazetteer(foreign)

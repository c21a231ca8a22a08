"""Which names are places, which place each is, and why. All sentences are ours and invented."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from place_reading import places_of, read_places

from dateline.reading import place_senses
from dateline.reading.place_belief import Seen, refused
from dateline.reading.place_reasons import reasons
from dateline.reading.place_senses import Hints, Mention, Table
from dateline.reading.place_spots import find_spots, words_of
from dateline.reading.places import find_places, judge
from dateline.reading.reader import load
from dateline.reading.sentences import split
from dateline.reading.tagging import tag
from dateline.record import Report
from dateline.world import overrides
from dateline.world.overrides import COLUMNS


def points(text: str) -> dict[str, tuple[str | None, float | None]]:
    found, _ = read_places(text)
    return {place.text: (place.country, place.lat and round(place.lat)) for place in found}


def test_small_towns_settle_one_another() -> None:
    text = "Crews from Florence and Sheffield fought a fire near Tuscumbia, a deputy of Colbert County said."
    assert points(text)["Florence"] == points(text)["Sheffield"] == ("US", 35)
    assert points("The ministers met in Florence and flew on to Berlin.")["Florence"] == ("IT", 44)
    assert points("The ministers met in Sheffield and flew on to Berlin.")["Sheffield"] == ("GB", 53)


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        ("Nurses spoke of Lassa fever.", "Lassa", "part of a disease's name"),
        ("They read the Washington Post aloud.", "Washington", "part of a paper's or station's name"),
        ("Wadi Brimsa was shelled.", "Wadi", "the first word of a longer name"),
        ("Washington said the talks had failed.", "Washington", "stands for a government"),
    ],
)
def test_what_no_place_can_be(text: str, name: str, why: str) -> None:
    (sentence,) = tag(split(Report(text=text)))
    words = words_of(sentence)
    spot = next(spot for spot in find_spots([words])[0] if spot.text == name)
    assert refused(spot, words) == why


def test_a_hamlet_abroad_does_not_take_a_strange_name() -> None:
    # El Plateado is in no table of Colombia; the one in Mexico is not meant.
    text = "Soldiers shelled El Plateado. Colombia's army said the rebels had left Cauca, a department of Colombia."
    found, unknown = read_places(text)
    assert all(place.country != "MX" for place in found)
    assert "El Plateado" in {item.span.of(text) for item in unknown}


def test_a_strange_village_lies_in_the_province_it_is_told_to() -> None:
    found, unknown = read_places("Two died in the village of Umm Qarfa, in Idlib province, Syria.")
    village, province, _ = found
    assert (village.name, village.precision, village.where_prec) == ("Umm Qarfa", "province", 4)
    assert (village.lat, village.radius_km) == (province.lat, province.radius_km)
    assert len(unknown) == 1


def test_what_has_too_many_places_is_not_called_missing() -> None:
    text = "Springfield residents met at City Hall."
    _, unknown = read_places(text)
    assert [(item.span.of(text), "does not say which" in item.reason) for item in unknown] == [("Springfield", True)]


def test_the_city_told_elsewhere_is_the_bare_name_too() -> None:
    found, _ = read_places("Families fled to Marib. Rockets fell south of the city of Marib in Yemen.")
    assert found[0].precision == "exact"


def test_the_country_that_the_user_tells_comes_first() -> None:
    sentences = tag(split(Report(text="Gunmen attacked a bus in Tripoli on Sunday.")))
    seen = Seen(load().look(sentences).names)
    of = {
        home: find_places(sentences, dateline=None, seen=seen, country=home)[0][0].country
        for home in ("LB", "LY", "US")
    }
    assert of == {"LB": "LB", "LY": "LY", "US": "US"}


@pytest.fixture
def own_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    path = tmp_path / "overrides.csv"
    rows = (
        ",".join(COLUMNS),
        "Umm Qarfa,SY,35.12,36.55,2,exact,,",
        "Georgia,US,32.8,-83.5,300,province,4197000,the state",
    )
    path.write_text("\n".join(rows) + "\n", "utf-8")
    monkeypatch.setenv("DATELINE_PLACE_OVERRIDES", str(path))
    overrides.forget()
    yield
    overrides.forget()


@pytest.mark.usefixtures("own_word")
def test_the_users_own_word_goes_before_all_tables() -> None:
    text = "Shells fell in Umm Qarfa. Envoys from Georgia and Armenia met in Tbilisi."
    found, unknown = places_of(tag(split(Report(text=text))))
    by_name = {place.name: place for place in found}
    assert (by_name["Umm Qarfa"].lat, by_name["Umm Qarfa"].precision) == (35.12, "exact")
    assert (by_name["Georgia"].country, by_name["Georgia"].geonames_id) == ("US", 4197000)
    assert (by_name["Georgia"].precision, by_name["Georgia"].where_prec) == ("province", 4)
    assert unknown == ()


def test_a_choice_is_explained() -> None:
    sentences = tag(split(Report(text="Shops closed early in Alexandria, La., on Monday.")))
    seen = Seen(load().look(sentences).names)
    judged = judge(sentences, dateline=None, seen=seen)
    found, _ = find_places(sentences, dateline=None, seen=seen)
    belief, chosen, *_ = reasons(judged, found[0])
    assert belief.threshold is not None
    assert (belief.score or 0) >= belief.threshold
    assert chosen.note.startswith("means ")
    assert "it lies in what stands after the comma" in chosen.note


def test_votes_do_not_depend_on_the_size_of_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Crews from Paris, Blossom and Reno fought a fire near Powderly and Cooper in Texas."
    worded = [words_of(s) for s in tag(split(Report(text=text)))]
    spots = find_spots(worded)
    mentions = [Mention(n, spot, 1.0) for n, beside in enumerate(spots) for spot in beside]
    table = Table(mentions, worded, Hints.of(spots, None))
    shares = table.shares(table.x.sum(axis=1))
    whole = table.votes(shares)
    monkeypatch.setattr(place_senses, "_BLOCK", 3)
    assert np.allclose(table.votes(shares), whole)
    assert whole[:, 0].max() > 0

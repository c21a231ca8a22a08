"""Places told by way of others. All sentences are ours and invented."""

import pytest

from dateline.reading.place_relations import relate
from dateline.reading.sentences import split
from dateline.record import Place, Report, Span
from dateline.world.countries import countries, country_of_demonym, country_of_name
from dateline.world.gazetteer import gazetteer

# What the sentences name: (words, kind of place). Which words are names is not what is tested here.
TOWNS = (
    "Mosul Baghdad Samarra Homs Hama Aleppo Damascus Lviv Kilis Goma Raqqa Kirkuk Daraa Palmyra Kharkiv Sasebo Douma"
)


def places_of(text: str) -> list[Place]:
    """The told places of a text whose names are those of TOWNS, of countries and waters, and made-up "Umm Qarfa"."""
    found = [place for word in _words(text) if (place := _place(text, *word))]
    return relate(found, split(Report(text=text)))


def _words(text: str) -> list[tuple[int, str]]:
    made = []
    at = 0
    for word in text.replace("-", " ").replace("–", " ").split(" "):
        made.append((at, word))
        at += len(word) + 1
    return made


def _place(text: str, start: int, word: str) -> Place | None:
    name = word.strip(".,()").removesuffix("'s").removesuffix("’s")
    start += word.find(name)
    span = Span(start, start + len(name)) if name else None
    if span is None or not name[:1].isupper():
        return None
    if name == "Qarfa":
        return Place(text=name, span=span, name=name, country="SY")
    code = country_of_name(name) or country_of_demonym(name)
    if code and len(name) > 3:
        country = countries()[code]
        return Place(
            text=name, span=span, name=country.name, country=code, lat=country.lat, lon=country.lon,
            radius_km=country.radius_km, precision="country", where_prec=6, geo_precision=3,
            geonames_id=country.geonames_id, demonym=country_of_name(name) is None,
        )  # fmt: skip
    if name.title() not in TOWNS.split() and name.title() not in ("Euphrates", "Tigris"):
        return None
    entries = gazetteer().lookup(name)
    water = next((entry for entry in entries if entry.kind == "water"), None)
    entry = water or next(entry for entry in entries if entry.kind == "city")
    return Place(
        text=name, span=span, name=entry.name, country=entry.country, lat=round(entry.lat, 5), lon=round(entry.lon, 5),
        radius_km=entry.radius_km, precision="water" if water else "exact", where_prec=5 if water else 1,
        geo_precision=3 if water else 1, geonames_id=entry.geonames_id,
    )  # fmt: skip


def told(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Text, kind and anchors of each place with a relation."""
    return [
        (place.text, place.relation.kind, tuple(anchor.text for anchor in place.relation.anchors))
        for place in places_of(text)
        if place.relation
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # compass words before and after
        ("Rain fell in northern Iraq.", ("northern Iraq", "direction_of", ("Iraq",))),
        ("It lies in the far north-east of Iraq.", ("north-east of Iraq", "direction_of", ("Iraq",))),
        ("Syria's north-east is dry.", ("Syria's north-east", "direction_of", ("Syria",))),
        ("Syria's eastern desert is empty.", ("Syria's eastern desert", "direction_of", ("Syria",))),
        ("A depot south of Mosul burned.", ("south of Mosul", "direction_of", ("Mosul",))),
        ("They met in a western Ukrainian city.", ("western Ukrainian city", "direction_of", ("Ukrainian",))),
        ("TROOPS HOLD EASTERN ALEPPO.", ("EASTERN ALEPPO", "direction_of", ("ALEPPO",))),
        # parts of towns and countries
        ("Snipers hold the eastern side of Aleppo.", ("eastern side of Aleppo", "part", ("Aleppo",))),
        ("They reached the outskirts of the city of Homs.", ("outskirts of the city of Homs", "part", ("Homs",))),
        ("Aleppo's southern suburbs are quiet.", ("Aleppo's southern suburbs", "part", ("Aleppo",))),
        ("A market in downtown Baghdad opened.", ("downtown Baghdad", "part", ("Baghdad",))),
        ("Large parts of northern Iraq are dry.", ("parts of northern Iraq", "part", ("northern Iraq",))),
        # near and around
        ("A mill near the Syrian town of Homs burned.", ("near the Syrian town of Homs", "near", ("Homs",))),
        ("Shots were heard close to Kirkuk.", ("close to Kirkuk", "near", ("Kirkuk",))),
        ("A hill overlooking Mosul was taken.", ("overlooking Mosul", "near", ("Mosul",))),
        ("People fled in and around Mosul.", ("in and around Mosul", "around", ("Mosul",))),
        ("Farms around Homs and Hama burned.", ("around Homs and Hama", "around", ("Homs", "Hama"))),
        ("Mosul and surrounding villages lack water.", ("Mosul and surrounding villages", "around", ("Mosul",))),
        # lines
        ("Bands roam the area between Homs and Hama.", ("between Homs and Hama", "between", ("Homs", "Hama"))),
        ("The road from Damascus to Daraa is cut.", ("road from Damascus to Daraa", "road", ("Damascus", "Daraa"))),
        ("The Baghdad-Mosul highway is cut.", ("Baghdad-Mosul highway", "road", ("Baghdad", "Mosul"))),
        ("The highway linking Homs with Hama is cut.", ("highway linking Homs with Hama", "road", ("Homs", "Hama"))),
        ("Posts stand along the Euphrates.", ("along the Euphrates", "along", ("Euphrates",))),
        ("Huts stand on the banks of the Tigris.", ("banks of the Tigris", "along", ("Tigris",))),
        ("A tanker sank off the coast of Yemen.", ("off the coast of Yemen", "along", ("Yemen",))),
        ("Syria's coast is calm.", ("Syria's coast", "along", ("Syria",))),
        # borders
        ("Smugglers work near the Turkish border.", ("near the Turkish border", "border", ("Turkish",))),
        ("The Turkish-Syrian border is shut.", ("Turkish-Syrian border", "border", ("Turkish", "Syrian"))),
        ("The border between Syria and Iraq is shut.",
         ("border between Syria and Iraq", "border", ("Syria", "Iraq"))),
        ("They hold its eastern border with Jordan.", ("eastern border with Jordan", "border", ("Jordan",))),
    ],
)  # fmt: skip
def test_words(text: str, expected: tuple[str, str, tuple[str, ...]]) -> None:
    assert told(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Syria and Iraq failed.",
        "The partnership between Kyiv and Damascus ended.",
        "Turkish border guards fired.",
        "They cut off Mosul.",
        "Finland was part of Russia then.",
        "They drove from Mosul to Baghdad.",
        "The army said it had moved along with Syria.",
        "Prices rose outside Syria.",
    ],
)
def test_words_that_tell_no_place(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("words", "km", "bound", "bearing"),
    [
        ("40 km west of", 40, "exact", "west"),
        ("about 25 miles (40 km) south-east of", 40.2, "about", "southeast"),
        ("some forty-five kilometres from", 45, "about", None),
        ("less than five kilometres from", 5, "at_most", None),
        ("within 10km of", 10, "at_most", None),
        ("more than 100 kilometers north of", 100, "at_least", "north"),
        ("a few miles outside", 4.8, "about", None),
        ("approximately 50 nautical miles (93 km) NW of", 92.6, "about", "northwest"),
        ("120 km (75 miles) north-northwest of the city of", 120, "exact", "north-northwest"),
        ("two hours' drive south of", None, None, "south"),
    ],
)
def test_distances(words: str, km: float | None, bound: str | None, bearing: str | None) -> None:
    (place,) = places_of(f"A convoy was hit {words} Kirkuk.")
    assert place.relation is not None
    assert place.text == f"{words} Kirkuk"
    assert (place.relation.kind, place.relation.distance_bound, place.relation.bearing) == ("distance", bound, bearing)
    assert place.relation.distance_km == (km if km is None else pytest.approx(km, abs=0.1))


@pytest.mark.parametrize(
    ("text", "head", "kind", "anchor"),
    [
        ("They took Samarra, 125 kilometres north of Baghdad.", "Samarra", "distance", "Baghdad"),
        ("Samarra is 125 km north of Baghdad.", "Samarra", "distance", "Baghdad"),
        ("They took Samarra, a town north of Baghdad.", "Samarra", "direction_of", "Baghdad"),
        ("Kilis, which lies near the Syrian border, is quiet.", "Kilis", "border", "Syrian"),
        ("Kilis, in Turkey, near the Syrian border, is quiet.", "Kilis", "border", "Syrian"),
        ("They met in the western Ukrainian city of Lviv.", "Lviv", "direction_of", "Ukrainian"),
        ("Shells hit the Damascus suburb of Douma.", "Douma", "part", "Damascus"),
        ("Kharkiv lies 30 km from the Russian border.", "Kharkiv", "distance", "Russian border"),
    ],
)
def test_a_named_place_carries_the_relation_and_keeps_its_point(text: str, head: str, kind: str, anchor: str) -> None:
    place = next(place for place in places_of(text) if place.relation)
    assert (place.text, place.precision, place.where_prec) == (head, "exact", 1)
    assert place.relation is not None
    assert (place.relation.kind, place.relation.anchors[0].text) == (kind, anchor)
    (entry,) = [each for each in gazetteer().lookup(head) if each.geonames_id == place.geonames_id]
    assert (place.lat, place.lon) == (round(entry.lat, 5), round(entry.lon, 5))


def test_a_place_that_no_table_has_lies_where_the_words_say() -> None:
    head, anchor = places_of("They shelled Qarfa, 30 km south of Raqqa.")
    assert anchor.lat is not None
    assert head.lat == pytest.approx(anchor.lat - 30 / 111.2, abs=0.02)
    assert (head.precision, head.name) == ("near", "Qarfa")


def test_anchors_beside_the_first_stay_places_of_their_own() -> None:
    assert [place.text for place in places_of("The road from Damascus to Daraa is cut.")] == [
        "road from Damascus to Daraa", "Daraa",
    ]  # fmt: skip


def test_a_road_without_a_comma_is_not_where_the_place_before_it_lies() -> None:
    fled, road = places_of("They fled Mosul on the road to Kirkuk.")
    assert (fled.text, fled.relation) == ("Mosul", None)
    assert road.text == "road to Kirkuk"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A mill near Homs burned.", ("near", 2, 2)),
        ("A mill 10 km south of Homs burned.", ("near", 2, 2)),
        ("A mill 90 km south of Homs burned.", ("near", 5, 3)),
        ("A mill in eastern Homs burned.", ("exact", 1, 1)),
        ("A mill on the outskirts of Homs burned.", ("near", 2, 2)),
        ("A mill in northern Iraq burned.", ("part_of_country", 5, 3)),
        ("Parts of Iraq are dry.", ("country", 6, 3)),
        ("Troops stand near Iraq.", ("region", 6, 3)),
        ("They dig along the Euphrates.", ("water", 5, 3)),
        ("The road from Damascus to Daraa is cut.", ("region", 5, 3)),
        ("Smugglers work near the Turkish border.", ("part_of_country", 5, 3)),
    ],
)
def test_precision(text: str, codes: tuple[str, int, int]) -> None:
    place = next(place for place in places_of(text) if place.relation)
    assert (place.precision, place.where_prec, place.geo_precision) == codes


def test_one_sided_border_is_that_with_the_neighbour_spoken_of() -> None:
    *_, place = places_of("Syria is dry. Damascus is in Syria. Smugglers work near the Turkish border.")
    assert place.relation is not None
    assert place.relation.geometry is not None
    assert place.relation.geometry["type"] == "LineString"
    assert all(35 < lat < 38 and 35 < lon < 43 for lon, lat in place.relation.geometry["coordinates"])

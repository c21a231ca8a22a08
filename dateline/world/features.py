"""Which features of a GeoNames dump are kept, and as what: all populated places, divisions, and the rest by a list.

The list is what news of conflict speaks of: bases, airports, camps, crossings, dams, refineries, mountains, rivers.
Farms, schools, wells, hotels and the like would only lend their names to people and villages.
"""

from functools import lru_cache
from typing import Literal

from msgspec import Struct

Kind = Literal["city", "county", "division", "region", "water"]

# What divisions below the first level are kept as.
LOCAL_DIVISION: Kind = "county"
LOCAL = "district"


class Kept(Struct, frozen=True):
    """What a feature is kept as. `radius_km` is a rough extent; 0 where the population tells it."""

    kind: Kind
    detail: str
    radius_km: float


_LEFT_OUT_CLASSES = {
    "R": "roads and railways",
    "U": "under the sea",
    "V": "woods and fields",
}
_DIVISION_RADIUS = {"ADM1": 50.0, "ADM2": 20.0, "ADM3": 10.0, "ADM4": 5.0, "ADM5": 3.0, "ADMD": 10.0}
# Class and codes, kind, detail, radius in kilometres. Up to 10 km a reading takes a place of kind region for a point.
_LISTED: tuple[tuple[str, str, Kind, str, float], ...] = (
    ("H", "BAY BAYS GULF", "water", "gulf", 20.0),
    ("H", "CNL CNLI CNLSB CNLX", "water", "canal", 20.0),
    ("H", "CHN STRT SD", "water", "strait", 20.0),
    ("H", "LK LKI LKS LKN LKNI LKSI LKX LGN LGNS RSV RSVI", "water", "lake", 10.0),
    ("H", "OCN", "water", "ocean", 2000.0),
    ("H", "SEA", "water", "sea", 300.0),
    ("H", "STM STMA STMD STMI STMIX STMM STMS STMX WAD WADJ WADM WADS WADX", "water", "river", 30.0),
    ("H", "DLTA MRSH MRSHN SWMP WTLD", "region", "marsh", 15.0),
    ("L", "MILB NVB", "region", "base", 5.0),
    ("L", "BTL", "region", "battlefield", 5.0),
    ("L", "GASF OILF INDS MNA PRT", "region", "works", 5.0),
    ("L", "AREA RGN RGNE TRB", "region", "informal", 50.0),
    ("L", "RGNH", "region", "historic", 50.0),
    ("L", "LCTY", "region", "locality", 2.0),
    ("S", "AIRB AIRF AIRH AIRP AIRQ", "region", "airport", 3.0),
    ("S", "BRKS FT INSM PP PSTP", "region", "base", 2.0),
    ("S", "CMP CMPO CMPRF", "region", "camp", 2.0),
    ("S", "CSTM PSTB PSTC", "region", "crossing", 2.0),
    ("S", "BDG BDGQ DAM DAMQ PS PSH PSN OILJ OILR OILT DPOF GOSP PMPO MFGM CTRA", "region", "works", 2.0),
    ("S", "PRN PRNJ", "region", "prison", 1.0),
    ("T", "ISL ISLET ISLF ISLM ISLS ISLT ISLX", "region", "island", 10.0),
    ("T", "HLL HLLS MND MT PK PASS RDGE SPUR", "region", "mountain", 5.0),
    ("T", "MTS PKS", "region", "range", 50.0),
    ("T", "CAPE HDLD PEN PENX", "region", "peninsula", 20.0),
    ("T", "DSRT ERG", "region", "desert", 100.0),
    ("T", "DPR GRGE PLAT PLN PLNX UPLD VAL VALX VALS", "region", "plain", 20.0),
)  # fmt: skip
_BY_CODE = {
    (letter, code): Kept(kind, detail, radius)
    for letter, codes, kind, detail, radius in _LISTED
    for code in codes.split()
}
_CITY = Kept("city", "", 0.0)


@lru_cache(maxsize=1024)
def kept_as(letter: str, code: str) -> Kept | str:
    """What a feature class ("P") and code ("PPL") are kept as; else the reason why they are left out."""
    if letter == "P":
        return _CITY
    if letter == "A":
        return _division(code)
    if letter in _LEFT_OUT_CLASSES:
        return _LEFT_OUT_CLASSES[letter]
    return _BY_CODE.get((letter, code)) or ("of no listed kind" if letter in ("H", "L", "S", "T") else "of no class")


def _division(code: str) -> Kept | str:
    if code == "ADM1":
        return Kept("division", "", _DIVISION_RADIUS[code])
    if code in _DIVISION_RADIUS:
        return Kept(LOCAL_DIVISION, LOCAL, _DIVISION_RADIUS[code])
    return "former divisions" if code.endswith("H") else "countries and zones"

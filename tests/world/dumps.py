"""Invented dumps in the columns of GeoNames. The country is Iraq, for its spellings; the places are made up."""

import gzip
import zipfile
from collections.abc import Iterable
from pathlib import Path


def place(
    id: object, name: str, *, lat: object = 33.5, lon: object = 44.5, feature: str = "P.PPL", country: str = "IQ",
    alternates: str = "", admin1: str = "", people: object = 0,
) -> str:  # fmt: skip
    letter, code = feature.split(".")
    cells = (id, name, name, alternates, lat, lon, letter, code, country, "", admin1, "", "", "", people, "", "5",
             "Asia/Baghdad", "2020-01-01")  # fmt: skip
    return "\t".join(map(str, cells))


def alternate(place: object, name: str, language: str = "en") -> str:
    return f"1\t{place}\t{language}\t{name}\t\t\t\t\t\t"


VILLAGES = (
    place(900_000_001, "Tell Zimran", lat=36.1, lon=42.2, alternates="Tall Zimrān,Zimran Tepe,تل زمران"),
    place(900_000_002, "Qasr Velou", lat=33.1, lon=44.9, people=120),
    place(9_000_000_000_003, "Umm Dorab", lat=31.9, lon=46.1),
)


def write(path: Path, rows: Iterable[str]) -> Path:
    """The rows as a file packed as its name says."""
    raw = "".join(f"{row}\n" for row in rows).encode()
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(raw, mtime=0))
    elif path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "what the columns are\n")
            archive.writestr(f"{path.stem}.txt", raw)
    else:
        path.write_bytes(raw)
    return path

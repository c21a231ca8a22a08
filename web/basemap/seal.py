"""Write the checksums of the basemap's files into their labels (dateline/desk/static/map/*.toml)."""

import hashlib
import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "dateline/desk/static/map"


def seal(label: Path) -> None:
    sha256 = hashlib.sha256(label.with_suffix(".json").read_bytes()).hexdigest()
    label.write_text(re.sub(r'(?m)^sha256( *)= ".*"$', rf'sha256\1= "{sha256}"', label.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    for path in sorted(FOLDER.glob("*.toml")):
        seal(path)

"""The scores that README.md prints are the pinned ones."""

import json
import re

from tests.docs.console import ROOT

_ROW = re.compile(r"(?m)^\| (?:`([\w.]+)`)? *\| ([^|]*) \| (\.\d{3}) \|")
_ALONE = {
    "places": "end_to_end",
    "times": "value",
    "attribution": "linked",
    "factuality": "r",
}  # the one score of a set that is printed


def test_readme_prints_the_pinned_scores() -> None:
    floors = json.loads((ROOT / "benchmarks/floors.json").read_text("utf-8"))
    name, seen = "", 0
    for found in _ROW.finditer((ROOT / "README.md").read_text("utf-8")):
        name = found.group(1) or name
        names = [one for one in floors[name]["scores"] if found.group(2).strip().endswith(one)]
        score = _ALONE.get(name.partition(".")[0]) or max(names, key=len)
        assert f"{floors[name]['scores'][score]:.3f}".lstrip("0") == found.group(3), f"{name} {score}"
        seen += 1
    assert seen == 35

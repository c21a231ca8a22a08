"""Golden records: what each example report is read into, pretty-printed, so that every change in a reading is seen.

`python -m tests.golden.write` writes them again; read the difference before committing it. Left out is what says
nothing of the reading: empty fields, the text (it stands in examples/), hashes of weights and tables, scores. Weights
trained again change a golden record only where its reading changes.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.ingest.incoming import Incoming
from dateline.ingest.sources import incoming
from dateline.reading.pipeline import read

EXAMPLES = Path(__file__).parents[2] / "examples"
EXPECTED = Path(__file__).parent / "expected"
_WIDTH = 110
# factuality is a score between -3 and 3; whether it leans to yes or no is told by the modality.
_NOT_COMPARED = frozenset({"score", "factuality"})
_USUAL = (("in", "text"), ("demonym", False), ("superseded", False))  # what is not said, as it almost always is so
_DECIMALS = 4  # of a degree: about 10 m


def golden_records() -> Iterator[tuple[str, str]]:
    """Id and golden record of every example report, in order."""
    for item in incoming(str(EXAMPLES)):
        if not isinstance(item, Incoming):
            raise SystemExit(f"{item.origin}: {item.message}")
        yield item.id, golden(json.loads(read(item.report, id=item.id).to_json()))


def golden(record: dict[str, Any]) -> str:
    """A record as it is written down: keys in the order of the types, a small object a line."""
    plain = _plain(record)
    plain["report"].pop("text")
    plain["made_by"] = {kind: sorted(record["made_by"][kind]) for kind in ("weights", "tables")}
    _name_claims(plain)
    return "\n".join(_lines(plain, "")) + "\n"


def _plain(value: Any) -> Any:
    """Without what is empty, and without scores; numbers rounded."""
    if isinstance(value, dict):
        kept = {key: _plain(inner) for key, inner in value.items() if key not in _NOT_COMPARED}
        return {key: inner for key, inner in kept.items() if inner not in (None, [], {}) and (key, inner) not in _USUAL}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    return round(value, _DECIMALS) if isinstance(value, float) else value


def _name_claims(record: dict[str, Any]) -> None:
    """`shows` by the words of the claims: ids made from a hash tell a reader of a difference nothing."""
    claims = record.get("claims", [])
    names = {claim["id"]: f"{claim['event']}: {claim['trigger']['text']}" for claim in claims}
    for item in record.get("evidence", []):
        item["shows"] = [names[id] for id in item.get("shows", [])]


def _lines(value: Any, indent: str) -> Iterator[str]:
    short = json.dumps(value, ensure_ascii=False)
    if len(indent) + len(short) <= _WIDTH or not isinstance(value, dict | list) or not value:
        yield indent + short
        return
    is_object = isinstance(value, dict)
    yield indent + ("{" if is_object else "[")
    items = list(value.items()) if is_object else [(None, inner) for inner in value]
    for at, (key, inner) in enumerate(items):
        lines = list(_lines(inner, indent + "  "))
        if key is not None:
            lines[0] = f"{indent}  {json.dumps(key)}: {lines[0].lstrip()}"
        lines[-1] += "," if at + 1 < len(items) else ""
        yield from lines
    yield indent + ("}" if is_object else "]")


def main() -> None:
    EXPECTED.mkdir(exist_ok=True)
    made = dict(golden_records())
    for stale in {path.stem for path in EXPECTED.glob("*.json")} - set(made):
        (EXPECTED / f"{stale}.json").unlink()
        print(f"{stale}: removed, no example has this id")
    for id, text in made.items():
        path = EXPECTED / f"{id}.json"
        before = path.read_text("utf-8") if path.exists() else ""
        path.write_text(text, "utf-8")
        print(f"{id}: {'unchanged' if before == text else 'written'}")


if __name__ == "__main__":
    main()

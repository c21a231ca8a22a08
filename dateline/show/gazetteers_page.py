"""The user's own gazetteers: what adding one did, and the list of all that are there."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.text import Text

from dateline.show.layout import GUTTER, hanging, packed, row, styled
from dateline.show.phrasing import clean, count, listed
from dateline.show.rows import DOUBT, QUIET, STRONG
from dateline.world.added import Source
from dateline.world.importing import Imported

_KINDS = {
    "city": ("populated place", "populated places"),
    "division": ("first-level division", "first-level divisions"),
    "works": ("works or crossing of a river", "works and crossings of rivers"),
    "informal": ("region", "regions"),
    "historic": ("historic region", "historic regions"),
    "range": ("mountain range", "mountain ranges"),
    "marsh": ("marsh", "marshes"),
}
_COLUMNS = ("name", "file", "rows", "places", "names", "countries", "added", "size", "sha256")
_RIGHT = ("rows", "places", "names", "size")
_UNITS = {"rows": "rows", "places": "places", "names": "names"}
_INDENT = 6  # cells of a name in a narrow list
_SHORT = 12  # characters of a sha256
_FEW = 3  # countries that are listed by their codes
_LABEL = 12  # cells


def imported_page(done: Imported, seconds: float, width: int) -> list[Text]:
    """What adding one file did: what was kept, what was not and why, and where it lies."""
    source = done.source
    file = clean(Path(source.file).name)
    if done.status == "already there":
        said = f" is there already, from {file} (the same bytes, {source.added[:10]}); --replace makes it again"
        return hanging(Text(), styled(source.name, STRONG).append(said, ""), width, 0)
    head = styled(source.name, STRONG)
    head.append(f" {done.status}, from {file}: {count(source.rows, 'row')} read in {seconds:.1f} s", "")
    return [
        *hanging(Text(), head, width, 0),
        *(line for label, said in _facts(done) for line in hanging(styled(f"  {label}", QUIET), said, width, _LABEL)),
        _lies_at(source),
    ]


def _lies_at(source: Source) -> Text:
    """Where it lies, on one line however long, so that it can be copied."""
    label = styled("  lies at", QUIET)
    label.pad_right(_LABEL - label.cell_len)
    return label.append(f"{clean(source.path)} ({_size(source.bytes)})")


def _facts(done: Imported) -> Iterator[tuple[str, Text]]:
    source = done.source
    if source.content == "places":
        yield "kept", Text(f"{listed(_kinds(source.kept))}, by {count(source.names, 'name')}")
        if source.same:
            yield "known", Text(f"{count(source.same, 'place')} that another gazetteer has: each counts as one with it")
    else:
        yield "kept", Text(f"{count(source.kept.get('name', 0), 'name')}, {source.names:,} of them spelled apart")
    if source.left_out:
        yield "left out", Text(_counted(source.left_out))
    if source.bad:
        yield "bad", styled(_counted(source.bad), DOUBT)
        yield from (("", styled(f"line {number:,}: {clean(said)}", DOUBT)) for number, said in done.first_bad)


def _kinds(kept: Mapping[str, int]) -> list[str]:
    most_first = sorted(kept.items(), key=lambda item: (-item[1], item[0]))
    return [count(number, *_KINDS.get(kind, (kind, f"{kind}s"))) for kind, number in most_first]


def _counted(reasons: Mapping[str, int]) -> str:
    most_first = sorted(reasons.items(), key=lambda item: (-item[1], item[0]))
    return "; ".join(f"{number:,} {reason}" for reason, number in most_first)


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def list_page(sources: Sequence[Source], folder: str, built_in: str, width: int) -> Iterator[Text]:
    """A line for each added gazetteer, then how many there are; `built_in` is the sha256 of the built-in one."""
    if sources:
        yield from _lines([[_cells(each)[name] for name in _COLUMNS] for each in sources], width)
        yield Text()
    for each in sources:
        if each.against.get("gazetteer") != built_in:
            said = f"{each.name} was added beside another built-in gazetteer; add its file again with --replace"
            yield from hanging(Text(), styled(said, DOUBT), width, 0)
    yield styled(_summary(sources, clean(folder)), QUIET)


def _lines(body: Sequence[Sequence[str]], width: int) -> Iterator[Text]:
    """A table where it fits, else a block a gazetteer."""
    head = [styled(name, QUIET) for name in _COLUMNS]
    cells = [[styled(cell, STRONG if at == 0 else "") for at, cell in enumerate(each)] for each in body]
    widths = [
        max(column) for column in zip(*([cell.cell_len for cell in each] for each in (head, *cells)), strict=True)
    ]
    if sum(widths) + GUTTER * (len(widths) - 1) <= width:
        yield from _table([head, *cells], widths)
        return
    for name, *rest in cells:
        told = zip(_COLUMNS[1:], rest, strict=True)
        facts = [Text(f"{fact} {_UNITS.get(column, '')}".rstrip()) for column, fact in told if fact.plain]
        for at, line in enumerate(packed(facts, width - _INDENT)):
            label = name.copy() if at == 0 and name.cell_len < _INDENT else Text()
            if at == 0 and name.cell_len >= _INDENT:
                yield name
            label.pad_right(_INDENT - label.cell_len)
            yield label + line


def _table(lines: Sequence[Sequence[Text]], widths: Sequence[int]) -> Iterator[Text]:
    for each in lines:
        for name, cell, room in zip(_COLUMNS, each, widths, strict=True):
            if name in _RIGHT:
                cell.pad_left(room - cell.cell_len)
        yield from row(each, widths)


def _cells(each: Source) -> dict[str, str]:
    return {
        "name": each.name,
        "file": clean(Path(each.file).name),
        "rows": f"{each.rows:,}",
        "places": f"{each.places:,}" if each.content == "places" else "",
        "names": f"{each.names:,}",
        "countries": _countries(each.countries),
        "added": each.added[:10],
        "size": _size(each.bytes),
        "sha256": f"{each.source_sha256[:_SHORT]}…",
    }


def _countries(codes: Sequence[str]) -> str:
    return ", ".join(codes) if len(codes) <= _FEW else f"{len(codes)} countries"


def _summary(sources: Sequence[Source], folder: str) -> str:
    if not sources:
        return f"no gazetteers added in {folder}; `dateline gazetteer add FILE` adds a dump of GeoNames"
    places, names, size = (sum(getattr(each, name) for each in sources) for name in ("places", "names", "bytes"))
    return (
        f"{count(len(sources), 'gazetteer')} in {folder}: {count(places, 'place')}, {count(names, 'name')}, "
        f"{_size(size)}"
    )

"""Releases: incidents frozen under a name, in `x.db.releases/NAME/`, written once and never changed.

A release holds the incidents themselves (`incidents.jsonl`), the formats that were asked for with their loss reports,
what changed since the release before (`changelog.json`, `changelog.txt`), a manifest with the SHA-256 of every file,
and `SHA256SUMS`, which `sha256sum -c` reads.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import Struct

from dateline.desk.exporting import (
    Invented,
    Job,
    Made,
    Progress,
    Reports,
    State,
    file_name,
    files_of,
    opened,
    plainly,
)
from dateline.errors import ExportError
from dateline.export import FORMATS, write
from dateline.export.jsonl import incidents_in
from dateline.incidents.book import IncidentQuery
from dateline.incidents.diff import Change, changes
from dateline.incidents.policies import Policy
from dateline.incidents.types import Incident
from dateline.ledger import Head, Ledger
from dateline.show.phrasing import count
from dateline.version import VERSION

SCHEMA = "dateline-release/1"
NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?")
INCIDENTS, MANIFEST, SUMS = "incidents.jsonl", "manifest.json", "SHA256SUMS"
_CHANGELOG = "changelog.json"
_MOST_COMPARED = 50_000  # incidents of both releases: comparing holds them in memory
AllOf: TypeAlias = Literal["all", "some", "none"]


class File(Struct, frozen=True, kw_only=True):
    """One file of a release."""

    name: str
    size: int
    sha256: str
    about: str = ""


class Before(Struct, frozen=True, kw_only=True):
    """The release before, by the SHA-256 of its manifest; how many incidents differ, by kind of change."""

    name: str
    manifest_sha256: str
    changes: dict[str, int] = {}
    compared: bool = True


class Manifest(Struct, frozen=True, kw_only=True):
    """What a release is. `head` is the last row of the ledger's chain when it was frozen: with it anybody who has the
    ledger can tell that it holds what the release rests on."""

    schema: str
    number: int  # 1 for a ledger's first release
    name: str
    note: str
    made_at: str
    made_by: str
    version: str
    ledger: str
    head: Head
    as_of: date | None
    policy: Policy
    query: dict[str, Any]
    incidents: int
    invented: AllOf
    invented_reports: int
    reports: int
    before: Before | None
    files: tuple[File, ...]


class Release(Struct, frozen=True, kw_only=True):
    """A release on the disk."""

    folder: Path
    manifest: Manifest
    manifest_sha256: str


def releases_of(ledger: Path) -> Path:
    return ledger.with_name(ledger.name + ".releases")


def every(ledger: Path) -> list[Release]:
    """All releases of a ledger, the latest first; a folder without a manifest is none."""
    found = [_read(each) for each in releases_of(ledger).glob("*/") if NAME.fullmatch(each.name)]
    kept = [each for each in found if each is not None]
    return sorted(kept, key=lambda each: (each.manifest.number, each.manifest.name), reverse=True)


def one(ledger: Path, name: str) -> Release | None:
    return _read(releases_of(ledger) / name) if NAME.fullmatch(name) else None


def _read(folder: Path) -> Release | None:
    try:
        said = (folder / MANIFEST).read_bytes()
        made = msgspec.json.decode(said, type=Manifest)
    except (OSError, msgspec.DecodeError):
        return None
    return Release(folder=folder, manifest=made, manifest_sha256=sha256(said).hexdigest())


def citation(release: Release) -> str:
    """One line by which a release can be cited and found again."""
    made = release.manifest
    known = f", as known on {made.as_of}" if made.as_of else ""
    invented = {"all": " Invented data.", "some": " Partly invented data.", "none": ""}[made.invented]
    return (
        f"{made.name}: {count(made.incidents, 'incident')} from the Dateline ledger {made.ledger}{known}, policy "
        f"{made.policy.name}, released {made.made_at[:10]} by {made.made_by}. Dateline {made.version}. Manifest "
        f"SHA-256 {release.manifest_sha256}.{invented}"
    )


def altered(release: Release) -> list[str]:
    """Files that are not as the manifest has them."""
    return [each.name for each in release.manifest.files if not _is_as_written(release.folder / each.name, each)]


def _is_as_written(path: Path, file: File) -> bool:
    try:
        return path.stat().st_size == file.size and _digest(path) == file.sha256
    except OSError:
        return False


# --- freezing --------------------------------------------------------------------------------------------------------


def freeze(job: Job, folder: Path, progress: Progress) -> State:
    """Make a release of a job in the job's folder, and put it in its place when it is whole.

    Raises:
        ExportError: there is a release of that name.
    """
    path = Path(job.ledger)
    target = releases_of(path) / job.name
    if target.exists():
        raise ExportError(f"{job.name}: there is a release of that name; releases are never changed, choose another")
    part = folder / "release"
    part.mkdir()
    reports = Reports()
    with opened(job) as (ledger, incidents):
        head = ledger.head()
        progress.doing("writing the incidents")
        _put_incidents(part / INCIDENTS, reports.noting(progress.counting(incidents)))
        made = [Made(name=INCIDENTS, size=(part / INCIDENTS).stat().st_size)]
        for format in job.formats:
            progress.doing(f"writing {format}")
            out = part / file_name(job.file, format)
            held = progress.counting(incidents_in(part / INCIDENTS))
            loss = write(format, held, ledger.claim, out, ledger=ledger, each_day=job.each_day)
            made += files_of(out, loss)
        progress.doing("comparing with the release before")
        known = every(path)
        before = _changelog(ledger, part, known, head)
        invented = reports.invented(ledger)
    number = sum(1 for _ in incidents_in(part / INCIDENTS))
    order = known[0].manifest.number + 1 if known else 1
    _put_manifest(job, part, number=order, head=head, before=before, invented=invented, incidents=number)
    target.parent.mkdir(exist_ok=True)
    _seal(part)
    try:
        part.rename(target)
    except OSError as error:
        raise ExportError(
            f"{job.name}: cannot be put among the releases ({error.strerror}); choose another name"
        ) from error
    return progress.ended(number, tuple(made), invented)


class _Line(Struct, frozen=True):
    incident: Incident


def _put_incidents(path: Path, incidents: Iterator[Incident]) -> None:
    with path.open("wb") as file:
        for each in incidents:
            file.write(msgspec.json.encode(_Line(each)) + b"\n")


def _changelog(ledger: Ledger, part: Path, known: Sequence[Release], head: Head) -> Before | None:
    """Write what changed since the release before; None where this is the first."""
    if not known:
        _put_changes(part, (), "This is the first release.")
        return None
    before = known[0]
    olds = list(_some(before.folder / INCIDENTS))
    news = list(_some(part / INCIDENTS))
    told = f"Compared with {before.manifest.name} of {before.manifest.made_at[:10]}."
    kept = Before(name=before.manifest.name, manifest_sha256=before.manifest_sha256)
    if len(olds) > _MOST_COMPARED or len(news) > _MOST_COMPARED:
        _put_changes(part, (), f"{told} There are too many incidents to tell each change.")
        return msgspec.structs.replace(kept, compared=False)
    since = before.manifest.head.seq
    taken = [each for each in ledger.decisions() if since < each.seq <= head.seq]
    found = changes(olds, news, taken)
    by_kind: dict[str, int] = {}
    for each in found:
        by_kind[each.kind] = by_kind.get(each.kind, 0) + 1
    _put_changes(part, found, told)
    return msgspec.structs.replace(kept, changes=by_kind)


def _some(path: Path) -> Iterator[Incident]:
    """The incidents of a release, one more at most than are compared."""
    for number, each in enumerate(incidents_in(path)):
        yield each
        if number >= _MOST_COMPARED:
            return


def _put_changes(part: Path, found: Sequence[Change], told: str) -> None:
    (part / _CHANGELOG).write_bytes(
        msgspec.json.format(msgspec.json.encode({"told": told, "changes": found}), indent=1)
    )
    lines = [told]
    for each in found:
        lines.append(f"{each.kind}: {' / '.join(each.told)}")
        lines += [f"    {field.field}: {_said(field.before)} -> {_said(field.after)}" for field in each.fields]
    (part / "changelog.txt").write_text("\n".join(lines) + "\n", "utf-8")


def _said(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, Struct):
        low, best, high = (getattr(value, name) for name in ("low", "best", "high"))
        return "-".join("?" if each is None else f"{each:g}" for each in (low, best, high))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _put_manifest(
    job: Job, part: Path, *, number: int, head: Head, before: Before | None, invented: Invented, incidents: int
) -> None:
    files = tuple(
        File(name=each.name, size=each.stat().st_size, sha256=_digest(each), about=_about(each.name, job))
        for each in sorted(part.iterdir())
    )
    made = Manifest(
        schema=SCHEMA,
        number=number,
        name=job.name,
        note=job.note,
        made_at=job.at,
        made_by=job.by,
        version=VERSION,
        ledger=Path(job.ledger).name,
        head=head,
        as_of=job.as_of,
        policy=job.policy,
        query=plainly(job.query),
        incidents=incidents,
        invented=invented.said,
        invented_reports=invented.reports,
        reports=invented.of,
        before=before,
        files=files,
    )
    (part / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    sums = [(each.sha256, each.name) for each in files] + [(_digest(part / MANIFEST), MANIFEST)]
    (part / SUMS).write_text("".join(f"{digest}  {name}\n" for digest, name in sums), "utf-8")


def _about(name: str, job: Job) -> str:
    fixed = {
        INCIDENTS: "the incidents whole, a line each",
        _CHANGELOG: "what changed since the release before, with causes",
        "changelog.txt": "the same to read",
    }
    by_format = {file_name(job.file, each): FORMATS[each].about for each in job.formats}
    if name.endswith(".loss.json"):
        return "what the format could not hold"
    if name.endswith(".trace.csv"):
        return "the claims behind each figure"
    return fixed.get(name) or by_format.get(name, "")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _seal(part: Path) -> None:
    """Nobody writes to it by mistake."""
    for each in part.iterdir():
        each.chmod(0o444)


def is_name(said: str) -> bool:
    return NAME.fullmatch(said) is not None


def in_words(query: IncidentQuery | dict[str, Any]) -> str:
    """Filters as one line: "event shelling, since 2024-03-04, also what has not happened"."""
    set_ones = plainly(query) if isinstance(query, IncidentQuery) else dict(query)
    every = set_ones.pop("every", False)
    told = [
        "claims disagree" if name == "contradicted" else f"{name} {str(value).replace('_', ' ')}"
        for name, value in set_ones.items()
    ]
    if every:
        return ", ".join([*told, "also what has not happened" if told else "all, also what has not happened"])
    return ", ".join(told) or "all that happened"

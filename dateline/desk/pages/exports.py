"""Exports and releases: any filter of incidents in any format, with what the format cannot hold shown before the file
is taken; and incidents frozen under a name."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Meta, Struct
from starlette.responses import FileResponse, Response

from dateline.desk import paging, releasing
from dateline.desk.exporting import Job, plainly
from dateline.desk.jobs import Found, new_id
from dateline.desk.page import Action, Dict, Done, Nav, Page, Reply, Visit, address, plain
from dateline.desk.pages.incidents import CHOICES
from dateline.desk.pages.incidents import Filters as ListFilters
from dateline.desk.people import now
from dateline.desk.problems import BadRequest, NotFound, Stale
from dateline.export import FORMATS
from dateline.incidents import policies
from dateline.incidents.policies import Policy
from dateline.incidents.rulings import rulings

_AT_ONCE = 200  # incidents: so few are made while the page waits
_LINES = 200  # of a changelog that a page shows
_IN_RELEASES = ("csv", "geojson")  # where nobody says otherwise
Format: TypeAlias = Literal["ged", "acled", "geojson", "csv", "parquet", "jsonl"]
_MEDIA = {
    ".csv": "text/csv; charset=utf-8", ".geojson": "application/geo+json", ".jsonl": "application/jsonl",
    ".json": "application/json", ".parquet": "application/vnd.apache.parquet", ".txt": "text/plain; charset=utf-8",
}  # fmt: skip


class Filters(ListFilters, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The filters of a list of incidents, which a link there carries over."""

    format: Format = "csv"
    policy: Annotated[str, Meta(max_length=60)] | None = None
    as_of: date | None = None


class Asked(ListFilters, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An export: filters, a format, the policy and the day as of which, where they are not those of the desk."""

    format: Format
    policy: Annotated[str, Meta(max_length=60)] | None = None
    as_of: date | None = None
    each_day: bool = False


class Frozen(ListFilters, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A release: a name, and what is frozen under it. `formats` are parted by spaces or line breaks."""

    name: Annotated[str, Meta(max_length=60)]
    note: Annotated[str, Meta(max_length=2_000)] = ""
    formats: Annotated[str, Meta(max_length=100)] = " ".join(_IN_RELEASES)
    policy: Annotated[str, Meta(max_length=60)] | None = None
    as_of: date | None = None


def exports_page(visit: Visit) -> Dict:
    desk = visit.desk
    return {
        "filters": plain(visit.query),
        "choices": {**CHOICES, "policy": _policies(visit)},
        "formats": [{"name": each.name, "about": each.about} for each in FORMATS.values()],
        "in_releases": list(_IN_RELEASES),
        "exports": [_job_row(each) for each in desk.jobs.every()],
        "releases": [_release_row(each) for each in releasing.every(desk.path)],
    }


def _policies(visit: Visit) -> list[str]:
    return list(dict.fromkeys((visit.desk.policy.name, *policies.names())))


def _job_row(found: Found) -> Dict:
    job, state = found.job, found.state
    return {
        "id": job.id,
        "kind": job.kind,
        "name": job.name or None,
        "formats": list(job.formats),
        "filter": releasing.in_words(job.query),
        "policy": job.policy.name,
        "as_of": plain(job.as_of),
        "by": job.by,
        "at": job.at,
        "stage": state.stage,
        "written": state.written,
        "doing": state.doing,
        "trouble": state.trouble,
        "invented": state.invented.said if state.invented else None,
        "page": f"/exports/{job.id}",
    }


def _release_row(release: releasing.Release) -> Dict:
    made = release.manifest
    return {
        "name": made.name,
        "made_at": made.made_at,
        "made_by": made.made_by,
        "as_of": plain(made.as_of),
        "policy": made.policy.name,
        "filter": releasing.in_words(made.query),
        "incidents": made.incidents,
        "invented": made.invented,
        "size": sum(each.size for each in made.files),
        "manifest_sha256": release.manifest_sha256,
        "page": f"/releases/{made.name}",
    }


# --- one export ------------------------------------------------------------------------------------------------------


def export_page(visit: Visit) -> Dict:
    found = _found(visit)
    job, state = found.job, found.state
    loss = next((each.loss for each in state.files if each.loss), None)
    done = state.stage == "done" and job.kind == "export"
    return {
        "export": _job_row(found),
        "files": [
            {
                "name": each.name,
                "size": each.size,
                "page": f"/exports/{job.id}/{each.name}",
                "what": _what(each.name, bool(each.loss)),
            }
            for each in (state.files if done else ())
        ],
        "loss": plain(loss) if loss and done else None,
        "lines": list(loss.lines()) if loss and done else [],
        "again": address("/exports", {**plainly(job.query), "format": job.formats[0] if job.formats else None,
                                      "as_of": job.as_of}),
        "release": f"/releases/{job.name}" if job.kind == "release" and state.stage == "done" else None,
    }  # fmt: skip


def _what(name: str, is_main: bool) -> str:
    if is_main:
        return "the export"
    return "the claims behind each figure" if name.endswith(".trace.csv") else "the loss report"


def _found(visit: Visit) -> Found:
    found = visit.desk.jobs.one(visit.path["id"])
    if found is None:
        raise NotFound("There is no such export; they are kept for seven days. /exports lists those there are.")
    return found


def make_export(visit: Visit) -> Done:
    asked: Asked = visit.query
    job = _job(visit, asked, kind="export", formats=(asked.format,), file="dateline", each_day=asked.each_day)
    found = visit.desk.jobs.start(job, at_once=_is_small(visit, job))
    return Done(next=f"/exports/{job.id}", made=_job_row(found))


def _job(visit: Visit, asked: Asked | Frozen, *, formats: tuple[str, ...], **more: Any) -> Job:
    desk, stamp = visit.desk, now()
    file = more.pop("file")
    return Job(
        id=new_id(), ledger=str(desk.path.absolute()), formats=formats, query=asked.asked(), kept=desk.policy,
        policy=_policy(visit, asked.policy), by=visit.who.name, at=stamp, as_of=asked.as_of,
        file=f"{file}-{stamp[:10]}" if file == "dateline" else file, **more,
    )  # fmt: skip


def _policy(visit: Visit, name: str | None) -> Policy:
    """Those that come with Dateline, and the desk's own: a file that a visitor names is not read."""
    if not name or name == visit.desk.policy.name:
        return visit.desk.policy
    if name not in policies.names():
        raise BadRequest(f"policy={name!r} is none of {', '.join(_policies(visit))}.")
    return policies.policy(name)


def _is_small(visit: Visit, job: Job) -> bool:
    """Whether it can be made while a page waits: of the incidents as they lie, and few."""
    if job.as_of is not None or job.policy != job.kept or "jsonl" in job.formats:
        return False
    with visit.desk.shelf() as shelf:
        ruled = rulings(visit.desk.ledger.decisions())
        found = paging.find(visit.desk.ledger, shelf, job.query, ruled, after=None, size=_AT_ONCE)
    return found.next is None


def export_file(visit: Visit) -> Response:
    found, name = _found(visit), visit.path["file"]
    if found.job.kind != "export" or name not in {each.name for each in found.state.files}:
        raise NotFound("This export has no such file.")
    return _attached(found.folder / name)


def _attached(path: Path, name: str = "") -> Response:
    if not path.is_file():
        raise NotFound("This file is no more.")
    media = _MEDIA.get(path.suffix, "application/octet-stream")
    return FileResponse(path, media_type=media, filename=name or path.name)


# --- releases --------------------------------------------------------------------------------------------------------


def make_release(visit: Visit) -> Done:
    asked: Frozen = visit.query
    name = asked.name.strip()
    if not releasing.is_name(name):
        raise BadRequest("name takes small letters, digits, dots, hyphens and underscores, such as week-2024-10.")
    if releasing.one(visit.desk.path, name) or (releasing.releases_of(visit.desk.path) / name).exists():
        raise Stale(f"There is a release {name!r} already. Releases are never changed; choose another name.")
    formats = tuple(dict.fromkeys(asked.formats.split()))
    if strange := [each for each in formats if each not in FORMATS]:
        raise BadRequest(f"formats={strange[0]!r} is none of {', '.join(FORMATS)}.")
    job = _job(visit, asked, kind="release", formats=formats, file=name, name=name, note=asked.note)
    before = max((each.manifest.incidents for each in releasing.every(visit.desk.path)), default=0)
    found = visit.desk.jobs.start(job, at_once=_is_small(visit, job) and before <= _AT_ONCE)
    visit.desk.people.note(visit.who, "release", name)
    return Done(next=f"/exports/{job.id}", made=_job_row(found))


def release_page(visit: Visit) -> Dict:
    release = _release(visit)
    made = release.manifest
    changelog = _lines(release.folder / "changelog.txt")
    return {
        "release": _release_row(release),
        "manifest": plain(made),
        "citation": releasing.citation(release),
        "files": [
            {**plain(each), "page": f"/releases/{made.name}/{each.name}"} for each in made.files
        ],
        "whole": f"/releases/{made.name}/{releasing.MANIFEST}",
        "sums": f"/releases/{made.name}/{releasing.SUMS}",
        "changelog": changelog[:_LINES],
        "more_changes": max(0, len(changelog) - _LINES),
        "altered": releasing.altered(release) if visit.query.check else None,
        "before": f"/releases/{made.before.name}" if made.before else None,
    }  # fmt: skip


class Check(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`check` reads all files again and compares them with their SHA-256."""

    check: bool = False


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").splitlines()
    except OSError:
        return []


def _release(visit: Visit) -> releasing.Release:
    found = releasing.one(visit.desk.path, visit.path["name"])
    if found is None:
        raise NotFound(f"There is no release {visit.path['name'][:60]!r}; /exports lists them.")
    return found


def release_file(visit: Visit) -> Response:
    release, name = _release(visit), visit.path["file"]
    known = {each.name for each in release.manifest.files} | {releasing.MANIFEST, releasing.SUMS}
    if name not in known:
        raise NotFound("This release has no such file.")
    # Names of files that all releases have say whose they are.
    own = name if name.startswith(release.manifest.name) else f"{release.manifest.name}-{name}"
    return _attached(release.folder / name, own)


PAGES = (
    Page(
        path="/exports", name="exports", title="Exports and releases", make=exports_page, query=Filters,
        nav=Nav(label="Exports", place=80, key="x"),
    ),
    Page(path="/exports/{id}", name="export", title="An export, with what its format cannot hold", make=export_page),
    Page(path="/releases/{name}", name="release", title="A release: files, checksums, what changed", make=release_page,
         query=Check),
)  # fmt: skip
ACTIONS = (
    Action(path="/exports", name="make_export", title="Make an export", run=make_export, role="reader", scope="read",
           fields=Asked),
    Action(path="/releases", name="make_release", title="Freeze a release", run=make_release, role="editor",
           scope="decide", fields=Frozen),
)  # fmt: skip
REPLIES = (
    Reply(path="/exports/{id}/{file}", name="export_file", title="A file of an export", make=export_file),
    Reply(path="/releases/{name}/{file}", name="release_file", title="A file of a release", make=release_file),
)

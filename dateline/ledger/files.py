"""Original bytes, kept by their SHA-256 in a folder beside the database: `x.db.files/ab/abcdef…`.

A file is there in full or not at all: it is written under another name, flushed to the disk and then renamed. A crash
can leave a file that no row names yet (harmless: the next add uses it), never a row without its file.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex

from dateline.errors import LedgerDamaged, LedgerError, LedgerFull

# What the system says when there is no room: a full disk, a quota used up, a file larger than allowed.
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class KeptFiles:
    """The folder of original bytes beside one ledger."""

    def __init__(self, database: Path) -> None:
        self.folder = database.with_name(database.name + ".files")

    def path_of(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def keep(self, raw: bytes) -> str:
        """Keep `raw` so that it outlives a power cut; return its SHA-256. Bytes that are kept already are left alone.

        Raises:
            LedgerFull: the disk has no room.
            LedgerError: the folder cannot be written.
        """
        digest = sha256(raw).hexdigest()
        path = self.path_of(digest)
        with _plain_errors(path):
            if not path.exists():
                self._make_folder(path.parent)
                _write_whole(path, raw)
            # Also where another process renamed it a moment ago: its name must be on the disk before our row is.
            _flush_folder(path.parent)
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes kept under `digest`.

        Raises:
            LedgerDamaged: they are gone, or are not the ones that were kept.
        """
        path = self.path_of(digest)
        try:
            raw = path.read_bytes()
        except FileNotFoundError as error:
            raise LedgerDamaged(f"{path}: the kept original is missing; restore it from a backup") from error
        except OSError as error:
            raise LedgerError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
        if sha256(raw).hexdigest() != digest:
            raise LedgerDamaged(f"{path}: the kept original was altered; restore it from a backup")
        return raw

    def problem_with(self, digest: str) -> str | None:
        """What is wrong with the file kept under `digest`, or None."""
        path = self.path_of(digest)
        try:
            with path.open("rb") as file:
                found = file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return f"the kept original {path} is missing"
        except OSError as error:
            return f"the kept original {path} cannot be read ({error.strerror})"
        return None if found == digest else f"the kept original {path} was altered: its sha256 is {found[:12]}…"

    def _make_folder(self, folder: Path) -> None:
        for new in (self.folder, folder):
            if not new.is_dir():
                new.mkdir(exist_ok=True)
                _flush_folder(new.parent)


def _write_whole(path: Path, raw: bytes) -> None:
    unfinished = path.with_name(f".{path.name[:16]}-{os.getpid()}-{token_hex(4)}.part")
    try:
        with unfinished.open("xb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


def _flush_folder(folder: Path) -> None:
    """Put a folder's names on the disk; a system that cannot open a folder (Windows) does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise LedgerFull(
                f"{path.parent.parent}: no room to keep the original ({error.strerror}); free some and add again"
            ) from error
        raise LedgerError(f"{path}: cannot be written ({error.strerror}); check the folder's permissions") from error

"""Everything that can go wrong in a way a caller may want to handle.

DatelineError
├── InputError       the caller gave something unusable             (also a ValueError)
│   └── NoArticle    a page was read and holds no article
├── FetchError       an address did not answer, or answered with something unusable
├── ResourceError    a table or weight file is missing or was altered
├── LedgerError      the database is locked, newer than this code, or damaged
│   ├── LedgerLocked
│   ├── LedgerNewer
│   ├── LedgerDamaged
│   └── LedgerFull   the disk under the ledger has no room left
└── ExportError      a record cannot be written in that format

Each message says what is wrong, where, and what to do, in one line: it is what a user of the command line sees.
"""


class DatelineError(Exception):
    """Base of every error that Dateline raises on purpose."""


class InputError(DatelineError, ValueError):
    """The caller gave something that cannot be read as a report."""


class NoArticle(InputError):
    """A page was read and nothing in it looks like an article."""


class FetchError(DatelineError):
    """An address did not answer, or answered with something that is not a page."""


class ResourceError(DatelineError):
    """A table or weight file is missing or is not the one its label names."""


class LedgerError(DatelineError):
    """The ledger cannot be opened, read or written."""


class LedgerLocked(LedgerError):
    """Another program holds the ledger for longer than we are willing to wait."""


class LedgerNewer(LedgerError):
    """The ledger was written by a later version of Dateline."""


class LedgerDamaged(LedgerError):
    """The ledger's file is not a database, or its rows do not follow the hash chain."""


class LedgerFull(LedgerError):
    """The disk has no room for what was to be written."""


class ExportError(DatelineError):
    """A record cannot be written in the format asked for."""

"""What is the matter when the database refuses: by the code of Postgres, never by its words, which quote values.

Source: PostgreSQL documentation, appendix A, "PostgreSQL Error Codes"; the first two characters are the class.
"""

import errno
from collections.abc import Iterator
from enum import StrEnum

import psycopg
from django.db import DataError, Error, InterfaceError, OperationalError, connection
from django.utils.translation import gettext as _


class Trouble(StrEnum):
    """What it means for who asked."""

    AWAY = "away"  # the server is down, starting, out of reach, or has no connection left
    BUSY = "busy"  # the query took too long, or stood in the way of another
    FULL = "full"  # no room is left, on a disk or in memory
    READ_ONLY = "read_only"  # a standby, or set so: it can be read
    UNUSABLE = "unusable"  # a value that no column takes: what was sent is at fault


_BY_CODE = {
    "53300": Trouble.AWAY,  # too many connections
    "25P03": Trouble.AWAY,  # cut off for doing nothing in a transaction
    "57014": Trouble.BUSY,  # statement_timeout
    "55P03": Trouble.BUSY,  # lock_timeout
    "40P01": Trouble.BUSY,  # deadlock
    "40001": Trouble.BUSY,  # could not be put in a row with others
    "25006": Trouble.READ_ONLY,
}
# Connection exceptions, shutdown and crash, the system around the server; insufficient resources; data exceptions.
_BY_CLASS = {
    "08": Trouble.AWAY,
    "57P": Trouble.AWAY,
    "58": Trouble.AWAY,
    "53": Trouble.FULL,
    "22": Trouble.UNUSABLE,
}
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def trouble_of(error: BaseException | None) -> Trouble | None:
    """None for what is no fault of the database's, and for faults of our own, such as wrong SQL."""
    return next((found for one in _chain(error) if (found := _of(one))), None)


def sqlstate_of(error: BaseException | None) -> str:
    """The code of Postgres; empty where there is none."""
    return next((code for one in _chain(error) if (code := getattr(one, "sqlstate", None))), "")


def reason_of(error: BaseException) -> str:
    """Why an import or another command ended, and what to do: a sentence, and none of the error's own words."""
    told = {
        Trouble.AWAY: _("The database went away. Once it is back, run the same command again."),
        Trouble.BUSY: _("The database was too busy to answer in time. Run the same command again."),
        Trouble.FULL: _("There is no room left on the disk, or in memory. Make room, then run the same command again."),
        Trouble.READ_ONLY: _("The database takes no changes. Make it writable, then run the same command again."),
    }
    trouble = trouble_of(error)
    sentence = told.get(trouble) if trouble else None
    return sentence or _("The program failed: %(kind)s. The log says where.") % {"kind": type(error).__name__}


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and those that it was raised from or in the handling of."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _of(error: BaseException) -> Trouble | None:
    if isinstance(error, OSError):
        return Trouble.FULL if error.errno in _NO_ROOM else None
    if not isinstance(error, Error | psycopg.Error):
        return None
    code = getattr(error, "sqlstate", None) or getattr(error.__cause__, "sqlstate", None)
    if code:
        by_class = (found for start, found in _BY_CLASS.items() if code.startswith(start))
        return _BY_CODE.get(code) or next(by_class, None)
    if isinstance(error, DataError | psycopg.DataError):
        return Trouble.UNUSABLE
    if isinstance(error, InterfaceError | psycopg.InterfaceError):
        return Trouble.AWAY if connection.connection is None or connection.connection.closed else None
    # Without a code there was no server to give one.
    return Trouble.AWAY if isinstance(error, OperationalError | psycopg.OperationalError) else None

"""Connections to the catalogue's SQLite file, and SQLite's errors in our own terms."""

import errno
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.errors import DiskFullError, IndexBusyError, IndexDamagedError, IndexReadOnlyError

BUSY_TIMEOUT_SECONDS = 10.0
MOST_VALUES = 500
"""Values in one IN (...): SQLite allows 999 in its older builds."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
LEAST_ROOM_BYTES = 64 * 1024
NOT_WRITABLE = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_PERMISSIONS = "Change its permissions, or name another folder with `--home`."


@contextmanager
def storage_errors(home: Path) -> Iterator[None]:
    """Turn errors of SQLite and of the file system into the index's own.

    Raises:
        DiskFullError, IndexReadOnlyError, IndexBusyError, IndexDamagedError: in place of the original.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _database_error(home, error) from error
    except OSError as error:
        raise _file_error(home, error) from error


def _database_error(home: Path, error: sqlite3.DatabaseError) -> Exception:
    name = getattr(error, "sqlite_errorname", None) or ""
    if name.startswith("SQLITE_FULL") or "ENOSPC" in name:
        return disk_full(home)
    if name.startswith(("SQLITE_READONLY", "SQLITE_AUTH")):
        return read_only(home)
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_PERM")):
        return IndexReadOnlyError(f"The index in {home} cannot be opened.", _PERMISSIONS)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return IndexBusyError(f"The index in {home} is being written to.", "Try again in a moment.")
    if name.startswith("SQLITE_IOERR"):
        return disk_full(home) if _has_no_room(home) else _not_working(home, name)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return damaged(home, str(error))
    return error


def _file_error(home: Path, error: OSError) -> Exception:
    if error.errno in NO_ROOM:
        return disk_full(home)
    if error.errno in NOT_WRITABLE:
        return read_only(home)
    return _not_working(home, error.strerror or str(error))


def _has_no_room(home: Path) -> bool:
    """Whether SQLite cannot even make the file that it shares among readers: it calls that an input error."""
    return shutil.disk_usage(home).free < LEAST_ROOM_BYTES


def _not_working(home: Path, what: str) -> IndexDamagedError:
    return IndexDamagedError(
        f"Reading or writing the index in {home} failed ({what}).", "Check that the disk works and has room."
    )


def storable(text: str) -> str:
    """The text with "?" for what UTF-8 cannot hold (half of a surrogate pair), which SQLite refuses."""
    return text.encode("utf-8", "replace").decode("utf-8")


def disk_full(home: Path) -> DiskFullError:
    """The error for a disk without room."""
    return DiskFullError(
        f"The disk that holds the index in {home} is full; nothing that was there before is lost.",
        "Free some space and run the same command again.",
    )


def read_only(home: Path) -> IndexReadOnlyError:
    """The error for a folder that cannot be written to."""
    return IndexReadOnlyError(f"The index folder {home} cannot be written to.", _PERMISSIONS)


def damaged(home: Path, what: str) -> IndexDamagedError:
    """The error for a catalogue that SQLite cannot read."""
    return IndexDamagedError(
        f"The catalogue of the index in {home} is damaged ({what}).",
        "Restore the folder from a copy, or remove it and ingest the articles again.",
    )


class Database:
    """One SQLite file; every thread has a connection of its own, which is closed some time after its end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._open: dict[threading.Thread, sqlite3.Connection] = {}
        self._lock = threading.Lock()

    @property
    def connection(self) -> sqlite3.Connection:
        """The calling thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            with storage_errors(self.path.parent):
                found = self._connect()
            self._local.connection = found
            self._keep(found)
        return found

    def _keep(self, connection: sqlite3.Connection) -> None:
        """Remember the calling thread's new connection, and close those of threads that have ended."""
        with self._lock:
            for thread in [one for one in self._open if not one.is_alive()]:
                self._open.pop(thread).close()
            self._open[threading.current_thread()] = connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._address(),
            uri=True,
            timeout=BUSY_TIMEOUT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def _address(self) -> str:
        """The file as a URI; where nothing can be written, SQLite is told not to look for a log."""
        address = self.path.absolute().as_uri()
        if os.access(self.path.parent, os.W_OK):
            return address
        log = self.path.with_name(f"{self.path.name}-wal")
        logged = log.exists() and log.stat().st_size > 0
        return f"{address}?mode=ro" if logged else f"{address}?immutable=1"

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection within one snapshot of the database; nests."""
        connection = self.connection
        with storage_errors(self.path.parent):
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection within one write transaction: committed at the end, rolled back on any exception."""
        connection = self.connection
        with storage_errors(self.path.parent):
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            connections, self._open = self._open, {}
        for connection in connections.values():
            connection.close()
        self._local = threading.local()

"""The one writer lock of an index: a file lock that the system lets go of when its holder dies."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.database import storage_errors
from vectorstore.errors import IndexBusyError

LOCK_FILE = "writer.lock"
PID_FILE = "writer.pid"
WAIT_SECONDS = 3.0


@contextmanager
def writer_lock(home: Path, wait_seconds: float | None = None) -> Iterator[None]:
    """Be the index's only writer.

    Raises:
        IndexBusyError: another writer has held the lock all through `wait_seconds` (`WAIT_SECONDS`).
    """
    from filelock import FileLock, Timeout

    lock = FileLock(home / LOCK_FILE, thread_local=False)
    with storage_errors(home):
        try:
            lock.acquire(timeout=WAIT_SECONDS if wait_seconds is None else wait_seconds)
        except Timeout as error:
            raise IndexBusyError(
                f"Another process ({_holder(home)}) is writing to the index in {home}.",
                "Wait for it to finish, or stop it; questions can be asked meanwhile.",
            ) from error
    try:
        with storage_errors(home):
            (home / PID_FILE).write_text(str(os.getpid()), "ascii")
        yield
    finally:
        lock.release()


def _holder(home: Path) -> str:
    try:
        return f"pid {(home / PID_FILE).read_text('ascii')}"
    except OSError:
        return "its pid is not known"

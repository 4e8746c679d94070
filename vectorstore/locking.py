"""The one writer lock of an index: a file lock that the system lets go of when its holder dies."""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore.database import storage_errors
from vectorstore.errors import IndexBusyError

if TYPE_CHECKING:
    from filelock import FileLock

LOCK_FILE = "writer.lock"
HOLDER_FILE = "writer.json"
WAIT_SECONDS = 3.0
TOLD_AFTER_SECONDS = 1.0
"""A writer that has waited for so long is told for whom."""
LONGEST_COMMAND = 200


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that writes to an index.

    Attributes:
        since: ISO 8601, with the time zone.
        command: what it was called with, at most `LONGEST_COMMAND` characters.
    """

    pid: int
    since: str
    command: str

    @classmethod
    def this_process(cls, command: str = "") -> "Holder":
        """The holder that this process is."""
        words = command or " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])
        return cls(os.getpid(), datetime.now(UTC).isoformat(timespec="seconds"), words[:LONGEST_COMMAND])

    def __str__(self) -> str:
        return f"pid {self.pid}, since {self.since}: {' '.join(self.command.split()) or 'unknown command'}"


@contextmanager
def writer_lock(
    home: Path,
    wait_seconds: float | None = None,
    *,
    command: str = "",
    waiting: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Be the index's only writer.

    Args:
        home: the index's folder.
        wait_seconds: how long to wait for another writer; `WAIT_SECONDS` by default.
        command: what to tell others that wait; by default how this process was called.
        waiting: told once, in one line, for whom this one waits.

    Raises:
        IndexBusyError: another writer has held the lock all through `wait_seconds`.
    """
    from filelock import FileLock

    lock = FileLock(home / LOCK_FILE, thread_local=False)
    _acquire(lock, home, WAIT_SECONDS if wait_seconds is None else wait_seconds, waiting)
    try:
        with storage_errors(home):
            holder = json.dumps(asdict(Holder.this_process(command)))
            (home / HOLDER_FILE).write_text(holder, "utf-8")
        yield
    finally:
        lock.release()


def holder_of(home: Path) -> Holder | None:
    """Who wrote to the index last, or writes now; None where that is not known."""
    try:
        return Holder(**json.loads((home / HOLDER_FILE).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _acquire(
    lock: "FileLock", home: Path, wait_seconds: float, waiting: Callable[[str], None] | None
) -> None:
    from filelock import Timeout

    end = time.monotonic() + wait_seconds
    first = min(wait_seconds, TOLD_AFTER_SECONDS)
    with storage_errors(home):
        try:
            lock.acquire(timeout=first)
        except Timeout:
            if waiting is not None:
                waiting(f"waiting for another process to finish writing ({_holder_text(home)})")
        else:
            return
        try:
            lock.acquire(timeout=max(0.0, end - time.monotonic()))
        except Timeout as error:
            raise IndexBusyError(
                f"Another process ({_holder_text(home)}) is writing to the index in {home}.",
                "Wait for it to finish, or stop it; questions can be asked meanwhile.",
            ) from error


def _holder_text(home: Path) -> str:
    holder = holder_of(home)
    return "its pid is not known" if holder is None else str(holder)

"""Leaving no trace of an article in any file of an index, once it is removed."""

import os
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from vectorstore.catalogue import Catalogue
from vectorstore.database import storage_errors
from vectorstore.errors import IndexBusyError, IndexDamagedError
from vectorstore.progress import IngestProgress, SilentProgress
from vectorstore.upkeep import rebuild

UPLOADS_FOLDER = "uploads"
"""In the home of an index: copies of files that were handed over, which belong to the index."""

SETTING = "erasing"
"""In the catalogue's settings while traces of removed articles may be left: the next writer goes on."""

GOES_ON = "The articles are removed; the next command that writes erases their last traces."


def begin_erasing(connection: sqlite3.Connection) -> None:
    """Note that articles are removed for good; in the transaction that removes the first of them."""
    connection.execute("INSERT OR REPLACE INTO settings VALUES (?, '1')", (SETTING,))


def is_erasing(catalogue: Catalogue) -> bool:
    """Whether traces of removed articles may be left."""
    with catalogue.database.reading() as connection:
        row = connection.execute("SELECT 1 FROM settings WHERE key = ?", (SETTING,)).fetchone()
    return row is not None


def finish_erasing(catalogue: Catalogue) -> None:
    """Overwrite what deleted rows have left, when the derived stores have been made anew.

    Only then is it no longer noted that traces may be left: what fails here is done by the next writer.

    Raises:
        IndexBusyError: a reader holds on to the log.
        DiskFullError: there is no room for the new file.
    """
    database = catalogue.database
    home = database.path.parent
    with storage_errors(home):
        database.connection.execute("VACUUM")
        held, _, _ = database.connection.execute("PRAGMA wal_checkpoint (TRUNCATE)").fetchone()
    if held:
        raise IndexBusyError(f"Another process reads the index in {home} and holds on to its log.", GOES_ON)
    with database.writing() as connection:
        connection.execute("DELETE FROM settings WHERE key = ?", (SETTING,))


def rebuild_elsewhere(home: Path, progress: IngestProgress) -> None:
    """Make the derived stores anew in a process that has never seen what was removed.

    The files of Chroma's index have unused room, which it fills with whatever lies in the process's memory:
    the id of a removed article was found there. The caller holds the writer lock.

    Raises:
        IndexDamagedError: it cannot be done.
    """
    command = [sys.executable, "-P", "-m", "vectorstore.erasing", str(home)]
    paths = [str(Path(__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as errors,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        for line in process.stdout or ():
            if line.strip().isdigit():
                progress.passages(int(line))
        process.wait()
        errors.seek(0)
        told = errors.read()
    if process.returncode != 0:
        reason = told.strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        raise IndexDamagedError(
            f"What is derived from the catalogue in {home} cannot be made anew: {reason[0]}.",
            GOES_ON,
        )


class _PrintedProgress(SilentProgress):
    """Tells the process that waits how many passages are done."""

    def passages(self, count: int) -> None:
        print(count, flush=True)


def delete_own_file(home: Path, location: str) -> None:
    """Delete the copy that an article was made of, where it is one of the index's uploads.

    An archive goes with the first of its articles that does: it holds the text of that one too.
    """
    parts = urlsplit(location)
    uploads = (home / UPLOADS_FOLDER).resolve()
    path = Path(url2pathname(parts.path)).resolve()
    if parts.scheme != "file" or path == uploads or not path.is_relative_to(uploads):
        return
    (uploads / path.relative_to(uploads).parts[0]).unlink(missing_ok=True)


def _main(home: Path) -> None:
    catalogue = Catalogue.open(home)
    try:
        rebuild(catalogue, home, _PrintedProgress())
    finally:
        catalogue.close()


if __name__ == "__main__":
    _main(Path(sys.argv[1]))

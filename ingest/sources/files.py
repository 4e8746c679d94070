"""Reading one file, and a source that is one file."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.archives import DEFAULT_LIMITS, count_in, documents_in, is_archive
from ingest.document import RawDocument, ReadFailure
from ingest.sources.source import SourceOptions

MOST_COUNTED_BYTES = 2_000_000_000
"""Of a file whose lines are counted beforehand, for the progress: it takes a second or two."""

_ONE_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class FileSource:
    """One file: a document, or an archive of many."""

    path: Path
    options: SourceOptions
    skipped: int = 0

    @property
    def key(self) -> str:
        """The file's own location, with a "/" at its end if it is an archive."""
        location = file_location(self.path)
        return f"{location}/" if is_archive(self.path.name) else location

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        """Yield the file, or what is in it."""
        yield from documents_of(self.path, self.path.name, self.options)

    def count_hint(self) -> int | None:
        """One; for an archive what its kind can tell without being read whole, else None."""
        return count_of(self.path, self.options) if is_archive(self.path.name) else 1


def file_location(path: Path) -> str:
    """The location of a file: its absolute path as a `file:` address.

    Bytes outside ASCII are percent-encoded, so that a name in any encoding is plain text.
    """
    return path.absolute().as_uri()


def documents_of(path: Path, name: str, options: SourceOptions) -> Iterator[RawDocument | ReadFailure]:
    """The document that a file is, or the documents that are in it; what cannot be read is a failure.

    Args:
        name: what a person would call it; its suffix tells what it is.
    """
    if not is_archive(name):
        yield read_file(path, name=name, max_bytes=options.max_bytes)
        return
    location = file_location(path)
    limits = replace(DEFAULT_LIMITS, document_bytes=options.max_bytes)
    try:
        problem = _problem(path, options.max_archive_bytes)
        if problem is not None:
            yield ReadFailure(location, problem)
            return
        with path.open("rb") as file:
            yield from documents_in(
                file, name, location, datetime.now(UTC), limits=limits, fields=options.fields
            )
    except OSError as error:
        yield ReadFailure(location, plain_reason(path, error))


def count_of(path: Path, options: SourceOptions) -> int | None:
    """How many documents are in an archive; None where that is not known, or would take long to tell."""
    try:
        if _problem(path, min(options.max_archive_bytes, MOST_COUNTED_BYTES)) is not None:
            return None
        with path.open("rb") as file:
            return count_in(file, path.name, replace(DEFAULT_LIMITS, document_bytes=options.max_bytes))
    except OSError:  # reading it will tell
        return None


def read_file(path: Path, *, name: str, max_bytes: int) -> RawDocument | ReadFailure:
    """Read a whole file; one that is too large, empty, special or unreadable is a failure with its reason."""
    location = file_location(path)
    try:
        problem = _problem(path, max_bytes)
        if problem is not None:
            return ReadFailure(location, problem)
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        return ReadFailure(location, plain_reason(path, error))
    if len(data) > max_bytes:
        return ReadFailure(location, _too_large(len(data), max_bytes))
    if not data:
        return ReadFailure(location, "The file is empty.")
    return RawDocument(location=location, name=name, data=data, retrieved_at=datetime.now(UTC))


def _problem(path: Path, max_bytes: int) -> str | None:
    """Why a file is not even opened."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        return "It is not a regular file."
    return _too_large(status.st_size, max_bytes) if status.st_size > max_bytes else None


def _too_large(size: int, max_bytes: int) -> str:
    return (
        f"The file has {size / _ONE_MEGABYTE:,.1f} MB; the largest that is read has "
        f"{max_bytes / _ONE_MEGABYTE:,.1f} MB. Cut it into smaller files."
    )


def plain_reason(path: Path, error: OSError) -> str:
    """Why a file or folder cannot be read, as a sentence."""
    if isinstance(error, FileNotFoundError):
        return "The link leads nowhere." if path.is_symlink() else "The file has gone."
    what = "folder" if os.path.isdir(path) else "file"
    if isinstance(error, PermissionError):
        return f"The {what} may not be read (permission denied). Check its permissions."
    return f"The {what} cannot be read: {os.strerror(error.errno) if error.errno else error}."

"""Reading one file, and a source that is one file."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.document import RawDocument, ReadFailure
from ingest.sources.source import SourceOptions

_ONE_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class FileSource:
    """One file."""

    path: Path
    options: SourceOptions
    skipped: int = 0

    @property
    def key(self) -> str:
        """The file's own location."""
        return file_location(self.path)

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        """Yield the file."""
        yield read_file(self.path, name=self.path.name, max_bytes=self.options.max_bytes)

    def count_hint(self) -> int:
        """One."""
        return 1


def file_location(path: Path) -> str:
    """The location of a file: its absolute path as a `file:` address.

    Bytes outside ASCII are percent-encoded, so that a name in any encoding is plain text.
    """
    return path.absolute().as_uri()


def read_file(path: Path, *, name: str, max_bytes: int) -> RawDocument | ReadFailure:
    """Read a whole file; one that is too large, empty, special or unreadable is a failure with its reason."""
    location = file_location(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return ReadFailure(location, "It is not a regular file.")
        if status.st_size > max_bytes:
            return ReadFailure(location, _too_large(status.st_size, max_bytes))
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except OSError as error:
        return ReadFailure(location, plain_reason(path, error))
    if len(data) > max_bytes:
        return ReadFailure(location, _too_large(len(data), max_bytes))
    if not data:
        return ReadFailure(location, "The file is empty.")
    return RawDocument(location=location, name=name, data=data, retrieved_at=datetime.now(UTC))


def _too_large(size: int, max_bytes: int) -> str:
    return (
        f"The file has {size / _ONE_MEGABYTE:,.1f} MB; the largest that is read has "
        f"{max_bytes / _ONE_MEGABYTE:,.1f} MB."
    )


def plain_reason(path: Path, error: OSError) -> str:
    """Why a file or folder cannot be read, as a sentence."""
    if isinstance(error, FileNotFoundError):
        return "The link leads nowhere." if path.is_symlink() else "The file has gone."
    if isinstance(error, PermissionError):
        return "The file may not be read (permission denied)."
    return f"The file cannot be read: {os.strerror(error.errno) if error.errno else error}."

"""From a stream to the documents in it: archives, and archives within archives, down to documents."""

import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import PurePosixPath
from typing import BinaryIO

from ingest.archives.archive import Archive, Documents, Opening
from ingest.archives.limits import DEFAULT_LIMITS, ArchiveLimitError, Budget, Limits, Unpacked
from ingest.document import RawDocument, ReadFailure
from ingest.errors import FootnoteError
from ingest.formats import supported_suffixes

_ONE_MEGABYTE = 1_000_000
_DAMAGE = (
    *(OSError, EOFError, ValueError, LookupError, RuntimeError),
    *(zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError),
)
"""What the libraries that unpack raise for files that are damaged, cut off or locked."""


@cache
def archives() -> tuple[Archive, ...]:
    """Every kind of archive."""
    from ingest.archives import csv_rows, json_lines, mbox, packed, tar, warc, zip_archive

    return (
        zip_archive.ARCHIVE,
        tar.ARCHIVE,
        *packed.ARCHIVES,
        warc.ARCHIVE,
        mbox.ARCHIVE,
        json_lines.ARCHIVE,
        csv_rows.ARCHIVE,
    )


def is_archive(name: str, media_type: str | None = None) -> bool:
    """Whether a file of that name, or of that media type, is an archive."""
    return archive_of(name, media_type) is not None


def archive_of(name: str, media_type: str | None = None) -> Archive | None:
    """The kind of archive that a name's suffix, or else a media type, tells; None for no archive."""
    suffix = PurePosixPath(name).suffix.lower()
    named = (one for one in archives() if suffix in one.suffixes)
    typed = (one for one in archives() if media_type in one.media_types)
    return next(named, None) or (None if suffix in supported_suffixes() else next(typed, None))


def count_in(stream: BinaryIO, name: str, limits: Limits = DEFAULT_LIMITS) -> int | None:
    """How many documents an archive holds; None where only reading it all would tell."""
    archive = archive_of(name)
    return archive.count(stream, limits.document_bytes) if archive and archive.count else None


def is_readable(name: str) -> bool:
    """Whether a file of that name is a document or an archive."""
    path = PurePosixPath(name)
    archive = archive_of(name)
    if archive is not None and archive.wraps:
        return is_readable(path.stem)
    return archive is not None or path.suffix.lower() in supported_suffixes()


def readable_suffixes() -> frozenset[str]:
    """The suffixes of documents and archives, in lower case, with the dot."""
    return supported_suffixes().union(*(one.suffixes for one in archives()))


def documents_in(
    stream: BinaryIO,
    name: str,
    location: str,
    retrieved_at: datetime,
    *,
    media_type: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    fields: Mapping[str, str] | None = None,
) -> Iterator[RawDocument | ReadFailure]:
    """Every document in an archive, in the archive's order, or why one cannot be read.

    Args:
        stream: the archive's bytes, from their beginning.
        name: what a person would call it; its suffix tells what kind it is.
        location: what the locations of its documents begin with.
        retrieved_at: when it was read, with a time zone.
        media_type: what kind it is where the name does not tell.
        limits: how much may come out of it.
        fields: for tables and JSON lines, names of a row's fields by what they hold ("text": "body").
    """
    opening = Opening(location, name, retrieved_at, Budget(limits), fields or {})
    archive = archive_of(name, media_type)
    if archive is None:
        yield ReadFailure(location, "It is no archive that can be read.")
        return
    yield from _guarded(archive, stream, opening)


def member_documents(stream: BinaryIO, name: str, opening: Opening) -> Documents:
    """What a member of an archive is or holds: one document, or those of an archive within it."""
    archive = archive_of(name)
    if archive is None:
        yield member_document(stream, name, opening)
    elif opening.depth + 1 >= opening.budget.limits.depth and not archive.wraps:
        yield opening.failure(name, "It is an archive within archives, deeper than is read.")
    else:
        yield from _guarded(archive, stream, opening.below(name))


def member_document(stream: BinaryIO, name: str, opening: Opening) -> RawDocument | ReadFailure:
    """A member as a document; one that is empty, too large or damaged is a failure.

    Raises:
        ArchiveLimitError: too much has come out of the archive.
    """
    most = opening.budget.limits.document_bytes
    try:
        data = stream.read(most + 1)
    except ArchiveLimitError:
        raise
    except _DAMAGE as error:
        return opening.failure(name, f"It cannot be unpacked: {_reason(error)}.")
    if len(data) > most:
        return opening.failure(
            name, f"It has more than {most / _ONE_MEGABYTE:,.0f} MB, the most that a document may have."
        )
    if not data:
        return opening.failure(name, "The file is empty.")
    return RawDocument(opening.location_of(name), f"{opening.name}/{name}", data, opening.retrieved_at)


def counted(stream: BinaryIO, opening: Opening, packed: "io.IOBase | None" = None) -> io.BufferedReader:
    """A member's stream, counted; `packed` is the stream of the bytes that it is unpacked from."""
    consumed = None if packed is None else packed.tell
    return io.BufferedReader(Unpacked(stream, opening.budget, consumed))


def _guarded(archive: Archive, stream: BinaryIO, opening: Opening) -> Documents:
    """The documents of an archive; damage ends it and is a failure of its own."""
    try:
        yield from archive.documents(stream, opening)
    except FootnoteError as error:
        yield ReadFailure(opening.location, str(error))
    except _DAMAGE as error:
        yield ReadFailure(
            opening.location,
            f"The {archive.name} is damaged or cut off: {_reason(error)}; the rest is not read.",
        )


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")[:160] or type(error).__name__

"""ZIP archives, by way of `zipfile`; nothing is unpacked to the disk, but for an archive within one."""

import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from ingest.archives.archive import Archive, Documents, Opening
from ingest.archives.expanding import counted, is_readable, member_documents
from ingest.archives.naming import is_hidden, problem_with
from ingest.document import ReadFailure

IN_MEMORY_BYTES = 20_000_000
"""A ZIP archive within another one is kept in memory up to this size, then in a temporary file."""

_LOCKED = 0x1


def documents(stream: BinaryIO, opening: Opening) -> Documents:
    """Every readable member, in the archive's order."""
    if stream.seekable():
        yield from _members(stream, opening)
        return
    with tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES) as copy:
        shutil.copyfileobj(stream, copy)
        yield from _members(cast("BinaryIO", copy), opening)


def _members(stream: BinaryIO, opening: Opening) -> Documents:
    seen: set[str] = set()
    with zipfile.ZipFile(stream) as archive:
        for entry in archive.infolist():
            opening.budget.take_member()
            if entry.is_dir() or is_hidden(entry.filename):
                continue
            problem = _problem(entry, seen)
            seen.add(entry.filename)
            if problem is not None:
                yield opening.failure(entry.filename, problem)
            elif is_readable(entry.filename):
                yield from _member(archive, entry, opening)


def _problem(entry: zipfile.ZipInfo, seen: set[str]) -> str | None:
    if entry.flag_bits & _LOCKED:
        return "It is locked with a password."
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "It is a link; links in an archive are not followed."
    if entry.filename in seen:
        return "The archive has a file of this name already."
    return problem_with(entry.filename)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, opening: Opening) -> Iterator:  # type: ignore[type-arg]
    limits = opening.budget.limits
    if entry.file_size > limits.ratio_from_bytes and entry.file_size > limits.ratio * entry.compress_size:
        yield opening.failure(
            entry.filename, f"It unpacks to more than {limits.ratio} times its size (a bomb, or damage)."
        )
        return
    try:
        with archive.open(entry) as member, counted(cast("BinaryIO", member), opening) as stream:
            yield from member_documents(cast("BinaryIO", stream), entry.filename, opening)
    except (zipfile.BadZipFile, NotImplementedError, zlib.error) as error:
        yield ReadFailure(opening.location_of(entry.filename), f"It cannot be unpacked: {error}.")


ARCHIVE = Archive("ZIP archive", (".zip",), documents, ("application/zip", "application/x-zip-compressed"))

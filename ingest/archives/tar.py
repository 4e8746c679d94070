"""Tar archives, plain or packed, by way of `tarfile`; nothing is unpacked to the disk."""

import tarfile
from typing import BinaryIO, cast

from ingest.archives.archive import Archive, Documents, Opening
from ingest.archives.expanding import counted, is_readable, member_documents
from ingest.archives.naming import is_hidden, problem_with


def documents(stream: BinaryIO, opening: Opening) -> Documents:
    """Every readable member, in the archive's order. Links, devices and the like are failures."""
    seen: set[str] = set()
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for entry in archive:
            opening.budget.take_member()
            name = entry.name.removeprefix("./")
            if entry.isdir() or is_hidden(name):
                continue
            problem = _problem(entry, name, seen)
            seen.add(name)
            if problem is not None:
                yield opening.failure(name, problem)
                continue
            member = archive.extractfile(entry) if is_readable(name) else None
            if member is not None:
                with counted(cast("BinaryIO", member), opening) as unpacked:
                    yield from member_documents(cast("BinaryIO", unpacked), name, opening)


def _problem(entry: tarfile.TarInfo, name: str, seen: set[str]) -> str | None:
    if entry.issym() or entry.islnk():
        return "It is a link; links in an archive are not followed."
    if not entry.isreg():
        return "It is not a regular file."
    if name in seen:
        return "The archive has a file of this name already."
    return problem_with(name)


ARCHIVE = Archive("tar archive", (".tar",), documents, ("application/x-tar",))

"""Which files lie below a folder."""

import os
import stat
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from ingest.document import ReadFailure
from ingest.sources.files import file_location, plain_reason
from ingest.sources.patterns import Selection


@dataclass(frozen=True, slots=True)
class Listing:
    """Paths relative to the folder, with "/", sorted; and the folders that could not be listed."""

    names: tuple[str, ...]
    failures: tuple[ReadFailure, ...]


def list_folder(root: Path, selection: Selection) -> Listing:
    """List the wanted files below `root`.

    Links are followed after everything that lies in the folder itself, and only to what was not listed
    already: a loop ends, and no file is listed under two names because of a link. A link that leads nowhere
    is listed as a file, so that reading it says so.
    """
    walk = _Walk(root, selection)
    walk.folder("")
    while walk.links:
        walk.link(walk.links.popleft())
    return Listing(
        tuple(sorted(walk.names)), tuple(sorted(walk.failures, key=lambda failure: failure.location))
    )


@dataclass(slots=True)
class _Walk:
    root: Path
    selection: Selection
    names: list[str] = field(default_factory=list)
    failures: list[ReadFailure] = field(default_factory=list)
    links: deque[str] = field(default_factory=deque)
    seen: set[tuple[int, int]] = field(default_factory=set)
    """Device and inode of every folder and file met so far."""

    def folder(self, name: str) -> None:
        """List a folder and all below it; links are put off."""
        pending = [name]
        while pending:
            folder = pending.pop()
            try:
                if self._is_new((self.root / folder).stat()):
                    pending += self._list_one(folder)
            except OSError as error:
                path = self.root / folder
                self.failures.append(ReadFailure(f"{file_location(path)}/", plain_reason(path, error)))

    def _list_one(self, folder: str) -> list[str]:
        """Take a folder's own files; return its folders."""
        below = []
        with os.scandir(self.root / folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                name = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_symlink():
                    self.links.append(name)
                elif entry.is_dir(follow_symlinks=False):
                    below += [name] if self.selection.wants_folder(name) else []
                elif self.selection.wants_file(name):
                    self._is_new(entry.stat(follow_symlinks=False))
                    self.names.append(name)
        return below[::-1]

    def link(self, name: str) -> None:
        """Follow a link."""
        try:
            status = (self.root / name).stat()
        except OSError:
            self.names += [name] if self.selection.wants_file(name) else []
            return
        if stat.S_ISDIR(status.st_mode):
            if self.selection.wants_folder(name):
                self.folder(name)
        elif self.selection.wants_file(name) and self._is_new(status):
            self.names.append(name)

    def _is_new(self, status: os.stat_result) -> bool:
        inode = (status.st_dev, status.st_ino)
        if inode in self.seen:
            return False
        self.seen.add(inode)
        return True

"""The files that were handed over, kept in the home folder so that they can be ingested again."""

import filecmp
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from ingest.errors import UsageError


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was handed over, where it is kept.

    Attributes:
        is_new: whether it was not kept before.
        notice: one line where it has another name than it was given, else "".
    """

    path: Path
    is_new: bool
    notice: str = ""

    def discard(self) -> None:
        """Remove the file, unless it was there before."""
        if self.is_new:
            self.path.unlink(missing_ok=True)


def keep_file(path: Path, name: str, folder: Path) -> KeptFile:
    """Copy a file into `folder`, under a name with a number where another file has its name already.

    The same file again is not copied.

    Args:
        path: where the file lies now.
        name: what the person called it; only its last part counts.

    Raises:
        UsageError: the name cannot be used.
    """
    plain = Path(name.replace("\\", "/")).name
    if plain in ("", ".", "..") or "\0" in plain:
        raise UsageError("The file has no usable name.", "Rename it and hand it over again.")
    folder.mkdir(parents=True, exist_ok=True)
    place = next(place for place in _places(folder, plain) if not place.exists() or _same(path, place))
    is_new = not place.exists()
    if is_new:
        _copy(path, place)
    beside = f"Another file is called {plain} too: this one is kept beside it, as {place.name}."
    return KeptFile(place, is_new, beside if place.name != plain else "")


def _copy(path: Path, place: Path) -> None:
    """Copy a file whole, or leave nothing behind."""
    try:
        shutil.copyfile(path, place)
    except BaseException:
        place.unlink(missing_ok=True)
        raise


def _places(folder: Path, name: str) -> Iterator[Path]:
    """The name, then the name with a number: notes.txt, notes (2).txt, notes (3).txt …"""
    plain = folder / name
    yield plain
    for number in count(2):
        yield plain.with_name(f"{plain.stem} ({number}){plain.suffix}")


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and filecmp.cmp(one, other, shallow=False)

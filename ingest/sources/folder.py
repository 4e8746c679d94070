"""A folder and everything below it as a source."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Self
from urllib.parse import unquote

from ingest.archives import is_archive, is_readable, readable_suffixes
from ingest.document import RawDocument, ReadFailure
from ingest.errors import SourceError
from ingest.sources.files import documents_of, file_location
from ingest.sources.listing import list_folder
from ingest.sources.patterns import Selection, wants
from ingest.sources.source import SourceOptions


@dataclass(frozen=True, slots=True)
class FolderSource:
    """The readable files of a folder, as they were when it was opened.

    Attributes:
        root: the folder, absolute and with links resolved.
        names: paths relative to `root`, with "/", sorted.
        unreadable: folders that could not be listed, with the reason.
        skipped_suffixes: how many files no format reads, by suffix ("" for none).
    """

    root: Path
    options: SourceOptions
    names: tuple[str, ...]
    unreadable: tuple[ReadFailure, ...] = ()
    skipped_suffixes: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def open(cls, root: Path, options: SourceOptions) -> Self:
        """List the folder.

        Raises:
            SourceError: there is no file in it that a format reads.
        """
        listing = list_folder(root, Selection.of(root, options))
        names = tuple(name for name in listing.names if is_readable(name))
        skipped = Counter(Path(name).suffix.lower() for name in listing.names if not is_readable(name))
        source = cls(root, options, names, listing.failures, skipped)
        if not names and not listing.failures:
            raise SourceError(
                f"There is nothing to read in {root}{_skipped_text(skipped)}.", _advice(options)
            )
        return source

    @property
    def key(self) -> str:
        """The folder's location with a "/" at its end."""
        return f"{file_location(self.root).rstrip('/')}/"

    @property
    def skipped(self) -> int:
        """How many files no format reads."""
        return sum(self.skipped_suffixes.values())

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        """Yield every file, sorted by its path, after the folders that could not be listed."""
        yield from self.unreadable
        for name in self.names:
            yield from documents_of(self.root / name, name, self.options)

    def count_hint(self) -> int | None:
        """The number of files when the folder was opened, and of folders that could not be listed.

        None where there is an archive among them: it may hold any number.
        """
        if any(is_archive(name) for name in self.names):
            return None
        return len(self.names) + len(self.unreadable)

    def leaves_out(self, location: str) -> bool:
        """Whether `include` or `exclude` leaves out the file that lies there, or that holds what does."""
        name = PurePosixPath(unquote(location.removeprefix(self.key), errors="surrogateescape"))
        held = (one.as_posix() for one in (name, *name.parents) if (self.root / one).is_file())
        file = next(held, None)
        return file is not None and not wants(file, self.options)


def _skipped_text(skipped: Mapping[str, int]) -> str:
    if not skipped:
        return ""
    kinds = ", ".join(
        f"{count} {suffix or 'without a suffix'}" for suffix, count in sorted(skipped.items())[:5]
    )
    return f": {sum(skipped.values())} files are of other kinds ({kinds})"


def _advice(options: SourceOptions) -> str:
    kinds = ", ".join(sorted(readable_suffixes()))
    filters = " Check the include and exclude patterns." if options.include or options.exclude else ""
    return f"Put articles there ({kinds}) or name another folder.{filters}"

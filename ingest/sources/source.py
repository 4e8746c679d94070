"""The `Source` protocol and the options that every source understands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from ingest.document import RawDocument, ReadFailure

DEFAULT_MAX_BYTES = 50_000_000
"""A larger document is refused without being read."""


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What to take from a source.

    Attributes:
        include: patterns as in a `.gitignore`; when there are any, only files that match one are taken.
        exclude: patterns of files and folders to leave out.
        max_bytes: larger documents are refused.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_bytes: int = DEFAULT_MAX_BYTES


DEFAULT_OPTIONS = SourceOptions()


class Source(Protocol):
    """A place with documents.

    Attributes:
        key: what every location it yields begins with. A key that ends in "/" or ":" covers everything
            below it, any other is the one location it yields.
        skipped: how many files were passed over quietly, because no format reads them.
    """

    @property
    def key(self) -> str: ...  # noqa: D102

    @property
    def skipped(self) -> int: ...  # noqa: D102

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        """Yield every document, or why it cannot be read, in an order that is the same each time."""
        ...

    def count_hint(self) -> int | None:
        """How many documents will be yielded; None when that is not known beforehand."""
        ...

"""The `Source` protocol and the options that every source understands."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from ingest.document import RawDocument, ReadFailure, UnchangedDocument
from ingest.sources.web.fetcher import Fetcher
from ingest.sources.web.options import DEFAULT_WEB_OPTIONS, WebOptions

DEFAULT_MAX_BYTES = 50_000_000
"""A larger document is refused without being read."""

DEFAULT_MAX_ARCHIVE_BYTES = 5_000_000_000
"""A larger archive is refused without being read; what is in a smaller one is read piece by piece."""


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """What to take from a source.

    Attributes:
        include: patterns as in a `.gitignore`; when there are any, only files that match one are taken.
        exclude: patterns of files and folders to leave out.
        max_bytes: larger documents are refused.
        web: how the web is asked.
        fetcher: asks it; by default one that each source makes for itself. Sources that share one share its
            pauses between requests.
        tell: told, in a line, what an address turned out to be.
        max_archive_bytes: larger archives, tables and the like are refused.
        fields: names of a row's fields by what they hold, for tables and JSON lines.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    max_bytes: int = DEFAULT_MAX_BYTES
    web: WebOptions = DEFAULT_WEB_OPTIONS
    fetcher: Fetcher | None = None
    tell: Callable[[str], None] = lambda _text: None
    max_archive_bytes: int = DEFAULT_MAX_ARCHIVE_BYTES
    fields: Mapping[str, str] = field(default_factory=dict)


DEFAULT_OPTIONS = SourceOptions()


@runtime_checkable
class SelectiveSource(Protocol):
    """A source of which a user may have taken a part."""

    def leaves_out(self, location: str) -> bool:
        """Whether the user's patterns leave out a document that lies there: it has not gone."""
        ...


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

    def documents(self) -> Iterator[RawDocument | ReadFailure | UnchangedDocument]:
        """Yield every document, or why it cannot be read, or that it has not changed, in a lasting order."""
        ...

    def count_hint(self) -> int | None:
        """How many documents will be yielded; None when that is not known beforehand."""
        ...

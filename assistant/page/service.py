"""What the page needs of the service behind it."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.conversation import Conversation
from ingest.article import Article, ArticleHead
from vectorstore.figures import Figures
from vectorstore.query import Filters

if TYPE_CHECKING:
    from assistant.core import Event
    from vectorstore.progress import IngestProgress
    from vectorstore.sync import IngestReport


class Listing(Protocol):
    """Some of the articles, and how many there are."""

    @property
    def articles(self) -> Sequence[ArticleHead]:
        """Their heads."""
        ...

    @property
    def total(self) -> int:
        """How many match altogether."""
        ...


class PageService(Protocol):
    """Answers questions, holds articles, takes files; may be called from several threads."""

    def stream(
        self, question: str, conversation: Conversation | None = None, *, filters: Filters | None = None
    ) -> "Iterator[Event]":
        """The events of answering, the answer last; closing the iterator stops the work."""
        ...

    def articles(self, filters: Filters | None = None, offset: int = 0, limit: int = 50) -> Listing:
        """Some of the articles that match."""
        ...

    def article(self, article_id: str, version: str | None = None) -> Article | None:
        """An article with its text, None when it (or that version) is not there."""
        ...

    def figures(self) -> Figures:
        """What there is, by publisher and month."""
        ...

    def add_file(self, path: Path, name: str, progress: "IngestProgress | None" = None) -> "IngestReport":
        """Ingest a file that was handed over."""
        ...

"""`AskService`: what the HTTP routes and the page ask for, whichever thread they run in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any, Self

from assistant.answer import Answer
from assistant.conversation import Conversation
from assistant.core import Assistant, Event
from assistant.settings import Settings
from ingest.article import Article, ArticleHead
from ingest.passage import Passage
from vectorstore.query import Filters


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Some of the articles that match, from `offset` on, and how many match altogether."""

    articles: tuple[ArticleHead, ...]
    total: int
    offset: int


class AskService:
    """One open assistant, shared by every request. Holds no conversation: each caller brings its own."""

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self.assistant = assistant
        self.settings = settings
        self._embedder: Any = None
        self._ingesting = Lock()

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the index in the home folder that the settings name.

        Raises:
            FootnoteError: there is no index, or it cannot be used; the advice says what to run.
        """
        return cls(Assistant.open(settings.home, settings=settings), settings)

    def ask(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        filters: Filters | None = None,
        as_of: date | None = None,
    ) -> Answer:
        """The answer to one question, asked after `conversation`."""
        return self.assistant.ask(question, conversation, filters=filters, as_of=as_of)

    def stream(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        filters: Filters | None = None,
        as_of: date | None = None,
    ) -> Iterator[Event]:
        """The events of answering, the answer last; closing the iterator stops the work."""
        return self.assistant.stream(question, conversation, filters=filters, as_of=as_of)

    def articles(self, filters: Filters | None = None, offset: int = 0, limit: int = 50) -> ArticlePage:
        """A page of the articles that match, in the index's order."""
        wanted = filters or Filters()
        index = self.assistant.index
        heads = index.articles(wanted, offset=offset, limit=limit)
        return ArticlePage(tuple(heads), index.count_articles(wanted), offset)

    def article(self, article_id: str, version: str | None = None) -> Article | None:
        """The article with its text, None when the index does not hold it (or not that version)."""
        return self.assistant.index.article(article_id, version)

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """The passages of an article's present version, in the order of its text."""
        return self.assistant.index.passages_of(article_id)

    def add_file(self, path: Path, name: str) -> IngestReport:
        """Keep a copy of a file that was handed over in the home folder's `uploads`, and ingest it.

        Args:
            path: where the file lies now.
            name: what the person called it; a file of the same name is replaced.

        Raises:
            FootnoteError: another process is writing to the index, or the file cannot be kept.
        """
        return self._add_file(path, Path(name).name)

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for."""
        self.assistant.warm_up()

    def close(self) -> None:
        """Give the index back."""
        self.assistant.close()

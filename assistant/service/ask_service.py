"""`AskService`: what the HTTP routes and the page ask for, whichever thread they run in."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING, Self, TypedDict, Unpack

from assistant.conversation import Conversation
from assistant.settings import Settings
from ingest.article import Article, ArticleHead
from ingest.errors import FootnoteError
from ingest.passage import Passage
from vectorstore.figures import Figures
from vectorstore.query import Filters

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.core import Assistant, Event
    from vectorstore.embedding import Embedder
    from vectorstore.progress import IngestProgress
    from vectorstore.sync import IngestReport

QUESTIONS_AT_ONCE = 8
SECONDS_TO_WAIT_FOR_TURN = 30.0


class ServiceBusyError(FootnoteError):
    """More questions are being answered than the service takes at once."""

    code = "busy"


class AskOptions(TypedDict, total=False):
    """What `Assistant.ask` and `Assistant.stream` can be told besides the question and the conversation."""

    filters: Filters | None
    as_of: date | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the index holds."""

    articles: int
    passages: int


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Some of the articles that match, from `offset` on, and how many match altogether."""

    articles: tuple[ArticleHead, ...]
    total: int
    offset: int


class AskService:
    """One open assistant, shared by every request. Holds no conversation: each caller brings its own."""

    def __init__(self, assistant: "Assistant", settings: Settings) -> None:
        self.assistant = assistant
        self.settings = settings
        self._turns = BoundedSemaphore(QUESTIONS_AT_ONCE)
        self._embedder: Embedder | None = None
        self._adding = Lock()

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the index in the home folder that the settings name.

        Raises:
            FootnoteError: there is no index, or it cannot be used; the advice says what to run.
        """
        from assistant.core import Assistant

        return cls(Assistant.open(settings.home, settings=settings), settings)

    def ask(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        model: str | None = None,
        **options: Unpack[AskOptions],
    ) -> "Answer":
        """The answer to one question, asked after `conversation`.

        Args:
            question, conversation, options: as `Assistant.ask` takes them.
            model: answers this question instead of the service's own model; "extractive" for none.

        Raises:
            UsageError: the question is blank or too long.
            ServiceBusyError: too many questions are being answered.
        """
        with self._turn():
            return self._answering(model).ask(question, conversation, **options)

    def stream(
        self,
        question: str,
        conversation: Conversation | None = None,
        *,
        model: str | None = None,
        **options: Unpack[AskOptions],
    ) -> "Iterator[Event]":
        """The events of answering, the answer last; closing the iterator stops the work.

        Raises:
            UsageError, ServiceBusyError: as `ask`, when the first event is asked for.
        """
        with self._turn():
            yield from self._answering(model).stream(question, conversation, **options)

    def _answering(self, model: str | None) -> "Assistant":
        return self.assistant if model is None else self.assistant.with_model(model)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=SECONDS_TO_WAIT_FOR_TURN):
            raise ServiceBusyError("Too many questions are being answered.", "Ask again in a moment.")
        try:
            yield
        finally:
            self._turns.release()

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

    def figures(self) -> Figures:
        """What the index holds, by publisher and month."""
        return self.assistant.index.figures()

    def add_file(self, path: Path, name: str, progress: "IngestProgress | None" = None) -> "IngestReport":
        """Keep a copy of a file that was handed over in the home folder's `uploads`, and ingest it.

        A copy of which nothing is in the index is not kept.

        Args:
            path: where the file lies now.
            name: what the person called it; another file of that name stays, this one is kept beside it, and
                a notice of the report says so.
            progress: told how the ingestion gets on.

        Raises:
            FootnoteError: another process is writing to the index, or the file cannot be kept.
        """
        from assistant.service.uploads import keep_file
        from vectorstore.database import storage_errors
        from vectorstore.erasing import UPLOADS_FOLDER

        with self._adding:
            with storage_errors(self.settings.home):
                kept = keep_file(path, name, self.settings.home / UPLOADS_FOLDER)
            try:
                report = self._ingest(kept.path, progress)
            finally:
                if not self.assistant.index.locations(kept.path.resolve().as_uri()):
                    kept.discard()
        return replace(report, notices=(*report.notices, kept.notice)) if kept.notice else report

    def counts(self) -> Counts:
        """How much the index holds now."""
        index = self.assistant.index
        return Counts(index.count_articles(), index.passage_count())

    def warm_up(self) -> None:
        """Load what the first question would otherwise wait for."""
        self.assistant.warm_up()

    def close(self) -> None:
        """Give the index back."""
        self.assistant.close()

    def _ingest(self, path: Path, progress: "IngestProgress | None") -> "IngestReport":
        from ingest.sources import open_source
        from vectorstore.index import Index
        from vectorstore.sync import ingest_source

        embedder = self._opened_embedder()
        with Index.create_or_open(self.settings.home, embedder) as index:
            return ingest_source(
                index,
                embedder,
                open_source(str(path)),
                progress=progress,
                document_seconds=self.settings.document_seconds,
            )

    def _opened_embedder(self) -> "Embedder":
        """The embedder for passages, loaded at the first file that is new and kept."""
        from assistant.service.ingestion import ingesting_embedder

        if self._embedder is None:
            self._embedder = ingesting_embedder(self.settings, lambda _: None)
        return self._embedder

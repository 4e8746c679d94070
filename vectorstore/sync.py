"""Bringing an index up to date with a source: only what has changed is split and embedded."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np

from ingest.article import Article
from ingest.document import RawDocument, ReadFailure
from ingest.errors import ExtractionError
from ingest.formats import extract_article
from ingest.passage import Passage
from ingest.sources import Source
from ingest.splitting import SplitSettings, embedding_text, embedding_title, split_article
from vectorstore.embedding import Embedder
from vectorstore.index import Index
from vectorstore.writer import IndexWriter, Outcome, PreparedArticle

PASSAGES_AT_ONCE = 256
"""Passages are embedded together, across articles, once there are this many."""

ArticleOutcome = Literal["added", "changed", "unchanged", "removed", "failed"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that is not in the index, and why."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingestion did. `added + changed + unchanged + len(failed)` documents were seen.

    Attributes:
        passages: passages written, of added and changed articles.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    failed: tuple[Failure, ...]
    passages: int
    seconds: float


class IngestProgress(Protocol):
    """Told how an ingestion gets on."""

    def total(self, count: int | None) -> None:
        """How many documents there will be; None where that is not known."""
        ...

    def article(self, location: str, outcome: ArticleOutcome) -> None:
        """One document is done with: what came of it is in the index."""
        ...

    def passages(self, count: int) -> None:
        """So many more passages were embedded and written."""
        ...


class SilentProgress:
    """Progress that nobody watches."""

    def total(self, count: int | None) -> None:
        """Do nothing."""

    def article(self, location: str, outcome: ArticleOutcome) -> None:
        """Do nothing."""

    def passages(self, count: int) -> None:
        """Do nothing."""


def ingest_source(
    index: Index,
    embedder: Embedder,
    source: Source,
    *,
    split_settings: SplitSettings | None = None,
    sync: bool = False,
    progress: IngestProgress | None = None,
) -> IngestReport:
    """Put a source's articles into an index.

    Every article becomes visible, or is replaced, by itself and at once; interrupting loses nothing, and
    ingesting again goes on where it stopped.

    Args:
        index: opened with `Index.create_or_open`.
        embedder: the one that made the index.
        source: where the documents come from.
        split_settings: by default passages that fit the embedder's window.
        sync: also remove the articles that came from this source and that it no longer has. A document that
            exists and cannot be read keeps the article that was made from it before.
        progress: told of every document.

    Raises:
        IndexBusyError: another process is writing to the index.
        DiskFullError, IndexReadOnlyError: it cannot be written to; what is in it stays.
    """
    settings = split_settings or SplitSettings(window_tokens=embedder.identity.window_tokens)
    with index.writer(source.key) as writer:
        return _Ingestion(index, writer, embedder, settings, progress or SilentProgress()).run(source, sync)


@dataclass
class _Tally:
    """The report in the making."""

    counts: dict[Outcome, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "unchanged": 0})
    failed: list[Failure] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    removed: int = 0
    passages: int = 0

    def report(self, seconds: float) -> IngestReport:
        return IngestReport(
            **self.counts,
            removed=self.removed,
            failed=tuple(self.failed),
            passages=self.passages,
            seconds=seconds,
        )


@dataclass(frozen=True, slots=True)
class _Split:
    """An article with its passages, to be embedded."""

    article: Article
    passages: list[Passage]
    texts: list[str]


class _Ingestion:
    """One run over one source."""

    def __init__(
        self,
        index: Index,
        writer: IndexWriter,
        embedder: Embedder,
        settings: SplitSettings,
        progress: IngestProgress,
    ) -> None:
        self._index = index
        self._writer = writer
        self._embedder = embedder
        self._settings = settings
        self._progress = progress
        self._tally = _Tally()

    def run(self, source: Source, sync: bool) -> IngestReport:
        started = time.perf_counter()
        self._progress.total(source.count_hint())
        for group in _groups(self._new_articles(source.documents()), PASSAGES_AT_ONCE):
            self._write(group)
        if sync:
            self._remove_gone(source.key)
        return self._tally.report(time.perf_counter() - started)

    def _new_articles(self, documents: Iterable[RawDocument | ReadFailure]) -> Iterator[_Split]:
        """The articles that are not in the index in this version; the others are counted."""
        for document in documents:
            self._tally.seen.add(document.location)
            if isinstance(document, ReadFailure):
                self._fail(document.location, document.reason)
                continue
            try:
                article = extract_article(document)
                if self._writer.outcome_of(article) == "unchanged":
                    self._count(article, "unchanged")
                    continue
                split = self._split(article)
            except ExtractionError as error:
                self._fail(document.location, str(error))
                continue
            yield split

    def _split(self, article: Article) -> _Split:
        passages = split_article(article, self._embedder.count_tokens, self._settings)
        title = embedding_title(article.title, self._embedder.count_tokens, self._settings.window_tokens)
        return _Split(article, passages, [embedding_text(title, passage.text) for passage in passages])

    def _write(self, group: list[_Split]) -> None:
        vectors = self._embedder.encode_passages([text for split in group for text in split.texts])
        borders = np.cumsum([len(split.passages) for split in group])[:-1]
        prepared = [
            PreparedArticle(split.article, split.passages, part)
            for split, part in zip(group, np.split(vectors, borders), strict=True)
        ]
        outcomes = self._writer.put_all(prepared)
        for split, outcome in zip(group, outcomes, strict=True):
            self._count(split.article, outcome)
        written = len(vectors)
        self._tally.passages += written
        self._progress.passages(written)

    def _count(self, article: Article, outcome: Outcome) -> None:
        self._tally.counts[outcome] += 1
        self._progress.article(article.head.location, outcome)

    def _fail(self, location: str, reason: str) -> None:
        self._tally.failed.append(Failure(location, reason))
        self._progress.article(location, "failed")

    def _remove_gone(self, key: str) -> None:
        failed = [failure.location for failure in self._tally.failed]
        for location, article_id in self._index.locations(key).items():
            if location in self._tally.seen or any(_within(location, folder) for folder in failed):
                continue
            self._writer.remove(article_id)
            self._tally.removed += 1
            self._progress.article(location, "removed")


def _groups(splits: Iterable[_Split], passages: int) -> Iterator[list[_Split]]:
    """Articles together until they have so many passages."""
    group: list[_Split] = []
    for split in splits:
        group.append(split)
        if sum(len(one.passages) for one in group) >= passages:
            yield group
            group = []
    if group:
        yield group


def _within(location: str, folder: str) -> bool:
    return location == folder or location.startswith(f"{folder.rstrip('/')}/")

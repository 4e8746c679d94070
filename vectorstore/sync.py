"""Bringing an index up to date with a source: only what has changed is split and embedded."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ingest.article import Article
from ingest.document import RawDocument, ReadFailure
from ingest.errors import ExtractionError
from ingest.formats import extract_article
from ingest.sources import Source
from ingest.splitting import SplitSettings
from vectorstore.embedding import Embedder
from vectorstore.index import Index
from vectorstore.preparing import SplitArticle, embed, grouped, settings_for, split
from vectorstore.progress import IngestProgress, SilentProgress
from vectorstore.writer import IndexWriter, Outcome


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
        notices: one line each, what the user should know besides.
    """

    added: int
    changed: int
    unchanged: int
    removed: int
    failed: tuple[Failure, ...]
    passages: int
    seconds: float
    notices: tuple[str, ...] = ()


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
    started = time.perf_counter()
    settings = settings_for(embedder, split_settings)
    with index.writer(source.key) as writer:
        run = _Ingestion(index, writer, embedder, settings, progress or SilentProgress())
        tally = run.over(source, sync)
        notice = index.export_encoder(embedder) if index.passage_count() else ""
    return tally.report(time.perf_counter() - started, (notice,) if notice else ())


@dataclass
class _Tally:
    """The report in the making."""

    counts: dict[Outcome, int] = field(default_factory=lambda: {"added": 0, "changed": 0, "unchanged": 0})
    failed: list[Failure] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    removed: int = 0
    passages: int = 0

    def report(self, seconds: float, notices: tuple[str, ...]) -> IngestReport:
        return IngestReport(
            **self.counts,
            removed=self.removed,
            failed=tuple(self.failed),
            passages=self.passages,
            seconds=seconds,
            notices=notices,
        )


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

    def over(self, source: Source, sync: bool) -> _Tally:
        self._progress.total(source.count_hint())
        for group in grouped(self._new_articles(source.documents())):
            self._write(group)
        if sync:
            self._remove_gone(source.key)
        return self._tally

    def _new_articles(self, documents: Iterable[RawDocument | ReadFailure]) -> Iterator[SplitArticle]:
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
                prepared = split(article, self._embedder, self._settings)
            except ExtractionError as error:
                self._fail(document.location, str(error))
                continue
            yield prepared

    def _write(self, group: list[SplitArticle]) -> None:
        prepared = embed(group, self._embedder)
        for one, outcome in zip(prepared, self._writer.put_all(prepared), strict=True):
            self._count(one.article, outcome)
        written = sum(len(one.passages) for one in prepared)
        self._tally.passages += written
        self._progress.passages(written)

    def _count(self, article: Article, outcome: Outcome) -> None:
        self._tally.counts[outcome] += 1
        self._progress.article(article.head.location, outcome)

    def _fail(self, location: str, reason: str) -> None:
        self._tally.failed.append(Failure(location, reason))
        self._progress.article(location, "failed")

    def _remove_gone(self, key: str) -> None:
        for location, article_id in self._index.locations(key).items():
            if _is_of(key, location) and not self._was_met(location):
                self._writer.remove(article_id)
                self._tally.removed += 1
                self._progress.article(location, "removed")

    def _was_met(self, location: str) -> bool:
        """Whether the source still has the document, or a folder around it that could not be read."""
        if location in self._tally.seen:
            return True
        return any(location.startswith(f"{one.location.rstrip('/')}/") for one in self._tally.failed)


def _is_of(key: str, location: str) -> bool:
    """Whether a location is a source's: below its key, or the key itself where that is a single document."""
    return location == key or key.endswith(("/", ":"))

"""Bringing an index up to date with a source: only what has changed is split and embedded."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial

from ingest.article import article_id
from ingest.sources import RememberingSource, SelectiveSource, Source
from ingest.splitting import SplitSettings
from vectorstore.embedding import Embedder
from vectorstore.extracting import Extracted, ExtractionAhead, Steps, Unchanged, Unreadable
from vectorstore.faults import reach
from vectorstore.index import Index
from vectorstore.journal import Failure, Outcomes
from vectorstore.memory import give_back_memory
from vectorstore.patience import DOCUMENT_SECONDS, Patience
from vectorstore.preparing import PreparedArticle, SplitArticle, embed, grouped, settings_for, split
from vectorstore.progress import ArticleOutcome, IngestProgress, SilentProgress
from vectorstore.remarks import Remarks
from vectorstore.writer import IndexWriter

__all__ = ["Failure", "IngestReport", "ingest_source"]


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
    wait_seconds: float | None = None,
    waiting: Callable[[str], None] | None = None,
    document_seconds: float = DOCUMENT_SECONDS,
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
        wait_seconds: how long to wait for another process that writes to the index.
        waiting: told once, in one line, for whom this one waits.
        document_seconds: how long one document may take to read, above 0; one that takes longer is a failure.

    Raises:
        IndexBusyError: another process is writing to the index.
        DiskFullError, IndexReadOnlyError: it cannot be written to; what is in it stays.
    """
    started = time.perf_counter()
    settings = settings_for(embedder, split_settings)
    with index.writer(source.key, wait_seconds=wait_seconds, waiting=waiting) as writer:
        steps = Steps(
            knows=lambda made_of: writer.knows(made_of),
            has=lambda article: writer.outcome_of(article) == "unchanged",
            split=lambda article, made_of: split(article, embedder, settings, made_of),
            patience=Patience(document_seconds),
        )
        run = _Ingestion(index, writer, embedder, steps, progress or SilentProgress())
        try:
            run.over(source, sync)
            notice = run.export_encoder() if index.passage_count() else ""
        finally:
            writer.note(run.tally.outcomes())
    notices = tuple(line for line in (notice, *run.remarks.notices()) if line)
    return run.tally.report(time.perf_counter() - started, notices)


@dataclass
class _Tally:
    """The report in the making."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    passages: int = 0
    failed: list[Failure] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def outcomes(self) -> Outcomes:
        counts = (self.added, self.changed, self.unchanged, self.removed, self.passages)
        return Outcomes(*counts, tuple(self.failed))

    def report(self, seconds: float, notices: tuple[str, ...]) -> IngestReport:
        return IngestReport(
            added=self.added,
            changed=self.changed,
            unchanged=self.unchanged,
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
        steps: Steps,
        progress: IngestProgress,
    ) -> None:
        self._index = index
        self._writer = writer
        self._embedder = embedder
        self._progress = progress
        self._steps = steps
        self.tally = _Tally()
        self._remembering: RememberingSource | None = None
        self._export_notice: str | None = None
        self.remarks = Remarks()

    def over(self, source: Source, sync: bool) -> None:
        if isinstance(source, RememberingSource):
            self._remembering = source
            source.begin(self._index.fetch_memory(), sync=sync)
        self._progress.total(source.count_hint())
        with ExtractionAhead(source, self._steps) as extracted:
            self._write_all(grouped(self._new_articles(extracted)))
        if self._remembering is not None:
            self._remove_all(self._remembering.finish())
        elif sync:
            self._remove_all(self._gone(source))

    def _new_articles(self, extracted: Iterable[Extracted]) -> Iterator[SplitArticle]:
        """The articles that are not in the index in this version; the others are counted."""
        for one in extracted:
            if isinstance(one, Unreadable):
                self._fail(one)
            elif isinstance(one, Unchanged):
                self._leave(one)
            else:
                self.remarks.note(one.article)
                yield one

    def export_encoder(self) -> str:
        """Write the query encoder unless it is there or was tried; a notice where that failed."""
        if self._export_notice is None:
            self._export_notice = self._index.export_encoder(self._embedder)
        return self._export_notice

    def _write_all(self, groups: Iterable[list[SplitArticle]]) -> None:
        """Write each group while the next one is embedded."""
        waiting: Future[list[PreparedArticle]] | None = None
        for group in groups:
            self.export_encoder()  # first of all: what it needs for a moment does not come on top of the rest
            embedding = _in_background(partial(embed, group, self._embedder))
            if waiting is not None:
                self._write(waiting.result())
            waiting = embedding
        if waiting is not None:
            self._write(waiting.result())

    def _write(self, prepared: list[PreparedArticle]) -> None:
        reach("passages-embedded")
        for one, outcome in zip(prepared, self._writer.put_all(prepared), strict=True):
            self._count(one.source.location if one.source else one.article.head.location, outcome)
        written = sum(len(one.passages) for one in prepared)
        self.tally.passages += written
        self._progress.passages(written)
        give_back_memory()

    def _leave(self, one: Unchanged) -> None:
        if one.article is not None:
            self._writer.remember(one.source, one.article)
        self._count(one.source.location, "unchanged")

    def _count(self, location: str, outcome: ArticleOutcome) -> None:
        self.tally.seen.add(location)
        setattr(self.tally, outcome, getattr(self.tally, outcome) + 1)
        self._settle(location, in_index=outcome != "removed")
        self._progress.article(location, outcome)

    def _fail(self, one: Unreadable) -> None:
        self.tally.seen.add(one.location)
        self.tally.failed.append(Failure(one.location, one.reason))
        self._settle(one.location, in_index=False)
        self._progress.article(one.location, "failed")

    def _settle(self, location: str, *, in_index: bool) -> None:
        """Tell a source that remembers what came of a document, once that is true of the index."""
        if self._remembering is not None:
            self._remembering.settle(location, in_index=in_index)

    def _remove_all(self, locations: Iterable[str]) -> None:
        for location in locations:
            if self._writer.remove(article_id(location)):
                self._count(location, "removed")

    def _gone(self, source: Source) -> list[str]:
        """The locations below a source's key that it no longer has; what was only left out has not gone."""
        held = self._index.locations(source.key)
        unmet = [one for one in held if _is_of(source.key, one) and not self._was_met(one)]
        if not isinstance(source, SelectiveSource):
            return unmet
        return [one for one in unmet if not source.leaves_out(one)]

    def _was_met(self, location: str) -> bool:
        """Whether the source still has the document, or a folder around it that could not be read."""
        if location in self.tally.seen:
            return True
        return any(location.startswith(f"{one.location.rstrip('/')}/") for one in self.tally.failed)


def _in_background(work: Callable[[], list[PreparedArticle]]) -> Future[list[PreparedArticle]]:
    """What some work will give. Nobody waits for its thread when the process is told to end."""
    future: Future[list[PreparedArticle]] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=run, name="embedding-ahead", daemon=True).start()
    return future


def _is_of(key: str, location: str) -> bool:
    """Whether a location is a source's: below its key, or the key itself where that is a single document."""
    return location == key or key.endswith(("/", ":"))

"""Ingesting what a person named: sources opened, the embedder chosen, one report over all of them."""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Protocol

from assistant.settings import Settings
from ingest.archives.fields import parse_fields
from ingest.errors import FootnoteError, UsageError
from ingest.samples import sample_files
from ingest.sources import Source, SourceOptions, open_list, open_source
from ingest.sources.web.fetcher import Fetcher
from ingest.sources.web.http import HttpFetcher
from ingest.sources.web.options import WebOptions
from vectorstore.deferred_embedder import DeferredEmbedder
from vectorstore.embedding import Embedder, open_embedder
from vectorstore.encoders import exported_embedder, lacks_int8_form, setting_of, settings_of
from vectorstore.errors import IndexMissingError
from vectorstore.index import Index
from vectorstore.progress import ArticleOutcome, IngestProgress
from vectorstore.sync import Failure, IngestReport, ingest_source

SAMPLES_PREFIX = "samples:"


class ShownProgress(IngestProgress, Protocol):
    """Progress over several sources."""

    def step(self, text: str) -> None:
        """What is being done now."""
        ...

    def note(self, text: str) -> None:
        """Something that the person should still be able to read when all is done."""
        ...


@dataclass(frozen=True, slots=True)
class IngestRequest:
    """What to ingest.

    Attributes:
        sources: paths of files or folders, addresses of the web, or "samples".
        include, exclude: globs that choose among a folder's files.
        sync: whether articles that have gone from a source are removed.
        lists: files that hold addresses, one on each line.
        wait_seconds: how long to wait for another process that writes to the index; None for a moment.
        fields: which field of a table's or JSON line's row holds what, each as "title=headline".
    """

    sources: tuple[str, ...]
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    sync: bool = False
    lists: tuple[Path, ...] = ()
    wait_seconds: float | None = None
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedSources:
    """The sources that could be opened, by what was typed, and those that could not."""

    sources: tuple[tuple[str, Source], ...]
    failed: tuple[Failure, ...]


def ingest_sources(settings: Settings, request: IngestRequest, progress: ShownProgress) -> IngestReport:
    """Ingest every source; one that cannot be opened is a failure in the report, the others are still read.

    Raises:
        UsageError: a source is of no kind that is read.
        FootnoteError: the only source cannot be opened, or the index cannot be written.
    """
    started = perf_counter()
    with closing(HttpFetcher(web_options(settings))) as fetcher:
        opened = open_sources(request, source_options(settings, request, fetcher, progress.note))
        if not opened.sources:
            return _together([], opened.failed, perf_counter() - started)
        embedder = ingesting_embedder(settings, progress.step)
        reports = ingest_opened(settings, embedder, opened, request, progress)
    return _together(reports, opened.failed, perf_counter() - started)


def ingest_opened(
    settings: Settings,
    embedder: Embedder,
    opened: OpenedSources,
    request: IngestRequest,
    progress: ShownProgress,
) -> list[IngestReport]:
    """Ingest sources that are open, one after the other.

    Raises:
        FootnoteError: the index cannot be written.
    """
    reports: list[IngestReport] = []
    with Index.create_or_open(settings.home, embedder) as index:
        for name, source in opened.sources:
            progress.step(f"ingesting {name}")
            reports.append(_ingest_one(settings, index, embedder, source, request, progress))
    return reports


def _ingest_one(
    settings: Settings,
    index: Index,
    embedder: Embedder,
    source: Source,
    request: IngestRequest,
    progress: ShownProgress,
) -> IngestReport:
    return ingest_source(
        index,
        embedder,
        source,
        sync=request.sync,
        progress=progress,
        wait_seconds=request.wait_seconds,
        waiting=progress.step,
        document_seconds=settings.document_seconds,
    )


def web_options(settings: Settings) -> WebOptions:
    """How the web is asked under some settings."""
    return WebOptions(allow_private=settings.allow_private, seconds_between=settings.fetch_pause_seconds)


def source_options(
    settings: Settings, request: IngestRequest, fetcher: Fetcher, tell: Callable[[str], None]
) -> SourceOptions:
    """What to take from each source of a request."""
    return SourceOptions(
        include=request.include,
        exclude=request.exclude,
        web=web_options(settings),
        fetcher=fetcher,
        tell=tell,
        fields=parse_fields(request.fields),
    )


@dataclass(frozen=True, slots=True)
class Reembedded:
    """What re-embedding came to.

    Attributes:
        notice: one line that the user should know, "" for none.
    """

    passages: int
    embedder: str
    notice: str


def reembed_with(settings: Settings, progress: ShownProgress) -> Reembedded:
    """Split and embed every article of the index anew.

    Raises:
        FootnoteError: there is no index, or it is being written, or the embedder cannot be had.
    """
    with Index.open(settings.home) as index:
        progress.step("loading the embedding model")
        embedder = open_embedder(embedder_setting(settings))
        progress.step("embedding the passages")
        notice = index.reembed(embedder, _PassagesOnly(progress, index.passage_count()))
        return Reembedded(index.passage_count(), index.identity.name, notice)


class _PassagesOnly:
    """Progress counted in passages: as many as there were are expected."""

    def __init__(self, progress: IngestProgress, expected: int) -> None:
        self._progress = progress
        progress.total(expected)

    def total(self, count: int | None) -> None:
        """Articles, which are not counted here."""

    def article(self, location: str, outcome: ArticleOutcome) -> None:
        """Articles are not counted here."""

    def passages(self, count: int) -> None:
        """So many more passages."""
        self._progress.passages(count)


def embedder_setting(settings: Settings) -> str:
    """The embedder to ingest with: the one set, else the one that made the index, else the default."""
    if "embedder" in settings.model_fields_set:
        return settings.embedder
    try:
        with Index.open(settings.home) as index:
            return setting_of(index.identity)
    except IndexMissingError:
        return settings.embedder


def ingesting_embedder(settings: Settings, step: Callable[[str], None]) -> Embedder:
    """The embedder to ingest with; that of an index is not loaded before a passage must be embedded.

    Args:
        step: told what is being done, when the model is loaded and after.

    Raises:
        FootnoteError: there is an index and it cannot be used, or the embedder cannot be had.
    """
    setting = embedder_setting(settings)

    def load(*, may_be_int8: bool = True) -> Embedder:
        step("loading the embedding model")
        embedder = open_embedder(setting, may_be_int8=may_be_int8)
        step("embedding the passages")
        return embedder

    try:
        with Index.open(settings.home) as index:
            identity = index.identity
    except IndexMissingError:
        return load()
    if setting not in settings_of(identity):
        return load()

    def of_index() -> Embedder:
        exported = exported_embedder(settings.home, identity)
        return exported or load(may_be_int8=not lacks_int8_form(settings.home, identity))

    return DeferredEmbedder(identity, of_index)


def needs_samples(home: Path) -> bool:
    """Whether a home has no articles yet, or only a part of the samples."""
    try:
        with Index.open(home) as index:
            samples = len(index.locations(SAMPLES_PREFIX))
            return samples == index.count_articles() and samples < len(sample_files())
    except IndexMissingError:
        return True


def open_sources(request: IngestRequest, options: SourceOptions) -> OpenedSources:
    """Open every source of a request; one that cannot be opened is a failure, unless it is the only one.

    Raises:
        UsageError: a source is of no kind that is read.
        FootnoteError: the only source cannot be opened.
    """
    opened: list[tuple[str, Source]] = [(str(path), open_list(path, options)) for path in request.lists]
    failed: list[Failure] = []
    for text in dict.fromkeys(request.sources):
        try:
            opened.append((text, open_source(text, options)))
        except UsageError:
            raise
        except FootnoteError as error:
            if len(request.sources) == 1 and not opened:
                raise
            failed.append(Failure(text, str(error)))
    return OpenedSources(tuple(opened), tuple(failed))


def _together(reports: Sequence[IngestReport], unopened: tuple[Failure, ...], seconds: float) -> IngestReport:
    """One report that counts what all of them count."""
    return IngestReport(
        added=sum(report.added for report in reports),
        changed=sum(report.changed for report in reports),
        unchanged=sum(report.unchanged for report in reports),
        removed=sum(report.removed for report in reports),
        failed=unopened + tuple(failure for report in reports for failure in report.failed),
        passages=sum(report.passages for report in reports),
        seconds=seconds,
        notices=tuple(dict.fromkeys(notice for report in reports for notice in report.notices)),
    )

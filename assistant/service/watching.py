"""Ingesting the same sources again and again."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from assistant.service.ingestion import (
    IngestRequest,
    ShownProgress,
    ingest_opened,
    ingesting_embedder,
    open_sources,
    source_options,
    web_options,
)
from assistant.settings import Settings
from ingest.errors import FootnoteError, UsageError
from ingest.sources.web.fetcher import Fetcher
from ingest.sources.web.http import HttpFetcher
from vectorstore.sync import Failure, IngestReport

Progress = Callable[[], AbstractContextManager[ShownProgress]]


@dataclass(frozen=True, slots=True)
class Round:
    """What one round over all sources came to.

    Attributes:
        failed: every failure of the round.
        new_failures: those that the round before did not have.
    """

    ended_at: datetime
    added: int
    changed: int
    unchanged: int
    removed: int
    failed: tuple[Failure, ...]
    new_failures: tuple[Failure, ...]

    def counts(self) -> dict[str, int]:
        """How many documents came to what."""
        counts = {name: getattr(self, name) for name in ("added", "changed", "unchanged", "removed")}
        return {**counts, "failed": len(self.failed)}


def watched(
    settings: Settings,
    request: IngestRequest,
    every_seconds: float,
    progress: Progress,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Round]:
    """Ingest the sources, yield what came of it, wait, and so on for ever.

    Args:
        settings: where the index is, and how the web is asked.
        request: the sources. One that fails, also as a whole, is a failure of its round.
        every_seconds: from the beginning of one round to that of the next; a round that takes longer is
            followed by the next at once.
        progress: makes the progress of a round.
        sleep: waits.

    Raises:
        UsageError: a source is of no kind that is read.
    """
    before: frozenset[Failure] = frozenset()
    with closing(HttpFetcher(web_options(settings))) as fetcher:
        _check(settings, request, fetcher)
        watching = _Watching(settings, fetcher)
        while True:
            begun = time.monotonic()
            with progress() as shown:
                reports, failed = watching.round(request, shown)
            yield _round(reports, failed, before)
            before = frozenset(failed)
            sleep(max(every_seconds - (time.monotonic() - begun), 0.0))


class _Watching:
    """What lasts over the rounds: the connections, and the embedding model."""

    def __init__(self, settings: Settings, fetcher: Fetcher) -> None:
        self._settings = settings
        self._fetcher = fetcher
        self._told: set[str] = set()
        self._embedder = cache(lambda: ingesting_embedder(settings, lambda _text: None))

    def round(self, request: IngestRequest, shown: ShownProgress) -> tuple[list[IngestReport], list[Failure]]:
        """Ingest each source by itself."""
        reports: list[IngestReport] = []
        failed: list[Failure] = []
        for name, one in _single(request):
            try:
                reports += self._ingest(one, shown)
            except FootnoteError as error:
                failed.append(Failure(name, str(error)))
        return reports, [*failed, *(failure for report in reports for failure in report.failed)]

    def _ingest(self, request: IngestRequest, shown: ShownProgress) -> list[IngestReport]:
        options = source_options(self._settings, request, self._fetcher, self._tell_once(shown))
        opened = open_sources(request, options)
        return ingest_opened(self._settings, self._embedder(), opened, request, shown)

    def _tell_once(self, shown: ShownProgress) -> Callable[[str], None]:
        def tell(text: str) -> None:
            if text not in self._told:
                self._told.add(text)
                shown.note(text)

        return tell


def _check(settings: Settings, request: IngestRequest, fetcher: Fetcher) -> None:
    """See that every source is of a kind that is read; what is not there now may be later."""
    for _, one in _single(request):
        try:
            open_sources(one, source_options(settings, one, fetcher, lambda _text: None))
        except UsageError:
            raise
        except FootnoteError:
            continue


def _single(request: IngestRequest) -> Iterator[tuple[str, IngestRequest]]:
    """A request for each source of a request."""
    for path in request.lists:
        yield str(path), replace(request, sources=(), lists=(path,))
    for text in dict.fromkeys(request.sources):
        yield text, replace(request, sources=(text,), lists=())


def _round(reports: list[IngestReport], failed: list[Failure], before: frozenset[Failure]) -> Round:
    return Round(
        ended_at=datetime.now(),
        added=sum(report.added for report in reports),
        changed=sum(report.changed for report in reports),
        unchanged=sum(report.unchanged for report in reports),
        removed=sum(report.removed for report in reports),
        failed=tuple(failed),
        new_failures=tuple(failure for failure in failed if failure not in before),
    )

"""Adding files from the page: ingested one after the other, with progress, and stopped between documents."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.page.dialogue import unexpected
from assistant.page.service import PageService
from assistant.page.state import Problem, Scope
from ingest.article import article_id
from ingest.errors import FootnoteError

if TYPE_CHECKING:
    from vectorstore.progress import ArticleOutcome
    from vectorstore.sync import IngestReport

SECONDS_BETWEEN_LOOKS = 0.25
_log = logging.getLogger(__name__)


class AddingStoppedError(FootnoteError):
    """The reader stopped the work; what was finished stays."""

    code = "stopped"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not added, and why."""

    name: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Adding:
    """How far adding some files is.

    Attributes:
        current: the file being read, "" when all are done.
        passages: passages of it that are in the index so far.
        unchanged: how many of the added files the index held already.
        notices: one line each, what else the reader should know.
    """

    current: str = ""
    passages: int = 0
    added: tuple[str, ...] = ()
    article_ids: tuple[str, ...] = ()
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def scope(self) -> Scope | None:
        """What questions can now be about: what was added, None where nothing was."""
        if not self.article_ids:
            return None
        label = self.added[0] if len(self.added) == 1 else f"{len(self.added)} files"
        return Scope(label, self.article_ids)


@dataclass
class Watcher:
    """Told by the ingest how it gets on, in another thread; stops it where that is wished."""

    stop: bool = False
    passage_count: int = 0
    article_ids: list[str] = field(default_factory=list)

    def total(self, count: int | None) -> None:  # noqa: ARG002
        """How many documents there will be."""
        self._go_on()

    def article(self, location: str, outcome: "ArticleOutcome") -> None:
        """One document is done."""
        if outcome in ("added", "changed", "unchanged"):
            self.article_ids.append(article_id(location))
        self._go_on()

    def passages(self, count: int) -> None:
        """So many more passages are in the index."""
        self.passage_count += count
        self._go_on()

    def _go_on(self) -> None:
        if self.stop:
            raise AddingStoppedError("Stopped.", "What was finished before is in the index.")


def add_files(service: PageService, paths: Sequence[Path]) -> Iterator[Adding]:
    """The states of adding files, the finished one last.

    The files are deleted from where they were uploaded to. Closing the iterator stops the work at the next
    document or batch of passages.
    """
    adding = Adding()
    try:
        for path in paths:
            for step in _add_one(service, path, adding):
                adding = step
                yield adding
    finally:
        for path in paths:
            path.unlink(missing_ok=True)
    yield replace(adding, current="", passages=0)


def _add_one(service: PageService, path: Path, before: Adding) -> Iterator[Adding]:
    watcher = Watcher()
    with ThreadPoolExecutor(1, thread_name_prefix="adding") as pool:
        work = pool.submit(service.add_file, path, path.name, watcher)
        try:
            yield _reading(before, path.name, watcher)
            while wait([work], SECONDS_BETWEEN_LOOKS).not_done:
                yield _reading(before, path.name, watcher)
        finally:
            watcher.stop = not work.done()
    yield _finished(before, path.name, watcher, work)


def _reading(before: Adding, name: str, watcher: Watcher) -> Adding:
    return replace(before, current=name, passages=watcher.passage_count)


def _finished(before: Adding, name: str, watcher: Watcher, work: "Future[IngestReport]") -> Adding:
    problem = _problem(work)
    if problem is not None:
        return replace(before, refused=(*before.refused, Refusal(name, problem)))
    report = work.result()
    return replace(
        before,
        added=(*before.added, name),
        article_ids=(*before.article_ids, *watcher.article_ids),
        unchanged=before.unchanged + (not report.added and not report.changed),
        notices=(*before.notices, *report.notices, *_left_out(report)),
    )


def _left_out(report: "IngestReport") -> tuple[str, ...]:
    """What of an archive could not be read, where the rest of it was."""
    if not report.failed:
        return ()
    first = report.failed[0]
    several = len(report.failed) > 1
    count = f"{len(report.failed):,} documents in it" if several else "One document in it"
    return (f"{count} could not be read ({first.location.rpartition('/')[2]}: {first.reason}).",)


def _problem(work: "Future[IngestReport]") -> Problem | None:
    """Why nothing of a file was added, None where something was."""
    error = work.exception()
    if isinstance(error, FootnoteError):
        return Problem(error.message, error.advice)
    if isinstance(error, Exception):
        _log.error("adding a file failed", exc_info=error)
        return unexpected(error)
    report = work.result()
    came = report.added or report.changed or report.unchanged
    return Problem(report.failed[0].reason, "") if report.failed and not came else None

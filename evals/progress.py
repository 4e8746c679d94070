"""How a run shows that it moves: a bar on a terminal, plain lines elsewhere. All of it on stderr."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from evals.record import CaseRecord

SECONDS_BETWEEN_LINES = 5.0


class RunProgress(Protocol):
    """Told of every case that ends."""

    def case(self, record: CaseRecord) -> None:
        """One case has ended."""
        ...


class Silent:
    """Shows nothing."""

    def case(self, record: CaseRecord) -> None:
        """One case has ended."""


class BarProgress:
    """A bar with the count of failed cases so far."""

    def __init__(self, bar: Progress, name: str, total: int, done: int, failed: int) -> None:
        self._bar = bar
        self._failed = failed
        self._task = bar.add_task(name, total=total, completed=done, failed=failed)

    def case(self, record: CaseRecord) -> None:
        """Move the bar by one."""
        self._failed += not record.passed
        self._bar.update(self._task, advance=1, failed=self._failed)


class LineProgress:
    """A plain line every few seconds, and one at the end."""

    def __init__(self, console: Console, name: str, total: int, done: int, failed: int) -> None:
        self._console = console
        self._name = name
        self._total = total
        self._done = done
        self._failed = failed
        self._last = monotonic()

    def case(self, record: CaseRecord) -> None:
        """Print a line when the last one is old enough or nothing is left."""
        self._done += 1
        self._failed += not record.passed
        if self._done == self._total or monotonic() - self._last >= SECONDS_BETWEEN_LINES:
            self._last = monotonic()
            self._console.print(f"{self._name}: {self._done} of {self._total} cases, {self._failed} failed")


@contextmanager
def run_progress(console: Console, name: str, total: int, done: int, failed: int) -> Iterator[RunProgress]:
    """The bar on a terminal, the lines elsewhere.

    Args:
        done, failed: how many cases an earlier, interrupted run has finished, and how many of them failed.
    """
    if not console.is_terminal:
        yield LineProgress(console, name, total, done, failed)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[failed]} failed", markup=False),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        yield BarProgress(bar, name, total, done, failed)

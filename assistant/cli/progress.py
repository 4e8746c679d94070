"""How an ingest shows that it moves: a bar on a terminal, plain lines elsewhere."""

from collections import deque
from time import monotonic
from types import TracebackType
from typing import Literal, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.text import Text

from assistant.cli.terminal import clean_line, message_console
from assistant.counting import count_of

SECONDS_BETWEEN_LINES = 10.0
SECONDS_BEFORE_A_RATE = 1.0
SECONDS_OF_A_RATE = 60.0
"""The rate is that of the last so many seconds: an ingestion that goes on races past what it has already."""
SECONDS_BETWEEN_MARKS = 1.0
STEP_CHARACTERS = 30
EMBEDDED = ("added", "changed")
Unit = Literal["articles", "passages"]


class Tally:
    """How far the work has come, and how fast.

    Args:
        unit: what is counted against the total: documents, or the passages of work that knows no documents.
    """

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        self.articles = 0
        self.passages = 0
        self.failed = 0
        self.total = 0
        self._marks = deque([(monotonic(), 0)])

    @property
    def done(self) -> int:
        """How many of the unit are done."""
        return self.articles if self.unit == "articles" else self.passages

    def expect(self, count: int | None) -> None:
        """So many more are to come; the clock runs from the first time that this is told."""
        if not self.total:
            self._marks = deque([(monotonic(), self.done)])
        self.total += count or 0

    def count(self, outcome: str) -> None:
        """One document is done with."""
        self.articles += 1
        self.failed += outcome == "failed"

    def state_text(self) -> str:
        """The rate and the time left, passages and failures; "" while nothing is done."""
        parts = [self.rate_text()]
        if self.unit == "articles" and self.passages:
            parts.append(count_of(self.passages, "passage"))
        if self.failed:
            parts.append(f"{self.failed} failed")
        return ", ".join(part for part in parts if part)

    def rate_text(self) -> str:
        """The rate and the time left, "" while too little is done to tell."""
        seconds, done = self._lately()
        if not done or seconds < SECONDS_BEFORE_A_RATE:
            return ""
        rate = done / seconds
        left = f", about {max(self.total - self.done, 0) / rate:.0f} s left" if self.total else ""
        return f"{rate:.1f} {self.unit}/s{left}"

    def _lately(self) -> tuple[float, int]:
        """Seconds back to the mark that the rate is taken from, and how many are done since."""
        now, marks = monotonic(), self._marks
        if now - marks[-1][0] >= SECONDS_BETWEEN_MARKS:
            marks.append((now, self.done))
        while len(marks) > 1 and now - marks[1][0] >= SECONDS_OF_A_RATE:
            marks.popleft()
        since, done = marks[0]
        return now - since, self.done - done


class BarProgress:
    """A bar with rate and time left, on stderr."""

    def __init__(self, console: Console, unit: Unit = "articles") -> None:
        self._tally = Tally(unit)
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            console=console,
            transient=True,
            expand=True,
        )
        self._task = self._bar.add_task("", total=None, rate="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def step(self, text: str) -> None:
        """What is being done now; it stands before the bar."""
        self._bar.update(self._task, description=clean_line(text)[:STEP_CHARACTERS])

    def note(self, text: str) -> None:
        """A line that stays above the bar."""
        self._bar.console.print(Text(clean_line(text)))

    def total(self, count: int | None) -> None:
        """So many documents are to come, None when that is unknown."""
        self._tally.expect(count)
        self._show()

    def article(self, location: str, outcome: str) -> None:  # noqa: ARG002 (the names are the protocol's)
        """One document is done."""
        self._tally.count(outcome)
        self._show()

    def passages(self, count: int) -> None:
        """So many more passages are embedded."""
        self._tally.passages += count
        self._show()

    def _show(self) -> None:
        tally = self._tally
        self._bar.update(self._task, completed=tally.done, total=tally.total or None, rate=tally.state_text())


class LineProgress:
    """A plain line now and then, for logs and pipes."""

    def __init__(self, console: Console, unit: Unit = "articles") -> None:
        self._console = console
        self._tally = Tally(unit)
        self._last = monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def step(self, text: str) -> None:
        """What is being done now."""
        self._console.print(clean_line(text))
        self._last = monotonic()

    def note(self, text: str) -> None:
        """A line of its own."""
        self._console.print(clean_line(text))

    def total(self, count: int | None) -> None:
        """So many documents are to come, None when that is unknown."""
        self._tally.expect(count)

    def article(self, location: str, outcome: str) -> None:  # noqa: ARG002 (the names are the protocol's)
        """One document is done."""
        self._tally.count(outcome)
        if outcome not in EMBEDDED:  # of those that are, a whole group is reported before its passages
            self._print_if_due()

    def passages(self, count: int) -> None:
        """So many more passages are embedded."""
        self._tally.passages += count
        self._print_if_due()

    def _print_if_due(self) -> None:
        if monotonic() - self._last < SECONDS_BETWEEN_LINES:
            return
        self._last = monotonic()
        tally = self._tally
        of_total = f" of {tally.total}" if tally.total else ""
        state = tally.state_text()
        self._console.print(f"{tally.done}{of_total} {tally.unit}{f', {state}' if state else ''}")


def shown_progress(unit: Unit = "articles") -> BarProgress | LineProgress:
    """The bar on a terminal, the lines elsewhere."""
    console = message_console()
    return BarProgress(console, unit) if console.is_terminal else LineProgress(console, unit)

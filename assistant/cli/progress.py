"""How an ingest shows that it moves: a bar on a terminal, plain lines elsewhere."""

from time import monotonic
from types import TracebackType
from typing import Literal, Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from assistant.cli.terminal import clean_line, message_console

SECONDS_BETWEEN_LINES = 10.0
STEP_CHARACTERS = 50
EMBEDDED = ("added", "changed")


Unit = Literal["articles", "passages"]


class RateColumn(ProgressColumn):
    """Documents and passages a second."""

    def __init__(self, unit: Unit) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        """The rate so far, empty until there is one."""
        speed = task.finished_speed or task.speed
        passages = task.fields.get("passages", 0)
        elapsed = task.finished_time or task.elapsed or 0.0
        if speed is None or elapsed <= 0:
            return Text("")
        articles = f"{speed:.1f} articles/s, " if self._unit == "articles" else ""
        return Text(f"{articles}{passages / elapsed:.0f} passages/s", style="dim")


class BarProgress:
    """A bar with rate and time left, on stderr.

    Args:
        console: where the bar is drawn.
        unit: what fills the bar: documents, or the passages of work that knows no documents.
    """

    def __init__(self, console: Console, unit: Unit = "articles") -> None:
        self._unit = unit
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            RateColumn(unit),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("", total=None, passages=0)
        self._total = 0
        self._passages = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def step(self, text: str) -> None:
        """What is being done now; it stands before the bar."""
        self._bar.update(self._task, description=clean_line(text)[-STEP_CHARACTERS:])

    def total(self, count: int | None) -> None:
        """So many documents are to come, None when that is unknown."""
        self._total += count or 0
        self._bar.update(self._task, total=self._total if count is not None else None)

    def article(self, location: str, outcome: str) -> None:  # noqa: ARG002 (the names are the protocol's)
        """One document is done."""
        if self._unit == "articles":
            self._bar.advance(self._task)

    def passages(self, count: int) -> None:
        """So many more passages are embedded."""
        self._passages += count
        done = count if self._unit == "passages" else 0
        self._bar.update(self._task, passages=self._passages, advance=done)


class LineProgress:
    """A plain line now and then, for logs and pipes."""

    def __init__(self, console: Console, unit: Unit = "articles") -> None:
        self._console = console
        self._unit = unit
        self._started = self._last = monotonic()
        self._done = 0
        self._total = 0
        self._passages = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def step(self, text: str) -> None:
        """What is being done now."""
        self._console.print(clean_line(text))
        self._started = self._last = monotonic()

    def total(self, count: int | None) -> None:
        """So many documents are to come, None when that is unknown."""
        self._total += count or 0

    def article(self, location: str, outcome: str) -> None:  # noqa: ARG002 (the names are the protocol's)
        """One document is done."""
        self._done += 1
        if outcome not in EMBEDDED:  # of those that are, a whole group is reported before its passages
            self._print_if_due()

    def passages(self, count: int) -> None:
        """So many more passages are embedded."""
        self._passages += count
        self._print_if_due()

    def _print_if_due(self) -> None:
        now = monotonic()
        if now - self._last >= SECONDS_BETWEEN_LINES:
            self._last = now
            self._console.print(self._state(now - self._started))

    def _state(self, seconds: float) -> str:
        done = self._done if self._unit == "articles" else self._passages
        of_total = f" of {self._total}" if self._total else ""
        rate = done / seconds
        left = f", about {max(self._total - done, 0) / rate:.0f} s left" if self._total and rate else ""
        passages = f", {self._passages} passages" if self._unit == "articles" else ""
        return f"{done}{of_total} {self._unit}{passages}, {rate:.1f} {self._unit}/s{left}"


def shown_progress(unit: Unit = "articles") -> BarProgress | LineProgress:
    """The bar on a terminal, the lines elsewhere."""
    console = message_console()
    return BarProgress(console, unit) if console.is_terminal else LineProgress(console, unit)

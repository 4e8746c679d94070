"""The figures of an index in the terminal: by publisher and month, failures, size on disk."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from assistant.cli.terminal import clean_line, result_console, write_result
from ingest.article import moment_text
from vectorstore.figures import Figures
from vectorstore.journal import JournalEntry

UNKNOWN = "unknown"
MONTHS_SHOWN = 12
COUNTED = ("added", "changed", "unchanged", "removed", "passages")


def figures_json(figures: Figures, ingests: Sequence[JournalEntry]) -> dict[str, Any]:
    """The figures and the last ingestions as JSON values."""
    return {
        "articles": figures.articles,
        "reports": figures.reports,
        "copies": figures.copies,
        "passages": figures.passages,
        "earlier_versions": figures.earlier_versions,
        "by_month": [
            {"publisher": one.publisher or None, "month": one.month, "articles": one.articles}
            for one in figures.by_month
        ],
        "bytes_on_disk": dict(figures.bytes_on_disk),
        "ingests": [_entry_json(entry) for entry in ingests],
    }


def print_figures(figures: Figures, ingests: Sequence[JournalEntry]) -> None:
    """Print the figures: totals, a table of publishers and their last months, and what failed last."""
    sizes = ", ".join(f"{kind} {megabytes(size)}" for kind, size in figures.bytes_on_disk.items())
    write_result(
        f"articles: {figures.articles}\nreports: {figures.reports} ({figures.copies} copies)\n"
        f"passages: {figures.passages}\nearlier versions: {figures.earlier_versions}\nsize: {sizes}"
    )
    _print_months(figures)
    for entry in ingests:
        for failure in entry.outcomes.failed:
            day = entry.started_at.date().isoformat()
            write_result(f"failed {day}: {clean_line(failure.location)} ({clean_line(failure.reason)})")


def megabytes(size: int) -> str:
    """A size as a person reads it."""
    return f"{size / 1_000_000:,.1f} MB"


def _print_months(figures: Figures) -> None:
    table = _by_publisher(figures)
    months = sorted({one.month for one in figures.by_month if one.month})[-MONTHS_SHOWN:]
    console = result_console()
    if not console.is_terminal:
        for one in figures.by_month:
            name = clean_line(one.publisher) or UNKNOWN
            write_result(f"{name}\t{one.month or UNKNOWN}\t{one.articles}")
        return
    shown = Table(box=box.SIMPLE_HEAD)
    shown.add_column("publisher")
    for column in ("all", *months):
        shown.add_column(column, justify="right")
    for publisher, counts in table.items():
        cells = [str(sum(counts.values())), *(str(counts[month] or "") for month in months)]
        shown.add_row(Text(clean_line(publisher) or UNKNOWN), *cells)
    console.print(shown)


def _by_publisher(figures: Figures) -> Mapping[str, Counter[str | None]]:
    table: dict[str, Counter[str | None]] = {}
    for one in figures.by_month:
        table.setdefault(one.publisher, Counter())[one.month] += one.articles
    return dict(sorted(table.items(), key=lambda item: -sum(item[1].values())))


def _entry_json(entry: JournalEntry) -> dict[str, Any]:
    outcomes = entry.outcomes
    return {
        "source": entry.source,
        "started_at": moment_text(entry.started_at),
        "finished_at": moment_text(entry.finished_at),
        **{name: getattr(outcomes, name) for name in COUNTED},
        "failed": [{"location": one.location, "reason": one.reason} for one in outcomes.failed],
    }

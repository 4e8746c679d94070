"""The report of an ingest as a table, with every failure's file and reason."""

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from assistant.cli.terminal import clean_line, result_console, warn
from assistant.counting import count_of

if TYPE_CHECKING:
    from vectorstore.sync import IngestReport

COUNTS = ("added", "changed", "unchanged", "removed")


def print_report(report: "IngestReport") -> None:
    """Print the counts and the failures to stdout."""
    console = result_console()
    counts = {name: getattr(report, name) for name in COUNTS} | {"failed": len(report.failed)}
    if console.is_terminal:
        console.print(_counts_table(counts))
    else:
        console.print("\n".join(f"{name}: {count}" for name, count in counts.items()))
    for failure in report.failed:
        place = Text(clean_line(failure.location), style="bold")
        reason = clean_line(failure.reason)
        console.print(Text.assemble(("not ingested: ", "red"), place, f" ({reason})"))
    console.print(_summary(report))
    for notice in report.notices:
        warn(notice)


def _counts_table(counts: dict[str, int]) -> Table:
    table = Table(box=box.SIMPLE_HEAD)
    for name in counts:
        table.add_column(name, justify="right")
    styles = {"failed": "red"} if counts["failed"] else {}
    table.add_row(*(Text(str(count), style=styles.get(name, "")) for name, count in counts.items()))
    return table


def _summary(report: "IngestReport") -> str:
    seconds = f"{report.seconds:.1f} s"
    if not (report.added or report.changed or report.removed or report.failed):
        seen = "the one article was" if report.unchanged == 1 else f"all {report.unchanged:,} articles were"
        return f"nothing has changed: {seen} already in the index ({seconds})"
    return f"{count_of(report.passages, 'passage')} embedded in {seconds}"

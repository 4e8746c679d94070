"""The data sets and what others reached on them, as a terminal shows it."""

from collections.abc import Iterable
from typing import Any

from rich.table import Table
from rich.text import Text

from assistant.cli.terminal import clean_line, result_console
from evals.beside import OURS, BesideTable
from evals.datasets.data_set import DataSet, Option

SYSTEM_WIDTH, FIGURE_WIDTH = 18, 5


def print_data_sets(data_sets: Iterable[DataSet]) -> None:
    """Print what each set measures, needs and allows."""
    console = result_console()
    for one in data_sets:
        console.print(Text(f"{one.name}:PATH", style="bold"))
        console.print(f"  {one.measures}")
        console.print(f"  PATH: {one.path}")
        console.print(f"  licence: {one.licence}")
        for option in one.options:
            console.print(f"  {_option_line(option)}")
        for row in one.published:
            figures = ", ".join(f"{name} {value:.3f}" for name, value in row.figures.items())
            console.print(f"  {row.system}: {figures} ({row.source})")


def data_set_json(one: DataSet) -> dict[str, Any]:
    """What is known about a set as JSON values."""
    return {
        "name": one.name,
        "measures": one.measures,
        "path": one.path,
        "licence": one.licence,
        "options": [
            {
                "name": option.name,
                "about": option.about,
                "values": list(option.values),
                "default": option.default,
            }
            for option in one.options
        ],
        "published": [row.to_json() for row in one.published],
    }


def comparison_table(found: BesideTable) -> Table:
    """A run's figures under those of other systems."""
    table = Table(box=None, pad_edge=False, header_style="bold", title_justify="left", title_style="bold")
    table.title = Text(found.title) if found.title else None
    table.add_column("System", min_width=SYSTEM_WIDTH)
    for name in found.columns:
        table.add_column(name, justify="right", min_width=FIGURE_WIDTH)
    for system, figures in found.rows:
        shown = ("" if value is None else f"{value:.3f}" for value in figures)
        table.add_row(clean_line(system), *shown, style="bold" if system == OURS else "")
    return table


def _option_line(option: Option) -> str:
    values = f" ({', '.join(option.values)})" if option.values else ""
    default = f", {option.default} by default" if option.default else ""
    return f"?{option.name}= {option.about}{values}{default}"

"""The data sets and what others reached on them, as a terminal shows it."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from assistant.cli.terminal import clean_line, result_console
from evals.datasets.data_set import DataSet, Option

OURS = "Footnote"


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


def comparison_table(summary: Mapping[str, Any]) -> Table | None:
    """This run's figures under those of other systems, None where nobody's are known."""
    published = (summary.get("data_set") or {}).get("published") or []
    metrics = summary["metrics"]
    names = [name for name in _named(published) if metrics.get(name, {}).get("cases")]
    if not names:
        return None
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("System")
    for name in names:
        table.add_column(name, justify="right")
    for row in published:
        if any(name in row["figures"] for name in names):
            table.add_row(clean_line(row["system"]), *(_shown(row["figures"].get(name)) for name in names))
    table.add_row(OURS, *(_shown(metrics[name]["value"]) for name in names), style="bold")
    return table


def caveats(summary: Mapping[str, Any]) -> list[str]:
    """Where the others' figures come from and how they differ, each once."""
    published = (summary.get("data_set") or {}).get("published") or []
    lines = ("; ".join(filter(None, (row["source"], row["caveat"]))) for row in published)
    return list(dict.fromkeys(lines))


def _named(published: Iterable[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for row in published for name in row["figures"]))


def _shown(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _option_line(option: Option) -> str:
    values = f" ({', '.join(option.values)})" if option.values else ""
    default = f", {option.default} by default" if option.default else ""
    return f"?{option.name}= {option.about}{values}{default}"

"""Runs, comparisons and the gate's verdict as a terminal shows them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from assistant.cli.terminal import clean_line, result_console
from evals.beside import beside
from evals.comparing import Comparison
from evals.datasets.view import comparison_table
from evals.gate import GateResult
from evals.record import CaseRecord
from evals.report import format_value
from evals.run_folder import REPORT
from evals.runner import RunResult


def print_run(result: RunResult) -> None:
    """Print the figures of a run and the cases that failed."""
    summary, console = result.summary, result_console()
    console.print(f"{clean_line(summary['suite'])}: {summary['passed']} of {summary['cases']} cases passed")
    console.print(_figures(entry for entry in summary["metrics"].values() if entry["cases"]))
    _print_beside(summary)
    for record in _failed(result):
        wrong = "; ".join(check.detail for check in record.checks if not check.passed)
        console.print(Text.assemble(("failed ", "red"), f"{record.id}: {clean_line(wrong)}"))
    for name in summary["thresholds_missed"]:
        console.print(Text(f"below its threshold: {summary['metrics'][name]['title']}", style="red"))
    console.print(f"report: {result.folder.path / REPORT}")


def _figures(entries: Iterable[Mapping[str, Any]]) -> Table:
    """The figures with their intervals; a column of thresholds only where there is one."""
    shown = list(entries)
    asked = any(entry["threshold"] is not None for entry in shown)
    table = _table("Metric", "Value", "95% interval", "Cases", *(["Threshold"] if asked else []))
    for entry in shown:
        unit = entry["unit"]
        interval = f"{format_value(entry['low'], unit)} to {format_value(entry['high'], unit)}"
        threshold = "" if entry["threshold"] is None else format_value(entry["threshold"], unit)
        value = Text(format_value(entry["value"], unit), style="red" if entry["met"] is False else "")
        cells = (entry["title"], value, interval, str(entry["cases"]), threshold)
        table.add_row(*(cells if asked else cells[:-1]))
    return table


def _failed(result: RunResult) -> list[CaseRecord]:
    """The failed cases of a suite; of a data set, where hundreds are usual, the report has them."""
    if result.summary.get("data_set"):
        return []
    return [record for record in result.records if not record.passed]


def _print_beside(summary: Mapping[str, Any]) -> None:
    """What a judge held, and what others reached on the same set, with Footnote under it."""
    console = result_console()
    if judge := summary.get("judge"):
        told = f"judge {clean_line(judge['model'])}: {judge['scored']} scored, {judge['unscored']} unscored"
        console.print(Text(told, style="yellow" if judge["unscored"] else ""))
    if use := summary.get("model_use"):
        cost = "" if use["usd"] is None else f", ${use['usd']:.4f}"
        console.print(f"tokens read {use['prompt_tokens']}, written {use['answer_tokens']}{cost}")
    for found in beside(summary):
        console.print(comparison_table(found))
        for line in found.sources:
            console.print(Text(clean_line(line), style="dim"))


def print_comparison(comparison: Comparison) -> None:
    """Print each figure of two runs with what may be said of it, and the cases that changed."""
    console = result_console()
    table = _table("Metric", "A", "B", "p", "B is")
    for change in comparison.metrics:
        unit = change.metric.unit
        found = change.difference
        first, second = format_value(found.first, unit), format_value(found.second, unit)
        table.add_row(change.metric.title, first, second, _p_text(change.p_value), change.verdict)
    console.print(f"{len(comparison.common)} cases in both runs, {comparison.left_out} left out")
    console.print(table)
    for case in comparison.better:
        console.print(Text.assemble(("passes now ", "green"), case))
    for case in comparison.worse:
        console.print(Text.assemble(("fails now ", "red"), case))


def print_gate(result: GateResult, report: Path) -> None:
    """Print the verdict, what is wrong line by line, and where the report lies."""
    console = result_console()
    console.print(f"{result.compared} cases held against the baseline, {result.left_out} left out")
    for case in result.now_failing:
        console.print(Text.assemble(("fails now ", "red"), case))
    for line in result.regressions:
        console.print(Text.assemble(("worse ", "bold red"), clean_line(line)))
    console.print(f"report: {report}")
    console.print("the gate is closed" if result.regressions else "the gate is open: no regression shown")


def print_stored(path: Path) -> None:
    """Say where a baseline was written."""
    result_console().print(f"baseline stored: {path}")


def _p_text(p_value: float | None) -> str:
    return "" if p_value is None else f"{p_value:.3f}"


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place, title in enumerate(titles):
        table.add_column(title, justify="left" if place == 0 or title.startswith("B is") else "right")
    return table

"""The report of a run: one HTML page that needs nothing else, with every failed case in full."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evals.beside import OURS, beside
from evals.case_text import expected_lines, quotes_of, shown_passages
from evals.marking import marked
from evals.plots import plots_of
from evals.record import CaseRecord

if TYPE_CHECKING:
    from jinja2 import Template

OPEN_CASES = 20
"""So many failed cases are unfolded from the start."""


def report_html(
    manifest: Mapping[str, Any], summary: Mapping[str, Any], records: Sequence[CaseRecord]
) -> str:
    """The page as text. All that comes from articles, answers or suites is escaped by the template engine."""
    return _template().render(
        manifest=manifest,
        summary=summary,
        missed=[summary["metrics"][name]["title"] for name in summary["thresholds_missed"]],
        beside=beside(summary),
        ours=OURS,
        metrics=[_row(entry) for entry in summary["metrics"].values() if entry["cases"]],
        plots=plots_of(records),
        failed=[_case(record) for record in records if not record.passed],
        passed=[record for record in records if record.passed],
        open_cases=OPEN_CASES,
        made_with=list(_made_with(manifest)),
    )


def format_value(value: float | None, unit: str) -> str:
    """A figure as reports and terminals show it: 0.912, or 41 ms."""
    if value is None:
        return "–"
    if unit == "usd":
        return f"${value:.4f}"
    return f"{value:.0f} {unit}" if unit in ("ms", "tokens") else f"{value:.3f}"


def _row(entry: Mapping[str, Any]) -> dict[str, Any]:
    unit = entry["unit"]
    return {
        "title": entry["title"],
        "value": format_value(entry["value"], unit),
        "interval": f"{format_value(entry['low'], unit)} to {format_value(entry['high'], unit)}",
        "cases": entry["cases"],
        "threshold": "" if entry["threshold"] is None else format_value(entry["threshold"], unit),
        "met": entry["met"],
    }


def _case(record: CaseRecord) -> dict[str, Any]:
    quotes = quotes_of(record)
    return {
        "record": record,
        "answer": record.answer or {},
        "wrong": [check for check in record.checks if not check.passed],
        "expected": expected_lines(record),
        "retrieved": [
            {"passage": passage, "pieces": marked(passage["text"], quotes)}
            for passage in shown_passages(record)
        ],
    }


def _made_with(manifest: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Everything that the manifest says, a name and a value a line."""
    for name, value in manifest.items():
        inside = value.items() if isinstance(value, Mapping) else [("", value)]
        for key, detail in inside:
            text = detail if isinstance(detail, str) else json.dumps(detail, ensure_ascii=False)
            yield f"{name} {key}".strip().replace("_", " "), text


@lru_cache(maxsize=1)
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string((files("evals") / "report.html.jinja").read_text("utf-8"))

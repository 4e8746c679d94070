"""The report of a run: one HTML page that needs nothing else, with every failed case in full."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from evals.marking import marked
from evals.record import CaseRecord

if TYPE_CHECKING:
    from jinja2 import Template

RETRIEVED_SHOWN = 5


def report_html(
    manifest: Mapping[str, Any], summary: Mapping[str, Any], records: Sequence[CaseRecord]
) -> str:
    """The page as text. All that comes from articles, answers or suites is escaped by the template engine."""
    return _template().render(
        manifest=manifest,
        summary=summary,
        metrics=[_row(entry) for entry in summary["metrics"].values() if entry["cases"]],
        failed=[_case(record) for record in records if not record.passed],
        passed=[record for record in records if record.passed],
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
    answer = record.answer or {}
    quotes = [citation["quote"] for citation in answer.get("citations", ())]
    retrieved = [*answer.get("retrieved", ()), *answer.get("nearest", ())][:RETRIEVED_SHOWN]
    return {
        "record": record,
        "answer": answer,
        "wrong": [check for check in record.checks if not check.passed],
        "retrieved": [
            {"passage": passage, "pieces": marked(passage["text"], [*quotes, *record.expected["quotes"]])}
            for passage in retrieved
        ],
    }


@lru_cache(maxsize=1)
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string((files("evals") / "report.html.jinja").read_text("utf-8"))

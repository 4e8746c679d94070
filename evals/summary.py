"""The figures of a run, with their intervals, by metric, by tag and by stage."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from evals.calibration import bins_of
from evals.intervals import Figure, figure
from evals.metrics import METRIC_BY_NAME, METRICS, Metric
from evals.record import CaseRecord
from evals.risk import RISK_METRICS
from evals.tally import Tally
from evals.usage import model_use, stage_times

RISK = RISK_METRICS[0].name
PASSED = "cases_passed"


def summarize(manifest: Mapping[str, Any], records: Sequence[CaseRecord]) -> dict[str, Any]:
    """The summary of a run as JSON values; the same records and seed give the same figures.

    Args:
        records: in the order of the suite.
    """
    thresholds: Mapping[str, float] = manifest["thresholds"]
    seed = int(manifest["seed"])
    ordered = sorted(records, key=lambda record: record.id)
    metrics = {metric.name: _metric_json(metric, ordered, seed, thresholds) for metric in METRICS}
    return {
        "suite": manifest["suite"]["name"],
        "data_set": manifest.get("data_set"),
        "cases": len(records),
        "passed": sum(record.passed for record in records),
        "failed": [record.id for record in records if not record.passed],
        "errors": [record.id for record in records if record.error is not None],
        "thresholds_missed": [name for name, entry in metrics.items() if entry["met"] is False],
        "metrics": metrics,
        "calibration": [one.to_json() for one in bins_of(risk_tallies(records))],
        "tags": _by_tag(ordered, seed),
        "stages_ms": _stages(records),
        "stage_times_ms": stage_times(ordered, seed),
        "model_use": model_use(records, manifest.get("prices")),
        "judge": _judge(manifest, records),
    }


def risk_tallies(records: Sequence[CaseRecord]) -> list[Tally]:
    """What `evals.risk.risk_tally` made of each case that was asked."""
    return [record.tallies[RISK] for record in records if RISK in record.tallies]


def meets(metric: Metric, value: float | None, threshold: float) -> bool:
    """Whether a value is at least the threshold, or at most where lower is better; no value meets none."""
    if value is None:
        return False
    return value >= threshold if metric.higher_is_better else value <= threshold


def _judge(manifest: Mapping[str, Any], records: Sequence[CaseRecord]) -> dict[str, Any] | None:
    """How many answers have an opinion, and how many got none because the judge failed."""
    if manifest.get("judge") is None:
        return None
    opinions = [record.opinion for record in records if record.opinion is not None]
    unscored = sum(opinion.unscored for opinion in opinions)
    return {"model": manifest["judge"]["model"], "scored": len(opinions) - unscored, "unscored": unscored}


def _metric_json(
    metric: Metric, records: Sequence[CaseRecord], seed: int, thresholds: Mapping[str, float]
) -> dict[str, Any]:
    found = figure(
        metric, [record.tallies[metric.name] for record in records if metric.name in record.tallies], seed
    )
    threshold = thresholds.get(metric.name)
    return {
        "title": metric.title,
        "unit": metric.unit,
        "value": _rounded(found.value),
        "low": _rounded(found.low),
        "high": _rounded(found.high),
        "cases": found.cases,
        "threshold": threshold,
        "met": _met(metric, found, threshold),
    }


def _met(metric: Metric, found: Figure, threshold: float | None) -> bool | None:
    """None where there is no threshold, or no case in this run that it speaks of."""
    return None if threshold is None or not found.cases else meets(metric, found.value, threshold)


def _by_tag(records: Sequence[CaseRecord], seed: int) -> dict[str, dict[str, Any]]:
    """By tag, the cases and how many passed, with the 95% interval of their share."""
    found: defaultdict[str, list[Tally]] = defaultdict(list)
    for record in records:
        for tag in record.tags:
            found[tag].append(Tally.of(record.passed))
    return {tag: _passed(tallies, seed) for tag, tallies in sorted(found.items())}


def _passed(tallies: Sequence[Tally], seed: int) -> dict[str, Any]:
    share = figure(METRIC_BY_NAME[PASSED], tallies, seed)
    return {
        "passed": sum(int(tally.numerator) for tally in tallies),
        "cases": share.cases,
        "low": _rounded(share.low),
        "high": _rounded(share.high),
    }


def _stages(records: Sequence[CaseRecord]) -> dict[str, dict[str, float]]:
    """Median and 95% quantile of the time that each stage of answering took, as the answers report it."""
    times: defaultdict[str, list[float]] = defaultdict(list)
    for record in records:
        for stage, milliseconds in ((record.answer or {}).get("timings_ms") or {}).items():
            times[stage].append(float(milliseconds))
    return {
        stage: {"p50": round(float(np.median(values)), 2), "p95": round(float(np.quantile(values, 0.95)), 2)}
        for stage, values in times.items()
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)

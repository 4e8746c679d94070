"""Two runs of the same cases: which figures differ beyond chance, and which cases got better or worse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from evals.errors import RunFolderError
from evals.intervals import SIGNIFICANCE, Difference, difference, holm_adjusted
from evals.metrics import METRICS, Metric
from evals.record import CaseRecord
from evals.run_folder import RunFolder
from evals.tally import Tally

NO_DIFFERENCE = "no difference shown"
NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True)
class MetricChange:
    """A metric of two runs.

    Attributes:
        p_value: of a difference in either direction, made stricter for the number of metrics (Holm); None
            where the metric cannot tell two runs apart.
        verdict: "better", "worse", "no difference shown" or "not judged", of the second run.
    """

    metric: Metric
    difference: Difference
    p_value: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from the first run to the second.

    Attributes:
        common: ids of the cases that both runs have, word for word the same.
        left_out: how many cases are in one run only, or were changed between the two.
        better, worse: ids of cases that pass now and did not, and the reverse.
    """

    common: tuple[str, ...]
    left_out: int
    metrics: tuple[MetricChange, ...]
    better: tuple[str, ...]
    worse: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The comparison as JSON values."""
        return {
            "cases": len(self.common),
            "left_out": self.left_out,
            "better": list(self.better),
            "worse": list(self.worse),
            "metrics": {
                change.metric.name: {
                    "first": change.difference.first,
                    "second": change.difference.second,
                    "cases": change.difference.cases,
                    "p_value": change.p_value,
                    "verdict": change.verdict,
                }
                for change in self.metrics
            },
        }


def compare_runs(first: RunFolder, second: RunFolder, seed: int = 0) -> Comparison:
    """Compare two run folders case by case.

    Raises:
        RunFolderError: one of them is no run, or they have no case in common.
    """
    ours = {record.id: record for record in _records(first)}
    theirs = {record.id: record for record in _records(second)}
    common = tuple(case for case in ours if case in theirs and ours[case].digest == theirs[case].digest)
    if not common:
        raise RunFolderError(
            second.path, f"no case in common with {first.path}", "compare two runs of one suite, unchanged"
        )
    return Comparison(
        common=common,
        left_out=len(ours.keys() | theirs.keys()) - len(common),
        metrics=_changes([ours[case] for case in common], [theirs[case] for case in common], seed),
        better=tuple(case for case in common if theirs[case].passed and not ours[case].passed),
        worse=tuple(case for case in common if ours[case].passed and not theirs[case].passed),
    )


def tallies_of(metric: Metric, records: Iterable[CaseRecord]) -> dict[str, Tally]:
    """The metric's tallies by case id, of those records that have one."""
    return {record.id: record.tallies[metric.name] for record in records if metric.name in record.tallies}


def verdict(metric: Metric, found: Difference, p_value: float) -> str:
    """What may be said of the second run."""
    if found.first is None or found.second is None or p_value >= SIGNIFICANCE or found.first == found.second:
        return NO_DIFFERENCE
    return "better" if (found.second > found.first) == metric.higher_is_better else "worse"


def _records(folder: RunFolder) -> list[CaseRecord]:
    folder.manifest()
    return folder.records()


def _changes(ours: Sequence[CaseRecord], theirs: Sequence[CaseRecord], seed: int) -> tuple[MetricChange, ...]:
    found = [
        (metric, difference(metric, tallies_of(metric, ours), tallies_of(metric, theirs), seed))
        for metric in METRICS
    ]
    told = [(metric, change) for metric, change in found if change.cases]
    judged = [change.p_different for metric, change in told if metric.comparable]
    adjusted = iter(holm_adjusted(judged))
    return tuple(
        _change(metric, change, next(adjusted) if metric.comparable else None) for metric, change in told
    )


def _change(metric: Metric, found: Difference, p_value: float | None) -> MetricChange:
    told = NOT_JUDGED if p_value is None else verdict(metric, found, p_value)
    return MetricChange(metric, found, p_value, told)

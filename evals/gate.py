"""The gate: a run passes unless it misses a threshold or is worse than the stored baseline beyond chance."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from evals.comparing import tallies_of
from evals.errors import BaselineError
from evals.intervals import SIGNIFICANCE, difference
from evals.metrics import METRICS, Metric
from evals.record import CaseRecord
from evals.run_folder import RunFolder
from evals.tally import Tally

BASELINE_FORMAT = 1
NEVER_BELOW_ONE = "quotes_verbatim"
LEAST_LOSS = 0.005
"""Losses as small as this are not held against a run: a model's figures differ by as much between processors,
and always to the same side, so that a test which pairs the cases takes them for no chance."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A run to hold later ones against.

    Attributes:
        digests: of each case, by id: a case that was changed since is not compared.
        passed: ids of the cases that passed.
        tallies: by metric name and case id.
    """

    suite: str
    digests: Mapping[str, str]
    passed: frozenset[str]
    tallies: Mapping[str, Mapping[str, Tally]]


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate found.

    Attributes:
        regressions: one line each; empty lets the run pass.
        compared, left_out: cases held against the baseline, and those new, gone or changed since.
        now_failing: ids of cases that passed in the baseline and fail now.
    """

    regressions: tuple[str, ...]
    compared: int
    left_out: int
    now_failing: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing is wrong."""
        return not self.regressions


def check_gate(run: RunFolder, baseline: Baseline) -> GateResult:
    """Hold a finished run against a baseline.

    A metric has got worse if a paired permutation test gives less than 5% chance to a loss as large
    (one-sided; not made stricter for the number of metrics: the gate would rather stop once too often), and
    it is larger than `LEAST_LOSS`.

    Raises:
        RunFolderError: the run is not finished.
        BaselineError: the two have no case in common.
    """
    summary = run.summary()
    records = {record.id: record for record in run.records()}
    common = [case for case, record in records.items() if baseline.digests.get(case) == record.digest]
    if not common:
        raise BaselineError(
            f"the run in {run.path} and the baseline of suite {baseline.suite!r} have no case in common",
            "run the suite of the baseline, or store this run as a new one with --accept",
        )
    compared = [records[case] for case in common]
    worse = [_worse(metric, compared, baseline) for metric in METRICS if metric.comparable]
    return GateResult(
        regressions=(*_misses(summary), *(line for line in worse if line)),
        compared=len(common),
        left_out=len(records.keys() | baseline.digests.keys()) - len(common),
        now_failing=tuple(case for case in common if case in baseline.passed and not records[case].passed),
    )


def write_baseline(run: RunFolder, path: Path) -> None:
    """Store a finished run as the baseline of later ones.

    Raises:
        RunFolderError: the run is not finished.
    """
    summary, manifest = run.summary(), run.manifest()
    records = sorted(run.records(), key=lambda record: record.id)
    value = {
        "format": BASELINE_FORMAT,
        "suite": summary["suite"],
        "made": {key: manifest[key] for key in ("started_at", "versions", "subject", "code", "seed")},
        "metrics": {name: entry["value"] for name, entry in summary["metrics"].items()},
        "cases": {record.id: _case_json(record) for record in records},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_one_line_a_case(value), encoding="utf-8")


def read_baseline(path: Path) -> Baseline:
    """Read a stored baseline.

    Raises:
        BaselineError: there is none, or it is of another format.
    """
    try:
        value = json.loads(path.read_text("utf-8"))
        if value["format"] != BASELINE_FORMAT:
            raise ValueError(f"format {value['format']}")
        return _baseline(value)
    except FileNotFoundError as error:
        raise BaselineError(
            f"there is no baseline at {path}", "store this run as one with --accept"
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BaselineError(
            f"{path} is no baseline that can be read", "store a run anew with --accept"
        ) from error


def built_in_baseline(suite_name: str) -> Path:
    """Where the baseline of a built-in suite is kept."""
    return Path(str(files("evals") / "baselines" / f"{suite_name}.json"))


def _worse(metric: Metric, records: Sequence[CaseRecord], baseline: Baseline) -> str | None:
    now = tallies_of(metric, records)
    stored = baseline.tallies.get(metric.name, {})
    ids = {record.id for record in records}
    before = {case: tally for case, tally in stored.items() if case in ids}
    found = difference(metric, before, now, seed=0)
    if found.first is None or found.second is None or found.p_worse >= SIGNIFICANCE:
        return None
    if abs(found.second - found.first) <= LEAST_LOSS:
        return None
    return f"{metric.title}: {found.first:.3f} before, {found.second:.3f} now (p = {found.p_worse:.3f})"


def _misses(summary: Mapping[str, Any]) -> list[str]:
    entries = summary["metrics"]
    missed = [
        f"{entry['title']}: {entry['value']} misses the suite's threshold {entry['threshold']}"
        for entry in (entries[name] for name in summary["thresholds_missed"])
    ]
    verbatim = entries[NEVER_BELOW_ONE]
    imperfect = verbatim["value"] is not None and verbatim["value"] < 1
    if imperfect and NEVER_BELOW_ONE not in summary["thresholds_missed"]:
        missed.append(f"{verbatim['title']}: {verbatim['value']}, and every quote must be")
    return missed


def _one_line_a_case(value: Mapping[str, Any]) -> str:
    """The baseline as JSON that shows a changed case as one changed line."""
    head = {key: entry for key, entry in value.items() if key != "cases"}
    lines = [f"{json.dumps(key)}: {json.dumps(case)}" for key, case in value["cases"].items()]
    inside = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return inside + ',\n "cases": {\n  ' + ",\n  ".join(lines) + "\n }\n}\n"


def _case_json(record: CaseRecord) -> dict[str, Any]:
    """Without the times: those of another machine, or another minute, say nothing."""
    kept = {metric.name for metric in METRICS if metric.comparable}
    tallies = {
        name: [tally.numerator, tally.denominator] for name, tally in record.tallies.items() if name in kept
    }
    return {"digest": record.digest, "passed": record.passed, "tallies": tallies}


def _baseline(value: Mapping[str, Any]) -> Baseline:
    cases = value["cases"]
    names = {name for case in cases.values() for name in case["tallies"]}
    return Baseline(
        suite=value["suite"],
        digests={case_id: case["digest"] for case_id, case in cases.items()},
        passed=frozenset(case_id for case_id, case in cases.items() if case["passed"]),
        tallies={
            name: {
                case_id: Tally(*case["tallies"][name])
                for case_id, case in cases.items()
                if name in case["tallies"]
            }
            for name in names
        },
    )

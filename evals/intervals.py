"""How sure a figure is, and whether two runs differ: resampling over cases, in pairs between runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from evals.metrics import Floats, Metric
from evals.tally import Tally

RESAMPLES = 4000
BLOCK = 500
COVERAGE = 0.95
SIGNIFICANCE = 0.05


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric over the cases that it applies to.

    Attributes:
        value: None where no case has one.
        low, high: borders of the 95% interval, None where `value` is.
        cases: how many cases it was taken over.
    """

    value: float | None
    low: float | None
    high: float | None
    cases: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Two runs compared on the cases that both have.

    Attributes:
        first, second: the metric of each run over the common cases, None where there is none.
        p_worse: the chance of a difference at least this bad for the second run if the runs were alike.
        p_different: the same for a difference in either direction.
        cases: how many cases were compared.
    """

    first: float | None
    second: float | None
    p_worse: float
    p_different: float
    cases: int


def figure(metric: Metric, tallies: Iterable[Tally], seed: int) -> Figure:
    """The metric with its 95% interval.

    The interval is the percentile bootstrap over cases (Efron 1979). Where all cases of a share agree,
    resampling sees no spread, and the exact binomial border (Clopper and Pearson 1934) is given instead.
    """
    values = _array(tallies)
    if not values.shape[0]:
        return Figure(None, None, None, 0)
    value = float(metric.aggregate(values))
    if isnan(value):
        return Figure(None, None, None, 0)
    low, high = (
        _unanimous(values, value) if _is_unanimous(metric, value) else _bootstrap(metric, values, seed)
    )
    return Figure(value, low, high, values.shape[0])


def difference(
    metric: Metric, first: Mapping[str, Tally], second: Mapping[str, Tally], seed: int
) -> Difference:
    """Compare two runs by a paired permutation test over the cases.

    Under the hypothesis that the runs are alike, each case's two results could as well be swapped; the
    p-values are the shares of random swaps (the observed one counted in) whose difference is at least as
    large. A case that one of the runs has no tally for counts there with a denominator of 0.

    Args:
        first, second: tallies by case id.
        seed: of the random swaps; the same seed gives the same p-values.
    """
    ids = sorted(first.keys() | second.keys())
    nothing = Tally(0.0, 0.0)
    ours = _array(first.get(case, nothing) for case in ids)
    theirs = _array(second.get(case, nothing) for case in ids)
    if not ids:
        return Difference(None, None, 1.0, 1.0, 0)
    observed = float(metric.aggregate(theirs) - metric.aggregate(ours))
    known = [_known(float(metric.aggregate(values))) for values in (ours, theirs)]
    if isnan(observed) or np.array_equal(ours, theirs):
        return Difference(known[0], known[1], 1.0, 1.0, len(ids))
    swapped = _swapped_differences(metric, ours, theirs, seed)
    loss = -observed if metric.higher_is_better else observed
    losses = -swapped if metric.higher_is_better else swapped
    return Difference(
        known[0], known[1], _share_reaching(losses, loss), _share_reaching(abs(swapped), abs(loss)), len(ids)
    )


def holm_adjusted(p_values: Sequence[float]) -> list[float]:
    """The p-values made stricter for asking several questions at once (Holm 1979), in the same order."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    adjusted = [1.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, p_values[place] * (len(order) - rank)))
        adjusted[place] = highest
    return adjusted


def _array(tallies: Iterable[Tally]) -> Floats:
    rows = [(tally.numerator, tally.denominator) for tally in tallies]
    return np.array(rows, dtype=np.float64).reshape(len(rows), 2)


def _bootstrap(metric: Metric, values: Floats, seed: int) -> tuple[float, float]:
    generator = np.random.default_rng(seed)
    count = values.shape[0]
    drawn = [
        metric.aggregate(values[generator.integers(0, count, (BLOCK, count))])
        for _ in range(RESAMPLES // BLOCK)
    ]
    tail = (1 - COVERAGE) / 2
    low, high = np.nanquantile(np.concatenate(drawn), (tail, 1 - tail))
    return float(low), float(high)


def _is_unanimous(metric: Metric, value: float) -> bool:
    return metric.unit == "share" and value in (0.0, 1.0)


def _unanimous(values: Floats, value: float) -> tuple[float, float]:
    border = float(np.power((1 - COVERAGE) / 2, 1.0 / len(values)))
    return (border, 1.0) if value == 1.0 else (0.0, 1 - border)


def _swapped_differences(metric: Metric, ours: Floats, theirs: Floats, seed: int) -> Floats:
    generator = np.random.default_rng(seed)
    drawn: list[Floats] = []
    for _ in range(RESAMPLES // BLOCK):
        swap = generator.random((BLOCK, ours.shape[0], 1)) < 0.5
        drawn.append(
            metric.aggregate(np.where(swap, ours, theirs)) - metric.aggregate(np.where(swap, theirs, ours))
        )
    differences = np.concatenate(drawn)
    return differences[~np.isnan(differences)]


def _share_reaching(drawn: Floats, observed: float) -> float:
    reached = int(np.count_nonzero(drawn >= observed - 1e-12))
    return (reached + 1) / (len(drawn) + 1)


def _known(value: float) -> float | None:
    return None if isnan(value) else value

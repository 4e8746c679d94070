"""How sure a figure is, and whether two runs differ: resampling over cases, in pairs between runs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from numpy.typing import NDArray

from evals.metrics import Floats, Metric
from evals.tally import Tally

Indices = NDArray[np.intp]

RESAMPLES = 4000
BLOCK = 500
COVERAGE = 0.95
SIGNIFICANCE = 0.05
TINY = 1e-12


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
    """Compare two runs by a paired permutation test over the cases (`scipy.stats.permutation_test`).

    Under the hypothesis that the runs are alike, each case's two results could as well be swapped; the
    p-values are the shares of swaps whose difference is at least as large: of all swaps where there are few,
    else of random ones, the observed one counted in. A case that one of the runs has no tally for counts
    there with a denominator of 0; swaps that leave a run without any value count as large.

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
    known = [_known(float(metric.aggregate(values))) for values in (ours, theirs)]
    if None in known or len(ids) < 2 or np.array_equal(ours, theirs):
        return Difference(known[0], known[1], 1.0, 1.0, len(ids))
    worse, better = _p_values(metric, ours, theirs, seed)
    return Difference(known[0], known[1], worse, min(1.0, 2 * min(worse, better)), len(ids))


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


def _p_values(metric: Metric, ours: Floats, theirs: Floats, seed: int) -> tuple[float, float]:
    """The chances of a loss and of a gain at least as large as that from `ours` to `theirs`."""
    from scipy.stats import permutation_test

    rows, count = np.concatenate([ours, theirs]), len(ours)
    sign = 1 if metric.higher_is_better else -1

    def loss(before: Indices, after: Indices, **_: object) -> Floats:
        lost = sign * (metric.aggregate(rows[before]) - metric.aggregate(rows[after]))
        return np.asarray(np.nan_to_num(lost, nan=np.inf))

    found = permutation_test(
        (np.arange(count), np.arange(count, 2 * count)),
        loss,
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        batch=BLOCK,
        alternative="greater",
        rng=np.random.default_rng(seed),
    )
    swapped = found.null_distribution
    gains = np.count_nonzero((swapped <= found.statistic + TINY) | np.isinf(swapped))
    return float(found.pvalue), (gains + 1) / (len(swapped) + 1)


def _known(value: float) -> float | None:
    return None if isnan(value) else value

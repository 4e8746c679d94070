"""`Metric`: one figure over many cases, from what each case adds to it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.judging import Judged
from evals.tally import Tally

Floats = NDArray[np.float64]
Measure = Callable[[Judged], Tally | None]
Combine = Callable[[Floats], Floats]
"""From tallies of shape (..., cases, 2) to figures of shape (...)."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure over many cases.

    Attributes:
        name: as thresholds, JSON and baselines spell it.
        title: as reports show it.
        measure: what a case adds; None where the metric does not apply to the case.
        unit: "share" (0 to 1), "ratio" (any number), "tokens", "usd" or "ms".
        higher_is_better: whether more is better.
        quantile: from 0 to 1: the metric is this quantile of the cases' values and not their pooled share.
        comparable: whether two runs can be told apart by it. Times cannot: all cases of a run share what else
            the machine was doing, so that two runs of one system can differ in every case.
        combine: how tallies add up, where it is neither a pooled share nor a quantile.
    """

    name: str
    title: str
    measure: Measure
    unit: str = "share"
    higher_is_better: bool = True
    quantile: float | None = None
    comparable: bool = True
    combine: Combine | None = None

    def aggregate(self, tallies: Floats) -> Floats:
        """The metric of many cases.

        Args:
            tallies: shape (..., cases, 2): numerators and denominators.

        Returns:
            Shape (...); NaN where the denominators sum to 0.
        """
        if self.combine is not None:
            return self.combine(tallies)
        if self.quantile is not None:
            return np.asarray(np.quantile(tallies[..., 0], self.quantile, axis=-1), dtype=np.float64)
        totals = tallies.sum(axis=-2)
        shares: Floats = np.full(totals.shape[:-1], np.nan)
        np.divide(totals[..., 0], totals[..., 1], out=shares, where=totals[..., 1] > 0)
        return shares

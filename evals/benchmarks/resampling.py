"""How sure the figures of a benchmark are: the percentile bootstrap over questions (Efron 1979)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 10_000
BLOCK = 500
BORDERS = (0.025, 0.975)

Scores = NDArray[np.float64]
"""What each question adds to a figure, the figure being their mean: shape (questions,)."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with its 95% interval.

    Attributes:
        p: of a difference, twice the smaller share of resamples on either side of zero, from 0 to 1.
    """

    value: float
    low: float
    high: float
    p: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def estimates(scores: Mapping[str, Scores], seed: int = 0) -> dict[str, Estimate]:
    """The mean of each row of scores; all rows are of the same questions and resampled together.

    Raises:
        ValueError: there are no questions.
    """
    if not scores:
        return {}
    table = np.stack(list(scores.values()), axis=1)
    count = len(table)
    if not count:
        raise ValueError("there are no questions to resample")
    draw = np.random.default_rng(seed)
    means = np.concatenate([_times_drawn(draw, count) @ table / count for _ in range(RESAMPLES // BLOCK)])
    low, high = np.quantile(means, BORDERS, axis=0)
    tails = 1 + np.minimum((means <= 0).sum(axis=0), (means >= 0).sum(axis=0))
    return {
        name: Estimate(
            float(table[:, place].mean()),
            float(low[place]),
            float(high[place]),
            min(1.0, 2 * float(tails[place]) / (1 + RESAMPLES)),
        )
        for place, name in enumerate(scores)
    }


def _times_drawn(draw: np.random.Generator, count: int) -> NDArray[np.int64]:
    """How often each question is in each of `BLOCK` resamples."""
    places = draw.integers(0, count, (BLOCK, count)) + count * np.arange(BLOCK)[:, None]
    return np.bincount(places.ravel(), minlength=BLOCK * count).reshape(BLOCK, count)


def estimate(scores: Scores, seed: int = 0) -> Estimate:
    """The mean of one row of scores."""
    return estimates({"": scores}, seed)[""]

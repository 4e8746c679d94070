"""Whether confidence keeps its word: answers in bins of their confidence, and how far those are from it.

Only answers that were given count; a declined question has none. The expected calibration error is the mean
distance between the confidence of a bin and the share of its answers that are right, weighted by how many it
holds (Naeini, Cooper and Hauskrecht 2015), over `BINS` bins of equal width. It is never below 0, so few
answers and every resample push it up. The Brier score (1950) needs no bins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.judging import Judged
from evals.metric import Floats, Metric
from evals.risk import risk_tally
from evals.tally import Tally

BINS = 10
NORMAL_95 = 1.96
DECLINED = 1.0


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers whose confidence lies in a tenth of the scale.

    Attributes:
        first, last: ends of the tenth.
        answers, right: how many, and how many of them were right.
        confidence: their mean.
        low, high: of the share that is right, Wilson's 95% interval (1927).
    """

    first: float
    last: float
    answers: int
    right: int
    confidence: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.right / self.answers

    def to_json(self) -> dict[str, Any]:
        """The bin as JSON values."""
        return {
            "from": self.first,
            "to": self.last,
            "answers": self.answers,
            "right": self.right,
            "confidence": round(self.confidence, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
        }


def bins_of(tallies: Sequence[Tally]) -> list[Bin]:
    """The bins that hold an answer, from the least confidence to the most.

    Args:
        tallies: as `evals.risk.risk_tally` makes them.
    """
    values = np.array([(tally.numerator, tally.denominator) for tally in tallies]).reshape(-1, 2)
    wrong, confidence, answered = _answers(values)
    places = _places(confidence)
    made = ((place, answered & (places == place)) for place in range(BINS))
    return [_bin(place, ~wrong[here], confidence[here]) for place, here in made if here.any()]


def expected_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error of the answers in the bins, 0 to 1; NaN without any."""
    count = sum(one.answers for one in bins)
    gaps = sum(abs(one.share - one.confidence) * one.answers for one in bins)
    return gaps / count if count else float("nan")


def _bin(place: int, rights: np.ndarray, confidence: Floats) -> Bin:
    count, right = len(rights), int(rights.sum())
    share, squared = right / count, NORMAL_95**2
    middle = (share + squared / (2 * count)) / (1 + squared / count)
    half = NORMAL_95 * sqrt(share * (1 - share) / count + squared / (4 * count**2)) / (1 + squared / count)
    return Bin(
        first=place / BINS,
        last=(place + 1) / BINS,
        answers=count,
        right=right,
        confidence=float(confidence.mean()),
        low=max(0.0, middle - half),
        high=min(1.0, middle + half),
    )


def _answers(tallies: Floats) -> tuple[np.ndarray, Floats, np.ndarray]:
    """Of risk tallies: whether each is wrong, its confidence, whether it is an answer."""
    answered = tallies[..., 1] > DECLINED
    return tallies[..., 0] > 0, np.where(answered, tallies[..., 1] - 2.0, 0.0), answered


def _places(confidence: Floats) -> NDArray[np.int64]:
    return np.clip(np.floor(confidence * BINS + 1e-9), 0, BINS - 1).astype(np.int64)


def _expected_error(tallies: Floats) -> Floats:
    wrong, confidence, answered = _answers(tallies)
    distance = np.where(answered, ~wrong - confidence, 0.0)
    places = _places(confidence)
    gaps = sum(np.abs((distance * (places == place)).sum(axis=-1)) for place in range(BINS))
    counts = answered.sum(axis=-1)
    errors: Floats = np.full(counts.shape, np.nan)
    np.divide(gaps, counts, out=errors, where=counts > 0)
    return errors


def _answer_risk(judged: Judged) -> Tally | None:
    tally = risk_tally(judged)
    return tally if tally is not None and tally.denominator > DECLINED else None


def _brier(judged: Judged) -> Tally | None:
    tally = _answer_risk(judged)
    if tally is None:
        return None
    return Tally((1.0 - tally.numerator - (tally.denominator - 2.0)) ** 2)


CALIBRATION_METRICS: tuple[Metric, ...] = (
    Metric(
        "calibration_error",
        "Expected calibration error",
        _answer_risk,
        higher_is_better=False,
        combine=_expected_error,
    ),
    Metric("brier", "Brier score of the confidence", _brier, higher_is_better=False),
)

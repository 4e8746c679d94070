"""Risk and coverage of answers taken in the order of their confidence (El-Yaniv and Wiener 2010).

Coverage is the share of questions that are answered when only the most confident answers are given, risk the
share of wrong ones among those. Every question counts: one that must be declined is wrong whenever it is
answered, and one that was declined has no answer that could be right, so declined ones stand last and count
as wrong. Of equal confidences the wrong one is taken first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.judging import Judged, answered_rightly
from evals.metric import Combine, Floats, Metric
from evals.tally import Tally

RISKS = (0.05, 0.10, 0.20)


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """The curve: after the k most confident answers, the share of questions answered and the share wrong.

    Attributes:
        coverage, risk: shape (questions,), each 0 to 1; coverage rises.
    """

    coverage: Floats
    risk: Floats

    @property
    def area(self) -> float:
        """The area under the curve (AURC), 0 to 1, lower is better; NaN without questions."""
        return float(self.risk.mean()) if self.risk.size else float("nan")

    def coverage_at(self, most: float) -> float:
        """The largest share of questions that can be answered with at most this risk, 0 to 1."""
        return float(self.coverage[self.risk <= most].max(initial=0.0))


def risk_coverage(tallies: Sequence[Tally]) -> RiskCoverage:
    """The curve of the tallies that `RISK_METRICS` are made from."""
    values = np.array([(tally.numerator, tally.denominator) for tally in tallies]).reshape(-1, 2)
    counts = np.arange(1, len(values) + 1)
    return RiskCoverage(counts / max(1, len(values)), _wrong_in_order(values)[0].cumsum() / counts)


def _area(tallies: Floats) -> Floats:
    risk, counted = _risks(tallies)
    totals = counted.sum(axis=-1)
    areas: Floats = np.full(totals.shape, np.nan)
    np.divide((risk * counted).sum(axis=-1), totals, out=areas, where=totals > 0)
    return areas


def _coverage_at(most: float) -> Combine:
    """The largest share of questions that can be answered with at most this risk."""

    def combine(tallies: Floats) -> Floats:
        risk, counted = _risks(tallies)
        places = np.arange(1, risk.shape[-1] + 1) * (counted & (risk <= most))
        totals = counted.sum(axis=-1)
        coverages: Floats = np.full(totals.shape, np.nan)
        np.divide(places.max(axis=-1, initial=0), totals, out=coverages, where=totals > 0)
        return coverages

    return combine


def _risks(tallies: Floats) -> tuple[Floats, np.ndarray]:
    """The risk after each answer, and which places hold a question: shape (..., cases) each."""
    wrong, known = _wrong_in_order(tallies)
    counts = np.arange(1, wrong.shape[-1] + 1)
    return wrong.cumsum(axis=-1) / counts, known


def _wrong_in_order(tallies: Floats) -> tuple[Floats, np.ndarray]:
    """Whether each answer is wrong, most confident first; cases without a tally (denominator 0) last."""
    wrong, confidence = tallies[..., 0], tallies[..., 1]
    order = np.lexsort((-wrong, -confidence), axis=-1)
    known = np.take_along_axis(confidence, order, axis=-1) > 0
    return np.take_along_axis(wrong, order, axis=-1) * known, known


def risk_tally(judged: Judged) -> Tally | None:
    """Wrong or right, over 2 + confidence for an answer, 1 for a declined question."""
    if not judged.case.asks:
        return None
    if judged.reply is None or judged.reply.declined:
        return Tally(1.0, 1.0)
    return Tally(float(not answered_rightly(judged)), 2.0 + judged.reply.confidence)


RISK_METRICS: tuple[Metric, ...] = (
    Metric("aurc", "Area under risk and coverage", risk_tally, higher_is_better=False, combine=_area),
    *(
        Metric(
            f"coverage_at_{round(100 * most)}",
            f"Coverage at {round(100 * most)}% risk",
            risk_tally,
            combine=_coverage_at(most),
        )
        for most in RISKS
    ),
)

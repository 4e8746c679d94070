"""The charts of a run's report, drawn from its records; a chart without enough data is left out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from evals.calibration import DECLINED, Bin, bins_of, expected_error
from evals.record import CaseRecord
from evals.risk import RISKS, RiskCoverage, risk_coverage
from evals.summary import risk_tallies
from evals.svg import Axis, Dots, Line, Mark, Point, chart

FEWEST = 5
"""Fewer cases than this make no chart."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart with its title, and a sentence or two on how to read it."""

    title: str
    note: str
    svg: Markup


def plots_of(records: Sequence[CaseRecord]) -> list[Plot]:
    """All charts that the records have data for."""
    made = (risk_plot(records), reliability_plot(records), recall_plot(records), latency_plot(records))
    return [plot for plot in made if plot is not None]


def risk_plot(records: Sequence[CaseRecord]) -> Plot | None:
    """The share of wrong answers when only the surest are given, against the share of questions answered."""
    tallies = risk_tallies(records)
    if len(tallies) < FEWEST:
        return None
    curve = risk_coverage(tallies)
    given = sum(tally.denominator > DECLINED for tally in tallies)
    marks: list[Mark] = [Line(list(zip(curve.coverage.tolist(), curve.risk.tolist(), strict=True)))]
    if given:
        risk = float(curve.risk[given - 1])
        told = f"{given} of {len(tallies)} questions answered, {_percent(risk)} of them wrongly"
        marks.append(Dots([Point(given / len(tallies), risk, told=told)]))
    note = (
        "Answers in the order of their confidence, the surest first. The dot is where this run stopped "
        "answering: what it declined lies to the right and counts as wrong. "
        f"The area under the line is {curve.area:.3f}; less is better. Of all questions, "
        f"{_coverages(curve)} can be answered with at most {_percents(RISKS)} of the answers wrong."
    )
    top = _next_tenth(float(curve.risk.max()))
    x, y = Axis("Questions answered", 0, 1, _percent), Axis("Of those, wrong", 0, top, _percent)
    return Plot("Risk and coverage", note, chart("Risk and coverage", x, y, marks))


def reliability_plot(records: Sequence[CaseRecord]) -> Plot | None:
    """How often answers of a confidence are right."""
    bins = bins_of(risk_tallies(records))
    count = sum(one.answers for one in bins)
    if count < FEWEST:
        return None
    points = [Point(one.confidence, one.share, one.low, one.high, _told(one)) for one in bins]
    note = (
        "Each dot is the answers within a tenth of the scale, with its 95% interval; on the dashed line "
        "confidence keeps its word. The mean distance from it (the expected calibration error) is "
        f"{expected_error(bins):.3f} over {count} answers; declined questions are left out."
    )
    x, y = Axis("Confidence", 0, 1, _percent), Axis("Answers that are right", 0, 1, _percent)
    marks: list[Mark] = [Line([(0, 0), (1, 1)], guide=True), Dots(points)]
    return Plot("Calibration", note, chart("Calibration", x, y, marks))


def recall_plot(records: Sequence[CaseRecord]) -> Plot | None:
    """The share of demanded articles (else of relevant passages' questions) among the first k passages."""
    by_article = [record.ranks for record in records if record.ranks]
    ranks = by_article or [(_first_relevant(record),) for record in records if record.rankings]
    if len(ranks) < FEWEST:
        return None
    what = "demanded articles" if by_article else "questions with a relevant passage"
    deepest = max((rank for found in ranks for rank in found if rank is not None), default=1)
    depths = range(1, max(10, deepest) + 1)
    points = [Point(k, recall_at(ranks, k), told=f"{k}: {recall_at(ranks, k):.3f}") for k in depths]
    x = Axis("Passages looked at, best first", 0.5, depths[-1] + 0.5, lambda value: f"{value:.0f}")
    y = Axis("Recall", _tenth_below(points[0].y), 1, _percent)
    note = f"The share of {what} among the first passages retrieved, over {len(ranks)} questions."
    marks: list[Mark] = [Line([(point.x, point.y) for point in points]), Dots(points)]
    return Plot("Recall by depth", note, chart("Recall by depth", x, y, marks))


def latency_plot(records: Sequence[CaseRecord]) -> Plot | None:
    """The share of questions that were answered within a time."""
    times = sorted(
        record.milliseconds for record in records if record.error is None and record.milliseconds > 0
    )
    if len(times) < FEWEST:
        return None
    shares = [place / len(times) for place in range(1, len(times) + 1)]
    steps = [(times[0], 0.0), *zip(times, shares, strict=True)]
    quantiles = [(float(np.quantile(times, share)), share) for share in (0.5, 0.95, 0.99)]
    told = [f"{share:.0%} were answered within {milliseconds:,.0f} ms" for milliseconds, share in quantiles]
    dots = Dots([Point(*place, told=text) for place, text in zip(quantiles, told, strict=True)])
    x = Axis("Milliseconds", 0, times[-1] * 1.02, lambda value: f"{value:,.0f}")
    y = Axis("Questions answered by then", 0, 1, _percent)
    note = f"Of {len(times)} questions {told[0]}, {told[1]} and {told[2]}."
    return Plot("Time to answer", note, chart("Time to answer", x, y, [Line(steps), dots]))


def recall_at(ranks: Sequence[Sequence[int | None]], depth: int) -> float:
    """The mean over questions of the share of what each looks for that stands among the first `depth`."""
    shares = [sum(rank is not None and rank <= depth for rank in found) / len(found) for found in ranks]
    return sum(shares) / len(shares)


def _first_relevant(record: CaseRecord) -> int | None:
    found = record.rankings.get("understood", ())
    return next((rank for rank, passage in enumerate(found, start=1) if passage["relevant"]), None)


def _coverages(curve: RiskCoverage) -> str:
    return _percents([curve.coverage_at(most) for most in RISKS])


def _percents(shares: Sequence[float]) -> str:
    *first, last = map(_percent, shares)
    return f"{', '.join(first)} and {last}"


def _told(one: Bin) -> str:
    return f"confidence {one.confidence:.2f}: {one.right} of {one.answers} right"


def _percent(share: float) -> str:
    return f"{share:.0%}"


def _next_tenth(share: float) -> float:
    return min(1.0, (int(share * 10) + 1) / 10)


def _tenth_below(share: float) -> float:
    return max(0.0, (int(share * 10 + 1e-9) - 1) / 10)

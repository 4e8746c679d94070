"""Confidence held against what was right, against figures worked out by hand."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.calibration import bins_of, expected_error
from evals.intervals import figure
from evals.metrics import METRIC_BY_NAME, measure_case
from evals.tally import Tally
from tests.evals.test_set_metrics import case, judged, reply

ERROR, BRIER = METRIC_BY_NAME["calibration_error"], METRIC_BY_NAME["brier"]


def answer(confidence: float, right: bool) -> Tally:
    return Tally(float(not right), 2.0 + confidence)


DECLINED = Tally(1.0, 1.0)


def test_each_bin_counts_its_answers() -> None:
    tallies = [answer(0.81, place < 3) for place in range(4)] + [
        answer(0.2, True),
        answer(1.0, True),
        DECLINED,
    ]
    low, high, top = bins_of(tallies)
    assert (low.first, low.answers, low.right, low.confidence) == (0.2, 1, 1, pytest.approx(0.2))
    assert (high.first, high.last, high.answers, high.right) == (0.8, 0.9, 4, 3)
    assert 0 < high.low < 0.75 < high.high < 1
    assert (top.first, top.last, top.answers) == (0.9, 1.0, 1)


def test_the_error_is_the_mean_distance_weighted_by_answers() -> None:
    tallies = [answer(0.81, place < 3) for place in range(4)] + [answer(0.2, True), DECLINED]
    wanted = (4 * abs(0.75 - 0.81) + 0.8) / 5
    assert figure(ERROR, tallies, seed=0).value == pytest.approx(wanted)
    assert expected_error(bins_of(tallies)) == pytest.approx(wanted)


def test_only_answers_are_measured() -> None:
    asked = case(answers=("yes",))
    right = measure_case(judged(asked, reply("yes", "answered", 0.9)))
    declined = measure_case(judged(asked, reply("", "declined", 0.9)))
    assert right["brier"].value == pytest.approx(0.01)
    assert measure_case(judged(asked, reply("no", "answered", 0.9)))["brier"].value == pytest.approx(0.81)
    assert "calibration_error" in right
    assert not {"calibration_error", "brier"} & declined.keys()
    assert math.isnan(expected_error(bins_of([DECLINED])))


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40))
def test_metric_and_bins_agree_and_stay_within_bounds(given_answers: list[tuple[float, bool]]) -> None:
    tallies = [answer(*one) for one in given_answers]
    values = np.array([(one.numerator, one.denominator) for one in [*tallies, Tally(0.0, 0.0), DECLINED]])
    error = float(ERROR.aggregate(values))
    bins = bins_of(tallies)
    assert error == pytest.approx(expected_error(bins), abs=1e-9)
    assert 0 <= error <= 1
    assert sum(one.answers for one in bins) == len(tallies)

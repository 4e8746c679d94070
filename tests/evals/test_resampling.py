"""Intervals of benchmark figures: always the same, around the value, narrower with more questions."""

import numpy as np
import pytest

from evals.benchmarks.resampling import estimate, estimates


def test_an_interval_holds_its_value_and_narrows() -> None:
    few, many = estimate(np.array([1.0, 0.0] * 20)), estimate(np.array([1.0, 0.0] * 500))
    for one in (few, many):
        assert one.value == 0.5
        assert one.low < 0.5 < one.high
    assert many.high - many.low < (few.high - few.low) / 3
    assert many.high - many.low == pytest.approx(2 * 1.96 * 0.5 / np.sqrt(1000), rel=0.1)


def test_figures_of_the_same_questions_are_resampled_together() -> None:
    right = np.array([1.0, 0.0, 1.0, 1.0, 0.0] * 20)
    found = estimates({"first": right, "again": right, "none": np.zeros(100)})
    assert found["first"] == found["again"]
    assert (found["none"].low, found["none"].high, found["none"].p) == (0, 0, 1)
    assert str(found["none"]) == "0.000 [0.000, 0.000]"


def test_a_difference_of_zero_is_likely_and_a_large_one_is_not() -> None:
    assert estimate(np.array([1.0, -1.0] * 50)).p > 0.9
    assert estimate(np.ones(50)).p < 0.001


def test_nothing_to_resample() -> None:
    assert estimates({}) == {}
    with pytest.raises(ValueError, match="no questions"):
        estimate(np.array([]))

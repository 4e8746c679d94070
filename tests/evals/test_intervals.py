"""Intervals cover the truth about as often as they say; differences show only where there are some."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test

from evals.intervals import difference, figure, holm_adjusted
from evals.metrics import METRIC_BY_NAME
from evals.tally import Tally

PASSED = METRIC_BY_NAME["cases_passed"]
MEDIAN = METRIC_BY_NAME["latency_p50"]
CITED = METRIC_BY_NAME["citation_precision"]

TALLIES = st.lists(
    st.integers(0, 5).flatmap(lambda most: st.builds(Tally, st.integers(0, most), st.just(most))),
    min_size=1,
    max_size=30,
)


def tallies(values: list[float]) -> dict[str, Tally]:
    return {f"case {place:03}": Tally(value) for place, value in enumerate(values)}


@given(TALLIES)
def test_the_interval_lies_around_the_value_and_within_bounds(given_tallies: list[Tally]) -> None:
    found = figure(CITED, given_tallies, seed=1)
    total = sum(tally.denominator for tally in given_tallies)
    if total == 0:
        assert found.value is None
        return
    assert found.value == pytest.approx(sum(tally.numerator for tally in given_tallies) / total)
    assert found.low is not None
    assert found.high is not None
    assert 0 <= found.low <= found.value + 1e-12
    assert found.value - 1e-12 <= found.high <= 1


def test_no_case_gives_no_figure() -> None:
    assert figure(PASSED, [], seed=1).value is None


def test_unanimous_cases_are_not_certain() -> None:
    """With 24 of 24 right, the exact binomial border is 0.858 (two-sided 95%)."""
    found = figure(PASSED, [Tally(1.0)] * 24, seed=1)
    assert found.high == 1
    assert found.low == pytest.approx(0.8575, abs=1e-3)
    assert figure(PASSED, [Tally(0.0)] * 24, seed=1).high == pytest.approx(1 - 0.8575, abs=1e-3)


def test_the_same_seed_gives_the_same_interval() -> None:
    values = [Tally(float(place % 3 == 0)) for place in range(50)]
    assert figure(PASSED, values, seed=7) == figure(PASSED, values, seed=7)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    generator = np.random.default_rng(3)
    covered = 0
    for _ in range(200):
        found = figure(PASSED, [Tally(float(truth)) for truth in generator.random(80) < 0.7], seed=5)
        covered += (found.low or 0) <= 0.7 <= (found.high or 0)
    assert 180 <= covered <= 200


def test_the_median_of_times() -> None:
    found = figure(MEDIAN, [Tally(value) for value in (10.0, 20.0, 400.0)], seed=1)
    assert found.value == 20
    assert (found.low, found.high) == (10, 400)


def test_equal_runs_show_no_difference() -> None:
    same = tallies([0, 1, 1, 0])
    found = difference(PASSED, same, same, seed=1)
    assert (found.p_worse, found.p_different) == (1, 1)


@pytest.mark.parametrize("cases", [0, 1, 2])
def test_a_case_or_two_show_nothing(cases: int) -> None:
    found = difference(PASSED, tallies([1.0] * cases), tallies([0.0] * cases), seed=1)
    assert found.p_worse >= 0.25
    assert found.p_different >= 0.5


def test_a_loss_of_many_cases_is_shown_and_of_one_is_not() -> None:
    before = tallies([1.0] * 40)
    assert difference(PASSED, before, tallies([0.0] * 8 + [1.0] * 32), seed=1).p_worse < 0.02
    assert difference(PASSED, before, tallies([0.0] + [1.0] * 39), seed=1).p_worse > 0.3


def test_a_gain_is_different_and_not_worse() -> None:
    found = difference(PASSED, tallies([0.0] * 10), tallies([1.0] * 10), seed=1)
    assert found.p_worse > 0.9
    assert found.p_different < 0.02


def test_slower_is_worse() -> None:
    before, after = (
        tallies([10.0 + place for place in range(20)]),
        tallies([90.0 + place for place in range(20)]),
    )
    assert difference(MEDIAN, before, after, seed=1).p_worse < 0.01
    assert difference(MEDIAN, after, before, seed=1).p_worse > 0.9


def test_p_values_agree_with_scipy() -> None:
    generator = np.random.default_rng(11)
    first = generator.random(40).round(2)
    second = (first + generator.normal(-0.03, 0.1, 40)).round(2)
    found = difference(PASSED, tallies(list(first)), tallies(list(second)), seed=2)
    theirs = permutation_test(
        (first, second),
        lambda ours, others: float(np.mean(ours - others)),
        permutation_type="samples",
        alternative="greater",
        n_resamples=9999,
        rng=np.random.default_rng(4),
    )
    assert found.p_worse == pytest.approx(theirs.pvalue, abs=0.03)


def test_a_case_without_a_tally_on_one_side_counts_on_the_other() -> None:
    before = {"a": Tally(1, 1), "b": Tally(1, 1)}
    found = difference(CITED, before, {"a": Tally(1, 1)}, seed=1)
    assert (found.first, found.second, found.cases) == (1, 1, 2)


def test_holm_is_the_textbook_example() -> None:
    assert holm_adjusted([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])


@given(st.lists(st.floats(0, 1), max_size=20))
def test_holm_never_lowers_and_keeps_the_order(p_values: list[float]) -> None:
    adjusted = holm_adjusted(p_values)
    assert all(after >= before for before, after in zip(p_values, adjusted, strict=True))
    assert sorted(range(len(p_values)), key=lambda place: p_values[place]) == sorted(
        range(len(p_values)), key=lambda place: (adjusted[place], p_values[place])
    )

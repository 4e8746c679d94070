"""The charts show what the records say, stay within their frame, and are left out where there is nothing."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.plots import latency_plot, plots_of, recall_at, recall_plot, reliability_plot, risk_plot
from evals.record import CaseRecord
from evals.svg import HEIGHT, WIDTH, Axis, Frame, Line, chart, round_step
from evals.tally import Tally
from tests.evals.fakes import TownSubject, records_of, town_suite


def record(place: int, **given: Any) -> CaseRecord:
    fields: dict[str, Any] = {
        "id": str(place),
        "digest": "d",
        "question": "Who?",
        "tags": (),
        "expected": {},
        "answer": None,
        "error": None,
        "milliseconds": 0.0,
        "verbatim": {},
        "checks": (),
        "tallies": {},
    }
    return CaseRecord(**{**fields, **given})


def answered(place: int, confidence: float, right: bool) -> CaseRecord:
    risk = Tally(float(not right), 2.0 + confidence)
    return record(place, answer={"confidence": confidence}, tallies={"aurc": risk})


def declined(place: int) -> CaseRecord:
    return record(place, answer={"confidence": 0.1}, tallies={"aurc": Tally(1.0, 1.0)})


def dots(svg: str) -> list[str]:
    return re.findall(r"<title>(.*?)</title>", svg)


def test_the_dot_of_risk_is_where_the_run_stopped_answering() -> None:
    records = [answered(place, 0.9 - place / 100, place != 3) for place in range(8)] + [
        declined(8),
        declined(9),
    ]
    plot = risk_plot(records)
    assert plot is not None
    assert dots(plot.svg) == ["8 of 10 questions answered, 12% of them wrongly"]
    assert plot.svg.count("polyline") == 1


def test_confidence_is_held_against_what_was_right() -> None:
    records = [answered(place, 0.81, place < 3) for place in range(4)] + [
        answered(9, 0.2, True),
        declined(10),
    ]
    plot = reliability_plot(records)
    assert plot is not None
    assert dots(plot.svg) == ["confidence 0.20: 1 of 1 right", "confidence 0.81: 3 of 4 right"]
    assert "over 5 answers" in plot.note
    gap = (0.8 * 1 + abs(0.81 - 0.75) * 4) / 5
    assert f"{gap:.3f}" in plot.note


def test_recall_counts_each_question_alike() -> None:
    ranks = [(1, None), (2,), (3,), (None,)]
    assert [recall_at(ranks, depth) for depth in (1, 2, 3, 10)] == [0.125, 0.375, 0.625, 0.625]
    plot = recall_plot([record(place, ranks=found) for place, found in enumerate([*ranks, (1,)])])
    assert plot is not None
    assert dots(plot.svg)[:3] == ["1: 0.300", "2: 0.500", "3: 0.700"]


def test_recall_of_what_is_only_searched_for() -> None:
    found = {"understood": [{"relevant": False}, {"relevant": True}]}
    plot = recall_plot([record(place, rankings=found) for place in range(5)])
    assert plot is not None
    assert dots(plot.svg)[:2] == ["1: 0.000", "2: 1.000"]
    assert "questions with a relevant passage" in plot.note


def test_times_are_told_by_their_quantiles() -> None:
    plot = latency_plot([record(place, milliseconds=10.0 * place) for place in range(1, 102)])
    assert plot is not None
    assert "50% were answered within 510 ms, 95% were answered within 960 ms" in plot.note


@pytest.mark.parametrize("drawn", [risk_plot, reliability_plot, recall_plot, latency_plot])
def test_too_few_cases_make_no_chart(drawn: Callable[[list[CaseRecord]], object]) -> None:
    assert drawn([]) is None
    assert drawn([answered(1, 0.5, True)]) is None


def test_a_run_of_the_town_has_its_charts(tmp_path: Path) -> None:
    records = list(records_of(town_suite(tmp_path), TownSubject()).values())
    assert [plot.title for plot in plots_of(records)] == ["Risk and coverage", "Time to answer"]


ENDS = st.tuples(st.floats(-1e6, 1e6, allow_nan=False), st.floats(1e-3, 1e6, allow_nan=False))


@given(ENDS, ENDS)
def test_everything_drawn_lies_in_the_frame(across: tuple[float, float], down: tuple[float, float]) -> None:
    x, y = (Axis("a <b> & c", low, low + span, lambda value: f"{value:g}") for low, span in (across, down))
    frame = Frame(x, y)
    for value in x.ticks():
        assert 0 <= frame.across(value) <= WIDTH
    for value in y.ticks():
        assert 0 <= frame.down(value) <= HEIGHT
    assert 1 <= len(x.ticks()) <= 8
    svg = ElementTree.fromstring(chart("<t>", x, y, [Line([(x.low, y.low), (x.high, y.high)])]))  # noqa: S314
    assert svg.get("aria-label") == "<t>"
    assert "a <b> & c" in [text.text for text in svg.iter("text")]


@given(st.floats(1e-6, 1e9))
def test_a_step_is_round_and_no_smaller(least: float) -> None:
    step = round_step(least)
    assert least * (1 - 1e-6) <= step <= least * 5.001
    assert f"{step:.0e}"[0] in "125"

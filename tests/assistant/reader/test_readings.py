"""What a reading of a passage tells of its sentences and spans."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answerers.extractive.reader import PassageReading
from assistant.answerers.extractive.reader.readings import NO_SCORE

TEXT = "Ada won. Bo lost in Ghent."
WORDS = [(0, 3), (4, 7), (7, 8), (9, 11), (12, 16), (17, 19), (20, 25), (25, 26)]


def reading(starts: list[float], ends: list[float], evidence: list[float]) -> PassageReading:
    return PassageReading(
        1.0, np.array(WORDS), *(np.array(values, np.float32) for values in (evidence, starts, ends))
    )


FLAT = [0.0] * len(WORDS)


def test_a_sentence_has_the_mean_evidence_of_its_own_tokens() -> None:
    found = reading(FLAT, FLAT, [1, 2, 3, 10, 10, 10, 10, 10])
    assert found.evidence_of(0, 8) == pytest.approx(2.0)
    assert found.evidence_of(9, 26) == pytest.approx(10.0)


def test_the_best_span_lies_in_the_sentence_and_never_ends_before_it_starts() -> None:
    starts, ends = [9.0, 0, 0, 0, 0, 0, 5, 0], [9.0, 0, 0, 4, 0, 0, 3, 0]
    found = reading(starts, ends, FLAT)
    best = found.best_span(9, 26)
    assert best is not None
    assert TEXT[best.start : best.end] == "Ghent"
    assert best.score == pytest.approx(8.0)


def test_a_span_is_no_longer_than_allowed() -> None:
    starts, ends = [9.0, 0, 0, 0, 0, 0, 0, 0], [0.0, 0, 0, 0, 0, 0, 9, 0]
    best = reading(starts, ends, FLAT).best_span(0, 26, most_tokens=3)
    assert best is not None
    assert best.score == pytest.approx(9.0)


def test_text_that_was_not_read_says_nothing() -> None:
    found = reading(FLAT, FLAT, FLAT)
    assert found.evidence_of(40, 60) == NO_SCORE
    assert found.best_span(40, 60) is None
    assert found.span_score(40, 60) == NO_SCORE


@given(st.lists(st.floats(-9, 9, width=32), min_size=16, max_size=16), st.integers(0, 26), st.integers(0, 26))
def test_no_span_scores_better_than_the_best(scores: list[float], one: int, other: int) -> None:
    start, end = sorted((one, other))
    found = reading(scores[:8], scores[8:], FLAT)
    best = found.best_span(start, end)
    if best is None:
        return
    assert best.start < best.end
    assert found.span_score(best.start, best.end) == pytest.approx(best.score)
    whole = found.span_score(start, end)
    assert whole <= best.score + 1e-4

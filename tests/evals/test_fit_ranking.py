"""Weights are fitted by which answering sentences come first."""

from dataclasses import replace

import numpy as np
import pytest

from evals.benchmarks.reading_cases import CaseSet, CollectionEvidence, ReadingCase, retrieved_passage
from evals.training.fit_ranking import RankingCase, fit, hits, ranking_cases


def competing(seed: int, count: int) -> list[RankingCase]:
    """Questions whose answering sentence has the largest second feature; the first one is noise."""
    chance = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        features = chance.uniform(size=(6, 2))
        wins = np.arange(6) == int(features[:, 1].argmax())
        made.append(RankingCase("q", ("",) * 6, features, wins, wins))
    return made


def test_the_telling_feature_gets_the_weight() -> None:
    weights = fit([competing(0, 200)])
    assert weights[1] > 5 * abs(weights[0])
    assert hits(competing(1, 100), weights)[0] > 0.9
    assert hits(competing(1, 100), np.array([1.0, 0.0]))[0] < 0.5


def test_questions_that_nothing_answers_teach_nothing() -> None:
    unanswered = [replace(case, holds=case.holds & False) for case in competing(2, 50)]
    assert fit([competing(0, 50) + unanswered]) == pytest.approx(fit([competing(0, 50)]), abs=1e-4)


def test_sentences_and_headlines_are_told_apart() -> None:
    text = "The treaty was signed in Ghent. The rain went on."
    case = ReadingCase(
        "where was the treaty signed", (retrieved_passage("Peace of 1814", text),), "g", ("1814",)
    )
    (made,) = ranking_cases([case], CaseSet((case,), CollectionEvidence.of([text])), None)
    assert not made.holds.any()
    assert made.shown.all()

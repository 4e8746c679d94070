"""Rankers of sentences are compared on questions that they did not learn from."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from assistant.answerers.extractive.features import SentenceFeatures
from evals.benchmarks.sentence_rankers import compare, rankers
from evals.training.fit_ranking import RankingCase

SPAN = SentenceFeatures._fields.index("span")
OVERLAP = SentenceFeatures._fields.index("overlap")
WORDS = ("red", "blue", "green", "grey")


class WordVectors:
    """A model whose tokens are words, each a direction of its own."""

    def encode(self, texts: Sequence[str], **settings: Any) -> Any:
        """Token vectors when asked for, else their normalised sum."""
        tokens = [np.eye(len(WORDS))[[WORDS.index(word) for word in text.split()]] for text in texts]
        if settings.get("output_value") == "token_embeddings":
            return [torch.tensor(one) for one in tokens]
        sums = np.array([one.sum(axis=0) for one in tokens])
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)


def cases(count: int) -> list[RankingCase]:
    """The second sentence answers; the reader's span tells it, the words' overlap the other way round."""
    features = np.zeros((3, len(SentenceFeatures._fields)))
    features[:, SPAN] = (0.1, 0.9, 0.2)
    features[:, OVERLAP] = (0.9, 0.1, 0.5)
    right = np.array([False, True, False])
    one = RankingCase("red blue", ("red grey grey", "blue red", "green"), features, right, right)
    noise = np.random.default_rng(0)
    return [replace(one, features=features + noise.normal(0, 0.01, features.shape)) for _ in range(count)]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("sentence vectors", 1.0),
        ("late interaction", 1.0),
        ("reader: span", 1.0),
        ("words, weights by hand", 0.0),
        ("words, linear", 1.0),
        ("reader and words, linear", 1.0),
        ("reader and words, trees", 1.0),
    ],
)
def test_a_ranker_is_as_good_as_what_it_sees(name: str, first: float) -> None:
    assert compare(cases(60), rankers(WordVectors())[name])[0] == first


def test_a_model_without_the_reader_does_not_see_it() -> None:
    blind = [
        replace(case, features=np.where(np.arange(case.features.shape[1]) == SPAN, case.features, 0.0))
        for case in cases(20)
    ]
    assert compare(blind, rankers(WordVectors())["words, linear"])[0] == 0.0
    assert compare(blind, rankers(WordVectors())["reader and words, linear"])[0] == 1.0

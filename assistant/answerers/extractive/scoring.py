"""How much each feature counts, and the order of the sentences that follows.

The weights were chosen by hand on a coarse grid with `python -m evals.benchmarks.answer_sentences`: news
questions of 2022
and 2023 and SQuAD v1.1 together, so that neither news nor encyclopaedia alone decides. See docs/results.md.
"""

from collections.abc import Sequence
from typing import NamedTuple

from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.features import ScoredCandidate, SentenceFeatures
from assistant.answerers.extractive.spans import AnswerSpan
from assistant.understanding.languages import language_code

WEIGHTS = SentenceFeatures(
    overlap=1.0,
    title=0.6,
    neighbours=0.2,
    passage=1.2,
    pairs=0.05,
    kind=0.25,
    votes=0.1,
    asks=-0.3,
    leans=-0.05,
    opening=0.05,
    length=0.0,
    novelty=0.1,
    focus=0.0,
    names=-0.3,
)


READER_WEIGHTS = SentenceFeatures(
    overlap=0.0,
    title=0.3,
    neighbours=0.0,
    passage=0.5,
    pairs=0.0,
    kind=0.1,
    votes=0.1,
    asks=-0.6,
    leans=0.0,
    opening=0.0,
    length=0.05,
    novelty=0.15,
    focus=0.05,
    names=0.0,
    evidence=0.3,
    span=0.6,
    answers=0.05,
    fresh=0.3,
    article=0.5,
)
"""The same with a reader, chosen beside a conditional logit model (McFadden 1974) of SQuAD's part "develop",
of questions in other words, and of news of 2022 and 2023: `python -m evals.training.fit_ranking`."""


REASON_WEIGHTS = READER_WEIGHTS._replace(kind=0.7, evidence=0.5, span=0.6)
"""The same where a reason is asked for: the words that lead one in tell as much as the reader does."""


JUDGED_REASON_WEIGHTS = READER_WEIGHTS._replace(kind=0.9, span=0.3)
"""Those by which the confidence judges a reason: a sentence without words that lead one in is seldom one."""


PRESENT_FRESH = 0.4
"""The weight of freshness where a question asks how things stand now."""


FOREIGN = 0.15
"""How much less a sentence scores whose article is in another language than the question."""


AS_GOOD = 0.01
"""A difference in score that says nothing."""


class RankedCandidate(NamedTuple):
    """A candidate with its score; comparable only within one question."""

    candidate: Candidate
    features: SentenceFeatures
    spans: Sequence[AnswerSpan]
    score: float


def rank(
    scored: Sequence[ScoredCandidate], weights: SentenceFeatures = WEIGHTS, language: str | None = None
) -> list[RankedCandidate]:
    """The candidates by score, best first; equals keep the order they were found in.

    Among those as good as the best the passage that was found first comes first. Else the last digit of a
    model's figures, which differs between processors, would choose the answer.

    Args:
        scored: the candidates.
        weights: of their features.
        language: the code of the question's language, None where that is not known.
    """
    found = [
        RankedCandidate(*item, weighted(item.features, weights) - _foreignness(item.candidate, language))
        for item in scored
    ]
    least = max((item.score for item in found), default=0.0) - AS_GOOD

    def order(item: RankedCandidate) -> tuple[bool, int, float]:
        is_best = item.score >= least
        return (not is_best, item.candidate.retrieved.rank if is_best else 0, -item.score)

    return sorted(found, key=order)


def _foreignness(candidate: Candidate, language: str | None) -> float:
    written_in = candidate.retrieved.article.language
    if language is None or not written_in:
        return 0.0
    return 0.0 if language_code(written_in) == language else FOREIGN


def weighted(features: SentenceFeatures, weights: SentenceFeatures = WEIGHTS) -> float:
    """The weighted sum of the features."""
    return sum(weight * value for weight, value in zip(weights, features, strict=True))

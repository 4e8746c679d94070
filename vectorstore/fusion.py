"""Fusing what the keywords and the vectors found into one ranking: pure functions over candidates.

The score of a candidate is the sum of

- `FusionWeights.cosine` times its cosine and `FusionWeights.keyword` times its BM25 score over the question's
  best one: a convex combination, as in Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid
  Retrieval" (2023). A score close to the best stays close to it, which stretching from worst to best would
  not do;
- `FusionWeights.lead` over one more than the passages before it in its article: news tells the essentials
  first;
- `FusionWeights.length` times its words over `FULL_WORDS`, at most 1: a scrap matches easily and says little;
- where the question is about the present of some day (`Present`), a bonus that falls exponentially with the
  age of its article, as in Li and Croft, "Time-Based Language Models" (2003).
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from vectorstore.keywords import KeywordHit
from vectorstore.vectors import VectorHit

FULL_WORDS = 120
TOLERANCE_DAYS = 2
"""An article dated up to so many days after the present still counts as of that day: days are approximate."""


@dataclass(frozen=True, slots=True)
class FusionWeights:
    """How much each part of a score counts."""

    cosine: float
    keyword: float
    lead: float
    length: float


ALONE = FusionWeights(cosine=0.4, keyword=0.6, lead=0.1, length=0.15)
"""For a question that stands alone."""

IN_CONVERSATION = FusionWeights(cosine=0.7, keyword=0.3, lead=0.03, length=0.045)
"""For one that is read with what was said before: the mixed vector tells more than its few words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that either side found; `similarity` and `keyword_score` as in `RetrievedPassage`."""

    id: str
    similarity: float | None
    keyword_score: float | None


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """What a candidate's score depends on besides the question.

    Attributes:
        place: how many passages of its article come before it.
        words: how many words it has.
        published: the day of its article, None where none is stated.
    """

    place: int = 0
    words: int = 0
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """The day that counts as the present, and how much nearness to it counts.

    Attributes:
        day: the day.
        weight: the bonus of an article of that day.
        days: the age at which the bonus has fallen to weight / e.
    """

    day: date
    weight: float
    days: float

    @classmethod
    def asked_on(cls, day: date) -> "Present":
        """The day that a question was asked on: its news is days old."""
        return cls(day, weight=0.25, days=20.0)

    @classmethod
    def newest_article(cls, day: date) -> "Present":
        """The day of the newest article: all that is known of the present is that it comes after the past."""
        return cls(day, weight=0.2, days=365.0)

    def bonus(self, published: date | None) -> float:
        """The bonus for an article's age, 0 to `weight`; 0 without a date or after the present."""
        if published is None or (published - self.day).days > TOLERANCE_DAYS:
            return 0.0
        return self.weight * math.exp(-max(0, (self.day - published).days) / self.days)


@dataclass(frozen=True, slots=True)
class FusedCandidate:
    """A candidate with the score that ranks it, higher is better."""

    candidate: Candidate
    score: float


def join_candidates(dense: Sequence[VectorHit], keyword: Sequence[KeywordHit]) -> list[Candidate]:
    """Every passage that either side found, once."""
    similarities = {hit.id: hit.similarity for hit in dense}
    scores = {hit.id: hit.score for hit in keyword}
    ids = dict.fromkeys([*similarities, *scores])
    return [Candidate(id_, similarities.get(id_), scores.get(id_)) for id_ in ids]


def fuse(
    candidates: Sequence[Candidate],
    facts: Mapping[str, PassageFacts],
    present: Present | None = None,
    weights: FusionWeights = ALONE,
) -> list[FusedCandidate]:
    """Rank candidates by their scores, best first.

    Equal scores keep the order of the ids, so that a ranking never depends on the order of arrival.

    Args:
        facts: of every candidate, by its id.
        present: None where the age of an article says nothing.
        weights: how much each part of a score counts.
    """
    best = max((candidate.keyword_score or 0.0 for candidate in candidates), default=0.0) or 1.0
    fused = [
        FusedCandidate(candidate, fused_score(candidate, best, facts[candidate.id], present, weights))
        for candidate in candidates
    ]
    return sorted(fused, key=lambda item: (-item.score, item.candidate.id))


def fused_score(
    candidate: Candidate,
    best_keyword_score: float,
    facts: PassageFacts,
    present: Present | None,
    weights: FusionWeights = ALONE,
) -> float:
    """The score of one candidate; a side that did not find it counts 0."""
    return (
        weights.cosine * (candidate.similarity or 0.0)
        + weights.keyword * (candidate.keyword_score or 0.0) / best_keyword_score
        + weights.lead / (1 + facts.place)
        + weights.length * min(facts.words, FULL_WORDS) / FULL_WORDS
        + (present.bonus(facts.published) if present else 0.0)
    )

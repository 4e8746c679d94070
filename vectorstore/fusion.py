"""Fusing the two rankings into one: pure functions over candidates."""

from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.keywords import KeywordHit
from vectorstore.vectors import VectorHit

COSINE_WEIGHT = 0.5
KEYWORD_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that either side found; `similarity` and `keyword_score` as in `RetrievedPassage`."""

    id: str
    similarity: float | None
    keyword_score: float | None


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


def fuse(candidates: Sequence[Candidate]) -> list[FusedCandidate]:
    """Rank candidates by half the cosine plus half the BM25 score relative to the best one's.

    Equal scores keep the order of the ids, so that a ranking never depends on the order of arrival.
    """
    best = max((candidate.keyword_score or 0.0 for candidate in candidates), default=0.0) or 1.0
    fused = [
        FusedCandidate(
            candidate,
            COSINE_WEIGHT * (candidate.similarity or 0.0)
            + KEYWORD_WEIGHT * (candidate.keyword_score or 0.0) / best,
        )
        for candidate in candidates
    ]
    return sorted(fused, key=lambda item: (-item.score, item.candidate.id))

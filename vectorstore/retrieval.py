"""The retrieval pipeline: candidates from both sides, fused, freed of repeats."""

from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.catalogue import Catalogue, HeldPassage
from vectorstore.embedding import Vectors
from vectorstore.fusion import Candidate, FusedCandidate, fuse, join_candidates
from vectorstore.keywords import KeywordIndex
from vectorstore.near_duplicates import Group, group_near_duplicates
from vectorstore.query import Filters
from vectorstore.retrieved import RetrievedPassage
from vectorstore.vectors import VectorHit

MOST_CANDIDATES = 100
"""Candidates asked of each side, at least."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What both sides found, and the passages themselves."""

    fused: Sequence[FusedCandidate]
    held: dict[str, HeldPassage]


def candidates_wanted(limit: int) -> int:
    """How many candidates to ask of each side for `limit` results."""
    return max(MOST_CANDIDATES, 3 * limit)


def retrieve(
    catalogue: Catalogue,
    keywords: KeywordIndex,
    dense: Sequence[VectorHit],
    query_vector: Vectors | None,
    text: str,
    filters: Filters,
    limit: int,
) -> list[RetrievedPassage]:
    """Rank the passages that the dense side found together with those that the keywords find."""
    found = join_candidates(dense, keywords.search(text, candidates_wanted(limit), filters))
    held = catalogue.held_passages([candidate.id for candidate in found])
    known = [candidate for candidate in found if candidate.id in held]
    completed = complete_similarities(catalogue, known, query_vector)
    groups = group_near_duplicates(fuse(completed), held, limit)
    return [_retrieved(group, held, rank) for rank, group in enumerate(groups, 1)]


def complete_similarities(
    catalogue: Catalogue, candidates: Sequence[Candidate], query_vector: Vectors | None
) -> list[Candidate]:
    """Give the candidates that only keywords found their cosine, from the stored vectors."""
    if query_vector is None:
        return list(candidates)
    lacking = [candidate.id for candidate in candidates if candidate.similarity is None]
    vectors = catalogue.vectors_of(lacking)
    return [
        Candidate(candidate.id, float(vectors[candidate.id] @ query_vector), candidate.keyword_score)
        if candidate.id in vectors
        else candidate
        for candidate in candidates
    ]


def _retrieved(group: Group, held: dict[str, HeldPassage], rank: int) -> RetrievedPassage:
    shown = held[group.shown.candidate.id]
    return RetrievedPassage(
        passage=shown.passage,
        article=shown.head,
        similarity=group.shown.candidate.similarity,
        keyword_score=group.shown.candidate.keyword_score,
        score=group.score,
        rank=rank,
        repeats=tuple(dict.fromkeys(held[item.candidate.id].head.id for item in group.others)),
    )

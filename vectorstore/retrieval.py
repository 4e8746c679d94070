"""The retrieval pipeline: candidates from both sides, fused, freed of repeats."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vectorstore.catalogue import Catalogue, HeldPassage
from vectorstore.embedding import Vectors
from vectorstore.fusion import Candidate, fuse, join_candidates
from vectorstore.keywords import KeywordIndex
from vectorstore.near_duplicates import Group, group_near_duplicates
from vectorstore.query import Filters
from vectorstore.retrieved import RetrievedPassage
from vectorstore.vectors import VectorHit

FEWEST_CANDIDATES = 100
"""Candidates asked of each side, at least."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """What is searched for, in both forms."""

    text: str
    vector: Vectors


def candidates_wanted(limit: int) -> int:
    """How many candidates to ask of each side for `limit` results."""
    return max(FEWEST_CANDIDATES, 3 * limit)


def retrieve(
    catalogue: Catalogue,
    keywords: KeywordIndex,
    dense: Sequence[VectorHit],
    sought: SearchText,
    filters: Filters,
    limit: int,
) -> list[RetrievedPassage]:
    """Rank the passages that the dense side found together with those that the keywords find.

    The caller holds one snapshot of the catalogue.
    """
    keyword = keywords.search(sought.text, candidates_wanted(limit), filters)
    candidates = join_candidates(dense, keyword)
    held = catalogue.held_passages([candidate.id for candidate in candidates])
    known = [candidate for candidate in candidates if candidate.id in held]
    completed = complete_scores(keywords, complete_similarities(catalogue, known, sought), sought)
    groups = group_near_duplicates(fuse(completed), held, limit)
    return [_retrieved(group, held, rank) for rank, group in enumerate(groups, 1)]


def complete_similarities(
    catalogue: Catalogue, candidates: Sequence[Candidate], sought: SearchText
) -> list[Candidate]:
    """Give the candidates that only the keywords found their cosine, from the stored vectors."""
    lacking = [candidate.id for candidate in candidates if candidate.similarity is None]
    found = {id_: float(vector @ sought.vector) for id_, vector in catalogue.vectors_of(lacking).items()}
    return [replace(one, similarity=found.get(one.id, one.similarity)) for one in candidates]


def complete_scores(
    keywords: KeywordIndex, candidates: Sequence[Candidate], sought: SearchText
) -> list[Candidate]:
    """Give the candidates that only the dense side found their keyword score, where they have one."""
    lacking = [candidate.id for candidate in candidates if candidate.keyword_score is None]
    found = keywords.scores(sought.text, lacking)
    return [replace(one, keyword_score=found.get(one.id, one.keyword_score)) for one in candidates]


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

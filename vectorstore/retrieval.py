"""The retrieval pipeline: candidates from both sides, fused, freed of repeats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vectorstore.candidates import HeldCandidate, read_candidates
from vectorstore.catalogue import Catalogue, HeldPassage
from vectorstore.dense import DenseSide
from vectorstore.embedding import Vectors
from vectorstore.fusion import ALONE, Candidate, FusedCandidate, FusionWeights, Present, fuse, join_candidates
from vectorstore.keyword_side import KeywordSide
from vectorstore.keywords import KeywordHit
from vectorstore.near_duplicates import LOOKED_THROUGH, Group, group_near_duplicates
from vectorstore.query import Filters, Query
from vectorstore.retrieved import RetrievedPassage

FEWEST_FROM_KEYWORDS = 100
FEWEST_FROM_VECTORS = 50
"""Candidates asked of each side, at least."""
SCORED_BY_KEYWORDS = 5
"""Times as many passages have their keyword scores fetched, for the candidates of the vectors among them."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """What is searched for, in both forms.

    Attributes:
        present: the day to which it is near, if any.
        added: terms that the keywords are searched for besides, with their weights from 0 to 1.
        weights: how much each part of a score counts.
    """

    text: str
    vector: Vectors
    present: Present | None = None
    added: tuple[tuple[str, float], ...] = ()
    weights: FusionWeights = ALONE


def keyword_candidates(limit: int) -> int:
    """How many candidates to ask of the keywords for `limit` results."""
    return max(FEWEST_FROM_KEYWORDS, 3 * limit)


def dense_candidates(limit: int) -> int:
    """How many candidates to ask of the vectors for `limit` results."""
    return max(FEWEST_FROM_VECTORS, 2 * limit)


def retrieve(
    catalogue: Catalogue,
    keywords: KeywordSide,
    dense: DenseSide,
    sought: SearchText,
    filters: Filters,
    limit: int,
) -> list[RetrievedPassage]:
    """Rank the passages that the vectors find together with those that the keywords find.

    The caller holds one snapshot of the catalogue.
    """
    wanted = keyword_candidates(limit)
    nearest = dense.search(sought.vector, dense_candidates(limit), filters)
    scores = keywords.best(sought.text, SCORED_BY_KEYWORDS * wanted, filters, sought.added)
    held = read_candidates(catalogue.database, [hit.id for hit in nearest], list(scores)[:wanted])
    scored = [KeywordHit(id_, scores[one.row]) for id_, one in held.items() if one.row in scores]
    known = join_candidates([hit for hit in nearest if hit.id in held], scored)
    completed = complete_similarities(dense, known, held, sought)
    facts = {id_: one.facts for id_, one in held.items()}
    return _shown(catalogue, fuse(completed, facts, sought.present, sought.weights), limit)


def present_of(query: Query, catalogue: Catalogue) -> Present | None:
    """The day to which articles should be near: the question's, else that of the newest article."""
    if not query.prefers_recent:
        return None
    if query.as_of is not None:
        return Present.asked_on(query.as_of)
    newest = catalogue.newest_day()
    return None if newest is None else Present.newest_article(newest)


def complete_similarities(
    dense: DenseSide, candidates: Sequence[Candidate], held: Mapping[str, HeldCandidate], sought: SearchText
) -> list[Candidate]:
    """Give the candidates that only the keywords found their cosine, from the stored vectors."""
    lacking = {one.id: held[one.id].row for one in candidates if one.similarity is None}
    found = dense.similarities(sought.vector, lacking)
    return [
        Candidate(one.id, found[one.id], one.keyword_score) if one.id in found else one for one in candidates
    ]


def _shown(catalogue: Catalogue, ranked: Sequence[FusedCandidate], limit: int) -> list[RetrievedPassage]:
    """The first groups of near-identical passages; only as many passages are read as are looked through."""
    for count in (LOOKED_THROUGH * limit, len(ranked)):
        held = catalogue.held_passages([item.candidate.id for item in ranked[:count]])
        groups = group_near_duplicates(ranked[:count], held, limit)
        if len(groups) == limit:
            break
    return [_retrieved(group, held, rank) for rank, group in enumerate(groups, 1)]


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

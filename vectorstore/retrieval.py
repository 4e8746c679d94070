"""The retrieval pipeline: candidates from both sides, fused, freed of repeats."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.article import day_of
from vectorstore.catalogue import Catalogue, HeldPassage
from vectorstore.embedding import Vectors
from vectorstore.fusion import Candidate, PassageFacts, Present, fuse, join_candidates
from vectorstore.keywords import KeywordIndex
from vectorstore.near_duplicates import Group, group_near_duplicates
from vectorstore.query import Filters, Query
from vectorstore.retrieved import RetrievedPassage
from vectorstore.vectors import VectorHit

FEWEST_FROM_KEYWORDS = 100
FEWEST_FROM_VECTORS = 50
"""Candidates asked of each side, at least."""
SCORED_BY_KEYWORDS = 5
"""Times as many passages have their keyword scores fetched, for the candidates of the vectors among them."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """What is searched for, in both forms, and the day to which it is near, if any."""

    text: str
    vector: Vectors
    present: Present | None = None


def keyword_candidates(limit: int) -> int:
    """How many candidates to ask of the keywords for `limit` results."""
    return max(FEWEST_FROM_KEYWORDS, 3 * limit)


def dense_candidates(limit: int) -> int:
    """How many candidates to ask of the vectors for `limit` results."""
    return max(FEWEST_FROM_VECTORS, 2 * limit)


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
    wanted = keyword_candidates(limit)
    scored = keywords.search(sought.text, SCORED_BY_KEYWORDS * wanted, filters)
    found = {hit.id for hit in dense} | {hit.id for hit in scored[:wanted]}
    candidates = join_candidates(dense, [hit for hit in scored if hit.id in found])
    held = catalogue.held_passages([candidate.id for candidate in candidates])
    known = [candidate for candidate in candidates if candidate.id in held]
    completed = complete_similarities(catalogue, known, sought)
    facts = {candidate.id: facts_of(held[candidate.id]) for candidate in completed}
    groups = group_near_duplicates(fuse(completed, facts, sought.present), held, limit)
    return [_retrieved(group, held, rank) for rank, group in enumerate(groups, 1)]


def present_of(query: Query, catalogue: Catalogue) -> Present | None:
    """The day to which articles should be near: the question's, else that of the newest article."""
    if not query.prefers_recent:
        return None
    if query.as_of is not None:
        return Present.asked_on(query.as_of)
    newest = catalogue.newest_day()
    return None if newest is None else Present.newest_article(newest)


def facts_of(held: HeldPassage) -> PassageFacts:
    """What fusion needs to know of a passage."""
    published = held.head.published_at
    return PassageFacts(
        place=held.place,
        words=len(held.passage.text.split()),
        published=None if published is None else day_of(published),
    )


def complete_similarities(
    catalogue: Catalogue, candidates: Sequence[Candidate], sought: SearchText
) -> list[Candidate]:
    """Give the candidates that only the keywords found their cosine, from the stored vectors."""
    lacking = [candidate.id for candidate in candidates if candidate.similarity is None]
    found = {id_: float(vector @ sought.vector) for id_, vector in catalogue.vectors_of(lacking).items()}
    return [replace(one, similarity=found.get(one.id, one.similarity)) for one in candidates]


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

"""`RetrievedPassage`: a passage with its article's head and why it was found."""

from dataclasses import dataclass

from ingest.article import ArticleHead
from ingest.passage import Passage


@dataclass(frozen=True, slots=True)
class RetrievedPassage:
    """One result of a search.

    Attributes:
        similarity: cosine of the query's and the passage's embeddings, -1 to 1, higher is nearer; None where
            the passage was found by keywords alone and has no vector.
        keyword_score: BM25, above 0, higher is better; None where none is known.
        score: the fused score that ranks, higher is better; comparable only within one search.
        rank: from 1.
        repeats: ids of the articles, best first, that hold a near-identical passage and were left out for it.
    """

    passage: Passage
    article: ArticleHead
    similarity: float | None
    keyword_score: float | None
    score: float
    rank: int
    repeats: tuple[str, ...] = ()

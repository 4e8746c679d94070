"""`KeywordIndex`: BM25 over titles and texts; and SQLite's FTS5 behind it."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from vectorstore.database import Database, storable
from vectorstore.filtering import sql_conditions
from vectorstore.query import Filters
from vectorstore.stopwords import STOPWORDS

MOST_TERMS = 64
"""More distinct terms than this are not searched for: the first ones of a very long question are."""

TITLE_WEIGHT = 1.0
TEXT_WEIGHT = 1.0


BEST = "ORDER BY score, keywords.rowid LIMIT ?"
MATCHES = """SELECT passages.id, bm25(keywords, ?, ?) AS score
    FROM keywords JOIN passages ON passages.row = keywords.rowid
    JOIN versions ON versions.row = passages.version
    JOIN articles ON articles.row = versions.article
    WHERE keywords MATCH ?"""
BEST_OF_ALL = f"""WITH best AS MATERIALIZED (
        SELECT rowid AS row, bm25(keywords, ?, ?) AS score FROM keywords WHERE keywords MATCH ? {BEST})
    SELECT passages.id, best.score FROM best JOIN passages USING (row) ORDER BY best.score, best.row"""  # noqa: S608
"""Without filters the best are found first, and only those are looked up."""


@dataclass(frozen=True, slots=True)
class KeywordHit:
    """A passage id with its BM25 score, above 0, higher is better."""

    id: str
    score: float


class KeywordIndex(Protocol):
    """Finds passages by the words of a question."""

    def search(self, text: str, limit: int, filters: Filters) -> list[KeywordHit]:
        """The passages in which any term of `text` occurs and that pass the filters, best first."""
        ...

    def term_weights(self, terms: Sequence[str]) -> dict[str, float]:
        """How telling each term is: its inverse document frequency among the passages, above 0."""
        ...


def query_terms(text: str) -> list[str]:
    """The distinct words of a question that are worth looking for, in order, at most `MOST_TERMS`."""
    words = dict.fromkeys(match.group().casefold() for match in re.finditer(r"[^\W_]+", text[:100_000]))
    telling = [word for word in words if word not in STOPWORDS]
    return (telling or list(words))[:MOST_TERMS]


def match_expression(terms: Sequence[str]) -> str:
    """An FTS5 query for any of the terms; each is quoted, so nothing in it is syntax."""
    return " OR ".join('"' + storable(term).replace('"', '""') + '"' for term in terms)


class Fts5KeywordIndex:
    """The catalogue's FTS5 table; meets `KeywordIndex`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, text: str, limit: int, filters: Filters) -> list[KeywordHit]:
        """The best passages by BM25 as FTS5 computes it (k1 1.2, b 0.75), sign turned."""
        terms = query_terms(text)
        if not terms or limit < 1:
            return []
        conditions = sql_conditions(filters)
        sql = f"{MATCHES} {conditions.sql} {BEST}" if conditions.sql else BEST_OF_ALL
        values = (TITLE_WEIGHT, TEXT_WEIGHT, match_expression(terms), *conditions.values, limit)
        with self._database.reading() as connection:
            rows = connection.execute(sql, values).fetchall()
        return [KeywordHit(row["id"], -row["score"]) for row in rows]

    def term_weights(self, terms: Sequence[str]) -> dict[str, float]:
        """ln(1 + (N - n + 0.5) / (n + 0.5)) with n of N passages holding the term in its stemmed form."""
        with self._database.reading() as connection:
            total: int = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
            counts = {
                term: connection.execute(
                    "SELECT count(*) FROM keywords WHERE keywords MATCH ?", (match_expression([term]),)
                ).fetchone()[0]
                for term in terms
            }
        return {term: math.log(1 + (total - n + 0.5) / (n + 0.5)) for term, n in counts.items()}

"""`KeywordIndex`: BM25 over titles and texts; and SQLite's FTS5 behind it."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from vectorstore.database import Database, storable
from vectorstore.filtering import sql_conditions
from vectorstore.query import Filters
from vectorstore.rows import ids_of_rows
from vectorstore.stopwords import STOPWORDS

MOST_TERMS = 64
"""More distinct terms than this are not searched for: the first ones of a very long question are."""

WEIGHT_STEPS = 8
"""Weights of terms are rounded to so many steps."""

TITLE_WEIGHT = 1.0
TEXT_WEIGHT = 1.0


BEST = "ORDER BY score, keywords.rowid LIMIT ?"
ALL = "SELECT rowid, bm25(keywords, ?, ?) AS score FROM keywords WHERE keywords MATCH ?"
SOME = """SELECT keywords.rowid, bm25(keywords, ?, ?) AS score
    FROM keywords JOIN passages ON passages.row = keywords.rowid
    JOIN versions ON versions.row = passages.version
    JOIN articles ON articles.row = versions.article
    WHERE keywords MATCH ?"""


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


def weighted_terms(text: str, added: Sequence[tuple[str, float]]) -> list[str]:
    """The terms of a question and added ones; where weights differ, a term is repeated as often as it counts.

    Args:
        added: terms with their weights, 0 to 1; the question's own weigh 1.
    """
    own = query_terms(text)
    if not added:
        return own
    times = {term: round(WEIGHT_STEPS * weight) for term, weight in added if term not in own}
    repeated = [term for term in own for _ in range(WEIGHT_STEPS)]
    return repeated + [term for term, count in times.items() for _ in range(count)]


def match_expression(terms: Sequence[str]) -> str:
    """An FTS5 query for any of the terms; each is quoted, so nothing in it is syntax."""
    return " OR ".join('"' + storable(term).replace('"', '""') + '"' for term in terms)


class Fts5KeywordIndex:
    """The catalogue's FTS5 table; meets `KeywordIndex`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, text: str, limit: int, filters: Filters) -> list[KeywordHit]:
        """The best passages by BM25 as FTS5 computes it (k1 1.2, b 0.75), sign turned."""
        with self._database.reading():
            best = self.best(query_terms(text), limit, filters)
            ids = self.ids(list(best))
        return [KeywordHit(ids[row], score) for row, score in best.items()]

    def best(
        self, terms: Sequence[str], limit: int, filters: Filters, *, since: int = -1, first_row: int = 0
    ) -> dict[int, float]:
        """The same by the passages' rows, with their scores.

        Args:
            terms: any of them.
            limit: how many passages at most.
            filters: what they must pass.
            since: only passages that came after this generation; -1 for all.
            first_row: none of those has a lower row.
        """
        if not terms or limit < 1:
            return {}
        conditions = sql_conditions(filters)
        newer = "AND keywords.rowid >= ? AND passages.generation > ?" if since >= 0 else ""
        bounds = (first_row, since) if newer else ()
        some = f"{SOME} {conditions.sql} {newer} {BEST}"
        values = (TITLE_WEIGHT, TEXT_WEIGHT, match_expression(terms), *conditions.values, *bounds, limit)
        sql = some if conditions.sql or newer else f"{ALL} {BEST}"
        with self._database.reading() as connection:
            return {row: -score for row, score in connection.execute(sql, values)}

    def ids(self, rows: Sequence[int]) -> dict[int, str]:
        """The ids of those passages, given by row, that there are."""
        with self._database.reading() as connection:
            return ids_of_rows(connection, rows)

    def term_weights(self, terms: Sequence[str]) -> dict[str, float]:
        """ln(1 + (N - n + 0.5) / (n + 0.5)) with n of N passages holding the term in its stemmed form."""
        with self._database.reading() as connection:
            total: int = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
            counts = self.counts(terms)
        return {term: inverse_frequency(count, total) for term, count in counts.items()}

    def counts(self, terms: Sequence[str], first_row: int = 0) -> dict[str, int]:
        """How many passages, of those from a row on, hold each term in its stemmed form."""
        sql = "SELECT count(*) FROM keywords WHERE keywords MATCH ? AND rowid >= ?"
        with self._database.reading() as connection:
            return {
                term: connection.execute(sql, (match_expression([term]), first_row)).fetchone()[0]
                for term in terms
            }


def inverse_frequency(count: int, total: int) -> float:
    """How telling a term is that `count` of `total` passages hold, above 0."""
    return math.log(1 + (max(total, count) - count + 0.5) / (count + 0.5))

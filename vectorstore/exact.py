"""Exact search in memory: the vectors of an index that is small enough, read from the catalogue.

One matrix product over tens of thousands of vectors takes a few milliseconds, misses nothing, and needs no
library that is slow to import; beyond `MOST_PASSAGES` a graph is faster, see `DenseSide`.
"""

import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.catalogue import HELD, Catalogue
from vectorstore.embedding import Vectors
from vectorstore.filtering import sql_conditions
from vectorstore.query import Filters
from vectorstore.rows import ids_of_rows, vector_of
from vectorstore.vectors import VectorHit, check_query

MOST_PASSAGES = 100_000
"""An index with more passages than this is searched through Chroma."""

ROWS_AT_ONCE = 2_000

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The vectors of all passages as of a generation of the catalogue.

    Attributes:
        rows: the passages' rows in the catalogue, ascending.
        vectors: of shape (len(rows), dimensions).
    """

    generation: int
    rows: Rows
    vectors: Vectors

    def similarities(self, vector: Vectors, rows: Rows) -> dict[int, float]:
        """The cosines of those of the passages, by row, that are in the matrix."""
        places = np.minimum(np.searchsorted(self.rows, rows), max(0, len(self.rows) - 1))
        held = self.rows[places] == rows if len(self.rows) else np.zeros(len(rows), bool)
        cosines = self.vectors[places[held]] @ vector
        return dict(zip(rows[held].tolist(), cosines.tolist(), strict=True))


class ExactVectors:
    """Keeps the matrix of an index in step with its catalogue; safe to share among threads."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._lock = threading.Lock()
        self._matrix: Matrix | None = None
        self._too_many_at = -1

    def matrix(self) -> Matrix | None:
        """The vectors as the catalogue has them now; None where they are too many.

        The caller holds one snapshot of the catalogue. Only what is new since the last call is read.
        """
        generation = self._catalogue.generation
        with self._lock:
            if generation == self._too_many_at:
                return None
            if self._matrix is None or self._matrix.generation != generation:
                self._matrix = self._read(generation, self._matrix)
                self._too_many_at = generation if self._matrix is None else -1
            return self._matrix

    def search(self, matrix: Matrix, vector: Vectors, limit: int, filters: Filters) -> list[VectorHit]:
        """The nearest passages that pass the filters, exactly, nearest first, equal ones by id."""
        if not len(matrix.rows) or limit < 1:
            return []
        check_query(vector, matrix.vectors.shape[1])
        places = self._passing(matrix, filters)
        similarities = np.clip(
            matrix.vectors @ vector if places is None else matrix.vectors[places] @ vector, -1, 1
        )
        best = largest(similarities, limit)
        rows = matrix.rows[best] if places is None else matrix.rows[places[best]]
        with self._catalogue.database.reading() as connection:
            ids = ids_of_rows(connection, rows.tolist())
        found = zip(rows.tolist(), similarities[best].tolist(), strict=True)
        hits = [VectorHit(ids[row], similarity) for row, similarity in found if row in ids]
        return sorted(hits, key=lambda hit: (-hit.similarity, hit.id))

    def _passing(self, matrix: Matrix, filters: Filters) -> Rows | None:
        """The places in the matrix of the passages that pass the filters; None for all."""
        conditions = sql_conditions(filters)
        if not conditions.sql:
            return None
        sql = f"SELECT passages.row {HELD} WHERE 1 {conditions.sql}"
        with self._catalogue.database.reading() as connection:
            rows = np.fromiter((row[0] for row in connection.execute(sql, conditions.values)), np.int64)
        return np.flatnonzero(np.isin(matrix.rows, rows))

    def _read(self, generation: int, before: Matrix | None) -> Matrix | None:
        if self._catalogue.passage_count() > MOST_PASSAGES:
            return None
        with self._catalogue.database.reading() as connection:
            if before is None or before.generation > generation:
                return self._read_all(connection, generation)
            return _brought_up_to_date(connection, generation, before)

    def _read_all(self, connection: sqlite3.Connection, generation: int) -> Matrix:
        count = self._catalogue.passage_count()
        rows = np.empty(count, np.int64)
        vectors = np.empty((count, self._catalogue.identity.dimensions), np.float32)
        cursor = connection.execute("SELECT passage, vector FROM vectors ORDER BY passage")
        start = 0
        while batch := cursor.fetchmany(ROWS_AT_ONCE):
            end = start + len(batch)
            rows[start:end] = [row[0] for row in batch]
            vectors[start:end] = _stacked([row[1] for row in batch])
            start = end
        return Matrix(generation, rows[:start], vectors[:start])


def largest(values: NDArray[np.float32], limit: int) -> Rows:
    """The places of the `limit` largest values, in no particular order; ties at the border are all kept."""
    if limit >= len(values):
        return np.arange(len(values))
    border = np.partition(values, len(values) - limit)[len(values) - limit]
    above = np.flatnonzero(values > border)
    level = np.flatnonzero(values == border)
    return np.concatenate([above, level[: limit - len(above)]])


def _stacked(blobs: Sequence[bytes]) -> Vectors:
    return vector_of(b"".join(blobs)).reshape(len(blobs), -1)


def _brought_up_to_date(connection: sqlite3.Connection, generation: int, before: Matrix) -> Matrix:
    """The matrix with the passages that came since, and without those that are gone."""
    new = connection.execute(
        """SELECT passages.row, vectors.vector FROM passages JOIN vectors ON vectors.passage = passages.row
        WHERE passages.generation > ? ORDER BY passages.row""",
        (before.generation,),
    ).fetchall()
    came = np.array([row[0] for row in new], np.int64)
    vectors = _stacked([row[1] for row in new]) if new else before.vectors[:0]
    kept = ~np.isin(before.rows, came)
    count: int = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
    if np.count_nonzero(kept) + len(came) != count:
        held = np.fromiter((row[0] for row in connection.execute("SELECT row FROM passages")), np.int64)
        kept &= np.isin(before.rows, held)
    if not kept.any():
        return Matrix(generation, came, vectors)
    former = before if kept.all() else Matrix(generation, before.rows[kept], before.vectors[kept])
    return _in_order(generation, former, came, vectors)


def _in_order(generation: int, former: Matrix, came: Rows, vectors: Vectors) -> Matrix:
    """Both together, by row; what came has higher rows as a rule, and then nothing is moved about."""
    rows = np.concatenate([former.rows, came])
    joined = np.concatenate([former.vectors, vectors])
    if (np.diff(rows) > 0).all():
        return Matrix(generation, rows, joined)
    order = np.argsort(rows)
    return Matrix(generation, rows[order], joined[order])

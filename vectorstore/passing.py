"""The nearest of the passages that pass filters, by the catalogue.

Chroma looks a condition up for every vector before it searches: among 300,000 a search that left out what
came after a day took 2 s, against some milliseconds without a condition.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from vectorstore.catalogue import HELD
from vectorstore.database import MOST_VALUES, Database
from vectorstore.embedding import Vectors
from vectorstore.filtering import sql_conditions
from vectorstore.query import Filters
from vectorstore.rows import vector_of
from vectorstore.vectors import VectorHit, nearest

READ_AT_ONCE = 10_000


def passing(database: Database, ids: Sequence[str], filters: Filters) -> set[str]:
    """Those of the passage ids that the catalogue holds and that pass the filters."""
    conditions = sql_conditions(filters)
    found: set[str] = set()
    with database.reading() as connection:
        for start in range(0, len(ids), MOST_VALUES):
            part = ids[start : start + MOST_VALUES]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT passages.id {HELD} WHERE passages.id IN ({marks}) {conditions.sql}"
            found.update(row[0] for row in connection.execute(sql, (*part, *conditions.values)))
    return found


def nearest_passing(database: Database, vector: Vectors, limit: int, filters: Filters) -> list[VectorHit]:
    """The nearest of all passages that pass the filters, exactly, nearest first, equal ones by id."""
    best: list[VectorHit] = []
    for ids, vectors in _passing_vectors(database, filters):
        best = sorted(
            [*best, *nearest(ids, vectors, vector, limit)], key=lambda hit: (-hit.similarity, hit.id)
        )[:limit]
    return best


def _passing_vectors(database: Database, filters: Filters) -> Iterator[tuple[list[str], Vectors]]:
    conditions = sql_conditions(filters)
    sql = f"""SELECT passages.id, vectors.vector {HELD}
        JOIN vectors ON vectors.passage = passages.row WHERE 1 {conditions.sql}"""
    with database.reading() as connection:
        cursor = connection.execute(sql, conditions.values)
        while rows := cursor.fetchmany(READ_AT_ONCE):
            yield [row[0] for row in rows], np.stack([vector_of(row[1]) for row in rows])

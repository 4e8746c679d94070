"""Which passages pass filters, and the nearest of those that do, by the catalogue.

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
"""Vectors read together: 15 MB of 384 dimensions."""


def passing(database: Database, ids: Sequence[str], filters: Filters) -> dict[str, bool]:
    """Whether a passage passes the filters, by its id; of those that the catalogue holds."""
    conditions = sql_conditions(filters)
    found: dict[str, bool] = {}
    with database.reading() as connection:
        for start in range(0, len(ids), MOST_VALUES):
            part = ids[start : start + MOST_VALUES]
            marks = ", ".join("?" * len(part))
            sql = f"SELECT passages.id, 1 {conditions.sql} {HELD} WHERE passages.id IN ({marks})"
            found.update(
                (id_, bool(passes)) for id_, passes in connection.execute(sql, (*conditions.values, *part))
            )
    return found


def nearest_passing(
    database: Database, vector: Vectors, limit: int, filters: Filters, since: int = -1
) -> list[VectorHit]:
    """The nearest of the passages that pass the filters, exactly, nearest first, equal ones by id.

    Args:
        since: only passages that came after this generation; -1 for all.
    """
    best: list[VectorHit] = []
    for ids, vectors in _passing_vectors(database, filters, since):
        best = sorted(
            [*best, *nearest(ids, vectors, vector, limit)], key=lambda hit: (-hit.similarity, hit.id)
        )[:limit]
    return best


def _passing_vectors(database: Database, filters: Filters, since: int) -> Iterator[tuple[list[str], Vectors]]:
    conditions = sql_conditions(filters)
    newer, bound = ("AND passages.generation > ?", (since,)) if since >= 0 else ("", ())
    sql = f"""SELECT passages.id, vectors.vector {HELD}
        JOIN vectors ON vectors.passage = passages.row WHERE 1 {newer} {conditions.sql}"""
    with database.reading() as connection:
        cursor = connection.execute(sql, (*bound, *conditions.values))
        while rows := cursor.fetchmany(READ_AT_ONCE):
            yield [row[0] for row in rows], np.stack([vector_of(row[1]) for row in rows])

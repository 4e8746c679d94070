"""Filters as conditions on the catalogue's tables."""

from dataclasses import dataclass

from vectorstore.database import storable
from vectorstore.query import Filters, fold_publisher


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions to append to a WHERE clause ("AND ..."; empty for none) and the values they hold."""

    sql: str
    values: tuple[str | int, ...]


def sql_conditions(filters: Filters) -> Conditions:
    """The filters as conditions on the tables `articles` and `versions`."""
    sql: list[str] = []
    values: list[str | int] = []
    if filters.since is not None:
        sql.append("AND versions.published_day >= ?")
        values.append(filters.since.toordinal())
    if filters.until is not None:
        sql.append("AND versions.published_day <= ?")
        values.append(filters.until.toordinal())
    if filters.not_after is not None:
        sql.append("AND (versions.published_day IS NULL OR versions.published_day <= ?)")
        values.append(filters.not_after.toordinal())
    if filters.publisher is not None:
        sql.append("AND versions.publisher_folded = ?")
        values.append(storable(fold_publisher(filters.publisher)))
    if filters.article_ids:
        sql.append(f"AND articles.id IN ({', '.join('?' * len(filters.article_ids))})")
        values.extend(storable(one) for one in filters.article_ids)
    return Conditions(" ".join(sql), tuple(values))

"""Rows of the catalogue and the values that they stand for."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime

import numpy as np

from ingest.article import Article, ArticleHead, day_of, moment_text, parse_moment
from ingest.passage import Passage
from ingest.places import Place
from vectorstore.database import MOST_VALUES
from vectorstore.embedding import Vectors
from vectorstore.query import fold_publisher
from vectorstore.vectors import VectorFacts

HEAD_COLUMNS = """articles.id AS article_id, articles.location, versions.row AS version_row, versions.version,
    versions.title, versions.url, versions.publisher, versions.authors, versions.published_at,
    versions.modified_at, versions.language, versions.note,
    articles.copy_group"""
PASSAGE_COLUMNS = (
    "passages.row AS passage_row, passages.id AS passage_id, passages.start, passages.end, passages.text"
)


def head_of(row: sqlite3.Row) -> ArticleHead:
    """The head in a row of `HEAD_COLUMNS`."""
    return ArticleHead(
        id=row["article_id"],
        version=row["version"],
        title=row["title"],
        location=row["location"],
        url=row["url"],
        publisher=row["publisher"],
        authors=tuple(json.loads(row["authors"])),
        published_at=parse_moment(row["published_at"]),
        modified_at=parse_moment(row["modified_at"]),
        language=row["language"],
        note=row["note"],
        copy_group=row["copy_group"],
    )


def article_of(row: sqlite3.Row) -> Article:
    """The article in a row of `HEAD_COLUMNS`, versions.text AS full_text, .retrieved_at and .details."""
    retrieved = row["retrieved_at"]
    details = json.loads(row["details"] or "{}")
    return Article(
        head_of(row),
        row["full_text"],
        datetime.fromisoformat(retrieved) if retrieved else None,
        details.get("section"),
        tuple(Place(start, label) for start, label in details.get("places", ())),
        details.get("found", {}),
    )


def passage_of(row: sqlite3.Row) -> Passage:
    """The passage in a row of `PASSAGE_COLUMNS` and `HEAD_COLUMNS`."""
    return Passage(
        row["passage_id"], row["article_id"], row["version"], row["start"], row["end"], row["text"]
    )


def ids_of_rows(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
    """The ids of those passages, given by row, that there are."""
    found: dict[int, str] = {}
    for start in range(0, len(rows), MOST_VALUES):
        part = rows[start : start + MOST_VALUES]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT row, id FROM passages WHERE row IN ({marks})"  # noqa: S608
        found.update(map(tuple, connection.execute(sql, part)))
    return found


def version_values(article: Article) -> dict[str, str | int | None]:
    """The columns of the table `versions` for an article, but for `row` and `article`."""
    head = article.head
    return {
        "version": head.version,
        "title": head.title,
        "url": head.url,
        "publisher": head.publisher,
        "publisher_folded": None if head.publisher is None else fold_publisher(head.publisher),
        "authors": json.dumps(list(head.authors)),
        "published_at": moment_text(head.published_at),
        "published_day": None if head.published_at is None else day_of(head.published_at).toordinal(),
        "modified_at": moment_text(head.modified_at),
        "language": head.language,
        "note": head.note,
        "retrieved_at": None if article.retrieved_at is None else article.retrieved_at.isoformat(),
        "text": article.text,
        "details": details_text(article),
    }


def details_text(article: Article) -> str | None:
    """The column `versions.details`; None where there is nothing to say."""
    details = {
        "section": article.section,
        "places": [[place.start, place.label] for place in article.places],
        "found": dict(article.found),
    }
    stated = {name: value for name, value in details.items() if value}
    return json.dumps(stated) if stated else None


def facts_of(head: ArticleHead) -> VectorFacts:
    """What the vector store's filters need to know of an article."""
    return VectorFacts(
        article_id=head.id,
        publisher=None if head.publisher is None else fold_publisher(head.publisher),
        day=None if head.published_at is None else day_of(head.published_at).toordinal(),
    )


def vector_blob(vector: Vectors) -> bytes:
    """A vector as little-endian float32."""
    return vector.astype("<f4").tobytes()


def vector_of(blob: bytes) -> Vectors:
    """The inverse of `vector_blob`."""
    return np.frombuffer(blob, dtype="<f4").astype(np.float32, copy=False)

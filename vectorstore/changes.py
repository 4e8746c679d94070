"""The statements that change the catalogue; each runs inside a transaction that its caller holds."""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime

from ingest.article import Article
from ingest.passage import Passage
from vectorstore.copies import join_copies, leave_group
from vectorstore.embedding import Vectors
from vectorstore.rows import vector_blob, version_values


def next_generation(connection: sqlite3.Connection) -> int:
    """Count one change of the articles; the number that it has."""
    row = connection.execute(
        "UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation' RETURNING value"
    ).fetchone()
    return int(row["value"])


def delete_passages(connection: sqlite3.Connection, article_id: str) -> list[str]:
    """Delete an article's passages, vectors and keywords; the passages' ids."""
    rows = connection.execute(
        """SELECT passages.row, passages.id, passages.text, versions.title FROM passages
        JOIN versions ON versions.row = passages.version JOIN articles ON articles.row = versions.article
        WHERE articles.id = ?""",
        (article_id,),
    ).fetchall()
    connection.executemany(
        "INSERT INTO keywords (keywords, rowid, title, text) VALUES ('delete', ?, ?, ?)",
        [(row["row"], row["title"], row["text"]) for row in rows],
    )
    connection.executemany("DELETE FROM passages WHERE row = ?", [(row["row"],) for row in rows])
    return [row["id"] for row in rows]


def write_version(connection: sqlite3.Connection, article: Article) -> int:
    """Store an article, make its version the current one, and find its copies; the row of the version."""
    article_row = connection.execute(
        """INSERT INTO articles (id, location, current) VALUES (?, ?, 0)
        ON CONFLICT (id) DO UPDATE SET location = excluded.location RETURNING row""",
        (article.id, article.head.location),
    ).fetchone()["row"]
    connection.execute(
        "DELETE FROM versions WHERE article = ? AND version = ?", (article_row, article.version)
    )
    values = {"article": article_row, **version_values(article)}
    version_row = connection.execute(
        f"INSERT INTO versions ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
        tuple(values.values()),
    ).lastrowid
    connection.execute("UPDATE articles SET current = ? WHERE row = ?", (version_row, article_row))
    seen_at = article.retrieved_at or datetime.now(UTC)
    connection.execute(
        "INSERT INTO revisions (article, version, seen_at) VALUES (?, ?, ?)",
        (article_row, article.version, seen_at.isoformat()),
    )
    join_copies(connection, article_row, article.title, article.text)
    return int(version_row or 0)


def write_passages(
    connection: sqlite3.Connection,
    passages: Sequence[Passage],
    vectors: Vectors,
    *,
    title: str,
    version_row: int,
    generation: int,
) -> None:
    """Store a version's passages with their vectors (len(passages), dimensions) and keywords."""
    for passage, vector in zip(passages, vectors, strict=True):
        row = connection.execute(
            "INSERT INTO passages (id, version, start, end, text, generation) VALUES (?, ?, ?, ?, ?, ?)",
            (passage.id, version_row, passage.start, passage.end, passage.text, generation),
        ).lastrowid
        connection.execute("INSERT INTO vectors VALUES (?, ?)", (row, vector_blob(vector)))
        connection.execute(
            "INSERT INTO keywords (rowid, title, text) VALUES (?, ?, ?)", (row, title, passage.text)
        )


def delete_article(connection: sqlite3.Connection, article_id: str) -> bool:
    """Delete an article with all its versions, its passages being deleted already; False where none was."""
    found = connection.execute("SELECT row, location FROM articles WHERE id = ?", (article_id,)).fetchone()
    if found is None:
        return False
    leave_group(connection, found["row"])
    connection.execute("DELETE FROM articles WHERE row = ?", (found["row"],))
    connection.execute("DELETE FROM failures WHERE location = ?", (found["location"],))
    return True


def set_vectors_folder(connection: sqlite3.Connection, folder: str) -> None:
    """Name the folder that holds the vector store from now on."""
    connection.execute("UPDATE settings SET value = ? WHERE key = 'vectors_folder'", (folder,))

"""The catalogue: what articles, passages and vectors an index holds."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from ingest.article import Article, ArticleHead
from ingest.passage import Passage
from vectorstore.database import MOST_VALUES, Database, damaged, storable
from vectorstore.embedding import EmbedderIdentity, Vectors
from vectorstore.errors import IndexVersionError
from vectorstore.faults import reach
from vectorstore.filtering import sql_conditions
from vectorstore.migrations import can_migrate, migrate
from vectorstore.query import DateSpan, Filters
from vectorstore.rows import (
    HEAD_COLUMNS,
    PASSAGE_COLUMNS,
    article_of,
    facts_of,
    head_of,
    passage_of,
    vector_of,
)
from vectorstore.schema import APPLICATION_ID, SCHEMA_VERSION, STATEMENTS
from vectorstore.vectors import VectorFacts

FILE_NAME = "catalogue.sqlite3"
VECTORS_FOLDER_PREFIX = "chroma-"
CURRENT = "FROM articles JOIN versions ON versions.row = articles.current"
HELD = """FROM passages JOIN versions ON versions.row = passages.version
    JOIN articles ON articles.row = versions.article"""
PLACE = """(SELECT count(*) FROM passages AS earlier
    WHERE earlier.version = passages.version AND earlier.row < passages.row) AS place"""
"""The rows of a version are written in the order of its text; so an index alone counts them."""

NOT_AHEAD = """(versions.retrieved_at IS NULL OR versions.published_day
    <= julianday(substr(versions.retrieved_at, 1, 10)) - 1721424.5 + 1)"""
"""Published at most a day after it was read; the number turns a Julian date into an ordinal of `date`."""


@dataclass(frozen=True, slots=True)
class HeldPassage:
    """A passage of the current version of an article, with the article's head.

    Attributes:
        place: how many passages of the article come before it.
    """

    passage: Passage
    head: ArticleHead
    place: int


@dataclass(frozen=True, slots=True)
class StoredVectors:
    """Some passages' ids, their vectors (len(ids), dimensions) and what filters need."""

    ids: tuple[str, ...]
    vectors: Vectors
    facts: tuple[VectorFacts, ...]


@dataclass(frozen=True, slots=True)
class _Whole:
    """How many articles there are, their days, and the last that can be true, as of a generation."""

    generation: int
    articles: int
    span: DateSpan
    credible_day: date | None


class Catalogue:
    """Reading the catalogue; safe to share among threads."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._whole: _Whole | None = None

    @classmethod
    def create(cls, home: Path, identity: EmbedderIdentity) -> "Catalogue":
        """Make the catalogue of a new index; the file has its name only when it is complete."""
        unnamed = home / f"{FILE_NAME}.new"
        for suffix in ("", "-wal", "-shm", "-journal"):
            unnamed.with_name(f"{unnamed.name}{suffix}").unlink(missing_ok=True)
        database = Database(unnamed)
        try:
            with database.writing() as connection:
                _fill_new(connection, identity)
            database.connection.execute("PRAGMA journal_mode = WAL")
        finally:
            database.close()
        reach("catalogue-unnamed")
        unnamed.rename(home / FILE_NAME)
        return cls.open(home)

    @classmethod
    def open(cls, home: Path) -> "Catalogue":
        """Open the catalogue of an index.

        Raises:
            IndexDamagedError: the file is no catalogue.
            IndexVersionError: it has another layout.
        """
        database = Database(home / FILE_NAME)
        try:
            with database.reading() as connection:
                marks = tuple(
                    connection.execute(f"PRAGMA {name}").fetchone()[0]
                    for name in ("application_id", "user_version")
                )
            _check_marks(home, marks)
            if marks[1] != SCHEMA_VERSION:
                with database.writing() as connection:
                    migrate(connection)
        except BaseException:
            database.close()
            raise
        return cls(database)

    @property
    def generation(self) -> int:
        """A number that grows with every change of the articles."""
        return int(self._setting("generation"))

    @property
    def identity(self) -> EmbedderIdentity:
        """The embedder that made the vectors."""
        with self.database.reading() as connection:
            found = dict(map(tuple, connection.execute("SELECT key, value FROM settings")))
        try:
            return EmbedderIdentity(
                found["embedder_name"],
                found["embedder_revision"],
                int(found["embedder_dimensions"]),
                int(found["embedder_window_tokens"]),
            )
        except KeyError as missing:
            raise damaged(self.database.path.parent, f"no setting {missing.args[0]}") from missing

    @property
    def vectors_folder(self) -> str:
        """The name of the folder, in the index's home, that holds the vector store."""
        return self._setting("vectors_folder")

    def _setting(self, key: str) -> str:
        with self.database.reading() as connection:
            row = connection.execute("SELECT value FROM settings WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise damaged(self.database.path.parent, f"no setting {key}")
        return str(row["value"])

    def count_articles(self, filters: Filters) -> int:
        """How many articles pass the filters."""
        if not filters:
            return self._all_articles().articles
        conditions = sql_conditions(filters)
        return int(self._one(f"SELECT count(*) {CURRENT} WHERE 1 {conditions.sql}", conditions.values)[0])

    def passage_count(self, since: int = -1) -> int:
        """How many passages there are, or came after the generation `since`."""
        return int(self._one("SELECT count(*) FROM passages WHERE generation > ?", (since,))[0])

    def has_passages(self) -> bool:
        """Whether there is any passage."""
        return bool(self._one("SELECT EXISTS (SELECT 1 FROM passages)")[0])

    def known(self, ids: Sequence[str]) -> set[str]:
        """Those of the passage ids that the catalogue holds."""
        return {row["id"] for row in self._in("SELECT id FROM passages WHERE id IN", ids)}

    def articles(self, filters: Filters, offset: int = 0, limit: int | None = None) -> list[ArticleHead]:
        """Heads, newest publication first, those without a date last."""
        conditions = sql_conditions(filters)
        sql = f"""SELECT {HEAD_COLUMNS} {CURRENT} WHERE 1 {conditions.sql}
            ORDER BY versions.published_day IS NULL, versions.published_at DESC, articles.id
            LIMIT ? OFFSET ?"""
        rows = self._all(sql, (*conditions.values, -1 if limit is None else limit, offset))
        return [head_of(row) for row in rows]

    def head(self, article_id: str) -> ArticleHead | None:
        """The head of an article's current version, None where there is no such article."""
        rows = self._all(f"SELECT {HEAD_COLUMNS} {CURRENT} WHERE articles.id = ?", (article_id,))
        return head_of(rows[0]) if rows else None

    def article(self, article_id: str, version: str | None = None) -> Article | None:
        """An article in its current or a named version, None where there is none such."""
        join = "versions.row = articles.current" if version is None else "versions.article = articles.row"
        sql = f"""SELECT {HEAD_COLUMNS}, versions.text AS full_text, versions.retrieved_at, versions.details
            FROM articles JOIN versions ON {join} WHERE articles.id = ?"""  # noqa: S608
        if version is None:
            rows = self._all(sql, (article_id,))
        else:
            rows = self._all(f"{sql} AND versions.version = ?", (article_id, version))
        return article_of(rows[0]) if rows else None

    def copies_of(self, article_id: str) -> list[ArticleHead]:
        """The other members of an article's copy group, in the order in which they came."""
        sql = f"""SELECT {HEAD_COLUMNS} {CURRENT} WHERE articles.id <> ? AND articles.copy_group =
            (SELECT copy_group FROM articles WHERE id = ?) ORDER BY articles.row"""  # noqa: S608
        return [head_of(row) for row in self._all(sql, (article_id, article_id))]

    def passages_of(self, article_id: str) -> list[Passage]:
        """The passages of an article's current version, in the order of the text."""
        sql = f"""SELECT {PASSAGE_COLUMNS}, {HEAD_COLUMNS} {HELD} WHERE articles.id = ?
            ORDER BY passages.start, passages.end"""
        return [passage_of(row) for row in self._all(sql, (article_id,))]

    def date_span(self, filters: Filters) -> DateSpan:
        """First and last day of publication among the articles that pass the filters."""
        if not filters:
            return self._all_articles().span
        return self._span(filters)

    def _span(self, filters: Filters) -> DateSpan:
        conditions = sql_conditions(filters)
        first, last = self._one(
            f"SELECT min(published_day), max(published_day) {CURRENT} WHERE 1 {conditions.sql}",
            conditions.values,
        )
        return DateSpan(
            None if first is None else date.fromordinal(first),
            None if last is None else date.fromordinal(last),
        )

    def newest_day(self) -> date | None:
        """The last day of publication among all articles.

        An article that says that it was published after it was read does not count.
        """
        return self._all_articles().credible_day

    def _all_articles(self) -> _Whole:
        """What holds of all articles, looked up again only when they have changed: it reads every one."""
        with self.database.reading():
            generation, known = self.generation, self._whole
            if known is None or known.generation != generation:
                count = int(self._one("SELECT count(*) FROM articles")[0])
                known = self._whole = _Whole(
                    generation, count, self._span(Filters()), self._last_credible_day()
                )
        return known

    def _last_credible_day(self) -> date | None:
        (day,) = self._one(f"SELECT max(versions.published_day) {CURRENT} WHERE {NOT_AHEAD}")
        return None if day is None else date.fromordinal(day)

    def held_passages(self, ids: Sequence[str]) -> dict[str, HeldPassage]:
        """Those of the passages that the catalogue holds."""
        sql = f"SELECT {PASSAGE_COLUMNS}, {HEAD_COLUMNS}, {PLACE} {HELD} WHERE passages.id IN"
        return {
            row["passage_id"]: HeldPassage(passage_of(row), head_of(row), row["place"])
            for row in self._in(sql, ids)
        }

    def vectors_of(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """Stored vectors, each of shape (dimensions,), of those of the passages that the catalogue holds."""
        sql = """SELECT passages.id, vectors.vector
            FROM passages JOIN vectors ON vectors.passage = passages.row WHERE passages.id IN"""
        return {row["id"]: vector_of(row["vector"]) for row in self._in(sql, ids)}

    def all_vectors(self, batch: int = 5_000) -> Iterator[StoredVectors]:
        """The vectors of all passages, in batches."""
        sql = f"""SELECT passages.id AS passage_id, vectors.vector, {HEAD_COLUMNS} {HELD}
            JOIN vectors ON vectors.passage = passages.row"""
        with self.database.reading() as connection:
            cursor = connection.execute(sql)
            while rows := cursor.fetchmany(batch):
                yield StoredVectors(
                    tuple(row["passage_id"] for row in rows),
                    np.stack([vector_of(row["vector"]) for row in rows]),
                    tuple(facts_of(head_of(row)) for row in rows),
                )

    def locations(self, prefix: str) -> dict[str, str]:
        """Article ids by location, of the articles whose location starts with `prefix`."""
        sql = "SELECT id, location FROM articles WHERE substr(location, 1, ?) = ?"
        return {row["location"]: row["id"] for row in self._all(sql, (len(prefix), prefix))}

    def unfinished_ingests(self) -> int:
        """How many ingestions in the journal never came to an end."""
        return int(self._one("SELECT count(*) FROM ingests WHERE finished_at IS NULL")[0])

    def passage_ids(self) -> Iterator[str]:
        """Every passage's id."""
        with self.database.reading() as connection:
            for row in connection.execute("SELECT id FROM passages"):
                yield row["id"]

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def _all(self, sql: str, values: Sequence[str | int] = ()) -> list[sqlite3.Row]:
        with self.database.reading() as connection:
            sent = [storable(value) if isinstance(value, str) else value for value in values]
            return connection.execute(sql, sent).fetchall()

    def _one(self, sql: str, values: Sequence[str | int] = ()) -> sqlite3.Row:
        return self._all(sql, values)[0]

    def _in(self, sql: str, values: Sequence[str]) -> Iterator[sqlite3.Row]:
        for start in range(0, len(values), MOST_VALUES):
            part = values[start : start + MOST_VALUES]
            yield from self._all(f"{sql} ({', '.join('?' * len(part))})", part)


def _fill_new(connection: sqlite3.Connection, identity: EmbedderIdentity) -> None:
    for statement in STATEMENTS:
        connection.execute(statement)
    write_identity(connection, identity)
    settings = [("generation", "0"), ("vectors_folder", vectors_folder_name(1))]
    connection.executemany("INSERT INTO settings VALUES (?, ?)", settings)


def vectors_folder_name(number: int) -> str:
    """The name of the `number`th folder of a vector store: every rebuilt one is new."""
    return f"{VECTORS_FOLDER_PREFIX}{number}"


def write_identity(connection: sqlite3.Connection, identity: EmbedderIdentity) -> None:
    """Record the embedder that makes the vectors."""
    settings = {
        "embedder_name": identity.name,
        "embedder_revision": identity.revision,
        "embedder_dimensions": str(identity.dimensions),
        "embedder_window_tokens": str(identity.window_tokens),
    }
    connection.executemany("INSERT OR REPLACE INTO settings VALUES (?, ?)", settings.items())


def _check_marks(home: Path, marks: tuple[int, ...]) -> None:
    application, version = marks
    if application != APPLICATION_ID:
        raise damaged(home, "it is another program's file, or empty")
    if version != SCHEMA_VERSION and not can_migrate(version):
        newer = version > SCHEMA_VERSION
        raise IndexVersionError(
            f"The index in {home} has layout {version}; this program reads layout {SCHEMA_VERSION}.",
            "Update Footnote." if newer else "Ingest the articles again into another folder (`--home`).",
        )

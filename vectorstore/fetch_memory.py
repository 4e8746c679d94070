"""What was fetched from the web, remembered in the catalogue beside the articles that were made of it."""

import json
import sqlite3
from collections.abc import Collection
from datetime import datetime

from ingest.article import article_id
from ingest.sources.web.memory import FetchRecord
from vectorstore.database import Database, storable

_TABLES = (
    """CREATE TABLE IF NOT EXISTS fetches (
        address TEXT PRIMARY KEY,
        article INTEGER REFERENCES articles (row) ON DELETE CASCADE,
        version TEXT,
        kind TEXT NOT NULL,
        location TEXT,
        etag TEXT,
        last_modified TEXT,
        mark TEXT,
        published TEXT,
        digest TEXT NOT NULL,
        retrieved_at TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS fetches_article ON fetches (article)",
    """CREATE TABLE IF NOT EXISTS listings (
        listing TEXT NOT NULL,
        address TEXT NOT NULL REFERENCES fetches (address) ON DELETE CASCADE,
        PRIMARY KEY (listing, address)) WITHOUT ROWID""",
    "CREATE INDEX IF NOT EXISTS listings_address ON listings (address)",
)
_COLUMNS = "address, kind, location, etag, last_modified, mark, published, digest, retrieved_at"
_CURRENT = """SELECT articles.row, versions.version FROM articles
    JOIN versions ON versions.row = articles.current WHERE articles.id = ?"""
_GET = f"""SELECT {_COLUMNS} FROM fetches WHERE address = ? AND (article IS NULL OR version = (
    SELECT versions.version FROM articles JOIN versions ON versions.row = articles.current
    WHERE articles.row = fetches.article))"""  # noqa: S608


class StoredFetchMemory:
    """The catalogue's `FetchMemory`. A record goes with its article: what was removed is fetched anew.

    The tables are made when they are first written to, so that every index can have them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._made = False

    def get(self, address: str) -> FetchRecord | None:
        """The last fetch of an address; None where its article is gone, or has come from elsewhere since."""
        rows = self._rows(_GET, storable(address))
        return _record(rows[0]) if rows else None

    def put(self, record: FetchRecord, listing: str | None = None) -> None:
        """Remember a fetch, and the listing that named it; of an article that the index lacks, nothing."""
        with self._database.writing() as connection:
            self._make(connection)
            article = _article_row(connection, record)
            if article is None and record.location is not None:
                return
            row, version = (None, None) if article is None else article
            _write(connection, record, row, version)
            if listing is not None:
                values = (storable(listing), storable(record.address))
                connection.execute("INSERT OR IGNORE INTO listings VALUES (?, ?)", values)

    def listed_by(self, listing: str) -> tuple[str, ...]:
        """The remembered addresses that a listing named, sorted."""
        rows = self._rows("SELECT address FROM listings WHERE listing = ? ORDER BY address", listing)
        return tuple(row["address"] for row in rows)

    def listings_of(self, address: str) -> tuple[str, ...]:
        """The listings that name an address, sorted."""
        rows = self._rows("SELECT listing FROM listings WHERE address = ? ORDER BY listing", address)
        return tuple(row["listing"] for row in rows)

    def drop_from(self, listing: str, addresses: Collection[str]) -> None:
        """Remember no longer that a listing names these addresses."""
        with self._database.writing() as connection:
            self._make(connection)
            connection.executemany(
                "DELETE FROM listings WHERE listing = ? AND address = ?",
                [(storable(listing), storable(address)) for address in addresses],
            )

    def _make(self, connection: sqlite3.Connection) -> None:
        if not self._made:
            for statement in _TABLES:
                connection.execute(statement)
            self._made = True

    def _rows(self, sql: str, value: str) -> list[sqlite3.Row]:
        with self._database.reading() as connection:
            if not self._made and not _has_tables(connection):
                return []
            return connection.execute(sql, (storable(value),)).fetchall()


def _has_tables(connection: sqlite3.Connection) -> bool:
    named = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'listings'"
    return bool(connection.execute(named).fetchone()[0])


def _article_row(connection: sqlite3.Connection, record: FetchRecord) -> tuple[int, str] | None:
    """The row and current version of the article that a fetch became."""
    if record.location is None:
        return None
    row = connection.execute(_CURRENT, (article_id(record.location),)).fetchone()
    return None if row is None else (row["row"], row["version"])


def _write(connection: sqlite3.Connection, record: FetchRecord, row: int | None, version: str | None) -> None:
    values = {
        "address": record.address,
        "article": row,
        "version": version,
        "kind": record.kind,
        "location": record.location,
        "etag": record.etag,
        "last_modified": record.last_modified,
        "mark": json.dumps(dict(record.marks)) if record.marks else None,
        "published": record.published,
        "digest": record.digest,
        "retrieved_at": record.retrieved_at.isoformat(),
    }
    changed = ", ".join(f"{name} = excluded.{name}" for name in values if name != "address")
    connection.execute(
        f"INSERT INTO fetches ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"  # noqa: S608
        f" ON CONFLICT (address) DO UPDATE SET {changed}",
        [storable(value) if isinstance(value, str) else value for value in values.values()],
    )


def _record(row: sqlite3.Row) -> FetchRecord:
    return FetchRecord(
        address=row["address"],
        kind=row["kind"],
        digest=row["digest"],
        retrieved_at=datetime.fromisoformat(row["retrieved_at"]),
        location=row["location"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        marks=_marks(row["mark"]),
        published=row["published"],
    )


def _marks(stored: str | None) -> dict[str, str]:
    """The marks by listing; none where an earlier version stored one that names no listing."""
    if stored is None or not stored.startswith("{"):
        return {}
    try:
        return dict(json.loads(stored))
    except ValueError:
        return {}

"""An index as the first layout had it: its own statements, with the rows of an index of today."""

import sqlite3
from pathlib import Path

from vectorstore.catalogue import FILE_NAME

STATEMENTS = (
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE articles (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        location TEXT NOT NULL,
        current INTEGER NOT NULL)""",
    "CREATE INDEX articles_location ON articles (location)",
    "CREATE INDEX articles_current ON articles (current)",
    """CREATE TABLE versions (
        row INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
        version TEXT NOT NULL,
        title TEXT NOT NULL,
        url TEXT,
        publisher TEXT,
        publisher_folded TEXT,
        authors TEXT NOT NULL,
        published_at TEXT,
        published_day INTEGER,
        modified_at TEXT,
        language TEXT,
        note TEXT,
        retrieved_at TEXT,
        text TEXT NOT NULL,
        UNIQUE (article, version))""",
    """CREATE TABLE passages (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        version INTEGER NOT NULL REFERENCES versions (row) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        text TEXT NOT NULL,
        generation INTEGER NOT NULL)""",
    "CREATE INDEX passages_version ON passages (version)",
    "CREATE INDEX passages_generation ON passages (generation)",
    """CREATE TABLE vectors (
        passage INTEGER PRIMARY KEY REFERENCES passages (row) ON DELETE CASCADE,
        vector BLOB NOT NULL)""",
    """CREATE VIEW passage_texts AS
        SELECT passages.row AS row, versions.title AS title, passages.text AS text
        FROM passages JOIN versions ON versions.row = passages.version""",
    """CREATE VIRTUAL TABLE keywords USING fts5 (title, text, content='passage_texts', content_rowid='row',
        tokenize='porter unicode61 remove_diacritics 2')""",
    """CREATE TABLE ingests (
        row INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        pid INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT)""",
    "PRAGMA application_id = 1181708148",
    "PRAGMA user_version = 1",
)
TABLES = ("settings", "articles", "versions", "passages", "vectors", "ingests")


def turn_into_first_layout(home: Path) -> None:
    """Replace the catalogue of an index that nobody has open by one of the first layout."""
    former, today = home / "former.sqlite3", home / FILE_NAME
    connection = sqlite3.connect(former, isolation_level=None)
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute("ATTACH DATABASE ? AS today", (str(today),))
    for table in TABLES:
        columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info ({table})"))
        connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM today.{table}")
    connection.execute("DETACH DATABASE today")
    connection.execute("INSERT INTO keywords (keywords) VALUES ('rebuild')")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    for file in home.glob(f"{FILE_NAME}*"):
        file.unlink()
    former.rename(today)

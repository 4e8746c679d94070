"""The catalogue's layout: one SQLite file, the only truth of an index."""

SCHEMA_VERSION = 2
APPLICATION_ID = 0x466F6F74
"""Marks the SQLite file as a catalogue ("Foot")."""

TOKENIZER = "porter unicode61 remove_diacritics 2"

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
        details TEXT,
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
    f"""CREATE VIRTUAL TABLE keywords USING fts5 (
        title, text, content='passage_texts', content_rowid='row', tokenize='{TOKENIZER}')""",
    """CREATE TABLE ingests (
        row INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        pid INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        finished_at TEXT)""",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)
"""Passages and vectors exist for an article's current version only; versions before it keep their text.

`versions.details` is a JSON object of what only a reader of the whole article needs: places, section, found.
"""

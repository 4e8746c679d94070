"""The catalogue's layout: one SQLite file, the only truth of an index."""

SCHEMA_VERSION = 3
APPLICATION_ID = 0x466F6F74
"""Marks the SQLite file as a catalogue ("Foot")."""

TOKENIZER = "porter unicode61 remove_diacritics 2"

ADDED_IN_3 = (
    "CREATE INDEX articles_copy_group ON articles (copy_group) WHERE copy_group IS NOT NULL",
    """CREATE TABLE revisions (
        row INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
        version TEXT NOT NULL,
        seen_at TEXT NOT NULL)""",
    "CREATE INDEX revisions_article ON revisions (article)",
    """CREATE TABLE documents (
        location TEXT PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
        version TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX documents_article ON documents (article)",
    """CREATE TABLE sketches (
        article INTEGER PRIMARY KEY REFERENCES articles (row) ON DELETE CASCADE,
        method TEXT NOT NULL)""",
    """CREATE TABLE sketch_bands (
        band INTEGER NOT NULL,
        article INTEGER NOT NULL REFERENCES sketches (article) ON DELETE CASCADE,
        PRIMARY KEY (band, article)) WITHOUT ROWID""",
    "CREATE INDEX sketch_bands_article ON sketch_bands (article)",
    """CREATE TABLE failures (
        ingest INTEGER NOT NULL REFERENCES ingests (row) ON DELETE CASCADE,
        location TEXT NOT NULL,
        reason TEXT NOT NULL)""",
    "CREATE INDEX failures_ingest ON failures (ingest)",
)
"""What layout 3 has besides layout 2: which version was seen when (`revisions`), which bytes an article was
made of (`documents`), sketches of texts to find copies by, and what failed in the last ingestions."""

STATEMENTS = (
    "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE articles (
        row INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        location TEXT NOT NULL,
        current INTEGER NOT NULL,
        copy_group TEXT)""",
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
        finished_at TEXT,
        command TEXT NOT NULL DEFAULT '',
        added INTEGER NOT NULL DEFAULT 0,
        changed INTEGER NOT NULL DEFAULT 0,
        unchanged INTEGER NOT NULL DEFAULT 0,
        removed INTEGER NOT NULL DEFAULT 0,
        failed INTEGER NOT NULL DEFAULT 0,
        passages INTEGER NOT NULL DEFAULT 0)""",
    *ADDED_IN_3,
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {SCHEMA_VERSION}",
)
"""Passages and vectors exist for an article's current version only; versions before it keep their text.

`versions.details` is a JSON object of what only a reader of the whole article needs: places, section, found.
"""

FROM_2_TO_3 = (
    "ALTER TABLE articles ADD COLUMN copy_group TEXT",
    "ALTER TABLE ingests ADD COLUMN command TEXT NOT NULL DEFAULT ''",
    *(
        f"ALTER TABLE ingests ADD COLUMN {name} INTEGER NOT NULL DEFAULT 0"
        for name in ("added", "changed", "unchanged", "removed", "failed", "passages")
    ),
    *ADDED_IN_3,
    """INSERT INTO revisions (article, version, seen_at)
        SELECT article, version, coalesce(retrieved_at, '') FROM versions ORDER BY row""",
)
"""Changes an index of layout 2 into one of layout 3; its texts and vectors stay as they are."""

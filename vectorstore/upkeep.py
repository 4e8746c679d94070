"""Making anew what is derived from the catalogue: the vector store, the keyword index, the embeddings."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.splitting import SplitSettings
from vectorstore.catalogue import VECTORS_FOLDER_PREFIX, Catalogue, vectors_folder_name, write_identity
from vectorstore.changes import next_generation, set_vectors_folder
from vectorstore.chroma import ChromaVectorStore
from vectorstore.database import Database, damaged, storage_errors
from vectorstore.embedding import Embedder
from vectorstore.encoders import ensure_exported, remove_other_encoders
from vectorstore.faults import reach
from vectorstore.journal import finish_ingests
from vectorstore.preparing import PreparedArticle, SplitArticle, embed, grouped, settings_for, split
from vectorstore.progress import IngestProgress
from vectorstore.query import Filters
from vectorstore.rows import facts_of, vector_blob

STAGING_FILE = "reembedding.sqlite3"


def rebuild(catalogue: Catalogue, home: Path, progress: IngestProgress) -> None:
    """Make the vector store and the keyword index anew from the catalogue; the caller holds the writer lock.

    Searches use the former ones until the new ones are complete.

    Raises:
        IndexDamagedError: the catalogue itself is damaged.
    """
    _check_catalogue(catalogue, home)
    progress.total(catalogue.passage_count())
    folder = _new_folder(catalogue, home)
    store = ChromaVectorStore(home / folder, catalogue.identity.dimensions)
    reach("rebuild-begun")
    try:
        for stored in catalogue.all_vectors():
            store.add(stored.ids, stored.vectors, stored.facts)
            progress.passages(len(stored.ids))
    finally:
        store.close()
    reach("rebuild-filled")
    with catalogue.database.writing() as connection:
        rebuild_keywords(connection)
        set_vectors_folder(connection, folder)
        finish_ingests(connection)
        next_generation(connection)
    remove_other_stores(catalogue, home)


def reembed(
    catalogue: Catalogue,
    home: Path,
    embedder: Embedder,
    progress: IngestProgress,
    wanted: SplitSettings | None = None,
) -> str:
    """Split and embed every article anew with an embedder; the caller holds the writer lock.

    The index is as it was until one transaction replaces all of its passages. Returns a notice where the
    embedder's query side cannot be exported, else "".
    """
    settings = settings_for(embedder, wanted)
    progress.total(catalogue.count_articles(Filters()))
    folder = _new_folder(catalogue, home)
    notice = ensure_exported(home, embedder)
    with _staging(home) as staging:
        reach("reembed-begun")
        store = ChromaVectorStore(home / folder, embedder.identity.dimensions)
        try:
            for group in grouped(_split_all(catalogue, embedder, settings)):
                prepared = embed(group, embedder)
                _stage(staging, store, prepared)
                progress.passages(sum(len(one.passages) for one in prepared))
        finally:
            store.close()
        reach("reembed-filled")
        _replace_passages(catalogue, staging, embedder, folder)
        reach("reembed-committed")
    remove_other_stores(catalogue, home)
    remove_other_encoders(home, embedder.identity)
    return notice


def remove_other_stores(catalogue: Catalogue, home: Path) -> None:
    """Delete folders of vector stores that the catalogue does not name: former ones, or half-made ones."""
    for folder in home.glob(f"{VECTORS_FOLDER_PREFIX}*"):
        if folder.name != catalogue.vectors_folder:
            shutil.rmtree(folder, ignore_errors=True)


def rebuild_keywords(connection: sqlite3.Connection) -> None:
    """Make the keyword index anew from titles and passages."""
    connection.execute("INSERT INTO keywords (keywords) VALUES ('rebuild')")


def _check_catalogue(catalogue: Catalogue, home: Path) -> None:
    with catalogue.database.reading() as connection:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise damaged(home, str(found))


def _new_folder(catalogue: Catalogue, home: Path) -> str:
    former = catalogue.vectors_folder.removeprefix(VECTORS_FOLDER_PREFIX)
    folder = vectors_folder_name(int(former) + 1)
    shutil.rmtree(home / folder, ignore_errors=True)
    return folder


@contextmanager
def _staging(home: Path) -> Iterator[Database]:
    """A database beside the catalogue that gathers the new passages."""
    _remove_staging(home)
    database = Database(home / STAGING_FILE)
    try:
        with database.writing() as connection:
            connection.execute(
                """CREATE TABLE staged (id TEXT PRIMARY KEY, article TEXT NOT NULL, version TEXT NOT NULL,
                start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, vector BLOB NOT NULL)"""
            )
        yield database
    finally:
        database.close()
        _remove_staging(home)


def _remove_staging(home: Path) -> None:
    with storage_errors(home):
        for suffix in ("", "-journal", "-wal", "-shm"):
            (home / f"{STAGING_FILE}{suffix}").unlink(missing_ok=True)


def _split_all(catalogue: Catalogue, embedder: Embedder, settings: SplitSettings) -> Iterator[SplitArticle]:
    for head in catalogue.articles(Filters()):
        article = catalogue.article(head.id)
        if article is not None:
            yield split(article, embedder, settings)


def _stage(staging: Database, store: ChromaVectorStore, prepared: list[PreparedArticle]) -> None:
    with staging.writing() as connection:
        for one in prepared:
            connection.executemany(
                "INSERT INTO staged VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        passage.id,
                        passage.article_id,
                        passage.article_version,
                        passage.start,
                        passage.end,
                        passage.text,
                        vector_blob(vector),
                    )
                    for passage, vector in zip(one.passages, one.vectors, strict=True)
                ],
            )
    for one in prepared:
        ids = [passage.id for passage in one.passages]
        if ids:
            store.add(ids, one.vectors, [facts_of(one.article.head)] * len(ids))


def _replace_passages(catalogue: Catalogue, staging: Database, embedder: Embedder, folder: str) -> None:
    """All passages, vectors, keywords and the embedder's identity, in one transaction."""
    main = catalogue.database.connection
    main.execute("ATTACH DATABASE ? AS staging", (str(staging.path),))
    try:
        with catalogue.database.writing() as connection:
            generation = next_generation(connection)
            connection.execute("DELETE FROM passages")
            connection.execute(
                """INSERT INTO passages (id, version, start, end, text, generation)
                SELECT staged.id, articles.current, staged.start, staged.end, staged.text, ?
                FROM staging.staged JOIN articles ON articles.id = staged.article ORDER BY staged.rowid""",
                (generation,),
            )
            connection.execute(
                """INSERT INTO vectors SELECT passages.row, staged.vector
                FROM passages JOIN staging.staged ON staged.id = passages.id"""
            )
            rebuild_keywords(connection)
            write_identity(connection, embedder.identity)
            set_vectors_folder(connection, folder)
            finish_ingests(connection)
    finally:
        main.execute("DETACH DATABASE staging")

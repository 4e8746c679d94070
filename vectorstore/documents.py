"""Which bytes an article was made of, so that the same bytes are not extracted again."""

import hashlib
import sqlite3
from dataclasses import fields

from ingest.article import Article
from ingest.document import RawDocument
from ingest.extractor import extractor_version
from vectorstore.catalogue import Catalogue
from vectorstore.database import storable
from vectorstore.preparing import MadeOf

NOT_CONTENT = ("data", "retrieved_at")


def fingerprint_of(document: RawDocument) -> str:
    """A hash of all that extraction sees: the bytes, the name, what else is told, the extractor itself."""
    digest = hashlib.blake2b(document.data, digest_size=16)
    told = [getattr(document, field.name) for field in fields(document) if field.name not in NOT_CONTENT]
    digest.update(repr([extractor_version(), *told]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def is_known(catalogue: Catalogue, source: MadeOf) -> bool:
    """Whether the document that is there now made the version of its article that is current."""
    with catalogue.database.reading() as connection:
        row = connection.execute(
            """SELECT 1 FROM documents JOIN articles ON articles.row = documents.article
            JOIN versions ON versions.row = articles.current
            WHERE documents.location = ? AND documents.fingerprint = ?
            AND versions.version = documents.version""",
            (storable(source.location), source.fingerprint),
        ).fetchone()
    return row is not None


def remember_document(connection: sqlite3.Connection, source: MadeOf, article: Article) -> None:
    """Note what a document has become; its caller holds the transaction."""
    connection.execute(
        """INSERT OR REPLACE INTO documents (location, fingerprint, article, version)
        SELECT ?, ?, row, ? FROM articles WHERE id = ?""",
        (storable(source.location), source.fingerprint, article.version, article.id),
    )

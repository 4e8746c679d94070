"""`IndexWriter`: the only way in. One transaction makes an article visible, replaced or gone."""

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np

from ingest.article import Article
from ingest.passage import Passage
from vectorstore.catalogue import Catalogue
from vectorstore.changes import (
    delete_article,
    delete_passages,
    next_generation,
    write_passages,
    write_version,
)
from vectorstore.copies import join_stored, unsketched
from vectorstore.documents import is_known, remember_document
from vectorstore.embedding import Vectors
from vectorstore.erasing import begin_erasing
from vectorstore.errors import DimensionsError
from vectorstore.faults import reach
from vectorstore.journal import Outcomes, begin_ingest, finish_ingests, note_outcomes
from vectorstore.preparing import MadeOf, PreparedArticle
from vectorstore.rows import facts_of
from vectorstore.vectors import VectorStore

SKETCHED_AT_ONCE = 200
Outcome = Literal["added", "changed", "unchanged"]


class IndexWriter:
    """Writes to an index whose writer lock is held. Made by `Index.writer`."""

    def __init__(
        self, catalogue: Catalogue, open_vectors: Callable[[], VectorStore], seen: Callable[[int], None]
    ) -> None:
        """Write to a catalogue and to the vector store, which is opened when it is first written to."""
        self._catalogue = catalogue
        self._open_vectors = open_vectors
        self._store: VectorStore | None = None
        self._seen = seen
        self._dimensions = catalogue.identity.dimensions
        self._entry = 0

    def begin(self, source: str, *, vectors_present: bool = True) -> None:
        """Enter an ingestion in the journal; and mend what an unfinished one may have left behind.

        Args:
            source: what is being ingested.
            vectors_present: whether the vector store is there; where it is not, it is made anew.
        """
        unfinished = self._catalogue.unfinished_ingests()
        with self._catalogue.database.writing() as connection:
            self._entry = begin_ingest(connection, source)
        reach("writer-opened")
        if unfinished:
            self.sweep()
        elif not vectors_present:
            self._vectors()
        self._sketch_all()

    def note(self, outcomes: Outcomes) -> None:
        """Write into the journal what came of this ingestion."""
        with self._catalogue.database.writing() as connection:
            note_outcomes(connection, self._entry, outcomes)

    def finish(self) -> None:
        """Close the journal's open entries: the stores agree."""
        reach("writer-closing")
        with self._catalogue.database.writing() as connection:
            finish_ingests(connection)

    def put(self, article: Article, passages: Sequence[Passage], vectors: Vectors) -> Outcome:
        """Make an article visible, or replace its former version; the same version again changes nothing.

        Raises:
            DimensionsError: the vectors have another length than the index's.
            ValueError: there is not one vector to a passage, or a passage is not of this article.
        """
        return self.put_all([PreparedArticle(article, passages, vectors)])[0]

    def put_all(self, prepared: Sequence[PreparedArticle]) -> list[Outcome]:
        """`put` for several articles: one write to the vector store, one transaction for each article."""
        for item in prepared:
            self._check(item)
        outcomes = [self.outcome_of(item.article) for item in prepared]
        fresh = [item for item, outcome in zip(prepared, outcomes, strict=True) if outcome != "unchanged"]
        reach("vectors-unwritten")
        self._add_vectors(fresh)
        reach("vectors-written")
        replaced = [id_ for item in fresh for id_ in self._commit(item)]
        self._forget(replaced)
        reach("replaced-vectors-deleted")
        return outcomes

    def knows(self, source: MadeOf) -> bool:
        """Whether this very document made the article that is in the index."""
        return is_known(self._catalogue, source)

    def remember(self, source: MadeOf, article: Article) -> None:
        """Note that a document, whose article is in the index already, makes just that article."""
        with self._catalogue.database.writing() as connection:
            remember_document(connection, source, article)

    def outcome_of(self, article: Article) -> Outcome:
        """What `put` would do with an article."""
        head = self._catalogue.head(article.id)
        if head is None:
            return "added"
        return "unchanged" if head.version == article.version else "changed"

    def remove(self, article_id: str, *, erasing: bool = False) -> bool:
        """Make an article gone, with all its versions; False where there was none.

        Args:
            article_id: its id.
            erasing: note that its traces in derived stores are still to be erased, see `Index.erase`.
        """
        self._vectors()
        with self._catalogue.database.writing() as connection:
            if erasing:
                begin_erasing(connection)
            gone = delete_passages(connection, article_id)
            found = delete_article(connection, article_id)
            generation = next_generation(connection)
            reach("removal-uncommitted")
        reach("removal-committed")
        self._forget(gone)
        reach("removed-vectors-deleted")
        self._seen(generation)
        return found

    def sweep(self) -> None:
        """Make the vector store agree with the catalogue: strays are deleted, missing vectors added."""
        vectors = self._opened()
        held = set(vectors.ids())
        wanted = set(self._catalogue.passage_ids())
        vectors.delete(sorted(held - wanted))
        if wanted - held:
            for stored in self._catalogue.all_vectors():
                vectors.add(stored.ids, stored.vectors, stored.facts)

    def _vectors(self) -> VectorStore:
        """The vector store; when it is first asked for, it is made to agree with the catalogue."""
        if self._store is None and self._opened().count() != self._catalogue.passage_count():
            self.sweep()
        return self._opened()

    def _opened(self) -> VectorStore:
        if self._store is None:
            self._store = self._open_vectors()
        return self._store

    def _sketch_all(self) -> None:
        """Find the copies of articles that came before copies were looked for."""
        database = self._catalogue.database
        while True:
            with database.reading() as connection:
                rows = unsketched(connection, SKETCHED_AT_ONCE)
            if not rows:
                return
            with database.writing() as connection:
                join_stored(connection, rows)

    def _check(self, item: PreparedArticle) -> None:
        if item.vectors.ndim != 2 or (len(item.passages) and item.vectors.shape[1] != self._dimensions):
            raise DimensionsError(item.vectors.shape[-1] if item.vectors.ndim else 0, self._dimensions)
        if len(item.passages) != len(item.vectors):
            raise ValueError(f"{len(item.passages)} passages and {len(item.vectors)} vectors")
        for passage in item.passages:
            if (passage.article_id, passage.article_version) != (item.article.id, item.article.version):
                raise ValueError(f"passage {passage.id} is not of article {item.article.id}")

    def _add_vectors(self, items: Sequence[PreparedArticle]) -> None:
        ids = [passage.id for item in items for passage in item.passages]
        if ids:
            facts = [facts_of(item.article.head) for item in items for _ in item.passages]
            vectors = np.concatenate([item.vectors for item in items if len(item.passages)])
            self._vectors().add(ids, vectors, facts)

    def _commit(self, item: PreparedArticle) -> list[str]:
        """Make one article current; the ids of the passages that it replaced."""
        with self._catalogue.database.writing() as connection:
            reach("article-begun")
            replaced = delete_passages(connection, item.article.id)
            generation = next_generation(connection)
            version_row = write_version(connection, item.article)
            write_passages(
                connection,
                item.passages,
                item.vectors,
                title=item.article.title,
                version_row=version_row,
                generation=generation,
            )
            if item.source is not None:
                remember_document(connection, item.source, item.article)
            reach("article-uncommitted")
        reach("article-committed")
        self._seen(generation)
        return replaced

    def _forget(self, ids: Sequence[str]) -> None:
        """Delete the vectors of passages, but for those that have come back."""
        if not ids:
            return
        back = self._catalogue.known(ids)
        self._vectors().delete([id_ for id_ in ids if id_ not in back])

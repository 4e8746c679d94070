"""Chroma as `VectorStore`: embedded, persistent, with nothing sent anywhere."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.database import disk_full
from vectorstore.embedding import Vectors
from vectorstore.errors import IndexDamagedError
from vectorstore.query import Filters, fold_publisher
from vectorstore.vectors import VectorFacts, VectorHit, check_query, check_vectors

COLLECTION = "passages"
PAGE = 10_000
"""Ids read at a time when all are listed."""
HNSW: Mapping[str, str | int] = {"space": "cosine", "ef_construction": 200, "ef_search": 200}
"""Twice Chroma's own effort: the candidates should not be missing the nearest passages."""

UNDATED = 0
"""Stands for the day of an article that states none: Chroma cannot ask for what is missing."""

_openings = count()


class ChromaVectorStore:
    """A folder with a Chroma collection in cosine space; meets `VectorStore`.

    Every method raises IndexDamagedError where Chroma fails, DiskFullError where the disk is full.
    """

    def __init__(self, folder: Path, dimensions: int, hnsw: Mapping[str, str | int] = HNSW) -> None:
        """Open the collection in `folder`, made when it is not there, with settings of Chroma's graph."""
        self.dimensions = dimensions
        self._folder = folder
        with self._chroma_errors():
            self._client = _open_client(folder)
            self._collection = self._client.get_or_create_collection(
                COLLECTION, embedding_function=None, configuration={"hnsw": dict(hnsw)}
            )
            self._batch = self._client.get_max_batch_size()

    def add(self, ids: Sequence[str], vectors: Vectors, facts: Sequence[VectorFacts]) -> None:
        """Store vectors, see `VectorStore.add`."""
        check_vectors(ids, vectors, facts, self.dimensions)
        metadatas = [_metadata(fact) for fact in facts]
        for start in range(0, len(ids), self._batch):
            part = slice(start, start + self._batch)
            with self._chroma_errors():
                self._collection.upsert(list(ids[part]), embeddings=vectors[part], metadatas=metadatas[part])

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids; unknown ones are passed over."""
        for start in range(0, len(ids), self._batch):
            with self._chroma_errors():
                self._collection.delete(ids=list(ids[start : start + self._batch]))

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[VectorHit]:
        """The nearest vectors, by HNSW: approximate."""
        check_query(vector, self.dimensions)
        if limit < 1:
            return []
        with self._chroma_errors():
            found = self._collection.query(
                query_embeddings=vector[np.newaxis, :],
                n_results=limit,
                where=where_clause(filters),
                include=["distances"],
            )
        pairs = zip(found["ids"][0], (found["distances"] or [[]])[0], strict=True)
        return [VectorHit(id_, 1.0 - distance) for id_, distance in pairs]

    def count(self) -> int:
        """How many vectors there are."""
        with self._chroma_errors():
            return int(self._collection.count())

    def ids(self) -> Iterator[str]:
        """Every id, read in pages."""
        for offset in range(0, self.count(), PAGE):
            with self._chroma_errors():
                page = self._collection.get(limit=PAGE, offset=offset, include=[])["ids"]
            yield from page

    def close(self) -> None:
        """Let go of the folder."""
        self._client.close()

    @contextmanager
    def _chroma_errors(self) -> Iterator[None]:
        """Turn whatever Chroma raises, its native part included, into the index's own errors."""
        try:
            yield
        except (KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:
            if "disk is full" in str(error) or "No space left" in str(error):
                raise disk_full(self._folder.parent) from error
            raise IndexDamagedError(
                f"The vector store in {self._folder} fails: {' '.join(str(error).split())}.",
                "Run `footnote index rebuild`; searches work meanwhile, more slowly.",
            ) from error


def _open_client(folder: Path) -> Any:
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    return chromadb.PersistentClient(_fresh_spelling(folder), settings=settings)


def _fresh_spelling(folder: Path) -> str:
    """The folder's path as no client of this process has spelled it.

    Chroma shares one client among those who ask for the same path, and such a client was seen to return stale
    results after another process had written; one opened under another spelling reads the files anew.
    """
    return str(folder) + "".join("/." if digit == "1" else "//" for digit in f"{next(_openings):b}")


def _metadata(facts: VectorFacts) -> dict[str, str | int]:
    day = UNDATED if facts.day is None else facts.day
    known = {"article_id": facts.article_id, "publisher": facts.publisher, "day": day}
    return {name: value for name, value in known.items() if value is not None}


def where_clause(filters: Filters) -> dict[str, Any] | None:
    """Chroma's `where` for the filters, None for none."""
    conditions: list[dict[str, Any]] = []
    if filters.since is not None:
        conditions.append({"day": {"$gte": filters.since.toordinal()}})
    if filters.until is not None:
        conditions += [{"day": {"$lte": filters.until.toordinal()}}, {"day": {"$gt": UNDATED}}]
    if filters.not_after is not None:
        conditions.append({"day": {"$lte": filters.not_after.toordinal()}})
    if filters.publisher is not None:
        conditions.append({"publisher": {"$eq": fold_publisher(filters.publisher)}})
    if filters.article_ids:
        conditions.append({"article_id": {"$in": list(filters.article_ids)}})
    if len(conditions) > 1:
        return {"$and": conditions}
    return conditions[0] if conditions else None

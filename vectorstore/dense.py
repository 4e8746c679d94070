"""The dense side of a search: Chroma, and exactly what the catalogue has that Chroma's reader has not seen yet."""

import threading
from pathlib import Path

from vectorstore.catalogue import Catalogue
from vectorstore.chroma import ChromaVectorStore
from vectorstore.embedding import Vectors
from vectorstore.query import Filters
from vectorstore.vectors import VectorHit, VectorStore, nearest


class DenseSide:
    """Searches the vectors of an index as the catalogue has them now.

    A Chroma client does not notice what another process writes. So the side remembers the generation of the
    catalogue at which its client was opened, and searches the passages that came later in the catalogue itself.
    """

    def __init__(self, catalogue: Catalogue, folder: Path) -> None:
        self._catalogue = catalogue
        self._folder = folder
        self._lock = threading.RLock()
        self._store: VectorStore | None = None
        self._seen = -1

    def for_writing(self) -> VectorStore:
        """The vector store, made when it is not there; the caller holds the writer lock."""
        with self._lock:
            return self._open()

    def saw(self, generation: int) -> None:
        """Note that the store holds all up to a generation, having been written to by this process."""
        self._seen = generation

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[VectorHit]:
        """The nearest passages that the catalogue holds, nearest first."""
        with self._lock:
            store = self._open()
            hits = {hit.id: hit for hit in store.search(vector, limit, filters)}
            seen = self._seen
        for stored in self._catalogue.vectors_since(seen, filters):
            hits.update((hit.id, hit) for hit in nearest(stored.ids, stored.vectors, vector, limit))
        return sorted(hits.values(), key=lambda hit: (-hit.similarity, hit.id))[:limit]

    def _open(self) -> VectorStore:
        if self._store is None:
            seen = self._catalogue.generation
            self._store = ChromaVectorStore(self._folder, self._catalogue.identity.dimensions)
            self._seen = seen
        return self._store

    def close(self) -> None:
        """Let go of the store."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None

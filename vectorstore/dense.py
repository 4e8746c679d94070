"""The dense side of a search: exact in memory while that is fast, else Chroma and what it has not seen."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from vectorstore.catalogue import Catalogue
from vectorstore.chroma import ChromaVectorStore
from vectorstore.embedding import Vectors
from vectorstore.errors import DiskFullError, IndexDamagedError
from vectorstore.exact import ExactVectors
from vectorstore.passing import nearest_passing, passing
from vectorstore.query import Filters
from vectorstore.vectors import VectorHit, VectorStore

LONGEST_TAIL = 2_000
"""Passages that came since the store was opened and are searched exactly; with more, it is opened anew."""
WIDER = 10
"""Where there are filters, so many times as many passages are looked at for those that pass."""


@dataclass(frozen=True, slots=True)
class _OpenStore:
    """A store and up to which generation of the catalogue its reader has seen it."""

    store: VectorStore
    folder: str
    generation: int


class DenseSide:
    """Searches the vectors of an index as the catalogue has them now; safe to share among threads.

    An index of at most `exact.MOST_PASSAGES` is searched exactly, in memory, and Chroma is not opened for it.
    Beyond that Chroma searches. A Chroma client does not notice what another process writes. So the side
    remembers the generation of the catalogue at which its client was opened, and searches the passages that
    came later in the catalogue. In the same way a search works, slower, where Chroma's folder is missing or
    damaged.

    Attributes:
        notice: one line, why Chroma is not used; empty while it is.
    """

    def __init__(self, catalogue: Catalogue, home: Path) -> None:
        self._catalogue = catalogue
        self._home = home
        self._lock = threading.RLock()
        self._open: _OpenStore | None = None
        self._exact = ExactVectors(catalogue)
        self.notice = ""

    def is_present(self) -> bool:
        """Whether the store's folder is there; nothing is opened."""
        return (self._home / self._catalogue.vectors_folder).is_dir()

    def for_writing(self) -> VectorStore:
        """The vector store, made when it is not there; the caller holds the writer lock.

        Raises:
            IndexDamagedError: it is there and cannot be opened.
        """
        with self._lock:
            return self._current(create=True).store

    def saw(self, generation: int) -> None:
        """Note that the store holds all up to a generation, this process having written it."""
        with self._lock:
            if self._open is not None:
                self._open = _OpenStore(self._open.store, self._open.folder, generation)

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[VectorHit]:
        """The nearest passages that the catalogue holds and that pass the filters, nearest first."""
        with self._catalogue.database.reading():
            matrix = self._exact.matrix()
            if matrix is not None:
                return self._exact.search(matrix, vector, limit, filters)
            return self._search_chroma(vector, limit, filters)

    def similarities(self, vector: Vectors, passages: Mapping[str, int]) -> dict[str, float]:
        """The cosines of passages, given by id with their rows in the catalogue, to a vector."""
        with self._catalogue.database.reading():
            matrix = self._exact.matrix()
            if matrix is None:
                stored = self._catalogue.vectors_of(list(passages))
                return {id_: float(one @ vector) for id_, one in stored.items()}
            found = matrix.similarities(vector, np.array(list(passages.values()), np.int64))
        return {id_: found[row] for id_, row in passages.items() if row in found}

    def _search_chroma(self, vector: Vectors, limit: int, filters: Filters) -> list[VectorHit]:
        with self._lock:
            seen, hits = self._search_store(vector, limit, filters)
        found = {hit.id: hit for hit in hits}
        if seen < self._catalogue.generation:
            newer = nearest_passing(self._catalogue.database, vector, limit, filters, since=seen)
            found.update((hit.id, hit) for hit in newer)
        return sorted(found.values(), key=lambda hit: (-hit.similarity, hit.id))[:limit]

    def close(self) -> None:
        """Let go of the store; the next use opens it anew."""
        with self._lock:
            opened, self._open = self._open, None
        if opened is not None:
            opened.store.close()

    def _search_store(self, vector: Vectors, limit: int, filters: Filters) -> tuple[int, list[VectorHit]]:
        """The store's hits that pass the filters, and the generation that they are complete up to.

        Nothing, and -1, where the store fails, or where too few of its first hits pass.
        """
        wanted = WIDER * limit if filters else limit
        for _ in range(2):
            try:
                opened = self._current(create=False)
                hits = opened.store.search(vector, wanted, Filters())
            except (IndexDamagedError, DiskFullError) as error:
                self.close()
                self.notice = str(error)
                continue
            known = passing(self._catalogue.database, [hit.id for hit in hits], filters)
            self.notice = ""
            if 2 * len(known) >= len(hits):
                kept = [hit for hit in hits if known.get(hit.id)]
                enough = not filters or len(kept) >= limit
                return (opened.generation, kept[:limit]) if enough else (-1, [])
            self.close()
        return -1, []

    def _current(self, *, create: bool) -> _OpenStore:
        opened = self._open
        folder = self._catalogue.vectors_folder
        if opened is not None and (opened.folder != folder or self._tail_is_long(opened)):
            self.close()
            opened = None
        if opened is None:
            opened = self._open = self._open_store(folder, create=create)
        return opened

    def _tail_is_long(self, opened: _OpenStore) -> bool:
        return self._catalogue.passage_count(since=opened.generation) > LONGEST_TAIL

    def _open_store(self, folder: str, *, create: bool) -> _OpenStore:
        generation, expected = self._catalogue.generation, self._catalogue.passage_count()
        if not create and not self.is_present():
            raise vectors_damaged(self._home, "its folder is missing")
        store = ChromaVectorStore(self._home / folder, self._catalogue.identity.dimensions)
        if not create and store.count() < expected:
            held = store.count()
            store.close()
            raise vectors_damaged(self._home, f"it holds {held} of {expected} vectors")
        return _OpenStore(store, folder, generation)


def vectors_damaged(home: Path, what: str) -> IndexDamagedError:
    """The error for a vector store that the catalogue can replace."""
    return IndexDamagedError(
        f"The vector store of the index in {home} is damaged: {what}.",
        "Run `footnote index rebuild`; searches work meanwhile, more slowly.",
    )

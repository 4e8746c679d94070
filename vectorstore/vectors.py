"""`VectorStore`: nearest vectors under filters; and the exact store that others are held against."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from vectorstore.embedding import Vectors
from vectorstore.errors import DimensionsError
from vectorstore.query import Filters, fold_publisher


@dataclass(frozen=True, slots=True)
class VectorFacts:
    """What filters need to know of a vector's article.

    Attributes:
        publisher: as `fold_publisher` gives it, None where unknown.
        day: ordinal of the day of publication, None where the article states none.
    """

    article_id: str
    publisher: str | None
    day: int | None

    def pass_filters(self, filters: Filters) -> bool:
        """Whether every condition that is set holds."""
        if filters.article_ids and self.article_id not in filters.article_ids:
            return False
        if filters.publisher is not None and self.publisher != fold_publisher(filters.publisher):
            return False
        if self.day is None:
            return filters.since is None and filters.until is None
        lasts = [last.toordinal() for last in (filters.until, filters.not_after) if last is not None]
        after = filters.since is None or self.day >= filters.since.toordinal()
        return after and self.day <= min(lasts, default=self.day)


@dataclass(frozen=True, slots=True)
class VectorHit:
    """A passage id with its cosine similarity to the query, -1 to 1, higher is nearer."""

    id: str
    similarity: float


class VectorStore(Protocol):
    """Holds vectors under ids. Vectors are float32 of unit length."""

    def add(self, ids: Sequence[str], vectors: Vectors, facts: Sequence[VectorFacts]) -> None:
        """Store vectors of shape (len(ids), dimensions); an id that is there already is overwritten.

        Raises:
            DimensionsError: the vectors have another length than the store's.
            ValueError: `ids`, `vectors` and `facts` differ in number.
        """
        ...

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids; unknown ones are passed over."""
        ...

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[VectorHit]:
        """The nearest vectors that pass the filters, nearest first, at most `limit`.

        Raises:
            DimensionsError: `vector` has another length than the store's.
        """
        ...

    def count(self) -> int:
        """How many vectors there are."""
        ...

    def ids(self) -> Iterator[str]:
        """Every id, in no particular order."""
        ...

    def close(self) -> None:
        """Let go of files; the store cannot be used afterwards."""
        ...


def check_vectors(
    ids: Sequence[str], vectors: Vectors, facts: Sequence[VectorFacts], dimensions: int
) -> None:
    """Check at the door what `VectorStore.add` is given.

    Raises:
        DimensionsError: the vectors have another length than `dimensions`.
        ValueError: `ids`, `vectors` and `facts` differ in number.
    """
    if vectors.ndim != 2 or vectors.shape[1] != dimensions:
        raise DimensionsError(vectors.shape[-1] if vectors.ndim else 0, dimensions)
    if not len(ids) == len(vectors) == len(facts):
        raise ValueError(f"{len(ids)} ids, {len(vectors)} vectors and {len(facts)} facts")


def check_query(vector: Vectors, dimensions: int) -> None:
    """Check the shape of a query vector.

    Raises:
        DimensionsError: it is not (dimensions,).
    """
    if vector.shape != (dimensions,):
        raise DimensionsError(vector.size, dimensions)


class NumpyVectorStore:
    """Exact search by one matrix product, in memory: the oracle and test double; meets `VectorStore`."""

    def __init__(self, dimensions: int) -> None:
        self.dimensions = dimensions
        self._vectors: dict[str, Vectors] = {}
        self._facts: dict[str, VectorFacts] = {}

    def add(self, ids: Sequence[str], vectors: Vectors, facts: Sequence[VectorFacts]) -> None:
        """Store vectors, see `VectorStore.add`."""
        check_vectors(ids, vectors, facts, self.dimensions)
        self._vectors.update(zip(ids, vectors, strict=True))
        self._facts.update(zip(ids, facts, strict=True))

    def delete(self, ids: Sequence[str]) -> None:
        """Forget ids; unknown ones are passed over."""
        for id_ in ids:
            self._vectors.pop(id_, None)
            self._facts.pop(id_, None)

    def search(self, vector: Vectors, limit: int, filters: Filters) -> list[VectorHit]:
        """The nearest vectors, exactly; equal ones in the order of their ids."""
        check_query(vector, self.dimensions)
        candidates = sorted(id_ for id_, facts in self._facts.items() if facts.pass_filters(filters))
        if not candidates or limit < 1:
            return []
        return nearest(candidates, np.stack([self._vectors[id_] for id_ in candidates]), vector, limit)

    def count(self) -> int:
        """How many vectors there are."""
        return len(self._vectors)

    def ids(self) -> Iterator[str]:
        """Every id."""
        return iter(tuple(self._vectors))

    def close(self) -> None:
        """Nothing to let go of."""


def nearest(ids: Sequence[str], vectors: Vectors, query: Vectors, limit: int) -> list[VectorHit]:
    """The `limit` ids whose vectors (len(ids), dimensions) have the highest cosine to `query`, best first."""
    similarities = np.clip(vectors @ query, -1.0, 1.0)
    order = np.argsort(-similarities, kind="stable")[:limit]
    return [VectorHit(ids[row], float(similarities[row])) for row in order]

"""What is measured: keyword indexes and vector stores behind one small interface."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from evals.benchmarks.folders import folder_bytes
from evals.benchmarks.scale.synthetic import DIMENSIONS
from vectorstore.chroma import HNSW, ChromaVectorStore
from vectorstore.embedding import Vectors
from vectorstore.exact import largest
from vectorstore.full_text import FullTextDocument, FullTextFolder
from vectorstore.keywords import match_expression, query_terms
from vectorstore.query import Filters
from vectorstore.schema import TOKENIZER
from vectorstore.vectors import VectorFacts

FOUND = 100
NEAREST = 10
ROWS_AT_ONCE = 5_000
VECTOR_BYTES = 4 * DIMENSIONS
NO_FACTS = VectorFacts("synthetic", None, None)


class Engine(Protocol):
    """An index of passages that are named by numbers from 0; opened by its constructor."""

    def add(self, first: int, items: Sequence[Any]) -> None:
        """Add passages (texts, or vectors), the first of them named `first`; durable when it returns."""
        ...

    def delete(self, numbers: Sequence[int]) -> None:
        """Remove passages; durable when it returns."""
        ...

    def query(self, sought: Any) -> list[int]:
        """The best passages for a question (a text, or a vector), best first."""
        ...

    def index_bytes(self) -> int:
        """The size of the index on disk, the texts themselves apart."""
        ...

    def close(self) -> None:
        """Let go of all files."""
        ...


class Fts5Engine:
    """SQLite's FTS5 over a table of texts, as the catalogue has it."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "fts5.sqlite3", isolation_level=None)
        run = self._connection.execute
        run("PRAGMA journal_mode = WAL")
        run("PRAGMA synchronous = NORMAL")
        run("CREATE TABLE IF NOT EXISTS passages (row INTEGER PRIMARY KEY, text TEXT NOT NULL)")
        run(
            f"""CREATE VIRTUAL TABLE IF NOT EXISTS keywords USING fts5 (
            text, content='passages', content_rowid='row', tokenize='{TOKENIZER}')"""
        )

    def add(self, first: int, items: Sequence[str]) -> None:
        """One transaction."""
        rows = list(enumerate(items, first))
        self._connection.execute("BEGIN")
        self._connection.executemany("INSERT INTO passages VALUES (?, ?)", rows)
        self._connection.executemany("INSERT INTO keywords (rowid, text) VALUES (?, ?)", rows)
        self._connection.execute("COMMIT")

    def delete(self, numbers: Sequence[int]) -> None:
        """One transaction."""
        self._connection.execute("BEGIN")
        for number in numbers:
            self._connection.execute(
                """INSERT INTO keywords (keywords, rowid, text)
                SELECT 'delete', row, text FROM passages WHERE row = ?""",
                (number,),
            )
            self._connection.execute("DELETE FROM passages WHERE row = ?", (number,))
        self._connection.execute("COMMIT")

    def query(self, sought: str) -> list[int]:
        """Any of the question's words, by BM25."""
        sql = "SELECT rowid FROM keywords WHERE keywords MATCH ? ORDER BY bm25(keywords), rowid LIMIT ?"
        values = (match_expression(query_terms(sought)), FOUND)
        return [row[0] for row in self._connection.execute(sql, values)]

    def index_bytes(self) -> int:
        """The blocks of the index."""
        sizes = [
            self._connection.execute(f"SELECT sum(length({column})) FROM keywords_{table}").fetchone()[0]  # noqa: S608
            for table, column in (("data", "block"), ("docsize", "sz"))
        ]
        return sum(size or 0 for size in sizes)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class TantivyEngine:
    """The folder that stands beside the catalogue."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "tantivy"
        self._folder = FullTextFolder(self._path)

    def add(self, first: int, items: Sequence[str]) -> None:
        """One commit."""
        documents = (FullTextDocument(row, text, "", None, None) for row, text in enumerate(items, first))
        self._folder.write(documents, anew=False)

    def delete(self, numbers: Sequence[int]) -> None:
        """One commit; in the product what is gone is passed over, and cleared out by writing all anew."""
        writer = self._folder.index.writer(heap_size=64_000_000, num_threads=1)
        for number in numbers:
            writer.delete_documents_by_term("row", number)
        writer.commit()
        writer.wait_merging_threads()
        self._folder.reload()

    def query(self, sought: str) -> list[int]:
        """Any of the question's words, by BM25."""
        return list(self._folder.best(query_terms(sought), FOUND, Filters()))

    def index_bytes(self) -> int:
        """All files."""
        return folder_bytes(self._path)

    def close(self) -> None:
        """Nothing to let go of."""


class ExactEngine:
    """All vectors in memory and one matrix product, as the catalogue's vectors are searched."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "vectors"
        self._file.touch()
        self._count = self.index_bytes() // VECTOR_BYTES
        self._loaded: Vectors | None = None

    def add(self, first: int, items: Sequence[Vectors]) -> None:
        """Written behind the others."""
        if first != self._count:
            raise ValueError(f"{first} does not follow {self._count} vectors")
        with self._file.open("ab") as stream:
            np.asarray(items, np.float32).tofile(stream)
        self._count, self._loaded = self._count + len(items), None

    def delete(self, numbers: Sequence[int]) -> None:
        """Only the last ones, so that the others keep their numbers."""
        left = self._count - len(numbers)
        if sorted(numbers) != list(range(left, self._count)):
            raise ValueError("only the last vectors can be deleted")
        os.truncate(self._file, left * VECTOR_BYTES)
        self._count, self._loaded = left, None

    def query(self, sought: Vectors) -> list[int]:
        """The nearest, exactly."""
        if self._loaded is None:
            self._loaded = np.fromfile(self._file, np.float32).reshape(-1, DIMENSIONS)
        similarities = self._loaded @ sought
        best = largest(similarities, NEAREST)
        return [int(number) for number in best[np.argsort(-similarities[best], kind="stable")]]

    def index_bytes(self) -> int:
        """The file of vectors."""
        return self._file.stat().st_size

    def close(self) -> None:
        """Nothing to let go of."""


class ChromaEngine:
    """Chroma, embedded, with the product's settings of its graph."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "chroma"
        self._store = ChromaVectorStore(self._path, DIMENSIONS, HNSW)

    def add(self, first: int, items: Sequence[Vectors]) -> None:
        """In Chroma's own batches."""
        ids = [str(number) for number in range(first, first + len(items))]
        self._store.add(ids, np.asarray(items, np.float32), [NO_FACTS] * len(ids))

    def delete(self, numbers: Sequence[int]) -> None:
        """In Chroma's own batches."""
        self._store.delete([str(number) for number in numbers])

    def query(self, sought: Vectors) -> list[int]:
        """The nearest, approximately."""
        return [int(hit.id) for hit in self._store.search(sought, NEAREST, Filters())]

    def index_bytes(self) -> int:
        """All files."""
        return folder_bytes(self._path)

    def close(self) -> None:
        """Let go of the folder."""
        self._store.close()


KEYWORD_ENGINES: dict[str, Callable[[Path], Engine]] = {"fts5": Fts5Engine, "tantivy": TantivyEngine}
VECTOR_ENGINES: dict[str, Callable[[Path], Engine]] = {"exact": ExactEngine, "chroma": ChromaEngine}


def in_parts(items: Iterable[Any], size: int = ROWS_AT_ONCE) -> Iterable[list[Any]]:
    """The items in lists of at most `size`."""
    part: list[Any] = []
    for item in items:
        part.append(item)
        if len(part) == size:
            yield part
            part = []
    if part:
        yield part

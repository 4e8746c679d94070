"""txtai with hybrid search and content, as its documentation sets it up; the text is cut into paragraphs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from evals.benchmarks.peers.drivers.protocol import (
    RETRIEVED,
    Document,
    Ingest,
    Retrieve,
    drive,
    model_folder,
)


@contextmanager
def open_ingest(home: Path) -> Iterator[Ingest]:
    """An `Embeddings` database, saved at the end."""
    from txtai import Embeddings

    embeddings = Embeddings(path=model_folder(), hybrid=True, content=True)

    def ingest(documents: Sequence[Document]) -> int:
        rows = [
            {"text": paragraph, "title": one.title, "url": one.url, "date": one.day}
            for one in documents
            for paragraph in one.text.split("\n\n")
            if paragraph.strip()
        ]
        embeddings.index(rows)
        embeddings.save(str(home / "txtai"))
        return int(embeddings.count())

    yield ingest


@contextmanager
def open_retrieve(home: Path) -> Iterator[Retrieve]:
    """The database's search."""
    from txtai import Embeddings

    embeddings = Embeddings()
    embeddings.load(str(home / "txtai"))

    def retrieve(question: str) -> list[str]:
        return [row["text"] for row in embeddings.search(question, RETRIEVED)]

    yield retrieve


if __name__ == "__main__":
    drive(open_ingest, open_retrieve)

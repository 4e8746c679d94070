"""Footnote, as its own command line sets it up."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from evals.benchmarks.peers.drivers.protocol import RETRIEVED, Document, Ingest, Retrieve, drive
from evals.corpus import Corpus, CorpusArticle


def articles(documents: Sequence[Document]) -> Corpus:
    """The articles as a source."""
    return Corpus("peers", "peers:", "", len(documents), lambda: corpus_articles(documents))


def corpus_articles(documents: Sequence[Document]) -> Iterator[CorpusArticle]:
    """The articles, as a set gives them."""
    for one in documents:
        day = date.fromisoformat(one.day) if one.day else None
        yield CorpusArticle(one.id, one.title, one.text, one.url, day)


@contextmanager
def open_ingest(home: Path) -> Iterator[Ingest]:
    """`ingest_source`, as `footnote ingest` calls it."""
    from vectorstore.embedding import open_embedder
    from vectorstore.index import Index
    from vectorstore.sync import ingest_source

    embedder = open_embedder()
    with Index.create_or_open(home, embedder) as index:

        def ingest(documents: Sequence[Document]) -> int:
            report = ingest_source(index, embedder, articles(documents))
            if report.failed:
                raise RuntimeError(json.dumps([str(one) for one in report.failed]))
            return report.passages

        yield ingest


@contextmanager
def open_retrieve(home: Path) -> Iterator[Retrieve]:
    """`Index.search`, what every question goes through."""
    from vectorstore.index import Index
    from vectorstore.query import Query

    with Index.open(home) as index:

        def retrieve(question: str) -> list[str]:
            return [found.passage.text for found in index.search(Query(question), RETRIEVED)]

        yield retrieve


if __name__ == "__main__":
    drive(open_ingest, open_retrieve)

"""Haystack with Chroma, as its page on the integration sets it up: two pipelines, 200 words a chunk."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evals.benchmarks.peers.drivers.protocol import (
    RETRIEVED,
    Document,
    Ingest,
    Retrieve,
    drive,
    model_folder,
)


def _store(home: Path) -> Any:
    from haystack_integrations.document_stores.chroma import ChromaDocumentStore

    return ChromaDocumentStore(persist_path=str(home / "chroma"), distance_function="cosine")


@contextmanager
def open_ingest(home: Path) -> Iterator[Ingest]:
    """Splitter, embedder and writer in a pipeline."""
    from haystack import Document as Page
    from haystack import Pipeline
    from haystack.components.preprocessors import DocumentSplitter
    from haystack.components.writers import DocumentWriter
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersDocumentEmbedder,
    )

    pipeline = Pipeline()
    pipeline.add_component("splitter", DocumentSplitter(split_by="word", split_length=200, split_overlap=0))
    embedder = SentenceTransformersDocumentEmbedder(model=model_folder(), progress_bar=False)
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("writer", DocumentWriter(_store(home)))
    pipeline.connect("splitter", "embedder")
    pipeline.connect("embedder", "writer")
    embedder.warm_up()

    def ingest(documents: Sequence[Document]) -> int:
        pages = [
            Page(content=one.text, meta={"title": one.title, "url": one.url, "date": one.day})
            for one in documents
        ]
        return int(pipeline.run({"splitter": {"documents": pages}})["writer"]["documents_written"])

    yield ingest


@contextmanager
def open_retrieve(home: Path) -> Iterator[Retrieve]:
    """Embedder and retriever in a pipeline."""
    from haystack import Pipeline
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersTextEmbedder,
    )
    from haystack_integrations.components.retrievers.chroma import ChromaEmbeddingRetriever

    pipeline = Pipeline()
    embedder = SentenceTransformersTextEmbedder(model=model_folder(), progress_bar=False)
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("retriever", ChromaEmbeddingRetriever(_store(home), top_k=RETRIEVED))
    pipeline.connect("embedder.embedding", "retriever.query_embedding")

    def retrieve(question: str) -> list[str]:
        found = pipeline.run({"embedder": {"text": question}})["retriever"]["documents"]
        return [page.content or "" for page in found]

    yield retrieve


if __name__ == "__main__":
    drive(open_ingest, open_retrieve)

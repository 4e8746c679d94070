"""LlamaIndex with Chroma, as its guide to Chroma sets it up; chunks of 256 tokens, the model's window.

Its default chunk of 1,024 tokens would be cut silently: all-MiniLM-L6-v2 reads 256.
"""

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

COLLECTION = "articles"
WINDOW_TOKENS = 256


def _parts(home: Path) -> tuple[Any, Any]:
    """The embedding model and the vector store."""
    import chromadb
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.vector_stores.chroma import ChromaVectorStore

    model = HuggingFaceEmbedding(model_name=model_folder())
    client = chromadb.PersistentClient(path=str(home / "chroma"))
    return model, ChromaVectorStore(chroma_collection=client.get_or_create_collection(COLLECTION))


@contextmanager
def open_ingest(home: Path) -> Iterator[Ingest]:
    """`VectorStoreIndex.from_documents` on the store."""
    from llama_index.core import Document as Page
    from llama_index.core import StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter

    model, store = _parts(home)
    context = StorageContext.from_defaults(vector_store=store)
    splitter = SentenceSplitter(chunk_size=WINDOW_TOKENS, chunk_overlap=20)

    def ingest(documents: Sequence[Document]) -> int:
        pages = [
            Page(text=one.text, metadata={"title": one.title, "source": one.url, "date": one.day})
            for one in documents
        ]
        VectorStoreIndex.from_documents(
            pages, storage_context=context, embed_model=model, transformations=[splitter]
        )
        return int(store.client.count())

    yield ingest


@contextmanager
def open_retrieve(home: Path) -> Iterator[Retrieve]:
    """The index's retriever."""
    from llama_index.core import VectorStoreIndex

    model, store = _parts(home)
    index = VectorStoreIndex.from_vector_store(store, embed_model=model)
    retriever = index.as_retriever(similarity_top_k=RETRIEVED)

    def retrieve(question: str) -> list[str]:
        return [found.node.get_content() for found in retriever.retrieve(question)]

    yield retrieve


if __name__ == "__main__":
    drive(open_ingest, open_retrieve)

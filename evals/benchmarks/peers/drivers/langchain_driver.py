"""LangChain with Chroma, as its tutorial on retrieval sets it up: chunks of 1,000 characters, 200 shared."""

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


def _store(home: Path) -> Any:
    from langchain_chroma import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings

    embeddings = HuggingFaceEmbeddings(model_name=model_folder())
    return Chroma(
        collection_name=COLLECTION, embedding_function=embeddings, persist_directory=str(home / "chroma")
    )


@contextmanager
def open_ingest(home: Path) -> Iterator[Ingest]:
    """The splitter and the store of the tutorial."""
    from langchain_core.documents import Document as Page
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True)
    store = _store(home)

    def ingest(documents: Sequence[Document]) -> int:
        pages = [
            Page(page_content=one.text, metadata={"title": one.title, "source": one.url, "date": one.day})
            for one in documents
        ]
        splits = splitter.split_documents(pages)
        store.add_documents(documents=splits)
        return len(splits)

    yield ingest


@contextmanager
def open_retrieve(home: Path) -> Iterator[Retrieve]:
    """The store's similarity search."""
    store = _store(home)

    def retrieve(question: str) -> list[str]:
        return [page.page_content for page in store.similarity_search(question, k=RETRIEVED)]

    yield retrieve


if __name__ == "__main__":
    drive(open_ingest, open_retrieve)

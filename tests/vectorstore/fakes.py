"""Stand-ins that behave: an embedder without a model, articles, and a source in memory."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from ingest.article import Article
from ingest.document import RawDocument, ReadFailure
from ingest.passage import Passage
from vectorstore.embedding import Embedder, EmbedderIdentity, Vectors
from vectorstore.index import Index
from vectorstore.onnx_encoder import Manifest, Prompts


class WordEmbedder:
    """Each word has a direction of its own; a text points where its words do. Meets `Embedder`."""

    def __init__(self, name: str = "words", dimensions: int = 64, window_tokens: int = 64) -> None:
        self.identity = EmbedderIdentity(name, f"revision-of-{name}", dimensions, window_tokens)
        self.encoded: list[str] = []

    def count_tokens(self, text: str) -> int:
        return len(re.findall(r"\w+|[^\w\s]", text)) + 2

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.encoded.extend(texts)
        rows = [self.encode_query(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.identity.dimensions), np.float32)

    def encode_query(self, text: str) -> Vectors:
        words = re.findall(r"\w+", text.casefold()) or ["nothing"]
        total = np.sum([self._direction(word) for word in words], axis=0)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)

    def _direction(self, word: str) -> Vectors:
        seed = hashlib.sha256(f"{self.identity.name} {word}".encode()).digest()[:8]
        return np.random.default_rng(int.from_bytes(seed)).standard_normal(self.identity.dimensions)


class ExportingEmbedder(WordEmbedder):
    """A word embedder that can be "exported": for the fault point that lies there."""

    def export_query_encoder(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        Manifest(self.identity, Prompts(), reads_passages=False).write(folder)


def article(
    name: str,
    text: str,
    *,
    title: str = "",
    publisher: str | None = None,
    published_at: date | None = None,
    modified_at: date | None = None,
) -> Article:
    return Article.create(
        location=f"test:{name}",
        title=title or f"About {name}",
        text=text,
        publisher=publisher,
        published_at=published_at,
        modified_at=modified_at,
    )


def paragraphs(of: Article) -> list[Passage]:
    """Each paragraph is a passage."""
    return [Passage.create(of, found.start(), found.end()) for found in re.finditer(r"[^\n]+", of.text)]


def put(index: Index, embedder: Embedder, *articles: Article) -> list[str]:
    with index.writer("test") as writer:
        outcomes = []
        for one in articles:
            passages = paragraphs(one)
            vectors = embedder.encode_passages([f"{one.title}\n{passage.text}" for passage in passages])
            outcomes.append(writer.put(one, passages, vectors))
        return outcomes


@dataclass
class MemorySource:
    """A source whose documents are texts by name; a None cannot be read."""

    texts: dict[str, str | None]
    key: str = "memory:"
    skipped: int = 0
    read: list[str] = field(default_factory=list)

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        for name, text in self.texts.items():
            location = f"{self.key}{name}"
            if text is None:
                yield ReadFailure(location, "It cannot be read.")
                continue
            self.read.append(name)
            yield RawDocument(location, name, text.encode(), datetime(2024, 1, 1, tzinfo=UTC))

    def count_hint(self) -> int | None:
        return len(self.texts)

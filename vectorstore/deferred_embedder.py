"""An embedder that is loaded when a passage must be embedded, and not before."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from vectorstore.embedding import Embedder, EmbedderIdentity, ExportableEmbedder, Vectors
from vectorstore.errors import EmbedderMismatchError


class DeferredEmbedder:
    """Stands for the embedder of an index, whose identity is known without loading it; meets `Embedder`.

    Loading takes seconds, and an ingestion that finds nothing new has no use for it. Safe to share among
    threads.
    """

    def __init__(self, identity: EmbedderIdentity, load: Callable[[], Embedder]) -> None:
        """Take what `load` gives for the embedder of this identity, which is checked when it is loaded."""
        self._identity = identity
        self._load = load
        self._loaded: Embedder | None = None
        self._lock = threading.Lock()

    @property
    def identity(self) -> EmbedderIdentity:
        """The identity that it was made for."""
        return self._identity

    def count_tokens(self, text: str) -> int:
        """How many tokens the model would read; loads it."""
        return self._embedder().count_tokens(text)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Embeddings of shape (len(texts), dimensions); loads the model."""
        return self._embedder().encode_passages(texts)

    def encode_query(self, text: str) -> Vectors:
        """The embedding of a question, shape (dimensions,); loads the model."""
        return self._embedder().encode_query(text)

    def export_query_encoder(self, folder: Path) -> None:
        """Write the query side into `folder`, or nothing where the model has none to write; loads the model.

        Raises:
            EncoderExportError: this model cannot be exported.
        """
        embedder = self._embedder()
        if isinstance(embedder, ExportableEmbedder):
            embedder.export_query_encoder(folder)

    def _embedder(self) -> Embedder:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._checked(self._load())
            return self._loaded

    def _checked(self, embedder: Embedder) -> Embedder:
        if not embedder.identity.same_vectors(self._identity):
            raise EmbedderMismatchError(
                f"The files of the embedder {self._identity.name} are not those that made the index "
                f"(revision {embedder.identity.revision}, in the index {self._identity.revision}).",
                "Run `footnote index reembed`, or put the former files back.",
            )
        return embedder

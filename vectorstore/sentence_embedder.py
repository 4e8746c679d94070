"""The embedder of the ingesting side: any sentence-transformers model."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Self

import numpy as np

from vectorstore.embedding import EmbedderIdentity, Vectors
from vectorstore.errors import EmbedderUnavailableError
from vectorstore.model_files import ModelFolder, find_model
from vectorstore.tokens import TokenCounter, open_token_counter

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH_SIZE = 32


class SentenceEmbedder:
    """A sentence-transformers model on the CPU; meets `Embedder`."""

    def __init__(self, model: "SentenceTransformer", folder: ModelFolder, counter: TokenCounter) -> None:
        self.model = model
        self.folder = folder
        self._counter = counter
        self._identity = EmbedderIdentity(
            name=folder.name,
            revision=folder.revision,
            dimensions=int(model.get_embedding_dimension() or 0),
            window_tokens=int(model.max_seq_length or 512),
        )

    @classmethod
    def load(cls, setting: str) -> Self:
        """Load the model that a setting names, from this machine only.

        Raises:
            EmbedderUnavailableError: it cannot be found or loaded.
        """
        folder = find_model(setting)
        from sentence_transformers import SentenceTransformer

        try:
            model = SentenceTransformer(str(folder.path), device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise EmbedderUnavailableError(
                f"The embedding model in {folder.path} cannot be loaded: {error}",
                "Name a folder that sentence-transformers saved (it has a modules.json).",
            ) from error
        return cls(model, folder, open_token_counter(folder, model))

    @property
    def identity(self) -> EmbedderIdentity:
        """The model's name, revision, dimensions and window."""
        return self._identity

    def count_tokens(self, text: str) -> int:
        """How many tokens the model would read of `text`, special tokens included."""
        return self._counter(text)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Embeddings of shape (len(texts), dimensions), unit length, in the order of `texts`."""
        if not texts:
            return np.zeros((0, self._identity.dimensions), dtype=np.float32)
        vectors = self.model.encode_document(
            list(texts), batch_size=BATCH_SIZE, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def encode_query(self, text: str) -> Vectors:
        """The embedding of a question, shape (dimensions,), unit length."""
        vector = self.model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)

"""What an embedder is: the seams behind which sentence-transformers and ONNX Runtime stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EmbedderIdentity:
    """Which embedder made a vector.

    Attributes:
        name: what the user calls it: a model's name, or the path of its folder.
        revision: hash of its files' content.
        dimensions: length of a vector.
        window_tokens: the most tokens it reads of a text, special tokens included.
    """

    name: str
    revision: str
    dimensions: int
    window_tokens: int

    def same_vectors(self, other: "EmbedderIdentity") -> bool:
        """Whether both make the same vectors; the same model under another name or path does."""
        mine = (self.revision, self.dimensions, self.window_tokens)
        return mine == (other.revision, other.dimensions, other.window_tokens)


class QueryEncoder(Protocol):
    """Turns a question into a vector: all that the answering side needs of an embedder."""

    @property
    def identity(self) -> EmbedderIdentity:
        """The embedder whose vectors these are."""
        ...

    def encode_query(self, text: str) -> Vectors:
        """The embedding of a question: shape (dimensions,), float32, unit length."""
        ...


class Embedder(QueryEncoder, Protocol):
    """Turns passages into vectors, and counts tokens as the model does."""

    def count_tokens(self, text: str) -> int:
        """How many tokens the model would read, special tokens and its passage prompt included."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """The embeddings of texts that fit the window: (len(texts), dimensions), float32, unit length."""
        ...


@runtime_checkable
class ExportableEmbedder(Protocol):
    """An embedder whose query side can be written to a folder, for answering without the model's library."""

    def export_query_encoder(self, folder: Path) -> None:
        """Write `folder`, complete and checked or not at all.

        Raises:
            EncoderExportError: this model cannot be exported.
        """
        ...


def open_embedder(
    setting: str = "default", *, may_download: bool = True, may_be_int8: bool = True
) -> Embedder:
    """Load an embedder: "default", a model folder, or the name of a sentence-transformers model.

    The network is asked only for a model that `setting` names and that is not on this machine, and only with
    `may_download` and without HF_HUB_OFFLINE in the environment.

    Args:
        may_be_int8: whether to take the model's int8 form where it has one that is near enough. Another
            process makes it, so that this one needs no torch.

    Raises:
        EmbedderUnavailableError: it cannot be found or loaded, or its files were tampered with.
    """
    from vectorstore.exporting import exported_apart
    from vectorstore.model_files import find_model

    model = find_model(setting, may_download=may_download)
    exported = exported_apart(setting, model) if may_be_int8 else None
    if exported is not None:
        return exported
    from vectorstore.sentence_embedder import SentenceEmbedder

    return SentenceEmbedder.load(setting)

"""Encoders through ONNX Runtime and tokenizers, nothing that is slow to import.

One encodes questions, for the answering side; an embedder's int8 form, where it is near enough, passages too.
"""

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

from vectorstore.embedding import EmbedderIdentity, Vectors
from vectorstore.errors import EmbedderUnavailableError
from vectorstore.onnx_runtime import import_onnxruntime, open_session, session_options, usable_cores

MODEL_FILE = "model.onnx"
WEIGHTS_FILE = "model.bin"
TOKENIZER_FILE = "tokenizer.json"
MANIFEST_FILE = "encoder.json"
OUTPUT = "embedding"
MOST_THREADS = 2
KNOWN_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})


@dataclass(frozen=True, slots=True)
class Prompts:
    """What a model wants to read before a question and before a passage."""

    query: str = ""
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is said beside an exported model.

    Attributes:
        identity: of the embedder that it was exported from.
        reads_passages: whether passages are embedded with it too.
    """

    identity: EmbedderIdentity
    prompts: Prompts
    reads_passages: bool

    def write(self, folder: Path) -> None:
        """Write it into the model's folder."""
        (folder / MANIFEST_FILE).write_text(json.dumps(asdict(self), indent=2), "utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Self | None":
        """The manifest of a folder; None where it has none, or one of an older form.

        Raises:
            ValueError, TypeError, KeyError: it is damaged.
        """
        file = folder / MANIFEST_FILE
        said: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
        if "reads_passages" not in said:
            return None
        return cls(
            EmbedderIdentity(**said["identity"]), Prompts(**said["prompts"]), bool(said["reads_passages"])
        )


class OnnxQueryEncoder:
    """An embedder's query side, exported beside an index; meets `QueryEncoder`."""

    def __init__(self, folder: Path) -> None:
        """Load what the exporter left in `folder`.

        Raises:
            EmbedderUnavailableError: a file is missing or damaged.
        """
        try:
            self._load(folder)
        except Exception as error:
            raise EmbedderUnavailableError(
                f"The query encoder in {folder} cannot be loaded: {' '.join(str(error).split())}",
                "Remove that folder and run `footnote ingest` once more, which writes it anew.",
            ) from error

    def _load(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        manifest = Manifest.read(folder) or _older_manifest(folder)
        self._identity = manifest.identity
        self._prompts = manifest.prompts
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._identity.window_tokens)
        int8 = manifest.reads_passages
        self._session = open_session(folder / MODEL_FILE, 1 if int8 else _threads(), as_written=not int8)
        self._inputs = [argument.name for argument in self._session.get_inputs()]

    @property
    def identity(self) -> EmbedderIdentity:
        """The embedder that this was exported from."""
        return self._identity

    def encode_query(self, text: str) -> Vectors:
        """The embedding of a question, shape (dimensions,), unit length; what exceeds the window is cut."""
        return self._encode(self._prompts.query + text)

    def _encode(self, text: str) -> Vectors:
        encoding = self._tokenizer.encode(text)
        values = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {name: np.asarray([values[name]], dtype=np.int64) for name in self._inputs}
        return np.asarray(self._session.run([OUTPUT], feed)[0][0], dtype=np.float32)


class OnnxEmbedder(OnnxQueryEncoder):
    """An embedder's int8 form, for passages and questions; meets `Embedder`. Needs no torch.

    Each core embeds a passage of its own: cores that share one wait for each other at every operation.
    """

    def __init__(self, folder: Path) -> None:
        """Load what the exporter left in `folder`.

        Raises:
            EmbedderUnavailableError: a file is missing or damaged.
        """
        super().__init__(folder)
        self._lanes = ThreadPoolExecutor(usable_cores(), "embedding")

    def _load(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        super()._load(folder)
        self._counter = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._counter.no_padding()
        self._counter.no_truncation()

    def count_tokens(self, text: str) -> int:
        """How many tokens the model would read of `text`, special tokens and its passage prompt included."""
        return len(self._counter.encode(self._prompts.passage + text).ids)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Embeddings of shape (len(texts), dimensions), unit length, in the order of `texts`."""
        vectors = np.zeros((len(texts), self._identity.dimensions), dtype=np.float32)
        longest_first = sorted(range(len(texts)), key=lambda place: -len(texts[place]))

        def embed(place: int) -> None:
            vectors[place] = self._encode(self._prompts.passage + texts[place])

        for _ in self._lanes.map(embed, longest_first):
            pass
        return vectors


def embeds_passages(folder: Path) -> bool:
    """Whether a folder holds the int8 form of an embedder, with which passages are embedded too."""
    try:
        manifest = Manifest.read(folder)
    except (OSError, ValueError, TypeError, KeyError):
        return False
    return manifest is not None and manifest.reads_passages


def is_of_this_form(folder: Path) -> bool:
    """Whether a folder holds an encoder as this version of Footnote writes it."""
    try:
        return Manifest.read(folder) is not None
    except (OSError, ValueError, TypeError, KeyError):
        return False


def _older_manifest(folder: Path) -> Manifest:
    """What a manifest says that was written before passages were embedded with exported models."""
    said: dict[str, Any] = json.loads((folder / MANIFEST_FILE).read_text("utf-8"))
    return Manifest(EmbedderIdentity(**said["identity"]), Prompts(said["prompt"]), reads_passages=False)


def optimise(exported: Path, folder: Path) -> None:
    """Write `MODEL_FILE` and `WEIGHTS_FILE`: the graph that ONNX Runtime would else make at each start.

    Only optimisations that every processor can run are stored. The weights lie in a file of their own, which
    is mapped into memory rather than read.
    """
    onnxruntime = import_onnxruntime()
    options = session_options(_threads())
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(folder / MODEL_FILE)
    prefix = "session.optimized_model_external_initializers"
    options.add_session_config_entry(f"{prefix}_file_name", WEIGHTS_FILE)
    options.add_session_config_entry(f"{prefix}_min_size_in_bytes", "1024")
    options.add_session_config_entry("session.disable_prepacking", "1")  # a copy of the weights for nothing
    onnxruntime.InferenceSession(str(exported), options, providers=["CPUExecutionProvider"])


def _threads() -> int:
    return min(MOST_THREADS, os.cpu_count() or 1)

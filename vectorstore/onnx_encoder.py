"""The query encoder of the answering side: ONNX Runtime and tokenizers, nothing that is slow to import."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.embedding import EmbedderIdentity, Vectors
from vectorstore.errors import EmbedderUnavailableError

MODEL_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
MANIFEST_FILE = "encoder.json"
OUTPUT = "embedding"
MOST_THREADS = 2
KNOWN_INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})


class OnnxQueryEncoder:
    """An embedder's query side, exported beside an index; meets `QueryEncoder`."""

    def __init__(self, folder: Path) -> None:
        """Load what `write_manifest` and the exporter left in `folder`.

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

        manifest: dict[str, Any] = json.loads((folder / MANIFEST_FILE).read_text("utf-8"))
        self._identity = EmbedderIdentity(**manifest["identity"])
        self._prompt: str = manifest["prompt"]
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(self._identity.window_tokens)
        self._session = _open_session(folder / MODEL_FILE)
        self._inputs = [argument.name for argument in self._session.get_inputs()]

    @property
    def identity(self) -> EmbedderIdentity:
        """The embedder that this was exported from."""
        return self._identity

    def encode_query(self, text: str) -> Vectors:
        """The embedding of a question, shape (dimensions,), unit length; what exceeds the window is cut."""
        encoding = self._tokenizer.encode(self._prompt + text)
        values = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {name: np.asarray([values[name]], dtype=np.int64) for name in self._inputs}
        return np.asarray(self._session.run([OUTPUT], feed)[0][0], dtype=np.float32)


def write_manifest(folder: Path, identity: EmbedderIdentity, prompt: str) -> None:
    """Record beside an exported model whose it is, and what it wants before a question."""
    manifest = {"identity": asdict(identity), "prompt": prompt}
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2), "utf-8")


def _open_session(file: Path) -> Any:
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(MOST_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])

"""The query encoder of the answering side: ONNX Runtime and tokenizers, nothing that is slow to import."""

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from vectorstore.embedding import EmbedderIdentity, Vectors
from vectorstore.errors import EmbedderUnavailableError
from vectorstore.onnx_runtime import import_onnxruntime

MODEL_FILE = "model.onnx"
WEIGHTS_FILE = "model.bin"
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
        self._session = _open_session(folder / MODEL_FILE, optimised=manifest.get("optimised", False))
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
    """Record beside an optimised model whose it is, and what it wants before a question."""
    manifest = {"identity": asdict(identity), "prompt": prompt, "optimised": True}
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, indent=2), "utf-8")


def optimise(exported: Path, folder: Path) -> None:
    """Write `MODEL_FILE` and `WEIGHTS_FILE`: the graph that ONNX Runtime would else make at each start.

    Only optimisations that every processor can run are stored. The weights lie in a file of their own, which
    is mapped into memory rather than read.
    """
    onnxruntime = import_onnxruntime()
    options = _options()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(folder / MODEL_FILE)
    prefix = "session.optimized_model_external_initializers"
    options.add_session_config_entry(f"{prefix}_file_name", WEIGHTS_FILE)
    options.add_session_config_entry(f"{prefix}_min_size_in_bytes", "1024")
    options.add_session_config_entry("session.disable_prepacking", "1")  # a copy of the weights for nothing
    onnxruntime.InferenceSession(str(exported), options, providers=["CPUExecutionProvider"])


def _open_session(file: Path, *, optimised: bool) -> Any:
    onnxruntime = import_onnxruntime()
    options = _options()
    if optimised:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


def _options() -> Any:
    onnxruntime = import_onnxruntime()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(MOST_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options

"""Exporting a sentence-transformers model to ONNX, so that answering needs no torch."""

import io
import os
import shutil
import warnings
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.errors import EncoderExportError
from vectorstore.memory import give_back_memory
from vectorstore.onnx_encoder import (
    KNOWN_INPUTS,
    OUTPUT,
    TOKENIZER_FILE,
    OnnxQueryEncoder,
    optimise,
    write_manifest,
)

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from vectorstore.sentence_embedder import SentenceEmbedder

LEAST_COSINE = 0.9999
"""An exported model whose vectors are further from the original's is not used."""
OPSET = 17
CHECKS = (
    "Why?",
    "why was Turkey sanctioned?",
    "  Wer gewann 2018 die Weltmeisterschaft, und warum war das ÜBERRASCHEND?  ",
    "Türkiye'ye neden yaptırım uygulandı? 🇹🇷",
    "word, " * 1_000,
)


def export_query_encoder(embedder: "SentenceEmbedder", folder: Path) -> None:
    """Write the query side of an embedder into `folder`, which appears complete and checked or not at all.

    Raises:
        EncoderExportError: the model has a part that cannot be exported, or the export is not exact.
    """
    give_back_memory()  # of the embedding before: what the export needs for a moment should not come on top
    workplace = folder.with_name(f"{folder.name}.{os.getpid()}.partial")
    shutil.rmtree(workplace, ignore_errors=True)
    try:
        workplace.mkdir(parents=True)
        _write(embedder, workplace)
        _check(embedder, OnnxQueryEncoder(workplace))
        os.replace(workplace, folder)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _write(embedder: "SentenceEmbedder", folder: Path) -> None:
    model = embedder.model
    tokenizer = getattr(model.tokenizer, "backend_tokenizer", None)
    if tokenizer is None:
        raise EncoderExportError("The model has no fast tokenizer.")
    (folder / TOKENIZER_FILE).write_text(tokenizer.to_str(), "utf-8")
    exported = folder / "exported.onnx"
    _write_graph(model, exported)
    give_back_memory()
    optimise(exported, folder)
    give_back_memory()
    exported.unlink()
    write_manifest(folder, embedder.identity, model.prompts.get("query") or "")


def _write_graph(model: "SentenceTransformer", file: Path) -> None:
    import torch

    example = {
        name: value
        for name, value in model.preprocess([CHECKS[1]]).items()
        if isinstance(value, torch.Tensor)
    }
    if not set(example) <= KNOWN_INPUTS:
        raise EncoderExportError(f"The model reads {', '.join(sorted(example))}.")
    axes = {name: {1: "tokens"} for name in example}
    try:
        with torch.no_grad(), warnings.catch_warnings(), redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            torch.onnx.export(
                _whole_model(model, list(example)),
                tuple(example.values()),
                str(file),
                input_names=list(example),
                output_names=[OUTPUT],
                dynamic_axes=axes,
                opset_version=OPSET,
                dynamo=False,
            )
    except Exception as error:
        raise EncoderExportError(f"The model cannot be exported: {' '.join(str(error).split())}") from error


def _whole_model(model: "SentenceTransformer", inputs: list[str]) -> Any:
    """The model from token ids to the unit vector, as one module with positional inputs."""
    import torch

    class WholeModel(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.parts = torch.nn.ModuleList(model)

        def forward(self, *values: torch.Tensor) -> torch.Tensor:
            features: dict[str, torch.Tensor] = dict(zip(inputs, values, strict=True))
            for part in self.parts:
                features = part(features)
            return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)

    return WholeModel().eval()


def _check(embedder: "SentenceEmbedder", exported: OnnxQueryEncoder) -> None:
    for text in CHECKS:
        cosine = float(np.dot(embedder.encode_query(text), exported.encode_query(text)))
        if not cosine >= LEAST_COSINE:
            raise EncoderExportError(f"The exported model's vectors differ (cosine {cosine:.5f}).")

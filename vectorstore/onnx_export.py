"""Exporting a sentence-transformers model to ONNX, so that answering needs no torch."""

import io
import warnings
from collections.abc import Mapping
from contextlib import redirect_stdout
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from vectorstore.errors import EmbedderUnavailableError, EncoderExportError
from vectorstore.int8_bert import mean_vector, taken_apart
from vectorstore.int8_graph import GraphWriter, stored_tensor
from vectorstore.memory import give_back_memory
from vectorstore.onnx_encoder import (
    KNOWN_INPUTS,
    MODEL_FILE,
    OUTPUT,
    TOKENIZER_FILE,
    WEIGHTS_FILE,
    Manifest,
    OnnxQueryEncoder,
    Prompts,
    optimise,
)
from vectorstore.plain_bert import plain_bert
from vectorstore.sentence_embedder import LEAST_COSINE, PROBES, SentenceEmbedder
from vectorstore.whole_folder import write_encoder_folder

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer

OPSET = 17
INT8_INPUT = "input_ids"
LEAST_INT8_COSINE = 0.99
"""The least cosine to the model's own vectors from which the int8 form is used."""


def export_query_encoder(embedder: SentenceEmbedder, folder: Path) -> None:
    """Write the query side of an embedder into `folder`, which appears complete and checked or not at all.

    Raises:
        EncoderExportError: the model has a part that cannot be exported, or the export is not exact.
    """
    give_back_memory()  # of the embedding before: what the export needs for a moment should not come on top
    try:
        write_encoder_folder(folder, partial(_export, embedder))
    finally:
        give_back_memory()


def _export(embedder: SentenceEmbedder, folder: Path) -> None:
    if not write_int8(embedder, folder):
        _write(embedder, folder)
        _check(embedder, OnnxQueryEncoder(folder))


def write_int8(embedder: SentenceEmbedder, folder: Path) -> bool:
    """Write a model's int8 form, for questions and passages; whether there is one that is near enough."""
    bert = plain_bert(embedder.model)
    if bert is None:
        return False
    _write_tokenizer(embedder, folder)
    with (folder / WEIGHTS_FILE).open("wb") as weights:
        graph = GraphWriter(weights, WEIGHTS_FILE)
        mean_vector(graph, graph.encoder(taken_apart(bert), INT8_INPUT), OUTPUT)
        model = graph.model([INT8_INPUT], {OUTPUT: [1, bert.config.hidden_size]})
    (folder / MODEL_FILE).write_bytes(model.SerializeToString())
    _write_manifest(embedder, folder, reads_passages=True)
    try:
        encoder = OnnxQueryEncoder(folder)
    except EmbedderUnavailableError:  # ONNX Runtime has not every operator for every processor
        return False
    return _least_cosine(embedder, encoder) >= LEAST_INT8_COSINE


def _write(embedder: SentenceEmbedder, folder: Path) -> None:
    _write_tokenizer(embedder, folder)
    exported = folder / "exported.onnx"
    _write_graph(embedder.model, exported)
    give_back_memory()
    optimise(exported, folder)
    give_back_memory()
    for file in folder.glob("exported.*"):
        file.unlink()
    _write_manifest(embedder, folder, reads_passages=False)


def _write_tokenizer(embedder: SentenceEmbedder, folder: Path) -> None:
    tokenizer = getattr(embedder.model.tokenizer, "backend_tokenizer", None)
    if tokenizer is None:
        raise EncoderExportError("The model has no fast tokenizer.")
    (folder / TOKENIZER_FILE).write_text(tokenizer.to_str(), "utf-8")


def _write_manifest(embedder: SentenceEmbedder, folder: Path, *, reads_passages: bool) -> None:
    prompts = Prompts(embedder.model.prompts.get("query") or "", embedder.passage_prompt)
    Manifest(embedder.identity, prompts, reads_passages).write(folder)


def _write_graph(model: "SentenceTransformer", file: Path) -> None:
    import torch

    example = {
        name: value
        for name, value in model.preprocess([PROBES[1]]).items()
        if isinstance(value, torch.Tensor)
    }
    if not set(example) <= KNOWN_INPUTS:
        raise EncoderExportError(f"The model reads {', '.join(sorted(example))}.")
    whole = _whole_model(model, list(example))
    with torch.no_grad(), warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        torch.onnx.export(
            whole,
            tuple(example.values()),
            str(file),
            input_names=list(example),
            output_names=[OUTPUT],
            dynamic_axes={name: {1: "tokens"} for name in example},
            opset_version=OPSET,
            export_params=False,
            do_constant_folding=False,
            dynamo=False,
        )
        _add_weights(file, whole.state_dict(), set(example))


def _add_weights(graph_file: Path, weights: Mapping[str, "torch.Tensor"], inputs: set[str]) -> None:
    """Put the weights of a graph that was exported without them into a file beside it.

    Torch itself would hold them in memory several times over. In a file of their own they are written one by
    one, and mapped by what reads them.
    """
    import onnx

    model = onnx.load(str(graph_file))
    arguments = list(model.graph.input)
    del model.graph.input[:]
    with graph_file.with_suffix(".weights").open("wb") as file:
        for argument in arguments:
            if argument.name in inputs:
                model.graph.input.append(argument)
            else:
                tensor = stored_tensor(
                    argument.name, weights[argument.name].contiguous().numpy(), file, Path(file.name).name
                )
                model.graph.initializer.append(tensor)
    onnx.save(model, str(graph_file))


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


def _check(embedder: SentenceEmbedder, exported: OnnxQueryEncoder) -> None:
    cosine = _least_cosine(embedder, exported)
    if not cosine >= LEAST_COSINE:
        raise EncoderExportError(f"The exported model's vectors differ (cosine {cosine:.5f}).")


def _least_cosine(embedder: SentenceEmbedder, exported: OnnxQueryEncoder) -> float:
    """The least cosine between what both make of the probes; not a number where one makes none."""
    cosines = [np.dot(embedder.encode_query(text), exported.encode_query(text)) for text in PROBES]
    return float(np.min(cosines))

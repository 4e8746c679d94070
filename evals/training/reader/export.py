"""Write a trained reader as int8 ONNX: `python -m evals.training.reader.export WEIGHTS FOLDER`."""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from assistant.answerers.extractive.reader.passage_reader import MODEL_FILE, TOKENIZER_FILE
from evals.training.reader.network import ReaderNetwork
from vectorstore.int8_bert import linear, taken_apart
from vectorstore.int8_graph import LAST_AXIS, GraphWriter
from vectorstore.model_files import find_model
from vectorstore.onnx_runtime import open_session

INPUTS = ("input_ids", "token_type_ids")
OUTPUTS = {"tokens": (1, "tokens", 3), "whole": (1,)}
COMPARED_TEXTS, COMPARED_TOKENS = 4, 160


def export(network: ReaderNetwork, folder: Path, base: Path) -> None:
    """Write `reader.onnx` and the tokenizer into a folder.

    Args:
        network: as it was trained.
        folder: where to write.
        base: the folder of the encoder that the training began with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    graph = GraphWriter()
    rows = graph.encoder(taken_apart(network.encoder), *INPUTS, small=True)
    graph.node(
        "Add", [graph.product(rows, linear(network.tokens), "scores"), _lifted(graph, network)], "tokens"
    )
    whole, _, _, weighed = network.whole
    first = graph.node("Gather", [rows, graph.weight("classification", np.array([0]))], "first_row", axis=1)
    bent = graph.node("Tanh", [graph.product(first, linear(whole), "whole_row")], "whole_bent")
    scored = graph.product(bent, linear(weighed), "whole_score")
    graph.node("Reshape", [scored, graph.weight("flat", np.array([-1]))], "whole")
    model = graph.model(INPUTS, OUTPUTS)
    (folder / MODEL_FILE).write_bytes(model.SerializeToString())
    shutil.copy(base / TOKENIZER_FILE, folder / TOKENIZER_FILE)


def _lifted(graph: GraphWriter, network: ReaderNetwork) -> str:
    """What is added to the scores of each token: the network's lift after the question, nothing before."""
    from onnx import TensorProto

    kinds = graph.node("Cast", [INPUTS[1]], "whole_kinds", to=TensorProto.FLOAT)
    column = graph.node("Unsqueeze", [kinds, LAST_AXIS], "kinds_column")
    return graph.node("Mul", [column, graph.weight("lift", network.lift.numpy())], "lifted")


def load(weights: Path, base: Path) -> ReaderNetwork:
    """The network with the weights that `evals.training.reader.train` saved."""
    network = ReaderNetwork(base)
    network.load_state_dict(torch.load(weights, weights_only=True))
    return network.eval()


def compare(network: ReaderNetwork, folder: Path) -> None:
    """Print how far the int8 network's scores are from the network's own, on random tokens."""
    session = open_session(folder / MODEL_FILE)
    ids = np.random.default_rng(0).integers(
        network.encoder.config.vocab_size, size=(COMPARED_TEXTS, COMPARED_TOKENS)
    )
    kinds = np.zeros_like(ids[:1])
    small = [session.run(list(OUTPUTS), dict(zip(INPUTS, (row[None], kinds), strict=True))) for row in ids]
    with torch.inference_mode():
        plain = network(
            torch.tensor(ids), torch.ones(ids.shape, dtype=torch.long), torch.zeros_like(torch.tensor(ids))
        )
    for name, own, theirs in zip(OUTPUTS, plain, zip(*small, strict=True), strict=True):
        difference = np.abs(own.numpy() - np.concatenate(theirs)).mean()
        print(f"{name}: mean difference {difference:.3f} of mean size {own.abs().mean():.3f}")
    print(f"{MODEL_FILE}: {(folder / MODEL_FILE).stat().st_size / 1e6:.1f} MB")


def main(arguments: Sequence[str] | None = None) -> None:
    """Export, quantise, compare."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.reader.export")
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    base = find_model("default").path
    network = load(given.weights, base)
    export(network, given.folder, base)
    compare(network, given.folder)


if __name__ == "__main__":
    main()

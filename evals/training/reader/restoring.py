"""The weights of the reader that ships, to learn on from: `python -m evals.training.reader.restoring OUT.pt`.

They are those of the int8 form in float32: what rounding took away does not come back.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from assistant.answerers.extractive.reader.passage_reader import MODEL_FILE
from evals.training.reader.network import ReaderNetwork
from vectorstore.int8_graph import Array
from vectorstore.model_files import find_model

SHIPPED = Path("assistant/answerers/extractive/reader/model")


def restored(file: Path, network: ReaderNetwork) -> ReaderNetwork:
    """The network with the weights of an exported reader."""
    import onnx

    model = onnx.load(str(file))
    stored: dict[str, Array] = {
        one.name.removeprefix("embeddings."): onnx.numpy_helper.to_array(one)
        for one in model.graph.initializer
    }
    weights = dict(network.state_dict())
    weights.update({name: torch.tensor(values) for name, values in _named(stored, network)})
    network.load_state_dict(weights)
    return network


def _named(stored: Mapping[str, Array], network: ReaderNetwork) -> list[tuple[str, Array]]:
    own = "encoder.embeddings"
    words = stored["words"].astype(np.float32) * stored["scales"]
    found = [
        (f"{own}.word_embeddings.weight", words),
        (f"{own}.position_embeddings.weight", stored["places"]),
        (f"{own}.token_type_embeddings.weight", stored["kinds"]),
        *_pair(f"{own}.LayerNorm", stored["embedded.weight"], stored["embedded.bias"]),
        *_linear("tokens", stored, "scores" if "lift" in stored else "tokens"),
        *([("lift", stored["lift"])] if "lift" in stored else []),
        *_linear("whole.0", stored, "whole_row"),
        *_linear("whole.3", stored, "whole_score"),
    ]
    for number in range(network.encoder.config.num_hidden_layers):
        found += _layer(stored, f"layer{number}", f"encoder.encoder.layer.{number}")
    return found


def _layer(stored: Mapping[str, Array], there: str, here: str) -> list[tuple[str, Array]]:
    weight, bias = _product(stored, f"{there}.attended")
    found = []
    for name, part, own in zip(
        ("query", "key", "value"), np.split(weight, 3), np.split(bias, 3), strict=True
    ):
        found += _pair(f"{here}.attention.self.{name}", part, own)
    narrowed = stored[f"{there}.narrowed.bias"]
    return [
        *found,
        *_linear(f"{here}.attention.output.dense", stored, f"{there}.taken"),
        *_norm(f"{here}.attention.output.LayerNorm", stored, f"{there}.attention_norm"),
        *_linear(f"{here}.intermediate.dense", stored, f"{there}.widened"),
        *_pair(f"{here}.output.dense", _weight(stored, f"{there}.narrowed.product"), narrowed),
        *_norm(f"{here}.output.LayerNorm", stored, f"{there}.norm"),
    ]


def _linear(here: str, stored: Mapping[str, Array], there: str) -> list[tuple[str, Array]]:
    return _pair(here, *_product(stored, there))


def _norm(here: str, stored: Mapping[str, Array], there: str) -> list[tuple[str, Array]]:
    return _pair(here, stored[f"{there}.weight"], stored[f"{there}.bias"])


def _pair(here: str, weight: Array, bias: Array) -> list[tuple[str, Array]]:
    return [(f"{here}.weight", weight), (f"{here}.bias", bias)]


def _product(stored: Mapping[str, Array], there: str) -> tuple[Array, Array]:
    return _weight(stored, there), stored[f"{there}.bias"]


def _weight(stored: Mapping[str, Array], there: str) -> Array:
    """The weights of a product, shape (out, in), as they were before its channels were evened out."""
    whole = stored[f"{there}.weight"].T.astype(np.float32) * stored[f"{there}.scale"][:, None]
    smoothing = stored.get(f"{there}.smoothing")
    return whole if smoothing is None else whole * smoothing[None, :]


def main(arguments: Sequence[str] | None = None) -> None:
    """Restore and save."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.reader.restoring")
    parser.add_argument("out", type=Path, help="where the weights go")
    parser.add_argument("--model", type=Path, default=SHIPPED, help="folder of the exported reader")
    given = parser.parse_args(arguments)
    network = restored(given.model / MODEL_FILE, ReaderNetwork(find_model("default").path))
    state: Mapping[str, Tensor] = network.state_dict()
    torch.save(state, given.out)


if __name__ == "__main__":
    main()

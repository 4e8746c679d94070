"""Write a trained reader as int8 ONNX: `python -m evals.training.reader.export WEIGHTS FOLDER`."""

import argparse
import io
import shutil
import warnings
from collections.abc import Sequence
from contextlib import redirect_stdout
from pathlib import Path

import numpy as np
import torch

from assistant.answerers.extractive.reader.passage_reader import MODEL_FILE, TOKENIZER_FILE
from evals.training.reader.network import ReaderNetwork
from vectorstore.model_files import find_model
from vectorstore.onnx_runtime import import_onnxruntime

OPSET = 17
PLAIN_FILE = "reader.fp32.onnx"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def export(weights: Path, folder: Path, base: Path) -> None:
    """Write `reader.onnx`, its plain twin `reader.fp32.onnx` and the tokenizer into a folder.

    Args:
        weights: what `evals.training.reader.train` saved.
        folder: where to write.
        base: the folder of the encoder that the training began with.
    """
    network = ReaderNetwork(base)
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    plain = folder / PLAIN_FILE
    example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in INPUTS)
    axes = {name: {0: "passages", 1: "tokens"} for name in (*INPUTS, "tokens")} | {"whole": {0: "passages"}}
    with torch.no_grad(), warnings.catch_warnings(), redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        torch.onnx.export(
            network,
            example,
            str(plain),
            input_names=list(INPUTS),
            output_names=["tokens", "whole"],
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    _quantise(plain, folder / MODEL_FILE)
    shutil.copy(base / TOKENIZER_FILE, folder / TOKENIZER_FILE)


def _quantise(plain: Path, file: Path) -> None:
    """Weights of matrices and embeddings as int8, one scale a column; activations as they come."""
    import_onnxruntime()
    from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
    from onnxruntime.quantization.shape_inference import quant_pre_process  # type: ignore[import-untyped]

    prepared = plain.with_suffix(".prepared.onnx")
    quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        str(prepared),
        str(file),
        weight_type=QuantType.QInt8,
        per_channel=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )
    prepared.unlink()


def compare(folder: Path) -> None:
    """Print how far the int8 network's scores are from the plain one's, on random tokens."""
    onnxruntime = import_onnxruntime()
    chance = np.random.default_rng(0)
    ids = chance.integers(1_000, 20_000, (4, 160))
    feed = dict(zip(INPUTS, (ids, np.ones_like(ids), np.zeros_like(ids)), strict=True))
    runs = [
        onnxruntime.InferenceSession(str(folder / name)).run(None, feed) for name in (PLAIN_FILE, MODEL_FILE)
    ]
    for name, plain, small in zip(("tokens", "whole"), *runs, strict=True):
        difference, size = np.abs(plain - small).mean(), np.abs(plain).mean()
        print(f"{name}: mean difference {difference:.3f} of mean size {size:.3f}")
    print(f"{MODEL_FILE}: {(folder / MODEL_FILE).stat().st_size / 1e6:.1f} MB")


def main(arguments: Sequence[str] | None = None) -> None:
    """Export, quantise, compare."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.reader.export")
    parser.add_argument("weights", type=Path)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    export(given.weights, given.folder, find_model("default").path)
    compare(given.folder)


if __name__ == "__main__":
    main()

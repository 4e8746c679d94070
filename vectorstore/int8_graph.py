"""Writing ONNX graphs of BERT encoders by hand, their products in int8.

A graph that torch exports carries along a mask, tests for what is no number and the arithmetic of shapes; for
one text at a time none of it is needed. Products run in int8 with a scale for each column of the weights and
one for what is multiplied with them. Two things keep the vectors near those of float32:

- What a norm gives has a few channels that are ten times as large as the others. Those are divided before
  they are rounded, and the weights multiplied (Xiao et al., "SmoothQuant", 2022).
- What the widened layer gives differs as much from token to token, so each row is divided by its largest
  value before it is rounded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
CONTRIBUTED = "com.microsoft"
OPSET = 18
CONTRIBUTED_OPSET = 1
IR_VERSION = 8
"""The oldest that has these operators: a newer ONNX than ONNX Runtime knows could not be read."""
LARGEST = 127
SMOOTHING = 0.75
"""How much of the difference between channels goes into the weights, 0 to 1."""
ALIGNMENT = 4096
"""Bytes to whose multiples weights are moved, so that they can be mapped into memory."""
DEEPEST_OF_GELU = 0.17
"""The size of its least value: nothing that it gives is larger and negative."""
LAST_AXIS = "last_axis"


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear layer in float32: weight of shape (out, in), bias of shape (out,)."""

    weight: Array
    bias: Array

    @classmethod
    def beside(cls, *layers: "Linear") -> "Linear":
        """Layers over the same input as one, their outputs side by side."""
        weights = np.concatenate([layer.weight for layer in layers])
        return cls(weights, np.concatenate([layer.bias for layer in layers]))


@dataclass(frozen=True, slots=True)
class Norm:
    """A layer norm: weight and bias of shape (width,)."""

    weight: Array
    bias: Array


@dataclass(frozen=True, slots=True)
class Layer:
    """The weights of one layer of an encoder; `attended` makes queries, keys and values at once.

    Attributes:
        attended_from, widened_from: the largest size of each channel of what these two read, shape (in,).
    """

    attended: Linear
    attention_out: Linear
    attention_norm: Norm
    widened: Linear
    narrowed: Linear
    norm: Norm
    attended_from: Array
    widened_from: Array


@dataclass(frozen=True, slots=True)
class Embeddings:
    """What the first layer reads: a row a token, a row a place, a row a kind of text, added and normed."""

    words: Array
    places: Array
    kinds: Array
    norm: Norm


@dataclass(frozen=True, slots=True)
class Encoder:
    """The weights of a BERT encoder."""

    embeddings: Embeddings
    layers: Sequence[Layer]
    heads: int
    epsilon: float


class GraphWriter:
    """A graph in the making: nodes in order, and weights by name.

    `weights_file` takes the weights where it is given, and is named in the graph by `weights_name`; else they
    are a part of the graph.
    """

    def __init__(self, weights_file: BinaryIO | None = None, weights_name: str = "") -> None:
        self._nodes: list[Any] = []
        self._initializers: list[Any] = []
        self._file = weights_file
        self._name = weights_name
        self.weight(LAST_AXIS, np.array([-1], np.int64))

    def node(self, operator: str, inputs: Sequence[str], output: str, *more: str, **attributes: Any) -> str:
        """Add a node; the name of its (first) output."""
        from onnx import helper

        domain = CONTRIBUTED if operator in _CONTRIBUTED else ""
        self._nodes.append(helper.make_node(operator, inputs, [output, *more], domain=domain, **attributes))
        return output

    def weight(self, name: str, values: Array) -> str:
        """Add a constant under a name, which it gives back."""
        from onnx import numpy_helper

        values = np.ascontiguousarray(values)
        if self._file is None or values.nbytes < ALIGNMENT:
            self._initializers.append(numpy_helper.from_array(values, name))
        else:
            self._initializers.append(stored_tensor(name, values, self._file, self._name))
        return name

    def product(self, read: str, layer: Linear, name: str, sizes: Array | None = None) -> str:
        """`read` times a layer's weights in int8, and its bias.

        Args:
            read: the name of an array (..., in).
            layer: the weights.
            name: of the result, and the beginning of the names of the weights.
            sizes: the largest size of each channel of `read`; the channels are brought nearer to each other
                with them.
        """
        weight = layer.weight
        if sizes is not None:
            divisors = channel_divisors(sizes, weight)
            read = self.node("Mul", [read, self.weight(f"{name}.smoothing", 1 / divisors)], f"{name}.smooth")
            weight = weight * divisors
        return self._rounded(read, Linear(weight, layer.bias), name)

    def product_by_rows(self, read: str, layer: Linear, name: str) -> str:
        """The same of what comes out of GELU, each row rounded by its largest value."""
        highest = self.node("ReduceMax", [read, LAST_AXIS], f"{name}.highest", keepdims=1)
        lowest = self.weight(f"{name}.lowest", _float(np.array(DEEPEST_OF_GELU)))
        largest = self.node("Max", [highest, lowest], f"{name}.largest")
        scaled = self.node("Div", [read, largest], f"{name}.scaled")
        product = self._rounded(scaled, Linear(layer.weight, np.zeros(0)), f"{name}.product")
        whole = self.node("Mul", [product, largest], f"{name}.whole")
        return self.node("Add", [whole, self.weight(f"{name}.bias", _float(layer.bias))], name)

    def _rounded(self, read: str, layer: Linear, name: str) -> str:
        rounded, scales = _rounded_rows(layer.weight)
        inputs = [read, self.weight(f"{name}.weight", rounded.T), self.weight(f"{name}.scale", scales)]
        if layer.bias.size:
            inputs += ["", self.weight(f"{name}.bias", _float(layer.bias))]
        return self.node("DynamicQuantizeMatMul", inputs, name)

    def norm(self, read: str, norm: Norm, name: str, epsilon: float) -> str:
        """A layer norm over the last axis."""
        weight = self.weight(f"{name}.weight", _float(norm.weight))
        bias = self.weight(f"{name}.bias", _float(norm.bias))
        return self.node("LayerNormalization", [read, weight, bias], name, axis=-1, epsilon=epsilon)

    def encoder(self, encoder: Encoder, tokens: str, kinds: str | None = None, *, small: bool = False) -> str:
        """An encoder over the token ids of one text; the name of its token vectors, (1, tokens, width).

        Args:
            encoder: the weights.
            tokens: the name of the ids, shape (1, tokens).
            kinds: the name of the tokens' kinds of text, of the same shape; without, all are of the first.
            small: whether the vectors of words are stored in int8 too, a scale to each.
        """
        rows = self._embedded(encoder, tokens, kinds, small)
        for number, layer in enumerate(encoder.layers):
            rows = self._layer(rows, layer, encoder, f"layer{number}")
        return rows

    def _embedded(self, encoder: Encoder, tokens: str, kinds: str | None, small: bool) -> str:
        own = encoder.embeddings
        places = own.places if kinds is not None else own.places + own.kinds[0]
        first = self.weight("embeddings.first", np.array([0], np.int64))
        count = self.node("Shape", [tokens], "embeddings.count", start=1, end=2)
        at_places = self.node(
            "Slice", [self.weight("embeddings.places", _float(places)), first, count], "at_places"
        )
        at_words = (self._small_words if small else self._words)(own.words, tokens)
        rows = self.node("Add", [at_words, at_places], "summed")
        if kinds is not None:
            at_kinds = self.node(
                "Gather", [self.weight("embeddings.kinds", _float(own.kinds)), kinds], "at_kinds"
            )
            rows = self.node("Add", [rows, at_kinds], "summed_with_kinds")
        return self.norm(rows, own.norm, "embedded", encoder.epsilon)

    def _words(self, words: Array, tokens: str) -> str:
        return self.node("Gather", [self.weight("embeddings.words", _float(words)), tokens], "at_words")

    def _small_words(self, words: Array, tokens: str) -> str:
        from onnx import TensorProto

        rounded, scales = _rounded_rows(words)
        at_words = self.node("Gather", [self.weight("embeddings.words", rounded), tokens], "rounded_at_words")
        at_words = self.node("Cast", [at_words], "whole_at_words", to=TensorProto.FLOAT)
        at_scales = self.node(
            "Gather", [self.weight("embeddings.scales", scales[:, None]), tokens], "scale_at_words"
        )
        return self.node("Mul", [at_words, at_scales], "at_words")

    def _layer(self, rows: str, layer: Layer, encoder: Encoder, name: str) -> str:
        attended = self.product(rows, layer.attended, f"{name}.attended", layer.attended_from)
        parts = [f"{name}.{part}" for part in ("queries", "keys", "values")]
        self.node("Split", [attended], *parts, axis=2, num_outputs=len(parts))
        context = self.node("MultiHeadAttention", parts, f"{name}.context", num_heads=encoder.heads)
        taken = self.product(context, layer.attention_out, f"{name}.taken")
        rows = self.node("Add", [taken, rows], f"{name}.with_taken")
        rows = self.norm(rows, layer.attention_norm, f"{name}.attention_norm", encoder.epsilon)
        widened = self.product(rows, layer.widened, f"{name}.widened", layer.widened_from)
        bent = self.node("Gelu", [widened], f"{name}.bent")
        narrowed = self.product_by_rows(bent, layer.narrowed, f"{name}.narrowed")
        rows = self.node("Add", [narrowed, rows], f"{name}.with_narrowed")
        return self.norm(rows, layer.norm, f"{name}.norm", encoder.epsilon)

    def model(self, inputs: Sequence[str], outputs: Mapping[str, Sequence[int | str]]) -> Any:
        """The ONNX model: int64 inputs of shape (1, tokens), float outputs of the given shapes."""
        from onnx import TensorProto, helper

        read = [helper.make_tensor_value_info(name, TensorProto.INT64, [1, "tokens"]) for name in inputs]
        made = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in outputs.items()
        ]
        graph = helper.make_graph(self._nodes, "encoder", read, made, self._initializers)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIBUTED, CONTRIBUTED_OPSET)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION)


_CONTRIBUTED = frozenset({"DynamicQuantizeMatMul", "MultiHeadAttention", "Gelu"})


def _rounded_rows(rows: Array) -> tuple[Array, Array]:
    """Rows in int8, and the scale of each."""
    scales = np.maximum(np.abs(rows).max(axis=1), np.finfo(np.float32).tiny) / LARGEST
    return np.rint(rows / scales[:, None]).astype(np.int8), _float(scales)


def channel_divisors(sizes: Array, weight: Array) -> Array:
    """What each channel of an input is divided by before it is rounded, shape (in,); their mean is 1.

    Args:
        sizes: the largest size of each channel, shape (in,).
        weight: what the input is multiplied with, shape (out, in).
    """
    least = np.finfo(np.float32).eps
    own, other = np.maximum(sizes, least), np.maximum(np.abs(weight).max(axis=0), least)
    divisors = own**SMOOTHING / other ** (1 - SMOOTHING)
    return _float(divisors / np.exp(np.log(divisors).mean()))


def stored_tensor(name: str, values: Array, file: BinaryIO, file_name: str) -> Any:
    """Write a weight to the end of a file; how a graph refers to it there."""
    from onnx import TensorProto, helper

    file.write(bytes(-file.tell() % ALIGNMENT))
    place = {"location": file_name, "offset": file.tell(), "length": values.nbytes}
    file.write(values.data)
    tensor = TensorProto(
        name=name,
        dims=values.shape,
        data_type=helper.np_dtype_to_tensor_dtype(values.dtype),
        data_location=TensorProto.EXTERNAL,
    )
    for key, value in place.items():
        tensor.external_data.add(key=key, value=str(value))
    return tensor


def _float(values: Array) -> Array:
    return np.asarray(values, dtype=np.float32)

"""A BERT encoder of transformers, taken apart for `int8_graph`."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch

from vectorstore.int8_graph import Array, Embeddings, Encoder, GraphWriter, Layer, Linear, Norm

PROBED_TEXTS, PROBED_TOKENS = 16, 64
"""Texts of tokens drawn by chance, on which channels are seen. Their sizes depend little on the text:
seen on news instead, the vectors of news have a mean cosine to those of float32 of .9991 and not .9990."""


def taken_apart(bert: Any) -> Encoder:
    """The weights of a `BertModel` with the sizes of its channels.

    Args:
        bert: a model with GELU, absolute places and no decoder, in float32.
    """
    sizes = _channel_sizes(bert)
    layers = [
        _layer(layer, sizes[2 * number], sizes[2 * number + 1])
        for number, layer in enumerate(bert.encoder.layer)
    ]
    own = bert.embeddings
    embeddings = Embeddings(
        words=_array(own.word_embeddings.weight),
        places=_array(own.position_embeddings.weight),
        kinds=_array(own.token_type_embeddings.weight),
        norm=_norm(own.LayerNorm),
    )
    return Encoder(embeddings, layers, bert.config.num_attention_heads, bert.config.layer_norm_eps)


def mean_vector(graph: GraphWriter, rows: str, output: str) -> None:
    """Let a graph give the mean of token vectors (1, tokens, width) at unit length, shape (1, width)."""
    places = graph.weight("token_axis", np.array([1], np.int64))
    mean = graph.node("ReduceMean", [rows, places], "mean", keepdims=0)
    graph.node("LpNormalization", [mean], output, axis=-1, p=2)


def _layer(layer: Any, attended_from: Array, widened_from: Array) -> Layer:
    own = layer.attention.self
    return Layer(
        attended=Linear.beside(*(linear(part) for part in (own.query, own.key, own.value))),
        attention_out=linear(layer.attention.output.dense),
        attention_norm=_norm(layer.attention.output.LayerNorm),
        widened=linear(layer.intermediate.dense),
        narrowed=linear(layer.output.dense),
        norm=_norm(layer.output.LayerNorm),
        attended_from=attended_from,
        widened_from=widened_from,
    )


def _channel_sizes(bert: Any) -> list[Array]:
    """The largest size of each channel that a layer's attention, then its widening, reads; layer by layer."""
    read = [
        part
        for layer in bert.encoder.layer
        for part in (layer.attention.self.query, layer.intermediate.dense)
    ]
    sizes = [torch.zeros(part.in_features) for part in read]
    with _watched(read, sizes), torch.inference_mode():
        for tokens in _probes(bert.config.vocab_size, bert.config.max_position_embeddings):
            bert(input_ids=tokens)
    return [_array(size) for size in sizes]


@contextmanager
def _watched(parts: list[Any], sizes: list[torch.Tensor]) -> Iterator[None]:
    """Note the largest size of each channel that parts of a model are given."""

    def noting(size: torch.Tensor) -> Any:
        def note(_: Any, given: tuple[torch.Tensor, ...]) -> None:
            torch.maximum(size, given[0].abs().flatten(0, -2).amax(0), out=size)

        return note

    handles = [part.register_forward_pre_hook(noting(size)) for part, size in zip(parts, sizes, strict=True)]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def _probes(words: int, window: int) -> Iterator[torch.Tensor]:
    drawn = np.random.default_rng(0)
    for _ in range(PROBED_TEXTS):
        yield torch.tensor(drawn.integers(words, size=(1, min(PROBED_TOKENS, window))))


def linear(part: Any) -> Linear:
    """The weights of a linear layer of torch."""
    return Linear(_array(part.weight), _array(part.bias))


def _norm(part: Any) -> Norm:
    return Norm(_array(part.weight), _array(part.bias))


def _array(tensor: torch.Tensor) -> Array:
    return np.asarray(tensor.detach().numpy())

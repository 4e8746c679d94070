"""The forward pass of a BERT sentence encoder over texts laid end to end, its products in bfloat16.

Nothing is computed for padding, which a batch of texts of different lengths otherwise carries along, and
nothing is turned from one precision into another but before a product: what is added up from layer to layer
stays in float32. The idea of the layout is that of Zeng et al., "Boosting Distributed Training Performance of
the Unpadded BERT Model" (2022), here without a kernel of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from vectorstore.embedding import Vectors
from vectorstore.plain_bert import plain_bert

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

PACK_TOKENS = 1024
"""Texts are laid end to end up to so many tokens: what lies between two products stays near the core."""
ROWS_PADDED_TO = 64
KEYS_PADDED_TO = 16
"""Products are of few shapes: the matrix library keeps about a megabyte of kernels for every one it meets."""


@dataclass(frozen=True, slots=True)
class Product:
    """A linear layer: weight of shape (out, in) and bias of shape (out,), both in bfloat16."""

    weight: Tensor
    bias: Tensor

    @classmethod
    def of(cls, *layers: Any) -> "Product":
        """The layers side by side, as one product."""
        return cls(
            torch.cat([layer.weight.detach() for layer in layers]).to(torch.bfloat16),
            torch.cat([layer.bias.detach() for layer in layers]).to(torch.bfloat16),
        )

    def __call__(self, rows: Tensor) -> Tensor:
        """Rows of shape (rows, in) to (rows, out), in bfloat16."""
        return functional.linear(rows.to(torch.bfloat16), self.weight, self.bias)


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the encoder; `attended` makes queries, keys and values at once."""

    attended: Product
    attention_out: Product
    attention_norm: torch.nn.LayerNorm
    widened: Product
    narrowed: Product
    norm: torch.nn.LayerNorm

    @classmethod
    def of(cls, layer: Any) -> "Layer":
        """The weights of a layer of transformers' `BertModel`."""
        own = layer.attention.self
        return cls(
            Product.of(own.query, own.key, own.value),
            Product.of(layer.attention.output.dense),
            layer.attention.output.LayerNorm,
            Product.of(layer.intermediate.dense),
            Product.of(layer.output.dense),
            layer.output.LayerNorm,
        )

    def __call__(self, rows: Tensor, lengths: Sequence[int], heads: int) -> Tensor:
        """Rows of shape (rows, width) in float32, those of each text after the other, to the same."""
        context = attention(self.attended(rows), lengths, heads)
        rows = self.attention_norm(rows + self.attention_out(context))
        return self.norm(rows + self.narrowed(functional.gelu(self.widened(rows))))  # type: ignore[no-any-return]


class PackedBert:
    """A BERT model whose token vectors are averaged; see `of` for which models that are."""

    def __init__(self, bert: Any) -> None:
        self._embeddings = bert.embeddings
        self._heads: int = bert.config.num_attention_heads
        self._layers = [Layer.of(layer) for layer in bert.encoder.layer]

    @classmethod
    def of(cls, model: "SentenceTransformer") -> "PackedBert | None":
        """The packed form of a model; None where the model is of another kind."""
        bert = plain_bert(model)
        return None if bert is None else cls(bert)

    def encode(self, texts: Sequence[Sequence[int]]) -> Vectors:
        """The mean token vectors of texts, shape (len(texts), dimensions), not scaled to unit length.

        Args:
            texts: the token ids of each; none empty, none longer than the model's window.
        """
        lengths = [len(text) for text in texts]
        with torch.inference_mode():
            rows = self._embedded(texts, _padded(sum(lengths) + KEYS_PADDED_TO - 1, ROWS_PADDED_TO))
            for layer in self._layers:
                rows = layer(rows, lengths, self._heads)
            means = [part.mean(0) for part in torch.split(rows[: sum(lengths)], lengths)]
            return np.asarray(torch.stack(means).numpy(), dtype=np.float32)

    def _embedded(self, texts: Sequence[Sequence[int]], count: int) -> Tensor:
        """What the first layer reads, shape (count, width): the texts' tokens, then padding."""
        given = [token for text in texts for token in text]
        tokens = torch.zeros(count, dtype=torch.long)
        places = torch.zeros(count, dtype=torch.long)
        tokens[: len(given)] = torch.tensor(given)
        places[: len(given)] = torch.cat([torch.arange(len(text)) for text in texts])
        own = self._embeddings
        kind = own.token_type_embeddings.weight[0]
        return own.LayerNorm(own.word_embeddings(tokens) + own.position_embeddings(places) + kind)  # type: ignore[no-any-return]


def attention(attended: Tensor, lengths: Sequence[int], heads: int) -> Tensor:
    """What each token takes from the tokens of its own text.

    A text is read as if it had a multiple of `KEYS_PADDED_TO` tokens: the rows that follow stand in for those
    that it lacks, and none of its own looks at them.

    Args:
        attended: queries, keys and values side by side, shape (rows, 3 * width); at least
            `KEYS_PADDED_TO - 1` rows more than the texts have.

    Returns:
        Shape (rows, width), in the precision of `attended`; zeros in the rows of no text.
    """
    rows, width = attended.shape[0], attended.shape[1] // 3
    apart = attended.view(rows, 3, heads, width // heads)
    context = attended.new_zeros(rows, heads, width // heads)
    scale = (width // heads) ** -0.5
    start = 0
    for length in lengths:
        read = _padded(length, KEYS_PADDED_TO)
        queries, keys, values = apart[start : start + read].permute(1, 2, 0, 3).contiguous()
        scores = torch.bmm(queries * scale, keys.transpose(1, 2))
        scores[:, :, length:] = float("-inf")
        taken = torch.bmm(torch.softmax(scores, -1), values)
        context[start : start + length] = taken.transpose(0, 1)[:length]
        start += length
    return context.view(rows, width)


def packs(lengths: Sequence[int], tokens: int = PACK_TOKENS) -> list[list[int]]:
    """Places of texts, the longest first, put together up to so many tokens; a longer text is alone."""
    found: list[list[int]] = []
    room = 0
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        if not found or lengths[place] > room:
            found.append([])
            room = tokens
        found[-1].append(place)
        room -= lengths[place]
    return found


def _padded(count: int, multiple: int) -> int:
    return -(-count // multiple) * multiple

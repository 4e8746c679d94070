"""How good a reader is on questions beside their passages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from evals.training.reader.encoding import Encoded
from evals.training.reader.fit import collate
from evals.training.reader.network import ReaderNetwork, passage_mask, sentence_means
from vectorstore.sentence_embedder import has_fast_bfloat16

MOST_ANSWER_TOKENS = 20


@dataclass(frozen=True, slots=True)
class Read:
    """What the network says of one example.

    Attributes:
        start, end: tokens of the best span.
        span: its score over that of no answer, as logits.
        whole: the logit of the whole passage's answering.
        sentences: one logit a sentence.
    """

    start: int
    end: int
    span: float
    whole: float
    sentences: NDArray[np.float64]


def read_all(network: ReaderNetwork, examples: Sequence[Encoded], size: int = 64) -> list[Read]:
    """What the network says of each example, in their order."""
    order = sorted(range(len(examples)), key=lambda at: len(examples[at].ids))
    found: dict[int, Read] = {}
    with torch.no_grad():
        for first in range(0, len(order), size):
            part = order[first : first + size]
            batch = collate([examples[at] for at in part])
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_fast_bfloat16()):
                tokens, whole = network(batch.ids, batch.mask, batch.types)
            tokens = tokens.float()
            scores = tokens.masked_fill(~passage_mask(batch.sentences)[..., None], -1e4).numpy()
            means, _ = sentence_means(tokens[..., 2], batch.sentences, batch.evidence.shape[1])
            for row, at in enumerate(part):
                start, end, span = best_span(scores[row, :, 0], scores[row, :, 1])
                count = len(examples[at].evidence)
                found[at] = Read(start, end, span, float(whole[row]), means[row, :count].double().numpy())
    return [found[at] for at in range(len(examples))]


def best_span(starts: NDArray[Any], ends: NDArray[Any]) -> tuple[int, int, float]:
    """The best span of at most `MOST_ANSWER_TOKENS` tokens, and its score over that of none."""
    sums = starts[1:, None] + ends[None, 1:]
    allowed = np.triu(np.ones_like(sums, bool)) & ~np.triu(np.ones_like(sums, bool), MOST_ANSWER_TOKENS)
    flat = int(np.argmax(np.where(allowed, sums, -np.inf)))
    start, end = divmod(flat, sums.shape[1])
    return start + 1, end + 1, float(sums[start, end] - starts[0] - ends[0])


def report(examples: Sequence[Encoded], reads: Sequence[Read]) -> str:
    """By source: exact spans and their F1, how well answering or declining goes, sentences found."""
    lines = []
    for source in sorted({one.source for one in examples}):
        pairs = [(one, read) for one, read in zip(examples, reads, strict=True) if one.source == source]
        lines.append(f"{source:8} n {len(pairs):5} {_spans(pairs)} {_declining(pairs)} {_sentences(pairs)}")
    return "\n".join(lines)


def _spans(pairs: Sequence[tuple[Encoded, Read]]) -> str:
    asked = [(one, read) for one, read in pairs if one.answerable and one.starts[0] > 0]
    if not asked:
        return ""
    exact = np.mean([(read.start, read.end) in zip(one.starts, one.ends, strict=True) for one, read in asked])
    overlap = np.mean(
        [max(_overlap(read, s, e) for s, e in zip(one.starts, one.ends, strict=True)) for one, read in asked]
    )
    return f"exact {exact:.3f} F1 {overlap:.3f}"


def _overlap(read: Read, start: int, end: int) -> float:
    common = min(read.end, end) - max(read.start, start) + 1
    return max(0.0, 2 * common / (read.end - read.start + end - start + 2))


def _declining(pairs: Sequence[tuple[Encoded, Read]]) -> str:
    truth = np.array([one.answerable for one, _ in pairs], bool)
    if truth.all() or not truth.any():
        return ""
    parts = []
    for name, scores in (
        ("span", np.array([read.span for _, read in pairs])),
        ("whole", np.array([read.whole for _, read in pairs])),
        ("both", np.array([read.span / 2 + read.whole for _, read in pairs])),
    ):
        best = max(
            float(((scores >= cut) == truth).mean()) for cut in np.quantile(scores, np.linspace(0, 1, 60))
        )
        cut = np.quantile(scores[truth], 0.12)
        parts.append(f"{name} right {best:.3f} declines {(scores[~truth] < cut).mean():.3f} at .12")
    return "; ".join(parts)


def _sentences(pairs: Sequence[tuple[Encoded, Read]]) -> str:
    asked = [(one, read) for one, read in pairs if one.answerable and (one.evidence > 0).any()]
    if not asked:
        return ""
    first = np.mean([one.evidence[int(np.argmax(read.sentences))] == 1 for one, read in asked])
    return f"best sentence {first:.3f}"


__all__ = ["Read", "best_span", "read_all", "report"]

"""The training loop: batches of like length, bfloat16, a warm-up and a linear decay."""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from evals.training.reader.encoding import Encoded
from evals.training.reader.network import passage_mask, sentence_means
from vectorstore.sentence_embedder import has_fast_bfloat16

EVIDENCE_WEIGHT = 1.0
ANSWERABLE_WEIGHT = 0.5
POOL_BATCHES = 50
"""Examples are sorted by length within pools of so many batches."""

LENGTH_STEP = 32
"""Lengths are padded to multiples of this: kernels are compiled anew for every shape, which takes seconds."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to learn."""

    epochs: float
    batch: int = 32
    rate: float = 1e-4
    warm_up: float = 0.06
    decay: float = 0.01


@dataclass(frozen=True, slots=True)
class Batch:
    """B examples padded to L tokens and S sentences; fields as in `Encoded`."""

    ids: Tensor
    mask: Tensor
    types: Tensor
    sentences: Tensor
    evidence: Tensor
    answerable: Tensor
    starts: Tensor
    ends: Tensor


def collate(examples: Sequence[Encoded]) -> Batch:
    """Pad examples into one batch."""
    longest = max(len(one.ids) for one in examples)
    length = -(-longest // LENGTH_STEP) * LENGTH_STEP
    most = max(len(one.evidence) for one in examples)
    answers = max(len(one.starts) for one in examples)

    def padded(rows: Sequence[Sequence[int] | NDArray[np.int64]], width: int, fill: int) -> Tensor:
        return torch.tensor(np.array([list(row) + [fill] * (width - len(row)) for row in rows]))

    return Batch(
        ids=padded([one.ids for one in examples], length, 0),
        mask=padded([[1] * len(one.ids) for one in examples], length, 0),
        types=padded([one.types for one in examples], length, 0),
        sentences=padded([one.sentences for one in examples], length, -1),
        evidence=padded([one.evidence for one in examples], most, -1),
        answerable=torch.tensor([float(one.answerable) for one in examples]),
        starts=padded([one.starts for one in examples], answers, -1),
        ends=padded([one.ends for one in examples], answers, -1),
    )


def loss_of(network: nn.Module, batch: Batch) -> Tensor:
    """The sum of the three heads' losses."""
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_fast_bfloat16()):
        tokens, whole = network(batch.ids, batch.mask, batch.types)
    tokens, whole = tokens.float(), whole.float()
    allowed = passage_mask(batch.sentences)
    spans = _span_loss(tokens[..., 0], batch.starts, allowed) + _span_loss(
        tokens[..., 1], batch.ends, allowed
    )
    means, _ = sentence_means(tokens[..., 2], batch.sentences, batch.evidence.shape[1])
    known = batch.evidence >= 0
    evidence = functional.binary_cross_entropy_with_logits(
        means[known], batch.evidence[known].float(), pos_weight=torch.tensor(2.0)
    )
    answerable = functional.binary_cross_entropy_with_logits(whole, batch.answerable)
    return spans / 2 + EVIDENCE_WEIGHT * evidence + ANSWERABLE_WEIGHT * answerable


def _span_loss(scores: Tensor, targets: Tensor, allowed: Tensor) -> Tensor:
    """The negative log of the probability that falls on any acceptable position (Clark and Gardner 2018)."""
    logs = functional.log_softmax(scores.masked_fill(~allowed, -1e4), dim=-1)
    known = targets >= 0
    given = logs.gather(1, targets.clamp(min=0)).masked_fill(~known, -1e4)
    rows = known.any(dim=1)
    if not rows.any():
        return scores.sum() * 0
    return -torch.logsumexp(given[rows], dim=1).mean()


def batches(
    examples: Sequence[Encoded], size: int, chance: random.Random, workers: int = 1
) -> Iterator[list[list[Encoded]]]:
    """The examples in random batches, as many at a time as there are workers, all of like length."""
    order = list(examples)
    chance.shuffle(order)
    for at in range(0, len(order), size * POOL_BATCHES):
        pool = sorted(order[at : at + size * POOL_BATCHES], key=lambda one: len(one.ids))
        parts = [pool[start : start + size] for start in range(0, len(pool) - size + 1, size)]
        together = [parts[first : first + workers] for first in range(0, len(parts) - workers + 1, workers)]
        chance.shuffle(together)
        yield from together


@dataclass(frozen=True, slots=True)
class Worker:
    """One of several processes that train together, each on batches of its own.

    Cores that share one batch wait for each other at every operation, and all of them where one is taken
    away; gradients are averaged once a batch.
    """

    rank: int = 0
    count: int = 1


def fit(
    network: nn.Module,
    draw: Callable[[], Sequence[Encoded]],
    schedule: Schedule,
    say: Callable[[str], None],
    seed: int = 0,
    worker: Worker = Worker(),
) -> None:
    """Train in place.

    Args:
        network: a `ReaderNetwork`, or one that averages gradients with those of other workers.
        draw: gives an epoch's examples, the same ones to all workers.
        schedule: how long and how fast; the batch is one worker's.
        say: is told how it goes, about every minute.
        seed: of the order and of what is dropped out.
        worker: which of the workers this process is.
    """
    chance = random.Random(seed)
    torch.manual_seed(seed)
    first = draw()
    total = max(1, int(schedule.epochs * len(first) / (schedule.batch * worker.count)))
    optimizer = torch.optim.AdamW(network.parameters(), lr=schedule.rate, weight_decay=schedule.decay)
    scale = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _scale(step, total, schedule.warm_up))
    network.train()
    step, began, told, seen = 0, time.monotonic(), time.monotonic(), 0
    losses: list[float] = []
    examples: Sequence[Encoded] = first
    while step < total:
        for parts in batches(examples, schedule.batch, chance, worker.count):
            part = parts[worker.rank]
            loss = loss_of(network, collate(part))
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            scale.step()
            optimizer.zero_grad()
            losses.append(float(loss.detach()))
            step, seen = step + 1, seen + len(part) * worker.count
            if time.monotonic() - told > 60:
                rate = seen / (time.monotonic() - began)
                say(f"step {step}/{total} loss {np.mean(losses[-100:]):.3f} {rate:.1f} examples/s")
                told = time.monotonic()
            if step >= total:
                break
        examples = draw()
    network.eval()


def _scale(step: int, total: int, warm_up: float) -> float:
    before = max(1, int(total * warm_up))
    return min((step + 1) / before, max(0.0, (total - step) / max(1, total - before)))

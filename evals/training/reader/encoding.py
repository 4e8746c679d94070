"""Examples as token ids, with the targets of each head."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answerers.extractive.reader.passage_reader import (
    CLASSIFICATION,
    MOST_QUESTION_TOKENS,
    MOST_TITLE_TOKENS,
    MOST_TOKENS,
    SEPARATOR,
)
from evals.training.reader.examples import ReadingExample, Span
from ingest.sentences import split_sentences

SENTENCE_END_TOKENS = 3


@dataclass(frozen=True, slots=True)
class Encoded:
    """One example as the network reads it; every array has one entry a token, unless said otherwise.

    Attributes:
        starts, ends: token positions of the acceptable answers, 0 for none; -1 alone where unknown.
        sentences: the number of the token's sentence from 0, -1 outside the passage.
        evidence: one a sentence, 1 for one that answers, 0 for one that does not, -1 unknown.
        answerable: 1 or 0.
    """

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    sentences: NDArray[np.int64]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    evidence: NDArray[np.int64]
    answerable: int
    source: str


def encode(example: ReadingExample, tokenizer: Any) -> Encoded | None:
    """The example as tokens; None where its answer lies beyond the tokens that are read."""
    head = tokenizer.encode(example.question, add_special_tokens=False).ids[:MOST_QUESTION_TOKENS]
    title = tokenizer.encode(example.title, add_special_tokens=False).ids[:MOST_TITLE_TOKENS]
    passage = tokenizer.encode(example.text, add_special_tokens=False)
    prefix = [CLASSIFICATION, *head, SEPARATOR, *title, SEPARATOR]
    room = MOST_TOKENS - len(prefix) - 1
    offsets = passage.offsets[:room]
    ids = np.array([*prefix, *passage.ids[:room], SEPARATOR], np.int64)
    types = np.array([0] * (len(head) + 2) + [1] * (len(ids) - len(head) - 2), np.int64)
    spans = list(split_sentences(example.text))
    ranges = [(span.start, span.end) for span in spans]
    sentences = np.full(len(ids), -1, np.int64)
    sentences[len(prefix) : -1] = _sentence_numbers(offsets, ranges)
    starts, ends = _targets(example, offsets, len(prefix))
    if example.spans and not starts:
        return None
    return Encoded(
        ids,
        types,
        sentences,
        *((starts, ends) if example.knows_spans else ((-1,), (-1,))),
        _evidence(example, ranges),
        int(example.answerable),
        example.source,
    )


def _sentence_numbers(offsets: Sequence[Span], ranges: Sequence[Span]) -> list[int]:
    numbers, at = [], 0
    for start, _ in offsets:
        while at + 1 < len(ranges) and start >= ranges[at + 1][0]:
            at += 1
        numbers.append(at)
    return numbers


def _targets(
    example: ReadingExample, offsets: Sequence[Span], shift: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """First and last tokens of the answers; 0, the classification token, where nothing answers."""
    if not example.answerable:
        return (0,), (0,)
    found = []
    for start, end in example.spans:
        inside = [at for at, (first, last) in enumerate(offsets) if first < end and last > start]
        if inside and offsets[inside[-1]][1] >= end:
            found.append((inside[0] + shift, inside[-1] + shift))
    return tuple(start for start, _ in found), tuple(end for _, end in found)


def _evidence(example: ReadingExample, ranges: Sequence[Span]) -> NDArray[np.int64]:
    chosen = example.evidence or example.spans
    if example.answerable and not chosen:
        return np.full(len(ranges), -1, np.int64)
    return np.array(
        [
            int(
                any(
                    min(end, last) - max(start, first) > 0.5 * min(end - start, last - first)
                    for first, last in chosen
                )
            )
            for start, end in ranges
        ],
        np.int64,
    )

"""Synthetic passages and vectors, always the same for a seed: what is measured on them is said to be so."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.embedding import Vectors

PASSAGE_WORDS = 120
ARTICLES_READ = 1_000
CLUSTERS = 2_000
SPREAD = 1.0
"""How far a vector lies from its cluster's centre, as a multiple of the centre's length."""
DIMENSIONS = 384
CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class WordModel:
    """Words and how often each occurs: passages are drawn from it word by word."""

    words: tuple[str, ...]
    shares: NDArray[np.float64]

    @classmethod
    def of_articles(cls, corpus: Path) -> "WordModel":
        """The words of the first articles of a corpus.jsonl."""
        counts: Counter[str] = Counter()
        with corpus.open(encoding="utf-8") as lines:
            for _, line in zip(range(ARTICLES_READ), lines, strict=False):
                counts.update(re.findall(r"[a-z]+", json.loads(line)["text"].lower()))
        return cls.of_counts(counts)

    @classmethod
    def of_counts(cls, counts: "Counter[str]") -> "WordModel":
        """Shares in proportion to counts."""
        words, numbers = zip(*counts.most_common(), strict=True)
        shares = np.array(numbers, np.float64)
        return cls(words, shares / shares.sum())

    def passages(self, count: int, seed: int) -> Iterator[str]:
        """So many passages of `PASSAGE_WORDS` words."""
        draw = np.random.default_rng(seed)
        cumulated = np.cumsum(self.shares)
        for start in range(0, count, CHUNK):
            size = (min(CHUNK, count - start), PASSAGE_WORDS)
            places = np.minimum(np.searchsorted(cumulated, draw.random(size)), len(self.words) - 1)
            for row in places:
                yield " ".join(self.words[place] for place in row)


def vectors(count: int, seed: int, start: int = 0) -> Iterator[Vectors]:
    """Unit vectors around `CLUSTERS` random centres, in chunks of at most `CHUNK`; from the `start`th on."""
    centres = np.random.default_rng(0).standard_normal((CLUSTERS, DIMENSIONS), dtype=np.float32)
    for first in range(start, start + count, CHUNK):
        draw = np.random.default_rng((seed, first))
        size = min(CHUNK, start + count - first)
        drawn = centres[draw.integers(0, CLUSTERS, size)]
        moved = drawn + SPREAD * draw.standard_normal((size, DIMENSIONS), dtype=np.float32)
        yield np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), np.float32)

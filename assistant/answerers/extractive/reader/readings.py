"""What a reader says of a passage, and the Protocol that every reader meets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.retrieved import RetrievedPassage

NO_SCORE = -20.0
"""A logit that stands for "surely not"."""


class ReadSpan(NamedTuple):
    """A possible answer at `passage.text[start:end]`; `score` is its logit over that of no answer."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class PassageReading:
    """What a reader says of one passage.

    Attributes:
        answers: how far the passage answers the question, as a logit.
        offsets: (tokens, 2), where each token stands in the passage's text.
        evidence: (tokens,), logits; a sentence's evidence is the mean over its tokens.
        starts, ends: (tokens,), how far an answer begins or ends at a token, over that of no answer.
    """

    answers: float
    offsets: NDArray[np.int64]
    evidence: NDArray[np.float32]
    starts: NDArray[np.float32]
    ends: NDArray[np.float32]

    @property
    def knows_spans(self) -> bool:
        """Whether the reader tells spans; one that scores whole sentences does not."""
        return bool(self.starts.size) and float(self.starts.max()) > NO_SCORE

    def evidence_of(self, start: int, end: int) -> float:
        """The evidence of the sentence at these offsets into the passage's text, as a logit."""
        first, last = self._tokens(start, end)
        return float(self.evidence[first:last].mean()) if last > first else NO_SCORE

    def best_span(self, start: int, end: int, most_tokens: int = 20) -> ReadSpan | None:
        """The span between two offsets that answers best, None where no token stands there."""
        first, last = self._tokens(start, end)
        if last <= first:
            return None
        sums = self.starts[first:last, None] + self.ends[None, first:last]
        size = last - first
        ordered = np.triu(np.ones((size, size), bool)) & np.tri(size, k=most_tokens - 1, dtype=bool)
        at, until = divmod(int(np.argmax(np.where(ordered, sums, -np.inf))), size)
        return ReadSpan(
            int(self.offsets[first + at, 0]), int(self.offsets[first + until, 1]), float(sums[at, until])
        )

    def span_score(self, start: int, end: int) -> float:
        """The score of one span between two offsets, `NO_SCORE` where no token stands there."""
        first, last = self._tokens(start, end)
        return float(self.starts[first] + self.ends[last - 1]) if last > first else NO_SCORE

    def _tokens(self, start: int, end: int) -> tuple[int, int]:
        first = int(np.searchsorted(self.offsets[:, 1], start, side="right"))
        last = int(np.searchsorted(self.offsets[:, 0], end, side="left"))
        return first, last


class Reader(Protocol):
    """Reads passages with a question in mind; may be used from many threads."""

    @property
    def name(self) -> str:
        """What the reader is, for reports."""
        ...

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        """What it says of each passage, in their order."""
        ...

"""What the times of many questions come to, and the table of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.benchmarks.serving.asking import Asked

PERCENTILES = (50, 95, 99)
FIRST_WORDS_GOAL_MS = 100.0
HEADS = (
    "p50 / p95 / p99, ms",
    "questions",
    "passages",
    "first words",
    "answer",
    "first words in 100 ms",
    "processor ms a question",
)


@dataclass(frozen=True, slots=True)
class Times:
    """Percentiles of times in milliseconds, by percentile; empty where there was none."""

    at: Mapping[int, float]

    @classmethod
    def of(cls, seconds: Sequence[float | None]) -> "Times":
        """Of those that there are."""
        stated = [one for one in seconds if one is not None]
        return cls({one: 1000 * float(np.percentile(stated, one)) for one in PERCENTILES} if stated else {})

    def __str__(self) -> str:
        return " / ".join(f"{self.at[one]:,.0f}" for one in PERCENTILES) if self.at else "-"


@dataclass(frozen=True, slots=True)
class Figures:
    """Questions asked in one manner.

    Attributes:
        processor_ms: of the server, a question; whatever else it did meanwhile is in it.
        within_goal: the share of answers with text whose first words came within `FIRST_WORDS_GOAL_MS`.
        statuses: how many answers had each status.
    """

    name: str
    questions: int
    passages: Times
    first_words: Times
    answer: Times
    processor_ms: float
    within_goal: float
    statuses: Mapping[str, int]

    @classmethod
    def of(cls, name: str, asked: Sequence[Asked], processor_seconds: float) -> "Figures":
        """Gather the times of questions."""
        words = [one.first_words for one in asked if one.first_words is not None]
        in_time = sum(1000 * one <= FIRST_WORDS_GOAL_MS for one in words)
        return cls(
            name,
            len(asked),
            Times.of([one.passages for one in asked]),
            Times.of(words),
            Times.of([one.answer for one in asked]),
            1000 * processor_seconds / max(1, len(asked)),
            in_time / max(1, len(words)),
            dict(Counter(one.status for one in asked)),
        )


@dataclass(frozen=True, slots=True)
class Starts:
    """A server started several times: medians over the starts, in milliseconds.

    Attributes:
        ready: from starting the process to its first healthy reply.
        first, tenth: the whole answer to the first and to the tenth question that it was asked.
        later: the same for those after the tenth, the median of all.
    """

    times: int
    ready: float
    first: float
    tenth: float
    later: float
    firsts: tuple[float, ...]

    @classmethod
    def of(cls, ready: Sequence[float], asked: Sequence[Sequence[Asked]]) -> "Starts":
        """Gather what several starts took, each asked at least eleven questions."""
        answers = 1000 * np.array([[one.answer for one in some] for some in asked])
        first, tenth, later = (float(np.median(answers[:, part])) for part in (0, 9, slice(10, None)))
        firsts = tuple(float(one) for one in answers[:, 0])
        return cls(len(asked), 1000 * float(np.median(ready)), first, tenth, later, firsts)


def table(starts: Starts, measured: Sequence[Figures]) -> Iterator[str]:
    """The figures as Markdown."""
    yield f"| {starts.times} starts, median | ms |"
    yield "|---|---|"
    for name, value in (
        ("ready", starts.ready),
        ("first question", starts.first),
        ("tenth question", starts.tenth),
        ("later ones", starts.later),
    ):
        yield f"| {name} | {value:,.0f} |"
    yield ""
    yield f"| {' | '.join(HEADS)} |"
    yield "|---" * len(HEADS) + "|"
    for one in measured:
        cells = (one.name, one.questions, one.passages, one.first_words, one.answer, f"{one.within_goal:.0%}")
        yield f"| {' | '.join(map(str, cells))} | {one.processor_ms:.0f} |"

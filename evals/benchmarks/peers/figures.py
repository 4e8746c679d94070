"""The figures of a run: medians over its rounds, and ratios to Footnote's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np

from evals.benchmarks.news_questions import NewsQuestion
from evals.benchmarks.peers.rounds import Measured, Warm, WarmAnswers
from evals.benchmarks.resampling import Scores, estimate

DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Figures:
    """One system's figures: medians over rounds.

    Attributes:
        passage_words: mean words of the passages found: longer ones hold an answer more easily.
        cold_seconds: from starting a process to the first passage.
        answer_seconds: from starting a process to the cited answer; this, and the other figures that may be
            None, are of Footnote alone.
        help_seconds, version_seconds: from starting a process to the first line.
        read_p50_ms, read_p95_ms, read_peak_mb: of whole answers with the reader that ships.
        plain_p50_ms, plain_p95_ms: of whole answers without a reader.
        answered_share: of the questions, with the reader; the others were declined.
        hit_shares: by depth, the share of questions with an answer in the first passages.
        spread: by field, the lowest and the highest of the rounds.
        hit_intervals: by depth, the ends of the 95% interval of the share (bootstrap over questions).
    """

    articles_a_second: float
    passages_a_second: float
    articles_a_processor_second: float
    passages: int
    passage_words: float
    start_seconds: float
    cold_seconds: float
    cold_processor_seconds: float
    answer_seconds: float | None
    answer_processor_seconds: float | None
    help_seconds: float | None
    version_seconds: float | None
    warm_p50_ms: float
    warm_p95_ms: float
    warm_processor_ms: float
    read_p50_ms: float | None
    read_p95_ms: float | None
    plain_p50_ms: float | None
    plain_p95_ms: float | None
    answered_share: float | None
    ingest_peak_mb: float
    serve_peak_mb: float
    read_peak_mb: float | None
    index_mb: float
    hit_shares: Mapping[int, float]
    spread: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    hit_intervals: Mapping[int, tuple[float, float]] = field(default_factory=dict)


def figures(measured: Measured, questions: Sequence[NewsQuestion]) -> Figures:
    """Gather what was measured of a system."""
    rounds = _by_round(measured)
    medians: dict[str, Any] = {name: median(values) if values else None for name, values in rounds.items()}
    last = measured.warm[-1]
    hits = {depth: _hits(last.found, questions, depth) for depth in DEPTHS}
    intervals = {depth: estimate(values) for depth, values in hits.items() if values.size}
    return Figures(
        **medians,
        passages=measured.ingested[-1].passages,
        passage_words=_words(last),
        hit_shares={depth: hit_share(last.found, questions, depth) for depth in DEPTHS},
        spread={name: (min(values), max(values)) for name, values in rounds.items() if values},
        hit_intervals={depth: (one.low, one.high) for depth, one in intervals.items()},
    )


def _by_round(measured: Measured) -> dict[str, list[float]]:
    """By field of `Figures`, its readings; none where there is no such thing."""
    ingested, cold, answers, warm = measured.ingested, measured.cold, measured.answers, measured.warm
    read, plain = measured.read_answers, measured.plain_answers
    return {
        "articles_a_second": [one.articles / one.seconds for one in ingested],
        "passages_a_second": [one.passages / one.seconds for one in ingested],
        "articles_a_processor_second": [one.articles / one.processor_seconds for one in ingested],
        "start_seconds": [one.start_seconds for one in ingested],
        "cold_seconds": [one.seconds for one in cold],
        "cold_processor_seconds": [one.processor_seconds for one in cold],
        "answer_seconds": [one.seconds for one in answers],
        "answer_processor_seconds": [one.processor_seconds for one in answers],
        "help_seconds": [one.seconds for one in measured.helps],
        "version_seconds": [one.seconds for one in measured.versions],
        "warm_p50_ms": _percentiles(warm, 50),
        "warm_p95_ms": _percentiles(warm, 95),
        "warm_processor_ms": [1000 * one.processor_seconds / len(one.seconds) for one in warm],
        "read_p50_ms": _percentiles(read, 50),
        "read_p95_ms": _percentiles(read, 95),
        "plain_p50_ms": _percentiles(plain, 50),
        "plain_p95_ms": _percentiles(plain, 95),
        "answered_share": [1 - one.statuses.get("declined", 0) / len(one.seconds) for one in read],
        "read_peak_mb": [one.peak_bytes / 1e6 for one in read],
        "ingest_peak_mb": [one.peak_bytes / 1e6 for one in ingested],
        "serve_peak_mb": [one.peak_bytes / 1e6 for one in warm],
        "index_mb": [one.index_bytes / 1e6 for one in ingested],
    }


def _percentiles(asked: Sequence[Warm | WarmAnswers], percent: float) -> list[float]:
    """In milliseconds, of each."""
    return [1000 * float(np.percentile(one.seconds, percent)) for one in asked]


def hit_share(found: Sequence[Sequence[str]], questions: Sequence[NewsQuestion], depth: int) -> float:
    """The share of questions with an answer in any of the first `depth` passages found for them."""
    hits = _hits(found, questions, depth)
    return float(hits.mean()) if hits.size else 0.0


def _hits(found: Sequence[Sequence[str]], questions: Sequence[NewsQuestion], depth: int) -> Scores:
    hits = [
        any(question.is_answered_by(text) for text in texts[:depth])
        for question, texts in zip(questions, found, strict=True)
    ]
    return np.array(hits, np.float64)


def _words(warm: Warm) -> float:
    counts = [len(text.split()) for texts in warm.found for text in texts]
    return sum(counts) / len(counts) if counts else 0.0


def table(of: Mapping[str, Figures], first: str) -> Iterator[str]:
    """The figures as a Markdown table; in brackets how many times the figure of `first` each is."""
    yield "| | " + " | ".join(of) + " |"
    yield "|---" * (1 + len(of)) + "|"
    for label, form, values in _rows(of):
        base = values[first]
        cells = [_cell(value, base if name != first else None, form) for name, value in values.items()]
        yield f"| {label} | " + " | ".join(cells) + " |"


def spread_table(of: Mapping[str, Figures]) -> Iterator[str]:
    """How sure the figures are, as Markdown: lowest and highest round, for hits the 95% interval."""
    yield "| lowest and highest of the rounds; of answers found, the 95% interval | " + " | ".join(of) + " |"
    yield "|---" * (1 + len(of)) + "|"
    for label, form, name in NAMED:
        ends = [one.spread.get(name) for one in of.values()]
        if any(ends):
            yield f"| {label} | {' | '.join(_ends(one, form) for one in ends)} |"
    for depth in DEPTHS:
        ends = [one.hit_intervals.get(depth) for one in of.values()]
        yield f"| answer in the first {depth} | {' | '.join(_ends(one, '.3f') for one in ends)} |"


def _ends(ends: tuple[float, float] | None, form: str) -> str:
    return "-" if ends is None else f"{ends[0]:{form}} to {ends[1]:{form}}"


NAMED = (
    ("articles a second, start-up apart", ".2f", "articles_a_second"),
    ("articles a second of the processor", ".2f", "articles_a_processor_second"),
    ("passages a second", ".1f", "passages_a_second"),
    ("passages", ".0f", "passages"),
    ("words a passage found", ".0f", "passage_words"),
    ("cold start to the first passage, s", ".2f", "cold_seconds"),
    ("the same, processor s", ".2f", "cold_processor_seconds"),
    ("cold start to the cited answer, s", ".2f", "answer_seconds"),
    ("the same, processor s", ".2f", "answer_processor_seconds"),
    ("`footnote --help`, cold, s", ".2f", "help_seconds"),
    ("`footnote --version`, cold, s", ".2f", "version_seconds"),
    ("warm retrieval p50, ms", ".1f", "warm_p50_ms"),
    ("warm retrieval p95, ms", ".1f", "warm_p95_ms"),
    ("warm retrieval, processor ms", ".1f", "warm_processor_ms"),
    ("warm whole answer p50, ms", ".0f", "read_p50_ms"),
    ("warm whole answer p95, ms", ".0f", "read_p95_ms"),
    ("warm whole answer without a reader p50, ms", ".0f", "plain_p50_ms"),
    ("warm whole answer without a reader p95, ms", ".0f", "plain_p95_ms"),
    ("questions answered, not declined", ".3f", "answered_share"),
    ("peak memory ingesting, MB", ".0f", "ingest_peak_mb"),
    ("peak memory serving retrieval, MB", ".0f", "serve_peak_mb"),
    ("peak memory serving whole answers, MB", ".0f", "read_peak_mb"),
    ("index, MB", ".1f", "index_mb"),
)
"""Label, form and field of the figures that are measured in rounds, and of the passages."""


def _rows(of: Mapping[str, Figures]) -> Iterator[tuple[str, str, dict[str, float | None]]]:
    for label, form, name in NAMED:
        yield label, form, {system: getattr(one, name) for system, one in of.items()}
    for depth in DEPTHS:
        yield f"answer in the first {depth}", ".3f", {name: one.hit_shares[depth] for name, one in of.items()}


def _cell(value: float | None, base: float | None, form: str) -> str:
    if value is None:
        return "-"
    ratio = f" ({value / base:.2f}x)" if base else ""
    return f"{value:{form}}{ratio}"

"""The figures of a run: medians over its rounds, and ratios to Footnote's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from evals.benchmarks.news_questions import NewsQuestion
from evals.benchmarks.peers.rounds import Measured, Warm

DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Figures:
    """One system's figures: medians over rounds.

    Attributes:
        passage_words: mean words of the passages found: longer ones hold an answer more easily.
        cold_seconds: from starting a process to the first passage.
        answer_seconds: from starting a process to the cited answer; None where there is no such thing.
        hit_shares: by depth, the share of questions with an answer in the first passages.
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
    warm_p50_ms: float
    warm_p95_ms: float
    warm_processor_ms: float
    ingest_peak_mb: float
    serve_peak_mb: float
    index_mb: float
    hit_shares: Mapping[int, float]


def figures(measured: Measured, questions: Sequence[NewsQuestion]) -> Figures:
    """Gather what was measured of a system."""
    ingested, warm = measured.ingested, measured.warm
    return Figures(
        articles_a_second=median(one.articles / one.seconds for one in ingested),
        passages_a_second=median(one.passages / one.seconds for one in ingested),
        articles_a_processor_second=median(one.articles / one.processor_seconds for one in ingested),
        passages=ingested[-1].passages,
        passage_words=_words(warm[-1]),
        start_seconds=median(one.start_seconds for one in ingested),
        cold_seconds=median(one.seconds for one in measured.cold),
        cold_processor_seconds=median(one.processor_seconds for one in measured.cold),
        answer_seconds=_median_or_none([one.seconds for one in measured.answers]),
        answer_processor_seconds=_median_or_none([one.processor_seconds for one in measured.answers]),
        warm_p50_ms=1000 * median(float(np.percentile(one.seconds, 50)) for one in warm),
        warm_p95_ms=1000 * median(float(np.percentile(one.seconds, 95)) for one in warm),
        warm_processor_ms=1000 * median(one.processor_seconds / len(one.seconds) for one in warm),
        ingest_peak_mb=median(one.peak_bytes for one in ingested) / 1e6,
        serve_peak_mb=median(one.peak_bytes for one in warm) / 1e6,
        index_mb=median(one.index_bytes for one in ingested) / 1e6,
        hit_shares={depth: hit_share(warm[-1].found, questions, depth) for depth in DEPTHS},
    )


def hit_share(found: Sequence[Sequence[str]], questions: Sequence[NewsQuestion], depth: int) -> float:
    """The share of questions with an answer in any of the first `depth` passages found for them."""
    hits = [
        any(question.is_answered_by(text) for text in texts[:depth])
        for question, texts in zip(questions, found, strict=True)
    ]
    return sum(hits) / len(hits) if hits else 0.0


def _words(warm: Warm) -> float:
    counts = [len(text.split()) for texts in warm.found for text in texts]
    return sum(counts) / len(counts) if counts else 0.0


def _median_or_none(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def table(of: Mapping[str, Figures], first: str) -> Iterator[str]:
    """The figures as a Markdown table; in brackets how many times the figure of `first` each is."""
    yield "| | " + " | ".join(of) + " |"
    yield "|---" * (1 + len(of)) + "|"
    for label, form, values in _rows(of):
        base = values[first]
        cells = [_cell(value, base if name != first else None, form) for name, value in values.items()]
        yield f"| {label} | " + " | ".join(cells) + " |"


def _rows(of: Mapping[str, Figures]) -> Iterator[tuple[str, str, dict[str, float | None]]]:
    named = (
        ("articles a second, start-up apart", ".2f", "articles_a_second"),
        ("articles a second of the processor", ".2f", "articles_a_processor_second"),
        ("passages a second", ".1f", "passages_a_second"),
        ("passages", ".0f", "passages"),
        ("words a passage found", ".0f", "passage_words"),
        ("cold start to the first passage, s", ".2f", "cold_seconds"),
        ("the same, processor s", ".2f", "cold_processor_seconds"),
        ("cold start to the cited answer, s", ".2f", "answer_seconds"),
        ("the same, processor s", ".2f", "answer_processor_seconds"),
        ("warm retrieval p50, ms", ".1f", "warm_p50_ms"),
        ("warm retrieval p95, ms", ".1f", "warm_p95_ms"),
        ("warm retrieval, processor ms", ".1f", "warm_processor_ms"),
        ("peak memory ingesting, MB", ".0f", "ingest_peak_mb"),
        ("peak memory serving, MB", ".0f", "serve_peak_mb"),
        ("index, MB", ".1f", "index_mb"),
    )
    for label, form, name in named:
        yield label, form, {system: getattr(one, name) for system, one in of.items()}
    for depth in DEPTHS:
        yield f"answer in the first {depth}", ".3f", {name: one.hit_shares[depth] for name, one in of.items()}


def _cell(value: float | None, base: float | None, form: str) -> str:
    if value is None:
        return "-"
    ratio = f" ({value / base:.2f}x)" if base else ""
    return f"{value:{form}}{ratio}"

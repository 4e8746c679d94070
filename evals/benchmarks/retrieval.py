"""How often the first passages hold the answer: `python -m evals.benchmarks.retrieval DATA --year 2022`.

DATA is a folder as `evals.benchmarks.news_questions` describes it. The year's articles are ingested into a
home folder as `footnote ingest` does it, or found there by a second run. Each question is searched for by
keywords alone, by vectors alone, and with `Index.search` in three ways: without regard to dates, with its
default preference for newer articles, and with the day that the question was asked on. A question counts at k
when any of the first k passages holds one of its answers.

Differences come with the 95% interval of the paired bootstrap over questions (Efron 1979); the p-value is
twice the smaller share of resamples on either side of zero.
"""

import argparse
import json
import platform
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.benchmarks.news_questions import NewsQuestion, NewsSource, read_questions
from vectorstore.catalogue import FILE_NAME, Catalogue
from vectorstore.dense import DenseSide
from vectorstore.embedding import Embedder, QueryEncoder, open_embedder
from vectorstore.encoders import QueryEncoders
from vectorstore.index import Index
from vectorstore.keyword_side import KeywordSide
from vectorstore.query import Filters, Query
from vectorstore.sync import ingest_source

DEPTHS = (1, 3, 5, 10, 20)
RANKED = max(DEPTHS)
COMPARED_DEPTHS = (1, 5, 10)
TIMED_LIMIT = 10
RESAMPLES = 10_000
NOT_FOUND = 1_000_000
KEYWORDS, VECTORS, UNDATED, NEWEST, DATED = (
    "BM25 alone",
    "dense alone",
    "fused, no date",
    "fused, newest (default)",
    "fused, question's date",
)

Ranks = NDArray[np.int64]
"""For each question the rank, from 1, of the first passage that answers it; `NOT_FOUND` where none does."""
Search = Callable[[NewsQuestion], Sequence[str]]
"""From a question to the texts of the passages that are found for it, best first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Between the shares of questions that two searches answer within `depth` passages; p from 0 to 1."""

    search: str
    against: str
    depth: int
    difference: float
    low: float
    high: float
    p: float


@dataclass(frozen=True, slots=True)
class Result:
    """What a run measured.

    Attributes:
        shares: by search, the share of questions answered within each of `DEPTHS`, as text keys.
        mean_reciprocal_rank: by search, over the first `RANKED` passages.
        milliseconds: median time of `Index.search` with its default preference and `TIMED_LIMIT` passages.
    """

    questions: int
    articles: int
    passages: int
    shares: Mapping[str, Mapping[str, float]]
    mean_reciprocal_rank: Mapping[str, float]
    differences: tuple[Difference, ...]
    milliseconds: float


def ingest(folder: Path, year: str, home: Path, open_model: Callable[[], Embedder] = open_embedder) -> None:
    """Put the year's articles into the home unless so many are there already."""
    source = NewsSource(folder, year)
    if (home / FILE_NAME).exists():
        with Index.open(home) as index:
            if index.count_articles() == source.count_hint():
                return
    embedder = open_model()
    with Index.create_or_open(home, embedder) as index:
        report = ingest_source(index, embedder, source)
    print(f"{report.added} articles, {report.passages} passages in {report.seconds:.0f} s")
    for failure in report.failed:
        print(f"left out: {failure.location}: {failure.reason}")


@contextmanager
def searches(home: Path, encoder: QueryEncoder | None = None) -> Iterator[dict[str, Search]]:
    """Every way of searching the index in a home, by name; by default with the encoder that belongs to it."""
    catalogue = Catalogue.open(home)
    keywords, dense = KeywordSide(catalogue, home), DenseSide(catalogue, home)
    encoder = QueryEncoders(home, encoder).of(catalogue.identity)

    def texts(ids: Sequence[str]) -> list[str]:
        held = catalogue.held_passages(ids)
        return [held[id_].passage.text for id_ in ids]

    def by_keywords(question: NewsQuestion) -> list[str]:
        return texts([hit.id for hit in keywords.search(question.text, RANKED, Filters())])

    def by_vectors(question: NewsQuestion) -> list[str]:
        vector = encoder.encode_query(question.text)
        return texts([hit.id for hit in dense.search(vector, RANKED, Filters())])

    with Index.open(home, encoder=encoder) as index:
        yield {KEYWORDS: by_keywords, VECTORS: by_vectors, **fused_searches(index)}
    dense.close()
    catalogue.close()


def fused_searches(index: Index) -> dict[str, Search]:
    """`Index.search` with each of its preferences for dates."""

    def search(query: Query) -> list[str]:
        return [found.passage.text for found in index.search(query, RANKED)]

    return {
        UNDATED: lambda question: search(Query(question.text, prefers_recent=False)),
        NEWEST: lambda question: search(Query(question.text)),
        DATED: lambda question: search(Query(question.text, as_of=question.day)),
    }


def ranks(search: Search, questions: Sequence[NewsQuestion]) -> Ranks:
    """Where a search first finds an answer to each question."""
    return np.array([_first_answer(question, search(question)) for question in questions], np.int64)


def _first_answer(question: NewsQuestion, passages: Sequence[str]) -> int:
    answering = (rank for rank, text in enumerate(passages, 1) if question.is_answered_by(text))
    return next(answering, NOT_FOUND)


def reciprocal(found: Ranks) -> float:
    """The mean reciprocal rank; a question without an answer among the passages counts 0."""
    return float(np.where(found == NOT_FOUND, 0.0, 1.0 / found).mean())


def difference(found: Mapping[str, Ranks], search: str, against: str, depth: int) -> Difference:
    """Compare two searches at a depth, question by question."""
    gains = (found[search] <= depth).astype(float) - (found[against] <= depth)
    drawn = np.random.default_rng(0).integers(0, len(gains), (RESAMPLES, len(gains)))
    means = gains[drawn].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    tail = 1 + min(np.count_nonzero(means <= 0), np.count_nonzero(means >= 0))
    p = min(1.0, 2 * float(tail) / (1 + RESAMPLES))
    return Difference(search, against, depth, float(gains.mean()), float(low), float(high), p)


def measure(home: Path, questions: Sequence[NewsQuestion], encoder: QueryEncoder | None = None) -> Result:
    """Ask every question in every way."""
    with searches(home, encoder) as ways:
        found = {name: ranks(search, questions) for name, search in ways.items()}
    with Index.open(home, encoder=encoder) as index:
        times = list(_seconds(index, questions))
        return Result(
            questions=len(questions),
            articles=index.count_articles(),
            passages=index.passage_count(),
            shares={
                name: {str(depth): float((one <= depth).mean()) for depth in DEPTHS}
                for name, one in found.items()
            },
            mean_reciprocal_rank={name: reciprocal(one) for name, one in found.items()},
            differences=tuple(
                difference(found, search, against, depth)
                for search in (UNDATED, NEWEST, DATED)
                for against in (KEYWORDS, VECTORS)
                for depth in COMPARED_DEPTHS
            ),
            milliseconds=1000 * median(times),
        )


def _seconds(index: Index, questions: Sequence[NewsQuestion]) -> Iterator[float]:
    index.prepare()
    for question in questions:
        began = time.perf_counter()
        index.search(Query(question.text), TIMED_LIMIT)
        yield time.perf_counter() - began


def table(result: Result) -> Iterator[str]:
    """The result as lines of text."""
    yield f"{result.questions} questions, {result.articles} articles, {result.passages} passages"
    heads = [*(f"@{depth}" for depth in DEPTHS), "MRR"]
    yield f"{'search':<26}{''.join(f'{head:>8}' for head in heads)}"
    for name, shares in result.shares.items():
        figures = [*shares.values(), result.mean_reciprocal_rank[name]]
        yield f"{name:<26}{''.join(f'{figure:>8.3f}' for figure in figures)}"
    for one in result.differences:
        yield (
            f"{one.search} - {one.against} @{one.depth}: {one.difference:+.3f} "
            f"[{one.low:+.3f}, {one.high:+.3f}] p={one.p:.4f}"
        )
    yield f"median of a search for {TIMED_LIMIT} passages: {result.milliseconds:.0f} ms"


def as_json(result: Result, year: str) -> dict[str, Any]:
    """The result with what it was measured on."""
    machine = {"processor": platform.machine(), "python": platform.python_version()}
    return {"year": year, "at": datetime.now(UTC).isoformat(), "machine": machine, **asdict(result)}


def default_home(year: str) -> Path:
    """Where the index of a year is kept."""
    from platformdirs import user_cache_path

    return user_cache_path("footnote", appauthor=False) / "benchmarks" / f"news-{year}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Ingest, measure, print, and write the result as JSON into the home."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.retrieval")
    parser.add_argument("data", type=Path, help="folder with corpus.jsonl and queries.jsonl")
    parser.add_argument("--year", required=True, help="of the articles and questions")
    parser.add_argument("--home", type=Path, help="folder of the index, kept (default: in the user's cache)")
    parser.add_argument(
        "--questions", type=Path, help="file with the ids of the questions to ask, one a line"
    )
    given = parser.parse_args(arguments)
    wanted = None if given.questions is None else given.questions.read_text("utf-8").split()
    home = given.home or default_home(given.year)
    ingest(given.data, given.year, home)
    result = measure(home, read_questions(given.data, given.year, wanted))
    print("\n".join(table(result)))
    (home / "retrieval.json").write_text(json.dumps(as_json(result, given.year), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

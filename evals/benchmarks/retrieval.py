"""How often the first passages hold the answer: `python -m evals.benchmarks.retrieval DATA --year 2022`.

DATA is a folder as `evals.benchmarks.news_questions` describes it. The year's articles are ingested into a
home folder as `footnote ingest` does it, or found there by a second run; an index of other articles that the
home holds is asked as it is. Each question is searched for by keywords alone, by vectors alone, by the plain
fusion of the two rankings, with `Index.search` in three ways: without regard to dates, with its default
preference for newer articles, and with the day that the question was asked on; the last once more with its
first passages ordered by the reader; and as the assistant does it all, who also reads what the question says
about time and leaves out what was published after its day. A question counts at k when any of the first k
passages holds one of its answers.

Every figure has the 95% interval of the bootstrap over questions, differences that of the paired one. For the
year whose figures others are known for, their rows stand under those measured here.
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

from assistant.answerers import open_answerer
from assistant.answerers.base import UnderstoodQuestion
from assistant.core import PASSAGES_READ, Assistant
from assistant.evidence import IndexEvidence
from assistant.searching import in_order
from assistant.settings import Settings
from evals.benchmarks.news_questions import NewsQuestion, NewsSource, read_questions
from evals.benchmarks.resampling import Estimate, Scores, estimates
from evals.datasets.realtimeqa import DATA_SET as REALTIMEQA
from evals.datasets.realtimeqa import PUBLISHED_YEAR
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
NOT_FOUND = 1_000_000
MRR = "MRR"
KEYWORDS, VECTORS, PLAIN, UNDATED, NEWEST, DATED, READ, ASSISTANT = (
    "BM25 alone",
    "dense alone",
    "reciprocal rank fusion",
    "fused, no date",
    "fused, newest (default)",
    "fused, question's date",
    "the same, read",
    "as the assistant does it",
)
BASELINES = (KEYWORDS, VECTORS, PLAIN)
FUSED_DEPTH, FUSION_CONSTANT = 100, 10
"""Passages of each side that plain fusion sees, and its k (Cormack, Clarke and Buettcher 2009)."""

Ranks = NDArray[np.int64]
"""For each question the rank, from 1, of the first passage that answers it; `NOT_FOUND` where none does."""
Search = Callable[[NewsQuestion], Sequence[str]]
"""From a question to the texts of the passages that are found for it, best first."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Between two searches, in the share of questions answered within `depth` passages, or in MRR (None)."""

    search: str
    against: str
    depth: int | None
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
        intervals: by search and figure ("@1", "MRR"), the ends of its 95% interval.
        milliseconds: median time of `Index.search` with its default preference and `TIMED_LIMIT` passages.
    """

    questions: int
    articles: int
    passages: int
    shares: Mapping[str, Mapping[str, float]]
    mean_reciprocal_rank: Mapping[str, float]
    intervals: Mapping[str, Mapping[str, tuple[float, float]]]
    differences: tuple[Difference, ...]
    milliseconds: float


def ingest(folder: Path, year: str, home: Path, open_model: Callable[[], Embedder] = open_embedder) -> None:
    """Put the year's articles into the home, unless so many are there already or it holds others."""
    source = NewsSource(folder, year)
    if (home / FILE_NAME).exists():
        with Index.open(home) as index:
            known = index.articles(limit=1)
            others = bool(known) and not known[0].location.startswith(source.key)
            if others or index.count_articles() >= source.count_hint():
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

    def by_keywords(question: NewsQuestion, limit: int = RANKED) -> list[str]:
        return [hit.id for hit in keywords.search(question.text, limit, Filters())]

    def by_vectors(question: NewsQuestion, limit: int = RANKED) -> list[str]:
        vector = encoder.encode_query(question.text)
        return [hit.id for hit in dense.search(vector, limit, Filters())]

    def by_both(question: NewsQuestion) -> list[str]:
        sides = (by_keywords(question, FUSED_DEPTH), by_vectors(question, FUSED_DEPTH))
        return reciprocal_rank_fusion(sides)[:RANKED]

    with Index.open(home, encoder=encoder) as index:
        yield {
            KEYWORDS: lambda question: texts(by_keywords(question)),
            VECTORS: lambda question: texts(by_vectors(question)),
            PLAIN: lambda question: texts(by_both(question)),
            **fused_searches(index),
            **read_searches(index, home),
        }
    dense.close()
    catalogue.close()


def reciprocal_rank_fusion(rankings: Sequence[Sequence[str]]) -> list[str]:
    """The ids of all rankings, by the sum of 1 / (k + rank) over those that have them, best first."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, id_ in enumerate(ranking, start=1):
            scores[id_] = scores.get(id_, 0.0) + 1 / (FUSION_CONSTANT + rank)
    return sorted(scores, key=lambda id_: -scores[id_])


def read_searches(index: Index, home: Path) -> dict[str, Search]:
    """The dated search in the order of its reading, and what `Assistant.retrieve` gives of the same."""
    settings = Settings(home=home, model=None)
    assistant = Assistant(index, open_answerer(settings), settings)
    evidence = IndexEvidence(index)

    def read(question: NewsQuestion) -> list[str]:
        found = index.search(Query(question.text, as_of=question.day), RANKED)
        day = question.day or datetime.now(UTC).date()
        asked = UnderstoodQuestion(question.text, question.text, day, asked_on=question.day)
        order = assistant.answerer.order(asked, found[:PASSAGES_READ], evidence)
        return [item.passage.text for item in in_order(order, found)]

    def assist(question: NewsQuestion) -> list[str]:
        found = assistant.retrieve(question.text, as_of=question.day, limit=RANKED, reads=True)
        return [item.passage.text for item in found]

    return {READ: read, ASSISTANT: assist}


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


def scores_of(found: Ranks) -> dict[str, Scores]:
    """What each question adds to each figure of a search: "@1" to "@20", "MRR".

    A question without an answer among the passages adds 0 to the mean reciprocal rank.
    """
    hits = {f"@{depth}": (found <= depth).astype(float) for depth in DEPTHS}
    return hits | {MRR: np.where(found == NOT_FOUND, 0.0, 1.0 / found)}


def differences(
    found: Mapping[str, Ranks], searches: Sequence[str], against: Sequence[str]
) -> tuple[Difference, ...]:
    """Compare searches with others, question by question."""
    scores = {name: scores_of(found[name]) for name in (*searches, *against)}
    depths: tuple[int | None, ...] = (*COMPARED_DEPTHS, None)
    compared = [(search, other, depth) for search in searches for other in against for depth in depths]
    gains = {repr(one): scores[one[0]][_figure(one[2])] - scores[one[1]][_figure(one[2])] for one in compared}
    estimated = estimates(gains).values()
    return tuple(
        Difference(*one, gain.value, gain.low, gain.high, gain.p)
        for one, gain in zip(compared, estimated, strict=True)
    )


def _figure(depth: int | None) -> str:
    return MRR if depth is None else f"@{depth}"


def measure(home: Path, questions: Sequence[NewsQuestion], encoder: QueryEncoder | None = None) -> Result:
    """Ask every question in every way."""
    with searches(home, encoder) as ways:
        found = {name: ranks(search, questions) for name, search in ways.items()}
    figures = {name: estimates(scores_of(one)) for name, one in found.items()}
    with Index.open(home, encoder=encoder) as index:
        return Result(
            questions=len(questions),
            articles=index.count_articles(),
            passages=index.passage_count(),
            shares={
                name: {str(depth): one[f"@{depth}"].value for depth in DEPTHS}
                for name, one in figures.items()
            },
            mean_reciprocal_rank={name: one[MRR].value for name, one in figures.items()},
            intervals={name: _intervals(one) for name, one in figures.items()},
            differences=differences(found, (UNDATED, NEWEST, DATED, READ, ASSISTANT), BASELINES),
            milliseconds=1000 * median(_seconds(index, questions)),
        )


def _intervals(figures: Mapping[str, Estimate]) -> dict[str, tuple[float, float]]:
    return {name: (one.low, one.high) for name, one in figures.items()}


def _seconds(index: Index, questions: Sequence[NewsQuestion]) -> Iterator[float]:
    index.prepare()
    for question in questions:
        began = time.perf_counter()
        index.search(Query(question.text), TIMED_LIMIT)
        yield time.perf_counter() - began


def table(result: Result, year: str = "") -> Iterator[str]:
    """The result as Markdown: each figure with its interval, others' rows under them, the differences."""
    yield f"{result.questions} questions, {result.articles} articles, {result.passages} passages"
    yield ""
    heads = [*(f"@{depth}" for depth in DEPTHS), MRR]
    yield f"| search | {' | '.join(heads)} |"
    yield "|---" * (1 + len(heads)) + "|"
    for name, shares in result.shares.items():
        values = [*shares.values(), result.mean_reciprocal_rank[name]]
        ends = result.intervals[name]
        cells = (
            f"{value:.3f} [{ends[head][0]:.3f}, {ends[head][1]:.3f}]"
            for head, value in zip(heads, values, strict=True)
        )
        yield f"| {name} | {' | '.join(cells)} |"
    yield from _others(year)
    yield ""
    yield from _difference_rows(result.differences)
    yield ""
    yield f"median of a search for {TIMED_LIMIT} passages: {result.milliseconds:.0f} ms"


def _difference_rows(differences: Sequence[Difference]) -> Iterator[str]:
    heads = list(dict.fromkeys(_figure(one.depth) for one in differences))
    yield f"| difference | {' | '.join(heads)} |"
    yield "|---" * (1 + len(heads)) + "|"
    for search, against in dict.fromkeys((one.search, one.against) for one in differences):
        cells = (
            f"{one.difference:+.3f} [{one.low:+.3f}, {one.high:+.3f}] p {one.p:.3f}"
            for one in differences
            if (one.search, one.against) == (search, against)
        )
        yield f"| {search} - {against} | {' | '.join(cells)} |"


def _others(year: str) -> Iterator[str]:
    """Rows of what others reached on the questions of a year."""
    names = [*(f"passages_answer_hit_{depth}" for depth in DEPTHS), "passages_answer_mrr"]
    rows = [one for one in REALTIMEQA.published if names[0] in one.figures] if year == PUBLISHED_YEAR else []
    for one in rows:
        yield f"| known: {one.system} | {' | '.join(f'{one.figures[name]:.3f}' for name in names)} |"
    if rows:
        yield f"\nknown: {rows[0].source}"


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
    parser.add_argument(
        "--out", type=Path, help="file for the result as JSON (default: retrieval.json in the home)"
    )
    given = parser.parse_args(arguments)
    wanted = None if given.questions is None else given.questions.read_text("utf-8").split()
    home = given.home or default_home(given.year)
    ingest(given.data, given.year, home)
    result = measure(home, read_questions(given.data, given.year, wanted))
    print("\n".join(table(result, given.year)))
    file = given.out or home / "retrieval.json"
    file.write_text(json.dumps(as_json(result, given.year), indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()

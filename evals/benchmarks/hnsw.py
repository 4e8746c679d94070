"""Settings of Chroma's graph on real vectors: `python -m evals.benchmarks.hnsw HOME DATA`.

HOME holds an index whose vectors are used, DATA the questions of a year (see `news_questions`). For each
setting a Chroma folder is filled with the index's vectors and asked for the ten passages nearest to each
question; recall is the share of the ten that exact search finds.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.benchmarks.news_questions import read_questions
from evals.benchmarks.scale.trial import mean_recall
from vectorstore.catalogue import Catalogue
from vectorstore.chroma import ChromaVectorStore
from vectorstore.embedding import Vectors
from vectorstore.encoders import QueryEncoders
from vectorstore.query import Filters
from vectorstore.vectors import nearest

NEAREST = 10
SETTINGS: Mapping[str, Mapping[str, str | int]] = {
    "Chroma's own (16, 100, 100)": {"space": "cosine"},
    "16, 100, 200": {"space": "cosine", "ef_construction": 100, "ef_search": 200},
    "16, 200, 100": {"space": "cosine", "ef_construction": 200, "ef_search": 100},
    "16, 200, 200 (the product's)": {"space": "cosine", "ef_construction": 200, "ef_search": 200},
    "32, 200, 200": {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 200},
}
"""By name (neighbours, effort when building, effort when searching)."""


@dataclass(frozen=True, slots=True)
class Held:
    """All vectors of an index, (len(ids), dimensions), and those of the questions."""

    ids: tuple[str, ...]
    vectors: Vectors
    questions: Vectors


def read(home: Path, data: Path, year: str) -> Held:
    """The vectors of an index and of a year's questions."""
    catalogue = Catalogue.open(home)
    stored = list(catalogue.all_vectors())
    encoder = QueryEncoders(home, None).of(catalogue.identity)
    asked = np.stack([encoder.encode_query(question.text) for question in read_questions(data, year)])
    catalogue.close()
    ids = tuple(id_ for one in stored for id_ in one.ids)
    return Held(ids, np.concatenate([one.vectors for one in stored]), asked)


def rows(held: Held) -> Iterator[str]:
    """A row of a Markdown table for each setting."""
    wanted = [[hit.id for hit in nearest(held.ids, held.vectors, one, NEAREST)] for one in held.questions]
    yield "| neighbours, building, searching | recall@10 | written/s | processor ms a query | p50, ms |"
    yield "|---|---|---|---|---|"
    for name, setting in SETTINGS.items():
        with tempfile.TemporaryDirectory() as folder:
            yield f"| {name} | {_measured(held, wanted, setting, Path(folder))} |"


def _measured(
    held: Held, wanted: Sequence[Sequence[str]], setting: Mapping[str, str | int], folder: Path
) -> str:
    from evals.benchmarks.scale.engines import NO_FACTS

    store = ChromaVectorStore(folder, held.vectors.shape[1], setting)
    began = time.perf_counter()
    store.add(held.ids, held.vectors, [NO_FACTS] * len(held.ids))
    rate = len(held.ids) / (time.perf_counter() - began)
    store.search(held.questions[0], NEAREST, Filters())
    worked, seconds, found = time.process_time(), [], []
    for one in held.questions:
        began = time.perf_counter()
        found.append([hit.id for hit in store.search(one, NEAREST, Filters())])
        seconds.append(time.perf_counter() - began)
    processor = 1000 * (time.process_time() - worked) / len(found)
    store.close()
    p50 = 1000 * float(np.median(seconds))
    return f"{mean_recall(found, wanted):.4f} | {rate:,.0f} | {processor:.2f} | {p50:.2f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every setting and print the table."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.hnsw")
    parser.add_argument("home", type=Path, help="folder of the index")
    parser.add_argument("data", type=Path, help="folder with queries.jsonl")
    parser.add_argument("--year", default="2022", help="of the questions")
    given = parser.parse_args(arguments)
    held = read(given.home, given.data, given.year)
    print(f"{len(held.ids)} vectors, {len(held.questions)} questions", flush=True)
    for row in rows(held):
        print(row, flush=True)


if __name__ == "__main__":
    main()

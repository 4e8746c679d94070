"""A large index of Footnote's: `python -m evals.benchmarks.peers.drivers.footnote_growth JOB DATA PASSAGES`.

Ingests the articles of JOB and then, in their order, the others of DATA, of all years, until the index holds
PASSAGES passages or there are no more. What is being embedded by then still comes in, so there are some
hundreds more. Tells on stderr how far it is; prints one line.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.benchmarks.news_questions import article_rows, corpus_article
from evals.benchmarks.peers.drivers.footnote_driver import corpus_articles
from evals.benchmarks.peers.drivers.protocol import Document, Job, peak_bytes, peak_bytes_with_children
from evals.corpus import Corpus, CorpusArticle
from vectorstore.progress import SilentProgress

SECONDS_BETWEEN_LINES = 10.0


class LineProgress(SilentProgress):
    """Tells how many passages there are, and when there will be enough."""

    def __init__(self, wanted: int) -> None:
        self._wanted = wanted
        self._written = 0
        self._began = self._said = time.perf_counter()

    def passages(self, count: int) -> None:
        """So many more passages are in the index."""
        self._written += count
        now = time.perf_counter()
        if now - self._said > SECONDS_BETWEEN_LINES:
            self._said = now
            pace = self._written / (now - self._began)
            left = max(0, self._wanted - self._written) / pace / 60
            so_far = f"{self._written:,} of {self._wanted:,} passages"
            sys.stderr.write(f"  {so_far}, {pace:.0f} a second, {left:.1f} minutes more\n")


def until_enough(
    first: Sequence[Document], data: Path, is_enough: Callable[[], bool]
) -> Iterator[CorpusArticle]:
    """The first articles, all of them, and then others until there is enough."""
    yield from corpus_articles(first)
    met = {one.id for one in first}
    for row in article_rows(data, ""):
        if is_enough():
            return
        if row["_id"] not in met:
            met.add(row["_id"])
            yield corpus_article(row)


def grow(home: Path, first: Sequence[Document], data: Path, passages: int) -> dict[str, Any]:
    """Ingest into an empty home; what was ingested and what it took, as a driver says it."""
    began = time.perf_counter()
    from vectorstore.embedding import open_embedder
    from vectorstore.index import Index
    from vectorstore.sync import ingest_source

    embedder = open_embedder()
    with Index.create_or_open(home, embedder) as index:
        source = Corpus(
            "peers",
            "peers:",
            "",
            len(first),
            lambda: until_enough(first, data, lambda: index.passage_count() >= passages),
        )
        opened_bytes = peak_bytes_with_children()
        opened, worked = time.perf_counter(), time.process_time()
        report = ingest_source(index, embedder, source, progress=LineProgress(passages))
        ended, done = time.perf_counter(), time.process_time()
    for failure in report.failed:
        sys.stderr.write(f"  {failure}\n")
    return {
        "articles": report.added,
        "passages": report.passages,
        "start_seconds": opened - began,
        "seconds": ended - opened,
        "processor_seconds": done - worked,
        "peak_bytes": max(peak_bytes(), opened_bytes),
    }


def main() -> None:
    """Do what the command line says."""
    job, data, passages = Job.read(Path(sys.argv[1])), Path(sys.argv[2]), int(sys.argv[3])
    said = grow(job.home, job.documents(), data, passages)
    sys.stdout.write("\n" + json.dumps(said) + "\n")


if __name__ == "__main__":
    main()

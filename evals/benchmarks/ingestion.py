"""Memory, speed and what readers feel while a large source is ingested, with an embedder that costs nothing.

Run `python -m evals.benchmarks.ingestion --articles 2000`.

Articles are made up one after the other, so the source itself takes no memory. A process of its own ingests
them twice, the second time with nothing to do; this one reads its resident memory and meanwhile uses the
index as a reader does, taking the time of every reading.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ingest.document import RawDocument, ReadFailure
from vectorstore.embedding import EmbedderIdentity, Vectors
from vectorstore.index import Index
from vectorstore.sync import ingest_source

DIMENSIONS = 384
WORDS_AN_ARTICLE = 600
SECONDS_BETWEEN_READINGS = 0.005
MEGABYTE = 1_000_000
_WORDS = np.array([f"word{number}" for number in range(20_000)])


class HashEmbedder:
    """A direction for each text, drawn by its checksum; meets `Embedder`."""

    identity = EmbedderIdentity("checksums", "1", DIMENSIONS, 256)

    def count_tokens(self, text: str) -> int:
        """Words and two more."""
        return len(text.split()) + 2

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """One direction a text."""
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> Vectors:
        """The direction of a text."""
        drawn = np.random.default_rng(zlib.crc32(text.encode())).standard_normal(DIMENSIONS)
        return np.asarray(drawn / np.linalg.norm(drawn), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class MadeUpSource:
    """So many articles, each made when it is asked for."""

    articles: int
    key: str = "made-up:"
    skipped: int = 0

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        """Yield every article."""
        for number in range(self.articles):
            words = np.random.default_rng(number).choice(_WORDS, WORDS_AN_ARTICLE)
            sentences = [" ".join(words[start : start + 15]) for start in range(0, WORDS_AN_ARTICLE, 15)]
            text = f"Report {number}\n\n" + ". ".join(sentences)
            name = f"{number}.txt"
            yield RawDocument(f"{self.key}{name}", name, text.encode(), datetime.now(UTC))

    def count_hint(self) -> int:
        """How many there are."""
        return self.articles


@dataclass(frozen=True, slots=True)
class Readings:
    """Seconds that readings took, sorted."""

    seconds: tuple[float, ...]

    def at(self, share: float) -> float:
        """The reading below which a share of them lies, in milliseconds."""
        return 1000 * self.seconds[min(len(self.seconds) - 1, int(share * len(self.seconds)))]


def read_while(running: Callable[[], bool], home: Path) -> Readings:
    """Read the index in turn with pauses: the count, the newest heads, an article with its passages."""
    seconds = []
    with Index.open(home, encoder=HashEmbedder()) as index:
        while running():
            started = time.perf_counter()
            heads = index.articles(limit=10)
            for head in heads[:1]:
                index.article(head.id)
                index.passages_of(head.id)
            index.count_articles()
            seconds.append(time.perf_counter() - started)
            time.sleep(SECONDS_BETWEEN_READINGS)
    return Readings(tuple(sorted(seconds)))


def resident_bytes(pid: int) -> int:
    """The resident memory of a process, 0 once it has gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def ingest_here(home: Path, articles: int) -> None:
    """Ingest so many articles and print what it took; run in the process that is measured."""
    with Index.create_or_open(home, HashEmbedder()) as index:
        report = ingest_source(index, HashEmbedder(), MadeUpSource(articles))
    counts = f"added {report.added}, unchanged {report.unchanged}, passages {report.passages}"
    print(f"{counts}, {report.seconds:.1f} s, {articles / report.seconds:.0f} articles/s", flush=True)


def measure(home: Path, articles: int) -> None:
    """Ingest in another process; print its report, its highest memory and the readings meanwhile."""
    command = [sys.executable, "-m", "evals.benchmarks.ingestion", "--articles", str(articles)]
    process = subprocess.Popen([*command, "--here", str(home)], stdout=subprocess.PIPE, text=True)
    while not (home / "catalogue.sqlite3").exists() and process.poll() is None:
        time.sleep(0.05)
    highest = 0

    def running() -> bool:
        nonlocal highest
        highest = max(highest, resident_bytes(process.pid))
        return process.poll() is None

    readings = read_while(running, home)
    told = process.stdout.read().strip() if process.stdout else ""
    vectors = sum(path.stat().st_size for path in home.glob("chroma-*/*/*") if path.is_file())
    print(told)
    print(f"  memory {highest / MEGABYTE:.0f} MB at most; vector index {vectors / MEGABYTE:.0f} MB on disk")
    if readings.seconds:
        times = ", ".join(f"{name} {readings.at(share):.1f} ms" for name, share in _SHARES)
        print(f"  {len(readings.seconds)} readings meanwhile: {times}")


_SHARES = (("median", 0.5), ("99%", 0.99), ("longest", 1.0))


def main() -> None:
    """Measure an ingestion and the same again with nothing to do."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--here", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here is not None:
        ingest_here(given.here, given.articles)
        return
    with tempfile.TemporaryDirectory(prefix="footnote-ingestion-") as folder:
        for _ in range(2):
            measure(Path(folder) / "home", given.articles)


if __name__ == "__main__":
    main()

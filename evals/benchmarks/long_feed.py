"""Memory while a feed of very many entries is ingested whole, with an embedder that costs nothing.

Run `python -m evals.benchmarks.long_feed [--entries 100000] [--vectors]`.

The feed is served on the loopback; its entries bring their own text and name no page. A process of its own
ingests it, and this one reads its resident memory. Unless `--vectors` is given, the vector store keeps
nothing, so that what grows is not the vector index.
"""

import argparse
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from unittest.mock import patch

import numpy as np

from evals.benchmarks.ingestion import MEGABYTE, HashEmbedder, resident_bytes
from ingest.sources import SourceOptions, open_source
from ingest.sources.web.options import WebOptions
from vectorstore.chroma import ChromaVectorStore
from vectorstore.embedding import Vectors
from vectorstore.index import Index
from vectorstore.progress import SilentProgress
from vectorstore.sync import ingest_source
from vectorstore.vectors import NumpyVectorStore, VectorFacts

WORDS_AN_ENTRY = 25
ENTRIES_A_LINE = 10_000
_WORDS = np.array([f"word{number}" for number in range(20_000)])


class ForgetfulStore(NumpyVectorStore):
    """A vector store that keeps nothing."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        folder.mkdir(exist_ok=True)
        super().__init__(dimensions)

    def add(self, ids: Sequence[str], vectors: Vectors, facts: Sequence[VectorFacts]) -> None:
        """Forget them."""


class PrintedProgress(SilentProgress):
    """Prints how far it has come, every `ENTRIES_A_LINE` entries, each of which is one passage."""

    def __init__(self) -> None:
        self._started = time.process_time()
        self._seen = 0

    def passages(self, count: int) -> None:
        """Count so many more."""
        before, self._seen = self._seen, self._seen + count
        if before // ENTRIES_A_LINE < self._seen // ENTRIES_A_LINE:
            print(f"{self._seen} {time.process_time() - self._started:.0f}", flush=True)


def feed_of(entries: int) -> bytes:
    """An RSS feed of so many entries, each with a text of its own."""
    drawn = np.random.default_rng(1)
    items = (
        f"<item><guid isPermaLink='false'>entry-{number}</guid><title>Report {number}</title>"
        f"<description>{' '.join(drawn.choice(_WORDS, WORDS_AN_ENTRY))}.</description></item>"
        for number in range(entries)
    )
    head = "<rss version='2.0'><channel><title>Long</title>"
    return f"{head}{''.join(items)}</channel></rss>".encode()


@contextmanager
def served(feed: bytes) -> Iterator[str]:
    """Serve a feed on the loopback; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == "/feed"
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "application/rss+xml")
            self.end_headers()
            self.wfile.write(feed if found else b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/feed"
    finally:
        server.shutdown()
        server.server_close()


def ingest_here(home: Path, address: str, *, vectors: bool) -> None:
    """Ingest the feed and print what it took; run in the process that is measured."""
    web = WebOptions(allow_private=True, seconds_between=0, deadline_seconds=600)
    source = open_source(address, SourceOptions(web=web))
    store = ChromaVectorStore if vectors else ForgetfulStore
    with (
        patch("vectorstore.dense.ChromaVectorStore", store),
        Index.create_or_open(home, HashEmbedder()) as index,
    ):
        report = ingest_source(index, HashEmbedder(), source, progress=PrintedProgress())
        print(f"added {report.added}, failed {len(report.failed)}", flush=True)


def measure(home: Path, entries: int, *, vectors: bool) -> None:
    """Ingest in another process; print its memory every `ENTRIES_A_LINE` entries and its report."""
    feed = feed_of(entries)
    print(f"a feed of {entries} entries, {len(feed) / MEGABYTE:.0f} MB", flush=True)
    with served(feed) as address:
        command = [sys.executable, "-m", "evals.benchmarks.long_feed", "--here", str(home), address]
        process = subprocess.Popen(
            [*command, *(["--vectors"] if vectors else [])], stdout=subprocess.PIPE, text=True
        )
        for line in process.stdout or ():
            number, _, seconds = line.strip().partition(" ")
            if number.isdigit():
                memory = resident_bytes(process.pid) / MEGABYTE
                print(f"{number} entries, {memory:.0f} MB, {seconds} s of the processor", flush=True)
            else:
                print(line.strip())
        process.wait()


def main() -> None:
    """Make up a feed, serve it, and ingest it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--vectors", action="store_true", help="with Chroma")
    parser.add_argument("--here", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.here is not None:
        ingest_here(Path(given.here[0]), given.here[1], vectors=given.vectors)
        return
    with tempfile.TemporaryDirectory(prefix="footnote-long-feed-") as folder:
        measure(Path(folder) / "home", given.entries, vectors=given.vectors)


if __name__ == "__main__":
    main()

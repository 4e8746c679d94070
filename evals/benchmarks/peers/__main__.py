"""Footnote beside LangChain, LlamaIndex, Haystack and txtai: `python -m evals.benchmarks.peers DATA`.

DATA is a folder as `evals.benchmarks.news_questions` describes it, with qrels.tsv beside. Every system gets
the same articles and questions and the same all-MiniLM-L6-v2, in a virtual environment of its own; the first
run installs those from the package index, and nothing else is fetched. Systems take turns, and figures are
medians over the rounds. The table gives each figure with its ratio to Footnote's, a second one how far the
rounds lie apart.

`--grow-to` then fills an index of Footnote's for each number of passages, from the same articles and the
others of DATA: with 10,000 and 50,000, every goal is measured at the size that it is set for. The last table
holds the goals beside what was measured and the best peer; its rows on a million passages come from what
`python -m evals.benchmarks.scale` wrote, where `--scale` names it. What is measured is written as it comes.
"""

import argparse
import json
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from evals.benchmarks.peers.collection import Collection, read_collection
from evals.benchmarks.peers.environments import FOOTNOTE, PEERS, environment
from evals.benchmarks.peers.figures import Figures, figures, spread_table, table
from evals.benchmarks.peers.goals import goals_table
from evals.benchmarks.peers.rounds import Bench
from evals.benchmarks.scale.results import FILE, read_trials


def default_cache() -> Path:
    """Where environments, indexes and results are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("footnote", appauthor=False) / "benchmarks" / "peers"


def has_bfloat16() -> bool | None:
    """Whether the processor has instructions for bfloat16, on which ingestion depends; None if not known."""
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8").split()
    except OSError:
        return None
    return "avx512_bf16" in told or "amx_bf16" in told


_BFLOAT16 = {True: "yes", False: "no", None: "not known"}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals.benchmarks.peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
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
    parser.add_argument(
        "--grow-to",
        type=int,
        nargs="*",
        default=[],
        metavar="PASSAGES",
        help="fill a Footnote with so many passages, and measure that too (default none)",
    )
    parser.add_argument("--scale", type=Path, metavar="FOLDER", help="where the scale benchmark wrote")
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """Install, measure, print the tables, write JSON."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.scale and not (given.scale / FILE).is_file():
        parser.error(f"{given.scale} holds no {FILE}: run `python -m evals.benchmarks.scale` first")
    peers = [peer for peer in PEERS if given.only is None or peer.key in given.only]
    pythons = {system: environment(system, given.cache / "environments") for system in (FOOTNOTE, *peers)}
    collection = read_collection(given.data, given.year, given.articles)
    folder = given.cache / "run"
    folder.mkdir(parents=True, exist_ok=True)
    file = given.cache / "peers.json"
    bench = Bench(pythons, collection, folder, _say)
    measured = bench.run(given.rounds)
    found = {name: figures(one, collection.questions) for name, one in measured.items()}
    write(file, collection, given.rounds, found)
    print("\n".join([*table(found, FOOTNOTE.name), "", *spread_table(found)]), flush=True)
    own = {_named(found[FOOTNOTE.name]): found[FOOTNOTE.name]}
    for passages in sorted(one for one in given.grow_to if one > 0):
        grown = figures(bench.grow(given.data, passages, given.rounds), collection.questions)
        own[_named(grown)] = grown
        write(file, collection, given.rounds, found | own)
    if len(own) > 1:
        print("\n".join(["", *table(own, next(iter(own))), "", *spread_table(own)]), flush=True)
    others = {name: one for name, one in found.items() if name != FOOTNOTE.name}
    trials = read_trials(given.scale) if given.scale else []
    print("\n".join(["", *goals_table(list(own.values()), others, trials)]), flush=True)
    print(f"\nInstructions for bfloat16: {_BFLOAT16[has_bfloat16()]}.", flush=True)
    _say(f"{len(collection.documents)} articles, {len(collection.questions)} questions; written to {file}")


def _named(of: Figures) -> str:
    return f"{FOOTNOTE.name}, {of.passages:,} passages"


def write(file: Path, collection: Collection, rounds: int, of: Mapping[str, Figures]) -> None:
    """Store what has been measured so far."""
    result = {
        "at": datetime.now(UTC).isoformat(),
        "machine": {
            "processor": platform.processor() or platform.machine(),
            "bfloat16": has_bfloat16(),
            "python": platform.python_version(),
        },
        "articles": len(collection.documents),
        "questions": len(collection.questions),
        "rounds": rounds,
        "systems": {name: asdict(one) for name, one in of.items()},
    }
    file.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

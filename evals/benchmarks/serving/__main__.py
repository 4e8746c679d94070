"""The real server over a copy of an index: `python -m evals.benchmarks.serving --home HOME --questions FILE`.

Started several times, each time asked its first questions one after the other; then asked on a schedule, so
many a second whatever becomes of the answers, alone and, where `--ingest` names a source, while
`footnote ingest` reads that into the same index. FILE holds a question a line, or JSON lines with a `text`.
Prints a table and writes JSON. Answers are without a language model.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from itertools import cycle, islice
from pathlib import Path

from evals.benchmarks.serving.asking import Asked, ask, open_loop
from evals.benchmarks.serving.figures import Figures, Starts, table
from evals.benchmarks.serving.processes import Server, ingesting, peak_bytes, processor_seconds, serving

FIRST_QUESTIONS = 20


def read_questions(file: Path) -> list[str]:
    """The questions of a file.

    Raises:
        ValueError: there are none.
    """
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    if file.suffix == ".jsonl":
        lines = [json.loads(line)["text"] for line in lines]
    if not lines:
        raise ValueError(f"{file} holds no question")
    return lines


def measure_starts(home: Path, questions: Sequence[str], times: int) -> Starts:
    """Start the server so many times, and ask each its first questions one after the other."""
    ready, asked = [], []
    for _ in range(times):
        with serving(home) as server:
            ready.append(server.seconds)
            asked.append([ask(server.port, one) for one in questions[:FIRST_QUESTIONS]])
    return Starts.of(ready, asked)


def measured(name: str, server: Server, run: Callable[[], list[Asked]]) -> Figures:
    """Run some questions and gather their times and what the server used of the processor."""
    before = processor_seconds(server.process.pid)
    asked = run()
    return Figures.of(name, asked, processor_seconds(server.process.pid) - before)


def measure_load(
    home: Path, questions: Iterator[str], a_second: float, seconds: float, source: str | None
) -> tuple[list[Figures], dict[str, int]]:
    """The same number of questions one by one, on a schedule, and on a schedule with an ingestion; sizes."""
    count = round(a_second * seconds)

    def some() -> list[str]:
        return list(islice(questions, count))

    with serving(home) as server:
        articles, passages = server.counts()
        port = server.port
        found = [measured("one by one", server, lambda: [ask(port, one) for one in some()])]
        name = f"{a_second:g} a second"
        found.append(measured(name, server, lambda: open_loop(port, some(), a_second)))
        sizes = {"articles": articles, "passages": passages}
        if source is not None:
            with ingesting(home, source, server):
                begun = server.counts()[0]
                name = f"{name}, ingesting"
                found.append(measured(name, server, lambda: open_loop(port, some(), a_second)))
                sizes["articles_ingested_meanwhile"] = server.counts()[0] - begun
        sizes["server_peak_bytes"] = peak_bytes(server.process.pid)
    return found, sizes


def main(arguments: Sequence[str] | None = None) -> None:
    """Copy the index, measure, print, write JSON."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.benchmarks.serving",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--home", type=Path, required=True, help="folder of an index, which is copied")
    parser.add_argument("--questions", type=Path, required=True, help="a line each, or JSON lines")
    parser.add_argument("--ingest", metavar="SOURCE", help="what `footnote ingest` reads meanwhile")
    parser.add_argument("--a-second", type=float, default=5.0, help="questions (default 5)")
    parser.add_argument("--seconds", type=float, default=60.0, help="of each schedule (default 60)")
    parser.add_argument("--starts", type=int, default=5, help="of the server (default 5)")
    parser.add_argument("--out", type=Path, default=Path("serving.json"), help="file of the figures")
    given = parser.parse_args(arguments)
    questions = cycle(read_questions(given.questions))
    with tempfile.TemporaryDirectory(prefix="footnote-serving-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(given.home, home)
        first = list(islice(questions, FIRST_QUESTIONS))
        starts = measure_starts(home, first, given.starts)
        load, sizes = measure_load(home, questions, given.a_second, given.seconds, given.ingest)
    print("\n".join(table(starts, load)))
    print("\n" + ", ".join(f"{name} {value:,}" for name, value in sizes.items()))
    result = {"starts": asdict(starts), "load": [asdict(one) for one in load], **sizes}
    given.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(f"written to {given.out}", file=sys.stderr)


if __name__ == "__main__":
    main()

"""How the index layer grows: `python -m evals.benchmarks.scale DATA --out FOLDER --sizes 1000 10000`.

Texts and vectors are synthetic: words are drawn one by one with the frequencies of the first articles of
DATA/corpus.jsonl, vectors lie around random centres. The questions that keyword engines are asked are real,
of 5 to 20 words, from DATA/queries.jsonl; vector engines are asked for vectors of the same kind as they hold,
and recall is against exact search. Every engine runs at every size in processes of its own, one that builds
and one that only opens and asks. An engine that would take longer than `--most-minutes` to write a size is
measured at the size that it has reached by then. Prints a table, writes scale.json and a plot a measure.

Both are written after every trial, and what scale.json holds is not measured again: a run that was stopped
goes on where it was; given more minutes, it measures anew what had too few. An engine that fails at a size is
told of and passed over, and makes the exit code 1.
"""

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from evals.benchmarks.scale.engines import KEYWORD_ENGINES, VECTOR_ENGINES
from evals.benchmarks.scale.plots import draw
from evals.benchmarks.scale.results import is_final, read_trials, time_left, write_trials
from evals.benchmarks.scale.trial import SOUGHT, Job, Trial

SIZES = (1_000, 10_000, 100_000, 1_000_000)
HEADS = (
    "engine",
    "passages",
    "written/s",
    "processor s",
    "add 1,000, s",
    "delete 1,000, s",
    "open, ms",
    "p50, ms",
    "p99, ms",
    "processor, ms",
    "disk, MB",
    "memory, MB",
    "recall@10",
)
FEWEST_WORDS, MOST_WORDS = 5, 20
LONGEST = 7 * 24 * 60.0
"""Minutes that an engine may write where nothing else is said: a week."""


def questions_of(file: Path) -> tuple[str, ...]:
    """The first real questions of a fitting length."""
    found = []
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            text = json.loads(line)["text"]
            if FEWEST_WORDS <= len(text.split()) <= MOST_WORDS:
                found.append(text)
            if len(found) == SOUGHT:
                break
    return tuple(found)


def measure(job: Job) -> Trial:
    """Build in one process, ask in another.

    Raises:
        subprocess.CalledProcessError: one of them failed; what it printed was shown.
    """
    began = time.perf_counter()
    folder = Path(job.folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file = folder.with_suffix(".json")
    try:
        _write(job, file)
        built = _run(file)
        _write(replace(job, size=built["size"]), file)
        asked = _run(file, "ask")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        file.unlink(missing_ok=True)
    seconds = time.perf_counter() - began
    return Trial(engine=job.engine, planned=job.size, wall_seconds=seconds, **built, **asked)


def _write(job: Job, file: Path) -> None:
    file.write_text(json.dumps(asdict(job)), "utf-8")


def _run(*words: Path | str) -> dict[str, Any]:
    command = [sys.executable, "-m", "evals.benchmarks.scale.trial", *map(str, words)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def table(trials: Sequence[Trial]) -> Iterator[str]:
    """The trials as a Markdown table."""
    yield f"| {' | '.join(HEADS)} |"
    yield "|---" * len(HEADS) + "|"
    for one in trials:
        cells = (
            one.engine,
            f"{one.size:,}",
            f"{one.size / one.build_seconds:,.0f}",
            f"{one.build_processor_seconds:.1f}",
            f"{one.add_seconds:.2f}",
            f"{one.delete_seconds:.2f}",
            f"{1000 * one.open_seconds:.1f}",
            f"{one.p50_ms:.2f}",
            f"{one.p99_ms:.2f}",
            f"{one.processor_ms:.2f}",
            f"{one.index_bytes / 1e6:.1f}",
            f"{one.peak_bytes / 1e6:.0f}",
            "-" if one.recall is None else f"{one.recall:.3f}",
        )
        yield f"| {' | '.join(cells)} |"


def measure_all(given: argparse.Namespace) -> list[Trial]:
    """Measure what is not in the folder yet, and write after each trial; a failure is told of."""
    trials = read_trials(given.out)
    most_seconds = 60 * given.most_minutes
    known = {one.key for one in trials if is_final(one, most_seconds)}
    pairs = [(engine, size) for size in given.sizes for engine in given.engines]
    todo = [pair for pair in pairs if pair not in known]
    questions, corpus = questions_of(given.data / "queries.jsonl"), given.data / "corpus.jsonl"
    for done, (engine, size) in enumerate(todo):
        _say(f"{engine}, {size:,} passages; {time_left(todo[done:], trials, most_seconds)}")
        folder = given.out / f"{engine}-{size}"
        try:
            trial = measure(Job(engine, size, str(folder), str(corpus), questions, most_seconds))
        except subprocess.CalledProcessError as error:
            _say(f"{engine}, {size:,} passages, failed: {error}")
            continue
        trials = [*(one for one in trials if one.key != trial.key), trial]
        write_trials(trials, given.out)
        draw(trials, given.out)
    return trials


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write, draw; the exit code is 1 where something could not be measured."""
    engines = [*KEYWORD_ENGINES, *VECTOR_ENGINES]
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.scale")
    parser.add_argument("data", type=Path, help="folder with corpus.jsonl and queries.jsonl")
    parser.add_argument("--engines", nargs="+", choices=engines, default=engines)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="passages")
    parser.add_argument(
        "--most-minutes",
        type=float,
        default=LONGEST,
        metavar="M",
        help="of writing, for an engine at a size; what it has by then is measured",
    )
    parser.add_argument("--out", type=Path, required=True, help="folder of scale.json, plots and indexes")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    trials = measure_all(given)
    print("\n".join(table(sorted(trials, key=lambda one: (one.engine, one.size)))))
    if trials:
        draw(trials, given.out)
    measured = {one.key for one in trials}
    wanted = {(engine, size) for engine in given.engines for size in given.sizes}
    return 0 if wanted <= measured else 1


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

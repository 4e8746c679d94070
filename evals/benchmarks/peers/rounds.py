"""Running every system's driver in turn, round after round, so that the machine's other work meets all."""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from evals.benchmarks.peers.collection import Collection
from evals.benchmarks.peers.drivers.protocol import Job
from evals.benchmarks.peers.environments import FOOTNOTE, System, driver_command, driver_variables

LONGEST_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Ingested:
    """One ingestion of all articles: seconds until the model was loaded, and after."""

    articles: int
    passages: int
    start_seconds: float
    seconds: float
    processor_seconds: float
    peak_bytes: int
    index_bytes: int


@dataclass(frozen=True, slots=True)
class Warm:
    """All questions asked in one process.

    Attributes:
        seconds: of each question.
        processor_seconds: of all of them.
        found: the texts of the passages found for each.
    """

    seconds: tuple[float, ...]
    processor_seconds: float
    found: tuple[tuple[str, ...], ...]
    peak_bytes: int


@dataclass(frozen=True, slots=True)
class ColdStart:
    """From starting a process to its first words: seconds on the clock, and of the processor."""

    seconds: float
    processor_seconds: float


@dataclass(slots=True)
class Measured:
    """What was measured of one system, a value a round.

    Attributes:
        answers: cold starts of the whole cited answer, where the system gives one.
    """

    ingested: list[Ingested] = field(default_factory=list)
    cold: list[ColdStart] = field(default_factory=list)
    answers: list[ColdStart] = field(default_factory=list)
    warm: list[Warm] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bench:
    """The systems with their Pythons, and what they are given."""

    pythons: Mapping[System, Path]
    collection: Collection
    folder: Path
    say: Callable[[str], None]

    def run(self, rounds: int) -> dict[str, Measured]:
        """Every system `rounds` times, in turn."""
        measured = {system.name: Measured() for system in self.pythons}
        self.collection.write_articles(self._articles)
        for number in range(rounds):
            for system in self.pythons:
                self.say(f"round {number + 1} of {rounds}: {system.name}")
                self._round(system, measured[system.name])
        return measured

    @property
    def _articles(self) -> Path:
        return self.folder / "articles.json"

    def _round(self, system: System, into: Measured) -> None:
        home = self.folder / system.key
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        said = json.loads(self._last_line(system, self._job(system, "ingest")))
        into.ingested.append(Ingested(**said, index_bytes=folder_bytes(home)))
        cold_job = self._job(system, "cold")
        into.cold.append(_cold_start(driver_command(self.pythons[system], system, cold_job)))
        if system == FOOTNOTE:
            into.answers.append(_cold_start(self._ask_command(home)))
        warm = json.loads(self._last_line(system, self._job(system, "warm")))
        found = tuple(tuple(texts) for texts in warm["found"])
        seconds = tuple(warm["seconds"])
        into.warm.append(Warm(seconds, warm["processor_seconds"], found, warm["peak_bytes"]))

    def _job(self, system: System, mode: Literal["ingest", "cold", "warm"]) -> Path:
        questions = tuple(question.text for question in self.collection.questions)
        file = self.folder / f"{system.key}.{mode}.json"
        Job(mode, self._articles, self.folder / system.key, questions).write(file)
        return file

    def _ask_command(self, home: Path) -> list[str]:
        question = self.collection.questions[0].text
        return [str(self.pythons[FOOTNOTE]), "-m", "assistant", "ask", "--home", str(home), question]

    def _last_line(self, system: System, job: Path) -> str:
        done = subprocess.run(
            driver_command(self.pythons[system], system, job),
            env=driver_variables(),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=LONGEST_SECONDS,
        )
        return done.stdout.splitlines()[-1]


def _cold_start(command: Sequence[str]) -> ColdStart:
    """Run a command to its first line; the processor's time is of the whole process."""
    before = os.times()
    began = time.perf_counter()
    with subprocess.Popen(
        command, env=driver_variables(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        stdout: Any = process.stdout
        first = stdout.readline()
        seconds = time.perf_counter() - began
        stdout.read()
    if not first.strip():
        raise RuntimeError(f"{' '.join(command)} printed nothing and ended with {process.returncode}.")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return ColdStart(seconds, used)


def folder_bytes(folder: Path) -> int:
    """The size of all files below a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())

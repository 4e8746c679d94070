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

from evals.benchmarks.folders import folder_bytes
from evals.benchmarks.peers.collection import Collection
from evals.benchmarks.peers.drivers.protocol import Job
from evals.benchmarks.peers.environments import FOOTNOTE, System, driver_command, driver_variables

LONGEST_SECONDS = 6 * 3_600
COLD_READINGS = 3
"""Cold starts a round of what only Footnote does."""


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


@dataclass(frozen=True, slots=True)
class WarmAnswers:
    """All questions answered in one process: seconds of each, and how many answers had each status."""

    seconds: tuple[float, ...]
    processor_seconds: float
    statuses: Mapping[str, int]
    peak_bytes: int


@dataclass(slots=True)
class Measured:
    """What was measured of one system; the last five where it is Footnote.

    Attributes:
        ingested, cold, warm: a value a round.
        answers, helps, versions: cold starts of the whole cited answer, of `--help` and of `--version`,
            `COLD_READINGS` a round.
        read_answers, plain_answers: with the reader that ships, and without one; a value a round.
    """

    ingested: list[Ingested] = field(default_factory=list)
    cold: list[ColdStart] = field(default_factory=list)
    warm: list[Warm] = field(default_factory=list)
    answers: list[ColdStart] = field(default_factory=list)
    helps: list[ColdStart] = field(default_factory=list)
    versions: list[ColdStart] = field(default_factory=list)
    read_answers: list[WarmAnswers] = field(default_factory=list)
    plain_answers: list[WarmAnswers] = field(default_factory=list)


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

    def grow(self, data: Path, passages: int, rounds: int) -> Measured:
        """A Footnote of its own with so many passages, filled once, then asked `rounds` times.

        Args:
            data: the folder of news questions, for further articles.
            passages: how many at least, where there are so many.
        """
        measured = Measured()
        self.collection.write_articles(self._articles)
        home = self._empty(f"{FOOTNOTE.key}-{passages}")
        self.say(f"filling {home}: {passages:,} passages")
        words = (self._job(home, "ingest"), data, str(passages))
        said = self._said(FOOTNOTE, "footnote_growth", *words)
        measured.ingested.append(Ingested(**said, index_bytes=folder_bytes(home)))
        for number in range(rounds):
            self.say(f"{passages:,} passages, round {number + 1} of {rounds}")
            self._ask(FOOTNOTE, home, measured)
        return measured

    @property
    def _articles(self) -> Path:
        return self.folder / "articles.json"

    def _empty(self, name: str) -> Path:
        home = self.folder / name
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        return home

    def _round(self, system: System, into: Measured) -> None:
        home = self._empty(system.key)
        said = self._said(system, system.driver, self._job(home, "ingest"))
        into.ingested.append(Ingested(**said, index_bytes=folder_bytes(home)))
        self._ask(system, home, into)

    def _ask(self, system: System, home: Path, into: Measured) -> None:
        """Everything but the ingestion."""
        python = self.pythons[system]
        into.cold.append(cold_start(driver_command(python, system.driver, self._job(home, "cold"))))
        job = self._job(home, "warm")
        warm = self._said(system, system.driver, job)
        found = tuple(tuple(texts) for texts in warm["found"])
        seconds = tuple(warm["seconds"])
        into.warm.append(Warm(seconds, warm["processor_seconds"], found, warm["peak_bytes"]))
        if system == FOOTNOTE:
            self._ask_for_answers(home, job, into)

    def _ask_for_answers(self, home: Path, job: Path, into: Measured) -> None:
        """What only Footnote does: its command line, and whole answers."""
        command = [str(self.pythons[FOOTNOTE]), "-m", "assistant"]
        into.helps.extend(cold_start([*command, "--help"]) for _ in range(COLD_READINGS))
        into.versions.extend(cold_start([*command, "--version"]) for _ in range(COLD_READINGS))
        for question in self.collection.questions[:COLD_READINGS]:
            into.answers.append(cold_start([*command, "ask", "--home", str(home), question.text]))
        for reader, answers in (("default", into.read_answers), ("none", into.plain_answers)):
            said = self._said(FOOTNOTE, "footnote_answers", job, reader)
            answers.append(WarmAnswers(**{**said, "seconds": tuple(said["seconds"])}))

    def _job(self, home: Path, mode: Literal["ingest", "cold", "warm"]) -> Path:
        questions = tuple(question.text for question in self.collection.questions)
        file = self.folder / f"{home.name}.{mode}.json"
        Job(mode, self._articles, home, questions).write(file)
        return file

    def _said(self, system: System, driver: str, *words: Path | str) -> dict[str, Any]:
        """Run a driver in a system's environment, and give what it says last."""
        done = subprocess.run(
            driver_command(self.pythons[system], driver, *words),
            env=driver_variables(),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=LONGEST_SECONDS,
        )
        said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return said


def cold_start(command: Sequence[str]) -> ColdStart:
    """Run a command to its first line with words; the processor's time is of the whole process.

    Raises:
        RuntimeError: it printed nothing.
    """
    before = os.times()
    began = time.perf_counter()
    with subprocess.Popen(
        command, env=driver_variables(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        stdout: Any = process.stdout
        said = any(line.strip() for line in stdout)
        seconds = time.perf_counter() - began
        stdout.read()
    if not said:
        raise RuntimeError(f"{' '.join(command)} printed nothing and ended with {process.returncode}.")
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return ColdStart(seconds, used)

"""A run is killed in its middle, and another goes on where it was; two at once in one folder are refused."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evals.errors import RunFolderError
from evals.run_folder import RunFolder
from evals.runner import RunSettings, run_suite
from tests.evals.fakes import TownSubject, town_suite
from tests.evals.test_runner import silent

HANGS_AT_THE_FOURTH = """
import sys, threading
from pathlib import Path
from evals.runner import RunSettings, run_suite
from tests.evals.fakes import TownSubject, town_suite
from tests.evals.test_runner import silent

class Hanging(TownSubject):
    def ask(self, case):
        if len(self.asked) == 3:
            threading.Event().wait()
        return super().ask(case)

folder = Path(sys.argv[1])
run_suite(town_suite(folder), Hanging(), folder / "run", RunSettings(jobs=int(sys.argv[2])), silent)
"""


def hanging_run(folder: Path, jobs: int) -> "subprocess.Popen[bytes]":
    """A run in a process of its own that has written three cases and stays at the fourth."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-c", HANGS_AT_THE_FOURTH, str(folder), str(jobs)]
    process = subprocess.Popen(command, env=environment)
    lines = folder / "run" / "cases.jsonl"
    while not lines.is_file() or lines.read_bytes().count(b"\n") < 3:
        assert process.poll() is None
        time.sleep(0.02)
    return process


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_killed_at_half_gives_the_same_summary_when_it_goes_on(tmp_path: Path, jobs: int) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    killed.mkdir()
    unbroken = run_suite(town_suite(whole), TownSubject(), whole / "run", RunSettings(), silent)
    process = hanging_run(killed, jobs)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    subject = TownSubject()
    resumed = run_suite(town_suite(killed), subject, killed / "run", RunSettings(), silent)
    assert len(subject.asked) == 3
    assert resumed.summary == unbroken.summary
    assert RunFolder(killed / "run").summary() == RunFolder(whole / "run").summary()
    assert {path.name for path in (killed / "run").iterdir()} == {
        path.name for path in (whole / "run").iterdir()
    }


def test_a_second_run_into_the_same_folder_is_refused_and_spoils_nothing(tmp_path: Path) -> None:
    first = hanging_run(tmp_path, jobs=1)
    try:
        before = (tmp_path / "run" / "cases.jsonl").read_bytes()
        with pytest.raises(RunFolderError, match="another run is at work"):
            run_suite(town_suite(tmp_path), TownSubject(), tmp_path / "run", RunSettings(), silent)
        assert (tmp_path / "run" / "cases.jsonl").read_bytes() == before
    finally:
        first.kill()
        first.wait()


def test_a_file_is_no_place_for_a_run(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a letter", "utf-8")
    with pytest.raises(RunFolderError, match="a run is a folder"):
        run_suite(town_suite(tmp_path), TownSubject(), tmp_path / "run", RunSettings(), silent)

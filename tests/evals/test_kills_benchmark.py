"""The benchmark that kills: it notices what is lost, half done or left over."""

import random
import shutil
from pathlib import Path

import pytest

from evals.benchmarks.kills import Trial, check_complete
from ingest.sources import open_source
from tests.vectorstore.fakes import WordEmbedder
from vectorstore.index import Index
from vectorstore.sync import ingest_source


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    made = Trial(tmp_path / "articles", tmp_path / "home", True, random.Random(1))
    made.folder.mkdir()
    made.fill(4)
    ingest(made)
    made.settle()
    return made


def ingest(trial: Trial) -> None:
    with Index.create_or_open(trial.home, WordEmbedder()) as index:
        ingest_source(index, WordEmbedder(), open_source(str(trial.folder)), sync=True)


def test_nothing_is_wrong_with_a_whole_index(trial: Trial) -> None:
    check_complete(trial)
    trial.disturb()
    trial.check()
    assert trial.problems == []


def test_what_is_missing_is_noticed(trial: Trial) -> None:
    trial.disturb()
    check_complete(trial)
    assert trial.problems


def test_a_text_that_never_was_is_noticed(trial: Trial) -> None:
    name = "article-00001.txt"
    (trial.folder / name).write_text("Report\n\nSomething else.\n", "utf-8")
    ingest(trial)
    trial.check()
    assert trial.problems == [f"{name} is in a state that it never had"]


def test_vectors_that_are_missing_are_noticed(trial: Trial) -> None:
    (folder,) = trial.home.glob("chroma-*")
    shutil.rmtree(folder)
    folder.mkdir()
    check_complete(trial)
    assert any("vector store" in problem for problem in trial.problems)

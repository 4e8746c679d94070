"""A made-up set, ingested without a model and asked through the real assistant."""

from pathlib import Path

from assistant.answerers import open_answerer
from assistant.core import Assistant
from assistant.settings import Settings
from evals.datasets import open_data_set
from evals.runner import RunResult, RunSettings, run_suite
from evals.subject import AssistantSubject
from tests.evals.test_runner import silent
from tests.vectorstore.fakes import WordEmbedder
from vectorstore.index import Index
from vectorstore.sync import ingest_source


def run_set(address: str, folder: Path) -> RunResult:
    suite = open_data_set(address)
    assert suite.corpus is not None
    embedder = WordEmbedder()
    settings = Settings(home=folder / "home")
    with Index.create_or_open(folder / "home", embedder) as index:
        report = ingest_source(index, embedder, suite.corpus)
        assert report.added == suite.corpus.count
        assert not report.failed
        subject = AssistantSubject(Assistant(index, open_answerer(settings), settings), settings)
        return run_suite(suite, subject, folder / "run", RunSettings(), silent)


def value(result: RunResult, metric: str) -> float | None:
    found = result.summary["metrics"][metric]
    assert found["cases"], metric
    return None if found["value"] is None else float(found["value"])


def counted(result: RunResult, metric: str) -> int:
    return int(result.summary["metrics"][metric]["cases"])

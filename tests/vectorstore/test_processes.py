"""Several processes at one index: readers see what a writer writes, and there is one writer."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.errors import IndexBusyError
from vectorstore.index import Index
from vectorstore.locking import writer_lock
from vectorstore.query import Query

ROOT = Path(__file__).resolve().parents[2]


class Process:
    """A process that is spoken with line by line."""

    def __init__(self, role: str, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.vectorstore.reader_script", role, str(home)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.hear() == "ready"

    def ask(self, line: str) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        return self.hear()

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def end(self) -> int:
        self.process.communicate()
        return self.process.returncode


@contextmanager
def running(role: str, home: Path) -> Iterator[Process]:
    process = Process(role, home)
    try:
        yield process
    finally:
        assert process.end() == 0


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as index:
        put(index, WordEmbedder(), article("bees", "Bees make honey."))
    return tmp_path / "home"


def test_a_reader_in_another_process_sees_each_change(home: Path) -> None:
    embedder = WordEmbedder()
    with running("answer", home) as reader, Index.create_or_open(home, embedder) as index:
        assert reader.ask("herons bees") == "Bees make honey."
        for number in range(3):
            put(index, embedder, article("herons", f"Herons fish, {number} of them."))
            assert reader.ask("herons fish") == f"Herons fish, {number} of them."
        with index.writer() as writer:
            writer.remove(article("herons", "x").id)
        assert reader.ask("herons fish") == "Bees make honey."
        index.rebuild()
        assert reader.ask("honey") == "Bees make honey."


def test_a_reader_reopens_the_vectors_when_much_has_come(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.exact.MOST_PASSAGES", 0)
    monkeypatch.setattr("vectorstore.dense.LONGEST_TAIL", 1)
    embedder = WordEmbedder()
    with Index.open(home, encoder=embedder) as reader, Index.create_or_open(home, embedder) as index:
        reader.search(Query("bees"))
        first = reader._dense._open
        put(index, embedder, article("herons", "Herons fish."), article("cats", "Cats sleep."))
        assert reader.search(Query("herons fish"), 1)[0].passage.text == "Herons fish."
        second = reader._dense._open
        assert first is not None
        assert second is not None
        assert second.generation == index.generation > first.generation


def test_questions_are_answered_while_another_process_ingests(home: Path) -> None:
    with Index.open(home, encoder=WordEmbedder()) as reader:
        writer = Process("ingest", home)
        seen = 0
        while writer.process.poll() is None:
            results = reader.search(Query("heron seen on walk"), 5)
            for one in results:
                source = reader.article(one.article.id, one.article.version)
                if source is not None:
                    assert source.text[one.passage.start : one.passage.end] == one.passage.text
            count = reader.count_articles()
            assert count >= seen
            seen = count
        assert writer.end() == 0
        assert reader.count_articles() == 121
        assert "walk 2" in reader.search(Query("heron 7 seen"), 1)[0].passage.text


def test_a_second_writer_is_told_who_is_writing(home: Path) -> None:
    with running("lock", home) as holder:
        with (
            pytest.raises(IndexBusyError, match=f"pid {holder.process.pid}") as caught,
            writer_lock(home, wait_seconds=0.2),
        ):
            pass
        assert "Wait" in caught.value.advice
        assert "since 20" in caught.value.message
        assert "reader_script" in caught.value.message
        with Index.open(home, encoder=WordEmbedder()) as reader:
            assert reader.search(Query("bees"))
    with writer_lock(home, wait_seconds=0.2):
        pass


def test_a_second_writer_waits_and_says_for_whom(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.locking.TOLD_AFTER_SECONDS", 0.05)
    told: list[str] = []
    with ThreadPoolExecutor(1) as pool, Index.create_or_open(home, WordEmbedder()) as index:
        holder = Process("lock", home)
        waited = pool.submit(_write_when_free, index, told)
        while not told:
            assert not waited.done()
        assert holder.end() == 0
        assert waited.result(60) is True
    assert len(told) == 1
    assert f"pid {holder.process.pid}" in told[0]


def _write_when_free(index: Index, told: list[str]) -> bool:
    with index.writer(wait_seconds=60, waiting=told.append):
        return True

"""Waiting only so long for one document."""

import threading
from pathlib import Path

import pytest

from ingest.article import Article
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.sources import open_source
from tests.vectorstore.fakes import WordEmbedder
from vectorstore import extracting
from vectorstore.index import Index
from vectorstore.patience import Patience
from vectorstore.sync import ingest_source


def test_calls_give_what_they_come_to() -> None:
    patience = Patience(60)
    assert [patience.run(int), patience.run(str)] == [0, ""]
    with pytest.raises(ValueError, match="as it was"):
        patience.run(lambda: _raise(ValueError("as it was")))
    assert patience.run(lambda: "after") == "after"
    patience.close()


def test_calls_share_one_thread_that_ends_when_it_is_closed() -> None:
    patience = Patience(60)
    threads = {patience.run(threading.current_thread) for _ in range(3)}
    patience.close()
    (thread,) = threads
    thread.join(timeout=30)
    assert not thread.is_alive()
    assert thread is not threading.current_thread()


def test_a_call_that_takes_too_long_is_given_up_and_later_ones_are_not() -> None:
    release = threading.Event()
    patience = Patience(0.05)
    with pytest.raises(ExtractionError, match="was given up") as error:
        patience.run(release.wait)
    assert "FOOTNOTE_DOCUMENT_SECONDS" in error.value.advice
    assert Patience(60).run(lambda: "another") == "another"
    release.set()


def test_a_document_that_hangs_fails_and_the_others_are_ingested(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = threading.Event()
    extract = extracting.extract_article

    def hanging(document: RawDocument) -> Article:
        if document.location.endswith("hangs.txt"):
            release.wait()
        return extract(document)

    monkeypatch.setattr(extracting, "extract_article", hanging)
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("a", "hangs", "z"):
        (folder / f"{name}.txt").write_text(f"The bridge of {name} was closed.\n", "utf-8")
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        report = ingest_source(index, embedder, open_source(str(folder)), document_seconds=2)
    release.set()
    assert (report.added, [failure.location.rpartition("/")[2] for failure in report.failed]) == (
        2,
        ["hangs.txt"],
    )
    assert "was given up" in report.failed[0].reason


def _raise(error: Exception) -> None:
    raise error

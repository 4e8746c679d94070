"""What is not needed is not loaded: the embedder and the vector store of an ingestion with nothing new."""

import shutil
from pathlib import Path

import pytest

from tests.vectorstore.fakes import ExportingEmbedder, MemorySource, WordEmbedder
from vectorstore.deferred_embedder import DeferredEmbedder
from vectorstore.embedding import Embedder
from vectorstore.encoders import encoder_folder
from vectorstore.errors import EmbedderMismatchError
from vectorstore.index import Index
from vectorstore.sync import ingest_source

TEXTS = {"bees": "Bees make honey.", "cats": "Cats sleep all day."}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Index.create_or_open(tmp_path / "home", ExportingEmbedder()) as index:
        ingest_source(index, ExportingEmbedder(), MemorySource(TEXTS))
    return tmp_path / "home"


def never() -> Embedder:
    raise AssertionError("the embedder was loaded")


def test_nothing_new_loads_no_embedder_and_opens_no_vector_store(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unopened(*_: object) -> None:
        raise AssertionError("the vector store was opened")

    monkeypatch.setattr("vectorstore.dense.ChromaVectorStore", unopened)
    embedder = DeferredEmbedder(ExportingEmbedder().identity, never)
    with Index.create_or_open(home, embedder) as index:
        assert ingest_source(index, embedder, MemorySource(TEXTS), sync=True).unchanged == 2


def test_something_new_loads_it_once(home: Path) -> None:
    loaded: list[WordEmbedder] = []

    def load() -> WordEmbedder:
        loaded.append(WordEmbedder())
        return loaded[-1]

    embedder = DeferredEmbedder(WordEmbedder().identity, load)
    with Index.create_or_open(home, embedder) as index:
        report = ingest_source(index, embedder, MemorySource({**TEXTS, "dogs": "Dogs bark."}))
        assert (report.added, report.unchanged) == (1, 2)
        assert ingest_source(index, embedder, MemorySource({"fish": "Fish swim."})).added == 1
    assert len(loaded) == 1
    assert len(loaded[0].encoded) == 2


def test_another_embedder_than_the_indexs_writes_nothing(home: Path) -> None:
    embedder = DeferredEmbedder(WordEmbedder().identity, lambda: WordEmbedder("other"))
    with Index.create_or_open(home, embedder) as index:
        with pytest.raises(EmbedderMismatchError, match="footnote index reembed"):
            ingest_source(index, embedder, MemorySource({"dogs": "Dogs bark."}))
        assert index.count_articles() == 2


@pytest.mark.parametrize(("kind", "exported"), [(ExportingEmbedder, True), (WordEmbedder, False)])
def test_a_lost_query_encoder_is_written_again_where_there_is_one_to_write(
    home: Path, kind: type[WordEmbedder], exported: bool
) -> None:
    folder = encoder_folder(home, kind().identity)
    shutil.rmtree(folder)
    embedder = DeferredEmbedder(kind().identity, kind)
    with Index.create_or_open(home, embedder) as index:
        assert ingest_source(index, embedder, MemorySource(TEXTS)).unchanged == 2
    assert folder.exists() == exported

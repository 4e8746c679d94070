"""Rebuilding what is derived, and re-embedding: everything comes from the catalogue."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.vectorstore.fakes import ExportingEmbedder, MemorySource, WordEmbedder, article, put
from vectorstore.embedding import EmbedderIdentity
from vectorstore.errors import EmbedderMismatchError, IndexBusyError, IndexDamagedError
from vectorstore.index import Index
from vectorstore.locking import writer_lock
from vectorstore.query import Query
from vectorstore.retrieved import RetrievedPassage
from vectorstore.sync import ingest_source

BEES = article("bees", "Bees make honey.\n\nThey live in hives.")
CATS = article("cats", "Cats sleep all day.")
LONG = "The heron stood in the shallow water and waited for a fish to come by. " * 12


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as made:
        put(made, WordEmbedder(), BEES, CATS)
        yield made


@pytest.fixture
def searched_by_chroma(monkeypatch: pytest.MonkeyPatch) -> None:
    """No index is small enough to be searched without Chroma."""
    monkeypatch.setattr("vectorstore.exact.MOST_PASSAGES", 0)


def results(index: Index, text: str = "bees hives cats") -> list[RetrievedPassage]:
    return index.search(Query(text))


def vectors_folder(index: Index) -> Path:
    return index.home / index._catalogue.vectors_folder


def test_rebuilding_changes_no_result(index: Index) -> None:
    before = results(index)
    former = vectors_folder(index)
    index.rebuild()
    assert results(index) == before
    assert vectors_folder(index) != former
    assert not former.exists()


@pytest.mark.usefixtures("searched_by_chroma")
def test_without_its_vector_store_an_index_still_answers_and_says_so(index: Index) -> None:
    before = results(index)
    home, folder = index.home, vectors_folder(index)
    index.close()
    shutil.rmtree(folder)
    with Index.open(home, encoder=WordEmbedder()) as reader:
        assert [one.passage for one in results(reader)] == [one.passage for one in before]
        assert "footnote index rebuild" in reader.notices[0]
        assert not folder.exists()
        reader.rebuild()
        assert results(reader) == before
        assert reader.notices == ()


@pytest.mark.usefixtures("searched_by_chroma")
@pytest.mark.parametrize("file", ["chroma.sqlite3", "everything"])
def test_a_damaged_vector_store_is_told_and_rebuilt(index: Index, file: str) -> None:
    before = results(index)
    home, folder = index.home, vectors_folder(index)
    index.close()
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if file in (path.name, "everything"):
            path.write_bytes(b"not what it was" * 400)
    with Index.open(home, encoder=WordEmbedder()) as reader:
        assert [one.passage for one in results(reader)] == [one.passage for one in before]
        assert "footnote index rebuild" in reader.notices[0]
    with (
        Index.create_or_open(home, WordEmbedder()) as again,
        pytest.raises(IndexDamagedError, match="footnote index rebuild"),
        again.writer() as writer,
    ):
        writer.remove(CATS.id)
    with Index.open(home, encoder=WordEmbedder()) as kept:
        assert kept.article(CATS.id) is not None
    with Index.open(home, encoder=WordEmbedder()) as mended:
        mended.rebuild()
        assert results(mended) == before


def test_a_writer_mends_a_vector_store_that_lost_some(index: Index) -> None:
    store = index._dense.for_writing()
    store.delete([next(iter(store.ids()))])
    put(index, WordEmbedder(), article("dogs", "Dogs bark."))
    assert set(store.ids()) == set(index._catalogue.passage_ids())


def test_rebuilding_waits_for_no_writer(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.locking.WAIT_SECONDS", 0.1)
    with writer_lock(index.home), pytest.raises(IndexBusyError):
        index.rebuild()


def test_a_damaged_catalogue_is_not_rebuilt_from(index: Index) -> None:
    home = index.home
    index.close()
    file = home / "catalogue.sqlite3"
    data = bytearray(file.read_bytes())
    data[4096 * 3 :] = b"\xff" * (len(data) - 4096 * 3)
    file.write_bytes(data)
    with pytest.raises(IndexDamagedError, match="catalogue"), Index.open(home) as damaged:
        damaged.rebuild()


def test_reembedding_makes_the_index_the_other_embedders(index: Index) -> None:
    other = ExportingEmbedder("other", dimensions=32)
    with pytest.raises(EmbedderMismatchError, match=r"words \(64 .* other \(32 .*footnote index reembed"):
        Index.create_or_open(index.home, other)
    before = {head.id: index.article(head.id) for head in index.articles()}
    assert index.reembed(other) == ""
    assert index.identity == other.identity
    assert {head.id: index.article(head.id) for head in index.articles()} == before
    assert {one.article.id for one in results(index)} == before.keys()
    with pytest.raises(EmbedderMismatchError):
        Index.open(index.home, encoder=WordEmbedder())
    put(index, other, article("new", "Newts swim."))
    assert results(index, "newts")[0].passage.text == "Newts swim."


def test_reembedding_splits_what_no_longer_fits(tmp_path: Path) -> None:
    wide, narrow = WordEmbedder("wide", window_tokens=200), WordEmbedder("narrow", window_tokens=40)
    with Index.create_or_open(tmp_path / "home", wide) as index:
        ingest_source(index, wide, MemorySource({"heron": LONG, "bees": BEES.text}))
        former = index.passage_count()
        index.reembed(narrow)
        assert index.passage_count() > former
        assert all(narrow.count_tokens(text) <= 40 for text in narrow.encoded)
        heron = next(head for head in index.articles() if "heron" in head.location)
        source = index.article(heron.id)
        assert source is not None
        for passage in index.passages_of(heron.id):
            assert source.text[passage.start : passage.end] == passage.text


def test_a_reader_notices_that_the_embedder_changed(index: Index) -> None:
    with Index.open(index.home, encoder=WordEmbedder()) as reader:
        assert results(reader)
        index.reembed(WordEmbedder("other", dimensions=32))
        with pytest.raises(EmbedderMismatchError, match="footnote index reembed"):
            results(reader)


def test_the_same_model_under_another_name_is_the_same() -> None:
    one = EmbedderIdentity("/models/a", "rev", 8, 64)
    assert one.same_vectors(EmbedderIdentity("/elsewhere/a", "rev", 8, 64))
    assert not one.same_vectors(EmbedderIdentity("/models/a", "other", 8, 64))
    assert not one.same_vectors(EmbedderIdentity("/models/a", "rev", 8, 128))

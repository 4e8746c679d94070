"""Exact search in memory: it finds what the oracle finds, follows the catalogue, and needs no Chroma."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.dense import DenseSide
from vectorstore.exact import largest
from vectorstore.index import Index
from vectorstore.query import Filters, Query
from vectorstore.vectors import NumpyVectorStore

DAY = date(2023, 1, 9)
EMBEDDER = WordEmbedder()


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create_or_open(tmp_path / "home", EMBEDDER) as made:
        articles = [
            article(
                f"walk{number}",
                f"Heron {number} fished.\n\nThe pond {number % 3} froze.",
                publisher="The Times" if number % 2 else None,
                published_at=DAY + timedelta(days=number) if number % 4 else None,
            )
            for number in range(12)
        ]
        put(made, EMBEDDER, *articles)
        yield made


def dense(index: Index) -> DenseSide:
    return index._dense


def oracle(index: Index) -> NumpyVectorStore:
    store = NumpyVectorStore(EMBEDDER.identity.dimensions)
    for stored in index._catalogue.all_vectors():
        store.add(stored.ids, stored.vectors, stored.facts)
    return store


@pytest.mark.parametrize(
    "filters",
    [
        Filters(),
        Filters(since=DAY + timedelta(days=3)),
        Filters(until=DAY + timedelta(days=3)),
        Filters(not_after=DAY + timedelta(days=3)),
        Filters(publisher="the times", since=DAY),
        Filters(article_ids=("unknown",)),
    ],
)
@pytest.mark.parametrize("limit", [0, 1, 5, 100])
def test_it_finds_what_the_oracle_finds(index: Index, filters: Filters, limit: int) -> None:
    vector = EMBEDDER.encode_query("which heron fished in pond 2")
    found = dense(index).search(vector, limit, filters)
    expected = oracle(index).search(vector, limit, filters)
    assert [round(hit.similarity, 5) for hit in found] == [round(hit.similarity, 5) for hit in expected]
    if limit == 100:
        assert {hit.id for hit in found} == {hit.id for hit in expected}


def test_it_follows_every_change(index: Index) -> None:
    vector = EMBEDDER.encode_query("heron")
    with Index.open(index.home, encoder=EMBEDDER) as reader:
        assert len(dense(reader).search(vector, 100, Filters())) == 24
        put(index, EMBEDDER, article("walk0", "Heron 0 flew."), article("new", "A swan."))
        with index.writer() as writer:
            writer.remove(article("walk1", "x").id)
        found = dense(reader).search(vector, 100, Filters())
        assert sorted(hit.id for hit in found) == sorted(index._catalogue.passage_ids())
        assert len(found) == 22


def test_a_row_that_is_used_again_gets_the_new_vector(index: Index) -> None:
    last = article("last", "Last words.")
    put(index, EMBEDDER, last)
    vector = EMBEDDER.encode_query("About swan Swans sing.")
    dense(index).search(vector, 1, Filters())
    with index.writer() as writer:
        writer.remove(last.id)
    put(index, EMBEDDER, article("swan", "Swans sing."))
    best = dense(index).search(vector, 1, Filters())[0]
    assert best.similarity == pytest.approx(1, abs=1e-5)


def test_another_embedder_is_followed(index: Index) -> None:
    other = WordEmbedder("other", dimensions=32)
    dense(index).search(EMBEDDER.encode_query("heron"), 1, Filters())
    index.reembed(other)
    assert len(dense(index).search(other.encode_query("heron"), 100, Filters())) == index.passage_count()


def test_a_small_index_is_searched_without_chroma(index: Index) -> None:
    folder = index.home / index._catalogue.vectors_folder
    index.close()
    shutil.rmtree(folder)
    with Index.open(index.home, encoder=EMBEDDER) as reader:
        assert reader.search(Query("heron 3"), 1)[0].article.location == "test:walk3"
        assert reader.notices == ()


def test_a_large_index_is_searched_through_chroma(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    vector = EMBEDDER.encode_query("heron 3")
    exactly = dense(index).search(vector, 5, Filters())
    ids = {hit.id: row for row, hit in enumerate(exactly, 1)}
    monkeypatch.setattr("vectorstore.exact.MOST_PASSAGES", 23)
    with Index.open(index.home, encoder=EMBEDDER) as reader:
        assert [hit.id for hit in dense(reader).search(vector, 5, Filters())] == [hit.id for hit in exactly]
        assert dense(reader)._open is not None
        found = dense(reader).similarities(vector, ids)
    assert found == pytest.approx({hit.id: hit.similarity for hit in exactly}, abs=1e-5)


@pytest.mark.parametrize("wider", [1, 10])
@pytest.mark.parametrize(
    "filters",
    [
        Filters(since=DAY + timedelta(days=3)),
        Filters(not_after=DAY + timedelta(days=3)),
        Filters(publisher="the times", since=DAY),
        Filters(publisher="nobody"),
    ],
)
@pytest.mark.parametrize("limit", [1, 5, 100])
def test_chromas_hits_that_pass_are_the_nearest_that_pass(
    index: Index, filters: Filters, limit: int, wider: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether there are enough of them among its first ones or not, and with what came later."""
    monkeypatch.setattr("vectorstore.exact.MOST_PASSAGES", 0)
    monkeypatch.setattr("vectorstore.dense.WIDER", wider)
    vector = EMBEDDER.encode_query("a heron on the frozen pond 2")
    with Index.open(index.home, encoder=EMBEDDER) as reader:
        dense(reader).search(vector, 1, filters)
        put(index, EMBEDDER, article("late", "A heron on pond 2.", publisher="The Times", published_at=DAY))
        found = dense(reader).search(vector, limit, filters)
    expected = oracle(index).search(vector, limit, filters)
    assert [hit.similarity for hit in found] == pytest.approx([hit.similarity for hit in expected], abs=1e-5)


def test_similarities_are_of_the_passages_that_are_held(index: Index) -> None:
    vector = EMBEDDER.encode_query("heron 3")
    hits = dense(index).search(vector, 3, Filters())
    with index._catalogue.database.reading() as connection:
        rows = dict(map(tuple, connection.execute("SELECT id, row FROM passages").fetchall()))
    asked = {hit.id: rows[hit.id] for hit in hits} | {"gone": 10_000, "earlier": -1}
    expected = {hit.id: hit.similarity for hit in hits}
    assert dense(index).similarities(vector, asked) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("limit", [1, 3, 4, 9])
def test_the_largest(limit: int) -> None:
    values = np.array([1, 5, 3, 3, 3, 2], np.float32)
    assert sorted(values[largest(values, limit)], reverse=True) == sorted(values, reverse=True)[:limit]

"""The contract of `VectorStore`, held by every backend; the exact store is the oracle."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vectorstore.chroma import ChromaVectorStore
from vectorstore.embedding import Vectors
from vectorstore.errors import DimensionsError
from vectorstore.query import Filters
from vectorstore.vectors import NumpyVectorStore, VectorFacts, VectorStore

DIMENSIONS = 8
ANYTHING = Filters()
NO_FACTS = VectorFacts("article", None, None)
DAY = date(2023, 1, 10)


def unit(*values: float) -> Vectors:
    vector = np.zeros(DIMENSIONS, np.float32)
    vector[: len(values)] = values
    return vector / np.linalg.norm(vector)


def random_units(count: int, seed: int = 5) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSIONS)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(params=["numpy", "chroma"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    made: VectorStore = (
        NumpyVectorStore(DIMENSIONS)
        if request.param == "numpy"
        else ChromaVectorStore(tmp_path / "chroma", DIMENSIONS)
    )
    yield made
    made.close()


def ids_found(store: VectorStore, vector: Vectors, limit: int = 10, filters: Filters = ANYTHING) -> list[str]:
    return [hit.id for hit in store.search(vector, limit, filters)]


def add(store: VectorStore, **rows: tuple[Vectors, VectorFacts]) -> None:
    store.add(
        list(rows), np.stack([vector for vector, _ in rows.values()]), [fact for _, fact in rows.values()]
    )


def test_nearest_come_first_with_their_cosine(store: VectorStore) -> None:
    add(store, far=(unit(0, 1), NO_FACTS), near=(unit(1, 0.1), NO_FACTS), opposite=(unit(-1), NO_FACTS))
    hits = store.search(unit(1), 10, ANYTHING)
    assert [hit.id for hit in hits] == ["near", "far", "opposite"]
    assert [hit.similarity for hit in hits] == pytest.approx([1 / np.hypot(1, 0.1), 0, -1], abs=1e-5)


def test_an_empty_store_finds_nothing(store: VectorStore) -> None:
    assert store.search(unit(1), 5, ANYTHING) == []
    assert store.count() == 0
    assert list(store.ids()) == []


def test_no_more_than_there_are(store: VectorStore) -> None:
    store.add(["a", "b"], random_units(2), [NO_FACTS] * 2)
    assert sorted(ids_found(store, unit(1), limit=50)) == ["a", "b"]
    assert len(ids_found(store, unit(1), limit=1)) == 1
    assert ids_found(store, unit(1), limit=0) == []


def test_what_is_deleted_is_not_found(store: VectorStore) -> None:
    store.add(["a", "b"], random_units(2), [NO_FACTS] * 2)
    store.delete(["a", "unknown"])
    store.delete([])
    assert ids_found(store, unit(1)) == ["b"]
    assert list(store.ids()) == ["b"]


def test_adding_again_overwrites(store: VectorStore) -> None:
    add(store, one=(unit(0, 1), VectorFacts("old", "old", 1)))
    add(store, one=(unit(1), VectorFacts("new", "new", 2)))
    assert store.count() == 1
    assert store.search(unit(1), 1, Filters(article_ids=("new",)))[0].similarity == pytest.approx(1, abs=1e-5)
    assert ids_found(store, unit(1), filters=Filters(article_ids=("old",))) == []


def test_what_was_deleted_can_come_back(store: VectorStore) -> None:
    add(store, one=(unit(1), NO_FACTS))
    store.delete(["one"])
    add(store, one=(unit(0, 1), NO_FACTS))
    assert store.search(unit(0, 1), 1, ANYTHING)[0].similarity == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (ANYTHING, {"early", "middle", "late", "undated"}),
        (Filters(since=DAY), {"middle", "late"}),
        (Filters(until=DAY), {"early", "middle"}),
        (Filters(since=DAY, until=DAY), {"middle"}),
        (Filters(not_after=DAY), {"early", "middle", "undated"}),
        (Filters(since=DAY, not_after=DAY), {"middle"}),
        (Filters(until=date(2023, 1, 9), not_after=DAY), {"early"}),
        (Filters(publisher=" THE  times"), {"early", "undated"}),
        (Filters(publisher="The Times", since=date(2000, 1, 1)), {"early"}),
        (Filters(article_ids=("A", "C")), {"early", "late"}),
        (Filters(article_ids=("A", "C"), since=DAY), {"late"}),
        (Filters(article_ids=("unknown",)), set()),
        (Filters(publisher="nobody"), set()),
    ],
)
def test_filters(store: VectorStore, filters: Filters, expected: set[str]) -> None:
    day = DAY.toordinal()
    add(
        store,
        early=(unit(1), VectorFacts("A", "the times", day - 1)),
        middle=(unit(1, 1), VectorFacts("B", None, day)),
        late=(unit(1, 2), VectorFacts("C", "the post", day + 1)),
        undated=(unit(1, 3), VectorFacts("D", "the times", None)),
    )
    assert set(ids_found(store, unit(1), filters=filters)) == expected


def test_wrong_dimensions_are_refused_with_both_numbers(store: VectorStore) -> None:
    with pytest.raises(DimensionsError, match=r"3 dimensions.*8"):
        store.add(["a"], np.ones((1, 3), np.float32), [NO_FACTS])
    with pytest.raises(DimensionsError, match=r"5 dimensions.*8"):
        store.search(np.ones(5, np.float32), 1, ANYTHING)
    assert store.count() == 0


def test_uneven_arguments_are_refused(store: VectorStore) -> None:
    with pytest.raises(ValueError, match="2 ids, 1 vectors and 1 facts"):
        store.add(["a", "b"], random_units(1), [NO_FACTS])


def test_more_than_one_batch(tmp_path: Path) -> None:
    store = ChromaVectorStore(tmp_path / "chroma", DIMENSIONS)
    store._batch = 7
    ids = [f"id{number}" for number in range(30)]
    store.add(ids, random_units(30), [NO_FACTS] * 30)
    assert sorted(store.ids()) == sorted(ids)
    store.delete(ids[:20])
    assert sorted(store.ids()) == sorted(ids[20:])
    store.close()


def test_chroma_keeps_its_vectors(tmp_path: Path) -> None:
    first = ChromaVectorStore(tmp_path / "chroma", DIMENSIONS)
    add(first, one=(unit(1), NO_FACTS))
    first.close()
    second = ChromaVectorStore(tmp_path / "chroma", DIMENSIONS)
    assert ids_found(second, unit(1)) == ["one"]
    second.close()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), limit=st.integers(1, 20))
def test_chroma_agrees_with_the_exact_store(tmp_path: Path, seed: int, limit: int) -> None:
    vectors = random_units(60, seed)
    ids = [f"id{number}" for number in range(60)]
    facts = [VectorFacts(f"article{number % 4}", None, DAY.toordinal() + number % 5) for number in range(60)]
    exact, chroma = NumpyVectorStore(DIMENSIONS), ChromaVectorStore(tmp_path / str(seed), DIMENSIONS)
    for store in (exact, chroma):
        store.add(ids, vectors, facts)
    query = random_units(1, seed + 1)[0]
    filters = Filters(since=DAY, article_ids=("article1", "article2"))
    assert ids_found(chroma, query, limit, filters) == ids_found(exact, query, limit, filters)
    chroma.close()

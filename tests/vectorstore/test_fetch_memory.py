"""What was fetched is remembered with its article, and forgotten with it; two memories, the same tests."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.sources.web.memory import FetchMemory, FetchRecord, TransientMemory
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index

FETCHED_AT = datetime(2024, 5, 1, 12, 30, tzinfo=UTC)
FEED = FetchRecord("https://a.example/feed", "feed", "", FETCHED_AT, etag='"1"')


def page(name: str, **marks: str | None) -> FetchRecord:
    return FetchRecord(
        f"https://a.example/{name}", "page", f"digest of {name}", FETCHED_AT, f"test:{name}", **marks
    )


@pytest.fixture
def embedder() -> WordEmbedder:
    return WordEmbedder()


@pytest.fixture
def index(tmp_path: Path, embedder: WordEmbedder) -> Iterator[Index]:
    with Index.create_or_open(tmp_path / "home", embedder) as opened:
        put(opened, embedder, article("one", "The first."), article("two", "The second."))
        yield opened


@pytest.fixture(params=["stored", "transient"])
def memory(request: pytest.FixtureRequest, index: Index) -> FetchMemory:
    return index.fetch_memory() if request.param == "stored" else TransientMemory()


def test_nothing_is_known_of_what_was_never_fetched(memory: FetchMemory) -> None:
    assert memory.get("https://a.example/one") is None
    assert memory.listed_by(FEED.address) == ()
    assert memory.listings_of("https://a.example/one") == ()


def test_a_fetch_is_remembered_as_it_was(memory: FetchMemory) -> None:
    record = page(
        "one",
        etag='W/"x"',
        last_modified="yesterday",
        marks={FEED.address: "id 3"},
        published="2024-04-30",
    )
    memory.put(record)
    assert memory.get(record.address) == record


def test_the_last_fetch_replaces_the_one_before(memory: FetchMemory) -> None:
    memory.put(page("one", etag='"1"', marks={FEED.address: "a"}))
    memory.put(page("one", etag='"2"'))
    assert memory.get("https://a.example/one") == page("one", etag='"2"')


def test_a_listing_is_remembered_with_what_it_names(memory: FetchMemory) -> None:
    memory.put(FEED)
    for name in ("two", "one"):
        memory.put(page(name), listing=FEED.address)
        memory.put(page(name), listing=FEED.address)
    assert memory.get(FEED.address) == FEED
    assert memory.listed_by(FEED.address) == ("https://a.example/one", "https://a.example/two")
    memory.put(page("one"), listing="https://a.example/map")
    assert memory.listings_of("https://a.example/one") == (FEED.address, "https://a.example/map")


def test_what_a_listing_names_no_longer_is_dropped_from_it_alone(memory: FetchMemory) -> None:
    for listing in (FEED.address, "https://a.example/map"):
        memory.put(page("one"), listing=listing)
    memory.drop_from(FEED.address, ["https://a.example/one", "https://a.example/never"])
    assert memory.listings_of("https://a.example/one") == ("https://a.example/map",)
    assert memory.get("https://a.example/one") == page("one")


def test_an_article_that_is_removed_takes_its_fetch_along(index: Index) -> None:
    memory = index.fetch_memory()
    memory.put(page("one"), listing=FEED.address)
    memory.put(page("two"), listing=FEED.address)
    with index.writer("test") as writer:
        writer.remove(article("one", "The first.").id)
    assert memory.get("https://a.example/one") is None
    assert memory.listed_by(FEED.address) == ("https://a.example/two",)


def test_a_fetch_says_nothing_once_its_article_came_from_elsewhere(
    index: Index, embedder: WordEmbedder
) -> None:
    memory = index.fetch_memory()
    memory.put(page("one"))
    put(index, embedder, article("one", "Other words, out of an archive."))
    assert memory.get("https://a.example/one") is None


def test_nothing_is_remembered_of_an_article_that_is_not_in_the_index(index: Index) -> None:
    memory = index.fetch_memory()
    memory.put(page("never"), listing=FEED.address)
    assert memory.get("https://a.example/never") is None
    assert memory.listed_by(FEED.address) == ()


def test_another_process_finds_what_was_remembered(
    index: Index, embedder: WordEmbedder, tmp_path: Path
) -> None:
    index.fetch_memory().put(page("one"), listing=FEED.address)
    with Index.open(tmp_path / "home", encoder=embedder) as other:
        assert other.fetch_memory().get("https://a.example/one") == page("one")
        assert other.fetch_memory().listed_by(FEED.address) == ("https://a.example/one",)


def test_text_that_sqlite_refuses_is_remembered_all_the_same(memory: FetchMemory) -> None:
    memory.put(FetchRecord("https://a.example/\ud800", "feed", "", FETCHED_AT))
    assert memory.get("https://a.example/\ud800") is not None


def test_each_listing_has_its_own_mark(memory: FetchMemory) -> None:
    record = page("one", marks={FEED.address: "id 3"}).marked("https://a.example/map", "2024-05-01")
    memory.put(record)
    found = memory.get(record.address)
    assert found is not None
    assert found.is_marked(FEED.address, "id 3")
    assert found.is_marked("https://a.example/map", "2024-05-01")
    assert not found.is_marked("https://a.example/map", "id 3")
    assert not found.is_marked("https://a.example/other", None)


@pytest.mark.parametrize("stored", ["tag:1 2024-05-01", "{of an earlier version}", '"id 3"'])
def test_a_mark_of_an_earlier_version_is_none(index: Index, stored: str) -> None:
    memory = index.fetch_memory()
    memory.put(page("one", marks={FEED.address: "id 3"}))
    with index._catalogue.database.writing() as connection:
        connection.execute("UPDATE fetches SET mark = ?", (stored,))
    found = memory.get("https://a.example/one")
    assert found is not None
    assert not found.marks

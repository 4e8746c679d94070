"""The editions of a story: versions of one article, and articles at one address that follow each other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ingest.article import Article
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index

FIRST_DAY, LATER = date(2023, 2, 6), date(2023, 2, 25)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as made:
        yield made


def story(name: str, text: str, changed: date | None = None, publisher: str = "Wire") -> Article:
    """An article at the one address."""
    return Article.create(
        location=f"test:{name}",
        title="Flood",
        text=text,
        url="https://wire.example/flood",
        publisher=publisher,
        published_at=FIRST_DAY,
        modified_at=changed,
    )


def told(index: Index, head: Article) -> list[tuple[str, date | None, bool]]:
    return [(one.article.text, one.known_from, one.is_current) for one in index.editions_of(head.head)]


def test_the_versions_of_an_article_are_its_editions(index: Index) -> None:
    first, second = story("flood", "Twelve died."), story("flood", "Thirty died.", LATER)
    put(index, WordEmbedder(), first)
    put(index, WordEmbedder(), second)
    assert told(index, second) == [("Twelve died.", FIRST_DAY, False), ("Thirty died.", LATER, True)]


def test_a_change_without_a_stated_day_is_known_from_when_it_was_seen(index: Index) -> None:
    for text, day in (("Twelve died.", 6), ("Thirty died.", 9)):
        put(
            index,
            WordEmbedder(),
            replace(story("flood", text), retrieved_at=datetime(2023, 2, day, tzinfo=UTC)),
        )
    assert [day for _, day, _ in told(index, story("flood", "Any."))] == [FIRST_DAY, date(2023, 2, 9)]


def test_another_title_alone_is_no_edition(index: Index) -> None:
    put(index, WordEmbedder(), article("flood", "Twelve died.", title="One"))
    put(index, WordEmbedder(), article("flood", "Twelve died.", title="Two"))
    assert told(index, article("flood", "Twelve died.")) == []


def test_articles_at_one_address_by_one_publisher_are_editions(index: Index) -> None:
    early, late = story("early", "Twelve died."), story("late", "Thirty died.", LATER, "wire")
    put(index, WordEmbedder(), late, early, story("other", "Forty died.", LATER, "Daily"))
    assert told(index, late) == [("Twelve died.", FIRST_DAY, True), ("Thirty died.", LATER, True)]
    put(index, WordEmbedder(), story("third", "Fifty died.", date(2023, 3, 1)))
    assert [text for text, _, _ in told(index, late)] == ["Twelve died.", "Thirty died.", "Fifty died."]


def test_an_article_that_never_changed_has_none(index: Index) -> None:
    only = story("flood", "Twelve died.")
    put(index, WordEmbedder(), only)
    assert told(index, only) == []

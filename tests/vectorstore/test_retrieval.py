"""What dates and wording do to a search, and where passages stand in their articles."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.catalogue import Catalogue
from vectorstore.index import Index
from vectorstore.keywords import query_terms
from vectorstore.query import Query

ASKED = date(2022, 6, 17)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as made:
        yield made


def first(index: Index, query: Query) -> str:
    return index.search(query)[0].article.location.removeprefix("test:")


def put_prizes(index: Index, *days: date | None) -> None:
    """Articles on one subject, equally good but for their dates, no two near-identical."""
    for number, day in enumerate(days):
        text = f"Novel prize goes to writer. Copy {number} of the report."
        put(index, WordEmbedder(), article(f"prize{number}", text, title="Prize", published_at=day))


def test_articles_of_the_days_before_the_question_come_first(index: Index) -> None:
    put_prizes(
        index, ASKED - timedelta(days=700), ASKED - timedelta(days=3), ASKED + timedelta(days=300), None
    )
    assert first(index, Query("who won the novel prize?", as_of=ASKED)) == "prize1"


def test_an_article_after_the_question_is_found_all_the_same(index: Index) -> None:
    put_prizes(index, ASKED + timedelta(days=300))
    assert first(index, Query("who won the novel prize?", as_of=ASKED)) == "prize0"


def test_without_a_day_newer_articles_come_first(index: Index) -> None:
    put_prizes(index, ASKED - timedelta(days=700), ASKED + timedelta(days=300), None)
    assert first(index, Query("who won the novel prize?")) == "prize1"


def test_a_question_about_the_past_does_not_prefer_the_newest(index: Index) -> None:
    put_prizes(index, ASKED, ASKED - timedelta(days=700))
    scores = {one.score for one in index.search(Query("who won the novel prize?", prefers_recent=False))}
    preferring = {one.score for one in index.search(Query("who won the novel prize?"))}
    assert max(scores) - min(scores) < 0.05 < max(preferring) - min(preferring)


def test_the_newest_day_is_that_of_the_articles_there_are_now(index: Index, tmp_path: Path) -> None:
    put_prizes(index, ASKED)
    catalogue = Catalogue.open(index.home)
    assert catalogue.newest_day() == ASKED
    newer = article("newer", "News.", published_at=ASKED + timedelta(days=1))
    put(index, WordEmbedder(), newer, article("undated", "No date."))
    assert catalogue.newest_day() == ASKED + timedelta(days=1)
    with index.writer() as writer:
        writer.remove(newer.id)
    assert catalogue.newest_day() == ASKED
    catalogue.close()


def test_the_place_of_a_passage_counts_within_its_article(index: Index) -> None:
    long = article("long", "First.\n\nSecond.\n\nThird.")
    put(index, WordEmbedder(), article("other", "One.\n\nTwo."), long)
    put(index, WordEmbedder(), article("other", "One.\n\nTwo.\n\nThree."))
    catalogue = Catalogue.open(index.home)
    held = catalogue.held_passages([passage.id for passage in index.passages_of(long.id)])
    assert {one.passage.text: one.place for one in held.values()} == {"First.": 0, "Second.": 1, "Third.": 2}
    catalogue.close()


def test_the_lead_of_an_article_comes_before_a_later_mention(index: Index) -> None:
    told = "The ferry to the island sank in the storm, all on board are safe."
    put(index, WordEmbedder(), article("later", f"A storm came.\n\nTrees fell.\n\n{told}", title="Storm"))
    put(index, WordEmbedder(), article("lead", f"{told}\n\nTrees fell.\n\nA storm came.", title="Storm"))
    results = index.search(Query("why did the ferry sink", prefers_recent=False))
    assert results[0].article.location == "test:lead"


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Which country was recently named the happiest this week?", ["country", "happiest"]),
        ("What happened last month?", ["happened"]),
        ("What was it called last year?", ["what", "was", "it", "called", "last", "year"]),
        ("", []),
    ],
)
def test_words_that_only_date_a_question_are_not_searched_for(question: str, terms: list[str]) -> None:
    assert query_terms(question) == terms

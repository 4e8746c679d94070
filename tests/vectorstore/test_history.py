"""Every version of an article is kept, in the order in which it was seen, with what changed between them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.history import changes_between
from vectorstore.index import Index

FIRST = replace(
    article("flood", "Twelve people died. The river rose.", published_at=date(2023, 1, 9)),
    retrieved_at=datetime(2023, 1, 9, 12, tzinfo=UTC),
)
SECOND = replace(
    article(
        "flood",
        "Thirty people died. The river rose. Schools are shut.",
        title="Thirty dead",
        published_at=date(2023, 1, 9),
    ),
    retrieved_at=datetime(2023, 1, 10, 12, tzinfo=UTC),
)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as made:
        yield made


def test_the_versions_come_in_the_order_in_which_they_were_seen(index: Index) -> None:
    for version in (FIRST, SECOND, FIRST):
        put(index, WordEmbedder(), version)
    history = index.history(FIRST.id)
    assert [one.article for one in history] == [FIRST, SECOND, FIRST]
    assert [one.number for one in history] == [1, 2, 3]
    assert [one.is_current for one in history] == [False, False, True]
    assert history[1].seen_at == SECOND.retrieved_at
    assert index.history("0" * 16) == []


def test_what_changed_is_told_sentence_by_sentence() -> None:
    told = [(one.kind, one.part, one.earlier, one.later) for one in changes_between(FIRST, SECOND)]
    assert told == [
        ("replaced", "title", "About flood", "Thirty dead"),
        ("replaced", "text", "Twelve people died.", "Thirty people died."),
        ("added", "text", "", "Schools are shut."),
    ]
    assert changes_between(SECOND, SECOND) == []
    assert changes_between(SECOND, FIRST)[-1].kind == "removed"


def test_a_removed_article_has_no_history(index: Index) -> None:
    put(index, WordEmbedder(), FIRST)
    put(index, WordEmbedder(), SECOND)
    with index.writer() as writer:
        writer.remove(FIRST.id)
    assert index.history(FIRST.id) == []
    with index._catalogue.database.reading() as connection:
        for table in ("versions", "revisions", "documents", "sketches", "sketch_bands"):
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0

"""Odd dates: kept, told, and never taken for today."""

from datetime import UTC, date, datetime
from pathlib import Path

from ingest.article import Article
from tests.vectorstore.fakes import MemorySource, WordEmbedder, put
from vectorstore.index import Index
from vectorstore.remarks import Remarks, is_ahead
from vectorstore.sync import ingest_source

READ_AT = datetime(2024, 5, 1, 12, tzinfo=UTC)


def dated(name: str, published: date | None, read: datetime | None = READ_AT, how: str = "meta") -> Article:
    return Article.create(
        location=f"made:{name}",
        title=name,
        text=f"Words of {name}.",
        published_at=published,
        retrieved_at=read,
        found={"published_at": how},
    )


def test_a_date_is_ahead_only_beyond_what_time_zones_explain() -> None:
    assert not is_ahead(dated("a", date(2024, 5, 2)))
    assert is_ahead(dated("a", date(2024, 5, 3)))
    assert is_ahead(dated("a", datetime(2031, 1, 1, tzinfo=UTC)))
    assert not is_ahead(dated("a", None))
    assert not is_ahead(dated("a", date(2031, 1, 1), read=None))


def test_odd_dates_are_told_in_one_line_each() -> None:
    remarks = Remarks()
    assert remarks.notices() == ()
    for article in (
        dated("a", date(2031, 1, 1)),
        dated("b", date(2024, 1, 1)),
        dated("c", None, how="unreadable: 3 hours ago"),
        dated("d", None, how="unreadable: soon"),
    ):
        remarks.note(article)
    assert remarks.notices() == (
        "1 article states a date in the future: kept, and never taken for today",
        "2 articles state a date that cannot be read: kept without it (for example 3 hours ago)",
    )


def test_the_newest_day_is_never_in_the_future_of_the_reading(tmp_path: Path) -> None:
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as index:
        put(index, WordEmbedder(), dated("a", date(2024, 4, 30)), dated("b", date(2031, 1, 1)))
        assert index._catalogue.newest_day() == date(2024, 4, 30)
        assert index.date_span().last == date(2031, 1, 1)
        put(index, WordEmbedder(), dated("c", date(2024, 5, 2)))
        assert index._catalogue.newest_day() == date(2024, 5, 2)


def test_an_ingestion_tells_of_a_date_in_the_future(tmp_path: Path) -> None:
    source = MemorySource({"a.md": "---\ndate: 2999-01-01\n---\nWords of it."})
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as index:
        report = ingest_source(index, WordEmbedder(), source)
        assert any("in the future" in notice for notice in report.notices)
        assert str(index.articles()[0].published_at) == "2999-01-01"

"""A day that the caller names: nothing later is read, the days before it come first."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.answerers.base import Draft, Evidence, Period, UnderstoodQuestion
from assistant.core import Assistant
from assistant.searching import known_on, search
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.query import Filters, Query
from vectorstore.retrieved import RetrievedPassage

TODAY = date(2023, 6, 1)
ARTICLES = [
    article("before", "The bridge was closed for repairs.", published_at=date(2019, 12, 30)),
    article("that-day", "The bridge opened to cyclists again.", published_at=date(2019, 12, 31)),
    article("later", "A storm took the bridge away.", published_at=date(2020, 1, 1)),
    article("undated", "The bridge has nine arches."),
]


class Declining:
    """Declines everything; what the passages were can be read from the answer."""

    name = "declining"

    def answer(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Draft:
        return Draft("declined", 0.0, self.name, reason="Nothing to say.")

    def order(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> tuple[str, ...]:
        return ()

    def stream(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Iterator[str | Draft]:
        yield self.answer(question, retrieved, evidence)


class Recorder:
    """A searcher that finds nothing and remembers what it was asked."""

    def __init__(self) -> None:
        self.queries: list[Query] = []

    def search(self, query: Query, limit: int = 10) -> list[RetrievedPassage]:
        self.queries.append(query)
        return []


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    with Index.create_or_open(tmp_path / "home", WordEmbedder()) as index:
        put(index, WordEmbedder(), *ARTICLES)
        yield Assistant(index, Declining(), today=lambda: TODAY)


def names(passages: Sequence[RetrievedPassage]) -> set[str]:
    return {one.article.location.removeprefix("test:") for one in passages}


def test_nothing_later_than_the_day_is_read_and_undated_articles_are(assistant: Assistant) -> None:
    answer = assistant.ask("What happened to the bridge?", as_of=date(2019, 12, 31))
    assert names(answer.retrieved) == {"before", "that-day", "undated"}
    assert (answer.searched.articles, answer.searched.last) == (3, date(2019, 12, 31))


def test_the_same_holds_for_a_stream_and_for_retrieval(assistant: Assistant) -> None:
    *_, last = assistant.stream("What happened to the bridge?", as_of=date(2019, 12, 31))
    assert "later" not in names(last.data.retrieved)  # type: ignore[union-attr]
    assert "later" not in names(assistant.retrieve("Where is the bridge?", as_of=date(2019, 12, 31)))


def test_filters_of_the_caller_still_hold(assistant: Assistant) -> None:
    only_dated = Filters(until=date(2019, 12, 30))
    answer = assistant.ask("What happened to the bridge?", filters=only_dated, as_of=date(2019, 12, 31))
    assert names(answer.retrieved) == {"before"}


def test_without_a_day_everything_is_read_whatever_the_clock_says(assistant: Assistant) -> None:
    assistant._today = lambda: date(2019, 12, 31)
    assert names(assistant.ask("What happened to the bridge?").retrieved) == {
        "before",
        "that-day",
        "later",
        "undated",
    }


def test_the_earlier_of_two_last_days_holds() -> None:
    early, late = date(2019, 1, 1), date(2020, 1, 1)
    assert known_on(late, Filters(not_after=early)).not_after == early
    assert known_on(early, Filters(not_after=late)).not_after == early
    assert known_on(None, Filters(not_after=late)).not_after == late
    assert known_on(None, Filters()) == Filters()


def asked(period: Period | None, asked_on: date | None = None) -> Query:
    """The query that a question becomes."""
    recorder = Recorder()
    search(recorder, UnderstoodQuestion("q", "q", TODAY, period=period, asked_on=asked_on), 10)
    return recorder.queries[0]


def test_only_a_day_that_the_caller_named_draws_articles_near_it() -> None:
    assert asked(None).as_of is None
    assert asked(None, asked_on=TODAY).as_of == TODAY


@pytest.mark.parametrize(
    ("period", "prefers_recent"),
    [
        (None, True),
        (Period(date(2017, 1, 1), date(2017, 12, 31), "in 2017"), False),
        (Period(None, date(2017, 12, 31), "before 2018"), False),
        (Period(date(2017, 1, 1), None, "since 2017"), True),
        (Period(TODAY - timedelta(days=1), TODAY - timedelta(days=1), "yesterday"), True),
        (Period(date(2023, 1, 1), TODAY, "this year"), True),
    ],
)
def test_a_question_about_days_long_past_does_not_prefer_the_newest(
    period: Period | None, prefers_recent: bool
) -> None:
    assert asked(period).prefers_recent is prefers_recent


@pytest.mark.parametrize(
    ("period", "searched"),
    [
        (Period(TODAY, TODAY, "two weeks ago", is_relative=True), "Who met?"),
        (Period(TODAY, TODAY, "in June 2023"), "Who met two weeks ago?"),
        (Period(TODAY, TODAY, "Who met two weeks ago?", is_relative=True), "Who met two weeks ago?"),
    ],
)
def test_words_that_only_count_days_are_not_searched_for(period: Period, searched: str) -> None:
    recorder = Recorder()
    text = "Who met two weeks ago?"
    search(recorder, UnderstoodQuestion(text, text, TODAY, period=period), 10)
    assert recorder.queries[0].text.replace(" ?", "?") == searched

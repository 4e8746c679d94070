"""A day that a report names in passing is told in full, counted from the report's own day."""

from datetime import date

import pytest

from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.dating import relative_day
from assistant.conversation import Conversation
from assistant.understanding import understand
from tests.assistant.made_passages import MadeEvidence, answer_from, made_article, whole_passages
from vectorstore.query import Filters

FRIDAY = date(2022, 9, 9)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Thursday", date(2022, 9, 8)),
        ("on Thursday evening", date(2022, 9, 8)),
        ("Friday", FRIDAY),
        ("last Friday", date(2022, 9, 2)),
        ("Saturday", date(2022, 9, 3)),
        ("yesterday", date(2022, 9, 8)),
        ("tonight", FRIDAY),
    ],
)
def test_days_behind_are_counted_back(words: str, day: date) -> None:
    assert relative_day(words, f"It happened {words}.", FRIDAY) == day


def test_a_sentence_that_looks_ahead_means_the_day_that_follows() -> None:
    assert relative_day("Monday", "The court will rule on Monday.", FRIDAY) == date(2022, 9, 12)
    assert relative_day("Friday", "The court will rule on Friday.", FRIDAY) == FRIDAY


@pytest.mark.parametrize(
    ("words", "sentence", "day"),
    [
        ("Thursday", "Officials said on Thursday that the bridge will reopen in May.", date(2022, 9, 8)),
        ("Thursday", "The bridge will reopen on Thursday, officials said.", date(2022, 9, 15)),
        ("Thursday", "Officials said the bridge, now shut, will reopen on Thursday.", date(2022, 9, 15)),
    ],
)
def test_what_was_said_on_a_day_was_said_before(words: str, sentence: str, day: date) -> None:
    assert relative_day(words, sentence, FRIDAY) == day


@pytest.mark.parametrize("words", ["8 September", "2022", "Monday Holdings", "the day before", "Maria"])
def test_other_answers_are_left_alone(words: str) -> None:
    assert relative_day(words, f"It was {words}.", FRIDAY) is None


def test_the_answer_tells_the_day_and_keeps_its_words() -> None:
    report = made_article(
        "The Alder bridge was closed on Thursday after rust was found.", published_at=FRIDAY
    )
    draft = answer_from("When was the Alder bridge closed?", report)
    assert draft.short_answer == "Thursday"
    assert draft.notices == (
        "“Thursday” is 8 September 2022, counted from the article's date, 9 September 2022.",
    )


def test_without_a_date_nothing_is_counted() -> None:
    undated = made_article("The Alder bridge was closed on Thursday after rust was found.")
    draft = answer_from("When was the Alder bridge closed?", undated)
    assert draft.short_answer == "Thursday"
    assert draft.notices == ()


def test_a_report_dated_at_the_end_of_the_calendar_has_no_day_after() -> None:
    assert relative_day("tomorrow", "It opens tomorrow.", date.max) is None
    assert relative_day("yesterday", "It opened yesterday.", date.min) is None


def test_the_number_of_days_ago_need_not_stand_in_the_report() -> None:
    report = made_article(
        "The Alder bridge was closed because rust was found.", published_at=date(2023, 5, 29)
    )
    asks = "Why was the Alder bridge closed 3 days ago?"
    question = understand(asks, Conversation(), Filters(), date(2023, 6, 1))
    draft = ExtractiveAnswerer().answer(question, whole_passages([report]), MadeEvidence([report]))
    assert question.period is not None
    assert draft.status != "declined"

"""Updates and copies in the sample articles: one report was updated, another ran twice."""

from datetime import date

import pytest

from assistant.answer import Answer
from assistant.core import Assistant

pytestmark = pytest.mark.model

DEATHS = "How many people did the earthquake kill in Turkey in February 2023?"
UPDATE = "Earthquake toll in Turkey and Syria passes 50,000"
GRAIN = {
    "Black Sea ports to reopen as Kyiv and Moscow agree on grain",
    "Ukraine and Russia sign deal in Istanbul to free grain exports",
}


def cited(answer: Answer) -> set[str]:
    return {citation.article.title for citation in answer.citations}


def test_an_answer_from_the_updated_report_says_that_it_was_updated(assistant: Assistant) -> None:
    answer = assistant.ask(DEATHS)
    assert UPDATE in cited(answer)
    notice = f"“{UPDATE}” (Sample Wire) was updated on 2023-02-25; the answer uses the updated version."
    assert answer.notices.count(notice) == 1


def test_as_of_a_day_before_the_update_the_first_report_counts(assistant: Assistant) -> None:
    answer = assistant.ask(DEATHS, as_of=date(2023, 2, 8))
    assert "912" in answer.text
    assert UPDATE not in {one.article.title for one in answer.retrieved}
    assert any("the version that stood on 2023-02-08" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    "question",
    [
        "How long will it take until grain exports reach their full volume?",
        "For how many days is the grain agreement valid?",
        "When was the deal on grain exports from Black Sea ports signed?",
        "Where did Ukraine and Russia sign the grain deal?",
    ],
)
def test_a_report_that_ran_twice_is_one_source(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert len(cited(answer) & GRAIN) == 1
    assert not any("Sources differ" in notice for notice in answer.notices)


def test_a_decline_shows_what_is_near_and_what_can_be_asked(assistant: Assistant) -> None:
    answer = assistant.ask("Who is the mayor of Harrowmere?")
    assert answer.declined
    assert answer.speaks_of == ("Harrowmere",)
    assert not assistant.ask(answer.instead[0]).declined

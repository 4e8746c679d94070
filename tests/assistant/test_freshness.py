"""Of like sentences the newer report comes first, most of all where a question asks how things stand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from assistant.answerers.base import Period
from assistant.answerers.extractive.features import FRESH_DAYS, freshness
from assistant.answerers.extractive.reader import PassageReading
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.reading import Reading, read, readings_of
from assistant.understanding.present import asks_for_the_present
from ingest.article import Article
from tests.assistant.made_passages import MadeEvidence, asked, made_article, whole_passages
from vectorstore.retrieved import RetrievedPassage

OLD, NEW = date(2022, 7, 21), date(2022, 9, 26)


class EvenReader:
    """Thinks the same of every passage."""

    name = "even"

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        """One reading a passage, all alike: it saw no token."""
        none = np.zeros(0, np.float32)
        return [PassageReading(0.0, np.zeros((0, 2), np.int64), none, none, none) for _ in passages]


def leaders() -> list[Article]:
    """The older report is ranked first by the search."""
    return [
        made_article("Ada Rossi is prime minister of Alder, the palace says.", "old", published_at=OLD),
        made_article("Bo Bianchi is prime minister of Alder, the palace says.", "new", published_at=NEW),
    ]


def reading_of(question: str, period: Period | None = None, asked_on: date | None = None) -> Reading:
    articles, reader = leaders(), EvenReader()
    passages = whole_passages(articles)
    understood = replace(asked(question), period=period, asked_on=asked_on)
    return read(understood, passages, MadeEvidence(articles), readings_of(reader, question, passages))


def test_the_newest_report_of_the_present_state_comes_first() -> None:
    ranked = reading_of("Who is the prime minister of Alder?").ranked
    assert ranked[0].candidate.text.startswith("Bo Bianchi")


def test_a_question_about_days_gone_by_takes_no_account_of_freshness() -> None:
    period = Period(date(2022, 7, 1), date(2022, 7, 31), "in July 2022")
    ranked = reading_of("Who was prime minister of Alder in July 2022?", period).ranked
    assert ranked[0].candidate.text.startswith("Ada Rossi")
    assert all(item.features.fresh == 0.0 for item in ranked)


def test_a_day_of_asking_makes_the_reports_before_it_fresh() -> None:
    question = "Who became prime minister of Alder?"
    assert all(item.features.fresh == 0.0 for item in reading_of(question).ranked)
    ranked = reading_of(question, asked_on=NEW).ranked
    assert ranked[0].candidate.text.startswith("Bo Bianchi")


def test_freshness_falls_from_the_day_of_looking_back() -> None:
    old, new = leaders()
    undated = made_article("No day.", "undated")
    found = freshness([old.head, new.head, undated.head], NEW)
    assert found[new.id] == 1.0
    assert found[old.id] == pytest.approx(2.718281828 ** (-(NEW - OLD).days / FRESH_DAYS))
    assert undated.id not in found
    assert freshness([new.head], OLD) == {new.id: 1.0}
    assert freshness([new.head], None) == {}


@pytest.mark.parametrize(
    "question",
    ["Who is the prime minister?", "What’s the price of oil?", "Which team currently leads?", "the new king"],
)
def test_the_present_is_asked_for(question: str) -> None:
    assert asks_for_the_present(question)


@pytest.mark.parametrize(
    "question", ["Who won the cup?", "When did the war end?", "Why was the bridge closed?"]
)
def test_the_past_is_asked_for(question: str) -> None:
    assert not asks_for_the_present(question)


def test_the_fake_meets_the_seam() -> None:
    reader: Reader = EvenReader()
    assert reader.name == "even"

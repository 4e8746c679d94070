"""A sentence that asks two questions is answered as two."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answerers.base import Draft, Evidence, UnderstoodQuestion
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.errors import QUESTION_LIMIT_CHARACTERS, QuestionTooLongError
from assistant.joining import MOST_SENTENCES, SECOND_UNANSWERED
from assistant.settings import Settings
from tests.assistant.test_core import ARTICLES
from tests.vectorstore.fakes import WordEmbedder, put
from vectorstore.index import Index
from vectorstore.retrieved import RetrievedPassage

BOTH = "When did Maria Lopez get the music prize, and why was the Alder bridge closed?"
ONE = "Why was the Alder bridge closed, and who painted it?"
NEITHER = "Who sank the submarine of Velm and when was it found?"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, *ARTICLES)
        yield Assistant(index, ExtractiveAnswerer())


def test_both_are_answered_and_cited_together(assistant: Assistant) -> None:
    answer = assistant.ask(BOTH)
    assert answer.question == BOTH
    assert answer.understood == (
        "Two questions: When did Maria Lopez get the music prize? Why was the Alder bridge closed?"
    )
    assert answer.short_answer == "4 May 2021"
    assert any("rust" in sentence.text for sentence in answer.sentences)
    assert {citation.article.title for citation in answer.citations} == {"About bridge", "About prize"}
    assert len(answer.sentences) <= MOST_SENTENCES
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert [item.rank for item in answer.retrieved] == list(range(1, len(answer.retrieved) + 1))
    assert answer.confidence <= assistant.ask("When did Maria Lopez get the music prize?").confidence


def test_the_one_that_is_not_answered_is_named(assistant: Assistant) -> None:
    answer = assistant.ask(ONE)
    assert "rust" in answer.text
    assert SECOND_UNANSWERED.format(second="Who painted it?") in answer.notices


def test_where_the_first_is_not_answered_the_whole_is_declined(assistant: Assistant) -> None:
    answer = assistant.ask(NEITHER)
    assert answer.declined
    assert answer.question == NEITHER
    assert answer.understood == ""


def test_two_questions_may_not_be_longer_than_one(assistant: Assistant) -> None:
    half = f"Why was the Alder bridge {'very ' * (QUESTION_LIMIT_CHARACTERS // 10)}closed"
    with pytest.raises(QuestionTooLongError):
        assistant.ask(f"{half} and why did they close it {half}?")


class Recording(ExtractiveAnswerer):
    """Keeps the questions that it was asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def answer(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Draft:
        self.asked.append(question.text)
        return super().answer(question, retrieved, evidence)


def test_a_language_model_reads_both_at_once(assistant: Assistant) -> None:
    answerer = Recording()
    Assistant(assistant.index, answerer, Settings(model="openai:made")).ask(BOTH)
    assert answerer.asked == [BOTH]


@pytest.mark.parametrize("question", [BOTH, ONE, NEITHER])
def test_it_streams_what_it_answers(assistant: Assistant, question: str) -> None:
    events = list(assistant.stream(question))
    assert [event.name for event in events if event.name != "delta"] == ["understood", "passages", "answer"]
    final = assistant.ask(question)
    assert events[-1].data.to_json() | {"timings_ms": {}} == final.to_json() | {"timings_ms": {}}
    said = "".join(str(event.data) for event in events if event.name == "delta")
    assert said == " ".join(sentence.text for sentence in final.sentences)

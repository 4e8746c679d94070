"""`Assistant` end to end over a real index of made articles, with an embedder that loads nothing."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant, Conversation
from assistant.answer import Answer
from assistant.answerers.base import Draft, Evidence, UnderstoodQuestion
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.fallback import FallbackAnswerer
from assistant.core import Event
from assistant.errors import EmptyQuestionError, ModelError
from tests.assistant.made_passages import BRIDGE, PRIZE
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.query import Filters
from vectorstore.retrieved import RetrievedPassage

ARTICLES = (
    article("bridge", BRIDGE, publisher="Alder Post", published_at=date(2019, 3, 9)),
    article("prize", PRIZE, publisher="Alder Post", published_at=date(2021, 5, 5)),
    article("ferry", "The ferry to Birch island was sold. It now sails in Norway.", publisher="Birch News"),
)
QUESTION = "Why was the Alder bridge closed?"


class Failing:
    """A model that writes a little and then breaks."""

    name = "made:broken"

    def answer(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Draft:
        raise ModelError("it broke", "Try again.", output="The bridge")

    def order(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> tuple[str, ...]:
        return ()

    def stream(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Iterator[str | Draft]:
        yield "The bridge"
        yield self.answer(question, retrieved, evidence)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, *ARTICLES)
        yield index


@pytest.fixture
def assistant(index: Index) -> Assistant:
    return Assistant(index, ExtractiveAnswerer(), today=lambda: date(2023, 6, 1))


def test_an_answer_holds_all_that_a_page_needs(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    assert answer.status == "answered"
    assert answer.short_answer == "because rust had weakened its cables"
    assert answer.text == f"{BRIDGE} [1]"
    (citation,) = answer.citations
    assert ARTICLES[0].text[citation.start : citation.end] == citation.quote
    assert citation.article.publisher == "Alder Post"
    assert answer.searched.articles == 3
    assert (answer.searched.first, answer.searched.last) == (date(2019, 3, 9), date(2021, 5, 5))
    assert answer.retrieved[0].rank == 1
    assert answer.nearest == ()
    assert {"understand", "search", "answer", "cite", "total"} <= set(answer.timings_ms)


def test_the_json_object_has_the_fields_of_the_contract(assistant: Assistant) -> None:
    value = assistant.ask(QUESTION).to_json()
    assert {
        "question", "understood", "status", "confidence", "declined", "reason", "text", "short_answer",
        "sentences", "citations", "retrieved", "searched", "nearest", "notices", "model", "timings_ms",
    } <= set(value)  # fmt: skip
    assert value["sentences"] == [{"text": BRIDGE, "citations": [1], "support": "quoted"}]
    assert set(value["citations"][0]) == {"number", "quote", "start", "end", "passage_id", "article", "place"}
    assert value["citations"][0]["article"]["published_at"] == "2019-03-09"
    assert value["declined"] is False


def test_a_decline_says_what_was_searched_and_what_came_nearest(assistant: Assistant) -> None:
    answer = assistant.ask("Who won the 2018 World Cup?")
    assert answer.declined
    assert answer.sentences == answer.citations == ()
    assert "3 articles" in answer.reason
    assert "2019-03-09" in answer.reason
    assert answer.text == answer.reason
    assert answer.nearest == answer.retrieved[:3] != ()


def test_filters_narrow_what_is_searched(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION, filters=Filters(publisher="birch news"))
    assert answer.declined
    assert answer.searched.articles == 1


def test_an_empty_index_declines(tmp_path: Path) -> None:
    with Index.create_or_open(tmp_path / "empty", WordEmbedder()) as index:
        answer = Assistant(index, ExtractiveAnswerer()).ask(QUESTION)
    assert answer.declined
    assert "no articles" in answer.reason.lower()


def test_a_stream_is_the_same_answer_in_steps(assistant: Assistant) -> None:
    events = list(assistant.stream(QUESTION))
    assert [event.name for event in events] == ["understood", "passages", "delta", "answer"]
    last = events[-1].data
    assert isinstance(last, Answer)
    assert last.sentences == assistant.ask(QUESTION).sentences
    assert all(isinstance(event.to_json(), dict) for event in events)


def test_a_stream_can_be_closed_half_way(assistant: Assistant) -> None:
    events: Iterator[Event] = assistant.stream(QUESTION)
    next(events)
    events.close()  # type: ignore[attr-defined]
    assert assistant.ask(QUESTION).status == "answered"


def test_a_follow_up_is_answered_and_says_how_it_was_understood(assistant: Assistant) -> None:
    conversation = Conversation().with_turn(QUESTION, assistant.ask(QUESTION))
    answer = assistant.ask("When did that happen?", conversation)
    assert answer.short_answer == "March 2019"
    assert "Alder" in answer.understood
    assert "Alder" in answer.standalone


def test_a_conversation_never_changes(assistant: Assistant) -> None:
    empty = Conversation()
    longer = empty.with_turn(QUESTION, assistant.ask(QUESTION))
    assert (len(empty.turns), len(longer.turns)) == (0, 1)
    assert Conversation.from_json(longer.to_json()) == longer


@pytest.mark.parametrize("streamed", [False, True])
def test_a_model_that_fails_costs_a_notice(index: Index, streamed: bool) -> None:
    assistant = Assistant(index, FallbackAnswerer(Failing(), ExtractiveAnswerer()))
    answer = list(assistant.stream(QUESTION))[-1].data if streamed else assistant.ask(QUESTION)
    assert isinstance(answer, Answer)
    assert answer.text.startswith(BRIDGE)
    assert answer.model == "extractive"
    assert "made:broken" in answer.notices[0]
    assert "it broke" in answer.notices[0]


def test_an_empty_question_is_refused_before_anything_is_read(assistant: Assistant) -> None:
    with pytest.raises(EmptyQuestionError):
        assistant.ask("  ")
    with pytest.raises(EmptyQuestionError):
        next(assistant.stream("😀"))


def test_bracketed_numbers_of_an_article_are_no_citations(index: Index) -> None:
    embedder = WordEmbedder()
    put(index, embedder, article("wiki", "The Cedar tunnel was closed in 1999 because of a fire.[7][12]"))
    answer = Assistant(index, ExtractiveAnswerer()).ask("Why was the Cedar tunnel closed?")
    assert "(7)(12)" in answer.text
    assert answer.text.endswith("[1]")
    assert answer.citations[0].quote.endswith("[7][12]")

"""Passages come in the order of their reading, where there is a reader, and none is lost on the way."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import Assistant
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.answerers.extractive.reader import PassageReading
from assistant.answerers.fallback import FallbackAnswerer
from assistant.searching import in_order
from tests.assistant.made_passages import made_article, whole_passages
from tests.assistant.test_core import Failing
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.retrieved import RetrievedPassage

QUESTION = "Who painted the Alder bridge?"
ARTICLES = (
    article(
        "asked", "Who painted the Alder bridge is what the Alder bridge office was asked who painted it."
    ),
    article("told", "The Alder bridge was painted by Ada Rossi in a summer of rain."),
    article("ferry", "The ferry to Birch island was sold."),
)


class NameReader:
    """Finds the answer wherever a passage says "Ada Rossi", and nowhere else."""

    name = "names"

    def read(self, question: str, passages: Sequence[RetrievedPassage]) -> list[PassageReading]:
        return [self._read(item.passage.text) for item in passages]

    def _read(self, text: str) -> PassageReading:
        start = text.find("Ada Rossi")
        found = start >= 0
        words = np.array([(max(start, 0), max(start, 0) + len("Ada Rossi"))], np.int64)
        score = np.array([8.0 if found else -8.0], np.float32)
        return PassageReading(8.0 if found else -8.0, words, score, score, score)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Index]:
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, *ARTICLES)
        yield index


def assistant_of(index: Index, reader: NameReader | None) -> Assistant:
    return Assistant(index, ExtractiveAnswerer(reader), today=lambda: date(2023, 6, 1))


def titles(passages: Sequence[RetrievedPassage]) -> list[str]:
    return [item.article.title for item in passages]


def test_the_passage_that_answers_comes_before_one_that_repeats_the_question(index: Index) -> None:
    assistant = assistant_of(index, NameReader())
    assert titles(assistant.retrieve(QUESTION))[0] == "About asked"
    read = assistant.retrieve(QUESTION, reads=True)
    assert titles(read)[0] == "About told"
    assert [item.rank for item in read] == list(range(1, len(read) + 1))


def test_an_answer_lists_what_was_retrieved_as_it_was_read(index: Index) -> None:
    answer = assistant_of(index, NameReader()).ask(QUESTION)
    assert answer.short_answer == "Ada Rossi"
    assert titles(answer.retrieved)[0] == "About told"
    assert {item.passage.id for item in answer.retrieved} == {
        item.passage.id for item in assistant_of(index, None).ask(QUESTION).retrieved
    }


def test_without_a_reader_the_order_of_the_search_stays(index: Index) -> None:
    assistant = assistant_of(index, None)
    assert assistant.retrieve(QUESTION, reads=True) == assistant.retrieve(QUESTION)


def test_a_limit_is_kept_after_reading(index: Index) -> None:
    found = assistant_of(index, NameReader()).retrieve(QUESTION, limit=1, reads=True)
    assert titles(found) == ["About told"]


def test_with_a_language_model_passages_are_ordered_without_asking_it(index: Index) -> None:
    answerer = FallbackAnswerer(Failing(), ExtractiveAnswerer(NameReader()))
    assistant = Assistant(index, answerer, today=lambda: date(2023, 6, 1))
    assert titles(assistant.retrieve(QUESTION, reads=True))[0] == "About told"


def test_the_retriever_reads_when_it_is_told_to(index: Index) -> None:
    assistant = assistant_of(index, NameReader())
    (document,) = assistant.as_retriever(limit=1, reads=True).invoke(QUESTION)
    assert document.metadata["title"] == "About told"
    (document,) = assistant.as_retriever(limit=1).invoke(QUESTION)
    assert document.metadata["title"] == "About asked"


@given(st.data())
def test_no_passage_is_lost_or_doubled_by_an_order(data: st.DataObject) -> None:
    passages = whole_passages([made_article(f"Text {number}.", f"a{number}") for number in range(5)])
    ids = [item.passage.id for item in passages] + ["unknown"]
    order = data.draw(st.lists(st.sampled_from(ids), unique=True))
    ordered = in_order(order, passages)
    assert sorted(item.passage.id for item in ordered) == sorted(item.passage.id for item in passages)
    assert [item.rank for item in ordered] == [1, 2, 3, 4, 5]
    known = [id_ for id_ in order if id_ != "unknown"]
    assert [item.passage.id for item in ordered[: len(known)]] == known
    rest = [item.passage.id for item in passages if item.passage.id not in known]
    assert [item.passage.id for item in ordered[len(known) :]] == rest

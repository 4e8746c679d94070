"""The assistant and its retriever inside LangChain chains."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.runnables import RunnableLambda
from langchain_core.tracers import langchain as langchain_tracer

from assistant import Assistant
from assistant.answer import Answer
from assistant.answerers.extractive.answerer import ExtractiveAnswerer
from assistant.errors import EmptyQuestionError
from ingest.errors import UsageError
from tests.assistant.made_passages import BRIDGE, PRIZE
from tests.vectorstore.fakes import WordEmbedder, article, put
from vectorstore.index import Index
from vectorstore.query import Filters

QUESTION = "Why was the Alder bridge closed?"


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    embedder = WordEmbedder()
    with Index.create_or_open(tmp_path / "home", embedder) as index:
        put(index, embedder, article("bridge", BRIDGE, publisher="Alder Post"), article("prize", PRIZE))
        yield Assistant(index, ExtractiveAnswerer())


def test_the_assistant_composes_in_a_chain(assistant: Assistant) -> None:
    chain = RunnableLambda(str.strip) | assistant.as_runnable() | (lambda answer: answer.short_answer)
    assert chain.invoke(f"  {QUESTION} ") == "because rust had weakened its cables"


def test_the_retriever_composes_in_a_chain(assistant: Assistant) -> None:
    def titles(documents: list[Document]) -> list[str]:
        return [document.metadata["title"] for document in documents]

    chain = assistant.as_retriever(limit=1) | titles
    assert chain.invoke(QUESTION) == ["About bridge"]


def test_documents_know_where_they_stand(assistant: Assistant) -> None:
    (document, *_) = assistant.as_retriever().invoke(QUESTION)
    held = assistant.index.article(document.metadata["article_id"])
    assert held is not None
    assert held.text[document.metadata["start"] : document.metadata["end"]] == document.page_content
    assert document.metadata["publisher"] == "Alder Post"


def test_a_mapping_carries_what_ask_takes(assistant: Assistant) -> None:
    answer = assistant.as_runnable().invoke({"question": QUESTION, "filters": Filters(publisher="nobody")})
    assert answer.declined


@pytest.mark.parametrize(
    ("given", "error"), [({"q": QUESTION}, UsageError), ({}, EmptyQuestionError), ("", EmptyQuestionError)]
)
def test_inputs_that_ask_nothing_are_refused(
    assistant: Assistant, given: str | dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        assistant.as_runnable().invoke(given)


def test_many_questions_at_once(assistant: Assistant) -> None:
    answers = assistant.as_runnable().batch([QUESTION, "When was the Alder music prize given?"])
    assert [answer.short_answer for answer in answers] == [
        "because rust had weakened its cables",
        "4 May 2021",
    ]
    assert all(isinstance(answer, Answer) for answer in answers)


def test_no_stray_variable_switches_tracing_on(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        monkeypatch.setenv(name, "true")

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a tracer was made")

    monkeypatch.setattr(langchain_tracer.LangChainTracer, "__init__", refuse)
    assert assistant.as_retriever().invoke(QUESTION)
    with ThreadPoolExecutor(1) as apart:  # this thread may have a loop of the browser's
        assert apart.submit(lambda: asyncio.run(assistant.as_retriever().ainvoke(QUESTION))).result()
    assert assistant.as_runnable().invoke(QUESTION).short_answer

"""A request is read as the question that it is; what is none stays as it was written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation import Conversation
from assistant.understanding.question import AnswerKind, analyse
from assistant.understanding.requests import as_question
from assistant.understanding.understand import understand
from vectorstore.query import Filters


@pytest.mark.parametrize(
    ("request_", "question"),
    [
        ("hey can you tell me when the ferry sank pls", "When the ferry sank?"),
        ("Could you please explain why Turkey was sanctioned?", "Why Turkey was sanctioned?"),
        ("Do you know who won the cup?", "Who won the cup?"),
        ("I would like to know how many people died", "How many people died?"),
        ("Tell me, what is the S-400? Thanks!", "What is the S-400?"),
        ("Hi there, what happened in Ankara?", "What happened in Ankara?"),
        ("Question: Who won?", "Who won?"),
        ("Please give me the date of the vote.", "What is the date of the vote?"),
        ("Name the first president of Turkey", "Who is the first president of Turkey?"),
        ("Find the price of the bridge", "What is the price of the bridge?"),
        ("Find the $ value paid to Alder? Record all.", "What is the $ value paid to Alder? Record all."),
    ],
)
def test_a_request_is_a_question(request_: str, question: str) -> None:
    assert as_question(request_) == question


@pytest.mark.parametrize(
    "text",
    [
        "Why was Turkey sanctioned?",
        "why was turkey sanctioned",
        "Did Turkey know who it was?",
        "So what?",
        "Know what? It rained.",
        "Tell me about Turkey",
        "Tell me more about it",
        "List all articles about bees",
        "What do you want to know?",
        "Hello",
        "please",
        "S-400",
    ],
)
def test_what_is_no_request_stays_as_it_is(text: str) -> None:
    assert as_question(text) == text


@given(st.text(max_size=60))
def test_nothing_is_lost_but_manners(text: str) -> None:
    assert bool(as_question(text).strip()) == bool(text.strip())


@given(st.sampled_from(["who won the cup", "when it rained", "why", "how many came"]), st.integers(0, 3))
def test_manners_may_be_repeated(question: str, times: int) -> None:
    plain = as_question("please tell me " + question)
    assert as_question("hello, " * times + "please tell me " + question + ", thanks") == plain


def test_the_price_asked_for_is_money() -> None:
    assert analyse(as_question("Find the $ value paid to Alder?")).kind is AnswerKind.MONEY


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("pls tell me when the ferry sank", "When the ferry sank?"),
        ("Tell me the latest on ferries", "Tell me the latest on ferries"),  # is computed
    ],
)
def test_a_question_is_understood_without_manners(asked: str, text: str) -> None:
    understood = understand(asked, Conversation(), Filters(), date(2024, 1, 1))
    assert (understood.asked, understood.text) == (asked, text)

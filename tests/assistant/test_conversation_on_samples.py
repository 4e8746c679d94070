"""A real conversation over the sample articles, with the real model."""

import pytest

from assistant.answer import Answer
from assistant.conversation import Conversation
from assistant.core import Assistant

pytestmark = pytest.mark.model


def talk(assistant: Assistant, *questions: str) -> list[Answer]:
    """Ask one question after another."""
    conversation, answers = Conversation(), []
    for question in questions:
        answers.append(assistant.ask(question, conversation))
        conversation = conversation.with_turn(question, answers[-1])
    return answers


def test_a_change_of_subject_is_noticed_and_a_follow_up_is_read_with_what_was_said(
    assistant: Assistant,
) -> None:
    _, follow_up, stated, other = talk(
        assistant,
        "why was Turkey sanctioned?",
        "When did that happen?",
        "Which missiles had Turkey bought?",
        "who won the 2018 World Cup?",
    )
    assert "Turkey" in follow_up.understood
    assert "Turkey" in follow_up.standalone
    assert "turkey" not in stated.understood
    assert (other.understood, other.standalone) == ("", "")
    alone = assistant.ask("who won the 2018 World Cup?")
    assert [one.passage.id for one in other.retrieved] == [one.passage.id for one in alone.retrieved]
    assert (other.status, other.reason) == (alone.status, alone.reason)


@pytest.mark.parametrize(
    "question",
    [
        "How many bike lanes does Port Ellery have?",
        "when did finland join nato?",
        "How do you bake rye bread?",
    ],
)
def test_a_question_that_stands_alone_is_answered_as_if_asked_first(
    assistant: Assistant, question: str
) -> None:
    _, after = talk(assistant, "why was Turkey sanctioned?", question)
    alone = assistant.ask(question)
    assert (after.understood, after.text, after.confidence) == ("", alone.text, alone.confidence)


def test_words_that_are_taken_over_are_shown_as_they_are_written(assistant: Assistant) -> None:
    _, after = talk(assistant, "why was turkey sanctioned?", "Which agency bought the missiles?")
    assert after.understood.startswith("Read with what was said before (")
    words = after.understood.partition("(")[2].partition(")")[0].split(", ")
    assert "Turkey" in words


def test_a_slip_of_the_pen_is_mended_before_a_question_is_read_with_what_was_said(
    assistant: Assistant,
) -> None:
    _, mended = talk(assistant, "why was Turkey sanctioned?", "How strong was the earthqake in Turkey?")
    assert "“earthqake” as “earthquake”" in mended.understood
    assert mended.short_answer == "7.8"

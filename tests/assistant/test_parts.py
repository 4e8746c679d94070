"""Sentences that ask two questions."""

import pytest

from assistant.understanding.parts import two_questions


@pytest.mark.parametrize(
    ("asked", "first", "second"),
    [
        (
            "Who coined the word oxygen and what does it mean?",
            "Who coined the word oxygen?",
            "What does it mean?",
        ),
        (
            "who won the 2023 race, and why did they protest",
            "who won the 2023 race?",
            "Why did they protest?",
        ),
        ("When should I cut the rye bread, and why wait?", "When should I cut the rye bread?", "Why wait?"),
        ("What is captagon and why is it smuggled?", "What is captagon?", "Why is it smuggled?"),
        ("Where is Konya and how many people live there?", "Where is Konya?", "How many people live there?"),
        ("Did Assad flee and where is he now?", "Did Assad flee?", "Where is he now?"),
        (
            "What happened in Syria and what happened in Turkey?",
            "What happened in Syria?",
            "What happened in Turkey?",
        ),
    ],
)
def test_two_questions_are_taken_apart(asked: str, first: str, second: str) -> None:
    assert two_questions(asked) == (first, second)


@pytest.mark.parametrize(
    "asked",
    [
        "Who wrote and who directed the film?",
        "How many people died and how many were injured in Turkey?",
        "Who knows when and where it was built?",
        "What is the difference between what he said and what he did?",
        "What did Erdogan say and when?",
        "Which ports and what cities were hit?",
        "Why did Turkey and Syria talk?",
        "Tell me about the bridge and what it cost",
        "",
    ],
)
def test_one_question_is_left_whole(asked: str) -> None:
    assert two_questions(asked) is None

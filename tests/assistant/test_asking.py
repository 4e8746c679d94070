"""In which words the reader is asked."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answerers.extractive.asking import read_as
from assistant.conversation import Conversation
from assistant.understanding import understand
from tests.assistant.made_passages import asked
from vectorstore.query import Filters


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("How strong was the earthquake in Alder?", "what was the magnitude of the earthquake in Alder?"),
        ("and how powerful were the quakes of May", "and what were the magnitude of the quakes of May"),
        ("How strong was the storm in Alder?", "How strong was the storm in Alder?"),
        (
            "How strong was the storm? Did the earthquake matter?",
            "How strong was the storm? Did the earthquake matter?",
        ),
    ],
)
def test_the_strength_of_an_earthquake_is_its_magnitude(question: str, read: str) -> None:
    assert read_as(asked(question)) == read


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("Who resigned last week?", "Who resigned?"),
        ("Who resigned in May 2023?", "Who resigned in May 2023?"),
        ("yesterday", "yesterday"),
    ],
)
def test_days_that_count_from_the_day_of_asking_are_not_read(question: str, read: str) -> None:
    understood = understand(question, Conversation(), Filters(), date(2023, 6, 1))
    assert read_as(replace(understood, text=question)) == read

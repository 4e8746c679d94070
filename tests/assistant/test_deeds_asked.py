"""What a question asks of the things that it names."""

import pytest

from assistant.understanding.demand import deed_of_time, deeds_asked
from assistant.understanding.question import analyse
from assistant.understanding.words import word_key


@pytest.mark.parametrize(
    ("question", "deeds"),
    [
        ("When was Bashar al-Assad born?", {"born"}),
        ("When was Vincent van Gogh born?", {"born"}),
        ("How many people did the storm kill in Alder in 2019?", {"people", "storm", "kill"}),
        ("When was Finland?", set()),
    ],
)
def test_neither_names_nor_parts_of_them_nor_numbers_are_asked_for(question: str, deeds: set[str]) -> None:
    assert deeds_asked(analyse(question)) == {word_key(word) for word in deeds}


@pytest.mark.parametrize(
    ("question", "deed"),
    [
        ("When was the deal on grain exports from Alder signed?", "signed"),
        ("When was the bridge over the river built?", "built"),
        ("When was the deal signed in Alder?", "signed"),
        ("When did it burn down?", "burn"),
    ],
)
def test_when_asks_for_what_was_done_whatever_stands_between(question: str, deed: str) -> None:
    assert deed_of_time(analyse(question)) == word_key(deed)

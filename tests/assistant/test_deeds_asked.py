"""What a question asks of the things that it names."""

import pytest

from assistant.understanding.demand import deeds_asked
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

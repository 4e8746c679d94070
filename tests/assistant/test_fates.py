"""Of several figures the one of the fate that is asked about."""

import pytest

from assistant.answerers.extractive.fates import fates_in, of_the_fate
from assistant.answerers.extractive.spans import SentenceWords, answer_spans
from assistant.understanding.question import AnswerKind, analyse
from assistant.understanding.words import words_of


@pytest.mark.parametrize(
    ("question", "text", "figure"),
    [
        ("How many people died?", "It has infected 2,310 people and killed 61.", "61"),
        ("How many people were infected?", "It has infected 2,310 people and killed 61.", "2,310"),
        ("How many people died?", "In all 5,914 people were killed and 6,760 injured.", "5,914"),
        ("How many were hurt?", "In all 5,914 people were killed and 6,760 injured.", "6,760"),
        ("How many died?", "At least 61 people died in 14 villages.", None),
        ("How many villages are there?", "It has infected 2,310 people and killed 61.", None),
    ],
)
def test_the_figure_nearest_to_the_fate(question: str, text: str, figure: str | None) -> None:
    words = tuple(words_of(text))
    spans = answer_spans(AnswerKind.NUMBER, SentenceWords(text, words, frozenset()))
    found = of_the_fate(analyse(question).keys, text, words, spans)
    assert (text[found.start : found.end] if found else None) == figure


def test_words_without_a_fate_tell_of_none() -> None:
    assert fates_in(["bridg", "open"]) == []

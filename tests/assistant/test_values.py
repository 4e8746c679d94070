"""When two short answers contradict each other, and when that is not sure."""

import pytest

from assistant.answerers.extractive.spans import MONEY
from assistant.answerers.extractive.values import contradict, figure
from assistant.understanding.question import AnswerKind


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (AnswerKind.NUMBER, "41", "52"),
        (AnswerKind.MONEY, "$5 million", "$4.6 million"),
        (AnswerKind.MONEY, "£3m", "£4 million"),
        (AnswerKind.PERCENT, "12 percent", "15%"),
        (AnswerKind.DURATION, "two weeks", "three weeks"),
        (AnswerKind.TIME, "4 May 2021", "5 May 2021"),
    ],
)
def test_other_values_of_one_measure_contradict(kind: AnswerKind, one: str, other: str) -> None:
    assert contradict(kind, one, other)
    assert contradict(kind, other, one)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        (AnswerKind.DURATION, "two weeks", "14 days"),
        (AnswerKind.CHANGE, "2%", "300 points"),
        (AnswerKind.MONEY, "$5 million", "€4.6 million"),
        (AnswerKind.MONEY, "£3m", "£3 million"),
        (AnswerKind.MONEY, "$2.5bn", "2.5 billion dollars"),
        (AnswerKind.NUMBER, "10-15", "12"),
        (AnswerKind.NUMBER, "ten to fifteen", "12"),
        (AnswerKind.NUMBER, "1 million to 2 million", "1.5 million"),
        (AnswerKind.NUMBER, "50,000", "50,300"),
        (AnswerKind.PERSON, "Mira Holt", "Ada Holt"),
    ],
)
def test_nothing_contradicts_where_that_is_not_sure(kind: AnswerKind, one: str, other: str) -> None:
    assert not contradict(kind, one, other)
    assert not contradict(kind, other, one)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("£3m", 3e6),
        ("$2.5bn", 2.5e9),
        ("3 million", 3e6),
        ("forty-one", 41),
        ("3m", 3),
        ("10-15", None),
        ("many", None),
    ],
)
def test_what_a_figure_comes_to(text: str, value: float | None) -> None:
    assert figure(text) == value


@pytest.mark.parametrize("text", ["£3m", "$2.5bn", "€4.6 million", "5 million dollars"])
def test_a_sum_is_seen_whole(text: str) -> None:
    found = MONEY.search(f"It cost {text} in May.")
    assert found is not None
    assert found.group() == text

"""The words in which the reader is asked."""

import re

from assistant.answerers.base import UnderstoodQuestion
from assistant.understanding.follow_ups import with_its_thing

_HOW_STRONG = re.compile(
    r"\bhow (?:strong|powerful) (is|was|were|are) (?=[^?]*\b(?:earthquakes?|quakes?|tremors?)\b)",
    re.IGNORECASE,
)
_SPACE_BEFORE = re.compile(r"\s+(?=[?.!,])")


def read_as(question: UnderstoodQuestion) -> str:
    """A question as the reader is asked it.

    What it took over stands in it, words that count days from the day of asking do not, and the strength of
    an earthquake is asked for by the word that reports use: to the reader magnitude is no strength.
    """
    asked = _without_relative_days(question, with_its_thing(question.text, question.carried))
    return _HOW_STRONG.sub(r"what \1 the magnitude of ", asked)


def _without_relative_days(question: UnderstoodQuestion, asked: str) -> str:
    period = question.period
    if period is None or not period.is_relative:
        return asked
    rest = _SPACE_BEFORE.sub("", " ".join(asked.replace(period.words, " ").split()))
    return rest if any(character.isalnum() for character in rest) else asked

"""Whether a text holds an answer: its words in a row, without regard to case, punctuation and articles.

The one definition for news questions and for sets whose answers are strings; wording.py has the stricter ones
for suites written by hand.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_MARKS = re.compile("[“”\"'$,.!?()]")
_ARTICLES = re.compile(r"\b(?:the|an?)\b")


def plain_words(text: str) -> str:
    """The words of a text in lower case with single spaces, without quotation marks, stops and articles."""
    unmarked = _MARKS.sub(" ", text.lower().replace("’", "'"))
    return " ".join(_ARTICLES.sub(" ", unmarked).split())


def holds(text: str, answers: Iterable[str]) -> bool:
    """Whether the text holds one of the answers at word borders; an answer without words is held by none."""
    padded = f" {plain_words(text)} "
    return any(f" {answer} " in padded for answer in map(_plain_answer, answers) if answer)


@lru_cache(maxsize=8192)
def _plain_answer(answer: str) -> str:
    return plain_words(answer)

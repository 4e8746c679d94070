"""Results that are two figures: "287 votes to 55", "120 in favour and 80 against", "3-1"."""

import re

from assistant.understanding.words import word_key

_ASKED = re.compile(
    r"\bfor and (?:how many )?against\b|\bby (?:what|which) (?:vote|score)\b"
    r"|\b(?:what|which) [\w' ]*\bscore\b",
    re.IGNORECASE,
)
_FIGURE = r"\d{1,3}(?:,\d{3})*(?![\d%]|[.,-]\d)"
_FIRST = r"(?<![\d.,-])\d{1,3}(?:,\d{3})*(?![\d%])"
_TALLY = re.compile(
    rf"{_FIRST}(?: votes?)?(?: to | against |[-–]){_FIGURE}"
    rf"|{_FIRST} (?:[a-z]+ ){{0,3}}(?:for|in favou?r),? (?:and|to|with) {_FIGURE} (?:[a-z]+ ){{0,3}}against\b"
)
_AGAINST = re.compile(
    r"\bhow many\b.*\b(?:votes?|voted)\b.*\bagainst\b|\bhow many\b.*\b(?:oppos|object|reject)\w*"
    r"|\bhow many\b.*\bagainst votes?\b",
    re.IGNORECASE,
)
_SECOND = re.compile(rf"(?: to | against |and )({_FIGURE})")
_NAMES = frozenset(map(word_key, ("score", "tally", "result")))


def asks_for_a_tally(question: str) -> bool:
    """Whether a question asks for both figures of a result."""
    return _ASKED.search(question) is not None


def asks_for_the_lesser(question: str) -> bool:
    """Whether the figure of those who were against something is asked for: of "287 votes to 55" it is 55."""
    return _AGAINST.search(question) is not None and not asks_for_a_tally(question)


def second_figures(text: str) -> list[tuple[int, int]]:
    """Offsets of the second figures of results that say by themselves which is whose: "287 to 55"."""
    found = (_SECOND.search(text, *match.span()) for match in _TALLY.finditer(text))
    return [match.span(1) for match in found if match]


def tallies_in(text: str) -> list[tuple[int, int]]:
    """Offsets of the results that a text states, in order."""
    return [match.span() for match in _TALLY.finditer(text)]


def names_of_results(text: str, asked: frozenset[str]) -> frozenset[str]:
    """Those of the asked keys that name what a text tells without the word: a "score" by "3-1"."""
    named = asked & _NAMES
    return named if named and _TALLY.search(text) else frozenset()

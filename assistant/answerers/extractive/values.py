"""Whether two short answers say the same, can both be true, or contradict each other."""

import re

from assistant.answerers.extractive.spans import CURRENCIES
from assistant.understanding.dates import date_parts
from assistant.understanding.question import FIGURE_KINDS, AnswerKind

_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_TENS = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "%": "percent", "per cent": "percent", "metre": "meter"}
_MEASURED_IN = re.compile(
    rf"[$€£%]|per ?cent\b|percentage point|\b(?:{CURRENCIES})\b"
    r"|\b(?:second|minute|hour|day|week|month|year|decade|kilomet|mile|met(?:er|re)|fe?et|foot|ton|kilogram|degree|point)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b(?:to|or|and|between)\b", re.IGNORECASE)
_SUM = re.compile(r"[$€£]")
ROUNDING = 0.02
"""Figures nearer to each other than this share of the larger are taken for one figure, rounded."""


def contradict(kind: AnswerKind, one: str, other: str) -> bool:
    """Whether two values for the same thing cannot both be right; False whenever that is not sure.

    Args:
        kind: what was asked for.
        one, other: the values as they are written.
    """
    if kind in FIGURE_KINDS or kind is AnswerKind.DURATION:
        first, second = figure(one), figure(other)
        if first is None or second is None or _unit(one) != _unit(other):
            return False
        return abs(first - second) > ROUNDING * max(abs(first), abs(second))
    if kind is AnswerKind.TIME:
        return _dates_differ(date_parts(one), date_parts(other))
    return False


def figure(text: str) -> float | None:
    """The value of a figure in digits or words, None where it cannot be read or is a range."""
    spaced = re.sub(r"(?<=\d)(?=(?:m|bn)\b)", " ", text.casefold()) if _SUM.search(text) else text.casefold()
    words = re.sub(r"[-$€£%]", " ", spaced).split()
    numerals = _NUMERAL.findall(text)
    if len(numerals) > 1:
        return None
    if numerals:
        value: float | None = float(numerals[0].replace(",", ""))
    else:
        value = None if _RANGE.search(text) else _worded(words)
    if value is None:
        return None
    for word in words:
        value *= _SCALES.get(word, 1.0)
    return value


def _unit(text: str) -> str:
    """What a figure is counted in, "" where it says nothing of it."""
    found = _MEASURED_IN.search(text)
    unit = found.group().casefold().rstrip("s") if found else ""
    return _SIGNS.get(unit, unit)


def _worded(words: list[str]) -> float | None:
    known = [_UNITS.index(word) if word in _UNITS else _TENS.get(word) for word in words]
    numbers = [number for number in known if number is not None]
    if numbers:
        return float(sum(numbers))
    return 1.0 if any(word in _SCALES for word in words) else None


def _dates_differ(one: dict[str, int], other: dict[str, int]) -> bool:
    """Whether year, month or day, where both state it, differ; weekdays and the like say nothing."""
    if "year" not in one or "year" not in other:
        return False
    shared = [part for part in ("year", "month", "day") if part in one and part in other]
    return any(one[part] != other[part] for part in shared)

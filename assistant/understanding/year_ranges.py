"""Years that a text covers without naming them: 1994 lies in "from 1992 to 1997" and in "1992–97"."""

import re
from collections.abc import Iterator

_YEAR = r"1\d{3}|20\d{2}"
_RANGE = re.compile(
    rf"\bbetween (?P<since>{_YEAR}) and (?P<until>{_YEAR})\b"
    rf"|\b(?P<first>{_YEAR})(?:\s?[-–—]\s?(?P<last>{_YEAR}|\d{{2}})|\s(?:to|until|till|through)\s(?P<end>{_YEAR}))"
    r"\b(?![-–.,]\d)",
    re.IGNORECASE,
)
_SHORT = 2
LONGEST_YEARS = 60
"""Longer ranges are eras or figures: nobody held an office in each year of them."""


def covered_years(text: str, asked: frozenset[str]) -> frozenset[str]:
    """Those of the asked years that lie within a range of years of a text.

    Args:
        text: any text.
        asked: a question's keys; those of four digits are years.
    """
    years = [key for key in asked if len(key) == len("1994") and key.isdecimal()]
    if not years:
        return frozenset()
    ranges = list(_ranges(text))
    return frozenset(year for year in years if any(first <= int(year) <= last for first, last in ranges))


def _ranges(text: str) -> Iterator[tuple[int, int]]:
    for match in _RANGE.finditer(text):
        first, end = match["since"] or match["first"], match["until"] or match["last"] or match["end"]
        last = first[:_SHORT] + end if len(end) == _SHORT else end
        if 0 < int(last) - int(first) <= LONGEST_YEARS:
            yield int(first), int(last)

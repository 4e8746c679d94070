"""A text cut into pieces, some of them marked, so that a page can show where a quote stands in a passage."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is marked throughout or not at all."""

    text: str
    marked: bool


def marked(text: str, quotes: Iterable[str]) -> list[Piece]:
    """The text's pieces in order; every character that lies within an occurrence of a quote is marked.

    The pieces joined are the text.
    """
    inside = [False] * len(text)
    for quote in quotes:
        for start in _occurrences(text, quote):
            inside[start : start + len(quote)] = [True] * len(quote)
    borders = [place for place in range(1, len(text)) if inside[place] != inside[place - 1]]
    edges = [0, *borders, len(text)]
    return [Piece(text[start:end], inside[start]) for start, end in pairwise(edges) if end > start]


def _occurrences(text: str, quote: str) -> Iterable[int]:
    start = text.find(quote) if quote else -1
    while start >= 0:
        yield start
        start = text.find(quote, start + 1)

"""Sentences as spans of a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of a text, counted in Unicode code points."""

    start: int
    end: int


_PARAGRAPH_BORDER = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_ITEM = re.compile(r"\n(?=[ \t]*(?:[-*•–—‣▪]|\d{1,3}[.)]|[a-z][.)])[ \t])")


def split_sentences(text: str, language: str | None = None) -> list[Span]:
    """Split a text into sentences.

    Returns:
        Spans without white space at their ends, in order and without overlap, that cover every character
        which is not white space. A blank line always ends a sentence.
    """
    return [span for block in paragraph_spans(text) for span in _sentences_of(text, block, language)]


def paragraph_spans(text: str) -> list[Span]:
    """The paragraphs of a text: what blank lines separate, without white space at the ends."""
    borders = [match.span() for match in _PARAGRAPH_BORDER.finditer(text)]
    starts = [0, *(end for _, end in borders)]
    ends = [*(start for start, _ in borders), len(text)]
    spans = (trimmed(text, start, end) for start, end in zip(starts, ends, strict=True))
    return [span for span in spans if span.start < span.end]


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends."""
    part = text[start:end]
    first = start + len(part) - len(part.lstrip())
    return Span(first, max(first, start + len(part.rstrip())))


def _sentences_of(text: str, paragraph: Span, language: str | None) -> Iterator[Span]:
    from sentencex import get_sentence_boundaries

    start = paragraph.start
    part = text[paragraph.start : paragraph.end]
    ends = [
        paragraph.start + boundary["end_index"]
        for boundary in get_sentence_boundaries(language or "en", part)
    ]
    for end in [*ends, paragraph.end]:
        span = trimmed(text, start, end)
        if span.start < span.end:
            yield span
        start = max(start, end)

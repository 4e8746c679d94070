"""Sentences as spans of a text.

The `sentencex` library (Wikimedia's) finds the borders. This module decides what it is shown (one paragraph or
list item at a time, in pieces that keep its time linear) and mends its errors on abbreviations and ordinals.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.abbreviations import ALWAYS_FOLLOWED, BEFORE_NUMBERS

PIECE_CHARACTERS = 4_000
"""What the library is shown at once: its time grows with the square of this on text outside ASCII."""

WRAPPED_LINE_SHARE = 0.7
"""A line that could have held the next word at this share of its paragraph's width ends where its author meant."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` (included) to `end` (excluded) of a text, counted in Unicode code points."""

    start: int
    end: int


_PARAGRAPH_BORDER = re.compile(r"\n[^\S\n]*\n\s*")
_ITEM_MARK = r"(?:[-*•–—‣▪◦]|\d{1,3}[.)]|[a-zA-Z]\))"
_ITEM_START = re.compile(rf"[^\S\n]*{_ITEM_MARK}[^\S\n]")
_ONLY_A_MARK = re.compile(rf"\s*(?:{_ITEM_MARK}|[a-zA-Z]\.)\s*")
_NOT_FOR_LIBRARY = re.compile("[\n\ud800-\udfff]")
_LOWER_CASE_START = re.compile(r"[\"'“”‘’«»(\[]*([^\W\d_])")
_LAST_WORD = re.compile(r"([^\s\"“”‘’«»(\[]+)\.$")
_ROMAN_NUMERAL = re.compile(r"[IVXLC]+")
_FULL_WIDTH_STOPS = "。！？｡؟।॥"
_OPENING = "“«(["
_CLOSING = "”»)]"
_ASIDE_MARK = re.compile(r"[\"“”«»(\[]|[)\]](?:\s+(?=\S))?|(?:…|\.{3})\s+(?=\S)")


def split_sentences(text: str, language: str | None = None) -> list[Span]:
    """Split a text into sentences.

    Args:
        text: any text.
        language: BCP 47 code; English where it is None or unknown.

    Returns:
        Spans without white space at their ends, in order and without overlap, that cover every character
        which is not white space. A blank line always ends a sentence; a line end does before a list item and
        where the line was not merely wrapped.
    """
    primary = (language or "en").split("-")[0].lower()
    lines = (line for paragraph in paragraph_spans(text) for line in _line_spans(text, paragraph))
    return [span for line in lines for span in _mended(text, _library_spans(text, line, primary), primary)]


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


def _line_spans(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph's list items and deliberate lines; lines that were merely wrapped stay together."""
    lines = text[paragraph.start : paragraph.end].split("\n")
    width = max(map(len, lines))
    start = end = paragraph.start
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        end += len(line)
        if end == paragraph.end or _ends_deliberately(line, following, width):
            yield trimmed(text, start, end)
            start = end
        end += 1


def _ends_deliberately(line: str, following: str, width: int) -> bool:
    if _ITEM_START.match(following):
        return True
    next_word = following.split(maxsplit=1)[0] if following.strip() else ""
    room = len(line) + 1 + len(next_word) <= WRAPPED_LINE_SHARE * width
    return room and not _continues(following.lstrip())


def _library_spans(text: str, line: Span, language: str) -> Iterator[Span]:
    """The library's sentences of one line."""
    from sentencex import get_sentence_boundaries

    start = shown = line.start
    while shown < line.end:
        end = min(line.end, shown + PIECE_CHARACTERS)
        piece = _NOT_FOR_LIBRARY.sub(" ", text[shown:end])
        ends = [shown + border["end_index"] for border in get_sentence_boundaries(language, piece)]
        if end < line.end:
            ends = ends[:-1]
        for border in ends:
            yield from _non_empty(text, start, border)
            start = border
        shown = ends[-1] if ends else end
    yield from _non_empty(text, start, line.end)


def _non_empty(text: str, start: int, end: int) -> Iterator[Span]:
    span = trimmed(text, start, end)
    if span.start < span.end:
        yield span


def _mended(text: str, spans: Iterator[Span], language: str) -> Iterator[Span]:
    """Join what the library cut within a sentence, then cut what it did not."""
    pending: Span | None = None
    for span in spans:
        if pending is None:
            pending = span
        elif _is_false_border(text, pending, span, language):
            pending = Span(pending.start, span.end)
        else:
            yield from _cut_after_asides(text, pending)
            pending = span
    if pending is not None:
        yield from _cut_after_asides(text, pending)


def _is_false_border(text: str, before: Span, after: Span, language: str) -> bool:
    if before.end == after.start:
        return text[before.end - 1] not in _FULL_WIDTH_STOPS
    head = text[after.start : after.start + 8]
    if _continues(head) or _ONLY_A_MARK.fullmatch(text, before.start, before.end):
        return True
    found = _LAST_WORD.search(text[max(before.start, before.end - 20) : before.end])
    return bool(found) and _goes_on_after(found[1], head, language)


def _continues(head: str) -> bool:
    """Whether what follows a border begins in lower case, so that no sentence begins there."""
    found = _LOWER_CASE_START.match(head)
    return bool(found) and found[1].islower()


def _goes_on_after(word: str, head: str, language: str) -> bool:
    if word.lower() in ALWAYS_FOLLOWED.get(language, ()):
        return True
    if language == "tr" and _ROMAN_NUMERAL.fullmatch(word):
        return True
    return head[0].isdigit() and word.lower() in BEFORE_NUMBERS.get(language, ())


def _cut_after_asides(text: str, span: Span) -> Iterator[Span]:
    """Cut after a sentence in brackets of its own, and after an ellipsis before a capital letter."""
    start = span.start
    for end in _aside_ends(text, span):
        yield trimmed(text, start, end)
        start = end
    yield trimmed(text, start, span.end)


def _aside_ends(text: str, span: Span) -> Iterator[int]:
    open_marks = 0
    in_quotes = False
    for found in _ASIDE_MARK.finditer(text, span.start, span.end):
        mark = text[found.start()]
        if mark == '"':
            in_quotes = not in_quotes
        elif mark in _OPENING:
            open_marks += 1
        elif mark in _CLOSING:
            open_marks = max(0, open_marks - 1)
        if open_marks == 0 and not in_quotes and _ends_an_aside(text, span, found):
            yield found.end()


def _ends_an_aside(text: str, span: Span, found: re.Match[str]) -> bool:
    mark, following = text[found.start()], text[found.end() : found.end() + 8]
    if found.end() == found.start() + 1 or _continues(following):
        return False
    if mark in ".…":
        return True
    return mark in ")]" and text[span.start] in "([" and text[found.start() - 1] in ".!?…"

"""Sentences as spans of a text.

The `sentencex` library (Wikimedia's) finds the borders. This module decides what it is shown (one paragraph
or list item at a time, in pieces that keep its time linear) and mends its errors.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from ingest.abbreviations import ALWAYS_FOLLOWED, BEFORE_NUMBERS

PIECE_CHARACTERS = 4_000
"""What the library is shown at once: its time grows with the square of this on text outside ASCII."""

WRAPPED_LINE_SHARE = 0.7
"""A line with room for the next word within this share of its paragraph's width was not wrapped there."""


WIDEST_WRAPPED_LINE = 160
"""Longer lines are not wrapped ones: each line end in such a text ends a paragraph."""


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
_FIRST_LETTER = re.compile(r"[\"'“”‘’«»(\[]*([^\W\d_])")
_LAST_WORD = re.compile(r"([^\s\"“”‘’«»(\[]+)\.$")
_HEAD_CHARACTERS = 8
_TAIL_CHARACTERS = 20
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
    return [
        span
        for paragraph in paragraph_spans(text)
        for span in _Paragraph.of(text, paragraph, primary).sentences()
    ]


def paragraph_spans(text: str) -> list[Span]:
    """The paragraphs of a text: what blank lines separate, without white space at the ends."""
    borders = [match.span() for match in _PARAGRAPH_BORDER.finditer(text)]
    starts = [0, *(end for _, end in borders)]
    ends = [*(start for start, _ in borders), len(text)]
    return [span for start, end in zip(starts, ends, strict=True) for span in non_empty(text, start, end)]


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without the white space at its ends."""
    part = text[start:end]
    first = start + len(part) - len(part.lstrip())
    return Span(first, max(first, start + len(part.rstrip())))


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One paragraph on its way to sentences.

    Attributes:
        text: the whole text, in which all offsets count.
        has_capitals: whether any letter is a capital: without, a small letter does not tell that no sentence
            begins with it.
    """

    text: str
    span: Span
    language: str
    has_capitals: bool

    @classmethod
    def of(cls, text: str, span: Span, language: str) -> Self:
        part = text[span.start : span.end]
        return cls(text, span, language, part != part.lower())

    def sentences(self) -> Iterator[Span]:
        for line in self._lines():
            yield from self._mended(self._library_spans(line))

    def _lines(self) -> Iterator[Span]:
        """List items and deliberate lines; lines that were merely wrapped stay together."""
        lines = self.text[self.span.start : self.span.end].split("\n")
        width = max(map(len, lines))
        start = end = self.span.start
        for line, following in zip(lines, [*lines[1:], ""], strict=True):
            end += len(line)
            if end == self.span.end or self._ends_deliberately(line, following, width):
                yield trimmed(self.text, start, end)
                start = end
            end += 1

    def _ends_deliberately(self, line: str, following: str, width: int) -> bool:
        if _ITEM_START.match(following):
            return True
        next_word = following.split(maxsplit=1)[0] if following.strip() else ""
        room = len(line) + 1 + len(next_word) <= WRAPPED_LINE_SHARE * width
        return (room or width > WIDEST_WRAPPED_LINE) and not self._continues(following.lstrip())

    def _library_spans(self, line: Span) -> Iterator[Span]:
        """The library's sentences of one line."""
        from sentencex import get_sentence_boundaries

        start = shown = line.start
        while shown < line.end:
            end = min(line.end, shown + PIECE_CHARACTERS)
            piece = _NOT_FOR_LIBRARY.sub(" ", self.text[shown:end])
            ends = [shown + border["end_index"] for border in get_sentence_boundaries(self.language, piece)]
            if end < line.end:
                ends = ends[:-1]
            for border in ends:
                yield from non_empty(self.text, start, border)
                start = border
            shown = ends[-1] if ends else end
        yield from non_empty(self.text, start, line.end)

    def _mended(self, spans: Iterator[Span]) -> Iterator[Span]:
        """Join what the library cut within a sentence, then cut what it did not."""
        pending: Span | None = None
        for span in spans:
            if pending is None:
                pending = span
            elif self._is_false_border(pending, span):
                pending = Span(pending.start, span.end)
            else:
                yield from self._cut_after_asides(pending)
                pending = span
        if pending is not None:
            yield from self._cut_after_asides(pending)

    def _is_false_border(self, before: Span, after: Span) -> bool:
        if before.end == after.start:
            return self.text[before.end - 1] not in _FULL_WIDTH_STOPS
        head = self.text[after.start : after.start + _HEAD_CHARACTERS]
        if self._continues(head) or _ONLY_A_MARK.fullmatch(self.text, before.start, before.end):
            return True
        tail = self.text[max(before.start, before.end - _TAIL_CHARACTERS) : before.end]
        found = _LAST_WORD.search(tail)
        return found is not None and self._goes_on_after(found.group(1), head)

    def _continues(self, head: str) -> bool:
        """Whether what follows a border begins in lower case, so that no sentence begins there."""
        found = _FIRST_LETTER.match(head)
        return self.has_capitals and found is not None and found.group(1).islower()

    def _goes_on_after(self, word: str, head: str) -> bool:
        if word.lower() in ALWAYS_FOLLOWED.get(self.language, ()):
            return True
        if self.language == "tr" and _ROMAN_NUMERAL.fullmatch(word):
            return True
        return head[0].isdigit() and word.lower() in BEFORE_NUMBERS.get(self.language, ())

    def _cut_after_asides(self, span: Span) -> Iterator[Span]:
        """Cut after a sentence in brackets of its own, and after an ellipsis before a capital letter."""
        start = span.start
        for end in self._aside_ends(span):
            yield trimmed(self.text, start, end)
            start = end
        yield trimmed(self.text, start, span.end)

    def _aside_ends(self, span: Span) -> Iterator[int]:
        open_marks = 0
        in_quotes = False
        for found in _ASIDE_MARK.finditer(self.text, span.start, span.end):
            mark = self.text[found.start()]
            if mark == '"':
                in_quotes = not in_quotes
            elif mark in _OPENING:
                open_marks += 1
            elif mark in _CLOSING:
                open_marks = max(0, open_marks - 1)
            if open_marks == 0 and not in_quotes and self._ends_an_aside(span, found):
                yield found.end()

    def _ends_an_aside(self, span: Span, found: re.Match[str]) -> bool:
        following = self.text[found.end() : found.end() + _HEAD_CHARACTERS]
        if found.end() == found.start() + 1 or self._continues(following):
            return False
        mark, before = self.text[found.start()], self.text[found.start() - 1]
        return mark in ".…" or (mark in ")]" and self.text[span.start] in "([" and before in ".!?…")


def non_empty(text: str, start: int, end: int) -> Iterator[Span]:
    """The trimmed span, unless there is nothing but white space in it."""
    span = trimmed(text, start, end)
    if span.start < span.end:
        yield span

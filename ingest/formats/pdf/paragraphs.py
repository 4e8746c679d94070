"""From lines to paragraphs: what belongs together, and which hyphens only broke a word at a line's end."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.formats.pdf.columns import Column
from ingest.formats.pdf.lines import HYPHEN, Line

PARAGRAPH_GAP = 1.45
"""Lines further apart than this, in usual line pitches of the column, are different paragraphs."""

INDENT = 0.7
"""A first line is indented by at least this many line heights."""

SHORT_LINE = 0.12
"""A line that ends this share of the column's width before its edge may be a paragraph's last."""

OTHER_SIZE = 1.15
"""Lines whose heights differ by this factor are heading and text."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDED = re.compile(r"[.!?:…][\"'”’)\]]*$")
_ITEM = re.compile(r"(?:[-–•*▪‣◦]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")


@dataclass(slots=True)
class Paragraph:
    """Lines that read on.

    Attributes:
        pages: for each line, the number of its page from 0.
        complete: whether the last line ends as a paragraph's last does.
    """

    lines: list[Line] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    complete: bool = False

    @property
    def height(self) -> float:
        """The usual height of its lines, in points."""
        return median(line.height for line in self.lines)

    def add(self, line: Line, page: int) -> None:
        """Add a line."""
        self.lines.append(line)
        self.pages.append(page)


def paragraphs(pages: Sequence[Sequence[Column]]) -> list[Paragraph]:
    """The paragraphs of a document; one that a column or a page breaks is whole."""
    found: list[Paragraph] = []
    for number, columns in enumerate(pages):
        for column in columns:
            for group in _column_groups(column):
                last = found[-1] if found else None
                if last is None or not _reads_on(last, group.lines[0]):
                    last = Paragraph()
                    found.append(last)
                for line in group.lines:
                    last.add(line, number)
                last.complete = group.complete
    return found


def _column_groups(column: Column) -> Iterator[Paragraph]:
    pitch = _pitch(column.lines)
    group = Paragraph()
    for before, line in zip((None, *column.lines), column.lines, strict=False):
        if before is not None and _begins(column, before, line, pitch):
            group.complete = True
            yield group
            group = Paragraph()
        group.add(line, 0)
    group.complete = _is_short(column, group.lines[-1]) and bool(_ENDED.search(group.lines[-1].text))
    yield group


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line, in points."""
    steps = [before.bottom - line.bottom for before, line in pairwise(lines)]
    return median([step for step in steps if step > 0] or [0.0])


def _begins(column: Column, before: Line, line: Line, pitch: float) -> bool:
    """Whether a line begins a paragraph after the line before it."""
    if before.bottom - line.bottom > PARAGRAPH_GAP * pitch > 0 or _differ(before, line):
        return True
    if before.text.endswith(HYPHEN):
        return False
    indented = (
        line.left - column.left > INDENT * line.height and line.left - before.left > INDENT * line.height
    )
    if indented or _ITEM.match(line.text):
        return True
    return _is_short(column, before) and bool(_ENDED.search(before.text))


def _differ(one: Line, other: Line) -> bool:
    return max(one.height, other.height) > OTHER_SIZE * min(one.height, other.height) + 0.5


def _is_short(column: Column, line: Line) -> bool:
    return column.right - line.right > SHORT_LINE * (column.right - column.left)


def _reads_on(last: Paragraph, line: Line) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    if last.complete or _differ(last.lines[-1], line):
        return False
    end = last.lines[-1].text
    if end.endswith(HYPHEN):
        return True
    return not _ENDED.search(end) and (line.text[0].islower() or end.endswith(","))


def words_of(lines: Iterable[Line]) -> frozenset[str]:
    """The words that stand within lines, in lower case: a word that a line's end broke is not among them."""
    words: set[str] = set()
    for line in lines:
        inner = _WORD.findall(line.text)[: -1 if line.text.endswith(HYPHEN) else None]
        words.update(word.casefold() for word in inner)
    return frozenset(words)


def joint(end: str, start: str, words: frozenset[str]) -> tuple[str, str]:
    """How a line that ends in `end` goes on with `start`: what is left of `end`, and what stands between.

    A hyphen at the end goes where it only broke a word: not before a capital or a figure, not where the
    document has the word with its hyphen elsewhere, and not between two words that it has by themselves,
    unless it also has the two as one word.
    """
    if not end.endswith(HYPHEN):
        return end, " "
    stem = end[: -len(HYPHEN)]
    before, after = re.search(r"[^\W_]*$", stem), re.match(r"[^\W_]*", start)
    left, right = (found.group().casefold() if found else "" for found in (before, after))
    if not left or not start[:1].islower() or not left[-1].isalpha():
        return f"{stem}-", "" if left and right else " "
    whole = left + right in words
    apart = f"{left}-{right}" in words or (left in words and right in words and len(right) > 2)
    return (f"{stem}-", "") if apart and not whole else (stem, "")

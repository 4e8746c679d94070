"""The lines of a PDF page with their boxes, as PDFium finds the characters."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

HYPHEN = "\N{HYPHEN}"
"""What a hyphen at a line's end is written as here: it may have been put there to break a word."""

SPLIT_GAP = 1.6
"""A line is two, side by side, where a gap is wider than this many line heights."""

TOUCHING = 0.08
"""Between characters that are closer than this many line heights no space is added."""

LEAST_HEIGHT = 4.0
"""Points that a line is taken to have at least: one of dashes and dots has none to speak of."""

MOST_CHARACTERS = 200_000
"""Of one page; what comes after is not read: a page of print has some thousand."""

_HYPHENS = "\ufffe\x02\xad\u2010-"
_SPACE = 0x20
_SPACES = frozenset(" \t\xa0")


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of one that stands in one column.

    Attributes:
        left, right, bottom, top: its box in points (1/72 inch), from the page's lower left corner.
        height: the usual height of its characters in points, which grows with the size of type.
    """

    text: str
    left: float
    right: float
    bottom: float
    top: float
    height: float

    @property
    def middle(self) -> float:
        """The height of its middle above the page's lower edge, in points."""
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class _Character:
    text: str
    left: float
    right: float
    bottom: float
    top: float


def page_lines(page: "PdfPage") -> list[Line]:
    """The lines of a page in the order in which the file holds them."""
    textpage = page.get_textpage()
    try:
        return [line for run in _runs(textpage) for line in _split(run)]
    finally:
        textpage.close()


def _runs(textpage: "PdfTextPage") -> Iterator[list[_Character]]:
    """The characters between line ends."""
    run: list[_Character] = []
    for character in _characters(textpage):
        if character.text in "\r\n":
            if run:
                yield run
            run = []
        else:
            run.append(character)
    if run:
        yield run


def _characters(textpage: "PdfTextPage") -> Iterator[_Character]:
    import pypdfium2.raw as pdfium

    box = [ctypes.c_double() for _ in range(4)]
    references = [ctypes.byref(side) for side in box]
    high = ""
    for index in range(min(textpage.count_chars(), MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        if (
            code == _SPACE
            and pdfium.FPDFText_IsGenerated(textpage.raw, index) == 1
            and _touch(textpage, index)
        ):
            continue
        text = (high + chr(code)).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        high = ""
        pdfium.FPDFText_GetCharBox(textpage.raw, index, *references)
        left, right, bottom, top = (side.value for side in box)
        yield _Character(text, left, right, bottom, top)


def _touch(textpage: "PdfTextPage", index: int) -> bool:
    """Whether the characters on both sides of a space that PDFium put in stand next to each other."""
    import pypdfium2.raw as pdfium

    before, after = pdfium.FS_RECTF(), pdfium.FS_RECTF()
    for at, box in ((index - 1, before), (index + 1, after)):
        if not 0 <= at < textpage.count_chars() or not pdfium.FPDFText_GetLooseCharBox(textpage.raw, at, box):
            return False
    gap = after.left - before.right
    return bool(
        -0.5 < gap < TOUCHING * abs(before.top - before.bottom) and abs(after.bottom - before.bottom) < 1
    )


def _split(run: list[_Character]) -> Iterator[Line]:
    """One line, or several where wide gaps or a jump to another height part it."""
    part: list[_Character] = []
    last: _Character | None = None
    height = LEAST_HEIGHT
    for character in run:
        if character.text in _SPACES or character.right <= character.left:
            part.append(character)
            continue
        height = max(height, character.top - character.bottom)
        if last is not None and _parted(last, character, height):
            yield from _line(part)
            part, height = [], LEAST_HEIGHT
        part.append(character)
        last = character
    yield from _line(part)


def _parted(last: _Character, character: _Character, height: float) -> bool:
    """Whether a character is of another line than the last one, and not just high or low in it."""
    apart = character.left - last.right > SPLIT_GAP * height or character.left < last.left - height
    return apart or character.bottom > last.top + height or character.top < last.bottom - height


def _line(part: list[_Character]) -> Iterator[Line]:
    solid = [one for one in part if one.text not in _SPACES and one.right > one.left and one.top > one.bottom]
    if not solid:
        return
    text = " ".join("".join(one.text for one in part).split())
    if text and text[-1] in _HYPHENS:
        text = text[:-1] + HYPHEN
    heights = sorted(one.top - one.bottom for one in solid)
    yield Line(
        text.replace("\ufffe", "-").replace("\x02", "-"),
        min(one.left for one in solid),
        max(one.right for one in solid),
        min(one.bottom for one in solid),
        max(one.top for one in solid),
        heights[len(heights) * 9 // 10],
    )

"""PDF documents, read with PDFium: columns, paragraphs and pages put right, running heads left out."""

import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.article import Moment
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats.extract import Extract, Format
from ingest.formats.pdf.columns import reading_order
from ingest.formats.pdf.dates import pdf_moment
from ingest.formats.pdf.lines import Line, page_lines
from ingest.formats.pdf.paragraphs import OTHER_SIZE, Paragraph, joint, paragraphs, words_of
from ingest.formats.pdf.running_heads import without_running_heads
from ingest.places import PAGE, PlacedText

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

MOST_PAGES = 5_000
"""A longer document is refused."""

TITLE_CHARACTERS = 250

_PDFIUM = threading.Lock()
"""PDFium may not be used by two threads at once."""

_END_WITHIN = 2_048
_START_WITHIN = 1_024
_NO_TITLE = re.compile(
    r"untitled.*|.*\.(?:docx?|odt|pdf|tex|indd|rtf|qxd)|slide \d+|microsoft word - .*|", re.I
)
_FILE_PROPERTY = "file property"


def extract(document: RawDocument) -> Extract:
    """Read a PDF document.

    Raises:
        ExtractionError: it is damaged, cut off, locked with a password, or holds no text.
    """
    data = document.data
    if b"%PDF-" not in data[:_START_WITHIN]:
        raise ExtractionError("It is no PDF document.", "Check what the file is.")
    if b"%%EOF" not in data[-_END_WITHIN:]:
        raise ExtractionError("The PDF is cut off: its end is missing.", "Fetch or save it again.")
    with _PDFIUM, _opened(data) as pdf:
        labels = [_label(pdf, number) for number in range(len(pdf))]
        properties = pdf.get_metadata_dict(skip_empty=True)
        pages = [_lines_of(pdf, number) for number in range(len(pdf))]
    if not any(pages):
        raise ExtractionError(
            "There is no text in the PDF: it seems to hold pictures of pages.",
            "Run it through a program that recognises text (OCR), and ingest the result.",
        )
    return _extract(pages, labels, properties)


@contextmanager
def _opened(data: bytes) -> Iterator["PdfDocument"]:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        pdf = PdfDocument(data)
    except PdfiumError as error:
        raise _opening_error(error) from error
    try:
        if not 0 < len(pdf) <= MOST_PAGES:
            raise ExtractionError(
                f"The PDF has {len(pdf)} pages.", f"From 1 to {MOST_PAGES:,} pages are read."
            )
        yield pdf
    finally:
        pdf.close()


def _opening_error(error: Exception) -> ExtractionError:
    if "password" in str(error).lower():
        return ExtractionError(
            "The PDF is locked with a password.", "Open it with the password and save it without one."
        )
    return ExtractionError(
        f"The PDF is damaged ({str(error).rstrip('.')}).",
        "Fetch it again, or open and save it in a PDF reader.",
    )


def _label(pdf: "PdfDocument", number: int) -> str:
    """What the page is called: as the document labels it, else by its number from 1."""
    return PAGE.format(pdf.get_page_label(number).strip() or number + 1)


def _lines_of(pdf: "PdfDocument", number: int) -> list[Line]:
    page = pdf[number]
    try:
        return page_lines(page)
    finally:
        page.close()


def _extract(pages: Sequence[Sequence[Line]], labels: Sequence[str], properties: dict[str, str]) -> Extract:
    cleared = without_running_heads(pages)
    if not any(cleared):
        cleared = [list(lines) for lines in pages]
    found = paragraphs([reading_order(lines) for lines in cleared])
    stated = properties.get("Title", "")
    title = "" if _NO_TITLE.fullmatch(stated.strip()) else stated
    heading = _heading(found)
    if heading is not None and (not title or _same(title, _text_of(heading))):
        title = title or _text_of(heading)
        found.remove(heading)
    placed = _placed(found, labels)
    author = properties.get("Author", "")
    modified = pdf_moment(properties.get("ModDate", ""))
    return Extract(
        text=placed.text,
        title=title,
        authors=tuple(re.split(r";|, and | and ", author)),
        modified_at=modified,
        places=tuple(placed.places),
        found=_found(title == stated, title, author, modified),
    )


def _found(stated: bool, title: str, author: str, modified: Moment | None) -> dict[str, str]:
    facts = {"title": title, "authors": author, "modified_at": modified}
    found = {name: _FILE_PROPERTY for name, value in facts.items() if value}
    return found if stated or not title else found | {"title": "text"}


def _heading(found: Sequence[Paragraph]) -> Paragraph | None:
    """The first page's first paragraph in the largest type of all, larger than the text's; None for none."""
    if len(found) < 2:
        return None
    sizes = Counter[float]()
    for paragraph in found:
        sizes[round(paragraph.height, 1)] += sum(len(line.text) for line in paragraph.lines)
    first_page = [one for one in found if one.pages[0] == 0]
    largest = max(first_page, key=lambda one: one.height, default=None)
    usual = sizes.most_common(1)[0][0]
    if largest is None or largest.height <= OTHER_SIZE * usual or len(_text_of(largest)) > TITLE_CHARACTERS:
        return None
    return largest


def _same(one: str, other: str) -> bool:
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()


def _text_of(paragraph: Paragraph) -> str:
    return _placed([paragraph], [""] * (paragraph.pages[-1] + 1)).text


def _placed(found: Sequence[Paragraph], labels: Sequence[str]) -> PlacedText:
    """The paragraphs as one text, with the pages of its lines."""
    words = words_of(line for paragraph in found for line in paragraph.lines)
    placed = PlacedText()
    for paragraph in found:
        separator = "\n\n"
        ends = [line.text for line in paragraph.lines]
        for at, page in enumerate(paragraph.pages):
            piece, following = ends[at], ""
            if at + 1 < len(ends):
                piece, following = joint(piece, ends[at + 1], words)
            placed.add(piece, labels[page], separator)
            separator = following
    return placed


FORMAT = Format(
    "PDF",
    (".pdf",),
    recognises=lambda data: data.startswith(b"%PDF-"),
    extract=extract,
    media_types=("application/pdf", "application/x-pdf"),
)

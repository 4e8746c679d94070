"""PDF documents for tests, set in columns with reportlab: words broken or not, with heads and feet."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
FONT, SIZE, PITCH = "Times-Roman", 10, 12
MARGIN, GAP, TOP, BOTTOM, INDENT = 60, 18, HEIGHT - 80, 70, 10


@dataclass(frozen=True)
class Setting:
    """How a document is set; `row_by_row` draws the columns' lines alternately, as some programs do."""

    columns: int = 1
    row_by_row: bool = False
    hyphens: bool = True
    heads: bool = True
    title: str = ""
    author: str = ""
    password: str | None = None


def made_pdf(paragraphs: Sequence[str], heading: str = "", setting: Setting = Setting()) -> bytes:
    """The document's bytes."""
    buffer = io.BytesIO()
    lock = None if setting.password is None else StandardEncryption(setting.password, ownerPassword="owner")
    canvas = Canvas(buffer, pagesize=A4, encrypt=lock)
    canvas.setTitle(setting.title)
    canvas.setAuthor(setting.author)
    width = (WIDTH - 2 * MARGIN - GAP * (setting.columns - 1)) / setting.columns
    lines = list(_lines(paragraphs, width, setting.hyphens))
    page = 0
    while lines or page == 0:
        page += 1
        _draw_heads(canvas, page, setting)
        top = _draw_heading(canvas, heading) if page == 1 and heading else TOP
        lines = _draw_columns(canvas, lines, top, width, setting)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_heads(canvas: Canvas, page: int, setting: Setting) -> None:
    if setting.heads:
        canvas.setFont("Times-Italic", 8)
        canvas.drawString(MARGIN, HEIGHT - 40, "THE SAMPLE QUARTERLY")
        canvas.drawCentredString(WIDTH / 2, 30, str(page))


def _draw_heading(canvas: Canvas, heading: str) -> float:
    canvas.setFont("Times-Bold", 20)
    canvas.drawString(MARGIN, TOP, heading)
    return TOP - 35


def _draw_columns(
    canvas: Canvas, lines: list[tuple[str, int]], top: float, width: float, setting: Setting
) -> list[tuple[str, int]]:
    fitting = int((top - BOTTOM) / PITCH) + 1
    drawn = [
        (top - PITCH * (at % fitting), MARGIN + (at // fitting) * (width + GAP) + indent, text)
        for at, (text, indent) in enumerate(lines[: fitting * setting.columns])
    ]
    canvas.setFont(FONT, SIZE)
    for height, left, text in sorted(drawn, key=lambda one: -one[0]) if setting.row_by_row else drawn:
        canvas.drawString(left, height, text)
    return lines[fitting * setting.columns :]


def _lines(paragraphs: Sequence[str], width: float, hyphens: bool) -> Iterator[tuple[str, int]]:
    for paragraph in paragraphs:
        for at, line in enumerate(_broken(paragraph.split(), width - INDENT, hyphens)):
            yield line, INDENT if at == 0 else 0


def _broken(words: list[str], width: float, hyphens: bool) -> Iterator[str]:
    line = ""
    pending = list(words)
    while pending:
        word = pending.pop(0)
        longer = f"{line} {word}".strip()
        if stringWidth(longer, FONT, SIZE) <= width:
            line = longer
            continue
        cut = _cut(line, word, width) if hyphens else 0
        if cut:
            yield f"{line} {word[:cut].rstrip('-')}-".strip()
            pending.insert(0, word[cut:])
        else:
            yield line
            pending.insert(0, word)
        line = ""
    yield line


def _cut(line: str, word: str, width: float) -> int:
    """After how many letters to break a word so that the first part fits, 0 for not at all."""
    places = [word.index("-") + 1] if "-" in word else range(len(word) - 3, 2, -1) if word.isalpha() else ()
    fitting = (at for at in places if stringWidth(f"{line} {word[:at]}-", FONT, SIZE) <= width)
    return next(fitting, 0)

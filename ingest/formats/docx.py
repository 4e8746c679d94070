"""Word documents (DOCX): paragraphs, lists and tables; what tracked changes deleted is left out."""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.document import RawDocument
from ingest.formats.blocks import BlockWriter, TextBlock, joined
from ingest.formats.extract import Extract, Format
from ingest.formats.office_zip import opened_zip

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_MAIN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SHOWN = {f"{_MAIN}tab": " ", f"{_MAIN}br": "\n", f"{_MAIN}cr": "\n", f"{_MAIN}noBreakHyphen": "-"}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LIST = re.compile(r"list\b", re.IGNORECASE)


def extract(document: RawDocument) -> Extract:
    """Read a Word document.

    Raises:
        ExtractionError: it is damaged, locked, or no Word document.
    """
    import docx

    with opened_zip(document.data):
        word = docx.Document(io.BytesIO(document.data))
    blocks = list(_blocks(word))
    properties = word.core_properties
    title = properties.title
    found = {"title": "file property"} if title else {}
    if blocks and blocks[0].heading_level == 1 and title.strip() in ("", blocks[0].text):
        title = blocks[0].text
        found = {"title": "heading"}
        blocks = blocks[1:]
    facts = {
        "authors": properties.author,
        "modified_at": properties.modified,
        "language": properties.language,
    }
    return Extract(
        text=joined(blocks),
        title=title,
        authors=tuple(re.split(r"[;,]", properties.author)),
        modified_at=properties.modified,
        language=properties.language or None,
        found=found | {name: "file property" for name, value in facts.items() if value},
    )


def _blocks(word: "Document") -> Iterator[TextBlock]:
    from docx.table import Table

    writer = BlockWriter()
    for part in word.iter_inner_content():
        if isinstance(part, Table):
            _end_list(writer)
            writer.write_rows(_rows(part))
        else:
            _write(part, writer)
    _end_list(writer)
    return iter(writer.blocks)


def _write(paragraph: "Paragraph", writer: BlockWriter) -> None:
    style = str(paragraph.style.name) if paragraph.style is not None else ""
    text = _text(paragraph._p)
    if _LIST.match(style) or paragraph._p.xpath("./w:pPr/w:numPr"):
        if not writer.in_list:
            writer.open_list(None)
        writer.open_item()
        writer.write(text)
        return
    _end_list(writer)
    heading = _HEADING.match(style)
    level = 1 if style == "Title" else int(heading.group(1)) if heading else 0
    writer.write(text, level)


def _end_list(writer: BlockWriter) -> None:
    if writer.in_list:
        writer.close_list()


def _rows(table: "Table") -> Iterator[list[str]]:
    for row in table._tbl.tr_lst:
        yield [_text(cell) for cell in row.tc_lst]


def _text(element: "_Element") -> str:
    """The text below an element; the second version that text boxes have for older programs is left out."""
    nodes = element.iter(f"{_MAIN}t", *_SHOWN)
    shown = (node for node in nodes if next(node.iterancestors(_FALLBACK), None) is None)
    return "".join(_SHOWN.get(str(node.tag)) or node.text or "" for node in shown)


def _recognises(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and b"word/document.xml" in data


FORMAT = Format(
    "Word document", (".docx",), recognises=_recognises, extract=extract, media_types=(MEDIA_TYPE,)
)

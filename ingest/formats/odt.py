"""OpenDocument texts (ODT), read with lxml: paragraphs, headings, lists and tables."""

from typing import TYPE_CHECKING

from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats.blocks import BlockWriter, joined
from ingest.formats.dates import read_moment
from ingest.formats.extract import Extract, Format
from ingest.formats.office_zip import opened_zip, parsed_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
}
_TEXT, _TABLE, _OFFICE = (f"{{{_NAMES[name]}}}" for name in ("text", "table", "office"))
_UNREAD = frozenset(
    {f"{_TEXT}tracked-changes", f"{_TEXT}note-citation", f"{_OFFICE}annotation", f"{_TEXT}table-of-content"}
)
_SHOWN = {f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}
_MOST_SPACES = 100


def extract(document: RawDocument) -> Extract:
    """Read an OpenDocument text.

    Raises:
        ExtractionError: it is damaged, locked, or no OpenDocument text.
    """
    with opened_zip(document.data) as parts:
        content = parsed_xml(parts.read("content.xml"))
        facts = _facts(parsed_xml(parts.read("meta.xml"))) if "meta.xml" in parts.namelist() else {}
    body = content.find(".//office:body/office:text", _NAMES)
    if body is None:
        raise ExtractionError("It is no OpenDocument text.", "Save it as a text document (.odt).")
    writer = BlockWriter()
    _write_children(body, writer)
    title = facts.get("title", "")
    found = dict.fromkeys(facts, "file property")
    blocks = writer.blocks
    if blocks and blocks[0].heading_level == 1 and title in ("", blocks[0].text):
        title, blocks = blocks[0].text, blocks[1:]
        found["title"] = "heading"
    return Extract(
        text=joined(blocks),
        title=title,
        authors=(facts.get("authors", ""),),
        modified_at=read_moment(facts.get("modified_at", "")),
        language=facts.get("language"),
        found=found,
    )


def _facts(meta: "_Element") -> dict[str, str]:
    paths = {
        "title": ".//dc:title",
        "authors": ".//meta:initial-creator",
        "modified_at": ".//dc:date",
        "language": ".//dc:language",
    }
    stated = {name: (meta.findtext(path, "", _NAMES) or "").strip() for name, path in paths.items()}
    return {name: value for name, value in stated.items() if value}


def _write_children(element: "_Element", writer: BlockWriter) -> None:
    for child in element:
        _write(child, writer)


def _write(element: "_Element", writer: BlockWriter) -> None:
    if element.tag in _UNREAD or not isinstance(element.tag, str):
        return
    if element.tag == f"{_TEXT}h":
        writer.write(_words(element), min(6, int(element.get(f"{_TEXT}outline-level") or 1)))
    elif element.tag == f"{_TEXT}p":
        writer.write(_words(element))
    elif element.tag == f"{_TABLE}table":
        rows = element.iter(f"{_TABLE}table-row")
        writer.write_rows([_words(cell) for cell in row.iter(f"{_TABLE}table-cell")] for row in rows)
    elif element.tag == f"{_TEXT}list":
        writer.open_list(None)
        for item in element:
            writer.open_item()
            _write_children(item, writer)
        writer.close_list()
    else:
        _write_children(element, writer)


def _words(element: "_Element") -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(_MOST_SPACES, int(child.get(f"{_TEXT}c") or 1)))
        elif child.tag not in _UNREAD and isinstance(child.tag, str):
            parts.append(_SHOWN.get(child.tag) or _words(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _recognises(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and MEDIA_TYPE.encode() in data[:200]


FORMAT = Format(
    "OpenDocument text", (".odt",), recognises=_recognises, extract=extract, media_types=(MEDIA_TYPE,)
)

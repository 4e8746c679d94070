"""EPUB books, read with lxml: the chapters in the order of the spine, each a place with its heading."""

import posixpath
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

from ingest.decoding import decode_text
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats.dates import read_moment
from ingest.formats.extract import Extract, Format
from ingest.formats.html_text import text_of_fragment
from ingest.formats.office_zip import opened_zip, parsed_xml
from ingest.places import PlacedText
from ingest.text import stored_line

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/epub+zip"
CONTAINER = "META-INF/container.xml"
LABEL_CHARACTERS = 80

_NAMES = {
    "container": "urn:oasis:names:tc:opendocument:xmlns:container",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
_CHAPTERS = frozenset({"application/xhtml+xml", "text/html"})


def extract(document: RawDocument) -> Extract:
    """Read a book.

    Raises:
        ExtractionError: it is damaged, protected, or no EPUB.
    """
    with opened_zip(document.data) as parts:
        if "META-INF/encryption.xml" in parts.namelist() and "META-INF/rights.xml" in parts.namelist():
            raise ExtractionError("The book is protected (DRM).", "Use a copy without protection.")
        package_name = _package_name(parts)
        package = parsed_xml(parts.read(package_name))
        placed = PlacedText()
        for number, name in enumerate(_spine(package, posixpath.dirname(package_name)), 1):
            if name in parts.namelist():
                _add_chapter(placed, parts.read(name), number)
    return _with_facts(package, placed)


def _package_name(parts: zipfile.ZipFile) -> str:
    if CONTAINER not in parts.namelist():
        raise ExtractionError(
            "It is no EPUB book: it does not say where its contents are.", "Check the file."
        )
    path = parsed_xml(parts.read(CONTAINER)).find(".//container:rootfile", _NAMES)
    name = "" if path is None else str(path.get("full-path") or "")
    if name not in parts.namelist():
        raise ExtractionError("The book's list of contents is missing.", "Get the book again.")
    return name


def _spine(package: "_Element", folder: str) -> list[str]:
    """The names of the chapters' files, in order."""
    files = {
        item.get("id"): posixpath.normpath(posixpath.join(folder, unquote(str(item.get("href") or ""))))
        for item in package.iterfind(".//opf:manifest/opf:item", _NAMES)
        if item.get("media-type") in _CHAPTERS and "nav" not in str(item.get("properties") or "").split()
    }
    references = (item.get("idref") for item in package.iterfind(".//opf:spine/opf:itemref", _NAMES))
    return [files[reference] for reference in dict.fromkeys(references) if reference in files]


def _add_chapter(placed: PlacedText, data: bytes, number: int) -> None:
    text = text_of_fragment(decode_text(data))
    heading = stored_line(text.partition("\n\n")[0])
    short = 0 < len(heading) <= LABEL_CHARACTERS
    placed.add(text, heading if short else f"part {number}")


def _with_facts(package: "_Element", placed: PlacedText) -> Extract:
    stated = {name: _values(package, name) for name in ("title", "creator", "publisher", "date", "language")}
    modified = [
        meta.text or ""
        for meta in package.iterfind(".//opf:meta", _NAMES)
        if meta.get("property") == "dcterms:modified"
    ]
    names = {"creator": "authors", "date": "published_at"}
    moments = [read_moment(text) for text in (*stated["date"], *modified)]
    published = moments[0] if stated["date"] else None
    found = {names.get(name, name): "book's metadata" for name, values in stated.items() if values}
    return Extract(
        text=placed.text,
        title=next(iter(stated["title"]), ""),
        publisher=next(iter(stated["publisher"]), None),
        authors=tuple(stated["creator"]),
        published_at=published,
        modified_at=moments[-1] if modified else None,
        language=next(iter(stated["language"]), None),
        places=tuple(placed.places),
        found=found | ({"modified_at": "book's metadata"} if modified else {}),
    )


def _values(package: "_Element", name: str) -> list[str]:
    found = (element.text or "" for element in package.iterfind(f".//dc:{name}", _NAMES))
    return [text.strip() for text in found if text.strip()]


def _recognises(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and MEDIA_TYPE.encode() in data[:200]


FORMAT = Format("EPUB book", (".epub",), recognises=_recognises, extract=extract, media_types=(MEDIA_TYPE,))

"""Web pages, by way of trafilatura."""

import re

from ingest.article import Moment
from ingest.decoding import decode_text
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats.dates import read_moment
from ingest.formats.extract import Extract, Format

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_HTML_START = re.compile(
    rb"^\s*(<!--.{0,500}?-->\s*)?<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HEAD_BYTES = 4096


def extract(document: RawDocument) -> Extract:
    """Read a web page: its article, without the page around it.

    Raises:
        ExtractionError: the bytes are no text, or there is no article in the page.
    """
    import trafilatura

    page = decode_text(document.data, declared_charset(document.data))
    found = trafilatura.bare_extraction(
        page,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or not found.text:
        raise ExtractionError(
            "No article was found in the page.", "Save the text of the article as .txt or .md."
        )
    return Extract(
        text=found.text.replace("\n", "\n\n"),
        title=found.title or "",
        url=found.url,
        publisher=found.sitename,
        authors=tuple((found.author or "").split("; ")),
        published_at=_moment(found.date),
        language=found.language,
    )


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its first bytes, if it does."""
    head = data[:_HEAD_BYTES]
    found = _META_CHARSET.search(head) or _XML_ENCODING.search(head)
    return found[1].decode("ascii") if found else None


def _moment(text: str | None) -> Moment | None:
    return read_moment(text) if text else None


FORMAT = Format(
    "HTML",
    (".html", ".htm", ".xhtml"),
    recognises=lambda data: bool(_HTML_START.match(data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf"))),
    extract=extract,
)

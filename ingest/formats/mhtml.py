"""Web pages saved as one file (MHTML): the page among its parts, read as HTML."""

from dataclasses import replace
from email.message import EmailMessage

from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats import html
from ingest.formats.extract import Extract, Format
from ingest.formats.mail import parsed_message

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def extract(document: RawDocument) -> Extract:
    """Read a saved page; its address is the one that the file gives.

    Raises:
        ExtractionError: it is damaged, or no page is in it.
    """
    message = parsed_message(document.data)
    page = _page(message)
    data = page.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        raise ExtractionError("There is no page in the file.", "Save the page again.")
    address = str(page.get("Content-Location") or message.get("Snapshot-Content-Location") or "")
    inner = replace(
        document, data=data, charset=page.get_content_charset(), url=document.url or address or None
    )
    found = html.extract(inner)
    if found.url or not address:
        return found
    return replace(found, url=address, found={**found.found, "url": "file property"})


def _page(message: EmailMessage) -> EmailMessage:
    """The part that the file names as its root, else the first page."""
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    if not pages:
        raise ExtractionError("There is no page in the file.", "Save the page again.")
    root = message.get_param("start")
    named = (page for page in pages if root and page.get("Content-ID") == root)
    return next(named, pages[0])


FORMAT = Format(
    "saved web page",
    (".mhtml", ".mht"),
    recognises=lambda data: b"multipart/related" in data[:4096] and b"\nContent-Location:" in data,
    extract=extract,
    media_types=("multipart/related", "application/x-mimearchive"),
)

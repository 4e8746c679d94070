"""Getting an article out of a document. A new format is one file here and its entry in `FORMATS`."""

from collections.abc import Iterable
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ingest.article import Article
from ingest.document import RawDocument
from ingest.errors import ExtractionError, FootnoteError
from ingest.formats import (
    docx,
    epub,
    html,
    mail,
    markdown,
    mhtml,
    odt,
    pdf,
    plain_text,
    record,
    subtitles,
)
from ingest.formats.extract import Extract, Format
from ingest.places import Place
from ingest.stated import filled_in
from ingest.text import stored_line, stored_text

__all__ = [
    "FORMATS",
    "Extract",
    "Format",
    "extract_article",
    "is_known_type",
    "supported_suffixes",
    "web_address",
]

FORMATS: tuple[Format, ...] = (
    markdown.FORMAT,
    html.FORMAT,
    pdf.FORMAT,
    docx.FORMAT,
    odt.FORMAT,
    epub.FORMAT,
    mhtml.FORMAT,
    mail.FORMAT,
    subtitles.FORMAT,
    record.FORMAT,
    plain_text.FORMAT,
)
"""Every format; the first that recognises a document without a known suffix reads it."""

_TEXT_TYPES = frozenset({"text/plain", "text/markdown"})
"""Media types that say too little to choose a format by."""


def supported_suffixes() -> frozenset[str]:
    """The suffixes of file names that some format reads, in lower case, with the dot."""
    return frozenset(suffix for one in FORMATS for suffix in one.suffixes)


def is_known_type(media_type: str) -> bool:
    """Whether a format reads what a server calls by this name."""
    return media_type in _TEXT_TYPES or any(media_type in one.media_types for one in FORMATS)


def extract_article(document: RawDocument) -> Article:
    """Read a document with the format that its media type, its name's suffix or its bytes tell.

    Raises:
        ExtractionError: the document is not of a known format, is damaged, or holds no text.
        OptionalDependencyError: the library that reads the format is not installed.
    """
    try:
        return _article(document)
    except ExtractionError:
        if document.otherwise is None:
            raise
        return extract_article(document.otherwise)


def _article(document: RawDocument) -> Article:
    extract = filled_in(_extracted(document, format_of(document)), document.stated, document.retrieved_at)
    text = stored_text(extract.text)
    if not text:
        raise ExtractionError("There is no text in it.", "Check that the file holds an article.")
    title = stored_line(extract.title)
    places = (Place(one.start, stored_line(one.label)) for one in extract.places if one.start < len(text))
    return Article.create(
        location=document.location,
        title=title or title_from_name(document.name),
        text=text,
        url=web_address(document.url) or web_address(extract.url),
        publisher=_line(extract.publisher),
        authors=_lines(extract.authors),
        published_at=extract.published_at,
        modified_at=extract.modified_at,
        language=_language_code(extract.language),
        note=_line(extract.note),
        retrieved_at=document.retrieved_at,
        section=_line(extract.section),
        places=tuple(places),
        found=extract.found if title else {**extract.found, "title": "file name"},
    )


def _extracted(document: RawDocument, form: Format) -> Extract:
    """What a format finds; whatever its library makes of a damaged document is one kind of error."""
    try:
        return form.extract(document)
    except FootnoteError:
        raise
    except Exception as error:
        raise ExtractionError(
            f"It cannot be read as {form.name}: {stored_line(str(error))[:120] or type(error).__name__}.",
            "It may be damaged; save it again, or convert it to text.",
        ) from error


def title_from_name(name: str) -> str:
    """A title for a document that states none: its file name without suffix, in words."""
    stem = PurePosixPath(stored_line(name)).stem
    return stored_line(stem.replace("_", " ").replace("-", " ")) or stem or "Untitled"


def format_of(document: RawDocument) -> Format:
    """The format that reads a document.

    Raises:
        ExtractionError: none does.
    """
    suffix = PurePosixPath(document.name).suffix.lower()
    typed = (one for one in FORMATS if document.media_type in one.media_types)
    named = (one for one in FORMATS if suffix in one.suffixes)
    recognised = (one for one in FORMATS if one.recognises(document.data))
    found = next(chain(typed, named, recognised), None)
    if found is None:
        kinds = ", ".join(sorted(supported_suffixes()))
        raise ExtractionError("Its format is not known.", f"The formats that are read: {kinds}.")
    return found


def _line(text: str | None) -> str | None:
    return stored_line(text or "") or None


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    lines = (stored_line(text) for text in texts)
    return tuple(dict.fromkeys(line for line in lines if line))


def web_address(url: str | None) -> str | None:
    """The address, when it is one of the web: nothing else may become a link."""
    address = "".join(stored_line(url or "").split())
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.netloc else None


def _language_code(language: str | None) -> str | None:
    """A BCP 47 code in its usual case ("en", "pt-BR"); None for what is no code."""
    subtags = stored_line(language or "").replace("_", "-").split("-")
    if not (
        2 <= len(subtags[0]) <= 3
        and all(tag.isalnum() and tag.isascii() and len(tag) <= 8 for tag in subtags)
    ):
        return None
    return "-".join([subtags[0].lower(), *(tag.upper() if len(tag) == 2 else tag for tag in subtags[1:])])

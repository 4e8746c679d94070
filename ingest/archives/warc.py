"""Web archives (WARC), read with warcio: the pages that were fetched, each at its own address."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import urlsplit

from ingest.archives.archive import Archive, Documents, Opening
from ingest.archives.expanding import counted, member_document
from ingest.document import RawDocument, ReadFailure
from ingest.errors import ExtractionError
from ingest.formats import is_known_type, web_address
from ingest.libraries import required

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_KINDS = frozenset({"response", "resource"})
_FETCHED = "200"


def documents(stream: BinaryIO, opening: Opening) -> Documents:
    """Every page, document or text that was fetched whole; pictures, scripts and errors are passed over.

    Raises:
        ExtractionError: it is no web archive, or damaged from here on.
        OptionalDependencyError: warcio is not installed.
    """
    for record in _records(stream):
        opening.budget.take_member()
        address = web_address(record.rec_headers.get_header("WARC-Target-URI"))
        if address and record.rec_type in _KINDS and _is_readable(record):
            yield _document(record, address, opening)


def _records(stream: BinaryIO) -> "Iterator[ArcWarcRecord]":
    """The records as warcio reads them, its errors as our own."""
    iterator = required("warcio.archiveiterator", "warc").ArchiveIterator(stream)
    damaged = required("warcio.exceptions", "warc").ArchiveLoadFailed
    try:
        yield from iterator
    except damaged as error:
        raise ExtractionError(
            f"It is no web archive, or damaged: {' '.join(str(error).split())[:120]}.", "Fetch it again."
        ) from error


def _is_readable(record: "ArcWarcRecord") -> bool:
    if record.http_headers is not None and record.http_headers.get_statuscode() != _FETCHED:
        return False
    return is_known_type(_content_type(record)[0])


def _document(record: "ArcWarcRecord", address: str, opening: Opening) -> RawDocument | ReadFailure:
    media_type, charset = _content_type(record)
    name = PurePosixPath(urlsplit(address).path).name or urlsplit(address).netloc
    content = cast("BinaryIO", record.content_stream())
    member = member_document(cast("BinaryIO", counted(content, opening)), name, opening)
    if isinstance(member, ReadFailure):
        return ReadFailure(address, member.reason)
    if record.raw_stream.limit > 0:
        return ReadFailure(address, "The web archive is cut off within it.")
    stated = record.rec_headers.get_header("WARC-Date")
    fetched = _moment(stated) or opening.retrieved_at
    location = opening.address_or(address, f"{stated}/{address}")
    return RawDocument(location, name, member.data, fetched, media_type, address, charset)


def _content_type(record: "ArcWarcRecord") -> tuple[str, str | None]:
    """The media type and the charset that the server named."""
    headers: Any = record.http_headers or record.rec_headers
    stated, *parameters = str(headers.get_header("Content-Type") or "").split(";")
    named = (one.partition("=")[2].strip(" \"'") for one in parameters if "charset" in one.lower())
    return stated.strip().lower(), next(named, None) or None


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


ARCHIVE = Archive("WARC file", (".warc",), documents, ("application/warc",))

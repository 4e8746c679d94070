"""Documents that are ZIP files of XML (DOCX, ODT, EPUB): opened within limits, parsed without entities."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest.errors import ExtractionError

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_BYTES = 300_000_000
"""What all parts together may have when unpacked."""

MOST_PARSED_BYTES = 50_000_000
"""What one part that is parsed may have: as a tree it takes many times its size in memory."""

MOST_RATIO = 200
"""A part of more than a megabyte may be so many times as long unpacked as packed: text has 5 to 20."""

_ONE_MEGABYTE = 1_000_000
_PARSED = (".xml", ".xhtml", ".html", ".htm", ".opf", ".rels")
_ADVICE = "Save it again from the program that made it."


@contextmanager
def opened_zip(data: bytes) -> Iterator[zipfile.ZipFile]:
    """A document's ZIP file, after its stated sizes have been checked; reading never goes beyond those.

    Raises:
        ExtractionError: it is damaged, locked, or larger unpacked than is read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _check_sizes(parts)
            yield parts
    except zipfile.BadZipFile as error:
        raise ExtractionError(f"The file is damaged ({str(error).rstrip('.')}).", _ADVICE) from error
    except (RuntimeError, NotImplementedError, KeyError) as error:
        raise ExtractionError(f"A part of it cannot be read ({error}).", _ADVICE) from error


def _check_sizes(parts: zipfile.ZipFile) -> None:
    entries = parts.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise ExtractionError("It is locked with a password.", "Save it without one.")
    bomb = any(entry.file_size > max(_ONE_MEGABYTE, MOST_RATIO * entry.compress_size) for entry in entries)
    parsed = max((entry.file_size for entry in entries if entry.filename.endswith(_PARSED)), default=0)
    if bomb or parsed > MOST_PARSED_BYTES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise ExtractionError(
            "It unpacks to far more than a document has (a ZIP bomb, or damage).", "Check where it came from."
        )


def parsed_xml(data: bytes) -> "_Element":
    """The root of an XML part. Entities are left alone, and nothing is fetched.

    Raises:
        ExtractionError: it is no well-formed XML, or nested too deeply.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ExtractionError(f"A part of it is no well-formed XML: {error.msg}.", _ADVICE) from error

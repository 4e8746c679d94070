"""Plain text. A first line that looks like a headline is the title, and then no part of the text."""

from ingest.decoding import decode_text
from ingest.document import RawDocument
from ingest.formats.extract import Extract, Format
from ingest.text import stored_line, stored_text

HEADLINE_CHARACTERS = 200
"""A longer first line is no headline."""

_NOT_A_HEADLINE_END = (".", ",", ";", ":")


def extract(document: RawDocument) -> Extract:
    """Read a plain text.

    Raises:
        ExtractionError: the bytes are no text.
    """
    text = stored_text(decode_text(document.data, document.charset))
    first, _, rest = text.partition("\n\n")
    if rest and is_headline(first):
        return Extract(text=rest, title=stored_line(first), found={"title": "first line"})
    return Extract(text=text)


def is_headline(block: str) -> bool:
    """Whether the first block of a text, which a blank line ends, reads as a headline."""
    one_short_line = "\n" not in block and 0 < len(block) <= HEADLINE_CHARACTERS
    return one_short_line and (not block.endswith(_NOT_A_HEADLINE_END) or block.endswith("..."))


FORMAT = Format("plain text", (".txt", ".text"), recognises=lambda data: bool(data), extract=extract)

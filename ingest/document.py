"""What a source yields: the bytes of one document, or why there are none."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RawDocument:
    """One document as it was fetched, before any format has looked at it.

    Attributes:
        location: the address that the article's id is made from ("file:///…", "samples:…").
        name: what a person would call it: the path relative to its source, or the file's name.
        data: the bytes, untouched and not empty.
        retrieved_at: when they were read, with a time zone.
        media_type: what the place that it came from calls it ("text/html"), without parameters, in lower
            case; None where nothing was said.
        url: the address of the web that it was fetched from, if it was.
    """

    location: str
    name: str
    data: bytes
    retrieved_at: datetime
    media_type: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A document that could not be read. `reason` is one plain sentence for the report."""

    location: str
    reason: str

"""What a source yields: the bytes of one document, or why there are none."""

from dataclasses import dataclass
from datetime import datetime

from ingest.article import Moment


@dataclass(frozen=True, slots=True)
class Stated:
    """What the listing that names a document says of it; fills in what the document does not state itself.

    Attributes:
        by: what says so ("feed", "sitemap").
        note: one line on the text itself, for its readers.
    """

    by: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None
    published_at: Moment | None = None
    modified_at: Moment | None = None
    note: str | None = None


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
        charset: the encoding that the place that it came from names, if it does.
        stated: what a listing that names it says of it.
        otherwise: a document of the same location to read where this one holds no article.
    """

    location: str
    name: str
    data: bytes
    retrieved_at: datetime
    media_type: str | None = None
    url: str | None = None
    charset: str | None = None
    stated: Stated | None = None
    otherwise: "RawDocument | None" = None


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """A document that could not be read. `reason` is one plain sentence for the report."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnchangedDocument:
    """A document whose article is in the index already, and that has not changed: it was not read again."""

    location: str

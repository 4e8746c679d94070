"""What a format is, and what it gets out of a document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ingest.article import Moment
from ingest.document import RawDocument
from ingest.places import Place


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format found in a document; None and empty where the document states nothing.

    The strings may be as the document has them: `extract_article` normalises them.

    Attributes:
        text: paragraphs separated by a blank line, without the title.
        title: empty when there is none; the document's name is used then.
        url: the address that the document gives itself.
        language: BCP 47 code.
        section: the part of the publication that it stood in.
        places: offsets into `text`, which is then normalised already (`ingest.places.PlacedText` makes both).
        found: how each of the facts above was found, by its name.
    """

    text: str
    title: str = ""
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published_at: Moment | None = None
    modified_at: Moment | None = None
    language: str | None = None
    note: str | None = None
    section: str | None = None
    places: tuple[Place, ...] = ()
    found: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of document.

    Attributes:
        name: as a person would say it ("Markdown").
        suffixes: of file names, in lower case, with the dot.
        recognises: whether the bytes of a document without a known suffix are of this kind.
        extract: reads a document; raises `ExtractionError` with a plain reason where that cannot be done.
        media_types: names that servers and archives give to it, in lower case.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    extract: Callable[[RawDocument], Extract]
    media_types: tuple[str, ...] = ()

"""What a format is, and what it gets out of a document."""

from collections.abc import Callable
from dataclasses import dataclass

from ingest.article import Moment
from ingest.document import RawDocument


@dataclass(frozen=True, slots=True)
class Extract:
    """What a format found in a document; None and empty where the document states nothing.

    The strings may be as the document has them: `extract_article` normalises them.

    Attributes:
        text: paragraphs separated by a blank line, without the title.
        title: empty when there is none; the document's name is used then.
        url: the address that the document gives itself.
        language: BCP 47 code.
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


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of document.

    Attributes:
        name: as a person would say it ("Markdown").
        suffixes: of file names, in lower case, with the dot.
        recognises: whether the first bytes of a document without a known suffix are of this kind.
        extract: reads a document; raises `ExtractionError` with a plain reason where that cannot be done.
    """

    name: str
    suffixes: tuple[str, ...]
    recognises: Callable[[bytes], bool]
    extract: Callable[[RawDocument], Extract]

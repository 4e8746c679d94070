"""Markdown, with front matter where there is any, as readable text without its marks."""

from ingest.article import Moment
from ingest.decoding import decode_text
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats.dates import read_moment
from ingest.formats.extract import Extract, Format
from ingest.formats.front_matter import FrontMatter, split_front_matter
from ingest.formats.markdown_text import markdown_blocks
from ingest.text import canonical_text, stored_line

_FACTS = {
    "title": ("title", "headline"),
    "url": ("url", "link", "canonical", "canonical_url"),
    "publisher": ("publisher", "site", "sitename"),
    "authors": ("authors", "author", "by"),
    "published_at": ("published", "date", "published_at"),
    "modified_at": ("modified", "updated", "lastmod", "modified_at"),
    "language": ("language", "lang"),
    "section": ("section", "category"),
}


def extract(document: RawDocument) -> Extract:
    """Read Markdown. Without a title in its front matter, a top heading that opens the text is the title.

    Raises:
        ExtractionError: the bytes are no text, the front matter is broken or states a date that is none.
    """
    matter = split_front_matter(canonical_text(decode_text(document.data, document.charset)))
    blocks = markdown_blocks(matter.body)
    stated = stored_line(matter.first(*_FACTS["title"]) or "")
    heading = blocks[0].text if blocks and blocks[0].heading_level == 1 else ""
    if heading and stated in {"", stored_line(heading)}:
        blocks = blocks[1:]
        stated = heading
    return Extract(
        text="\n\n".join(block.text for block in blocks),
        title=stated,
        url=matter.first(*_FACTS["url"]),
        publisher=matter.first(*_FACTS["publisher"]),
        authors=matter.all(*_FACTS["authors"]),
        published_at=_moment(matter, *_FACTS["published_at"]),
        modified_at=_moment(matter, *_FACTS["modified_at"]),
        language=matter.first(*_FACTS["language"]),
        section=matter.first(*_FACTS["section"]),
        note=matter.first("note"),
        found=_found(matter, stated),
    )


def _found(matter: FrontMatter, title: str) -> dict[str, str]:
    found = {fact: "front matter" for fact, names in _FACTS.items() if matter.first(*names)}
    return found if not title or "title" in found else {**found, "title": "heading"}


def _moment(matter: FrontMatter, *names: str) -> Moment | None:
    stated = matter.first(*names)
    if stated is None:
        return None
    moment = read_moment(stated)
    if moment is None:
        raise ExtractionError(
            f"Its front matter gives a date that cannot be read: {stored_line(stated)[:60]}.",
            "Write dates as 2023-01-09 or 2023-01-09T14:30:00+03:00.",
        )
    return moment


FORMAT = Format(
    "Markdown",
    (".md", ".markdown"),
    recognises=lambda data: data.lstrip(b"\xef\xbb\xbf").startswith((b"---\n", b"---\r\n")),
    extract=extract,
)

"""Web pages: the article by way of trafilatura, dates only where the page states them."""

import re
from typing import TYPE_CHECKING

from ingest.decoding import decode_text
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats.blocks import TextBlock, joined
from ingest.formats.extract import Extract, Format
from ingest.formats.html_authors import article_authors
from ingest.formats.html_blocks import article_blocks
from ingest.formats.html_dates import stated_dates
from ingest.formats.html_stated import JSON_LD, META, Fact, Stated, stated
from ingest.formats.html_text import text_of_fragment
from ingest.formats.html_titles import article_title
from ingest.libraries import quiet_trafilatura
from ingest.text import canonical_text, stored_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from trafilatura.settings import Document

MOST_BYTES = 10_000_000
"""A larger page is refused: parsing it takes many times its size in memory."""

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_HTML_START = re.compile(rb"\s*(<\?xml|<!--.{0,500}?-->\s*)?<(!doctype\s+html|html|head|body)\b", re.I | re.S)
_HEAD_BYTES = 4096


def extract(document: RawDocument) -> Extract:
    """Read a web page: its article, without what stands around it.

    Raises:
        ExtractionError: the bytes are no text, there is no text in the page, or it is too large.
    """
    if len(document.data) > MOST_BYTES:
        raise ExtractionError(
            f"The page has {len(document.data) / 1_000_000:,.1f} MB; the largest that is parsed has "
            f"{MOST_BYTES / 1_000_000:,.0f} MB.",
            "Save the text of the article as .txt or .md.",
        )
    page = canonical_text(decode_text(document.data, document.charset or declared_charset(document.data)))
    tree = quiet_trafilatura().load_html(page)
    if tree is None:
        return Extract(text=_some_text(page))
    says = stated(tree)
    dates = stated_dates(tree, says)
    found = _article(tree)
    title = article_title(tree, says)
    blocks = _without_title(article_blocks(found.body), title.value) if found else []
    authors = article_authors(tree, says, ((found.author or "") if found else "").split(";"))
    publisher = _publisher(says, (found.sitename or "") if found else "")
    section = next(iter(says.first("article:section", "section")), None)
    how = {"title": title.how, "authors": authors.how, "publisher": publisher.how, **dates.found}
    how |= {"section": META if section else "", "url": "canonical address" if found and found.url else ""}
    return Extract(
        text=joined(blocks) or _some_text(page),
        title=title.value,
        url=found.url if found else None,
        publisher=publisher.value,
        authors=authors.names,
        published_at=dates.published_at,
        modified_at=dates.modified_at,
        language=_language(tree),
        section=section,
        found={fact: way for fact, way in how.items() if way},
    )


def _publisher(says: Stated, guessed: str) -> Fact:
    facts = [
        *(Fact(name, JSON_LD) for name in says.names("publisher")),
        *(Fact(name, META) for name in says.first("og:site_name")),
        Fact(guessed, "text"),
    ]
    return next((fact for fact in facts if fact.value.strip()), Fact("", ""))


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page names in its first bytes, if it does."""
    head = data[:_HEAD_BYTES]
    found = _META_CHARSET.search(head) or _XML_ENCODING.search(head)
    return found.group(1).decode("ascii") if found else None


def _article(tree: "HtmlElement") -> "Document | None":
    """What trafilatura finds, preferring precision: what is no article must not be quoted as one.

    The date is left to `stated_dates`, since trafilatura's comes from anywhere in the page.
    """
    from copy import deepcopy

    found = quiet_trafilatura().bare_extraction(
        deepcopy(tree),
        with_metadata=True,
        favor_precision=True,
        include_comments=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    return None if found is None or isinstance(found, dict) or found.body is None else found


def _without_title(blocks: list[TextBlock], title: str) -> list[TextBlock]:
    repeats = bool(blocks) and stored_line(blocks[0].text).casefold() == stored_line(title).casefold()
    return blocks[1:] if repeats else blocks


def _some_text(page: str) -> str:
    text = text_of_fragment(page)
    if not text:
        raise ExtractionError("There is no text in the page.", "Save the text of the article as .txt or .md.")
    return text


def _language(tree: "HtmlElement") -> str | None:
    stated = [*tree.xpath("//html/@lang"), *tree.xpath("//html/@xml:lang")]
    stated += tree.xpath("//meta[translate(@http-equiv, 'CL', 'cl')='content-language']/@content")
    stated += tree.xpath("//meta[@property='og:locale']/@content")
    return next((str(one) for one in stated if str(one).strip()), None)


FORMAT = Format(
    "HTML",
    (".html", ".htm", ".xhtml"),
    recognises=lambda data: bool(_HTML_START.match(data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf"))),
    extract=extract,
    media_types=("text/html", "application/xhtml+xml"),
)

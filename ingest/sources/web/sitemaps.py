"""Sitemaps, their indexes, and the news that they can tell (sitemaps.org, Google's news extension)."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.article import Moment
from ingest.formats.dates import read_moment
from ingest.sources.web.errors import FetchError
from ingest.text import stored_line

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRIES = frozenset({"url", "sitemap"})


@dataclass(frozen=True, slots=True)
class Place:
    """One address that a sitemap names.

    Attributes:
        is_sitemap: whether it is of another sitemap.
        changed: the `lastmod` as it stands there; None where there is none.
        published_at, title, publisher, language: what a news sitemap says of the article.
    """

    address: str
    is_sitemap: bool
    changed: str | None = None
    published_at: Moment | None = None
    title: str = ""
    publisher: str | None = None
    language: str | None = None


def sitemap_places(data: bytes) -> Iterator[Place]:
    """The addresses of a sitemap or a sitemap index, one by one; entities are not expanded.

    Raises:
        FetchError: it is damaged; what stood before the damage has been told by then.
    """
    from lxml import etree

    elements = etree.iterparse(
        io.BytesIO(data),
        events=("end",),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    try:
        for _, element in elements:
            if _local(element) in _ENTRIES:
                place = _place(element)
                if place is not None:
                    yield place
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise FetchError(f"The sitemap is damaged ({error.msg}).", "Try again later.") from error


def _place(element: "_Element") -> Place | None:
    texts: dict[str, str] = {}
    for inner in element.iter():
        name = _local(inner)
        if name and inner.text:
            texts.setdefault(name, stored_line(inner.text))
    if not texts.get("loc"):
        return None
    return Place(
        address=texts["loc"],
        is_sitemap=_local(element) == "sitemap",
        changed=texts.get("lastmod") or None,
        published_at=read_moment(texts.get("publication_date", "")),
        title=texts.get("title", ""),
        publisher=texts.get("name") or None,
        language=texts.get("language") or None,
    )


def _local(element: "_Element") -> str:
    """An element's name without its namespace; "" for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _forget(element: "_Element") -> None:
    """Free an element that is done with, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]

"""When a page says that it was published and changed: in its metadata, never guessed from its text."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.article import Moment
from ingest.formats.dates import read_moment

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article.published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "date",
)
_MODIFIED = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "article.updated",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
)
_ARTICLE_TYPES = re.compile(r"\w*(?:Article|Posting|Report|Review|WebPage)")
_WRAPPED_DATA = re.compile(r"\s*(?://)?\s*<!\[CDATA\[(.*)\]\]>\s*", re.DOTALL)
_MOST_NESTING = 20


@dataclass(frozen=True, slots=True)
class StatedDates:
    """What a page states; None where it states nothing that can be read."""

    published_at: Moment | None
    modified_at: Moment | None


def stated_dates(tree: "HtmlElement") -> StatedDates:
    """Read a page's dates from its `meta` elements, JSON-LD and marked `time` elements, in this order."""
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    published = [metas[name] for name in _PUBLISHED if name in metas]
    published += [one["datePublished"] for one in linked if "datePublished" in one]
    published += _times(tree, "datePublished", "pubdate")
    modified = [metas[name] for name in _MODIFIED if name in metas]
    modified += [one["dateModified"] for one in linked if "dateModified" in one]
    modified += _times(tree, "dateModified", "updated")
    return StatedDates(_first(published), _first(modified))


def _first(texts: list[Any]) -> Moment | None:
    moments = (read_moment(text) for text in texts if isinstance(text, str))
    return next((moment for moment in moments if moment is not None), None)


def _metas(tree: "HtmlElement") -> dict[str, str]:
    """The first content of each `meta` element by its name, property or itemprop, in lower case."""
    contents: dict[str, str] = {}
    for meta in tree.iter("meta"):
        names = (meta.get("property"), meta.get("name"), meta.get("itemprop"))
        for name in filter(None, names):
            contents.setdefault(name.strip().lower(), meta.get("content") or "")
    return contents


def _times(tree: "HtmlElement", itemprop: str, attribute: str) -> list[str]:
    marked = f"//time[@itemprop='{itemprop}' or @{attribute}]/@datetime"
    return [str(text) for text in tree.xpath(marked)]


def _linked_data(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    """The articles that a page's JSON-LD describes; broken JSON describes none."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        wrapped = _WRAPPED_DATA.match(str(script))
        try:
            loaded = json.loads(wrapped.group(1) if wrapped else str(script), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(loaded, _MOST_NESTING)


def _articles(node: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(node, list) and depth:
        for one in node:
            yield from _articles(one, depth - 1)
    elif isinstance(node, dict) and depth:
        kinds = node.get("@type")
        if any(
            _ARTICLE_TYPES.fullmatch(str(kind)) for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield node
        yield from _articles([node.get("@graph"), node.get("mainEntity")], depth - 1)

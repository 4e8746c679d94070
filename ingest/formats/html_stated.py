"""What a page states about itself: its `meta` elements and its JSON-LD."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ARTICLE_TYPES = re.compile(r"\w*(?:Article|Posting|Report|Review|WebPage)")
_WRAPPED_DATA = re.compile(r"\s*(?://)?\s*<!\[CDATA\[(.*)\]\]>\s*", re.DOTALL)
_MOST_NESTING = 20

JSON_LD, META = "json-ld", "meta"
"""How a fact was found: in the page's JSON-LD, in one of its `meta` elements."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and how it was found."""

    value: str
    how: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A page's statements.

    Attributes:
        metas: the contents of the `meta` elements by name, property or itemprop in lower case, in the page's
            order; blank ones are left out.
        linked: the articles that its JSON-LD describes.
    """

    metas: dict[str, tuple[str, ...]]
    linked: tuple[dict[str, Any], ...]

    def first(self, *names: str) -> list[str]:
        """The first content of each named `meta` element that there is, in the order of the names."""
        return [self.metas[name][0] for name in names if name in self.metas]

    def values(self, key: str) -> list[Any]:
        """What the JSON-LD articles have under a key."""
        return [one[key] for one in self.linked if key in one]

    def names(self, key: str) -> list[str]:
        """The names that the first article with such a key has there: plain, in an object, or in a list."""
        return [name for value in self.values(key)[:1] for name in _named(value)]


def stated(tree: "HtmlElement") -> Stated:
    """Read a page's `meta` elements and JSON-LD; broken JSON describes nothing."""
    return Stated(_metas(tree), tuple(_linked_data(tree)))


def _metas(tree: "HtmlElement") -> dict[str, tuple[str, ...]]:
    contents: dict[str, tuple[str, ...]] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        named = (meta.get("property"), meta.get("name"), meta.get("itemprop"))
        names = {name for several in named for name in (several or "").lower().split()}
        for name in names if content else ():
            contents[name] = (*contents.get(name, ()), content)
    return contents


def _linked_data(tree: "HtmlElement") -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        wrapped = _WRAPPED_DATA.match(str(script))
        try:
            loaded = json.loads(wrapped.group(1) if wrapped else str(script), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles(loaded, _MOST_NESTING)


def _named(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for one in value for name in _named(one) if not isinstance(one, list)]
    name = value.get("name") if isinstance(value, dict) else value
    return [name] if isinstance(name, str) else []


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

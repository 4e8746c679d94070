"""What was fetched: a document, or a listing of addresses."""

import re

from ingest.sources.web.address_lists import is_list
from ingest.sources.web.memory import Kind
from ingest.sources.web.unpacking import GZIP_MAGIC, inflated, limited

JSON_FEED_MARK = b"jsonfeed.org/version/"
_HEAD_BYTES = 65_536
_PROLOG = re.compile(
    r"(?:\s+|\ufeff|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*", re.DOTALL | re.IGNORECASE
)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_FEED_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml"})
_LIST_TYPES = frozenset({None, "text/plain", "text/uri-list"})
_JSON_FEED_TYPE = "application/feed+json"


def kind_of(data: bytes, media_type: str | None = None) -> Kind:
    """What a document is: by its root element or its text, and by its media type where those do not tell.

    Args:
        data: the document, unpacked.
        media_type: what the server calls it.
    """
    root = _root(data)
    if root in _SITEMAP_ROOTS:
        return "sitemap"
    if root in _FEED_ROOTS or is_json_feed(data, media_type):
        return "feed"
    if root != "html" and media_type in _FEED_TYPES:
        return "feed"
    if not root and media_type in _LIST_TYPES and is_list(data):
        return "list"
    return "page"


def is_json_feed(data: bytes, media_type: str | None) -> bool:
    """Whether a document is a JSON feed."""
    if media_type == _JSON_FEED_TYPE:
        return True
    return data[:_HEAD_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and JSON_FEED_MARK in data


def unpacked(data: bytes, max_bytes: int) -> bytes:
    """The content of a gzip file that holds a listing; any other document as it is.

    Raises:
        FetchError: it unpacks to more than `max_bytes`, or is damaged.
    """
    if not data.startswith(GZIP_MAGIC):
        return data
    return limited(inflated([data]), max_bytes)


def _root(data: bytes) -> str:
    """The local name of a document's root element, in lower case; "" where it has none."""
    head = data[:_HEAD_BYTES]
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-16-le"
    if head.startswith(b"\0<"):
        encoding = "utf-16-be"
    text = head.decode(encoding if wide else "utf-8", "replace")
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    return root.group(1).lower() if root else ""

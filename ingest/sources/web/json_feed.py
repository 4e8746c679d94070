"""JSON Feed (jsonfeed.org), versions 1 and 1.1."""

import json
from collections.abc import Iterator
from typing import Any

from ingest.decoding import decode_text
from ingest.errors import ExtractionError
from ingest.formats.dates import read_moment
from ingest.formats.html_text import text_of_fragment
from ingest.sources.web.errors import FetchError
from ingest.sources.web.feeds import Entry, Feed, FeedPart
from ingest.text import stored_line, stored_text


def json_feed_parts(data: bytes) -> Iterator[FeedPart]:
    """The entries of a JSON feed.

    Raises:
        FetchError: it is no such feed.
    """
    try:
        loaded = json.loads(decode_text(data), strict=False)
    except (ValueError, RecursionError, ExtractionError) as error:
        raise FetchError("The JSON feed cannot be read.", "It may be damaged; try again later.") from error
    items = loaded.get("items") if isinstance(loaded, dict) else None
    if not isinstance(items, list):
        raise FetchError("The JSON feed has no items.", "Check the address.")
    feed = Feed("JSON Feed", _line(loaded.get("title")), _line(loaded.get("language")) or None)
    yield FeedPart(feed, tuple(_entry(item) for item in items if isinstance(item, dict)))


def _entry(item: dict[str, Any]) -> Entry:
    link = _line(item.get("url")) or _line(item.get("external_url")) or None
    modified = _line(item.get("date_modified"))
    title = _line(item.get("title"))
    key = _line(str(item.get("id") or "")) or link or title
    return Entry(
        key=key,
        link=link,
        title=title,
        text=_text(item),
        mark=f"{key} {modified}" if modified else None,
        published_at=read_moment(_line(item.get("date_published"))),
        modified_at=read_moment(modified),
        authors=_authors(item),
    )


def _text(item: dict[str, Any]) -> str:
    html = item.get("content_html")
    if isinstance(html, str) and html.strip():
        return stored_text(text_of_fragment(html))
    plain = item.get("content_text") or item.get("summary")
    return stored_text(plain) if isinstance(plain, str) else ""


def _authors(item: dict[str, Any]) -> tuple[str, ...]:
    stated = item.get("authors")
    authors = stated if isinstance(stated, list) else [item.get("author")]
    names = [_line(author.get("name")) for author in authors if isinstance(author, dict)]
    return tuple(dict.fromkeys(name for name in names if name))


def _line(value: Any) -> str:
    return stored_line(value) if isinstance(value, str) else ""

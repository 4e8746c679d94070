"""Feeds: RSS and Atom by way of feedparser, JSON Feed by its own specification."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ingest.article import Moment
from ingest.formats.dates import read_moment
from ingest.formats.html_text import text_of_fragment
from ingest.sources.web.errors import FetchError
from ingest.text import stored_line, stored_text

MOST_BYTES_WITH_ENTITIES = 1_000_000
"""Of a feed that declares entities of its own: each can stand for much more than it takes."""

_AT_ONCE = 500
"""Entries that are parsed together, so that a long feed does not fill the memory."""
_ENTRY = re.compile(rb"<((?:[\w.-]+:)?(?:item|entry))[\s>/]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
"""Feeds call marked-up text plain; what looks like markup is taken out of that too."""

_VERSIONS = {
    "rss090": "RSS 0.90",
    "rss10": "RSS 1.0",
    "rss20": "RSS 2.0",
    "atom03": "Atom 0.3",
    "atom10": "Atom 1.0",
    "cdf": "CDF",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one article.

    Attributes:
        key: what the feed calls it: its id, else its link, else its title.
        link: as the feed has it; None where it names no page.
        text: the content or summary, as plain text in paragraphs.
        mark: changes when the entry does; None where the feed states no date of change.
    """

    key: str
    link: str | None
    title: str
    text: str
    mark: str | None
    published_at: Moment | None = None
    modified_at: Moment | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """The head of a feed. `version` is as a person would say it ("RSS 2.0"), "" where it is not known."""

    version: str
    title: str
    language: str | None


@dataclass(frozen=True, slots=True)
class FeedPart:
    """Some entries of a feed, in order, with its head."""

    feed: Feed
    entries: tuple[Entry, ...]


def feed_parts(data: bytes, address: str) -> Iterator[FeedPart]:
    """The entries of an RSS or Atom feed, a few hundred at a time; nothing is fetched.

    Args:
        data: the feed.
        address: where it was had; relative links start there.

    Raises:
        FetchError: it is not a feed, or one that could blow up.
    """
    if b"<!ENTITY" in data and len(data) > MOST_BYTES_WITH_ENTITIES:
        raise FetchError(
            f"The feed declares entities and has more than {MOST_BYTES_WITH_ENTITIES:,} bytes; "
            "such a feed could grow without end."
        )
    for part in _pieces(data):
        parsed = _parsed(part, address)
        feed = parsed["feed"]
        language = _line(feed.get("language")) or None
        head = Feed(_version(parsed.get("version") or ""), _plain(feed, "title"), language)
        yield FeedPart(head, tuple(_entry(entry) for entry in parsed["entries"]))


def entry_count(data: bytes) -> int:
    """How many entries an RSS or Atom feed seems to have, without parsing it."""
    return len(_ENTRY.findall(data))


def _parsed(data: bytes, address: str) -> Any:
    """What feedparser makes of a feed, its markup sanitised."""
    import feedparser

    try:
        parsed = feedparser.parse(io.BytesIO(data), response_headers={"content-location": address})
    except Exception as error:  # whatever a library trips over, one broken feed must not end the run
        raise FetchError(
            f"The feed cannot be read ({type(error).__name__}).", "It may be damaged."
        ) from error
    if not parsed.get("version") and not parsed["entries"]:
        raise FetchError("It looks like a feed and cannot be read as one.", "It may be damaged.")
    return parsed


def _pieces(data: bytes) -> Iterator[bytes]:
    """A feed cut into smaller ones that each have the same head and end."""
    starts = [found.start() for found in _ENTRY.finditer(data)]
    if len(starts) <= _AT_ONCE:
        yield data
        return
    name = _ENTRY.match(data, starts[0])
    closing = b"</" + (name.group(1) if name else b"item") + b">"
    end = data.rfind(closing)
    last = end + len(closing) if end > starts[-1] else len(data)
    for first in range(0, len(starts), _AT_ONCE):
        beyond = starts[first + _AT_ONCE] if first + _AT_ONCE < len(starts) else last
        yield data[: starts[0]] + data[starts[first] : beyond] + data[last:]


def _entry(entry: Any) -> Entry:
    """An entry as feedparser has it."""
    link = _line(entry.get("link")) or None
    title = _plain(entry, "title")
    key = _line(entry.get("id")) or link or title
    updated = _line(entry.get("updated")) if "updated" in entry else ""
    published = _line(entry.get("published"))
    return Entry(
        key=key,
        link=link,
        title=title,
        text=_text_of(entry),
        mark=f"{key} {updated}" if updated else None,
        published_at=read_moment(published),
        modified_at=read_moment(updated),
        authors=_authors(entry),
    )


def _text_of(entry: Any) -> str:
    """The longest of an entry's contents, or else its summary."""
    contents = [*(entry.get("content") or []), entry.get("summary_detail") or {}]
    for content in contents:
        text = _plain_text(content)
        if text:
            return text
    return ""


def _plain_text(content: Any) -> str:
    value = content.get("value") or ""
    if content.get("type") == "text/plain" and not _TAG.search(value):
        return stored_text(value)
    return stored_text(text_of_fragment(value)) if value.strip() else ""


def _plain(holder: Any, name: str) -> str:
    """A one-line text that a feed may have marked up."""
    detail = holder.get(f"{name}_detail") or {}
    return stored_line(_plain_text(detail)) if detail else _line(holder.get(name))


def _authors(entry: Any) -> tuple[str, ...]:
    names = [_line(author.get("name")) for author in entry.get("authors") or []]
    return tuple(dict.fromkeys(name for name in (*names, _line(entry.get("author"))) if name))


def _line(value: Any) -> str:
    return stored_line(value) if isinstance(value, str) else ""


def _version(short: str) -> str:
    """The form of a feed by feedparser's short name for it."""
    return _VERSIONS.get(short, "RSS" if short.startswith("rss") else "")

"""Feeds, sitemaps and lists as what they have in common: they name addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from ingest.decoding import decode_text
from ingest.errors import ExtractionError, UsageError
from ingest.sources.web.address_lists import listed_addresses
from ingest.sources.web.errors import FetchError
from ingest.sources.web.feeds import FeedPart, entry_count, feed_parts
from ingest.sources.web.fetcher import Fetched
from ingest.sources.web.json_feed import json_feed_parts
from ingest.sources.web.kinds import is_json_feed
from ingest.sources.web.memory import Kind
from ingest.sources.web.sitemaps import sitemap_places
from ingest.sources.web.wanted import Wanted, wanted_of_addresses, wanted_of_entries, wanted_of_place

_LOCATION = re.compile(rb"<(?:[\w.-]+:)?loc[\s>]")
_SITEMAP = re.compile(rb"<(?:[\w.-]+:)?sitemap[\s>]")


@dataclass(frozen=True, slots=True)
class OpenedListing:
    """A listing that is being read.

    Attributes:
        description: what it is, in a few words ("a feed (RSS 2.0) of 30 entries").
        wanted: what it names, read bit by bit; raises `FetchError` where it turns out damaged.
    """

    description: str
    wanted: Iterator[Wanted]


def open_listing(kind: Kind, answer: Fetched, listing: str) -> OpenedListing:
    """Begin to read a listing.

    Args:
        kind: what it is; not a page.
        answer: as it was fetched, unpacked.
        listing: the address by which it is known.

    Raises:
        FetchError: it cannot be read at all.
    """
    if kind == "feed":
        return _feed(answer, listing)
    if kind == "sitemap":
        name = "a sitemap index" if _SITEMAP.search(answer.data) else "a sitemap"
        places = sitemap_places(answer.data)
        named = (wanted_of_place(place, listing, answer.address) for place in places)
        return OpenedListing(_counted(name, len(_LOCATION.findall(answer.data)), "address"), named)
    addresses = _addresses(answer.data)
    return OpenedListing(
        _counted("a list", len(addresses), "address"), wanted_of_addresses(addresses, listing)
    )


def _feed(answer: Fetched, listing: str) -> OpenedListing:
    if is_json_feed(answer.data, answer.media_type):
        parts: Iterator[FeedPart] = json_feed_parts(answer.data)
    else:
        parts = feed_parts(answer.data, answer.address)
    first = next(parts)
    count = max(entry_count(answer.data), len(first.entries))
    version = f" ({first.feed.version})" if first.feed.version else ""
    named = chain.from_iterable(
        wanted_of_entries(part, listing, answer.address) for part in chain([first], parts)
    )
    return OpenedListing(_counted(f"a feed{version}", count, "entry"), named)


def _addresses(data: bytes) -> tuple[str, ...]:
    try:
        return listed_addresses(decode_text(data))
    except (UsageError, ExtractionError) as error:
        raise FetchError(error.message, error.advice) from error


def _counted(name: str, count: int, unit: str) -> str:
    plural = {"entry": "entries", "address": "addresses"}[unit]
    return f"{name} of {count:,} {unit if count == 1 else plural}"

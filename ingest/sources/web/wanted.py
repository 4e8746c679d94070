"""An address that is to be read, with what the listing that names it says of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from ingest.document import Stated
from ingest.sources.web.addresses import normalised
from ingest.sources.web.errors import AddressError
from ingest.sources.web.feeds import Entry, FeedPart
from ingest.sources.web.memory import Kind
from ingest.sources.web.sitemaps import Place

NOTHING_STATED = Stated()
EVERY_KIND: frozenset[Kind] = frozenset({"page", "feed", "sitemap", "list"})
ONLY_PAGES: frozenset[Kind] = frozenset({"page"})
LISTINGS: frozenset[Kind] = frozenset({"feed", "sitemap", "list"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address to be read.

    Attributes:
        address: normalised; of what has no page, its listing's address and its key.
        listing: the address of what names it; None for what the user named.
        kinds: what it may turn out to be.
        mark: changes when what is there does, as far as the listing knows.
        stated: what the listing says of the article.
        text: the article as the listing itself has it, where it does.
        has_page: whether there is anything to fetch.
        refused: why the page that is named is not fetched, "" where it is.
    """

    address: str
    listing: str | None = None
    kinds: frozenset[Kind] = EVERY_KIND
    mark: str | None = None
    stated: Stated = NOTHING_STATED
    text: str = ""
    has_page: bool = True
    refused: str = ""


def wanted_of_addresses(addresses: Iterable[str], listing: str) -> Iterator[Wanted]:
    """What a list of normalised addresses names."""
    for address in addresses:
        yield Wanted(address, listing, kinds=EVERY_KIND - {"list"})


def wanted_of_place(place: Place, listing: str, base: str) -> Wanted:
    """What a sitemap names.

    Args:
        place: one of its addresses.
        listing: the address by which the sitemap is known.
        base: the address where it was found, for relative addresses.
    """
    stated = Stated(
        by="sitemap",
        title=place.title,
        publisher=place.publisher,
        language=place.language,
        published_at=place.published_at,
    )
    kinds = LISTINGS if place.is_sitemap else ONLY_PAGES
    return _linked(Wanted("", listing, kinds, place.changed, stated), place.address, place.address, base)


def wanted_of_entries(part: FeedPart, listing: str, base: str) -> Iterator[Wanted]:
    """What some entries of a feed name; an entry that neither links nor says anything is left out."""
    for entry in part.entries:
        wanted = Wanted("", listing, ONLY_PAGES, entry.mark, _stated(part, entry), entry.text)
        if entry.link:
            yield _linked(wanted, entry.link, entry.key, base)
        elif entry.text:
            yield replace(wanted, address=_inner_address(listing, entry.key), has_page=False)


def _stated(part: FeedPart, entry: Entry) -> Stated:
    return Stated(
        by="feed",
        title=entry.title,
        authors=entry.authors,
        publisher=part.feed.title or None,
        language=part.feed.language,
        published_at=entry.published_at,
        modified_at=entry.modified_at,
    )


def _linked(wanted: Wanted, link: str, key: str, base: str) -> Wanted:
    """What is wanted, at the address that a link leads to."""
    try:
        return replace(wanted, address=normalised(link, base=base))
    except AddressError as error:
        inner = _inner_address(wanted.listing or base, key)
        return replace(wanted, address=inner, has_page=False, refused=error.message)


def _inner_address(listing: str, key: str) -> str:
    """The address of what stands in a listing only."""
    return f"{listing}#{quote(key.encode('utf-8', 'replace'), safe='')}"

"""Documents as they were fetched: which article they are, and how much of them is read."""

import re
from urllib.parse import unquote, urlsplit

from ingest.sources.web.addresses import host_of, normalised
from ingest.sources.web.errors import AddressError
from ingest.sources.web.fetcher import Fetched
from ingest.sources.web.memory import FetchRecord
from ingest.sources.web.options import WebOptions

_WEB_PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_HEAD_BYTES = 200_000
_SNIFFED_BYTES = 4_096


class Identities:
    """Gives each document of a walk the location that its article's id is made from.

    That is the address where it was found at last, or the canonical address that it names on the same host.
    A location that was given once stays, whatever the page names later. Two pages that claim the same
    canonical address without being the same keep their own.
    """

    def __init__(self) -> None:
        self._taken: dict[str, str] = {}
        self.repeats = 0

    def take(self, location: str, address: str) -> None:
        """A location is an address's, since an earlier walk."""
        self._taken.setdefault(location, address)

    def location_of(self, answer: Fetched, record: FetchRecord | None) -> str | None:
        """The location of a document; None where the same one was met in this walk already."""
        if record is not None and record.location is not None:
            return self._claimed(record.location, answer.address)
        canonical = canonical_address(answer)
        if canonical is not None and canonical not in self._taken:
            return self._claimed(canonical, answer.address)
        return self._claimed(answer.address, answer.address)

    def _claimed(self, location: str, address: str) -> str | None:
        if location in self._taken:
            self.repeats += 1
            return None
        self._taken[location] = address
        return location


def canonical_address(answer: Fetched) -> str | None:
    """The address that a page gives as its own, where that is on the same host; else None."""
    if not is_web_page(answer):
        return None
    from lxml import etree

    tree = etree.HTML(answer.data[:_HEAD_BYTES])
    stated = (
        [] if tree is None else tree.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
    )
    try:
        canonical = normalised(str(stated[0]), base=answer.address) if stated else None
    except AddressError:
        return None
    if canonical is None or host_of(canonical).name != host_of(answer.address).name:
        return None
    root = urlsplit(canonical)
    is_root = root.path == "/" and not root.query
    return None if is_root and urlsplit(answer.address).path != "/" else canonical


def is_web_page(answer: Fetched) -> bool:
    """Whether a document is HTML."""
    return answer.media_type in _WEB_PAGE_TYPES or bool(_HTML.search(answer.data[:_SNIFFED_BYTES]))


def page_limit(answer: Fetched, options: WebOptions) -> int:
    """The most bytes of a document that are read: HTML takes far more memory than its own size."""
    return options.most_page_bytes if is_web_page(answer) else options.most_listing_bytes


def document_name(address: str) -> str:
    """What a person would call a document: the last part of its path, or its host."""
    parts = urlsplit(address)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2], errors="replace")
    return last or parts.hostname or address

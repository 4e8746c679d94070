"""What is remembered of earlier fetches, so that only what may have changed is fetched again."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Protocol, Self

Kind = Literal["page", "entry", "feed", "sitemap", "list"]
"""What an address was: a document, an entry that stands in its feed only, or a listing of addresses."""


@dataclass(frozen=True, slots=True)
class FetchRecord:
    """The last time that something was had from an address.

    Attributes:
        address: what was asked for; of an entry without a page, its feed's address and its id.
        location: of the article that was made of it; None for a listing.
        etag, last_modified: the server's own marks, sent back to it next time.
        marks: what each listing that names it said of its state when it was had or had not changed (a feed
            entry's id and date, a sitemap's lastmod), by the listing's address.
        published: the day or moment of publication that a listing stated, in ISO 8601.
        digest: the hash of what was fetched, "" for a listing.
        retrieved_at: when, with a time zone.
    """

    address: str
    kind: Kind
    digest: str
    retrieved_at: datetime
    location: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    published: str | None = None

    def is_marked(self, listing: str | None, mark: str | None) -> bool:
        """Whether the listing said the same before: that nothing has changed since."""
        return listing is not None and mark is not None and self.marks.get(listing) == mark

    def marked(self, listing: str | None, mark: str | None) -> Self:
        """The same with what a listing says now; the marks of others stay."""
        if listing is None or mark is None:
            return self
        return replace(self, marks={**self.marks, listing: mark})


class FetchMemory(Protocol):
    """Remembers fetches by their address, and which listing an address stood in."""

    def get(self, address: str) -> FetchRecord | None:
        """The last fetch of an address; None where there was none, or its article is no longer as it was."""
        ...

    def put(self, record: FetchRecord, listing: str | None = None) -> None:
        """Remember a fetch whose article, if any, is in the index; and the listing that named it."""
        ...

    def listed_by(self, listing: str) -> tuple[str, ...]:
        """The remembered addresses that a listing named, sorted."""
        ...

    def listings_of(self, address: str) -> tuple[str, ...]:
        """The listings that name an address, sorted."""
        ...

    def drop_from(self, listing: str, addresses: Collection[str]) -> None:
        """Remember no longer that a listing names these addresses."""
        ...


class TransientMemory:
    """Remembers as long as the process runs. The double of the catalogue's own memory."""

    def __init__(self) -> None:
        self._records: dict[str, FetchRecord] = {}
        self._listed: set[tuple[str, str]] = set()

    def get(self, address: str) -> FetchRecord | None:
        """The last fetch of an address."""
        return self._records.get(address)

    def put(self, record: FetchRecord, listing: str | None = None) -> None:
        """Remember a fetch, and the listing that named it."""
        self._records[record.address] = record
        if listing is not None:
            self._listed.add((listing, record.address))

    def listed_by(self, listing: str) -> tuple[str, ...]:
        """The remembered addresses that a listing named."""
        return tuple(sorted(address for one, address in self._listed if one == listing))

    def listings_of(self, address: str) -> tuple[str, ...]:
        """The listings that name an address."""
        return tuple(sorted(listing for listing, one in self._listed if one == address))

    def drop_from(self, listing: str, addresses: Collection[str]) -> None:
        """Remember no longer that a listing names these addresses."""
        self._listed -= {(listing, address) for address in addresses}


def digest_of(data: bytes) -> str:
    """The hash by which the same bytes are known again: SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()

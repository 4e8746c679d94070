"""What a round over the web came to, written to the memory once it is true of the index."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.sources.web.memory import FetchMemory, FetchRecord

_FORMER = "formerly in "
"""Before the address of a listing: names what it named once, and what is not removed yet."""


@dataclass
class _Listing:
    """A listing that was read in this round.

    Attributes:
        parent: the listing that names this one.
        named: the addresses that it names now.
        whole: whether it was read to its end.
        settled: whether everything that it names is in the index.
    """

    record: FetchRecord
    parent: str | None
    named: set[str] = field(default_factory=set)
    whole: bool = True
    settled: bool = True


class Ledger:
    """Keeps the books of one round.

    A fetch is remembered when its article is in the index, a listing when all that it names is: what failed,
    or was cut short, is asked for again in the next round. Documents may be read in one thread and settled in
    another.
    """

    def __init__(self, memory: FetchMemory) -> None:
        self._memory = memory
        self._awaited: dict[str, list[tuple[FetchRecord, str | None]]] = {}
        self._listings: dict[str, _Listing] = {}
        self._in_index: set[str] = set()
        self._gone: list[str] = []
        self._lock = threading.RLock()

    def read_listing(self, record: FetchRecord, parent: str | None) -> None:
        """A listing is being read."""
        self._listings[record.address] = _Listing(record, parent)

    def named(self, listing: str, address: str) -> None:
        """A listing that is being read names an address."""
        self._listings[listing].named.add(address)

    def cut_short(self, listing: str) -> None:
        """A listing could not be read to its end."""
        self._listings[listing].whole = False
        self.failed(listing)

    def failed(self, listing: str | None) -> None:
        """Something that a listing names is not in the index."""
        while listing in self._listings:
            self._listings[listing].settled = False
            listing = self._listings[listing].parent

    def awaits(self, record: FetchRecord, listing: str | None) -> None:
        """Remember a fetch as soon as its article is in the index."""
        location = record.location or record.address
        with self._lock:
            self._awaited.setdefault(location, []).append((record, listing))
            if location in self._in_index:
                self.settle(location, in_index=True)

    def settle(self, location: str, *, in_index: bool) -> None:
        """What was read at a location is in the index, or will not be."""
        with self._lock:
            awaited = self._awaited.pop(location, [])
            if in_index and awaited:
                self._in_index.add(location)
        for record, listing in awaited:
            if in_index:
                self._remember(record, listing)
            else:
                self.failed(listing)

    def is_gone(self, location: str) -> None:
        """There is nothing any more at a location that an article was read from."""
        self._gone.append(location)

    def close(self, *, sync: bool) -> tuple[str, ...]:
        """Remember the listings.

        Args:
            sync: whether what is gone is to be removed.

        Returns:
            The locations of the articles that the source no longer has, for `sync`.
        """
        for unsettled in self._awaited.values():
            for _, listing in unsettled:
                self.failed(listing)
        for one in self._listings.values():
            if one.whole:
                self._close(one, sync=sync)
        return tuple(dict.fromkeys(self._gone)) if sync else ()

    def _close(self, one: _Listing, *, sync: bool) -> None:
        listing = one.record.address
        if one.settled:
            self._memory.put(one.record, one.parent)
        former = set(self._memory.listed_by(_former(listing)))
        dropped = set(self._memory.listed_by(listing)) - one.named
        self._memory.drop_from(_former(listing), sorted(former & one.named))
        self._drop(one.record, sorted(dropped | (former - one.named if sync else set())), sync=sync)

    def _drop(self, listing: FetchRecord, addresses: Iterable[str], *, sync: bool) -> None:
        """A listing names some addresses no longer.

        What no other listing names is gone, unless it was a feed: feeds let everything go. Where nothing is
        to be removed now, what was dropped is kept in mind until it is.
        """
        for address in addresses:
            record = self._memory.get(address)
            self._memory.drop_from(listing.address, [address])
            if record is None or listing.kind == "feed":
                continue
            if not sync:
                self._memory.put(record, _former(listing.address))
                continue
            self._memory.drop_from(_former(listing.address), [address])
            if not any(not one.startswith(_FORMER) for one in self._memory.listings_of(address)):
                self._remove(record)

    def _remove(self, record: FetchRecord) -> None:
        """What a record stands for is gone: an article, or a listing with all that it named."""
        if record.location is not None:
            self._gone.append(record.location)
        else:
            self._drop(record, self._memory.listed_by(record.address), sync=True)

    def _remember(self, record: FetchRecord, listing: str | None) -> None:
        known = self._memory.get(record.address) == record
        if not known or (listing is not None and listing not in self._memory.listings_of(record.address)):
            self._memory.put(record, listing)


def _former(listing: str) -> str:
    return f"{_FORMER}{listing}"

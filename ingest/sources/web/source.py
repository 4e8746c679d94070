"""Sources of the web: an address, or a list of addresses in a file."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, runtime_checkable

from ingest.document import RawDocument, ReadFailure, UnchangedDocument
from ingest.sources.source import Source, SourceOptions
from ingest.sources.web.address_lists import read_list
from ingest.sources.web.addresses import normalised
from ingest.sources.web.fetcher import Fetcher
from ingest.sources.web.http import HttpFetcher
from ingest.sources.web.ledger import Ledger
from ingest.sources.web.memory import FetchMemory, FetchRecord, TransientMemory
from ingest.sources.web.walk import Walk
from ingest.sources.web.wanted import Wanted, wanted_of_addresses


@runtime_checkable
class RememberingSource(Source, Protocol):
    """A source that fetches only what may have changed since it was last read into the same index."""

    def begin(self, memory: FetchMemory, *, sync: bool) -> None:
        """Start a round.

        Args:
            memory: what the index remembers of earlier rounds.
            sync: whether articles that have gone from the source are to be removed.
        """
        ...

    def settle(self, location: str, *, in_index: bool) -> None:
        """What was yielded for a location is in the index, or could not be put there."""
        ...

    def finish(self) -> tuple[str, ...]:
        """End the round; the locations of the articles to remove, none unless that was asked for."""
        ...


class WebSource:
    """What an address of the web leads to: a page, or the pages of a feed, a sitemap or a list.

    What it turned out to be is told through `SourceOptions.tell`.
    """

    def __init__(self, address: str, options: SourceOptions) -> None:
        """Fetch nothing yet.

        Raises:
            AddressError: it is no address of the web.
        """
        self.key = normalised(address)
        self.skipped = 0
        self._options = options
        self._fetcher: Fetcher = options.fetcher or HttpFetcher(options.web)
        self.begin(TransientMemory(), sync=False)

    def begin(self, memory: FetchMemory, *, sync: bool) -> None:
        """Start a round."""
        self._memory = memory
        self._sync = sync
        self._ledger = Ledger(memory)

    def documents(self) -> Iterator[RawDocument | ReadFailure | UnchangedDocument]:
        """Yield every document, in the order of the listing that names them."""
        walk = self._walk()
        yield from walk.visit(Wanted(self.key))
        self.skipped = walk.repeats

    def count_hint(self) -> int | None:
        """None: that is known only once the address has been read."""
        return None

    def settle(self, location: str, *, in_index: bool) -> None:
        """What was yielded for a location is in the index, or could not be put there."""
        self._ledger.settle(location, in_index=in_index)

    def finish(self) -> tuple[str, ...]:
        """End the round; the locations of the articles to remove."""
        return self._ledger.close(sync=self._sync)

    def _walk(self) -> Walk:
        options = self._options
        return Walk(self._fetcher, self._memory, self._ledger, options.web, options.tell, sync=self._sync)


class AddressListSource(WebSource):
    """The addresses of a list in a file, each of which may be a page, a feed or a sitemap."""

    def __init__(self, path: Path, options: SourceOptions) -> None:
        """Read the list; fetch nothing yet.

        Raises:
            SourceError: the file cannot be read.
            UsageError: a line is no address.
        """
        self._addresses = read_list(path, options.web.most_listing_bytes)
        super().__init__(self._addresses[0], options)
        self.key = path.absolute().as_uri()

    def documents(self) -> Iterator[RawDocument | ReadFailure | UnchangedDocument]:
        """Yield every document that the addresses lead to, in the order of the list."""
        walk = self._walk()
        record = FetchRecord(self.key, "list", "", datetime.now(UTC))
        self._ledger.read_listing(record, None)
        yield from walk.visit_all(wanted_of_addresses(self._addresses, self.key), self.key, 1)
        self.skipped = walk.repeats

    def count_hint(self) -> int | None:
        """The number of addresses: at least so many documents, unless some are the same."""
        return len(self._addresses)

"""One walk over a source of the web: from what the user named to every document that it leads to."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from ingest.article import moment_text, parse_moment
from ingest.document import RawDocument, ReadFailure, UnchangedDocument
from ingest.errors import FootnoteError
from ingest.sources.web.errors import AddressError, FetchError
from ingest.sources.web.fetcher import NO_VALIDATORS, Fetched, Fetcher, NotModified, Validators
from ingest.sources.web.kinds import kind_of, unpacked
from ingest.sources.web.ledger import Ledger
from ingest.sources.web.listings import open_listing
from ingest.sources.web.memory import FetchMemory, FetchRecord, Kind, digest_of
from ingest.sources.web.options import WebOptions
from ingest.sources.web.own_text import (
    NO_PAGE_NAMED,
    PAGE_NOT_HAD,
    PAGE_NOT_READ,
    own_text_document,
    own_text_record,
)
from ingest.sources.web.pages import Identities, document_name, is_web_page, page_limit
from ingest.sources.web.wanted import EVERY_KIND, Wanted

Yielded = RawDocument | ReadFailure | UnchangedDocument
MOST_NESTING = 5
"""Listings within listings that are followed."""
_A = {"page": "a document", "feed": "a feed", "sitemap": "a sitemap", "list": "a list of addresses"}


class Walk:
    """Visits addresses, each once.

    Args:
        fetcher: fetches them.
        memory: what is known of earlier fetches; only read here.
        ledger: told of everything.
        options: limits.
        tell: told what the user's own address turned out to be.
        sync: whether articles whose page is gone are removed, rather than reported.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        memory: FetchMemory,
        ledger: Ledger,
        options: WebOptions,
        tell: Callable[[str], None],
        *,
        sync: bool,
    ) -> None:
        self._fetcher = fetcher
        self._memory = memory
        self._ledger = ledger
        self._options = options
        self._tell = tell
        self._sync = sync
        self._met: set[str] = set()
        self._identities = Identities()

    @property
    def repeats(self) -> int:
        """How many addresses led to an article that was met already."""
        return self._identities.repeats

    def visit(self, wanted: Wanted, depth: int = 0) -> Iterator[Yielded]:
        """Yield all that an address leads to; nothing when it was visited before."""
        if wanted.address in self._met:
            return
        self._met.add(wanted.address)
        if not wanted.has_page:
            yield from self._without_page(wanted)
            return
        record = self._memory.get(wanted.address)
        if record is not None and (record.kind == "entry" or record.is_marked(wanted.listing, wanted.mark)):
            yield from self._as_before(record, wanted, depth)
        else:
            yield from self._asked(wanted, record, depth)

    def visit_all(self, all_wanted: Iterator[Wanted], listing: str, depth: int) -> Iterator[Yielded]:
        """Yield all that the addresses of a listing lead to."""
        try:
            for wanted in all_wanted:
                if len(self._met) >= self._options.most_addresses:
                    raise FetchError(
                        f"There are more than the {self._options.most_addresses:,} addresses that are read.",
                        "Name a part of them, as a list or a sitemap of its own.",
                    )
                self._ledger.named(listing, wanted.address)
                yield from self.visit(wanted, depth)
        except FetchError as error:
            self._ledger.cut_short(listing)
            yield ReadFailure(listing, str(error))

    def _asked(self, wanted: Wanted, record: FetchRecord | None, depth: int) -> Iterator[Yielded]:
        since = Validators(record.etag, record.last_modified) if record else NO_VALIDATORS
        try:
            answer = self._fetcher.fetch(wanted.address, since)
        except (FetchError, AddressError) as error:
            yield from self._not_had(wanted, record, error)
            return
        if isinstance(answer, NotModified):
            if record is not None:
                yield from self._as_before(record.marked(wanted.listing, wanted.mark), wanted, depth)
            return
        yield from self._had(wanted, record, answer, depth)

    def _had(
        self, wanted: Wanted, record: FetchRecord | None, answer: Fetched, depth: int
    ) -> Iterator[Yielded]:
        try:
            data = unpacked(answer.data, self._options.most_listing_bytes)
        except FetchError as error:
            yield self._failure(wanted, str(error))
            return
        kind = kind_of(data, answer.media_type)
        if kind not in wanted.kinds:
            yield self._failure(wanted, f"It is {_A[kind]}, and something else was expected here.")
        elif kind == "page":
            yield from self._page(wanted, record, answer)
        elif depth >= MOST_NESTING:
            yield self._failure(wanted, "It lies too deep: a listing in a listing, more than five times.")
        else:
            yield from self._listing(kind, replace(answer, data=data), wanted, depth)

    def _listing(self, kind: Kind, answer: Fetched, wanted: Wanted, depth: int) -> Iterator[Yielded]:
        fresh = FetchRecord(
            address=wanted.address,
            kind=kind,
            digest="",
            retrieved_at=answer.retrieved_at,
            etag=answer.validators.etag,
            last_modified=answer.validators.last_modified,
        )
        record = fresh.marked(wanted.listing, wanted.mark)
        try:
            opened = open_listing(kind, answer, wanted.address)
        except FetchError as error:
            yield self._failure(wanted, str(error))
            return
        if wanted.listing is None:
            self._tell(f"{wanted.address} is {opened.description}")
        self._ledger.read_listing(record, wanted.listing)
        yield from self.visit_all(opened.wanted, wanted.address, depth + 1)

    def _page(self, wanted: Wanted, record: FetchRecord | None, answer: Fetched) -> Iterator[Yielded]:
        if wanted.listing is None:
            self._tell(f"{wanted.address} is {'a page' if is_web_page(answer) else 'a document'}")
        limit = page_limit(answer, self._options)
        if len(answer.data) > limit:
            yield self._failure(
                wanted, f"It has more than the {limit / 1e6:,.0f} MB that are read of a page."
            )
            return
        location = self._identities.location_of(answer, record)
        if location is None:
            return
        fresh = self._page_record(wanted, record, answer, location)
        self._ledger.awaits(fresh, wanted.listing)
        if record is not None and (record.digest, record.published) == (fresh.digest, fresh.published):
            yield UnchangedDocument(location)
            return
        yield RawDocument(
            location=location,
            name=document_name(answer.address),
            data=answer.data,
            retrieved_at=answer.retrieved_at,
            media_type=answer.media_type,
            url=location,
            charset=answer.charset,
            stated=replace(wanted.stated, published_at=parse_moment(fresh.published)),
            otherwise=_own_text_at(location, wanted) if wanted.text and record is None else None,
        )

    def _page_record(
        self, wanted: Wanted, record: FetchRecord | None, answer: Fetched, location: str
    ) -> FetchRecord:
        published = moment_text(wanted.stated.published_at) or (record.published if record else None)
        fresh = FetchRecord(
            address=wanted.address,
            kind="page",
            digest=digest_of(answer.data),
            retrieved_at=answer.retrieved_at,
            location=location,
            etag=answer.validators.etag,
            last_modified=answer.validators.last_modified,
            marks=record.marks if record else {},
            published=published,
        )
        return fresh.marked(wanted.listing, wanted.mark)

    def _as_before(self, record: FetchRecord, wanted: Wanted, depth: int) -> Iterator[Yielded]:
        """Nothing has changed at an address: its article is as it was, or its listing names what it named."""
        if record.location is not None:
            self._identities.take(record.location, record.address)
            self._ledger.awaits(record, wanted.listing)
            yield UnchangedDocument(record.location)
        elif depth >= MOST_NESTING:
            yield self._failure(wanted, "It lies too deep: a listing in a listing, more than five times.")
        else:
            if wanted.listing is None:
                self._tell(f"{wanted.address} is {_A[record.kind]} and has not changed")
            self._ledger.read_listing(record, wanted.listing)
            yield from self.visit_all(self._remembered(record.address), record.address, depth + 1)

    def _remembered(self, listing: str) -> Iterator[Wanted]:
        """What a listing that has not changed named the last time."""
        for address in self._memory.listed_by(listing):
            record = self._memory.get(address)
            yield Wanted(address, listing, EVERY_KIND, record.marks.get(listing) if record else None)

    def _without_page(self, wanted: Wanted) -> Iterator[Yielded]:
        """An entry that stands in its feed only."""
        record = self._memory.get(wanted.address)
        if not wanted.text:
            yield self._failure(wanted, wanted.refused)
        elif record is not None and record.digest == own_text_record(wanted).digest:
            yield from self._as_before(record, wanted, 0)
        else:
            self._ledger.awaits(own_text_record(wanted), wanted.listing)
            yield own_text_document(wanted, NO_PAGE_NAMED)

    def _not_had(self, wanted: Wanted, record: FetchRecord | None, error: FootnoteError) -> Iterator[Yielded]:
        """The page cannot be had: an article that was read before stays, else the feed's own text counts."""
        gone = isinstance(error, FetchError) and error.gone
        if record is not None and record.location is not None and gone and self._sync:
            self._ledger.is_gone(record.location)
        elif record is None and wanted.text:
            self._ledger.failed(wanted.listing)  # so that the page is asked for again
            yield own_text_document(wanted, PAGE_NOT_HAD)
        else:
            removable = " Its article stays; --sync removes it." if gone and record is not None else ""
            yield self._failure(wanted, f"{error}{removable}")

    def _failure(self, wanted: Wanted, reason: str) -> ReadFailure:
        self._ledger.failed(wanted.listing)
        return ReadFailure(wanted.address, reason)


def _own_text_at(location: str, wanted: Wanted) -> RawDocument:
    """The feed's own text in place of a page that holds no article."""
    return replace(own_text_document(wanted, PAGE_NOT_READ), location=location)

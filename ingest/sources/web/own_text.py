"""Articles that a feed brings along itself: those without a page, and those whose page cannot be had."""

from dataclasses import replace
from datetime import UTC, datetime

from ingest.document import RawDocument
from ingest.sources.web.memory import FetchRecord, digest_of
from ingest.sources.web.wanted import Wanted

NO_PAGE_NAMED = "This is the feed's own text; the entry names no page that can be read."
PAGE_NOT_HAD = "This is the feed's own text; the page could not be had."
PAGE_NOT_READ = "This is the feed's own text; no article could be read from the page."


def own_text_document(wanted: Wanted, note: str) -> RawDocument:
    """The document that a feed's own text is, headed by its title."""
    return RawDocument(
        location=wanted.address,
        name="entry.txt",
        data=f"{wanted.stated.title}\n\n{wanted.text}".strip().encode("utf-8", "replace"),
        retrieved_at=datetime.now(UTC),
        media_type="text/plain",
        url=wanted.address if wanted.has_page else wanted.listing,
        stated=replace(wanted.stated, note=note),
    )


def own_text_record(wanted: Wanted) -> FetchRecord:
    """What is remembered of an entry without a page."""
    record = FetchRecord(
        address=wanted.address,
        kind="entry",
        digest=digest_of(wanted.text.encode("utf-8", "replace")),
        retrieved_at=datetime.now(UTC),
        location=wanted.address,
    )
    return record.marked(wanted.listing, wanted.mark)

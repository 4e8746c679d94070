"""What a listing states of an article, used where the document itself states nothing."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from ingest.article import Moment
from ingest.document import Stated
from ingest.formats.extract import Extract

_TOLERATED = timedelta(days=1)
"""A day may begin earlier elsewhere, and a clock be a little fast; what lies further ahead is no date."""


def filled_in(extract: Extract, stated: Stated | None, retrieved_at: datetime) -> Extract:
    """What was found in a document, with what a listing states where there is nothing.

    A date of publication that lies after the reading is left out: a feed whose clock is wrong, or one that
    wants to be the newest for ever.
    """
    if stated is None:
        return extract
    latest = retrieved_at + _TOLERATED
    offered = {
        "title": stated.title,
        "authors": stated.authors,
        "publisher": stated.publisher,
        "language": stated.language,
        "published_at": _not_after(latest, stated.published_at),
        "modified_at": _not_after(latest, stated.modified_at),
        "note": stated.note,
    }
    missing = {name: value for name, value in offered.items() if value and not _has(extract, name)}
    found = {**extract.found, **{name: stated.by for name in missing if name != "note"}}
    return replace(extract, **missing, found=found)  # type: ignore[arg-type]


def _has(extract: Extract, name: str) -> bool:
    value = getattr(extract, name)
    return any(one.strip() for one in value) if name == "authors" else bool(value)


def _not_after(latest: datetime, moment: Moment | None) -> Moment | None:
    if moment is None:
        return None
    begins = moment if isinstance(moment, datetime) else datetime.combine(moment, time.min, UTC)
    aware = begins if begins.tzinfo else begins.replace(tzinfo=UTC)
    return moment if aware <= latest else None

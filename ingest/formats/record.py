"""Rows of a table or of JSON lines that hold an article each: a JSON object of its facts and its text."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from ingest.article import Moment
from ingest.document import RawDocument
from ingest.errors import ExtractionError
from ingest.formats.dates import read_moment
from ingest.formats.extract import Extract, Format
from ingest.text import stored_line

MEDIA_TYPE = "application/vnd.footnote.record+json"
"""Marks a document whose bytes are a JSON object with fields of `ingest.archives.fields`."""

UNREADABLE = "unreadable"
"""How a date was found that is stated and cannot be read; the stated text follows in `found`."""

TITLE_CHARACTERS = 80
_FIRST_SECOND, _FIRST_MILLISECOND = 1e8, 1e11
_DATES = ("published_at", "modified_at")


def extract(document: RawDocument) -> Extract:
    """Read one row. A date that cannot be read is none, and `found` says so.

    A row without a publisher is of its address's host; one whose publisher is empty has none.

    Raises:
        ExtractionError: the row has no text.
    """
    row: dict[str, Any] = json.loads(document.data)
    text = _text(row.get("text"))
    if not text.strip():
        raise ExtractionError(
            "The row has no text.", "Name its field with `--map text=FIELD`, if it has another name."
        )
    title = _text(row.get("title"))
    found = {name: "field" for name, value in row.items() if value and name not in ("id", "text")}
    if not title.strip():
        title, found["title"] = _opening(text), "text"
    url, publisher = _text(row.get("url")), _text(row.get("publisher"))
    if "publisher" not in row and (host := host_of(url)):
        publisher, found["publisher"] = host, "address"
    moments = {name: stated_moment(row[name]) for name in _DATES if row.get(name)}
    found |= {name: f"{UNREADABLE}: {row[name]}" for name, moment in moments.items() if moment is None}
    return Extract(
        text=text,
        title=title,
        url=url,
        publisher=publisher,
        authors=_names(row.get("authors")),
        published_at=moments.get("published_at"),
        modified_at=moments.get("modified_at"),
        language=_text(row.get("language")),
        section=_text(row.get("section")),
        note=_text(row.get("note")),
        found=found,
    )


def host_of(url: str) -> str:
    """The host of a web address without "www.", the publisher where none is named; "" for none."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    host = (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    return host.removeprefix("www.")


def stated_moment(value: Any) -> Moment | None:
    """A date as a row states it: text, or the seconds or milliseconds since 1970 in UTC; None for no date."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        return None
    if isinstance(value, str):
        return read_moment(value)
    seconds = value / 1000 if value >= _FIRST_MILLISECOND else value
    if not _FIRST_SECOND <= seconds < _FIRST_MILLISECOND:
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _text(value: Any) -> str:
    """A field as text: paragraphs of a list are joined, what is no text is none."""
    if isinstance(value, list):
        return "\n\n".join(_text(one) for one in value)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _names(value: Any) -> tuple[str, ...]:
    """Authors: a list of names or of objects with a name, or names parted by semicolons."""
    if isinstance(value, list):
        return tuple(name for one in value for name in _names(one))
    if isinstance(value, dict):
        return _names(value.get("name"))
    return tuple(_text(value).split(";"))


def _opening(text: str) -> str:
    line = stored_line(text.strip().split("\n", 1)[0])
    return (
        line
        if len(line) <= TITLE_CHARACTERS
        else f"{line[:TITLE_CHARACTERS].rpartition(' ')[0] or line[:TITLE_CHARACTERS]} …"
    )


def _recognises(data: bytes) -> bool:  # noqa: ARG001
    """No bytes by themselves are a row."""
    return False


FORMAT = Format("row", (), recognises=_recognises, extract=extract, media_types=(MEDIA_TYPE,))

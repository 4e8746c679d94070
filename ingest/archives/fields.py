"""Which field of a row holds what, and the document that a row is."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from ingest.archives.archive import Opening
from ingest.document import RawDocument, ReadFailure
from ingest.errors import UsageError
from ingest.formats import record, web_address

FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id", "uuid", "guid", "doc_id", "docid", "article_id"),
    "title": ("title", "headline", "name"),
    "url": ("url", "link", "canonical_url", "source_url", "article_url"),
    "published_at": (
        *("published_at", "date", "published", "date_published", "publish_date", "published_date"),
        *("publication_date", "pub_date", "pubdate", "datepublished", "timestamp"),
    ),
    "modified_at": ("modified_at", "updated_at", "updated", "date_modified", "datemodified", "lastmod"),
    "text": ("text", "body", "content", "maintext", "article", "article_body", "articlebody", "content_text"),
    "authors": ("authors", "author", "byline", "creator"),
    "publisher": ("publisher", "source", "site", "sitename", "site_name", "publication", "outlet"),
    "language": ("language", "lang"),
    "section": ("section", "category"),
    "note": ("note",),
}
"""What a row can hold, and the names of fields that are taken for it, the first one that has a value."""


def parse_fields(mappings: Iterable[str]) -> dict[str, str]:
    """Mappings as a user writes them ("title=headline") as the names of fields by what they hold.

    A name may lead into objects within the row ("meta.title"). An empty name takes nothing for it.

    Raises:
        UsageError: one is no mapping, or names nothing that a row can hold.
    """
    parsed: dict[str, str] = {}
    for mapping in mappings:
        held, equals, name = (part.strip() for part in mapping.partition("="))
        if not equals or held not in FIELDS:
            raise UsageError(
                f"{mapping!r} maps no field of an article.",
                f"Write it as title=headline; what can be mapped: {', '.join(FIELDS)}.",
            )
        parsed[held] = name
    return parsed


def row_document(row: Mapping[str, Any], number: int, opening: Opening) -> RawDocument | ReadFailure:
    """A row as a document: at its own address if it states one, else at its id, else at its number.

    A second row of the same address is at its id or number too.

    Args:
        number: of its line or row, from 1.
    """
    names = {key.strip().casefold(): key for key in row if isinstance(key, str)}
    held = {field: _value(row, names, field, opening.fields.get(field)) for field in FIELDS}
    stated = {field: value for field, value in held.items() if value not in (None, "", [])}
    if opening.fields.get("publisher") == "":
        stated["publisher"] = ""
    identity = stated.get("id")
    name = str(identity) if isinstance(identity, (str, int)) else str(number)
    url = stated.get("url")
    address = web_address(url) if isinstance(url, str) else None
    return RawDocument(
        location=opening.address_or(address, name),
        name=f"{opening.name}/{name}",
        data=json.dumps(stated).encode(),
        retrieved_at=opening.retrieved_at,
        media_type=record.MEDIA_TYPE,
    )


def _value(row: Mapping[str, Any], names: Mapping[str, str], field: str, mapped: str | None) -> Any:
    if mapped is not None:
        return _at(row, mapped)
    known = (row[names[name]] for name in FIELDS[field] if name in names)
    return next((value for value in known if value not in (None, "", [])), None)


def _at(row: Any, path: str) -> Any:
    """The value of a field, or of one within objects ("meta.title"); None where there is none."""
    if isinstance(row, Mapping) and path in row:
        return row[path]
    first, dot, rest = path.partition(".")
    return _at(row[first], rest) if dot and isinstance(row, Mapping) and first in row else None

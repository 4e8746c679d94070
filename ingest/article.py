"""`Article`: a text with what is known about where it came from and when."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from ingest.places import Place

Moment = date | datetime
"""A day, or a day with a time: a date without a time keeps none, because none was stated."""

ID_LENGTH = 16
"""Hexadecimal digits of an article id or version (64 bits)."""


def content_hash(*parts: str) -> str:
    """Hash text parts into `ID_LENGTH` hexadecimal digits; the parts' borders count."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:ID_LENGTH]


def article_id(location: str) -> str:
    """The identity of the article at an address or file location, whatever its content."""
    return content_hash("article", location)


def moment_text(moment: Moment | None) -> str | None:
    """ISO 8601 text of a date (YYYY-MM-DD) or a date and time, None for None."""
    return None if moment is None else moment.isoformat()


def parse_moment(text: str | None) -> Moment | None:
    """The inverse of `moment_text`.

    Raises:
        ValueError: the text is no ISO 8601 date or date and time.
    """
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == len("2023-01-09") else datetime.fromisoformat(text)


def day_of(moment: Moment) -> date:
    """The calendar day of a moment, in its own time zone."""
    return moment.date() if isinstance(moment, datetime) else moment


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What identifies and dates an article, without its text: the part that answers carry along.

    Attributes:
        id: `ID_LENGTH` hexadecimal digits, the same for every version of the article.
        version: `ID_LENGTH` hexadecimal digits, the hash of its content.
        published_at, modified_at: as stated by the source, None where it states none.
        language: BCP 47 code ("en", "tr"), None when unknown.
        location: the address, or the file's location, that the id was made from.
        copy_group: the same for articles of an index that are copies of one report; None where it has none.
            It says what else is there, not what the article is, and does not count in comparisons.
    """

    id: str
    version: str
    title: str
    location: str
    url: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published_at: Moment | None = None
    modified_at: Moment | None = None
    language: str | None = None
    note: str | None = None
    copy_group: str | None = field(default=None, compare=False)

    def to_json(self) -> dict[str, Any]:
        """The head as JSON values; moments become ISO 8601 text."""
        return {
            "id": self.id,
            "version": self.version,
            "title": self.title,
            "url": self.url,
            "publisher": self.publisher,
            "authors": list(self.authors),
            "published_at": moment_text(self.published_at),
            "modified_at": moment_text(self.modified_at),
            "language": self.language,
            "location": self.location,
            "note": self.note,
            "copy_group": self.copy_group,
        }


@dataclass(frozen=True, slots=True)
class Article:
    """An article's head and its full text. Offsets into it count Unicode code points of `text`.

    Attributes:
        section: the part of the publication that it stood in ("World"), as stated.
        places: pages, chapters or times of the original, in the order of their starts.
        found: how each fact of the head was found, by its name ("published_at": "json-ld").
    """

    head: ArticleHead
    text: str
    retrieved_at: datetime | None = None
    section: str | None = None
    places: tuple[Place, ...] = ()
    found: Mapping[str, str] = field(default_factory=dict, hash=False)

    @classmethod
    def create(
        cls,
        *,
        location: str,
        title: str,
        text: str,
        url: str | None = None,
        publisher: str | None = None,
        authors: tuple[str, ...] = (),
        published_at: Moment | None = None,
        modified_at: Moment | None = None,
        language: str | None = None,
        note: str | None = None,
        retrieved_at: datetime | None = None,
        section: str | None = None,
        places: tuple[Place, ...] = (),
        found: Mapping[str, str] | None = None,
    ) -> Self:
        """Build an article; its id comes from `location`, its version not from `retrieved_at` and `found`.

        Raises:
            ValueError: the text is blank.
        """
        if not text.strip():
            raise ValueError("an article needs some text")
        stated = [title, url, publisher, list(authors), moment_text(published_at), moment_text(modified_at)]
        rest = [section, [[place.start, place.label] for place in places]] if section or places else []
        version = content_hash("version", json.dumps([*stated, language, note, *rest]), text)
        head = ArticleHead(
            id=article_id(location),
            version=version,
            title=title,
            location=location,
            url=url,
            publisher=publisher,
            authors=authors,
            published_at=published_at,
            modified_at=modified_at,
            language=language,
            note=note,
        )
        return cls(head, text, retrieved_at, section, places, dict(found or {}))

    def to_json(self) -> dict[str, Any]:
        """The head, the text and all else that is known of it as JSON values."""
        return {
            **self.head.to_json(),
            "retrieved_at": moment_text(self.retrieved_at),
            "section": self.section,
            "places": [{"start": place.start, "label": place.label} for place in self.places],
            "found": dict(self.found),
            "text": self.text,
        }

    @property
    def id(self) -> str:
        """The article's id, from its head."""
        return self.head.id

    @property
    def version(self) -> str:
        """The article's version, from its head."""
        return self.head.version

    @property
    def title(self) -> str:
        """The article's title, from its head."""
        return self.head.title

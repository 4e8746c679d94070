"""When a page says that it was published and changed: in its metadata, never guessed from its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.article import Moment
from ingest.formats.dates import read_moment
from ingest.formats.html_stated import JSON_LD, META, Stated

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "article.published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dcterms.created",
    "dcterms.issued",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "date",
)
_MODIFIED = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "article.updated",
    "datemodified",
    "dcterms.modified",
    "lastmod",
    "last-modified",
)


TIME = "time element"
"""How a date was found: in a `time` element that is marked as the date of publication or change."""


@dataclass(frozen=True, slots=True)
class StatedDates:
    """What a page states; None where it states nothing that can be read.

    Attributes:
        found: how each date was found, by its name.
    """

    published_at: Moment | None
    modified_at: Moment | None
    found: Mapping[str, str]


def stated_dates(tree: "HtmlElement", stated: Stated) -> StatedDates:
    """Read a page's dates from its `meta` elements, JSON-LD and marked `time` elements, in this order."""
    published, how_published = _first(
        (META, stated.first(*_PUBLISHED)),
        (JSON_LD, stated.values("datePublished")),
        (TIME, _times(tree, "datePublished", "pubdate")),
    )
    modified, how_modified = _first(
        (META, stated.first(*_MODIFIED)),
        (JSON_LD, stated.values("dateModified")),
        (TIME, _times(tree, "dateModified", "updated")),
    )
    found = {"published_at": how_published, "modified_at": how_modified}
    return StatedDates(published, modified, {name: how for name, how in found.items() if how})


def _first(*stated: tuple[str, Sequence[Any]]) -> tuple[Moment | None, str]:
    """The first text that is a date, and how it was found; None and "" for none."""
    for how, texts in stated:
        moments = (read_moment(text) for text in texts if isinstance(text, str))
        moment = next((one for one in moments if one is not None), None)
        if moment is not None:
            return moment, how
    return None, ""


def _times(tree: "HtmlElement", itemprop: str, attribute: str) -> list[str]:
    marked = f"//time[@itemprop='{itemprop}' or @{attribute}]/@datetime"
    return [str(text) for text in tree.xpath(marked)]

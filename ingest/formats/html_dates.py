"""When a page says that it was published and changed: in its metadata, never guessed from its text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest.article import Moment
from ingest.formats.dates import read_moment
from ingest.formats.html_stated import Stated

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


@dataclass(frozen=True, slots=True)
class StatedDates:
    """What a page states; None where it states nothing that can be read."""

    published_at: Moment | None
    modified_at: Moment | None


def stated_dates(tree: "HtmlElement", stated: Stated) -> StatedDates:
    """Read a page's dates from its `meta` elements, JSON-LD and marked `time` elements, in this order."""
    published = [*stated.first(*_PUBLISHED), *stated.values("datePublished")]
    published += _times(tree, "datePublished", "pubdate")
    modified = [*stated.first(*_MODIFIED), *stated.values("dateModified")]
    modified += _times(tree, "dateModified", "updated")
    return StatedDates(_first(published), _first(modified))


def _first(texts: list[Any]) -> Moment | None:
    moments = (read_moment(text) for text in texts if isinstance(text, str))
    return next((moment for moment in moments if moment is not None), None)


def _times(tree: "HtmlElement", itemprop: str, attribute: str) -> list[str]:
    marked = f"//time[@itemprop='{itemprop}' or @{attribute}]/@datetime"
    return [str(text) for text in tree.xpath(marked)]

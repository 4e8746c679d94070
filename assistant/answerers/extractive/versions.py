"""Which passages an article's later version has superseded."""

from collections.abc import Sequence
from datetime import date

from ingest.article import ArticleHead, day_of
from vectorstore.retrieved import RetrievedPassage

SUPERSEDED_NOTICE = "The sentence stands in an earlier version of an article that was changed later."


def superseded_articles(retrieved: Sequence[RetrievedPassage]) -> frozenset[str]:
    """Ids of articles of which a later version (same address and publisher) is retrieved too."""
    versions: dict[tuple[str, str], dict[str, date]] = {}
    for head in (item.article for item in retrieved):
        day = _latest_day(head)
        if head.url and head.publisher and day:
            versions.setdefault((head.url, head.publisher), {})[head.id] = day
    return frozenset(
        article for days in versions.values() for article, day in days.items() if day < max(days.values())
    )


def current_versions(retrieved: Sequence[RetrievedPassage]) -> list[RetrievedPassage]:
    """The passages of articles that no other retrieved article supersedes, in order."""
    superseded = superseded_articles(retrieved)
    return [item for item in retrieved if item.article.id not in superseded]


def _latest_day(head: ArticleHead) -> date | None:
    stated = head.modified_at or head.published_at
    return None if stated is None else day_of(stated)

"""Which passages are of one report: those that a later version supersedes, and those of copies."""

from collections.abc import Sequence
from datetime import date

from ingest.article import ArticleHead
from vectorstore.editions import stated_day
from vectorstore.retrieved import RetrievedPassage

SUPERSEDED_NOTICE = "The sentence stands in an earlier version of an article that was changed later."


def superseded_articles(retrieved: Sequence[RetrievedPassage]) -> frozenset[str]:
    """Ids of articles of which a later version (same address and publisher) is retrieved too."""
    versions: dict[tuple[str, str], dict[str, date]] = {}
    for head in (item.article for item in retrieved):
        day = stated_day(head)
        if head.url and head.publisher and day:
            versions.setdefault((head.url, head.publisher), {})[head.id] = day
    return frozenset(
        article for days in versions.values() for article, day in days.items() if day < max(days.values())
    )


def current_versions(retrieved: Sequence[RetrievedPassage]) -> list[RetrievedPassage]:
    """The passages of articles that no other retrieved article supersedes, in order."""
    superseded = superseded_articles(retrieved)
    return [item for item in retrieved if item.article.id not in superseded]


def source_of(head: ArticleHead) -> str:
    """The same for all articles that are one report: copies of each other, or versions of one story."""
    if head.copy_group:
        return head.copy_group
    return f"{head.publisher} {head.url}" if head.url and head.publisher else head.id

"""The sentences of a computed answer."""

from collections.abc import Sequence
from datetime import date

from assistant.counting import count_of
from ingest.article import ArticleHead, day_of

UNKNOWN_PUBLISHER = "publisher not stated"


def day_words(day: date) -> str:
    """A day as "14 December 2020"."""
    return f"{day.day} {day:%B %Y}"


def published_on(head: ArticleHead) -> date | None:
    """The day an article was published on, None where it states none."""
    return None if head.published_at is None else day_of(head.published_at)


def publisher_of(head: ArticleHead) -> str:
    """Who published an article, in words where that is not stated."""
    return (head.publisher or "").strip() or UNKNOWN_PUBLISHER


def reference(head: ArticleHead) -> str:
    """Publisher, day and title on one line."""
    day = published_on(head)
    when = day_words(day) if day else "no date"
    return f"{publisher_of(head)}, {when}: {' '.join(head.title.split())}"


def span_words(heads: Sequence[ArticleHead]) -> str:
    """When the articles were published, as a phrase that begins with a comma; "" where none states a date."""
    days = sorted(day for day in map(published_on, heads) if day)
    if not days:
        return ""
    if days[0] == days[-1]:
        return f", published on {day_words(days[0])}"
    return f", published from {day_words(days[0])} to {day_words(days[-1])}"


def undated_words(heads: Sequence[ArticleHead]) -> str:
    """How many of the articles state no date, "" where all do."""
    undated = sum(published_on(head) is None for head in heads)
    return (
        f"{count_of(undated, 'article')} of these state{'s' if undated == 1 else ''} no date."
        if undated
        else ""
    )

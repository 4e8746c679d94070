"""Dates and places of publication as a reader expects them."""

from datetime import date

from assistant.answer import Searched
from ingest.article import ArticleHead, Moment, day_of

UNDATED = "no date"
UNKNOWN_PUBLISHER = "publisher not stated"


def day_text(moment: Moment | None) -> str:
    """A day as "14 December 2020"."""
    if moment is None:
        return UNDATED
    day = day_of(moment)
    return f"{day.day} {day:%B} {day.year}"


def publisher_of(head: ArticleHead) -> str:
    """Who published an article, in words where that is not stated."""
    return (head.publisher or "").strip() or UNKNOWN_PUBLISHER


def title_of(head: ArticleHead) -> str:
    """An article's title, in words where it has none."""
    return head.title.strip() or "Untitled"


def count_text(count: int, singular: str) -> str:
    """A count with its noun: "1 article", "1,200 articles"."""
    return f"{count:,} {singular}" + ("" if count == 1 else "s")


def searched_text(searched: Searched) -> str:
    """What was searched, in one sentence."""
    articles = count_text(searched.articles, "article")
    return f"Searched {articles}{_span_text(searched.first, searched.last)}."


def _span_text(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    if first == last:
        return f", published {day_text(first)}"
    return f", published from {day_text(first)} to {day_text(last)}"

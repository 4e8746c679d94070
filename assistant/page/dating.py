"""Dates, publishers and what was searched, in words that a reader expects."""

from datetime import date

from assistant.answer import Answer, Searched
from assistant.declining import describe_search
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


def reason_alone(answer: Answer) -> str:
    """Why an answer was declined, without what was searched, which the page says beside it."""
    searched = f"Searched: {describe_search(answer.searched)}."
    return answer.reason.strip().removesuffix(searched).strip() or "The articles do not answer this."


def _span_text(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return ""
    if first == last:
        return f", published {day_text(first)}"
    return f", published from {day_text(first)} to {day_text(last)}"

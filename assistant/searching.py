"""The passages for a question: articles of the days that it names come forward, none is left out for them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from assistant.answerers.base import Period, UnderstoodQuestion
from assistant.understanding.spellings import other_spellings
from ingest.article import day_of
from vectorstore.query import Filters, Query
from vectorstore.retrieved import RetrievedPassage

REPORTING_DAYS = 31
"""How long after the days that a question names reports of them are looked for first."""

PERIOD_BONUS = 0.1
"""What an article of those days gains in score, as a share of the best passage's."""


class Searcher(Protocol):
    """The one method of the index that searching needs."""

    def search(self, query: Query, limit: int = 10) -> list[RetrievedPassage]:
        """The best passages for a query, best first, at most `limit`."""
        ...


def search(searcher: Searcher, question: UnderstoodQuestion, limit: int) -> tuple[RetrievedPassage, ...]:
    """The best passages for a question, best first, at most `limit`, their ranks from 1."""
    query = Query(
        _searched_for(question),
        question.filters,
        question.asked_on,
        understood=question.understood,
        prefers_recent=not (question.is_about_past or _is_long_past(question)),
        context=question.context,
        also=other_spellings(question.text),
    )
    found = searcher.search(query, limit)
    if question.period is None or not found:
        return tuple(found)
    inside = _reported_in(question.period)
    filters = narrowed(question.filters, inside)
    if filters is None:
        return tuple(found)
    known = {item.passage.id for item in found}
    added = [
        replace(item, score=min(item.score, found[-1].score))
        for item in searcher.search(replace(query, filters=filters), limit)
        if item.passage.id not in known
    ]
    return _preferring(inside, [*found, *added])[:limit]


_HOW_COME = re.compile(r"\bhow come\b", re.IGNORECASE)


def _searched_for(question: UnderstoodQuestion) -> str:
    """The words to search for: without those that only count days from the day of asking, or only ask why."""
    text = _HOW_COME.sub("why", (question.mended or question.asked) if question.context else question.text)
    period = question.period
    if period is None or not period.is_relative:
        return text
    rest = " ".join(text.replace(period.words, " ").split())
    return rest if any(character.isalnum() for character in rest) else text


def known_on(day: date | None, filters: Filters) -> Filters:
    """The filters, without what was published after a day: who asks as of then must not read what came later.

    Articles that state no date stay.
    """
    return filters.known_on(day)


def in_order(order: Sequence[str], passages: Sequence[RetrievedPassage]) -> tuple[RetrievedPassage, ...]:
    """The passages in the order of their ids, ranked anew; those left out of it follow in their own."""
    places = {id_: place for place, id_ in enumerate(order)}
    ordered = sorted(passages, key=lambda item: places.get(item.passage.id, len(places)))
    return tuple(replace(item, rank=rank) for rank, item in enumerate(ordered, start=1))


def _is_long_past(question: UnderstoodQuestion) -> bool:
    """Whether the question names days that ended so long ago that news of them is old."""
    last = question.period.last if question.period else None
    return last is not None and (question.as_of - last).days > REPORTING_DAYS


def _preferring(period: Period, passages: Sequence[RetrievedPassage]) -> tuple[RetrievedPassage, ...]:
    """The passages ranked again, those of the period with a bonus."""
    bonus = PERIOD_BONUS * max(item.score for item in passages)
    scored = [
        replace(item, score=item.score + (bonus if _is_inside(item, period) else 0.0)) for item in passages
    ]
    ordered = sorted(scored, key=lambda item: -item.score)
    return tuple(replace(item, rank=rank) for rank, item in enumerate(ordered, start=1))


def _is_inside(item: RetrievedPassage, period: Period) -> bool:
    published = item.article.published_at
    return published is not None and period.covers(day_of(published))


def _reported_in(period: Period) -> Period:
    """The days on which articles about a period were published."""
    if period.last is None or period.first is None or period.last > date.max - timedelta(days=REPORTING_DAYS):
        return period
    return replace(period, last=period.last + timedelta(days=REPORTING_DAYS))


def narrowed(filters: Filters, period: Period) -> Filters | None:
    """The caller's filters and the days of a period together; None where no day is left."""
    starts = [day for day in (filters.since, period.first) if day]
    ends = [day for day in (filters.until, period.last) if day]
    since, until = max(starts, default=None), min(ends, default=None)
    if since and until and since > until:
        return None
    return replace(filters, since=since, until=until)

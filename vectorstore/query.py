"""`Query`: what to look for, and within which articles."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

QueryKind = Literal["passages", "count", "list", "first", "latest"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles count. Every condition that is set must hold.

    Attributes:
        since, until: days, both inclusive, compared with the day of publication. An article that states no
            date of publication is left out as soon as either is set.
        not_after: the same as `until`, but that articles without a date of publication stay.
        publisher: compared without regard to case.
        article_ids: any of these; empty for all.
    """

    since: date | None = None
    until: date | None = None
    publisher: str | None = None
    article_ids: tuple[str, ...] = ()
    not_after: date | None = None

    def known_on(self, day: date | None) -> "Filters":
        """These filters, without what was published after a day; articles that state no date stay."""
        days = [known for known in (day, self.not_after) if known is not None]
        return replace(self, not_after=min(days, default=None))

    def __bool__(self) -> bool:
        dated = self.since or self.until or self.not_after
        return bool(dated or self.publisher is not None or self.article_ids)


@dataclass(frozen=True, slots=True)
class Context:
    """What was said before a question, as far as it bears on the search for it.

    Attributes:
        texts: turns and answers, each with the weight of its vector beside the question's own, which is 1.
        terms: words with the weight of their keyword scores beside those of the question's words, 0 to 1.
    """

    texts: tuple[tuple[str, float], ...] = ()
    terms: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood: the text to search for and the conditions on the articles.

    Attributes:
        as_of: the day that the question was asked on, where that is known; handed in, never read from the
            clock. Articles of the weeks before it rank higher; to leave others out is the work of filters.
        understood: one line, how the question was understood.
        prefers_recent: whether newer articles rank higher; False for a question about days long past.
        context: what was said before, None for a question that stands alone.
        also: other spellings of names in the text, which the keywords are searched for too.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    as_of: date | None = None
    kind: QueryKind = "passages"
    understood: str = ""
    prefers_recent: bool = True
    context: Context | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The first and last day of publication among some articles; None where none states a date."""

    first: date | None
    last: date | None


def fold_publisher(publisher: str) -> str:
    """The form in which publishers are compared: case and surrounding or repeated space do not count."""
    return " ".join(publisher.casefold().split())

"""`Query`: what to look for, and within which articles."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

QueryKind = Literal["passages", "count", "list", "first", "latest"]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles count. Every condition that is set must hold.

    Attributes:
        since, until: days, both inclusive, compared with the day of publication. An article that states no
            date of publication is left out as soon as either is set.
        publisher: compared without regard to case.
        article_ids: any of these; empty for all.
    """

    since: date | None = None
    until: date | None = None
    publisher: str | None = None
    article_ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.since or self.until or self.publisher is not None or self.article_ids)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood: the text to search for and the conditions on the articles.

    Attributes:
        as_of: the day that counts as today; handed in, never read from the clock.
        understood: one line, how the question was understood.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    as_of: date | None = None
    kind: QueryKind = "passages"
    understood: str = ""


@dataclass(frozen=True, slots=True)
class DateSpan:
    """The first and last day of publication among some articles; None where none states a date."""

    first: date | None
    last: date | None


def fold_publisher(publisher: str) -> str:
    """The form in which publishers are compared: case and surrounding or repeated space do not count."""
    return " ".join(publisher.casefold().split())

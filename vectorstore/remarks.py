"""What an ingestion should tell about the dates of its articles, beside how many there were."""

from dataclasses import dataclass
from datetime import timedelta

from ingest.article import Article, day_of
from ingest.formats.record import UNREADABLE

ZONES_APART = timedelta(days=1)
"""A date may lie so far ahead of the day of reading because of time zones."""


@dataclass(slots=True)
class Remarks:
    """Counts articles whose dates are odd.

    Attributes:
        ahead: articles that state a day of publication after the day on which they were read.
        unreadable: articles that state a date that cannot be read.
    """

    ahead: int = 0
    unreadable: int = 0
    _example: str = ""

    def note(self, article: Article) -> None:
        """Look at an article."""
        if is_ahead(article):
            self.ahead += 1
        stated = article.found.get("published_at", "")
        if stated.startswith(UNREADABLE):
            self.unreadable += 1
            self._example = self._example or stated.partition(": ")[2][:40]

    def notices(self) -> tuple[str, ...]:
        """One line for each kind that there was."""
        ahead = f"{_articles(self.ahead)} a date in the future: kept, and never taken for today"
        unreadable = f"{_articles(self.unreadable)} a date that cannot be read: kept without it"
        unreadable += f" (for example {self._example})"
        return tuple(line for line, count in ((ahead, self.ahead), (unreadable, self.unreadable)) if count)


def is_ahead(article: Article) -> bool:
    """Whether an article says that it was published after the day on which it was read."""
    published, read = article.head.published_at, article.retrieved_at
    return published is not None and read is not None and day_of(published) > day_of(read) + ZONES_APART


def _articles(count: int) -> str:
    return f"{count} article{' states' if count == 1 else 's state'}"

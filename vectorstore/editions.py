"""The editions of a story: versions of one article, and articles at one address that follow each other.

Files may hold a story twice, as it first ran and as it was brought up to date; each is an article of its own,
and the address and the publisher that both state tell that they are one story.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.article import Article, ArticleHead, day_of
from vectorstore.catalogue import Catalogue
from vectorstore.history import Revision, revisions_of
from vectorstore.query import fold_publisher


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of a story.

    Attributes:
        known_from: the day from which it could be read: that of its last change, or on which the index first
            saw it where it states none; None where nothing is known.
        is_current: whether searches find it.
    """

    article: Article
    known_from: date | None
    is_current: bool


class Editions:
    """Looks up editions; which addresses several articles share is read once for each generation."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._shared: tuple[int, dict[tuple[str, str], list[str]]] | None = None

    def of(self, head: ArticleHead, *, at_address: bool = False) -> list[Edition]:
        """Every edition of a story that the catalogue holds, the earliest first; empty where there is one.

        A version that differs from the one before in its head alone is no edition of its own.

        Args:
            head: of any edition.
            at_address: whether other articles at the address are looked for although `head` does not say that
                it was changed on a day after its publication; the first time that reads every article's head.
        """
        with self._catalogue.database.reading() as connection:
            looks = at_address or is_stated_to_have_changed(head)
            ids = [head.id, *(self._at_address_of(head) if looks else ())]
            marks = ", ".join("?" * len(ids))
            (count,) = connection.execute(
                f"""SELECT count(*) FROM revisions JOIN articles ON articles.row = revisions.article
                WHERE articles.id IN ({marks})""",  # noqa: S608
                ids,
            ).fetchone()
            if count < 2:
                return []
            found = [edition for id_ in ids for edition in _of_one(revisions_of(self._catalogue, id_))]
        if len(found) < 2:
            return []
        return sorted(found, key=lambda edition: edition.known_from or date.min)

    def _at_address_of(self, head: ArticleHead) -> list[str]:
        """Ids of the other articles at the same address by the same publisher."""
        if not head.url or not head.publisher:
            return []
        generation = self._catalogue.generation
        if self._shared is None or self._shared[0] != generation:
            self._shared = (generation, self._shared_addresses())
        at_address = self._shared[1].get((head.url, fold_publisher(head.publisher)), [])
        return [id_ for id_ in at_address if id_ != head.id]

    def _shared_addresses(self) -> dict[tuple[str, str], list[str]]:
        with self._catalogue.database.reading() as connection:
            rows = connection.execute(
                """SELECT versions.url, versions.publisher_folded, group_concat(articles.id, ' ') AS ids
                FROM articles JOIN versions ON versions.row = articles.current
                WHERE versions.url IS NOT NULL AND versions.publisher_folded IS NOT NULL
                GROUP BY versions.url, versions.publisher_folded HAVING count(*) > 1"""
            ).fetchall()
        return {(row["url"], row["publisher_folded"]): row["ids"].split() for row in rows}


def stated_day(head: ArticleHead) -> date | None:
    """The day of an article's last change, as stated, else of its publication."""
    moment = head.modified_at or head.published_at
    return None if moment is None else day_of(moment)


def is_stated_to_have_changed(head: ArticleHead) -> bool:
    """Whether an article says that it was changed on a later day than it was published on."""
    if head.modified_at is None or head.published_at is None:
        return False
    return day_of(head.modified_at) > day_of(head.published_at)


def _of_one(revisions: list[Revision]) -> Iterator[Edition]:
    """An article's versions whose text differs from the one before; the last of equal ones stands for all."""
    known: date | None = None
    for at, revision in enumerate(revisions):
        if not at:
            known = stated_day(revision.article.head)
        elif revisions[at - 1].article.text != revision.article.text:
            known = _changed_on(revision, known)
        is_last = at + 1 == len(revisions) or revisions[at + 1].article.text != revision.article.text
        if is_last:
            yield Edition(revision.article, known, revision.is_current)


def _changed_on(revision: Revision, before: date | None) -> date | None:
    """The day that a version states, if later than that of the version before; else when it was seen."""
    stated = stated_day(revision.article.head)
    if stated is not None and (before is None or stated > before):
        return stated
    return None if revision.seen_at is None else revision.seen_at.date()

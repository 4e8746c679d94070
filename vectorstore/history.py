"""The versions that an article has had, and what changed from one to the next."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from ingest.article import Article, ArticleHead, moment_text
from ingest.sentences import split_sentences
from vectorstore.catalogue import Catalogue

HEAD_COLUMNS_COMPARED = ("title", "url", "publisher", "authors", "published_at", "modified_at", "language")

ChangeKind = Literal["added", "removed", "replaced"]


@dataclass(frozen=True, slots=True)
class Revision:
    """One time at which an article became what it then was.

    Attributes:
        number: from 1, the first that the index has seen.
        seen_at: when it was read; None where that is not known.
        is_current: whether searches find it.
        article: the version, with its text.
    """

    number: int
    seen_at: datetime | None
    is_current: bool
    article: Article


@dataclass(frozen=True, slots=True)
class Change:
    """One place at which two versions differ; a side is "" where it has nothing.

    Attributes:
        part: "text", or the name of a fact of the head.
        earlier, later: sentences of the text, or the fact's value.
    """

    kind: ChangeKind
    part: str
    earlier: str
    later: str

    def to_json(self) -> dict[str, str]:
        """The change as JSON values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def revisions_of(catalogue: Catalogue, article_id: str) -> list[Revision]:
    """Every version of an article, the earliest first; one that came back is there twice. Empty for none."""
    with catalogue.database.reading() as connection:
        rows = connection.execute(
            """SELECT revisions.version, revisions.seen_at FROM revisions
            JOIN articles ON articles.row = revisions.article WHERE articles.id = ? ORDER BY revisions.row""",
            (article_id,),
        ).fetchall()
        found = [(row, catalogue.article(article_id, row["version"])) for row in rows]
    held = [(row, article) for row, article in found if article is not None]
    return [
        Revision(
            number,
            datetime.fromisoformat(row["seen_at"]) if row["seen_at"] else None,
            number == len(held),
            article,
        )
        for number, (row, article) in enumerate(held, 1)
    ]


def changes_between(earlier: Article, later: Article) -> list[Change]:
    """What differs: the facts of the head first, then the text, sentence by sentence."""
    return [*_head_changes(earlier.head, later.head), *_text_changes(earlier, later)]


def _head_changes(earlier: ArticleHead, later: ArticleHead) -> Iterator[Change]:
    for name in HEAD_COLUMNS_COMPARED:
        before, after = (_fact_text(getattr(head, name)) for head in (earlier, later))
        if before != after:
            yield Change(_kind(before, after), name, before, after)


def _fact_text(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return value if isinstance(value, str) else moment_text(value) or ""


def _text_changes(earlier: Article, later: Article) -> Iterator[Change]:
    before, after = _sentences(earlier), _sentences(later)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield _text_change(before[start:end], after[new_start:new_end])


def _text_change(before: Sequence[str], after: Sequence[str]) -> Change:
    gone, come = "\n".join(before), "\n".join(after)
    return Change(_kind(gone, come), "text", gone, come)


def _kind(before: str, after: str) -> ChangeKind:
    if before and after:
        return "replaced"
    return "removed" if before else "added"


def _sentences(article: Article) -> list[str]:
    spans = split_sentences(article.text, article.head.language)
    return [" ".join(article.text[span.start : span.end].split()) for span in spans]

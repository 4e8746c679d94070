"""A folder of dated news articles and questions as JSON lines: as a source to ingest, and questions to ask.

corpus.jsonl holds an article a line (`_id`, `title`, `url`, `date` as YYYY/MM/DD, `week` as YYYYMMDD, `text`)
and queries.jsonl a question a line (`_id`, `text`, `date`, `week`, `answer`: the strings that answer it).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from evals.answer_hit import holds
from evals.corpus import CorpusArticle, markdown_document
from evals.json_files import json_rows
from ingest.document import RawDocument, ReadFailure

ARTICLE_CHARACTERS = 40_000
"""Only the beginning of a longer article is read."""

_READ_AT = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NewsQuestion:
    """A question that was asked on a day, and the strings that answer it."""

    id: str
    text: str
    day: date | None
    answers: tuple[str, ...]

    def is_answered_by(self, passage: str) -> bool:
        """Whether the passage holds an answer, whole words, without regard to case, marks and articles."""
        return holds(passage, self.answers)


@dataclass(frozen=True, slots=True)
class NewsSource:
    """The articles of a year as Markdown documents; meets `Source`.

    Attributes:
        folder: holds corpus.jsonl.
        year: of the weeks to take, "2022".
    """

    folder: Path
    year: str
    key: str = "news:"
    skipped: int = 0

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        """Each article with its title, address and date as front matter."""
        for row in article_rows(self.folder, self.year):
            document = markdown_document(corpus_article(row))
            yield RawDocument(f"{self.key}{row['_id']}", f"{row['_id']}.md", document, _READ_AT)

    def count_hint(self) -> int:
        """How many articles there are."""
        return sum(1 for _ in article_rows(self.folder, self.year))


def article_rows(folder: Path, year: str) -> Iterator[dict[str, Any]]:
    """The rows of corpus.jsonl of a year's weeks, of all for ""."""
    return (row for _, row in json_rows(folder / "corpus.jsonl") if row["week"].startswith(year))


def read_questions(folder: Path, year: str, wanted: Iterable[str] | None = None) -> list[NewsQuestion]:
    """The questions of a year, in the order of the file.

    Args:
        wanted: ids of the questions to take; all by default.
    """
    ids = None if wanted is None else frozenset(wanted)
    return [
        NewsQuestion(row["_id"], row["text"], _day(row["date"]), tuple(row["answer"]))
        for _, row in json_rows(folder / "queries.jsonl")
        if row["week"].startswith(year) and (ids is None or row["_id"] in ids)
    ]


def corpus_article(row: dict[str, Any]) -> CorpusArticle:
    """An article of corpus.jsonl, of which only the beginning is read."""
    text = row["text"][:ARTICLE_CHARACTERS]
    return CorpusArticle(row["_id"], row["title"] or "", text, row["url"] or "", _day(row["date"]))


def _day(text: str | None) -> date | None:
    parts = (text or "").split("/")
    if len(parts) != 3 or not all(part.isdecimal() for part in parts):
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None

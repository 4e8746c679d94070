"""The articles of a data set, as a source that is ingested like any other."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from ingest.article import ID_LENGTH, article_id
from ingest.document import RawDocument, ReadFailure

UNTITLED = "-"
"""The title of an article whose set gives it none; it must bring no words into the index."""

_READ_AT = datetime(2000, 1, 1, tzinfo=UTC)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class CorpusArticle:
    """An article as a set gives it; `id` is the set's own."""

    id: str
    title: str
    text: str
    url: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles of a set; meets `Source`.

    Attributes:
        name: of the folder that keeps its index.
        key: what the location of every article begins with, "clapnq:".
        digest: hash of the articles.
        count: how many there are.
        read: gives them, in the same order each time.
    """

    name: str
    key: str
    digest: str
    count: int
    read: Callable[[], Iterator[CorpusArticle]]
    skipped: int = 0

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        """Each article as a Markdown document."""
        for article in self.read():
            location = f"{self.key}{article.id}"
            yield RawDocument(location, document_name(article), markdown_document(article), _READ_AT)

    def count_hint(self) -> int:
        """How many articles there are."""
        return self.count


def indexed_id(key: str, set_id: str) -> str:
    """The id that a set's article has in an index."""
    return article_id(f"{key}{set_id}")


def document_name(article: CorpusArticle) -> str:
    """A file name; an untitled article's gives no title either."""
    return f"{article.id if article.title.strip() else UNTITLED}{_SUFFIX}"


def markdown_document(article: CorpusArticle) -> bytes:
    """The article as Markdown with front matter, in which no character of the text is a mark."""
    stated = {
        "title": article.title,
        "url": article.url,
        "date": article.day.isoformat() if article.day else "",
    }
    front = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in stated.items()]
    lines = (" ".join(line.split()) for line in article.text.split("\n"))
    paragraphs = [_PUNCTUATION.sub(r"\\\g<0>", line) for line in lines if line]
    return "\n".join(["---", *front, "---", "\n\n".join(paragraphs)]).encode("utf-8", "replace")


def files_digest(*files: Path) -> str:
    """Hash of the bytes of files."""
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    return digest.hexdigest()[:ID_LENGTH]

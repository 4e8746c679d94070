"""`Passage`: a run of whole sentences of an article, at exact offsets."""

from dataclasses import dataclass
from typing import Self

from ingest.article import Article, content_hash


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of an article's text.

    Always `article.text[start:end] == text`; offsets count Unicode code points, `0 <= start < end`.
    """

    id: str
    article_id: str
    article_version: str
    start: int
    end: int
    text: str

    @classmethod
    def create(cls, article: Article, start: int, end: int) -> Self:
        """The passage of `article` from `start` to `end`.

        Raises:
            ValueError: the span is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(article.text):
            raise ValueError(f"span {start}:{end} does not lie in a text of {len(article.text)} characters")
        return cls(
            id=passage_id(article.id, article.version, start, end),
            article_id=article.id,
            article_version=article.version,
            start=start,
            end=end,
            text=article.text[start:end],
        )


def passage_id(article_id: str, article_version: str, start: int, end: int) -> str:
    """The identity of a span of one version of one article."""
    return content_hash("passage", article_id, article_version, str(start), str(end))

"""What answerers and the citation check may ask of an index, for the time of one question."""

from collections.abc import Mapping, Sequence

from ingest.article import Article
from ingest.places import place_at
from vectorstore.index import Index
from vectorstore.mentions import Mention, Topic
from vectorstore.query import Filters


class IndexEvidence:
    """`Evidence` from an index; articles are read once. Used for one question, by one thread."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._articles: dict[tuple[str, str | None], Article | None] = {}

    def term_weights(self, terms: Sequence[str]) -> Mapping[str, float]:
        """Inverse document frequency of words over the passages of the index, by word as given."""
        return self._index.term_weights(terms)

    def article_text(self, article_id: str, version: str | None = None) -> str | None:
        """The full text of an article, None when the index does not hold it (or not that version)."""
        article = self._article(article_id, version)
        return None if article is None else article.text

    def place_label(self, article_id: str, version: str | None, offset: int) -> str | None:
        """The page, chapter or time in which an offset into an article's text lies, None if unknown."""
        article = self._article(article_id, version)
        return None if article is None else place_at(article.places, offset)

    def _article(self, article_id: str, version: str | None) -> Article | None:
        key = (article_id, version)
        if key not in self._articles:
            self._articles[key] = self._index.article(article_id, version)
        return self._articles[key]

    def mentions(self, topic: Topic, filters: Filters) -> Sequence[Mention]:
        """Every article that mentions a topic and passes the filters, oldest first, undated ones last."""
        return self._index.mentions(topic, filters)

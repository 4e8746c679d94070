"""What answerers and the citation check may ask of an index, for the time of one question."""

from collections.abc import Mapping, Sequence

from vectorstore.index import Index
from vectorstore.mentions import Mention, Topic
from vectorstore.query import Filters


class IndexEvidence:
    """`Evidence` from an index; texts are read once. Used for one question, by one thread."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._texts: dict[tuple[str, str | None], str | None] = {}

    def term_weights(self, terms: Sequence[str]) -> Mapping[str, float]:
        """Inverse document frequency of words over the passages of the index, by word as given."""
        return self._index.term_weights(terms)

    def article_text(self, article_id: str, version: str | None = None) -> str | None:
        """The full text of an article, None when the index does not hold it (or not that version)."""
        key = (article_id, version)
        if key not in self._texts:
            article = self._index.article(article_id, version)
            self._texts[key] = None if article is None else article.text
        return self._texts[key]

    def mentions(self, topic: Topic, filters: Filters) -> Sequence[Mention]:
        """Every article that mentions a topic and passes the filters, oldest first, undated ones last."""
        return self._index.mentions(topic, filters)

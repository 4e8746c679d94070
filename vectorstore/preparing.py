"""From an article to what is written: split, then embedded together with others."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.article import Article
from ingest.passage import Passage
from ingest.splitting import SplitSettings, embedding_text, embedding_title, split_article
from vectorstore.embedding import Embedder, Vectors

PASSAGES_AT_ONCE = 256
"""Passages are embedded together, across articles, once there are this many."""


@dataclass(frozen=True, slots=True)
class MadeOf:
    """The document that an article was extracted from: where it lies, and the hash of what it was."""

    location: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class SplitArticle:
    """An article, its passages, and the texts to embed for them; and its document, where there is one."""

    article: Article
    passages: Sequence[Passage]
    texts: Sequence[str]
    source: MadeOf | None = None


@dataclass(frozen=True, slots=True)
class PreparedArticle:
    """An article, split and embedded: `vectors` has shape (len(passages), dimensions)."""

    article: Article
    passages: Sequence[Passage]
    vectors: Vectors
    source: MadeOf | None = None


def settings_for(embedder: Embedder, wanted: SplitSettings | None = None) -> SplitSettings:
    """Split settings whose window is never longer than the embedder's, so that nothing is silently cut."""
    window = embedder.identity.window_tokens
    if wanted is None:
        return SplitSettings(window_tokens=window)
    return replace(wanted, window_tokens=min(window, wanted.window_tokens))


def split(
    article: Article, embedder: Embedder, settings: SplitSettings, source: MadeOf | None = None
) -> SplitArticle:
    """Split an article so that title and passage together fit the window."""
    passages = split_article(article, embedder.count_tokens, settings)
    title = embedding_title(article.title, embedder.count_tokens, settings.window_tokens)
    texts = [embedding_text(title, passage.text) for passage in passages]
    return SplitArticle(article, passages, texts, source)


def grouped(
    articles: Iterable[SplitArticle], passages: int = PASSAGES_AT_ONCE
) -> Iterator[list[SplitArticle]]:
    """Articles together, in order, until they have at least so many passages."""
    group: list[SplitArticle] = []
    gathered = 0
    for article in articles:
        group.append(article)
        gathered += len(article.passages)
        if gathered >= passages:
            yield group
            group, gathered = [], 0
    if group:
        yield group


def embed(group: Sequence[SplitArticle], embedder: Embedder) -> list[PreparedArticle]:
    """Embed a group's passages in one go."""
    vectors = embedder.encode_passages([text for one in group for text in one.texts])
    borders = np.cumsum([len(one.passages) for one in group])[:-1]
    parts = np.split(vectors, borders)
    return [
        PreparedArticle(one.article, one.passages, part, one.source)
        for one, part in zip(group, parts, strict=True)
    ]

"""What was known on a day: where an article was changed later, the edition of that day takes its place."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from typing import Protocol

from assistant.understanding.words import keys_of, words_of
from ingest.article import Article, ArticleHead
from ingest.passage import Passage
from ingest.splitting import SplitSettings, split_article
from vectorstore.editions import Edition
from vectorstore.retrieved import RetrievedPassage

TOKENS_PER_WORD = 2
"""A rough count is enough: these passages are read, never embedded."""

_SETTINGS = SplitSettings(window_tokens=512)


class Stories(Protocol):
    """What is asked of an index."""

    def editions_of(self, head: ArticleHead, *, at_address: bool = False) -> list[Edition]:
        """Every edition of an article's story, the earliest first; empty where there is only one."""
        ...


def edition_known_on(stories: Stories, head: ArticleHead, day: date) -> Edition | None:
    """The edition that stood on a day, where that of `head` came later; None where `head` may be read."""
    editions = stories.editions_of(head)
    own = next((one for one in reversed(editions) if _is_of(one, head)), None)
    if own is None or own.known_from is None or own.known_from <= day:
        return None
    known = [one for one in editions if one.known_from is not None and one.known_from <= day]
    return known[-1] if known else None


def as_known_on(
    stories: Stories, retrieved: Sequence[RetrievedPassage], day: date
) -> tuple[RetrievedPassage, ...]:
    """The passages with those of later editions replaced by the likest ones of the edition of that day.

    Where the index has no edition of that day, the passage stays.
    """
    found: dict[str, Edition | None] = {}
    unused: dict[str, list[Passage]] = {}
    passages: dict[str, RetrievedPassage] = {}
    for item in retrieved:
        head = item.article
        if head.id not in found:
            found[head.id] = edition_known_on(stories, head, day)
        edition = found[head.id]
        if edition is None:
            passages.setdefault(item.passage.id, item)
            continue
        if edition.article.version not in unused:
            unused[edition.article.version] = _passages_of(edition.article)
        left = unused[edition.article.version]
        if left:
            then = _replaced(item, edition.article, left)
            passages.setdefault(then.passage.id, then)
    return tuple(replace(item, rank=rank) for rank, item in zip(count(1), passages.values(), strict=False))


def _is_of(edition: Edition, head: ArticleHead) -> bool:
    return (edition.article.id, edition.article.version) == (head.id, head.version)


def _passages_of(article: Article) -> list[Passage]:
    return split_article(article, lambda text: TOKENS_PER_WORD * len(text.split()), _SETTINGS)


def _replaced(item: RetrievedPassage, article: Article, left: list[Passage]) -> RetrievedPassage:
    """The likest passage that is left, taken out, in the place of one of a later edition."""
    wanted = keys_of(words_of(item.passage.text))
    best = max(left, key=lambda passage: len(wanted & keys_of(words_of(passage.text))))
    left.remove(best)
    return replace(item, passage=best, article=article.head, similarity=None, keyword_score=None, repeats=())

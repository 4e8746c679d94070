"""The articles that a computed answer counts: what a topic is looked for as, and how that is said."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answerers.base import Computation, Evidence
from assistant.understanding.places import place_forms
from assistant.understanding.spellings import spellings
from assistant.understanding.words import keys_of, words_of
from ingest.article import ArticleHead
from vectorstore.mentions import Mention, Topic
from vectorstore.query import Filters

_LEADING_ARTICLE = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """The articles that were found.

    Attributes:
        mentions: each once, oldest first, those without a date last.
        relation: how they stand to the topic, as a phrase that follows "articles".
        keys: of the topic's telling words.
        copies: how many more are copies of these.
    """

    mentions: tuple[Mention, ...]
    relation: str
    keys: frozenset[str]
    copies: int = 0

    @property
    def heads(self) -> tuple[ArticleHead, ...]:
        """The articles' heads, in the same order."""
        return tuple(mention.article for mention in self.mentions)

    def newest_first(self) -> list[Mention]:
        """The mentions, newest article first, those without a date last."""
        dated = [one for one in self.mentions if one.article.published_at]
        undated = [one for one in self.mentions if not one.article.published_at]
        return [*reversed(dated), *undated]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to look for a topic."""

    topic: Topic
    relation: str
    keep: Callable[[Mention], bool] = lambda _: True


def find_articles(computation: Computation, filters: Filters, evidence: Evidence) -> Found:
    """The articles that a question asks for, by the strictest reading of its topic that finds any.

    An article mentions a topic when the phrase stands in it; it is about one when headline or opening hold
    all of its words. Where neither is found, all words in one passage will do, which the relation says.
    """
    readings = list(_readings(computation))
    keys = keys_of(words_of(computation.topic))
    for reading in readings:
        found = [one for one in evidence.mentions(reading.topic, filters) if reading.keep(one)]
        if found:
            reports = found if computation.listed == "publishers" else _reports(found)
            return Found(tuple(reports), reading.relation, keys, len(found) - len(reports))
    return Found((), readings[0].relation, keys)


def _reports(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, of articles that are copies of one report only the oldest."""
    groups: dict[str, Mention] = {}
    for mention in mentions:
        groups.setdefault(mention.article.copy_group or mention.article.id, mention)
    return list(groups.values())


def _readings(computation: Computation) -> Iterator[_Reading]:
    words = _LEADING_ARTICLE.sub("", computation.topic)
    parts = tuple(_parts(words))
    if computation.about:
        yield _Reading(Topic(parts), f"about “{words}”", lambda one: one.in_title or one.opens)
    forms = spellings(words)
    yield _Reading(Topic.phrase(*forms), _mentioning(forms))
    if len(parts) > 1:
        yield _Reading(Topic(parts), f"that hold all words of “{words}” in one passage")


def _mentioning(forms: Sequence[str]) -> str:
    others = f" (also written {', '.join(f'“{form}”' for form in forms[1:])})" if len(forms) > 1 else ""
    return f"that mention “{forms[0]}”{others}"


def _parts(words: str) -> Iterator[tuple[str, ...]]:
    """Each telling word in its spellings; a place's also by its adjective and its people."""
    telling = [word for word in words_of(words) if word.key] or words_of(words)
    for word in telling:
        yield tuple(dict.fromkeys((*spellings(word.surface), *place_forms(word.key))))

"""`Subject`: what is measured. In use it is an `Assistant`, asked as the chat asks it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

from evals.ranked import RankedPassage
from evals.suite import Case

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.conversation import Conversation
    from assistant.settings import Settings
    from ingest.article import Article, ArticleHead
    from vectorstore.query import Filters
    from vectorstore.retrieved import RetrievedPassage


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer as JSON, and how long it took.

    Attributes:
        milliseconds: wall time of the question itself, earlier turns not counted.
    """

    answer: dict[str, Any]
    milliseconds: float


class Subject(Protocol):
    """Answers cases and lets its answers be checked."""

    def ask(self, case: Case) -> Asked:
        """Answer the case's question after its earlier turns."""
        ...

    def search(self, case: Case, text: str | None, limit: int) -> tuple[RankedPassage, ...]:
        """The passages found for the case, best first, at most `limit`.

        Args:
            text: searched for by itself; None searches for the case's question after its earlier turns.
        """
        ...

    def text_of(self, article_id: str, version: str) -> str | None:
        """The stored text of that version of an article, None when there is none."""
        ...

    def articles_named(self, references: Sequence[str]) -> dict[str, frozenset[str]]:
        """The ids of the articles behind each reference; references that match nothing are left out."""
        ...

    def identity(self) -> dict[str, Any]:
        """The index, embedder, model and reader behind the answers, as JSON values."""
        ...


class ReadableIndex(Protocol):
    """The part of the index that measuring needs."""

    @property
    def identity(self) -> Any:
        """The embedder that made the index."""
        ...

    def article(self, article_id: str, version: str | None = None) -> "Article | None":
        """One version of an article with its text."""
        ...

    def articles(self) -> Iterable["ArticleHead"]:
        """The heads of all articles."""
        ...

    def passage_count(self) -> int:
        """How many passages the index holds."""
        ...


class AskingAssistant(Protocol):
    """The part of the assistant that measuring needs."""

    @property
    def index(self) -> Any:
        """A `ReadableIndex`."""
        ...

    def ask(
        self,
        question: str,
        conversation: "Conversation | None" = None,
        *,
        filters: "Filters | None" = None,
        as_of: date | None = None,
    ) -> "Answer":
        """Answer one question."""
        ...

    def retrieve(
        self,
        question: str,
        conversation: "Conversation | None" = None,
        *,
        filters: "Filters | None" = None,
        as_of: date | None = None,
        limit: int = 10,
    ) -> Sequence["RetrievedPassage"]:
        """The passages that a question would be answered from."""
        ...


class AssistantSubject:
    """An open assistant under test."""

    def __init__(self, assistant: AskingAssistant, settings: "Settings") -> None:
        self._assistant = assistant
        self._settings = settings
        self._index: ReadableIndex = assistant.index

    def ask(self, case: Case) -> Asked:
        """Answer the case's question; earlier turns without a given answer are asked first."""
        conversation = self._conversation(case)
        started = perf_counter()
        answer = self._assistant.ask(case.question, conversation, as_of=case.as_of, **_filters(case))
        return Asked(answer.to_json(), (perf_counter() - started) * 1000)

    def search(self, case: Case, text: str | None, limit: int) -> tuple[RankedPassage, ...]:
        """The passages found for the case, best first; for a text, as if it were the first question."""
        alone = text is not None
        found = self._assistant.retrieve(
            text if text is not None else case.question,
            None if alone else self._conversation(case),
            as_of=case.as_of,
            limit=limit,
            **_filters(case),
        )
        return tuple(map(_ranked, found))

    def text_of(self, article_id: str, version: str) -> str | None:
        """The stored text of that version of an article, None when there is none."""
        article = self._index.article(article_id, version)
        return None if article is None else article.text

    def articles_named(self, references: Sequence[str]) -> dict[str, frozenset[str]]:
        """The ids of the articles behind each reference; references that match nothing are left out."""
        if not references:
            return {}
        wanted = frozenset(references)
        found: defaultdict[str, set[str]] = defaultdict(set)
        for head in self._index.articles():
            for name in wanted & article_names(head):
                found[name].add(head.id)
        return {name: frozenset(ids) for name, ids in found.items()}

    def identity(self) -> dict[str, Any]:
        """The index, embedder, model and reader behind the answers, as JSON values."""
        heads = sorted(f"{head.id}:{head.version}" for head in self._index.articles())
        return {
            "articles": len(heads),
            "passages": self._index.passage_count(),
            "content": _content_digest(heads),
            "embedder": _plain_identity(self._index.identity),
            "model": self._settings.model or "extractive",
            "reader": self._settings.reader,
            "base_url": without_password(self._settings.base_url),
            "timeout_seconds": self._settings.timeout_seconds,
            "budget_tokens": self._settings.budget_tokens,
        }

    def _conversation(self, case: Case) -> "Conversation":
        from assistant.conversation import Conversation

        conversation = Conversation()
        for turn in case.conversation:
            answer = turn.answer or self._assistant.ask(turn.question, conversation, as_of=case.as_of)
            conversation = conversation.with_turn(turn.question, answer)
        return conversation


def _filters(case: Case) -> dict[str, Any]:
    """The articles that the case may be answered from, as an argument; nothing where that is all of them."""
    from vectorstore.query import Filters

    return {"filters": Filters(article_ids=case.within)} if case.within else {}


def _ranked(found: "RetrievedPassage") -> RankedPassage:
    passage = found.passage
    return RankedPassage(
        article_id=passage.article_id,
        article_version=passage.article_version,
        passage_id=passage.id,
        start=passage.start,
        end=passage.end,
        text=passage.text,
    )


def without_password(address: str | None) -> str | None:
    """An address without the user and password that may stand in it."""
    if address is None:
        return None
    parts = urlsplit(address)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def article_names(head: "ArticleHead") -> frozenset[str]:
    """Every way in which a suite may name an article."""
    last_part = head.location.replace(":", "/").rstrip("/").rsplit("/", 1)[-1]
    stem = last_part.rsplit(".", 1)[0]
    return frozenset(name for name in (head.id, head.url, head.title, head.location, last_part, stem) if name)


def _content_digest(parts: Sequence[str]) -> str:
    from ingest.article import content_hash

    return content_hash("collection", *parts)


def _plain_identity(identity: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return {
        key: value if isinstance(value, int | str) else str(value) for key, value in asdict(identity).items()
    }

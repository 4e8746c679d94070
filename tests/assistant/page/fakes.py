"""A service that behaves like the real one, in memory and without models, and what tests build with it."""

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from threading import Lock

from assistant.answer import Answer, Citation, Searched, Sentence, Status, Support
from assistant.conversation import Conversation
from assistant.core import Event
from ingest.article import Article, ArticleHead, Moment
from ingest.errors import FootnoteError
from ingest.passage import Passage
from vectorstore.figures import Figures, MonthCount
from vectorstore.progress import IngestProgress
from vectorstore.query import Filters
from vectorstore.retrieved import RetrievedPassage
from vectorstore.sync import Failure, IngestReport

SENTENCE = re.compile(r"[^.!?\n][^.!?\n]*[.!?]?")
COMMON = frozenset(
    ["the", "a", "an", "of", "in", "on", "to", "is", "was", "did", "what", "why", "who", "when", "how"]
)


def make_article(
    title: str = "Bridge opens",
    text: str = "The bridge over the Elle opened on Monday. It cost nine million crowns.",
    *,
    publisher: str | None = "Elle Courier",
    published: Moment | None = date(2024, 5, 6),
    url: str | None = "https://courier.example/bridge",
    location: str | None = None,
    note: str | None = None,
    language: str | None = "en",
) -> Article:
    return Article.create(
        location=location or f"file:///articles/{title}.txt",
        title=title,
        text=text,
        publisher=publisher,
        published_at=published,
        url=url,
        note=note,
        language=language,
    )


def quoting(
    question: str,
    article: Article,
    quotes: Sequence[str],
    *,
    status: Status = "answered",
    short_answer: str | None = None,
    notices: tuple[str, ...] = (),
    support: Support = "quoted",
    understood: str = "",
    reason: str = "",
) -> Answer:
    """An answer that quotes these spans of an article, one sentence for each."""
    citations = tuple(cite(article, quote, number) for number, quote in enumerate(quotes, start=1))
    return Answer(
        question=question,
        status=status,
        confidence=0.8,
        model="extractive",
        searched=Searched(2, date(2024, 1, 1), date(2024, 5, 6)),
        sentences=tuple(Sentence(citation.quote, (citation.number,), support) for citation in citations),
        short_answer=short_answer,
        citations=citations,
        notices=notices,
        understood=understood,
        reason=reason,
    )


def declining(question: str, article: Article, reason: str = "Nothing in them is about this.") -> Answer:
    whole = Passage.create(article, 0, len(article.text))
    return Answer(
        question=question,
        status="declined",
        confidence=0.1,
        model="extractive",
        searched=Searched(54, date(2014, 3, 18), date(2024, 12, 8)),
        reason=reason,
        nearest=(RetrievedPassage(whole, article.head, 0.3, None, 0.3, 1),),
    )


def cite(article: Article, quote: str, number: int) -> Citation:
    start = article.text.index(quote)
    whole = Passage.create(article, 0, len(article.text))
    return Citation(number, quote, start, start + len(quote), whole, article.head)


@dataclass(frozen=True)
class FakeListing:
    articles: tuple[ArticleHead, ...]
    total: int


@dataclass
class FakeService:
    """Quotes the sentence that shares most words with the question; declines where none does.

    A question beginning with "slow" is written word by word until it is stopped; one with "broken" fails.
    "stopped so far" tells how many were stopped, once none is being written any more.
    """

    held: list[Article]
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Conversation | None, Filters | None]] = field(default_factory=list)
    closed_early: int = 0
    being_written: int = 0
    lock: Lock = field(default_factory=Lock)

    def stream(
        self, question: str, conversation: Conversation | None = None, *, filters: Filters | None = None
    ) -> Iterator[Event]:
        self.asked.append((question, conversation, filters))
        if question.startswith("broken"):
            raise FootnoteError("The index cannot be read.", "Run footnote index check.")
        yield Event("passages", ())
        if question.startswith("slow"):
            yield from self._slowly()
        if question == "stopped so far":
            self._wait_until_written()
            yield Event("answer", declining(question, self.held[0], f"{self.closed_early} were stopped"))
        else:
            yield Event("answer", self.answers.get(question) or self._answer(question, filters))

    def _slowly(self) -> Iterator[Event]:
        self.being_written += 1
        try:
            for _ in range(400):
                time.sleep(0.02)
                yield Event("delta", "slowly ")
        except GeneratorExit:
            self.closed_early += 1
            raise
        finally:
            self.being_written -= 1

    def _wait_until_written(self) -> None:
        """A stop is noticed at the next word, which may be after the page says that it stopped."""
        for _ in range(150):
            if not self.being_written:
                return
            time.sleep(0.02)

    def articles(self, filters: Filters | None = None, offset: int = 0, limit: int = 50) -> FakeListing:
        heads = tuple(article.head for article in self.held)
        return FakeListing(heads[offset : offset + limit], len(heads))

    def article(self, article_id: str, version: str | None = None) -> Article | None:
        for article in self.held:
            if article.id == article_id and version in (None, article.version):
                return article
        return None

    def figures(self) -> Figures:
        counts = Counter(
            (head.publisher or "", str(head.published_at)[:7] if head.published_at else None)
            for head in (article.head for article in self.held)
        )
        months = tuple(MonthCount(*key, number) for key, number in sorted(counts.items(), key=str))
        return Figures(len(self.held), len(self.held), 0, len(self.held), 0, months, {})

    def add_file(self, path: Path, name: str, progress: IngestProgress | None = None) -> IngestReport:
        with self.lock:
            location = f"file:///uploads/{name}"
            text = path.read_bytes().decode("utf-8", "replace")
            if "\0" in text or not text.strip():
                return IngestReport(0, 0, 0, 0, (Failure(location, "It holds no text."),), 0, 0.0)
            self.held.append(make_article(path.stem, text, location=location, url=None, publisher=None))
            if progress:
                progress.total(1)
                progress.passages(1)
                progress.article(location, "added")
            return IngestReport(1, 0, 0, 0, (), 1, 0.0)

    def _answer(self, question: str, filters: Filters | None) -> Answer:
        wanted = words(question)
        allowed = filters.article_ids if filters else ()
        scored = [
            (len(wanted & words(match.group())), article, match.group().strip())
            for article in self.held
            if not allowed or article.id in allowed
            for match in SENTENCE.finditer(article.text)
        ]
        score, article, sentence = max(scored, key=lambda entry: entry[0])
        return quoting(question, article, [sentence]) if score else declining(question, article)


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - COMMON

"""Doubles of what stands behind the service: an assistant that plays a script, and what it says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.answer import Answer, Searched
from assistant.conversation import Conversation
from assistant.core import Event
from ingest.article import Article
from vectorstore.index import Index


@dataclass
class ScriptedAssistant:
    """Plays its steps for every question, and remembers what it was asked."""

    index: Index
    steps: list[Event | Exception]
    asked: list[dict[str, Any]] = field(default_factory=list)
    before_step: Callable[[int], None] = lambda _: None
    models: list[str] = field(default_factory=list)
    stopped_early: bool = False
    closed: bool = False

    def stream(
        self, question: str, conversation: Conversation | None = None, **given: Any
    ) -> Iterator[Event]:
        self.asked.append({"question": question, "conversation": conversation, **given})
        finished = False
        try:
            for number, step in enumerate(self.steps):
                self.before_step(number)
                if isinstance(step, Exception):
                    raise step
                yield step
            finished = True
        finally:
            self.stopped_early = not finished

    def close(self) -> None:
        self.closed = True

    def with_model(self, model: str) -> "ScriptedAssistant":
        self.models.append(model)
        return self


def answer(text: str = "Because.") -> Answer:
    return Answer(
        question="why?",
        status="declined",
        confidence=0.1,
        model="extractive",
        searched=Searched(2, date(2020, 1, 2), date(2021, 3, 4)),
        reason=text,
    )


def article(number: int, day: date | None, publisher: str = "The Daily") -> Article:
    return Article.create(
        location=f"samples:{number}.md",
        title=f"Title {number}",
        text=f"Sentence one of {number}.\n\nSentence two of {number}: café 🙂.",
        publisher=publisher,
        published_at=day,
    )

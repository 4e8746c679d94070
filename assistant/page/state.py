"""What one open page shows. It lives in that page's session only."""

from dataclasses import dataclass, replace
from typing import Literal, Self

from assistant.answer import Answer
from assistant.conversation import Conversation
from vectorstore.query import Filters

Phase = Literal["searching", "reading", "writing", "done", "stopped", "failed"]
RUNNING: frozenset[Phase] = frozenset({"searching", "reading", "writing"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, and what to do next ("" where that is plain)."""

    message: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """The articles that questions are about, where that is not the whole collection."""

    label: str
    article_ids: tuple[str, ...]

    @property
    def filters(self) -> Filters:
        """The filters that it stands for."""
        return Filters(article_ids=self.article_ids)


@dataclass(frozen=True, slots=True, eq=False)
class PageTurn:
    """One question as the page shows it.

    Attributes:
        number: from 1.
        partial: what has been written so far.
        answer: None until it is there.
        problem: why it failed, None unless it did.
    """

    number: int
    question: str
    scope: Scope | None = None
    phase: Phase = "searching"
    partial: str = ""
    answer: Answer | None = None
    problem: Problem | None = None

    @property
    def running(self) -> bool:
        """Whether an answer is still being made."""
        return self.phase in RUNNING


@dataclass(frozen=True, slots=True, eq=False)
class PageState:
    """The turns so far, oldest first."""

    turns: tuple[PageTurn, ...] = ()

    @property
    def conversation(self) -> Conversation:
        """The answered turns, for a question that leans on them."""
        conversation = Conversation()
        for turn in self.turns:
            if turn.answer is not None:
                conversation = conversation.with_turn(turn.question, turn.answer)
        return conversation

    def asking(self, question: str, scope: Scope | None) -> Self:
        """With one turn more, about to be answered."""
        return replace(self, turns=(*self.turns, PageTurn(len(self.turns) + 1, question, scope)))

    def with_last(self, turn: PageTurn) -> Self:
        """With the last turn replaced."""
        return replace(self, turns=(*self.turns[:-1], turn))

    def without_last(self) -> Self:
        """With the last turn forgotten."""
        return replace(self, turns=self.turns[:-1])

    def stopped(self) -> Self:
        """With the last turn given up, where it was still being answered."""
        if not self.turns or not self.turns[-1].running:
            return self
        return self.with_last(replace(self.turns[-1], phase="stopped"))

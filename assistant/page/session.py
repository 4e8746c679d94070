"""What one open page holds on the server: its conversation, and which answer is being made."""

from threading import Lock
from typing import Any, Self

from assistant.page.state import PageState, PageTurn, Scope


class Session:
    """The turns of one open page and the articles that its questions are about.

    Listeners of one page may run at the same time: an answer is being written while it is stopped. What
    counts is what stands here; an answer that was given up can no longer change it.
    """

    def __init__(self) -> None:
        self.page = PageState()
        self.scope: Scope | None = None
        self._lock = Lock()
        self._running: object | None = None

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """A new, empty session: Gradio copies the first value of a state for every page that is opened."""
        return type(self)()

    def begin(self, question: str) -> "Ticket":
        """Ask a question; an answer that is still being made is given up."""
        with self._lock:
            return self._begin_next(question)

    def begin_once(self, question: str) -> "Ticket | None":
        """Ask a question as `begin` does; None where it is being answered already (a double click)."""
        with self._lock:
            turns = self.page.turns
            if turns and turns[-1].running and turns[-1].question == question:
                return None
            return self._begin_next(question)

    def begin_again(self, *, everywhere: bool = False) -> "Ticket | None":
        """Ask the last question anew, of all articles or of the same; None where there is none."""
        with self._lock:
            self._give_up()
            if not self.page.turns:
                return None
            last = self.page.turns[-1]
            return self._begin(self.page.without_last(), last.question, None if everywhere else last.scope)

    def show(self, ticket: "Ticket", turn: PageTurn) -> bool:
        """Put a step of the answer in place; False when it has been given up."""
        with self._lock:
            if self._running is not ticket:
                return False
            self.page = self.page.with_last(turn)
            return True

    def stop(self) -> None:
        """Give up the answer that is being made."""
        with self._lock:
            self._give_up()

    def clear(self) -> None:
        """Begin a new conversation."""
        with self._lock:
            self._running = None
            self.page = PageState()

    def _give_up(self) -> None:
        self._running = None
        self.page = self.page.stopped()

    def _begin_next(self, question: str) -> "Ticket":
        self._give_up()
        return self._begin(self.page, question, self.scope)

    def _begin(self, before: PageState, question: str, scope: Scope | None) -> "Ticket":
        self.page = before.asking(question, scope)
        ticket = Ticket(before, self.page.turns[-1])
        self._running = ticket
        return ticket


class Ticket:
    """An answer in the making: the page before its question, and its turn as it began."""

    def __init__(self, before: PageState, turn: PageTurn) -> None:
        self.before = before
        self.turn = turn

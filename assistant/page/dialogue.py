"""Asking from the page: each step of an answer becomes a new `PageState`."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, cast

from assistant.answer import Answer
from assistant.page.service import PageService
from assistant.page.state import PageState, PageTurn, Problem, Scope
from ingest.errors import FootnoteError

if TYPE_CHECKING:
    from collections.abc import Generator

    from assistant.core import Event

SECONDS_BETWEEN_UPDATES = 0.08
"""A language model's pieces are shown this often at most: more is not seen and costs the browser."""

_log = logging.getLogger(__name__)


def ask(
    service: PageService,
    state: PageState,
    question: str,
    scope: Scope | None = None,
    clock: Callable[[], float] = monotonic,
) -> Iterator[PageState]:
    """The states of the page while `question` is answered, the finished one last.

    A failure becomes the turn's problem. Closing the iterator stops the work.
    """
    asking = state.asking(question, scope)
    yield asking
    try:
        events = service.stream(question, state.conversation, filters=scope.filters if scope else None)
        with closing(cast("Generator[Event]", events)) as open_events:
            yield from _steps(asking, open_events, clock)
    except FootnoteError as error:
        yield _failed(asking, Problem(error.message, error.advice))
    except Exception as error:
        _log.exception("answering failed")
        yield _failed(asking, unexpected(error))


def unexpected(error: Exception) -> Problem:
    """What a reader is told about an exception that is none of ours."""
    return Problem(
        f"Something unexpected happened ({type(error).__name__}).",
        "Try again; if it happens again, look at what the service printed where it was started.",
    )


def _steps(asking: PageState, events: "Iterator[Event]", clock: Callable[[], float]) -> Iterator[PageState]:
    turn = asking.turns[-1]
    shown_at = float("-inf")
    for event in events:
        turn = _after(turn, event)
        if event.name == "delta" and clock() - shown_at < SECONDS_BETWEEN_UPDATES:
            continue
        shown_at = clock()
        yield asking.with_last(turn)


def _after(turn: PageTurn, event: "Event") -> PageTurn:
    match event.name, event.data:
        case "passages", _:
            return replace(turn, phase="reading")
        case "delta", str(piece):
            return replace(turn, phase="writing", partial=turn.partial + piece)
        case "answer", Answer() as answer:
            return replace(turn, phase="done", partial="", answer=answer)
        case _:
            return turn


def _failed(state: PageState, problem: Problem) -> PageState:
    return state.with_last(replace(state.turns[-1], phase="failed", problem=problem))

"""Answering one turn of the page, step by step."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from assistant.answer import Answer
from assistant.page.background import in_background
from assistant.page.service import PageService
from assistant.page.session import Ticket
from assistant.page.state import PageTurn, Problem
from ingest.errors import FootnoteError

if TYPE_CHECKING:
    from assistant.core import Event

SECONDS_BETWEEN_UPDATES = 0.08
"""A language model's pieces are shown this often at most: more is not seen and costs the browser."""

SECONDS_BETWEEN_SIGNS = 0.25
"""While nothing comes, the turn is yielded as it was this often, so that whoever shows it can stop."""

_log = logging.getLogger(__name__)


def answer_turn(
    service: PageService, ticket: Ticket, clock: Callable[[], float] = monotonic
) -> Iterator[PageTurn]:
    """The turn as its answer grows, the finished one last.

    A failure becomes the turn's problem. Closing the iterator returns at once and stops the work.
    """
    turn = ticket.turn
    filters = turn.scope.filters if turn.scope else None
    start = partial(service.stream, turn.question, ticket.before.conversation, filters=filters)
    try:
        yield from _steps(turn, start, clock)
    except FootnoteError as error:
        yield replace(turn, phase="failed", problem=Problem(error.message, error.advice))
    except Exception as error:
        _log.exception("answering failed")
        yield replace(turn, phase="failed", problem=unexpected(error))


def unexpected(error: Exception) -> Problem:
    """What a reader is told about an exception that is none of ours."""
    return Problem(
        f"Something unexpected happened ({type(error).__name__}).",
        "Try again; if it happens again, look at what the service printed where it was started.",
    )


def _steps(
    turn: PageTurn, start: "Callable[[], Iterator[Event]]", clock: Callable[[], float]
) -> Iterator[PageTurn]:
    shown_at = float("-inf")
    for came in in_background(start, SECONDS_BETWEEN_SIGNS):
        if came is not None:
            turn = _after(turn, came.value)
        if turn.phase == "writing" and clock() - shown_at < SECONDS_BETWEEN_UPDATES:
            continue
        shown_at = clock()
        yield turn


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

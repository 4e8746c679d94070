"""Retries and time limits, on chat models that do what they are told."""

from collections.abc import Sequence

import pytest

from assistant.answerers.language_model.chat import (
    ChatModel,
    Deadline,
    Ending,
    Message,
    ModelCallError,
    ModelTimeoutError,
    Pieces,
)
from assistant.answerers.language_model.retrying import ATTEMPTS, RetryingChatModel
from assistant.answerers.language_model.timed import TimedChatModel

MESSAGES = (Message("user", "Hello?"),)


class Obedient:
    """Each call yields the next script's pieces and raises its error."""

    name = "test:obedient"

    def __init__(self, *scripts: Sequence[str | Ending | Exception]) -> None:
        self.scripts = list(scripts)
        self.calls = 0
        self.closed = 0

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Pieces:
        self.calls += 1
        try:
            for piece in self.scripts[min(self.calls, len(self.scripts)) - 1]:
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            self.closed += 1


def passing(wait_seconds: float | None = None) -> ModelCallError:
    return ModelCallError("busy", can_retry=True, retry_after_seconds=wait_seconds)


def all_of(model: ChatModel, seconds: float = 30.0) -> list[str | Ending]:
    return list(model.stream(MESSAGES, Deadline.after(seconds)))


def test_waits_are_what_the_server_asks_or_grow() -> None:
    waits: list[float] = []
    model = Obedient([passing(7.5)], [passing()], ["Hi", Ending()])
    assert all_of(RetryingChatModel(model, waits.append)) == ["Hi", Ending()]
    assert waits == [7.5, 0.5]
    assert model.closed == model.calls == 3


def test_the_last_attempt_raises_its_own_error() -> None:
    waits: list[float] = []
    with pytest.raises(ModelCallError, match="busy"):
        all_of(RetryingChatModel(Obedient([passing()]), waits.append))
    assert len(waits) == ATTEMPTS - 1


def test_a_wait_beyond_the_deadline_is_not_begun() -> None:
    waits: list[float] = []
    with pytest.raises(ModelCallError, match="busy"):
        all_of(RetryingChatModel(Obedient([passing(31.0)]), waits.append))
    assert waits == []


def test_a_reply_that_has_begun_is_not_begun_again() -> None:
    model = Obedient(["Half", passing()])
    stream = RetryingChatModel(model, lambda _: None).stream(MESSAGES, Deadline.after(30))
    assert next(stream) == "Half"
    with pytest.raises(ModelCallError):
        next(stream)
    assert model.calls == 1


def test_closing_closes_the_call_below() -> None:
    model = Obedient(["Half", "Whole", Ending()])
    stream = RetryingChatModel(model).stream(MESSAGES, Deadline.after(30))
    next(stream)
    stream.close()
    assert model.closed == 1


def test_a_thread_passes_on_pieces_and_errors() -> None:
    assert all_of(TimedChatModel(Obedient(["a", "b", Ending()]))) == ["a", "b", Ending()]
    with pytest.raises(ModelCallError, match="busy"):
        all_of(TimedChatModel(Obedient(["a", passing()])))
    with pytest.raises(ZeroDivisionError):
        all_of(TimedChatModel(Obedient([ZeroDivisionError()])))


def test_a_deadline_that_has_passed_is_an_error() -> None:
    with pytest.raises(ModelTimeoutError):
        all_of(TimedChatModel(Obedient(["a", Ending()])), seconds=0.0)

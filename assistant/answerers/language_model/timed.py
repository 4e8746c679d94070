"""`TimedChatModel`: a chat model that ends by its deadline, whatever the model below does."""

from collections.abc import Sequence
from contextlib import closing
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Event, Thread

from assistant.answerers.language_model.chat import (
    ChatModel,
    Deadline,
    Ending,
    Message,
    ModelTimeoutError,
    Pieces,
)

_Arrival = str | Ending | Exception


class TimedChatModel:
    """Calls the model in a thread of its own, so that a read that hangs holds nobody up.

    A thread that is left behind ends with the next piece it gets, or when the model's own time limit cuts
    its read.
    """

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Pieces:
        """Pieces and ending, as the model gives them.

        Raises:
            ModelTimeoutError: the deadline has passed.
            ModelCallError: the call failed.
        """
        arrivals: SimpleQueue[_Arrival] = SimpleQueue()
        abandoned = Event()
        work = copy_context().run
        arguments = (self._read, messages, deadline, arrivals, abandoned)
        Thread(target=work, args=arguments, daemon=True, name="footnote-model").start()
        try:
            yield from _arrivals(arrivals, deadline)
        finally:
            abandoned.set()

    def _read(
        self,
        messages: Sequence[Message],
        deadline: Deadline,
        arrivals: SimpleQueue[_Arrival],
        abandoned: Event,
    ) -> None:
        try:
            with closing(self._model.stream(messages, deadline)) as pieces:
                for piece in pieces:
                    arrivals.put(piece)
                    if abandoned.is_set():
                        break
        except Exception as error:
            arrivals.put(error)


def _arrivals(arrivals: SimpleQueue[_Arrival], deadline: Deadline) -> Pieces:
    while True:
        arrived = _next_arrival(arrivals, deadline)
        if isinstance(arrived, Exception):
            raise arrived
        yield arrived
        if isinstance(arrived, Ending):
            return


def _next_arrival(arrivals: SimpleQueue[_Arrival], deadline: Deadline) -> _Arrival:
    remaining = deadline.remaining_seconds
    if remaining > 0:
        try:
            return arrivals.get(timeout=remaining)
        except Empty:
            pass
    raise ModelTimeoutError("it did not finish in time", "Raise FOOTNOTE_TIMEOUT_SECONDS.")

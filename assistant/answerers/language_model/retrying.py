"""`RetryingChatModel`: a chat model that makes a failed call again, while there is time."""

from collections.abc import Callable, Sequence
from contextlib import closing
from time import sleep

from assistant.answerers.language_model.chat import ChatModel, Deadline, Message, ModelCallError, Pieces

ATTEMPTS = 3
FIRST_WAIT_SECONDS = 0.25


class RetryingChatModel:
    """Makes at most `ATTEMPTS` calls; once a piece has been given out, a failure is final."""

    def __init__(self, model: ChatModel, pause: Callable[[float], None] = sleep) -> None:
        self._model = model
        self._pause = pause

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Pieces:
        """Pieces and ending of the first call that succeeds.

        Raises:
            ModelCallError: the last call failed, cannot be repeated, or the wait for the next is too long.
        """
        for attempt in range(1, ATTEMPTS + 1):
            started = False
            try:
                with closing(self._model.stream(messages, deadline)) as pieces:
                    for piece in pieces:
                        started = True
                        yield piece
            except ModelCallError as error:
                wait_seconds = _wait_seconds(error, attempt)
                final = started or attempt == ATTEMPTS or not error.can_retry
                if final or wait_seconds >= deadline.remaining_seconds:
                    raise
            else:
                return
            self._pause(wait_seconds)


def _wait_seconds(error: ModelCallError, attempt: int) -> float:
    asked = error.retry_after_seconds
    return asked if asked is not None else FIRST_WAIT_SECONDS * 2 ** (attempt - 1)

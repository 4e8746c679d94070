"""What a chat model is to the rest of Footnote, and how its calls fail."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Literal, Protocol, Self

from assistant.errors import ModelError


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat."""

    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True, slots=True)
class Ending:
    """How a reply ended.

    Attributes:
        complete: False when the model stopped at a limit of length.
        prompt_tokens, answer_tokens: as the model reported them, None where it did not.
    """

    complete: bool = True
    prompt_tokens: int | None = None
    answer_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment, on the monotonic clock, by which a reply must have ended."""

    at_seconds: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        """The deadline that many seconds from now."""
        return cls(monotonic() + seconds)

    @property
    def remaining_seconds(self) -> float:
        """Seconds left, 0 when there are none."""
        return max(0.0, self.at_seconds - monotonic())


Pieces = Generator[str | Ending, None, None]
"""Pieces of a reply, then its `Ending`, last and exactly once; closing it stops the call."""


class ChatModel(Protocol):
    """A model that writes a reply piece by piece."""

    @property
    def name(self) -> str:
        """As in `--model provider:name`."""
        ...

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Pieces:
        """The reply, piece by piece.

        Raises:
            ModelCallError: the call failed, before the first piece or after some.
        """
        ...


class ModelCallError(ModelError):
    """A call to a language model failed.

    Attributes:
        can_retry: whether the same call may succeed when it is made again.
        retry_after_seconds: how long the server asked to wait, None where it did not say.
    """

    def __init__(
        self,
        message: str,
        advice: str = "",
        *,
        can_retry: bool = False,
        retry_after_seconds: float | None = None,
    ) -> None:
        super().__init__(message, advice)
        self.can_retry = can_retry
        self.retry_after_seconds = retry_after_seconds


class ModelTimeoutError(ModelCallError):
    """The model did not finish its reply in time."""

    code = "model_timeout"

"""`LangChainChatModel`: any of LangChain's chat models, without its tracing."""

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from assistant.answerers.language_model.chat import (
    Deadline,
    Ending,
    Message,
    ModelCallError,
    ModelTimeoutError,
    Pieces,
)
from assistant.answerers.language_model.failures import call_error
from assistant.answerers.language_model.secrecy import Redact

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk

ENDING_FIELDS = ("finish_reason", "stop_reason", "done_reason")
LENGTH_ENDINGS = frozenset({"length", "max_tokens", "MAX_TOKENS"})
WITHHELD_ENDINGS = frozenset({"content_filter", "SAFETY", "refusal"})


class LangChainChatModel:
    """Streams from a LangChain chat model; what it raises becomes `ModelCallError`.

    Args:
        name: as in `--model provider:name`.
        says_ending: whether the provider always says why a reply ended; one that ends without broke off.
    """

    def __init__(self, name: str, model: "BaseChatModel", redact: Redact, *, says_ending: bool) -> None:
        self._name = name
        self._model = model
        self._redact = redact
        self._says_ending = says_ending

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    def stream(self, messages: Sequence[Message], deadline: Deadline) -> Pieces:
        """Pieces of the reply, then its ending.

        Raises:
            ModelCallError: the call failed, or the reply broke off.
            ModelTimeoutError: the deadline passed between two pieces.
        """
        collected = _Collected()
        with closing(self._chunks([(message.role, message.text) for message in messages])) as chunks:
            for chunk in chunks:
                collected.add(chunk)
                if text := str(chunk.text):
                    yield text
                if not deadline.remaining_seconds:
                    raise ModelTimeoutError("it did not finish in time")
        yield collected.ending(self._says_ending)

    def _chunks(self, messages: list[tuple[str, str]]) -> "Generator[AIMessageChunk, None, None]":
        """The model's chunks. Errors are replaced outside of their handlers: none drags its cause along."""
        from langsmith import tracing_context

        failure: Exception | None = None
        begun = False
        stream: Any = None
        try:
            with tracing_context(enabled=False):
                stream = self._model.stream(messages)
                chunk = next(stream, None)
            while chunk is not None:
                begun = True
                yield chunk
                chunk = next(stream, None)
        except Exception as error:
            failure = error
        finally:
            if stream is not None:
                stream.close()
        if failure is not None:
            raise call_error(failure, self._redact, begun=begun)


class _Collected:
    """What the chunks said about the reply besides its text."""

    def __init__(self) -> None:
        self._reason: str | None = None
        self._prompt_tokens: int | None = None
        self._answer_tokens: int | None = None

    def add(self, chunk: "AIMessageChunk") -> None:
        """Take in one chunk."""
        reasons = (chunk.response_metadata.get(field) for field in ENDING_FIELDS)
        self._reason = next((str(reason) for reason in reasons if reason), self._reason)
        if chunk.usage_metadata is not None:
            self._prompt_tokens = (self._prompt_tokens or 0) + chunk.usage_metadata["input_tokens"]
            self._answer_tokens = (self._answer_tokens or 0) + chunk.usage_metadata["output_tokens"]

    def ending(self, says_ending: bool) -> Ending:
        """How the reply ended.

        Raises:
            ModelCallError: it broke off, or the provider withheld it.
        """
        if self._reason in WITHHELD_ENDINGS:
            raise ModelCallError(f"the provider withheld its reply ({self._reason})")
        if self._reason is None and says_ending:
            raise ModelCallError("its reply broke off", can_retry=True)
        return Ending(self._reason not in LENGTH_ENDINGS, self._prompt_tokens, self._answer_tokens)

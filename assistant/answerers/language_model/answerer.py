"""`LanguageModelAnswerer`: a language model writes, and every sentence is held to the passages it cites."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Self

from assistant.answer import TokenUse
from assistant.answerers.base import Draft, Evidence, UnderstoodQuestion
from assistant.answerers.language_model.chat import ChatModel, Deadline, Ending, ModelCallError
from assistant.answerers.language_model.drafting import Reply, draft_reply
from assistant.answerers.language_model.packing import PackedPrompt, pack_prompt
from assistant.answerers.language_model.preview import Preview
from assistant.answerers.versions import current_versions
from assistant.settings import Settings
from assistant.tokens import TokenCounter, open_token_counter
from vectorstore.retrieved import RetrievedPassage

LONGEST_REPLY_CHARACTERS = 8_000
NOTHING_FOUND = "No passage was found"


class LanguageModelAnswerer:
    """Answers with a chat model.

    Args:
        model: writes the replies.
        open_counter: gives the counter of tokens; asked at each question.
        timeout_seconds: for a whole reply, repeated calls included.
        budget_tokens: for a whole prompt.
    """

    def __init__(
        self,
        model: ChatModel,
        open_counter: Callable[[], TokenCounter],
        *,
        timeout_seconds: float,
        budget_tokens: int,
    ) -> None:
        self._model = model
        self._open_counter = open_counter
        self._timeout_seconds = timeout_seconds
        self._budget_tokens = budget_tokens

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The answerer for the model that the settings name. Makes no call.

        Raises:
            UsageError: the model's name, address or key cannot be used.
            OptionalDependencyError: the provider's package is not installed.
        """
        from assistant.answerers.language_model.opening import (
            may_use_internet,
            open_chat_model,
            split_model_name,
        )

        provider, name = split_model_name(settings.model or "")
        may_fetch = may_use_internet(settings)
        return cls(
            open_chat_model(settings),
            lambda: open_token_counter(provider, name, may_fetch=may_fetch),
            timeout_seconds=settings.timeout_seconds,
            budget_tokens=settings.budget_tokens,
        )

    @property
    def name(self) -> str:
        """The model, as in `--model provider:name`."""
        return self._model.name

    def answer(
        self, question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence
    ) -> Draft:
        """Draft the answer from the passages, best first.

        Raises:
            ModelError: the model failed; `output` has what it had written.
        """
        pieces = self.stream(question, retrieved, evidence)
        return next(piece for piece in pieces if isinstance(piece, Draft))

    def order(
        self,
        question: UnderstoodQuestion,  # noqa: ARG002
        retrieved: Sequence[RetrievedPassage],  # noqa: ARG002
        evidence: Evidence,  # noqa: ARG002
    ) -> tuple[str, ...]:
        """Nothing: the model is not asked for an order."""
        return ()

    def stream(
        self,
        question: UnderstoodQuestion,
        retrieved: Sequence[RetrievedPassage],
        evidence: Evidence,  # noqa: ARG002
    ) -> Iterator[str | Draft]:
        """Pieces of the reply as it is written, then the draft.

        The pieces are plain text of a model, with the prompt's own passage numbers: a preview to be escaped,
        and replaced by the answer, or taken back when the model fails.

        Raises:
            ModelError: the model failed; `output` has what it had written.
        """
        if not retrieved:
            yield Draft("declined", 0.0, self.name, reason=NOTHING_FOUND)
            return
        counter = self._open_counter()
        prompt = pack_prompt(question, current_versions(retrieved), counter.count, self._budget_tokens)
        reply = yield from self._write(prompt)
        draft = draft_reply(reply, prompt.passages, self.name)
        yield replace(
            draft,
            notices=(*draft.notices, *prompt.notices, *counter.notices),
            tokens=_token_use(reply, prompt, counter),
        )

    def _write(self, prompt: PackedPrompt) -> Generator[str, None, Reply]:
        """Yields the preview, returns the `Reply`."""
        text, ending = "", Ending(complete=False)
        preview = Preview()
        stream = self._model.stream(prompt.messages, Deadline.after(self._timeout_seconds))
        try:
            with closing(stream):
                for piece in stream:
                    if isinstance(piece, Ending):
                        ending = piece
                        break
                    text += piece
                    if shown := preview.add(piece):
                        yield shown
                    if len(text) > LONGEST_REPLY_CHARACTERS:
                        break
        except ModelCallError as error:
            error.output = text
            raise
        return Reply(text[:LONGEST_REPLY_CHARACTERS], ending)


def _token_use(reply: Reply, prompt: PackedPrompt, counter: TokenCounter) -> TokenUse:
    """As the model reported it, else as counted here."""
    ending = reply.ending
    if ending.prompt_tokens is not None and ending.answer_tokens is not None:
        return TokenUse(ending.prompt_tokens, ending.answer_tokens)
    return TokenUse(prompt.tokens, counter.count(reply.text), estimated=True)

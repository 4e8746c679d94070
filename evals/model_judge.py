"""A language model as a judge of answers: optional, bounded in time, and unscored where it fails."""

import json
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any, Self

from evals.opinion import Opinion
from evals.reply import Reply
from evals.suite import Case
from evals.wording import without_citations
from prompts import load_prompt

if TYPE_CHECKING:
    from assistant.answerers.language_model.chat import ChatModel
    from assistant.settings import Settings

LONGEST_OPINION_CHARACTERS = 8_000
SYSTEM_PROMPT, CASE_PROMPT = "judge_system", "judge_case"
NOTHING = "(none)"


class LanguageModelJudge:
    """Asks a chat model for its verdicts, one call an answer.

    Args:
        model: writes the verdicts.
        timeout_seconds: for one opinion, repeated calls included.
    """

    def __init__(self, model: "ChatModel", timeout_seconds: float) -> None:
        self._model = model
        self._timeout_seconds = timeout_seconds

    @classmethod
    def from_settings(cls, settings: "Settings") -> Self:
        """The judge that is the model of these settings. Makes no call.

        Raises:
            UsageError: the model's name, address or key cannot be used.
            OptionalDependencyError: the provider's package is not installed.
        """
        from assistant.answerers.language_model.opening import open_chat_model

        return cls(open_chat_model(settings), settings.timeout_seconds)

    def identity(self) -> dict[str, Any]:
        """The model and the versions of its prompts."""
        versions = {name: load_prompt(name).version for name in (SYSTEM_PROMPT, CASE_PROMPT)}
        return {"model": self._model.name, "prompts": versions}

    def opinion(self, case: Case, reply: Reply) -> Opinion:
        """The verdicts on an answer; unscored when the model fails or says something else."""
        from assistant.errors import ModelError

        try:
            text = self._write(case, reply)
        except ModelError as error:
            return Opinion(None, None, f"the judge did not answer: {error.message}")
        return read_opinion(text)

    def _write(self, case: Case, reply: Reply) -> str:
        from assistant.answerers.language_model.chat import Deadline, Ending, Message

        messages = [
            Message("system", load_prompt(SYSTEM_PROMPT).render()),
            Message("user", case_prompt(case, reply)),
        ]
        text = ""
        with closing(self._model.stream(messages, Deadline.after(self._timeout_seconds))) as pieces:
            for piece in pieces:
                if isinstance(piece, Ending) or len(text) > LONGEST_OPINION_CHARACTERS:
                    break
                text += piece
        return text


def open_judge(settings: "Settings", name: str, base_url: str | None) -> LanguageModelJudge:
    """The judge "provider:name" beside the model under test that the settings name. Makes no call.

    Raises:
        UsageError: the model's name, address or key cannot be used.
        OptionalDependencyError: the provider's package is not installed.
    """
    return LanguageModelJudge.from_settings(judge_settings(settings, name, base_url))


def judge_settings(settings: "Settings", name: str, base_url: str | None) -> "Settings":
    """The settings that open the judge "provider:name".

    The address and the key of the model under test are the judge's too only where both are of one provider:
    a key is never sent to another provider's address.
    """
    from assistant.settings import Settings

    provider = name.partition(":")[0]
    shares = not settings.uses_language_model or (settings.model or "").partition(":")[0] == provider
    return Settings(
        home=settings.home,
        model=name,
        base_url=base_url or (settings.base_url if shares else None),
        api_key=settings.api_key if shares and not base_url else None,
        timeout_seconds=settings.timeout_seconds,
    )


def case_prompt(case: Case, reply: Reply) -> str:
    """What the judge is shown of a case and its answer, fenced as data."""
    from assistant.answerers.language_model.fencing import as_data

    turns = [f"{turn.question} {turn.answer or ''}".strip() for turn in case.conversation]
    quotes = [f'{citation.number}. "{citation.quote}"' for citation in reply.citations]
    return load_prompt(CASE_PROMPT).render(
        conversation=as_data("\n".join(turns)) or NOTHING,
        question=as_data(case.question),
        expected=as_data("\n".join(_expected(case))) or NOTHING,
        answer=as_data(without_citations(reply.text)),
        quotes=as_data("\n".join(quotes)) or NOTHING,
    )


def read_opinion(text: str) -> Opinion:
    """The last JSON object in a reply that holds both verdicts; unscored where there is none."""
    for value in reversed(list(_objects(text))):
        right, supported = value.get("right"), value.get("supported")
        if isinstance(right, bool) and isinstance(supported, bool):
            return Opinion(right, supported, str(value.get("reason") or ""))
    shown = " ".join(text.split())[:200]
    return Opinion(None, None, f"the judge gave no verdicts: {shown or 'an empty reply'}")


def _objects(text: str) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    place = text.find("{")
    while place >= 0:
        try:
            value, end = decoder.raw_decode(text, place)
        except ValueError:
            end = place + 1
        else:
            if isinstance(value, dict):
                yield value
        place = text.find("{", end)


def _expected(case: Case) -> Iterator[str]:
    expect = case.expect
    for wanted in expect.contains:
        yield f"It says: {wanted.label}"
    if accepted := expect.short_answer or case.answers:
        yield f"In short: {' or '.join(accepted)}"
    for quote in expect.quotes:
        yield f'It rests on: "{quote}"'
    for unwanted in case.must_not_say:
        yield f"It must not say: {unwanted.label}"

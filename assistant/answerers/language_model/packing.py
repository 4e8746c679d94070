"""Packing a prompt within a token budget: instructions, earlier turns, numbered passages, the question."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from assistant.answerers.base import UnderstoodQuestion
from assistant.answerers.language_model.chat import Message
from assistant.answerers.language_model.fencing import as_data, as_line
from assistant.conversation import Turn
from assistant.errors import ModelError
from assistant.siblings import REFUSAL, load_prompt
from assistant.tokens import CountTokens
from ingest.article import moment_text
from vectorstore.retrieved import RetrievedPassage

TOKENS_AROUND_MESSAGE = 8
"""What chat formats put around one message, at most."""

TOKENS_BETWEEN_PASSAGES = 2
HISTORY_SHARE = 5
"""At most one in this many tokens of the budget goes to earlier turns."""


class PromptTooLongError(ModelError):
    """Not even one passage fits the budget."""

    code = "prompt_too_long"


@dataclass(frozen=True, slots=True)
class PackedPrompt:
    """A prompt that fits its budget.

    Attributes:
        passages: those in the prompt; number n of the prompt is `passages[n - 1]`.
        tokens: of the whole prompt, as counted.
        notices: what was left out.
    """

    messages: tuple[Message, ...]
    passages: tuple[RetrievedPassage, ...]
    tokens: int
    notices: tuple[str, ...]


def pack_prompt(
    question: UnderstoodQuestion,
    retrieved: Sequence[RetrievedPassage],
    count: CountTokens,
    budget_tokens: int,
) -> PackedPrompt:
    """The prompt for a question; passages that do not fit are left out whole, from the last.

    Args:
        retrieved: best first, at least one.
        budget_tokens: for the whole prompt.

    Raises:
        PromptTooLongError: the first passage does not fit.
    """
    system = Message("system", load_prompt("answer_system").render(refusal=REFUSAL))
    bare = _question_message(question, ())
    fixed = _cost((system, bare), count)
    first = _passage_text(1, retrieved[0])
    room_beside_first = budget_tokens - fixed - count(first) - TOKENS_BETWEEN_PASSAGES
    if room_beside_first < 0:
        raise PromptTooLongError(
            f"a prompt with one passage takes {budget_tokens - room_beside_first} tokens "
            f"of the {budget_tokens} that are allowed",
            "Raise FOOTNOTE_BUDGET_TOKENS.",
        )
    history = _history(
        question.conversation.turns, count, min(budget_tokens // HISTORY_SHARE, room_beside_first)
    )
    spent = fixed + _cost(history, count)
    texts = _fitting_texts(retrieved, count, budget_tokens - spent)
    messages = (system, *history, _question_message(question, texts))
    return PackedPrompt(
        messages=messages,
        passages=tuple(retrieved[: len(texts)]),
        tokens=_cost(messages, count),
        notices=_left_out(len(retrieved), len(texts), budget_tokens),
    )


def _fitting_texts(
    retrieved: Sequence[RetrievedPassage], count: CountTokens, room_tokens: int
) -> tuple[str, ...]:
    texts = [_passage_text(number, passage) for number, passage in enumerate(retrieved, start=1)]
    totals = accumulate(count(text) + TOKENS_BETWEEN_PASSAGES for text in texts)
    fitting = sum(1 for _ in takewhile(lambda total: total <= room_tokens, totals))
    return tuple(texts[:fitting])


def _history(turns: Sequence[Turn], count: CountTokens, room_tokens: int) -> tuple[Message, ...]:
    """The latest turns that fit, oldest first; a turn is kept whole or left out with all before it."""
    newest_first = [_turn_messages(turn) for turn in reversed(turns) if turn.answer_text.strip()]
    totals = accumulate(_cost(messages, count) for messages in newest_first)
    fitting = sum(1 for _ in takewhile(lambda total: total <= room_tokens, totals))
    return tuple(message for messages in reversed(newest_first[:fitting]) for message in messages)


def _turn_messages(turn: Turn) -> tuple[Message, Message]:
    return Message("user", as_data(turn.question)), Message("assistant", as_data(turn.answer_text))


def _passage_text(number: int, retrieved: RetrievedPassage) -> str:
    head = retrieved.article
    return load_prompt("answer_passage").render(
        number=str(number),
        title=as_line(head.title),
        publisher=as_line(head.publisher or "not stated"),
        published=moment_text(head.published_at) or "not stated",
        text=as_data(retrieved.passage.text),
    )


def _question_message(question: UnderstoodQuestion, passages: Sequence[str]) -> Message:
    text = load_prompt("answer_question").render(
        passages="\n\n".join(passages),
        question=as_data(question.text),
        today=question.as_of.isoformat(),
        refusal=REFUSAL,
    )
    return Message("user", text)


def _cost(messages: Sequence[Message], count: CountTokens) -> int:
    return sum(count(message.text) + TOKENS_AROUND_MESSAGE for message in messages)


def _left_out(retrieved: int, packed: int, budget_tokens: int) -> tuple[str, ...]:
    if packed == retrieved:
        return ()
    return (
        f"{retrieved - packed} of {retrieved} passages did not fit the prompt's budget of {budget_tokens} "
        "tokens and were not given to the model.",
    )

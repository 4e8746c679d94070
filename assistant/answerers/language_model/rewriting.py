"""`QuestionRewriter`: a language model makes a question of a conversation stand alone."""

from contextlib import closing
from typing import TYPE_CHECKING, Self

from assistant.answerers.language_model.chat import ChatModel, Deadline, Ending, Message
from assistant.answerers.language_model.fencing import as_data
from assistant.conversation import Conversation
from assistant.errors import ModelError
from assistant.siblings import load_prompt

if TYPE_CHECKING:
    from assistant.settings import Settings

TURNS_SHOWN = 6
TURN_CHARACTERS = 600
LONGEST_QUESTION_CHARACTERS = 500
MOST_SECONDS = 15.0
"""A question that takes longer to rewrite is read without the model."""


class QuestionRewriter:
    """Rewrites questions with a chat model.

    Args:
        model: writes the questions.
        timeout_seconds: for one question, repeated calls included.
    """

    def __init__(self, model: ChatModel, *, timeout_seconds: float) -> None:
        self._model = model
        self._timeout_seconds = min(timeout_seconds, MOST_SECONDS)

    @classmethod
    def from_settings(cls, settings: "Settings") -> Self:
        """The rewriter for the model that the settings name. Makes no call.

        Raises:
            UsageError: the model's name, address or key cannot be used.
            OptionalDependencyError: the provider's package is not installed.
        """
        from assistant.answerers.language_model.opening import open_chat_model

        return cls(open_chat_model(settings), timeout_seconds=settings.timeout_seconds)

    def rewrite(self, question: str, conversation: Conversation) -> str:
        """The question as it would be asked without the conversation, on one line.

        Raises:
            ModelError: the model failed, or wrote anything but one question.
        """
        prompt = load_prompt("rewrite_question").render(
            conversation=_conversation_text(conversation), question=as_data(question)
        )
        written = self._written(Message("user", prompt)).strip().strip('"“”')
        if not written or "\n" in written or len(written) > LONGEST_QUESTION_CHARACTERS:
            raise ModelError(f"{self._model.name} wrote no single question", output=written)
        return written

    def _written(self, message: Message) -> str:
        text = ""
        with closing(self._model.stream((message,), Deadline.after(self._timeout_seconds))) as pieces:
            for piece in pieces:
                if isinstance(piece, Ending):
                    break
                text += piece
                if len(text) > LONGEST_QUESTION_CHARACTERS + 1:
                    break
        return text


def _conversation_text(conversation: Conversation) -> str:
    turns = conversation.turns[-TURNS_SHOWN:]
    parts = (f"Question: {_short(turn.question)}\nAnswer: {_short(turn.answer_text)}" for turn in turns)
    return "\n\n".join(parts)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return as_data(flat if len(flat) <= TURN_CHARACTERS else flat[:TURN_CHARACTERS].rsplit(" ", 1)[0] + " …")

"""Understanding a question whose conversation a language model has read first."""

from dataclasses import replace
from datetime import date
from typing import Protocol

from assistant.answerers.base import UnderstoodQuestion
from assistant.conversation import Conversation
from assistant.errors import ModelError
from assistant.understanding.checking import checked_question
from assistant.understanding.understand import Similarities, changes_subject, understand
from assistant.understanding.words import words_of
from vectorstore.query import Filters


class Rewriter(Protocol):
    """Makes a question of a conversation stand alone."""

    def rewrite(self, question: str, conversation: Conversation) -> str:
        """The question as it would be asked without the conversation.

        Raises:
            ModelError: it could not be rewritten.
        """
        ...


def understand_with(
    rewriter: Rewriter | None,
    asked: str,
    conversation: Conversation,
    filters: Filters,
    as_of: date,
    similarities: Similarities,
) -> UnderstoodQuestion:
    """Read a question as `understand` does, rewritten first where there is a rewriter and a conversation.

    A question that stands alone and changes the subject is not put to the rewriter. Where the rewriter fails,
    the question is read without it, which the understanding says.
    """
    if rewriter is None or not conversation:
        return understand(asked, conversation, filters, as_of, similarities)
    question = checked_question(asked)
    if changes_subject(question, conversation, similarities):
        return understand(asked, conversation, filters, as_of, similarities)
    try:
        rewritten = checked_question(rewriter.rewrite(question, conversation))
    except ModelError as error:
        plain = understand(asked, conversation, filters, as_of, similarities)
        failed = f"The model could not rewrite the question ({error.message})."
        return replace(plain, understood=f"{failed} {plain.understood}".strip())
    understood = understand(rewritten, Conversation(), filters, as_of)
    carried = _added_words(question, rewritten)
    said = f"Understood as: {rewritten} {understood.understood}".strip() if carried else understood.understood
    return replace(understood, asked=asked, conversation=conversation, carried=carried, understood=said)


def _added_words(question: str, rewritten: str) -> tuple[str, ...]:
    """The words of the rewritten question that the question lacks; none where it was left alone."""
    own = {word.key for word in words_of(question)}
    added = (word.surface for word in words_of(rewritten) if word.key not in own)
    return tuple(dict.fromkeys(added)) or ((rewritten,) if rewritten != question else ())

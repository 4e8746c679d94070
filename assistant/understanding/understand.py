"""The one step from what a person wrote to an `UnderstoodQuestion`."""

from datetime import date

from assistant.answerers.base import UnderstoodQuestion
from assistant.conversation import Conversation
from assistant.understanding.checking import checked_question
from vectorstore.query import Filters


def understand(asked: str, conversation: Conversation, filters: Filters, as_of: date) -> UnderstoodQuestion:
    """Read a question in the light of its conversation and of the day it is asked on.

    Raises:
        EmptyQuestionError, QuestionTooLongError: it cannot be answered whatever the articles say.
    """
    text = checked_question(asked)
    return UnderstoodQuestion(asked=asked, text=text, as_of=as_of, filters=filters, conversation=conversation)

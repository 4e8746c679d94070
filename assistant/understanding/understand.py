"""The one step from what a person wrote to an `UnderstoodQuestion`."""

from collections.abc import Iterator
from datetime import date

from assistant.answerers.base import Period, UnderstoodQuestion
from assistant.conversation import Conversation
from assistant.understanding.checking import checked_question
from assistant.understanding.dates import describe_period, find_period
from assistant.understanding.follow_ups import FollowUp, resolve
from vectorstore.query import Filters


def understand(asked: str, conversation: Conversation, filters: Filters, as_of: date) -> UnderstoodQuestion:
    """Read a question in the light of its conversation and of the day it is asked on.

    Raises:
        EmptyQuestionError, QuestionTooLongError: it cannot be answered whatever the articles say.
    """
    followed = resolve(checked_question(asked), conversation)
    period = find_period(followed.text, as_of)
    return UnderstoodQuestion(
        asked=asked,
        text=followed.text,
        as_of=as_of,
        filters=filters,
        period=period,
        carried=followed.carried,
        understood=" ".join(_read_into(followed, period)),
    )


def _read_into(followed: FollowUp, period: Period | None) -> Iterator[str]:
    """One sentence for each thing that the question does not say itself."""
    if followed.carried:
        yield f"Understood as: {followed.text}"
    if period is not None and describe_period(period) not in period.words:
        yield f"“{period.words}” is read as {describe_period(period)}."

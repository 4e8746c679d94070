"""The one step from what a person wrote to an `UnderstoodQuestion`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.answerers.base import Computation, Period, UnderstoodQuestion
from assistant.conversation import Conversation
from assistant.understanding.checking import checked_question
from assistant.understanding.computing import find_computation, is_pointing
from assistant.understanding.dates import describe_period, find_period
from assistant.understanding.follow_ups import FollowUp, resolve
from vectorstore.query import Filters


def understand(asked: str, conversation: Conversation, filters: Filters, as_of: date) -> UnderstoodQuestion:
    """Read a question in the light of its conversation and of the day it is asked on.

    Raises:
        EmptyQuestionError, QuestionTooLongError: it cannot be answered whatever the articles say.
    """
    question = checked_question(asked)
    followed = resolve(question, conversation)
    period = find_period(followed.text, as_of)
    computation = _computation(question, followed, period)
    if computation is not None and not is_pointing(computation.topic):
        followed = FollowUp(question)
    return UnderstoodQuestion(
        asked=asked,
        text=followed.text,
        as_of=as_of,
        filters=filters,
        period=period,
        carried=followed.carried,
        understood=" ".join(_read_into(followed, period, computation)),
        conversation=conversation,
        computation=computation,
    )


def _computation(question: str, followed: FollowUp, period: Period | None) -> Computation | None:
    """What is to be computed: without the words of the period, and with what "it" stands for."""
    found = find_computation(question)
    if found is None:
        return None
    if is_pointing(found.topic) and followed.carried:
        return replace(found, topic=" ".join(followed.carried))
    topic = found.topic.replace(period.words, " ") if period else found.topic
    return replace(found, topic=" ".join(topic.split()).strip(" ,;") or found.topic)


def _read_into(followed: FollowUp, period: Period | None, computation: Computation | None) -> Iterator[str]:
    """One sentence for each thing that the question does not say itself."""
    if followed.carried:
        yield f"Understood as: {followed.text}"
    if period is not None and describe_period(period) not in period.words:
        yield f"“{period.words}” is read as {describe_period(period)}."
    if computation is not None:
        yield "Looked up in the whole index."

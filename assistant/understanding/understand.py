"""The one step from what a person wrote to an `UnderstoodQuestion`."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answerers.base import Computation, Period, UnderstoodQuestion
from assistant.conversation import Conversation
from assistant.understanding.checking import checked_question
from assistant.understanding.computing import find_computation, is_pointing
from assistant.understanding.context import context_of, texts_to_compare, words_as_written
from assistant.understanding.dates import (
    describe_period,
    find_period,
    names_past_year,
    stated_day,
    without_stated_day,
)
from assistant.understanding.follow_ups import FollowUp, leans, resolve
from assistant.understanding.question import analyse
from assistant.understanding.requests import as_question
from assistant.understanding.standing import stands_alone
from vectorstore.query import Context, Filters

WORDS_SHOWN = 5
"""Of the words that a search takes over from the conversation."""

Similarities = Callable[[str, Sequence[str]], Sequence[float]]
"""The cosine of a text with each of the others."""


def understand(
    asked: str,
    conversation: Conversation,
    filters: Filters,
    as_of: date,
    similarities: Similarities | None = None,
) -> UnderstoodQuestion:
    """Read a question in the light of its conversation and of the day it is asked on.

    Args:
        asked: as it was written.
        conversation: the turns before it.
        filters: conditions on the articles.
        as_of: the day that counts as today.
        similarities: tells whether the subject has changed; None where only a question's words can tell.

    Raises:
        EmptyQuestionError, QuestionTooLongError: it cannot be answered whatever the articles say.
    """
    question = checked_question(asked)
    if find_computation(question) is None:
        question = as_question(question)
    followed = resolve(question, conversation)
    stated = stated_day(followed.text, as_of)
    if stated is not None:
        question = without_stated_day(question)
        followed = replace(followed, text=without_stated_day(followed.text))
    as_of, filters = stated or as_of, filters.known_on(stated)
    period = None if stated else find_period(followed.text, as_of)
    computation = _computation(question, followed, period)
    if computation is not None and not is_pointing(computation.topic):
        followed = FollowUp(question)
    context = None if computation else _context(question, followed, conversation, similarities)
    return UnderstoodQuestion(
        asked=asked,
        text=followed.text,
        as_of=as_of,
        asked_on=stated,
        is_about_past=names_past_year(followed.text, as_of),
        filters=filters,
        period=period,
        carried=followed.carried,
        understood=" ".join(_read_into(followed, period, computation, context, stated, conversation)),
        conversation=conversation,
        computation=computation,
        context=context,
    )


def _context(
    question: str, followed: FollowUp, conversation: Conversation, similarities: Similarities | None
) -> Context | None:
    """What was said before, for a question that leans on it or stays with its subject."""
    if not conversation or followed.is_complete:
        return None
    return (
        None if changes_subject(question, conversation, similarities) else context_of(question, conversation)
    )


def changes_subject(question: str, conversation: Conversation, similarities: Similarities | None) -> bool:
    """Whether a question is about something else than the turns before it, of which there is at least one.

    Without similarities every question is that does not lean on the turns by its words.
    """
    profile = analyse(question)
    if leans(profile):
        return False
    near = similarities(question, texts_to_compare(conversation)) if similarities else ()
    return not near or stands_alone(profile, conversation, max(near))


def _computation(question: str, followed: FollowUp, period: Period | None) -> Computation | None:
    """What is to be computed: without the words of the period, and with what "it" stands for."""
    found = find_computation(question)
    if found is None:
        return None
    if is_pointing(found.topic) and followed.carried:
        return replace(found, topic=" ".join(followed.carried))
    topic = found.topic.replace(period.words, " ") if period else found.topic
    return replace(found, topic=" ".join(topic.split()).strip(" ,;") or found.topic)


def _read_into(
    followed: FollowUp,
    period: Period | None,
    computation: Computation | None,
    context: Context | None,
    stated: date | None,
    conversation: Conversation,
) -> Iterator[str]:
    """One sentence for each thing that the question does not say itself."""
    if followed.carried:
        yield f"Understood as: {followed.text}"
    elif context is not None:
        words = ", ".join(words_as_written(context, conversation, WORDS_SHOWN))
        yield f"Read with what was said before{f' ({words})' if words else ''}."
    if period is not None and describe_period(period) not in period.words:
        yield f"“{period.words}” is read as {describe_period(period)}."
    if stated is not None:
        yield f"Answered as of {stated.isoformat()}: later articles are left out."
    if computation is not None:
        yield "Looked up in the whole index."

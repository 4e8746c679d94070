"""The answers to the two questions of one sentence, joined into one."""

from dataclasses import replace
from itertools import islice

from assistant.answer import Status
from assistant.answerers.base import Draft, DraftSentence

MOST_SENTENCES = 3
MOST_OF_THE_FIRST = 2
"""Sentences that answer the first question, where the second has an answer of its own."""

SECOND_UNANSWERED = "Whether this answers the second question too is not sure: {second}"


def joined(first: Draft, second: Draft, second_question: str) -> Draft:
    """Both answers as one, as sure as the less sure; the first, with a notice, where the second declines.

    Args:
        first: the answer to the first question, not declined.
        second: the answer to the second.
        second_question: as it was asked.
    """
    if second.status == "declined":
        return replace(first, notices=(*first.notices, SECOND_UNANSWERED.format(second=second_question)))
    told = {_place(sentence) for sentence in first.sentences}
    further = [sentence for sentence in second.sentences if _place(sentence) not in told]
    leading = first.sentences[:MOST_OF_THE_FIRST] if further else first.sentences
    status: Status = "answered" if first.status == second.status == "answered" else "tentative"
    return replace(
        first,
        status=status,
        confidence=min(first.confidence, second.confidence),
        reason=first.reason or second.reason,
        sentences=tuple(islice((*leading, *further), MOST_SENTENCES)),
        notices=tuple(dict.fromkeys((*first.notices, *second.notices))),
        order=tuple(dict.fromkeys((*first.order, *second.order))),
    )


def _place(sentence: DraftSentence) -> tuple[str, int, int]:
    quote = sentence.quotes[0]
    return quote.passage.article.id, quote.start, quote.end

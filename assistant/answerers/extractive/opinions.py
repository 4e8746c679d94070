"""What the reader thinks of one sentence: how far it answers, and with which words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.reader import PassageReading, ReadSpan
from assistant.answerers.extractive.spans import AnswerSpan
from assistant.understanding.question import AnswerKind

LOGIT_SCALE = 8.0
"""Logits are divided by this and cut to -1..1."""

LEAST_SPAN_SCORE = 0.0
"""A span that the reader prefers to no answer at all."""

READ_KINDS = frozenset(
    {
        AnswerKind.NAME,
        AnswerKind.PERSON,
        AnswerKind.PLACE,
        AnswerKind.NAMED_PLACE,
        AnswerKind.DEFINITION,
        AnswerKind.STATEMENT,
    }
)
"""Kinds of question whose answers no pattern knows as well as the reader does."""


class Opinion(NamedTuple):
    """The reader's view of a sentence; all but `best` lie in -1..1, 0 where nothing was read.

    Attributes:
        best: its best span, offsets into the sentence's text.
    """

    evidence: float = 0.0
    span: float = 0.0
    answers: float = 0.0
    best: ReadSpan | None = None


NO_OPINION = Opinion()


def opinion_of(candidate: Candidate, readings: Mapping[str, PassageReading]) -> Opinion:
    """What the reading of a candidate's passage says of it."""
    passage = candidate.retrieved.passage
    reading = readings.get(passage.id)
    if reading is None:
        return NO_OPINION
    start, end = candidate.start - passage.start, candidate.end - passage.start
    best = reading.best_span(start, end)
    if best is None:
        return NO_OPINION
    inside = ReadSpan(max(0, best.start - start), min(best.end, end) - start, best.score)
    return Opinion(
        scaled(reading.evidence_of(start, end)), scaled(best.score), scaled(reading.answers), inside
    )


def scaled(logit: float) -> float:
    """A logit on the scale of the other features, -1 to 1."""
    return max(-1.0, min(1.0, logit / LOGIT_SCALE))


def with_read_span(
    kind: AnswerKind, candidate: Candidate, spans: Sequence[AnswerSpan], opinion: Opinion
) -> Sequence[AnswerSpan]:
    """The spans of a sentence, with the reader's own where patterns know less than it does."""
    best = opinion.best
    if kind not in READ_KINDS or best is None or best.score < LEAST_SPAN_SCORE or best.end <= best.start:
        return spans
    inside = [word.key for word in candidate.words if best.start <= word.start < best.end and word.key]
    if not inside:
        return spans
    same = [span for span in spans if span.start < best.end and best.start < span.end]
    strength = max([1.0, *(span.strength for span in same)])
    return [
        AnswerSpan(best.start, best.end, inside[-1], strength),
        *(span for span in spans if span not in same),
    ]

"""What the reader thinks of one sentence: how far it answers, and with which words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.reader import PassageReading, ReadSpan
from assistant.answerers.extractive.spans import NOBODY, OFFICES, AnswerSpan, follows_an_office
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import VALUE_KINDS, AnswerKind
from assistant.understanding.words import fold

LOGIT_SCALE = 8.0
"""Logits are divided by this and cut to -1..1."""

LEAST_SPAN_SCORE = 0.0
"""A span that the reader prefers to no answer at all."""

SEEN_KINDS = VALUE_KINDS | {AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.NAMED_PLACE}
"""Kinds of question whose answer is a name, a figure or a date that the patterns see too, if not with its
borders: "15 to 20 kilograms"."""

LEAST_UNSEEN_SCORE = 4.0
"""A span that the reader is so sure of that no pattern need see it: "twice", "the council"."""

_BARE_FIGURES = {
    AnswerKind.MONEY: re.compile(r"\W*\d[\d,.]*\W*"),
    AnswerKind.PERCENT: re.compile(r"\W*\d[\d,.]*\W*"),
    AnswerKind.TIME: re.compile(r"\W*\d{1,2}\W*"),
}
"""Figures by themselves: the patterns would have seen them if they were a sum, a share or a day."""

MOST_LONGER = 25
"""So many characters more than the figures and dates in it a span of the reader's may have: "ten times its
weight", but not "May 7, 2023, to open the port"."""

_NAME_WORDS = 2
"""So many words after an office hold the name: "Minister Rasmus Feld"."""

READ_KINDS = SEEN_KINDS | {AnswerKind.NAME, AnswerKind.DEFINITION, AnswerKind.STATEMENT}
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


def opinion_of(candidate: Candidate, readings: Mapping[str, PassageReading], skipped: int = 0) -> Opinion:
    """What the reading of a candidate's passage says of it.

    Args:
        candidate: the sentence.
        readings: by passage id.
        skipped: so many of its first characters hold no answer, being a dateline.
    """
    passage = candidate.retrieved.passage
    reading = readings.get(passage.id)
    if reading is None:
        return NO_OPINION
    start, end = candidate.start - passage.start, candidate.end - passage.start
    best = reading.best_span(start + skipped, end)
    if best is None:
        return NO_OPINION
    inside = ReadSpan(max(0, best.start - start), min(best.end, end) - start, best.score)
    span = scaled(best.score) if reading.knows_spans else 0.0
    return Opinion(scaled(reading.evidence_of(start, end)), span, scaled(reading.answers), inside)


def scaled(logit: float) -> float:
    """A logit on the scale of the other features, -1 to 1."""
    return max(-1.0, min(1.0, logit / LOGIT_SCALE))


def with_read_spans(
    kind: AnswerKind,
    candidate: Candidate,
    spans: Sequence[AnswerSpan],
    opinion: Opinion,
    readings: Mapping[str, PassageReading],
    asked: frozenset[str] = frozenset(),
) -> list[AnswerSpan]:
    """The spans of a sentence, each with the reader's view of it, and the reader's own where it knows more.

    A span of the reader's takes the place of those that it overlaps. Of names, figures and dates the patterns
    must see a part, unless the reader is sure of it; where the name of a thing is asked for, the end of
    one is not cut off ("Resolution 2375").
    Words of the question alone (`asked`, their keys) answer nothing.
    """
    scored = [replace(span, read=_read(candidate, span.start, span.end, readings)) for span in spans]
    best = opinion.best
    if kind not in READ_KINDS or best is None or best.score < LEAST_SPAN_SCORE or best.end <= best.start:
        return scored
    inside = [word for word in candidate.words if best.start <= word.start < best.end and word.key]
    same = [span for span in scored if span.start < best.end and best.start < span.end]
    if kind is AnswerKind.PERSON and _is_the_one_asked_about(candidate, best, asked):
        return scored
    if not {word.key for word in inside} - asked or (not same and not _may_be_unseen(kind, candidate, best)):
        return scored
    if kind in VALUE_KINDS and same and best.end - best.start > _seen(same) + MOST_LONGER:
        return scored
    strength = max((span.strength for span in same), default=1.0)
    start = _start_of_name(candidate, best, same) if kind is AnswerKind.NAME else best.start
    key = _strongest(same).key if kind in VALUE_KINDS and same else inside[-1].key
    is_seen = bool(same) or kind not in SEEN_KINDS
    own = AnswerSpan(start, best.end, key, strength, read=scaled(best.score), is_seen=is_seen)
    return [own, *(span for span in scored if span not in same)]


def _is_the_one_asked_about(candidate: Candidate, best: ReadSpan, asked: frozenset[str]) -> bool:
    """Whether a name ends in one of the question's, or is an office right before one.

    Rasmus Feld is not Feld's predecessor, and "Minister" of "Minister Feld" did not succeed him.
    """
    inside = [word for word in candidate.words if best.start <= word.start < best.end]
    following = [word for word in candidate.words if word.start >= best.end][:_NAME_WORDS]
    told = inside[-1:]
    holds_office = any(fold(word.surface) in OFFICES for word in inside)
    if holds_office and following and candidate.text[best.end : following[0].start] == " ":
        told = [*told, *following]
    return any(word.is_capitalised and word.key in asked for word in told)


def _may_be_unseen(kind: AnswerKind, candidate: Candidate, best: ReadSpan) -> bool:
    if kind not in SEEN_KINDS:
        return True
    whose = kind is AnswerKind.PLACE and follows_an_office(candidate.words, best.start)
    figure = _BARE_FIGURES.get(kind)
    bare = figure is not None and figure.fullmatch(candidate.text, best.start, best.end) is not None
    words = [word for word in candidate.words if best.start <= word.start < best.end]
    nobody = kind is AnswerKind.PERSON and all(fold(word.surface) in NOBODY for word in words)
    return best.score >= LEAST_UNSEEN_SCORE and not (whose or bare or nobody)


def _seen(spans: Sequence[AnswerSpan]) -> int:
    return sum(span.end - span.start for span in spans)


def _strongest(spans: Sequence[AnswerSpan]) -> AnswerSpan:
    return max(spans, key=lambda span: span.strength)


def _start_of_name(candidate: Candidate, best: ReadSpan, same: Sequence[AnswerSpan]) -> int:
    """Where a name begins whose end the reader found; the place that opens it may be left out."""
    name = next((span for span in same if span.start < best.start and span.end == best.end), None)
    if name is None:
        return best.start
    inside = [word for word in candidate.words if name.start <= word.start < best.start]
    return next((word.start for word in inside if word.key not in PLACE_KEYS), best.start)


def _read(candidate: Candidate, start: int, end: int, readings: Mapping[str, PassageReading]) -> float:
    passage = candidate.retrieved.passage
    reading = readings.get(passage.id)
    shift = candidate.start - passage.start
    if reading is None or not reading.knows_spans:
        return 0.0
    return scaled(reading.span_score(start + shift, end + shift))

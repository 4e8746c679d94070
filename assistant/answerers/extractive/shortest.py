"""The short answer: which of a sentence's spans answers the question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answerers.extractive.candidates import Candidate
from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.fates import of_the_fate
from assistant.answerers.extractive.spans import AnswerSpan
from assistant.understanding.question import FIGURE_KINDS, AnswerKind, QuestionProfile
from assistant.understanding.tallies import (
    asks_for_a_tally,
    asks_for_the_lesser,
    second_figures,
    tallies_in,
)

MOST_SPAN_CHARACTERS = 200
STRENGTH = 0.8
"""How much a span's strength counts against its nearness to the question's words."""

READ = 1.5
"""How much the reader's view of a span, from -1 to 1, counts."""

_LIST_LINKS = frozenset({", ", " and ", ", and ", " or "})
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ('"', '"'))
_FAR_CHARACTERS = 120
_BESIDE = 3


def short_answer(
    profile: QuestionProfile,
    candidate: Candidate,
    spans: Sequence[AnswerSpan],
    weights: Mapping[str, float],
    votes: Mapping[str, float],
) -> AnswerSpan | None:
    """The span of a sentence that answers, None where the kind of question has none.

    Args:
        profile: the question.
        candidate: the sentence.
        spans: its spans of the kind asked for.
        weights: inverse document frequency by the question's keys.
        votes: by span key, how far other good sentences hold the same, 0 to 1.
    """
    asks_for_both = profile.kind in FIGURE_KINDS and asks_for_a_tally(profile.text)
    if not spans:
        return _first_tally(candidate.text) if asks_for_both else None
    if profile.kind in FIGURE_KINDS and asks_for_the_lesser(profile.text):
        lesser = second_figures(candidate.text)
        if lesser:
            return _span_at(candidate.text, *lesser[0])
    befallen = None
    if profile.kind in FIGURE_KINDS:
        befallen = of_the_fate(profile.keys, candidate.text, candidate.words, spans)
    best = befallen or max(spans, key=lambda span: _fit(profile, candidate, span, weights, votes))
    if asks_for_both:
        return _whole_tally(candidate.text, best)
    whole = _with_its_list(candidate.text, best, spans) if profile.asks_for_several else best
    return _usable(_closed(candidate.text, whole))


def _whole_tally(text: str, span: AnswerSpan) -> AnswerSpan:
    """The result of two figures that a figure is part of; the figure itself where it is part of none."""
    around = [(start, end) for start, end in tallies_in(text) if start <= span.start and span.end <= end]
    return next((replace(span, start=start, end=end) for start, end in around), span)


def _first_tally(text: str) -> AnswerSpan | None:
    return next((_span_at(text, *place) for place in tallies_in(text)), None)


def _span_at(text: str, start: int, end: int) -> AnswerSpan:
    return AnswerSpan(start, end, text[start:end])


def _with_its_list(text: str, span: AnswerSpan, spans: Sequence[AnswerSpan]) -> AnswerSpan:
    """The whole list that a span stands in: "Odesa, Chornomorsk and Yuzhny"."""
    start, end = span.start, span.end
    for other in sorted(spans, key=lambda other: other.start):
        if other.start >= end and text[end : other.start] in _LIST_LINKS:
            end = other.end
    for other in sorted(spans, key=lambda other: -other.end):
        if other.end <= start and text[other.end : start] in _LIST_LINKS:
            start = other.start
    return replace(span, start=start, end=end, key=text[start:end].casefold())


def _closed(text: str, span: AnswerSpan) -> AnswerSpan:
    """A span with the bracket or quotation mark that closes one of its own; without one that stays open."""
    start, end = span.start, span.end
    for opening, closing in _PAIRS:
        inside = text[start:end]
        is_open = (
            inside.count(opening) % 2 if opening == closing else inside.count(opening) > inside.count(closing)
        )
        if not is_open:
            continue
        if text[end : end + 1] == closing:
            end += 1
        elif inside.rfind(opening) > 0:
            end = start + len(inside[: inside.rfind(opening)].rstrip())
    return span if end == span.end else replace(span, end=end)


def _usable(span: AnswerSpan) -> AnswerSpan | None:
    return span if span.end - span.start <= MOST_SPAN_CHARACTERS else None


def _fit(
    profile: QuestionProfile,
    candidate: Candidate,
    span: AnswerSpan,
    weights: Mapping[str, float],
    votes: Mapping[str, float],
) -> float:
    """How near the span stands to the question's words, with what it counts, and how often it is found."""
    near = nearness(candidate, span, weights)
    counted = profile.kind in FIGURE_KINDS and _counts_the_focus(profile, candidate, span)
    acts = profile.kind is AnswerKind.PERSON and _acts(candidate, span, weights)
    named = profile.kind is AnswerKind.NAME and is_of_the_focus(profile, candidate, span)
    told = 0.5 * (votes.get(span.key, 0.0) + counted + acts + named)
    return near + told + STRENGTH * span.strength + READ * span.read


def nearness(candidate: Candidate, span: AnswerSpan, weights: Mapping[str, float]) -> float:
    """Share of the question's weight, each word less the further from the span it stands; 0 to 1."""
    total = sum(weights.values()) or 1.0
    near = 0.0
    for key, weight in weights.items():
        distances = [_distance(span, word.start, word.end) for word in candidate.words if word.key == key]
        if distances:
            near += weight / total * max(0.0, 1 - min(distances) / _FAR_CHARACTERS)
    return near


def _distance(span: AnswerSpan, start: int, end: int) -> int:
    return max(0, start - span.end, span.start - end)


def _acts(candidate: Candidate, span: AnswerSpan, weights: Mapping[str, float]) -> bool:
    """Whether a deed asked about stands right at the name: "Argentina won", "written by Khanna"."""
    before = [word for word in candidate.words if word.end <= span.start][-2:]
    if len(before) == 2 and before[1].surface == "by" and before[0].key in weights:
        return True
    following = next((word for word in candidate.words if word.start >= span.end), None)
    return following is not None and following.key in weights and not following.is_capitalised


def _counts_the_focus(profile: QuestionProfile, candidate: Candidate, span: AnswerSpan) -> bool:
    """Whether what the question counts ("how many people") follows the figure within three words."""
    counted = profile.focus or profile.keys[:1]
    following = [word.key for word in candidate.words if word.start >= span.end][:3]
    return any(key in following for key in counted)


def is_of_the_focus(profile: QuestionProfile, candidate: Candidate, span: AnswerSpan) -> bool:
    """Whether a name has the noun that is asked for in it or right beside it: "the group Hezbollah"."""
    before = [word.key for word in candidate.words if word.end <= span.start][-_BESIDE:]
    after = [word.key for word in candidate.words if word.start >= span.end][:_BESIDE]
    inside = [word.key for word in candidate.words if span.start <= word.start < span.end]
    return any(is_met(key, frozenset((*before[-1:], *inside, *after))) for key in profile.focus)

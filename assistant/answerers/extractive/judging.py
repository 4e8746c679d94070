"""Whether the evidence carries an answer: answered, tentative, or declined and why."""

from dataclasses import dataclass

from assistant.answer import Status
from assistant.answerers.extractive.coefficients import ANSWERED_FROM, TENTATIVE_FROM
from assistant.answerers.extractive.confidence import (
    confidence,
    evidence_features,
    unmet_names,
    unmet_numbers,
)
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.question import FIGURE_KINDS, AnswerKind

UNMET_CONFIDENCE = 0.2
"""The most confidence where a number or name of the question is nowhere in the passage."""

DOUBT_FACTOR = 0.6
"""What is left of the confidence where a near miss is likely."""

NEAR_MISS = "The articles say something near this, perhaps not the answer."

_VALUED = FIGURE_KINDS | {AnswerKind.REASON, AnswerKind.TIME, AnswerKind.DURATION}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be thought of an answer.

    Attributes:
        confidence: from 0 to 1.
        reason: why the status is not "answered", "" otherwise.
    """

    status: Status
    confidence: float
    reason: str = ""


def judge(reading: Reading, best: RankedCandidate) -> Judgement:
    """Judge the evidence for an answer whose first sentence is `best`."""
    estimate = confidence(evidence_features(reading, best))
    missing = unmet(reading, best)
    if missing:
        reason = f"The passages that come nearest do not speak of {', '.join(missing)}"
        return Judgement("declined", min(estimate, UNMET_CONFIDENCE), reason)
    doubt = doubt_about(reading, best)
    estimate *= DOUBT_FACTOR if doubt else 1.0
    if estimate >= ANSWERED_FROM:
        return Judgement("answered", estimate)
    if estimate >= TENTATIVE_FROM:
        return Judgement("tentative", estimate, doubt or NEAR_MISS)
    return Judgement("declined", estimate, _weakness(reading, best))


def unmet(reading: Reading, best: RankedCandidate) -> tuple[str, ...]:
    """What alone is enough to decline: a number that the evidence lacks, or all of the question's names."""
    numbers, names = unmet_numbers(reading, best), unmet_names(reading, best)
    without_any_name = names if len(names) == len(reading.profile.names) else ()
    return tuple(dict.fromkeys((*without_any_name, *numbers)))


def doubt_about(reading: Reading, best: RankedCandidate) -> str:
    """What makes a near miss likely: no value of the kind asked for, or a name that it does not speak of."""
    kind = reading.profile.kind
    if kind in _VALUED and not best.spans:
        return f"The nearest sentence states no {kind}."
    if best.features.names > 0:
        return "The nearest sentence does not speak of everything that the question names."
    return ""


def _weakness(reading: Reading, best: RankedCandidate) -> str:
    """What the nearest sentence lacks, in words."""
    candidate = best.candidate
    shown = candidate.keys | reading.pool.title_keys[candidate.article_id]
    lacking = [
        word.surface
        for word in reading.profile.words
        if word.key in reading.weights and word.key not in shown
    ]
    nothing = "No sentence in the articles answers this"
    return (
        f"{nothing}; the nearest says nothing of {', '.join(dict.fromkeys(lacking))}" if lacking else nothing
    )

"""Whether the evidence carries an answer: answered, tentative, or declined and why."""

from dataclasses import dataclass

from assistant.answer import Status
from assistant.answerers.extractive.confidence import (
    calibration_of,
    confidence,
    evidence_features,
    shown_keys,
    unmet,
)
from assistant.answerers.extractive.demands import is_of_another_place, meets_demand
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.question import FIGURE_KINDS, AnswerKind

UNMET_CONFIDENCE = 0.2
"""The most confidence where a number or name of the question is nowhere in the passage."""

DOUBT_FACTOR = 0.6
"""What each doubt leaves of the confidence."""

NEAR_MISS = "The articles say something near this, perhaps not the answer."

_PEOPLE = frozenset({"person", "time"})
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
    calibration = calibration_of(reading)
    estimate = confidence(evidence_features(reading, best), calibration)
    missing = unmet(reading, best)
    if missing:
        reason = f"The passages that come nearest do not speak of {', '.join(missing)}"
        return Judgement("declined", min(estimate, UNMET_CONFIDENCE), reason)
    if not meets_demand(reading, best) or is_of_another_place(reading, best):
        return Judgement("declined", min(estimate, UNMET_CONFIDENCE), _weakness(reading, best))
    doubts = doubts_about(reading, best)
    estimate *= DOUBT_FACTOR ** len(doubts)
    if estimate >= calibration.answered_from:
        return Judgement("answered", estimate)
    if estimate >= calibration.tentative_from:
        return Judgement("tentative", estimate, doubts[0] if doubts else NEAR_MISS)
    return Judgement("declined", estimate, _weakness(reading, best))


def doubts_about(reading: Reading, best: RankedCandidate) -> tuple[str, ...]:
    """What makes a near miss likely, each in a sentence."""
    profile, shown = reading.profile, shown_keys(reading, best)
    deeds = set(reading.weights) - {word.key for word in profile.names} - set(profile.numbers)
    doubts = {
        f"The nearest sentence states no {profile.kind}.": profile.kind in _VALUED and not best.spans,
        "The nearest sentence does not speak of everything that the question names.": best.features.names > 0,
        "The nearest sentence names what the question is about, and nothing that it asks.": bool(
            deeds and profile.names and not deeds & shown and (profile.kind in _VALUED or len(deeds) > 1)
        ),
        "The nearest sentence counts something else.": bool(profile.counted - shown - _PEOPLE),
    }
    return tuple(text for text, holds in doubts.items() if holds)


def _weakness(reading: Reading, best: RankedCandidate) -> str:
    """What the nearest sentence lacks, in words."""
    shown = shown_keys(reading, best)
    lacking = [
        word.surface
        for word in reading.profile.words
        if word.key in reading.weights and word.key not in shown
    ]
    nothing = "No sentence in the articles answers this"
    return (
        f"{nothing}; the nearest says nothing of {', '.join(dict.fromkeys(lacking))}" if lacking else nothing
    )

"""Whether the evidence carries an answer: answered, tentative, or declined and why."""

from dataclasses import dataclass

from assistant.answer import Status
from assistant.answerers.extractive.confidence import calibration_of, confidence, evidence_features
from assistant.answerers.extractive.demands import lacks_demand, speaks_of_deeds, states_no_figure
from assistant.answerers.extractive.doubting import doubts_about, shown_keys, unmet
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate

UNMET_CONFIDENCE = 0.2
"""The most confidence where a number or name of the question is nowhere in the passage."""

SURE_WITHOUT_DEMAND = 0.8
"""With a reader, the confidence from which what is asked for need not be met in so many words."""

SURE_WITHOUT_DEED = 0.7
"""The same from which a value may come without the words that ask for it ("besieged" for "attacked"), or a
sentence that states no figure where one is asked for ("a few")."""

NEAR_MISS = "The articles say something near this, perhaps not the answer."


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
        reason = f"The passage that comes nearest does not speak of {', '.join(missing)}"
        return Judgement("declined", min(estimate, UNMET_CONFIDENCE), reason)
    sure = estimate if reading.readings else 0.0
    if lacks_demand(reading, best) and sure < SURE_WITHOUT_DEMAND:
        return Judgement("declined", min(estimate, UNMET_CONFIDENCE), _weakness(reading, best))
    without = not speaks_of_deeds(reading, best) or states_no_figure(reading, best)
    if without and sure < SURE_WITHOUT_DEED:
        return Judgement("declined", min(estimate, UNMET_CONFIDENCE), _weakness(reading, best))
    if estimate >= calibration.answered_from:
        return Judgement("answered", estimate)
    if estimate >= calibration.tentative_from:
        return Judgement("tentative", estimate, next(iter(doubts_about(reading, best)), NEAR_MISS))
    return Judgement("declined", estimate, _weakness(reading, best))


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

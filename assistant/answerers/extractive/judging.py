"""Whether the evidence carries an answer: answered, tentative, or declined and why."""

from dataclasses import dataclass

from assistant.answer import Status
from assistant.answerers.extractive.ages import states_the_age
from assistant.answerers.extractive.confidence import (
    EvidenceFeatures,
    calibration_of,
    confidence,
    evidence_features,
)
from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.demands import (
    speaks_of_deeds,
    states_no_figure,
    states_no_reason,
    states_no_time,
)
from assistant.answerers.extractive.doubting import (
    SURE_WITHOUT_DEMAND,
    doubts_about,
    is_poorly_named,
    said_elsewhere,
    shown_keys,
    unmet,
    unmet_numbers,
)
from assistant.answerers.extractive.mistaking import is_mistaken
from assistant.answerers.extractive.narrowing import NOT_READ, NarrowReading
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.question import may_be_english

UNMET_CONFIDENCE = 0.2
"""The most confidence where a number or name of the question is nowhere in what was read of the article."""

SURE_OF_SPAN = 0.2
"""The reader's view of a sentence's best span from which it may answer "who" without a name."""

UNSTATED_CONFIDENCE = 0.45
"""The most confidence where "when" is asked and the sentence names no time, "why" and nothing leads a reason
in, or "who" and the name is poor."""

LEAST_ANSWERING = 0.0
"""The reader's view of a passage, from -1 to 1, below which it rather sees no answer in it."""

CLEAR_SPAN, CLEARLY_ANSWERING = 0.8, 0.35
"""The reader's views, from -1 to 1, from which an answer is "possibly" one though most words are others."""

LEAST_MET = 0.1
"""The share of the question's weight that passage and headline must have, if several articles were read."""

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


def judge(reading: Reading, best: RankedCandidate, narrow: NarrowReading = NOT_READ) -> Judgement:
    """Judge the evidence for an answer whose first sentence is `best`, read again as `narrow` tells."""
    calibration, features = calibration_of(reading), evidence_features(reading, best, narrow)
    estimate = confidence(features, calibration)
    refused = refusal(reading, best, features, sure=estimate >= calibration.sure_from)
    if refused is not None:
        return Judgement("declined", min(estimate, UNMET_CONFIDENCE), refused)
    estimate = min(estimate, _most_confidence(reading, best, features))
    if _sees_it_clearly(features) or states_the_age(reading, best):
        estimate = max(estimate, calibration.tentative_from)
    if estimate >= calibration.answered_from:
        return Judgement("answered", estimate)
    if estimate >= calibration.tentative_from:
        return Judgement("tentative", estimate, next(iter(doubts_about(reading, best)), NEAR_MISS))
    return Judgement("declined", estimate, _weakness(reading, best))


def refusal(reading: Reading, best: RankedCandidate, features: EvidenceFeatures, *, sure: bool) -> str | None:
    """Why a sentence is not shown whatever else speaks for it; None where no rule forbids it.

    Args:
        reading: what was read.
        best: the sentence.
        features: of the evidence for it.
        sure: whether the confidence is high enough to overrule the rules that only doubt.
    """
    if features.unmet:
        lacking = unmet_numbers(reading, best) if sure else unmet(reading, best)
        if lacking:
            return f"The passage that comes nearest does not speak of {', '.join(lacking)}"
    if _answers_something_else(reading, best, features, sure):
        return _weakness(reading, best)
    elsewhere = said_elsewhere(reading, best) if features.read_answers < SURE_WITHOUT_DEMAND else ()
    if elsewhere:
        return f"The sentence that comes nearest does not speak of {', '.join(elsewhere)}"
    without = not speaks_of_deeds(reading, best) or states_no_figure(reading, best)
    return _weakness(reading, best) if without and not sure else None


def _answers_something_else(
    reading: Reading, best: RankedCandidate, features: EvidenceFeatures, sure: bool
) -> bool:
    """Whether nothing asked is told, what is asked for is lacking, or another question is answered."""
    if _speaks_of_nothing_asked(features, reading):
        return True
    if features.demand_unmet and features.read_answers < SURE_WITHOUT_DEMAND and not sure:
        return True
    return is_mistaken(reading, best, features.read_answers) or _sees_no_answer(
        reading, features.read_answers
    )


def declined_all_the_same(reading: Reading, best: RankedCandidate, judgement: Judgement) -> Judgement:
    """Another judgement of a sentence that would be shown, and that answers whatever is asked."""
    confidence = min(judgement.confidence, UNMET_CONFIDENCE)
    return Judgement("declined", confidence, _weakness(reading, best))


def _most_confidence(reading: Reading, best: RankedCandidate, features: EvidenceFeatures) -> float:
    """The most confidence in a sentence that lacks a good name, a time or a reason where one is asked for."""
    if is_poorly_named(reading, best):
        return UNSTATED_CONFIDENCE if features.read_span > SURE_OF_SPAN else UNMET_CONFIDENCE
    lacking = states_no_time(reading, best) or states_no_reason(reading, best)
    return UNSTATED_CONFIDENCE if lacking else 1.0


def _speaks_of_nothing_asked(features: EvidenceFeatures, reading: Reading) -> bool:
    """Whether passage and headline have next to no word of the question.

    A reader that knows other words takes any "for" for the reason why somebody was locked up.
    """
    return bool(features.several and reading.readings and reading.weights) and features.passage <= LEAST_MET


def _sees_it_clearly(features: EvidenceFeatures) -> bool:
    """Whether the reader, among several articles, sees the answer whatever words of the question it lacks."""
    clear = features.read_span >= CLEAR_SPAN and features.read_answers >= CLEARLY_ANSWERING
    return clear and bool(features.several)


def _sees_no_answer(reading: Reading, answers: float) -> bool:
    """Whether the reader rather sees no answer in the passage; of dates, words to it, it knows too little,
    and of languages other than English nothing.
    """
    if not reading.readings or reading.profile.numbers or not may_be_english(reading.profile):
        return False
    return answers < LEAST_ANSWERING


def _weakness(reading: Reading, best: RankedCandidate) -> str:
    """What the article of the nearest sentence lacks, as far as it was read, in words."""
    read = shown_keys(reading, best) | reading.pool.article_keys[best.candidate.article_id]
    lacking = [
        word.surface
        for word in reading.profile.words
        if word.key in reading.weights and not is_met(word.key, read)
    ]
    nothing = "No sentence in the articles answers this"
    return (
        f"{nothing}; the nearest article says nothing of {', '.join(dict.fromkeys(lacking))}"
        if lacking
        else nothing
    )

"""How likely the chosen sentence answers: a logistic function of a few features of the evidence."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from assistant.answerers.extractive.calibration import Calibration
from assistant.answerers.extractive.coefficients import READER, READER_OF_ONE, WORDS
from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.demands import lacks_demand
from assistant.answerers.extractive.doubting import doubts_about, shown_keys, unmet
from assistant.answerers.extractive.narrowing import NOT_READ, NarrowReading
from assistant.answerers.extractive.opinions import scaled
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import JUDGED_REASON_WEIGHTS, RankedCandidate, weighted
from assistant.understanding.demand import deeds_asked
from assistant.understanding.question import AnswerKind, may_be_english
from assistant.understanding.subject import has_name
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import Word

NEGATIONS = word_set(
    """
    not no never none nor neither without cannot nobody nothing
    """
)


class EvidenceFeatures(NamedTuple):
    """What the evidence for an answer looks like; shares lie in 0..1.

    Attributes:
        sentence: share of the question's weight met by the sentence.
        passage: share met by the whole passage and its headline.
        heaviest_unmet_sentence: weight of the weightiest word that sentence and headline lack, over the
            weightiest.
        names_unmet: share of the question's names that passage and headline lack.
        pairs: share of neighbouring question words that stand near each other in the sentence.
        negation: 1 where one of question and sentence denies and the other does not.
        length: the number of the question's keys over 10, at most 1.
        score: of the sentence, as it was ranked; for a reason by weights of its own.
        unmet_words: the number of the question's keys that sentence and headline lack, over 5, at most 1.
        names_unmet_sentence: share of the question's names and numbers that sentence, headline and
            neighbours lack.
        deeds_unmet: share of the weight of the question's other words that sentence and headline lack.
        fit: how near the short answer stands to the question's words; 0 where there is none.
        several: 1 where more than one article's passages were read.
        read_evidence, read_span, read_answers: what the reader thinks of the sentence, its best span and its
            passage, each -1..1; 0 without a reader.
        read_most: the most that the reader thinks of any passage, -1..1.
        read_short: what it thinks of the short answer, -1..1; -1 where there is none.
        doubts: the number of reasons to doubt, over 4.
        unmet: 1 where a number of the question, or all of its names, are nowhere in the article.
        demand_unmet: 1 where the attribute or deed that is asked for is not met, or is of another place.
        alone_answers, alone_span, near_answers, near_span: what it thinks of the sentence read out of its
            passage, by itself and between its neighbours, -1..1; 0 where several articles were read.
    """

    sentence: float
    passage: float
    heaviest_unmet_sentence: float
    names_unmet: float
    pairs: float
    negation: float
    length: float
    score: float
    unmet_words: float
    names_unmet_sentence: float
    deeds_unmet: float
    fit: float
    several: float
    read_evidence: float = 0.0
    read_span: float = 0.0
    read_answers: float = 0.0
    read_most: float = 0.0
    read_short: float = 0.0
    doubts: float = 0.0
    unmet: float = 0.0
    demand_unmet: float = 0.0
    alone_answers: float = 0.0
    alone_span: float = 0.0
    near_answers: float = 0.0
    near_span: float = 0.0


def evidence_features(
    reading: Reading, item: RankedCandidate, narrow: NarrowReading = NOT_READ
) -> EvidenceFeatures:
    """The features of the evidence for one sentence, read again by itself where there is a reader."""
    candidate = item.candidate
    passage = candidate.retrieved.passage
    shown = shown_keys(reading, item)
    passage_keys = shown | reading.pool.passage_keys[passage.id]
    return EvidenceFeatures(
        sentence=_share_met(reading, shown - reading.pool.title_keys[passage.article_id] | candidate.keys),
        passage=_share_met(reading, passage_keys),
        heaviest_unmet_sentence=_heaviest_unmet(reading, shown),
        names_unmet=_unmet_share((word.key for word in reading.profile.names), passage_keys),
        pairs=item.features.pairs,
        negation=float(_denies(reading.profile.words) != _denies(candidate.words)),
        length=min(1.0, len(reading.weights) / 10),
        score=_judged_score(reading, item),
        unmet_words=min(1.0, (len(reading.weights) - len(_met(reading, shown))) / 5),
        names_unmet_sentence=item.features.names,
        deeds_unmet=_deeds_unmet(reading, shown),
        fit=_fit(reading, item),
        several=float(reading.is_of_several),
        read_evidence=item.features.evidence,
        read_span=item.features.span,
        read_answers=item.features.answers,
        read_most=scaled(max((one.answers for one in reading.readings.values()), default=0.0)),
        read_short=_read_short(reading, item),
        doubts=min(1.0, len(doubts_about(reading, item)) / 4),
        unmet=float(bool(unmet(reading, item))),
        demand_unmet=float(lacks_demand(reading, item)),
        alone_answers=narrow.alone_answers,
        alone_span=narrow.alone_span,
        near_answers=narrow.near_answers,
        near_span=narrow.near_span,
    )


def _judged_score(reading: Reading, item: RankedCandidate) -> float:
    if reading.profile.kind is AnswerKind.REASON and reading.readings:
        return weighted(item.features, JUDGED_REASON_WEIGHTS)
    return item.score


def _read_short(reading: Reading, item: RankedCandidate) -> float:
    """What the reader thinks of the short answer; -1 where there is none, 0 without a reader of spans."""
    candidate, span = item.candidate, reading.short_answer(item)
    read = reading.readings.get(candidate.retrieved.passage.id)
    if read is None or not read.knows_spans:
        return 0.0
    if span is None:
        return -1.0
    shift = candidate.start - candidate.retrieved.passage.start
    return scaled(read.span_score(span.start + shift, span.end + shift))


def calibration_of(reading: Reading) -> Calibration:
    """The calibration that goes with what was read: by the reader, of one article or several, or by words.

    Words decide too where a question is not in English, of which the reader knows nothing.
    """
    if not reading.readings or not may_be_english(reading.profile):
        return WORDS
    return READER if reading.is_of_several else READER_OF_ONE


def confidence(features: EvidenceFeatures, calibration: Calibration) -> float:
    """The probability that the sentence answers, from 0 to 1."""
    weighted = zip(calibration.coefficients, features, strict=True)
    total = calibration.intercept + sum(weight * value for weight, value in weighted)
    return 1 / (1 + math.exp(-total))


def _share_met(reading: Reading, keys: frozenset[str]) -> float:
    total = sum(reading.weights.values())
    met = _met(reading, keys)
    return sum(weight for key, weight in reading.weights.items() if key in met) / total if total else 0.0


def _met(reading: Reading, keys: frozenset[str]) -> frozenset[str]:
    """The question's keys that are met: themselves, by a word for the same deed, or by a name's last word."""
    by_last = {word.key for run in reading.profile.name_runs() if run[-1].key in keys for word in run[:-1]}
    return frozenset(key for key in reading.weights if is_met(key, keys) or key in by_last)


def _heaviest_unmet(reading: Reading, keys: frozenset[str]) -> float:
    heaviest = max(reading.weights.values(), default=0.0)
    met = _met(reading, keys)
    unmet = max((weight for key, weight in reading.weights.items() if key not in met), default=0.0)
    return unmet / heaviest if heaviest else 1.0


def _deeds_unmet(reading: Reading, keys: frozenset[str]) -> float:
    deeds = {key: reading.weights[key] for key in deeds_asked(reading.profile) if key in reading.weights}
    total = sum(deeds.values())
    unmet = sum(weight for key, weight in deeds.items() if not is_met(key, keys))
    return unmet / total if total else 0.0


def _fit(reading: Reading, item: RankedCandidate) -> float:
    """How near the short answer stands to what it answers, 0 to 1, by the words between them."""
    span = reading.short_answer(item)
    if span is None:
        return 0.0
    distances = [
        max(0, word.start - span.end, span.start - word.end)
        for word in item.candidate.words
        if word.key in reading.weights
    ]
    return 1 / (1 + sum(distances) / len(distances) / 40) if distances else 0.0


def _unmet_share(wanted: Iterable[str], met: frozenset[str]) -> float:
    names = list(wanted)
    return sum(not has_name(name, met) for name in names) / len(names) if names else 0.0


def _denies(words: Iterable[Word]) -> bool:
    return any(word.surface.lower() in NEGATIONS or word.surface.lower().endswith("n't") for word in words)

"""The retrieved passages, read with a question in mind: everything later steps decide from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import exp
from types import MappingProxyType

from assistant.answerers.base import Evidence, UnderstoodQuestion
from assistant.answerers.extractive.candidates import Candidate, CandidatePool, collect_candidates
from assistant.answerers.extractive.features import SentenceFeatures, score_features, span_support
from assistant.answerers.extractive.reader import PassageReading
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.scoring import (
    PRESENT_FRESH,
    READER_WEIGHTS,
    REASON_WEIGHTS,
    WEIGHTS,
    RankedCandidate,
    rank,
    weighted,
)
from assistant.answerers.extractive.shortest import short_answer
from assistant.answerers.extractive.spans import AnswerSpan
from assistant.understanding.present import asks_for_the_present
from assistant.understanding.question import (
    SHORT_KINDS,
    AnswerKind,
    QuestionProfile,
    analyse,
    language_of,
    may_be_english,
)
from assistant.understanding.spellings import spelled_as_in
from assistant.understanding.words import words_of
from ingest.article import day_of
from vectorstore.retrieved import RetrievedPassage

Readings = Mapping[str, PassageReading]
NO_READINGS: Readings = MappingProxyType({})

SHARPNESS = 10.0
"""How much the best sentence of a passage outweighs its others when passages are ordered."""

ORDERING_PASSAGE, ORDERING_FRESH = 5.0, 1.0
"""The weights of the search's score and of freshness when passages are ordered."""

CARRIED_FACTOR = 0.5
"""How much of its weight a word keeps that an earlier turn brought."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question and the sentences that could answer it, ranked.

    Attributes:
        weights: inverse document frequency by the question's keys.
        support: by span key, how far other good sentences hold the same span, 0 to 1.
        readings: what the reader says of the passages, by passage id; empty without one.
    """

    profile: QuestionProfile
    weights: Mapping[str, float]
    pool: CandidatePool
    ranked: Sequence[RankedCandidate]
    support: Mapping[str, float]
    readings: Readings = field(default_factory=dict)

    @property
    def is_of_several(self) -> bool:
        """Whether passages of more than one article were read."""
        return len(self.pool.title_keys) > 1

    def short_answer(self, item: RankedCandidate) -> AnswerSpan | None:
        """The span of a sentence that answers, None where there is none."""
        return short_answer(self.profile, item.candidate, item.spans, self.weights, self.support)

    def before(self, candidate: Candidate) -> Candidate | None:
        """The sentence before, None where it is not among the retrieved ones."""
        return self.pool.before(candidate)


def read(
    question: UnderstoodQuestion,
    retrieved: Sequence[RetrievedPassage],
    evidence: Evidence,
    readings: Readings = NO_READINGS,
) -> Reading:
    """Rank the sentences of the retrieved passages for a question.

    Args:
        question: as it was understood.
        retrieved: the passages, best first.
        evidence: what the index knows of words.
        readings: what a reader says of the passages, by passage id; without any, words alone decide.
    """
    profile = _analysed(question)
    carried = frozenset(word.key for text in question.carried for word in words_of(text))
    weights = key_weights(profile, evidence, carried)
    asked = frozenset(profile.keys)
    pool = collect_candidates(retrieved, asked, frozenset() if profile.kind in SHORT_KINDS else asked)
    scored = score_features(profile, pool, weights, readings, _looks_back_from(question, pool))
    ranked = rank(scored, _weights(profile, readings), language_of(profile))
    return Reading(profile, weights, pool, ranked, span_support(scored), readings)


def _analysed(question: UnderstoodQuestion) -> QuestionProfile:
    """The question taken apart; words that count days from the day of asking no source need repeat."""
    profile, period = analyse(question.text), question.period
    if period is None or not period.is_relative or period.words not in question.text:
        return profile
    start = question.text.index(period.words)
    end = start + len(period.words)
    others = {word.key for word in profile.words if not start <= word.start < end}
    return replace(
        profile,
        keys=tuple(key for key in profile.keys if key in others),
        numbers=tuple(number for number in profile.numbers if number in others),
    )


def passage_order(reading: Reading) -> tuple[str, ...]:
    """The ids of the passages by their sentences' scores, best first; nothing where words alone were read.

    The best sentence decides; more good ones help a little (the scores' log-sum-exp at `SHARPNESS`). What
    the search thought of a passage and how fresh it is count for more than in choosing a sentence.
    """
    if not reading.readings:
        return ()
    weights = _weights(reading.profile, reading.readings)
    weights = weights._replace(passage=ORDERING_PASSAGE, article=0.0, fresh=ORDERING_FRESH)
    sums: dict[str, float] = {}
    for item in reading.ranked:
        id_ = item.candidate.retrieved.passage.id
        sums[id_] = sums.get(id_, 0.0) + exp(SHARPNESS * weighted(item.features, weights))
    return tuple(sorted(sums, key=lambda id_: -sums[id_]))


def _looks_back_from(question: UnderstoodQuestion, pool: CandidatePool) -> date | None:
    """The day before which fresh reports are wanted: the one that the question was asked on, where that is
    given; that of the newest report for a question about how things stand; none for one that names its days.
    """
    if question.is_about_past or question.period is not None:
        return None
    if question.asked_on is not None:
        return question.asked_on
    if not asks_for_the_present(question.text):
        return None
    stated = (item.retrieved.article.published_at for item in pool.candidates)
    return max((day_of(moment) for moment in stated if moment is not None), default=None)


def _weights(profile: QuestionProfile, readings: Readings) -> SentenceFeatures:
    """Words decide without a reader, and in languages of which it knows nothing."""
    if not readings or not may_be_english(profile):
        return WEIGHTS
    weights = REASON_WEIGHTS if profile.kind is AnswerKind.REASON else READER_WEIGHTS
    return weights._replace(fresh=PRESENT_FRESH) if asks_for_the_present(profile.text) else weights


def readings_of(reader: Reader | None, text: str, retrieved: Sequence[RetrievedPassage]) -> Readings:
    """What a reader says of passages, by passage id; nothing where there is no reader.

    It is asked in the spelling of each passage: the reader does not know that Kyiv is Kiev.
    """
    if reader is None:
        return NO_READINGS
    asked: dict[str, list[RetrievedPassage]] = {}
    sources = [f"{item.article.title} {item.passage.text}" for item in retrieved]
    for item, spelled in zip(retrieved, spelled_as_in(sources, text), strict=True):
        asked.setdefault(spelled, []).append(item)
    return {
        item.passage.id: reading
        for spelled, items in asked.items()
        for item, reading in zip(items, reader.read(spelled, items), strict=True)
    }


def key_weights(
    profile: QuestionProfile, evidence: Evidence, carried: frozenset[str] = frozenset()
) -> dict[str, float]:
    """Inverse document frequency of the question's words, by key; less of those carried over."""
    surfaces = {word.surface: word.key for word in profile.words if word.key in profile.keys}
    found = evidence.term_weights(list(surfaces))
    weights: dict[str, float] = {}
    for surface, key in surfaces.items():
        weights[key] = max(weights.get(key, 0.0), found.get(surface, 0.0))
    return {key: weight * (CARRIED_FACTOR if key in carried else 1.0) for key, weight in weights.items()}

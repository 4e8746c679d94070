"""The retrieved passages, read with a question in mind: everything later steps decide from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answerers.base import Evidence, UnderstoodQuestion
from assistant.answerers.extractive.candidates import Candidate, CandidatePool, collect_candidates
from assistant.answerers.extractive.features import score_features, span_support
from assistant.answerers.extractive.scoring import RankedCandidate, rank
from assistant.answerers.extractive.shortest import short_answer
from assistant.answerers.extractive.spans import AnswerSpan
from assistant.understanding.question import QuestionProfile, analyse
from assistant.understanding.words import words_of
from vectorstore.retrieved import RetrievedPassage

CARRIED_FACTOR = 0.5
"""How much of its weight a word keeps that an earlier turn brought."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question and the sentences that could answer it, ranked.

    Attributes:
        weights: inverse document frequency by the question's keys.
        support: by span key, how far other good sentences hold the same span, 0 to 1.
    """

    profile: QuestionProfile
    weights: Mapping[str, float]
    pool: CandidatePool
    ranked: Sequence[RankedCandidate]
    support: Mapping[str, float]

    def short_answer(self, item: RankedCandidate) -> AnswerSpan | None:
        """The span of a sentence that answers, None where there is none."""
        return short_answer(self.profile, item.candidate, item.spans, self.weights, self.support)

    def before(self, candidate: Candidate) -> Candidate | None:
        """The sentence before, None where it is not among the retrieved ones."""
        return self.pool.before(candidate)


def read(question: UnderstoodQuestion, retrieved: Sequence[RetrievedPassage], evidence: Evidence) -> Reading:
    """Rank the sentences of the retrieved passages for a question."""
    profile = analyse(question.text)
    carried = frozenset(word.key for text in question.carried for word in words_of(text))
    weights = key_weights(profile, evidence, carried)
    pool = collect_candidates(retrieved, frozenset(profile.keys))
    scored = score_features(profile, pool, weights)
    return Reading(profile, weights, pool, rank(scored), span_support(scored))


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

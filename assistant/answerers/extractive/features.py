"""What speaks for a sentence as an answer, as numbers."""

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from assistant.answerers.extractive.candidates import Candidate, CandidatePool
from assistant.answerers.extractive.describing import descriptions, of_descriptions
from assistant.answerers.extractive.opinions import Opinion, opinion_of, with_read_spans
from assistant.answerers.extractive.placing import placed
from assistant.answerers.extractive.reader import PassageReading
from assistant.answerers.extractive.reasons import reason_clause
from assistant.answerers.extractive.spans import AnswerSpan, SentenceWords, answer_spans, dateline_length
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import FIGURE_KINDS, AnswerKind, QuestionProfile
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import fold
from ingest.article import ArticleHead, day_of

_LEANING = word_set(
    """
    he she it they this that these those his her its their him them such there here another both
    the_latter but and so also however meanwhile
    """
)

_POINTS_AHEAD = re.compile(
    r"\W*it (?:is|was|has been) (?:(?:not|still|also|now|widely) )?"
    r"(?:the (?:first|second|third|last|only) time"
    r"|(?:known|clear|unclear|likely|unlikely|possible|impossible|true|estimated|believed|thought|reported)"
    r" (?:that|whether|how|why|if|what|when|where|who))\b",
    re.IGNORECASE,
)

FRESH_DAYS = 30.0

CLAUSE_WORDS = 3
"""How many telling words of a clause must be found elsewhere for full votes."""

CLAUSE_VOTES = 3.0
"""What full votes for a clause are worth: a reason that several articles give outweighs another."""


class SentenceFeatures(NamedTuple):
    """What speaks for a sentence; shares lie in 0..1.

    Attributes:
        overlap: share of the question's weight met by the sentence.
        title: share met by the headline alone, not by the sentence.
        neighbours: share met by the sentence before or after alone.
        passage: the passage's score over the best passage's.
        article: the same of the best passage of its article. Within an article the search prefers the passage
            that names what the question names, which is seldom the one that answers.
        pairs: share of neighbouring question words that stand near each other.
        kind: how fully a span of the kind asked for answers, 0 for none.
        votes: how much its best span is found in other good sentences, 0..1.
        asks: 1 where it is itself a question.
        leans: 1 where it opens with a word that points back.
        opening: 1 for the first sentence of its article.
        length: log of its number of words over 20, cut to -1..1.
        novelty: number of its own keys that the question lacks, over 8, at most 1.
        focus: 1 where it holds the noun asked for.
        names: share of the question's names and numbers that sentence, headline and neighbours lack.
        evidence: what the reader thinks of the sentence, -1..1; 0 where nothing was read.
        span: the same of its best span.
        answers: the same of its whole passage.
        fresh: exp(-days / `FRESH_DAYS`) before the day from which the question looks back; 0 where there is
            no such day, or the article has none.
    """

    overlap: float
    title: float
    neighbours: float
    passage: float
    pairs: float
    kind: float
    votes: float
    asks: float
    leans: float
    opening: float
    length: float
    novelty: float
    focus: float
    names: float
    evidence: float = 0.0
    span: float = 0.0
    answers: float = 0.0
    fresh: float = 0.0
    article: float = 0.0


LEAST_REASON_EVIDENCE, UNSEEN_REASON = 0.0, 0.5
"""The reader's view of a sentence, from -1 to 1, below which words that lead a reason in count for half."""


class ScoredCandidate(NamedTuple):
    """A sentence, what speaks for it, and the spans in it that could be the short answer."""

    candidate: Candidate
    features: SentenceFeatures
    spans: Sequence[AnswerSpan]


def leans_on_context(candidate: Candidate) -> bool:
    """Whether a sentence opens with a word that points back ("He", "This"; not "It is unclear whether")."""
    if not candidate.words or fold(candidate.words[0].surface) not in _LEANING:
        return False
    return _POINTS_AHEAD.match(candidate.text) is None


def score_features(
    profile: QuestionProfile,
    pool: CandidatePool,
    weights: Mapping[str, float],
    readings: Mapping[str, PassageReading],
    latest: date | None = None,
) -> list[ScoredCandidate]:
    """The features of every candidate.

    Args:
        profile: the question.
        pool: the candidates.
        weights: inverse document frequency by the question's keys.
        readings: what the reader says of the passages, by passage id.
        latest: the day from which the question looks back, where fresh reports are wanted.
    """
    asked = frozenset(word.key for word in profile.words if word.key)
    opinions = [_opinion(profile, item, readings, asked) for item in pool.candidates]
    spans = [
        with_read_spans(profile.kind, item, _spans(profile, item, asked), opinion, readings, asked)
        for item, opinion in zip(pool.candidates, opinions, strict=True)
    ]
    met = [_share(item.keys, weights) for item in pool.candidates]
    support = _support(pool.candidates, spans, met)
    votes = [max((votes_for(span, support) for span in own), default=0.0) for own in spans]
    best_passage = max((item.retrieved.score for item in pool.candidates), default=1.0) or 1.0
    of_articles = _best_by_article(pool.candidates)
    pairs = _question_pairs(profile)
    fresh = freshness([item.retrieved.article for item in pool.candidates], latest)
    kinds = [_told_kind(profile, own, opinions[at], bool(readings)) for at, own in enumerate(spans)]
    return [
        ScoredCandidate(
            item,
            _features(
                profile, pool, weights, item, kinds[at], met[at], votes[at], best_passage, pairs
            )._replace(
                evidence=opinions[at].evidence,
                span=opinions[at].span,
                answers=opinions[at].answers,
                fresh=fresh.get(item.article_id, 0.0),
                article=of_articles[item.article_id] / best_passage,
            ),
            own,
        )
        for at, (item, own) in enumerate(zip(pool.candidates, spans, strict=True))
    ]


def _best_by_article(candidates: Sequence[Candidate]) -> dict[str, float]:
    best: dict[str, float] = {}
    for item in candidates:
        best[item.article_id] = max(best.get(item.article_id, 0.0), item.retrieved.score)
    return best


def freshness(heads: Sequence[ArticleHead], latest: date | None) -> dict[str, float]:
    """By the id of each dated article, how near its day of publication is to the latest one wanted, 0..1."""
    days = {head.id: day_of(head.published_at) for head in heads if head.published_at is not None}
    if latest is None:
        return {}
    return {
        identifier: math.exp(-max(0, (latest - day).days) / FRESH_DAYS) for identifier, day in days.items()
    }


def _opinion(
    profile: QuestionProfile,
    item: Candidate,
    readings: Mapping[str, PassageReading],
    asked: frozenset[str],
) -> Opinion:
    opinion = opinion_of(item, readings, _dateline(item))
    if profile.kind is not AnswerKind.DEFINITION:
        return opinion
    return of_descriptions(profile, SentenceWords(item.text, item.words, asked), opinion)


def _dateline(item: Candidate) -> int:
    is_first = item.retrieved.passage.start == 0 and item.position == 0
    return dateline_length(item.text) if is_first else 0


def _spans(profile: QuestionProfile, item: Candidate, asked: frozenset[str]) -> list[AnswerSpan]:
    dateline = _dateline(item)
    return [span for span in _spans_of_kind(profile, item, asked) if span.start >= dateline]


def _spans_of_kind(profile: QuestionProfile, item: Candidate, asked: frozenset[str]) -> list[AnswerSpan]:
    if profile.kind is AnswerKind.DEFINITION:
        return list(descriptions(SentenceWords(item.text, item.words, asked)))
    if profile.kind is not AnswerKind.REASON:
        spans = answer_spans(profile.kind, SentenceWords(item.text, item.words, asked))
        if profile.kind not in FIGURE_KINDS:
            return spans
        return [replace(span, strength=span.strength * placed(profile, item.words, span)) for span in spans]
    first_met = min((word.end for word in item.words if word.key in asked), default=0)
    clause = reason_clause(item.text, first_met)
    if clause is None:
        return []
    inside = (word.key for word in item.words if clause.start <= word.start < clause.end and word.key)
    return [replace(clause, told=frozenset(inside) - asked - PLACE_KEYS)]


def _features(
    profile: QuestionProfile,
    pool: CandidatePool,
    weights: Mapping[str, float],
    item: Candidate,
    kind: float,
    overlap: float,
    votes: float,
    best_passage: float,
    pairs: frozenset[tuple[str, str]],
) -> SentenceFeatures:
    passage = item.retrieved.passage
    around = (pool.before(item), pool.after(item))
    around_keys = frozenset().union(*(other.keys for other in around if other))
    asked = frozenset(weights)
    return SentenceFeatures(
        overlap=overlap,
        title=_share(pool.title_keys[passage.article_id] - item.keys, weights),
        neighbours=_share(around_keys - item.keys, weights),
        passage=item.retrieved.score / best_passage,
        pairs=_pairs_met(item, pairs),
        kind=kind,
        votes=votes,
        asks=float(item.text.rstrip("\"”' ").endswith("?")),
        leans=float(leans_on_context(item)),
        opening=float(passage.start == 0 and item.position == 0),
        length=max(-1.0, min(1.0, math.log((len(item.words) or 1) / 20))),
        novelty=min(1.0, len(item.keys - asked) / 8),
        focus=float(any(key in item.keys for key in profile.focus)),
        names=_names_lacking(profile, item.keys | pool.title_keys[passage.article_id] | around_keys),
    )


def _share(keys: frozenset[str], weights: Mapping[str, float]) -> float:
    total = sum(weights.values())
    return sum(weight for key, weight in weights.items() if key in keys) / total if total else 0.0


def _names_lacking(profile: QuestionProfile, keys: frozenset[str]) -> float:
    """Share of the names and numbers that are lacking; of a long name the last word or half is enough."""
    runs = [[word.key for word in run] for run in profile.name_runs()]
    runs += [[number] for number in profile.numbers if number not in {key for run in runs for key in run}]
    lacking = sum(run[-1] not in keys and 2 * len(keys & set(run)) < len(run) for run in runs)
    return lacking / len(runs) if runs else 0.0


def _question_pairs(profile: QuestionProfile) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(word.key for word in profile.words if word.key))


def _pairs_met(item: Candidate, pairs: frozenset[tuple[str, str]]) -> float:
    """Share of the question's pairs of neighbouring words that stand within three words in the sentence."""
    if not pairs:
        return 0.0
    keys = [word.key for word in item.words if word.key]
    near = {
        pair
        for at, key in enumerate(keys)
        for other in keys[at + 1 : at + 4]
        for pair in ((key, other), (other, key))
    }
    return len(pairs & near) / len(pairs)


def _told_kind(
    profile: QuestionProfile, spans: Sequence[AnswerSpan], opinion: Opinion, is_read: bool
) -> float:
    """How clearly a sentence has what is asked for; words like "because" lead in a reason for anything, and
    count less where the reader sees no evidence, unless the sentence calls it the reason.
    """
    clearest = max((span.strength for span in spans), default=0.0)
    unseen = is_read and opinion.evidence < LEAST_REASON_EVIDENCE
    if profile.kind is not AnswerKind.REASON or not unseen or any("reason" in span.key for span in spans):
        return clearest
    return UNSEEN_REASON * clearest


def vote_keys(span: AnswerSpan) -> frozenset[str]:
    """What of a span counts as the same elsewhere: any telling word of a clause, else its value."""
    return span.told or frozenset({span.key})


def votes_for(span: AnswerSpan, support: Mapping[str, float]) -> float:
    """How far other good sentences hold the same: the value, or the best few telling words of a clause."""
    best = sorted((support[key] for key in vote_keys(span)), reverse=True)[:CLAUSE_WORDS]
    return CLAUSE_VOTES * sum(best) / CLAUSE_WORDS if span.told else sum(best)


def span_support(scored: Sequence[ScoredCandidate]) -> dict[str, float]:
    """How far good sentences of several reports hold the same span, by span key; the best has 1."""
    return _support(
        [item.candidate for item in scored],
        [item.spans for item in scored],
        [item.features.overlap for item in scored],
    )


def _support(
    candidates: Sequence[Candidate], spans: Sequence[Sequence[AnswerSpan]], met: Sequence[float]
) -> dict[str, float]:
    """Of every span the best sentence with it in each report, summed, over the best span's sum.

    Copies of one report count once.
    """
    by_span: dict[str, dict[str, float]] = defaultdict(dict)
    for item, own, share in zip(candidates, spans, met, strict=True):
        for key in (key for span in own for key in vote_keys(span)):
            reports = by_span[key]
            reports[item.source] = max(reports.get(item.source, 0.0), share * share)
    support = {key: sum(reports.values()) for key, reports in by_span.items()}
    best = max(support.values(), default=0.0) or 1.0
    return {key: value / best for key, value in support.items()}

"""Sources that give different values for the same thing."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answerers.extractive.deeds import SAME_DEED, is_met
from assistant.answerers.extractive.placing import OF_THE_PLACE, asked_places, placed
from assistant.answerers.extractive.quoting import Choice
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.answerers.extractive.shortest import nearness
from assistant.answerers.extractive.values import contradict
from assistant.understanding.dates import MONTHS
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import FIGURE_KINDS, AnswerKind
from assistant.understanding.words import word_key
from ingest.article import ArticleHead, day_of

_MONTH_KEYS = frozenset(word_key(month) for month in MONTHS)
COMPARED = FIGURE_KINDS | {AnswerKind.TIME, AnswerKind.DURATION}
LEAST_SCORE = 0.75
"""Least score of a contradicting sentence, as a share of the answer's."""

LEAST_SHARED = 0.9
"""Least share of the question's words that the answer meets and the contradicting sentence must meet too."""

_GENERIC = frozenset({"person", "people", word_key("people")})

LEAST_NEARNESS = 0.7
"""How near its value must stand to those words, as a share of how near the answer's does."""

LEAST_COMMON = 2
"""How many telling words two sentences about the same deed have in common beyond the question, at least.

For figures one is enough: a count names little besides what it counts.
"""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A sentence of another report that gives another value, and a line that says so."""

    item: RankedCandidate
    notice: str


def find_disagreement(reading: Reading, answer: Choice) -> Disagreement | None:
    """The best sentence of another report that contradicts the answer's value; a copy is no other report.

    Only dates and figures are compared, and only between sentences that meet the same words of the question.
    """
    if reading.profile.kind not in COMPARED:
        return None
    value = _value(reading, answer.item)
    if value is None:
        return None
    for item in _rivals(reading, answer):
        other = _value(reading, item)
        if other is None or not (
            _as_near(reading, answer.item, item) or _both_placed(reading, answer.item, item)
        ):
            continue
        if contradict(reading.profile.kind, value, other):
            return Disagreement(item, _notice(answer.item, value, item, other))
    return None


def _rivals(reading: Reading, answer: Choice) -> Iterator[RankedCandidate]:
    """Sentences of other reports that are about the same thing."""
    ours = answer.item
    for item in reading.ranked:
        elsewhere = item.candidate.source != ours.candidate.source
        if elsewhere and (_shares_most(reading, ours, item) or _both_placed(reading, ours, item)):
            yield item


def _shares_most(reading: Reading, ours: RankedCandidate, item: RankedCandidate) -> bool:
    """Whether a sentence meets almost all words of the question that the answer meets."""
    if item.score < LEAST_SCORE * ours.score:
        return False
    met = ours.candidate.keys & set(reading.weights)
    weight = sum(reading.weights[key] for key in met)
    shared = sum(reading.weights[key] for key in met & item.candidate.keys)
    return shared >= LEAST_SHARED * weight > 0 and _same_matter(reading, ours, item)


def _both_placed(reading: Reading, ours: RankedCandidate, item: RankedCandidate) -> bool:
    """Whether two figures are of the place and the deed asked about; the headline may name the rest."""
    if reading.profile.kind not in FIGURE_KINDS or not asked_places(reading.profile):
        return False
    return all(_is_placed_figure(reading, one) for one in (ours, item))


def _is_placed_figure(reading: Reading, item: RankedCandidate) -> bool:
    span = reading.short_answer(item)
    if span is None or placed(reading.profile, item.candidate.words, span) < OF_THE_PLACE:
        return False
    deeds = [key for key in reading.weights if key in SAME_DEED]
    if not deeds or not all(is_met(key, item.candidate.keys) for key in deeds):
        return False
    stated = item.candidate.keys | reading.pool.title_keys[item.candidate.article_id]
    stated |= _month_of(item.candidate.retrieved.article)
    asked = {key: weight for key, weight in reading.weights.items() if key not in _GENERIC}
    met = sum(weight for key, weight in asked.items() if is_met(key, stated))
    return met >= LEAST_SHARED * sum(asked.values())


def _month_of(head: ArticleHead) -> frozenset[str]:
    if head.published_at is None:
        return frozenset()
    month = day_of(head.published_at).month
    return frozenset(word_key(name) for name, number in MONTHS.items() if number == month)


def _same_matter(reading: Reading, one: RankedCandidate, other: RankedCandidate) -> bool:
    """Whether two sentences, beyond what was asked, speak of the same."""
    first, second = (_told(reading, item) for item in (one, other))
    return len(first & second) >= (1 if reading.profile.kind in FIGURE_KINDS else LEAST_COMMON)


def _told(reading: Reading, item: RankedCandidate) -> frozenset[str]:
    return frozenset(key for key in item.candidate.keys if key not in reading.weights and _is_telling(key))


def _is_telling(key: str) -> bool:
    """Whether a word tells one matter from another: no number, place or month."""
    return not key.isdecimal() and key not in PLACE_KEYS and key not in _MONTH_KEYS


def _as_near(reading: Reading, one: RankedCandidate, other: RankedCandidate) -> bool:
    """Whether the other sentence's value stands about as near to the question's words."""
    first, second = reading.short_answer(one), reading.short_answer(other)
    if first is None or second is None:
        return False
    ours = nearness(one.candidate, first, reading.weights)
    return nearness(other.candidate, second, reading.weights) >= LEAST_NEARNESS * ours


def _value(reading: Reading, item: RankedCandidate) -> str | None:
    span = reading.short_answer(item)
    return None if span is None else item.candidate.text[span.start : span.end]


def _notice(one: RankedCandidate, value: str, item: RankedCandidate, other: str) -> str:
    first, second = _source(one.candidate.retrieved.article), _source(item.candidate.retrieved.article)
    return f"Sources differ: “{value}” ({first}), “{other}” ({second})."


def _source(head: ArticleHead) -> str:
    """Publisher and day of the last change, as far as they are stated."""
    moment = head.modified_at or head.published_at
    return f"{head.publisher or head.title}, {day_of(moment).isoformat() if moment else 'no date'}"

"""Whether a figure of a sentence is of the place that the question names."""

from collections.abc import Sequence

from assistant.answerers.extractive.spans import AnswerSpan
from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import QuestionProfile
from assistant.understanding.words import Word

OF_THE_PLACE = 1.0
PLACE_UNSTATED = 0.8
"""No place stands in the sentence."""

OF_SEVERAL_PLACES = 0.5
"""The nearest place is the one asked about, joined with another: "in Turkey and Syria"."""

OF_ANOTHER_PLACE = 0.3

_WORDS_IN_A_PAIR = 3
"""How many words apart the places of "southern Turkey and northern Syria" stand at most."""


def asked_places(profile: QuestionProfile) -> frozenset[str]:
    """The keys of the places that a question names."""
    return frozenset(word.key for word in profile.names if word.key in PLACE_KEYS)


def placed(profile: QuestionProfile, words: Sequence[Word], span: AnswerSpan) -> float:
    """How surely a span is of the place asked about, 0 to 1; 1 where the question names none.

    Args:
        profile: the question.
        words: of the sentence.
        span: in it.
    """
    asked = asked_places(profile)
    if not asked:
        return OF_THE_PLACE
    places = [at for at, word in enumerate(words) if word.key in PLACE_KEYS]
    if not places:
        return PLACE_UNSTATED
    nearest = min(places, key=lambda at: _distance(words[at], span))
    if words[nearest].key not in asked:
        return OF_ANOTHER_PLACE
    joined = (at for at in places if at != nearest and _are_joined(words, at, nearest))
    others = any(words[at].key not in asked for at in joined)
    return OF_SEVERAL_PLACES if others else OF_THE_PLACE


def _distance(word: Word, span: AnswerSpan) -> int:
    return max(0, word.start - span.end, span.start - word.end)


def _are_joined(words: Sequence[Word], one: int, other: int) -> bool:
    first, last = sorted((one, other))
    between = [word.surface for word in words[first + 1 : last]]
    return len(between) < _WORDS_IN_A_PAIR and "and" in between

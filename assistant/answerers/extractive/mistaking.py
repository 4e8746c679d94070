"""Answers of the right kind to another question: other people's fate, no firm's name, another deed's day."""

import re

from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.features import leans_on_context
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.demand import deed_of_time
from assistant.understanding.question import FIGURE_KINDS, AnswerKind
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import word_key

_FATES = (
    "killed kill kills died die dead death deaths toll fatalities lives perished",
    "injured injure injures injury injuries hurt wounded wound wounds",
    "missing unaccounted disappeared",
    "displaced homeless evacuated evacuate fled flee",
    "arrested arrest arrests detained detain detentions jailed",
    "rescued rescue rescues saved",
)
"""What befalls people: a figure of one is none of another."""

_FIRMS = word_set(
    """
    company companies firm firms manufacturer manufacturers automaker carmaker airline airlines bank banks
    brand retailer startup contractor supplier publisher studio
    """
)
_OPENING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def _keys(line: str) -> frozenset[str]:
    return frozenset(key for key in map(word_key, line.split()) if key)


_FATE_KEYS = tuple(map(_keys, _FATES))


def is_mistaken(reading: Reading, item: RankedCandidate, *, sure: bool) -> bool:
    """Whether a sentence answers another question of the same kind.

    Args:
        sure: whether the reader is sure that its passage answers; a deed may then be told in other words.
    """
    if tells_of_another_fate(reading, item) or names_no_firm(reading, item):
        return True
    return not sure and times_another_deed(reading, item)


def tells_of_another_fate(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a figure of the injured is asked for, and the sentence tells of the dead alone, or the like."""
    if reading.profile.kind not in FIGURE_KINDS:
        return False
    asked = [fate for fate in _FATE_KEYS if not fate.isdisjoint(reading.profile.keys)]
    told = _told(reading, item)
    others = any(not fate.isdisjoint(told) for fate in _FATE_KEYS)
    return bool(asked) and others and all(fate.isdisjoint(told) for fate in asked)


def names_no_firm(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "which company" is asked and the short answer has no name in it."""
    profile = reading.profile
    if profile.kind is not AnswerKind.NAME or _FIRMS.isdisjoint(_asked_for(reading)):
        return False
    span = reading.short_answer(item)
    if span is None:
        return False
    named = _OPENING.sub("", item.candidate.text[span.start : span.end])
    return not any(letter.isupper() for letter in named)


def times_another_deed(reading: Reading, item: RankedCandidate) -> bool:
    """Whether "when" is asked of a deed that neither the sentence nor the one before tells."""
    deed = deed_of_time(reading.profile)
    before = reading.before(item.candidate)
    told = item.candidate.keys | (before.keys if before else frozenset())
    return deed is not None and not is_met(deed, told)


def _asked_for(reading: Reading) -> frozenset[str]:
    """The words, in lower case, whose keys name what is asked for."""
    profile = reading.profile
    return frozenset(word.surface.lower() for word in profile.words if word.key in profile.focus)


def _told(reading: Reading, item: RankedCandidate) -> frozenset[str]:
    """The keys of a sentence and of the one that it leans on."""
    candidate = item.candidate
    before = reading.before(candidate) if leans_on_context(candidate) else None
    return candidate.keys if before is None else candidate.keys | before.keys

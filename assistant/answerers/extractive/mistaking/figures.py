"""Answers with figures: of others, of another event, of several, or of no such measure."""

import re

from assistant.answerers.extractive.deeds import is_met
from assistant.answerers.extractive.doubting import shown_keys
from assistant.answerers.extractive.fates import fates_in
from assistant.answerers.extractive.features import leans_on_context
from assistant.answerers.extractive.measuring import (
    counts_no_amount,
    counts_only_ages,
    counts_only_time,
    lacks_measure,
)
from assistant.answerers.extractive.mistaking.telling import told_here
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.demand import thing_priced
from assistant.understanding.question import FIGURE_KINDS, AnswerKind
from assistant.understanding.subject import is_named

_ONE_OF_THEM = re.compile(
    r"\b(?:one|a single|each|an individual)\s+(?!(?:of|pay|spend|get|earn|need|have|make)\b)[^\W_]",
    re.IGNORECASE,
)
_BY_THE_PIECE = re.compile(
    r"\b(?:each|apiece|per|unit|single|costs?|costing|priced|sells?)\b"
    r"|(?:\d|thousand|million|billion) an? [a-z]",
    re.IGNORECASE,
)
_MEASURED_KINDS = FIGURE_KINDS | {AnswerKind.DURATION}
_ANOTHER_TIME = re.compile(
    r"\b(?:after|before|(?<!\bhas )(?<!\bhave )(?<!\bhad )since|following)\b", re.IGNORECASE
)


def tells_of_another_fate(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a figure of the injured is asked for, and the sentence tells of the dead alone, or the like."""
    if reading.profile.kind not in FIGURE_KINDS:
        return False
    asked = fates_in(reading.profile.keys)
    told = told_here(reading, item)
    others = bool(fates_in(told))
    return bool(asked) and others and all(fate.isdisjoint(told) for fate in asked)


def prices_several(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the price of "one jet" is asked for, and the sentence states a sum and no price of one."""
    profile = reading.profile
    if profile.kind is not AnswerKind.MONEY or _ONE_OF_THEM.search(profile.text) is None:
        return False
    return _BY_THE_PIECE.search(item.candidate.text) is None


def prices_another_thing(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the cost of a thing is asked for that neither the sentence nor its headline speaks of."""
    thing = thing_priced(reading.profile)
    return thing is not None and not is_met(thing, shown_keys(reading, item))


def measures_nothing(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a sum, a weight, a length, a time, a speed or a number is asked for, and none is told."""
    if reading.profile.kind not in _MEASURED_KINDS:
        return False
    before = reading.before(item.candidate) if leans_on_context(item.candidate) else None
    told = item.candidate.text if before is None else f"{before.text} {item.candidate.text}"
    missing = (lacks_measure, counts_only_time, counts_only_ages, counts_no_amount)
    return any(lacks(reading.profile.text, told) for lacks in missing)


def counts_another_event(reading: Reading, item: RankedCandidate) -> bool:
    """Whether a figure is that of what came before or after the thing that is named.

    "It came a week after a bomb killed six people" does not tell how many "it" killed. "After a final that
    ended 3-3" tells of the final that is asked about.
    """
    profile, span = reading.profile, reading.short_answer(item)
    if profile.kind not in FIGURE_KINDS or span is None or not profile.names:
        return False
    if _ANOTHER_TIME.search(profile.text):
        return False
    text = item.candidate.text
    times = list(_ANOTHER_TIME.finditer(text, 0, span.start))
    if not times or not text[: times[-1].start()].strip() or "," in text[times[-1].end() : span.start]:
        return False
    after = [word.key for word in item.candidate.words if word.start >= times[-1].end() and word.key]
    if after[:1] and after[0] in profile.keys:
        return False
    return not any(is_named(name, frozenset(after)) for name in profile.names)

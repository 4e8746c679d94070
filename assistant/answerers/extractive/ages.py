"""Ages as newspapers give them: "Messi, 35, was named the best player"."""

import re
from collections.abc import Iterator

from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.subject import subject_of
from assistant.understanding.words import Word

_ASKS_AGE = re.compile(r"\bhow old (?:is|was)\b", re.IGNORECASE)
_AGE_AFTER = re.compile(r", (\d{1,3})(?=[,.;])")


def states_the_age(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked how old somebody is, and a figure stands right after that name."""
    if not _asks_age(reading):
        return False
    subject = {word.key for word in subject_of(reading.profile)}
    return any(not subject.isdisjoint(name) for name, _ in _aged(item))


def states_the_age_of_another(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked how old somebody is, and the short answer stands right after another name."""
    span = reading.short_answer(item) if _asks_age(reading) else None
    subject = {word.key for word in subject_of(reading.profile)}
    if span is None or not subject:
        return False
    return any(subject.isdisjoint(name) and span.start <= start < span.end for name, start in _aged(item))


def _asks_age(reading: Reading) -> bool:
    return _ASKS_AGE.search(reading.profile.text) is not None


def _aged(item: RankedCandidate) -> Iterator[tuple[frozenset[str], int]]:
    """The keys of each name of a sentence that an age follows, with where the age begins."""
    text = item.candidate.text
    name: list[Word] = []
    for word in item.candidate.words:
        joined = name and text[name[-1].end : word.start] == " "
        name = [] if not word.is_capitalised else [*name, word] if joined else [word]
        age = _AGE_AFTER.match(text, word.end) if name else None
        if age is not None:
            yield frozenset(one.key for one in name), age.start(1)

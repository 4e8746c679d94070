"""What a sentence tells, with what it leans on."""

from assistant.answerers.extractive.features import leans_on_context
from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate


def told_so_far(reading: Reading, item: RankedCandidate) -> frozenset[str]:
    """The keys of a sentence and of the one before."""
    before = reading.before(item.candidate)
    return item.candidate.keys | (before.keys if before else frozenset())


def told_here(reading: Reading, item: RankedCandidate) -> frozenset[str]:
    """The keys of a sentence and of the one that it leans on."""
    candidate = item.candidate
    before = reading.before(candidate) if leans_on_context(candidate) else None
    return candidate.keys if before is None else candidate.keys | before.keys


def names_somebody_new(reading: Reading, item: RankedCandidate) -> bool:
    """Whether the short answer, or else the sentence, has a name that the question lacks."""
    span, words = reading.short_answer(item), item.candidate.words
    inside = words[1:] if span is None else [word for word in words if span.start <= word.start < span.end]
    asked = {word.key for word in reading.profile.words}
    return any(word.is_capitalised and word.key and word.key not in asked for word in inside)

"""What befalls people: a figure of one fate is none of another."""

from collections.abc import Collection, Sequence

from assistant.answerers.extractive.spans import AnswerSpan
from assistant.understanding.words import Word, word_key

_FATES = (
    "killed kill kills died die dead death deaths toll fatalities lives perished",
    "injured injure injures injury injuries hurt wounded wound wounds",
    "infected infect infections infection sickened ill sick cases",
    "missing unaccounted disappeared",
    "displaced homeless evacuated evacuate fled flee",
    "arrested arrest arrests detained detain detentions jailed",
    "rescued rescue rescues saved",
)

BORDER_CHARACTERS = 20
"""What "and" or a comma between a figure and a fate adds to the characters between them."""


def _keys(line: str) -> frozenset[str]:
    return frozenset(key for key in map(word_key, line.split()) if key)


FATE_KEYS = tuple(map(_keys, _FATES))
"""For each fate the keys of the words that tell it."""


def fates_in(keys: Collection[str]) -> list[frozenset[str]]:
    """The fates that words tell of, each as the keys of all words for it."""
    return [fate for fate in FATE_KEYS if not fate.isdisjoint(keys)]


def of_the_fate(
    asked: Collection[str], text: str, words: Sequence[Word], spans: Sequence[AnswerSpan]
) -> AnswerSpan | None:
    """Of several figures the one that stands nearest to the fate asked about.

    Args:
        asked: the keys of the question's words.
        text: the sentence.
        words: its words.
        spans: its figures.

    Returns:
        None where no fate is asked about, or the sentence tells of no other.
    """
    fates = fates_in(asked)
    told = fates_in({word.key for word in words})
    if len(fates) != 1 or fates[0] not in told or len(told) < 2 or len(spans) < 2:
        return None
    telling = [word for word in words if word.key in fates[0]]
    return min(spans, key=lambda span: min(_distance(text, span, word) for word in telling))


def _distance(text: str, span: AnswerSpan, word: Word) -> int:
    start, end = (span.end, word.start) if span.end <= word.start else (word.end, span.start)
    between = text[start:end]
    parts = between.count(",") + f" {between} ".count(" and ") + f" {between} ".count(" while ")
    return len(between) + BORDER_CHARACTERS * parts

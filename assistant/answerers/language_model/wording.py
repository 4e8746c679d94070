"""The words of a text as evidence: what it speaks of, its numbers, its names, its negation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.words import Word, fold, words_of

_NEGATION = re.compile(
    r"\b(?:not|no|never|neither|nor|without|cannot|none|nobody|nothing)\b|n['’]t\b", re.IGNORECASE
)
_CAPITALISED_RUN = re.compile(r"[^\W\d_a-z]\w*(?:[ \t]+(?:of[ \t]+|the[ \t]+|and[ \t]+)?[^\W\d_a-z]\w*)+")
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_COUNTED = (
    *("zero", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_NUMBER_WORDS = {word: str(number) for number, word in enumerate(_COUNTED)}


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text says, as far as words alone tell.

    Attributes:
        terms: keys of its content words, numbers in digits among them.
        numbers: in digits, without separators of thousands.
        names: keys of capitalised words that do not open a sentence, and of abbreviations.
        initials: of each run of capitalised words ("un" of "United Nations").
        negated: whether it has a word of negation.
    """

    terms: frozenset[str]
    numbers: frozenset[str]
    names: frozenset[str]
    initials: frozenset[str]
    negated: bool


@lru_cache(maxsize=512)
def wording(text: str) -> Wording:
    """The wording of one sentence or of a whole passage."""
    words = words_of(text)
    numbers = frozenset(number for word in words if (number := as_number(word.surface)) is not None)
    return Wording(
        terms=frozenset(word.key for word in words if word.key) | numbers,
        numbers=numbers,
        names=frozenset(word.key for word in words if word.key and _is_name(text, word)),
        initials=frozenset(_initials(text)),
        negated=_NEGATION.search(text) is not None,
    )


def as_number(word: str) -> str | None:
    """The number that a word or figure states, as digits; None where it states none."""
    if re.fullmatch(r"\d[\d.,]*", word):
        return _THOUSANDS.sub("", word)
    return _NUMBER_WORDS.get(word.lower())


def holds(evidence: Wording, term: str) -> bool:
    """Whether a text speaks of a term: by the same key, or by the words that it abbreviates."""
    return term in evidence.terms or term in evidence.initials


def _is_name(text: str, word: Word) -> bool:
    capitals = sum(map(str.isupper, word.surface))
    if capitals >= 2 or (capitals and word.has_digit):
        return True
    return word.is_capitalised and not _opens_sentence(text, word.start)


def _opens_sentence(text: str, position: int) -> bool:
    before = text[:position].rstrip(" \"'“”‘’(«„")
    return not before or before[-1] in ".!?:;\n…"


def _initials(text: str) -> Iterator[str]:
    for run in _CAPITALISED_RUN.finditer(text):
        yield fold("".join(word[0] for word in run[0].split() if word[0].isupper()))

"""Slips of the pen in a question: "Britsh" is read as "British" where the articles have only that."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import analyse, language_of
from assistant.understanding.words import FUNCTION_WORDS, word_key
from vectorstore.near_words import changes_places, is_slip

if TYPE_CHECKING:
    from spellchecker import SpellChecker

LEAST_LETTERS = 5
_WORD = re.compile(r"([^\W\d_]+)((?:['’][^\W\d_]*)*)")
_POSSESSIVE = ("", "'", "’", "'s", "’s")
_AMERICAN = (
    (re.compile(r"is(e[srd]?|ing|ations?)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{2})our(?=s?$|[a-z]{2})"), "or"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"ence$"), "ense"),
    (re.compile(r"ll(?=ed$|ing$|ers?$|ists?$)"), "l"),
)
"""British endings and what Americans write; the dictionary is theirs."""

NearWords = Callable[[Sequence[str]], Mapping[str, Mapping[str, int]]]
"""For each of the words that no article has, the words one slip away with how often they were seen."""


class Corrected(NamedTuple):
    """A question with its slips mended, and each as it was written and read."""

    text: str
    slips: tuple[tuple[str, str], ...] = ()

    @property
    def said(self) -> str:
        """What was read otherwise than it is written, "" for nothing."""
        return " ".join(f"Read “{typed}” as “{word}”." for typed, word in self.slips)


def without_slips(question: str, near_words: NearWords) -> Corrected:
    """An English question with the words that are none, and that no article has, as the articles write them.

    A word with a capital may be another name: it is mended where it is a place's, where two letters changed
    places ("Geroge") or where one is doubled or not ("Guiness"); "Hansen" is not "Hanson".

    Args:
        question: as it was asked.
        near_words: see `NearWords`.
    """
    if language_of(analyse(question)) != "en":
        return Corrected(question)
    words = (match.group(1) for match in _WORD.finditer(question) if match.group(2).lower() in _POSSESSIVE)
    typed = [word for word in dict.fromkeys(words) if _may_be_a_slip(word)]
    near = near_words(typed) if typed else {}
    meant = ((word, _meant(word, near[word])) for word in typed if near.get(word))
    slips = tuple((word, form) for word, form in meant if form)
    text = question
    for word, form in slips:
        text = re.sub(rf"\b{re.escape(word)}\b", form, text)
    return Corrected(text, slips)


def _may_be_a_slip(word: str) -> bool:
    return len(word) >= LEAST_LETTERS and not word.isupper() and word.lower() not in FUNCTION_WORDS


def _meant(word: str, seen: Mapping[str, int]) -> str:
    """The word that was meant, as it was seen; "" where the word is one, or none that was seen was meant."""
    if word[0].isupper():
        may_be = {form: count for form, count in seen.items() if form[0].isupper() and _same_name(word, form)}
        known = bool(may_be) and word in _dictionary()
        return "" if known else max(may_be, key=lambda form: (may_be[form], form), default="")
    plain = {form: count for form, count in seen.items() if form.islower() or word_key(form) in PLACE_KEYS}
    if not plain:
        return ""
    american = next((form for form in plain if form in _american(word)), "")
    if american or any(form in _dictionary() for form in (word, *_american(word))):
        return american
    frequency = _dictionary().word_usage_frequency
    return max(plain, key=lambda form: (frequency(form.lower()), plain[form], form))


def _same_name(word: str, form: str) -> bool:
    """Whether a name is one of the articles' with a slip in it, and not another."""
    if word_key(word) in PLACE_KEYS:
        return False
    one, other = word.casefold(), form.casefold()
    if word_key(form) in PLACE_KEYS:
        return is_slip(word, form) and not (one.startswith(other) or other.startswith(one))
    at = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    swapped = at < len(one) - 2 and changes_places(one, other, at)  # Christina is not Christian
    return swapped or _undoubled(one) == _undoubled(other)


def _american(word: str) -> frozenset[str]:
    return frozenset(pattern.sub(instead, word) for pattern, instead in _AMERICAN) - {word}


def _undoubled(word: str) -> str:
    return re.sub(r"(.)\1", r"\1", word)


@cache
def _dictionary() -> "SpellChecker":
    """160,000 English words with how common they are; loaded for the first word that may be a slip."""
    from spellchecker import SpellChecker

    return SpellChecker(language="en")

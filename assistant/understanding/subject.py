"""Of whom and of which year a question is: what its answer has to be about."""

import re
from collections.abc import Sequence

from assistant.understanding.question import AUXILIARIES, QUESTION_WORDS, QuestionProfile
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import Word, fold, word_key

_SEATS = """
usa washington pentagon
turkey ankara
russia moscow kremlin
china beijing
ukraine kyiv
uk london
france paris
germany berlin
iran tehran
syria damascus
israel jerusalem
northkorea pyongyang
southkorea seoul
japan tokyo
india delhi
pakistan islamabad
iraq baghdad
egypt cairo
greece athens
italy rome
spain madrid
poland warsaw
hungary budapest
sweden stockholm
finland helsinki
belarus minsk
"""
"""A line for each country: its name, then what stands for its government."""

_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_ARTICLES = word_set("the a an")


def _seats() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _SEATS.strip().splitlines():
        country, *seats = (word_key(name) for name in line.split())
        found |= {seat: frozenset({country}) for seat in seats} | {country: frozenset(seats)}
    return found


SEATS: dict[str, frozenset[str]] = _seats()
"""By the key of a country or of a seat of government, the keys of the other."""


def subject_of(profile: QuestionProfile) -> tuple[Word, ...]:
    """The name that stands right after the verb: Hungary in "When did Hungary ratify it?"; () for none."""
    words = profile.words
    asking = next((at for at, word in enumerate(words) if fold(word.surface) in QUESTION_WORDS), -1)
    verb = next(
        (at for at, word in enumerate(words) if at > asking and fold(word.surface) in AUXILIARIES), None
    )
    if verb is None:
        return ()
    following = [word for word in words[verb + 1 :] if fold(word.surface) not in _ARTICLES]
    runs = (run for run in profile.name_runs() if following and run[0].start == following[0].start)
    return tuple(next(runs, ()))


def is_named(word: Word, keys: frozenset[str]) -> bool:
    """Whether a name is among keys, or one that begins alike, or a capital for its country and back."""
    return has_name(word.key, keys) or not keys.isdisjoint(SEATS.get(word.key, frozenset()))


def governments(keys: frozenset[str], asked: frozenset[str]) -> frozenset[str]:
    """Those of the asked keys for which keys have the country of a capital, or the capital of a country."""
    return frozenset(key for key in asked if not keys.isdisjoint(SEATS.get(key, frozenset())))


def has_name(key: str, met: frozenset[str]) -> bool:
    """Whether a name occurs, or one that begins alike (Zelensky, Zelenskyy)."""
    return key in met or (len(key) > 5 and any(other.startswith(key[:-1]) for other in met))


def phrase(profile: QuestionProfile, words: Sequence[Word]) -> str:
    """Words of the question that stand together, as they are written; "" for none."""
    return profile.text[words[0].start : words[-1].end] if words else ""


def is_year(key: str) -> bool:
    """Whether a key is a year from 1500 to 2099."""
    return _YEAR.fullmatch(key) is not None

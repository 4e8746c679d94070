"""Whether a name of several words is met as a name: the "Champions League" is not the "Arab League"."""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from assistant.understanding.places import PLACE_KEYS
from assistant.understanding.question import PERSON_NOUNS, QuestionProfile
from assistant.understanding.subject import has_name, phrase
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import Word, word_key, words_of

LEAST_LIKENESS = 0.8
"""From which two long words are taken for one name in two spellings (2 M / T of `difflib`, 0 to 1)."""

LEAST_SPELLED = 5
"""Letters from which a word may be a name in another spelling."""

_TITLES = frozenset(
    word_key(title)
    for title in PERSON_NOUNS
    | word_set("mr mrs ms miss dr sir lord lady prof professor prime vice deputy former sen rep gov gen st")
)

Name = frozenset[str]
"""The keys of words that stand together as one name."""


def unmet_phrases(profile: QuestionProfile, texts: Iterable[str]) -> tuple[str, ...]:
    """The question's names of two words or more, no place among them, that none of the texts has.

    A name is met by some of its words alone ("Musk" for "Elon Musk"), by more ("UEFA Champions League"), by
    two of them among others, by its initials, and in a spelling that is like it; not by a word that is no
    name there, and not by one that belongs to another name.
    """
    asked = [(run, _telling(run)) for run in profile.name_runs()]
    asked = [(run, name) for run, name in asked if len(name) > 1 and not name & PLACE_KEYS]
    if not asked:
        return ()
    read = tuple(texts)
    names = frozenset[Name]().union(*(names_in(text) for text in read))
    lacking = [run for run, name in asked if not any(_is_met(name, other) for other in names)]
    return tuple(phrase(profile, run) for run in lacking if not _has_initials(read, run))


@lru_cache(maxsize=512)
def names_in(text: str) -> frozenset[Name]:
    """The names of a text: capitalised words that stand together."""
    runs: list[list[Word]] = []
    for word in words_of(text):
        if not word.is_capitalised or not word.key:
            continue
        if runs and text[runs[-1][-1].end : word.start] in (" ", "-"):
            runs[-1].append(word)
        else:
            runs.append([word])
    return frozenset(frozenset(word.key for word in run) for run in runs)


def _telling(run: Sequence[Word]) -> Name:
    """The keys of a name, without a title before it and without what only begins the question."""
    return frozenset(word.key for word in run if word.key and word.start > 0) - _TITLES


def _has_initials(texts: Iterable[str], run: Sequence[Word]) -> bool:
    initials = re.compile(rf"\b{re.escape(''.join(word.surface[0] for word in run))}\b")
    return any(initials.search(text) for text in texts)


def _is_met(asked: Name, told: Name) -> bool:
    shared = [key for key in asked if _has(told, key)]
    if not shared:
        return False
    others = [key for key in told - _TITLES if not _has(asked, key)]
    return len(shared) == len(asked) or len(shared) > 1 or not others


def _has(name: Name, key: str) -> bool:
    return has_name(key, name) or any(_is_like(key, other) for other in name)


@lru_cache(maxsize=1 << 14)
def _is_like(one: str, other: str) -> bool:
    if min(len(one), len(other)) < LEAST_SPELLED:
        return False
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= LEAST_LIKENESS

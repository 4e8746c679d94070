"""The word that an answer cannot do without: what is asked about a thing, or what was done to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from assistant.understanding.question import AnswerKind, QuestionProfile
from assistant.understanding.wordlists import word_set
from assistant.understanding.words import Word, fold

_BE = word_set("is was are were")
_DO = word_set("did do does")
_HAVE = word_set("had has have will")
_BORDERS = word_set(
    """
    of in on at by for from to with that who which when where while during before after between under over as
    still there
    """
)
_PARTICIPLES = word_set(
    """
    built sold bought made found held taken given shown written chosen begun born brought caught drawn driven
    fought known laid led left lost met paid put read run said seen sent set shot spent stolen struck sunk
    sworn taught thrown told torn won worn woken frozen broken spoken beaten cut hit shut
    """
)
_PARTICLES = word_set("back away up out off down")
_IN_NAMES = word_set("al el ad as ash ul bin ibn abu van von de da di du del la le")
_NEVER_REPEATED = word_set(
    """
    meaning meanings definition purpose purposes function functions role roles point aim aims goal goals idea
    status significance importance difference differences effect effects impact result results consequence
    consequences example examples kind kinds type types origin nature plot theme
    """
)
"""Nouns that say what is asked about a thing, and that answers do without: "what is its purpose"."""

_NAME_OF = re.compile(r"\b(?:full |first )?names? of\b", re.IGNORECASE)
_MOST_APART = 12


@dataclass(frozen=True, slots=True)
class Demand:
    """The attribute or deed asked for.

    Attributes:
        key: of the word.
        is_deed: whether it is done to or by what is counted; an attribute may be named nearby instead.
    """

    key: str
    is_deed: bool


def demanded(profile: QuestionProfile) -> Demand | None:
    """The attribute or deed asked for; None where the question's form does not show it.

    "What was the turnout in ...?" demands the turnout, "who was his coach?" the coach, "how many people were
    injured by ...?" the injuring and "how many books did it lend?" the lending.
    """
    words = profile.words
    at = next((at for at, word in enumerate(words) if fold(word.surface) in ("who", "what", "how")), None)
    if at is None:
        return None
    asking = fold(words[at].surface)
    following = [fold(word.surface) for word in words[at + 1 : at + 2]]
    if asking in ("who", "what") and following and following[0] in _BE:
        return _demand(_head(profile, _after_name_of(profile, words[at + 2 :])), is_deed=False)
    if asking == "what" and following and following[0] in _DO:
        return _demand(words[-1].key if fold(words[-1].surface) == "cost" else None, is_deed=True)
    if asking == "how" and following and following[0] in ("many", "much"):
        return _demand(_deed_of_figure(profile, words[at + 2 :]), is_deed=True)
    return None


def deeds_asked(profile: QuestionProfile) -> frozenset[str]:
    """The keys of what is asked of the things named: no names or parts of them (al-Assad), no numbers."""
    names = {word.key for word in profile.names} | set(profile.numbers)
    starts = {word.start for word in profile.names}
    parts = {
        word.key
        for word, following in pairwise(profile.words)
        if fold(word.surface) in _IN_NAMES and following.start in starts
    }
    return frozenset(profile.keys) - names - parts


def _demand(key: str | None, is_deed: bool) -> Demand | None:
    return Demand(key, is_deed) if key else None


def _after_name_of(profile: QuestionProfile, words: Sequence[Word]) -> Sequence[Word]:
    match = _NAME_OF.search(profile.text)
    return words if match is None else [word for word in words if word.start >= match.end()]


def _head(profile: QuestionProfile, words: Sequence[Word]) -> str | None:
    """The last word of the phrase up to the first preposition, unless it is a name."""
    phrase = list(takewhile(lambda word: fold(word.surface) not in _BORDERS, words))
    while phrase and fold(phrase[-1].surface) in _PARTICLES:
        phrase.pop()
    if not phrase or len(phrase) > _MOST_APART:
        return None
    last = phrase[-1]
    named = last.start in {name.start for name in profile.names} or last.has_digit
    return None if named or not last.key or fold(last.surface) in _NEVER_REPEATED else last.key


def _deed_of_figure(profile: QuestionProfile, words: Sequence[Word]) -> str | None:
    """The verb: right after "were", or before the first preposition after "did"."""
    for at, word in enumerate(words):
        surface = fold(word.surface)
        if surface in _BE:
            following = words[at + 1 : at + 2]
            deed = bool(following) and following[0].surface.endswith(("ed", "en"))
            return following[0].key or None if deed else None
        if surface in _DO:
            return _head(profile, words[at + 1 :])
    return None


def deed_of_person(profile: QuestionProfile) -> str | None:
    """The key of what "who" did ("who wrote it") or "whom" it was done to; None where no verb shows."""
    words = profile.words
    at = next((at for at, word in enumerate(words) if fold(word.surface) in ("who", "whom")), None)
    following = [] if at is None else words[at + 1 :]
    if not following:
        return None
    if fold(following[0].surface) in _DO:
        return _head(profile, following[1:])
    return following[0].key or None


def thing_priced(profile: QuestionProfile) -> str | None:
    """The key of what costs, the launch in "what did the launch of Alder cost"; None for a name or a pronoun,
    and where the question's form does not show it.
    """
    words = profile.words
    if profile.kind is not AnswerKind.MONEY or not words or fold(words[-1].surface) != "cost":
        return None
    at = next((at for at, word in enumerate(words) if fold(word.surface) in _DO | _HAVE), None)
    if at is None:
        return None
    return _head(profile, [word for word in words[at + 1 : -1] if not word.surface.endswith("ly")])


def deed_of_time(profile: QuestionProfile) -> str | None:
    """The key of what "when" is asked of ("when did it burn down"), the last word of its phrase; None where
    the question's form does not show it.

    A participle that ends the question is it, whatever stands between: "when was the deal on grain signed".
    """
    words = profile.words
    if profile.kind is not AnswerKind.TIME:
        return None
    if any(fold(word.surface) in _BE for word in words) and _is_participle(words[-1]):
        return words[-1].key
    at = next((at for at, word in enumerate(words) if fold(word.surface) in _DO | _BE | _HAVE), None)
    return None if at is None else _head(profile, words[at + 1 :])


def _is_participle(word: Word) -> bool:
    surface = fold(word.surface)
    return not word.is_capitalised and bool(word.key) and (surface.endswith("ed") or surface in _PARTICIPLES)


def main_deed(profile: QuestionProfile) -> Word | None:
    """The word for what "who" did ("who built it"), or the last of the phrase that "did" leads in ("where did
    it stop"); None where the question's form does not show it.
    """
    if profile.kind is AnswerKind.PERSON:
        key = deed_of_person(profile)
    else:
        at = next((at for at, word in enumerate(profile.words) if fold(word.surface) in _DO), None)
        key = None if at is None else _head(profile, profile.words[at + 1 :])
    return next((word for word in profile.words if key and word.key == key), None)

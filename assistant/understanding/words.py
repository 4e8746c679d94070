"""Words of a text with their places, in a form in which the same word in another form compares equal."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from assistant.understanding.irregular import BASE_FORMS
from assistant.understanding.places import PLACE_PHRASES, PLACE_WORDS
from assistant.understanding.wordlists import word_set

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,]\d+)+"  # 1,234.5
    r"|[A-Za-z]{1,3}-\d+[A-Za-z]?\b"  # S-400
    r"|[^\W_]+(?:['’][^\W\d_]+)*"
)
_DIGIT = re.compile(r"\d")
_MODELS = re.compile(r"([a-z]{1,3}\d+)s")  # F-16s, and not 1990s
_WHOLE = re.compile(r"^(\d+)\.0+$")  # 6.00
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")

FUNCTION_WORDS = word_set(
    """
    a about after again against all also am an and any are aren't as at be because been before being
    both but by can can't could couldn't did didn't do does doesn't doing don't done during each either
    ever few for from get gets getting give given go going got had hadn't has hasn't have haven't having
    he her here hers him his how however i if in into is isn't it its itself just let like made make
    makes many may me might mine more most much must my no nor not of off on once one only onto or other
    our ours out over own per please put s same shall she should shouldn't since so some such take taken
    takes tell than that the their theirs them then there these they this those though through thus to
    too took under until up upon very via was wasn't we were weren't what when where whether which while
    who whoever whom whose why will with within without would wouldn't yet you your yours say says said
    according name named names called call known know now currently happen happens happened
    happening ve bir bu ne neden niye niçin nicin icin kim
    arent cant couldnt didnt doesnt dont hadnt hasnt havent isnt shouldnt wasnt werent wont wouldnt whats whos
    kimdir nerede hangi kac ile mi mu
    """
)
"""English words that say nothing about what a sentence is about, as they are written in lower case."""


class Word(NamedTuple):
    """A word at `text[start:end]`; a tuple, because an answer looks at thousands.

    Attributes:
        key: what it is compared by: folded, its stem, one name of a place for all.
        surface: as it is written.
    """

    start: int
    end: int
    key: str
    surface: str

    @property
    def is_function_word(self) -> bool:
        """Whether it says nothing about what a sentence is about."""
        return self.key == ""

    @property
    def is_capitalised(self) -> bool:
        """Whether its first letter is a capital."""
        return self.surface[0].isupper()

    @property
    def has_digit(self) -> bool:
        """Whether it contains a digit."""
        return _DIGIT.search(self.surface) is not None


def words_of(text: str) -> list[Word]:
    """The words of a text in order; several names of one place ("U.S.", "American") get one key."""
    found: list[Word] = []
    may_be_phrase = False
    for match in _WORD.finditer(text):
        surface = match.group()
        found.append(Word(match.start(), match.end(), word_key(surface), surface))
        may_be_phrase = may_be_phrase or _starts_place_phrase(surface)
    return _with_place_phrases(found) if may_be_phrase else found


def keys_of(words: Iterable[Word]) -> frozenset[str]:
    """The distinct keys of the words that say something."""
    return frozenset(word.key for word in words if word.key)


def compounds(text: str, asked: frozenset[str]) -> frozenset[str]:
    """Those of the asked keys that a text writes with a hyphen: "run-off" for "runoff"."""
    found = (word_key(match.group().replace("-", "")) for match in _COMPOUND.finditer(text))
    return frozenset(key for key in found if key in asked)


@lru_cache(maxsize=1 << 16)
def word_key(surface: str) -> str:
    """What a word is compared by, "" for a function word."""
    if surface in ("US", "USA"):
        return "usa"
    folded = fold(surface)
    if folded in FUNCTION_WORDS:
        return ""
    bare = re.sub(r"['’]s?$", "", folded).replace("’", "'")
    if "." in bare and not _DIGIT.search(bare):
        bare = bare.replace(".", "")
        return PLACE_WORDS.get(bare, "usa" if bare == "us" else bare)
    if _DIGIT.search(bare):
        written = _WHOLE.sub(r"\1", bare.replace(",", "").replace("-", ""))
        models = _MODELS.fullmatch(written)
        return models.group(1) if models else written
    return PLACE_WORDS.get(bare) or BASE_FORMS.get(bare) or stem(bare)


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """Lower case without marks on letters; the Turkish dotless and dotted i both become i."""
    plain = text.replace("İ", "i").replace("ı", "i")
    if plain.isascii():
        return plain.lower()
    decomposed = unicodedata.normalize("NFKD", plain.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


_VOWEL = re.compile(r"[aeiouy]")
_ENDINGS = (
    ("ization", "ize"), ("isation", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"),
    ("iveness", "ive"), ("ation", "ate"), ("ition", "it"), ("ment", ""), ("ness", ""), ("ance", ""),
    ("ence", ""), ("sion", "s"), ("tion", "t"), ("ise", "ize"), ("yse", "yze"), ("our", "or"),
    ("ally", "al"), ("ably", "able"), ("ibly", "ible"), ("ly", ""), ("or", ""), ("er", ""), ("al", ""),
    ("ate", ""), ("e", ""),
)  # fmt: skip
_LEAST_STEM = 4


def stem(word: str) -> str:
    """A word without inflection and common endings: "sanctioned" and "sanctions" give "sanct"."""
    if len(word) < _LEAST_STEM or not word.isascii():
        return word
    bare = _without_inflection(word)
    for ending, instead in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _LEAST_STEM - 1:
            bare = bare[: -len(ending)] + instead
            if ending != "e":
                break
    if len(bare) > _LEAST_STEM and bare.endswith("e"):
        bare = bare[:-1]
    if len(bare) > _LEAST_STEM + 1 and bare.endswith("ll"):  # enroll, enrol; travelled, traveled
        bare = bare[:-1]
    return bare[:-1] + "i" if bare.endswith("y") and len(bare) > _LEAST_STEM - 1 else bare


def _without_inflection(word: str) -> str:
    if word.endswith("ies") and len(word) > _LEAST_STEM:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return _without_inflection(word[:-1]) if word.endswith(("ings", "eds")) else word[:-1]
    if word.endswith("ied") and len(word) > _LEAST_STEM:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        bare = word[: -len(ending)]
        if word.endswith(ending) and len(bare) >= _LEAST_STEM - 1 and _VOWEL.search(bare):
            return bare[:-1] if bare[-1] == bare[-2] and bare[-1] not in "lsz" else bare
    return word


def _with_place_phrases(words: list[Word]) -> list[Word]:
    """Words that together name a place ("United States") become one word with that place's key."""
    merged: list[Word] = []
    at = 0
    while at < len(words):
        length, key = _place_phrase_at(words, at)
        if key:
            last = words[at + length - 1]
            surface = " ".join(word.surface for word in words[at : at + length])
            merged.append(Word(words[at].start, last.end, key, surface))
        else:
            merged.append(words[at])
        at += length
    return merged


@lru_cache(maxsize=1 << 16)
def _starts_place_phrase(surface: str) -> bool:
    return fold(surface) in PLACE_PHRASES


def _place_phrase_at(words: list[Word], at: int) -> tuple[int, str]:
    if not _starts_place_phrase(words[at].surface):
        return 1, ""
    for phrase, key in PLACE_PHRASES.get(fold(words[at].surface), ()):
        following = words[at : at + len(phrase)]
        if tuple(fold(word.surface) for word in following) == phrase:
            return len(phrase), key
    return 1, ""

"""How an answer's words are compared with what a case expects: folded, and at word borders."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

_ENGLISH = ("january", "february", "march", "april", "may", "june",
            "july", "august", "september", "october", "november", "december")  # fmt: skip
_TURKISH = ("ocak", "subat", "mart", "nisan", "mayis", "haziran",
            "temmuz", "agustos", "eylul", "ekim", "kasim", "aralik")  # fmt: skip
_LETTERS = str.maketrans({"ı": "i", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "−": "-"})
_CITATION = re.compile(r"\[\d+\]")
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_WORD = re.compile(r"\w+(?:[.,]\d+)*")


class Wanted(Protocol):
    """Something that a text must, or must not, say."""

    @property
    def label(self) -> str:
        """How the expectation is shown to a reader."""

    def found_in(self, text: str) -> bool:
        """Whether `text` says it."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Words to be found as they stand, whatever their case, accents, spacing, dashes and quote marks."""

    text: str

    @property
    def label(self) -> str:
        """The words themselves."""
        return self.text

    def found_in(self, text: str) -> bool:
        """Whether the words stand in `text` at word borders ("14" is not in "2014", "14.5" or "1,14")."""
        return _literal_pattern(self.text).search(fold(text)) is not None


@dataclass(frozen=True, slots=True)
class Regex:
    """A regular expression, searched in the folded text (lower case, no accents, single spaces)."""

    pattern: str

    @property
    def label(self) -> str:
        """The expression between slashes."""
        return f"/{self.pattern}/"

    def found_in(self, text: str) -> bool:
        """Whether the expression matches anywhere in `text`."""
        return _compiled(self.pattern).search(fold(text)) is not None


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day, in any of the usual ways to write it in English or Turkish."""

    day: date

    @property
    def label(self) -> str:
        """The day as YYYY-MM-DD."""
        return self.day.isoformat()

    def found_in(self, text: str) -> bool:
        """Whether `text` names the day with its month and year."""
        return _day_pattern(self.day).search(fold(text)) is not None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives, one of which is enough."""

    alternatives: tuple[Wanted, ...]

    @property
    def label(self) -> str:
        """The alternatives joined with "or"."""
        return " or ".join(wanted.label for wanted in self.alternatives)

    def found_in(self, text: str) -> bool:
        """Whether `text` says at least one of the alternatives."""
        return any(wanted.found_in(text) for wanted in self.alternatives)


def fold(text: str) -> str:
    """Lower case without accents, with single spaces, straight quote marks and plain hyphens."""
    compatible = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", compatible.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(bare.split())


def without_citations(text: str) -> str:
    """The text without its citation numbers such as [2]."""
    return " ".join(_CITATION.sub(" ", text).split())


def answer_tokens(text: str) -> list[str]:
    """Words and numbers as SQuAD's evaluation compares them: folded, without punctuation and articles."""
    return _WORD.findall(_ARTICLES.sub(" ", fold(text)))


def exact_match(given: str, accepted: str) -> bool:
    """Whether two short answers are the same words (SQuAD's exact match)."""
    return answer_tokens(given) == answer_tokens(accepted)


def token_f1(given: str, accepted: str) -> float:
    """Harmonic mean of token precision and recall, from 0 to 1 (SQuAD's F1); two empty answers agree."""
    ours, theirs = answer_tokens(given), answer_tokens(accepted)
    if not ours or not theirs:
        return float(ours == theirs)
    shared = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * shared / (len(ours) + len(theirs))


@lru_cache(maxsize=4096)
def _literal_pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!\d[.,]){re.escape(fold(text))}(?!\w)(?![.,]\d)")


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=1024)
def _day_pattern(day: date) -> re.Pattern[str]:
    english, turkish = _ENGLISH[day.month - 1], _TURKISH[day.month - 1]
    month = english if len(english) <= 4 else rf"{english[:3]}(?:{english[3]}?\.?|{english[3:]})"
    number = rf"0?{day.day}(?:st|nd|rd|th)?"
    forms = (
        rf"{number}(?: of)? {month},? {day.year}",
        rf"{month} {number},? {day.year}",
        rf"{day.day} {turkish} {day.year}",
        re.escape(day.isoformat()),
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\d)")

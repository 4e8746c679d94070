"""Sketches of texts, by which an article's likely copies are found among any number of others.

A sketch is a MinHash signature (Broder 1997) over the runs of `SHINGLE_WORDS` words, cut into bands: two
texts that share many runs agree in a whole band with high probability (locality-sensitive hashing; Leskovec,
Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3). The library `rensa` computes it.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

SHINGLE_WORDS = 5
BANDS = 32
ROWS = 2
"""Values in a band: two texts of resemblance s agree in one with probability 1 - (1 - s**ROWS)**BANDS."""

METHOD = f"rensa-2/{SHINGLE_WORDS}/{BANDS}x{ROWS}"
"""How the stored sketches were made; those made otherwise are made anew. Begins with rensa's own number."""

OPENING_WORDS = 150
LEAST_SHARED = 0.65
"""Share of the shorter text's runs that stand in the longer one, from which it may be a copy."""
LEAST_OPENING_SHARED = 0.2
"""The same for the runs of the shorter text's opening: galleries and lists are reused, openings are not."""
LEAST_TITLE_SHARED = 0.5
LEAST_TITLE_WORDS = 2
"""Share and number of words that titles have in common, from which they are alike: a paper's name is one."""
LEAST_TITLE_TOLD = 0.34
SHORT_WORD = 3
"""Letters of words that a title's comparison leaves out."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A title and a text, ready to be compared.

    Attributes:
        words: how many words the text has.
        runs: its runs of `SHINGLE_WORDS` words.
        opening: the runs of its first `OPENING_WORDS` words.
        vocabulary: its words, longer than `SHORT_WORD` letters.
        title: the title's words, longer than `SHORT_WORD` letters.
    """

    words: int
    runs: frozenset[str]
    opening: frozenset[str]
    vocabulary: frozenset[str]
    title: frozenset[str]

    @classmethod
    def of(cls, title: str, text: str) -> "Wording":
        """The wording of an article."""
        words = re.findall(r"\w+", text.casefold())
        return cls(
            len(words),
            _runs(words),
            _runs(words[:OPENING_WORDS]),
            _long(words),
            _long(re.findall(r"\w+", title.casefold())),
        )


def _runs(words: Sequence[str]) -> frozenset[str]:
    count = max(1, len(words) - SHINGLE_WORDS + 1)
    return frozenset(" ".join(words[start : start + SHINGLE_WORDS]) for start in range(count))


def _long(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word for word in words if len(word) > SHORT_WORD)


def bands_of(wording: Wording) -> list[int]:
    """The numbers, one for each band, that likely copies have in common (64 bits, signed)."""
    from rensa import RMinHash

    sketch = RMinHash(BANDS * ROWS, 1)
    sketch.update(sorted(wording.runs))
    values = sketch.digest()
    return [_number(band, values[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _number(band: int, values: Sequence[int]) -> int:
    digest = hashlib.blake2b(f"{band}:{values}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)


def are_copies(one: Wording, other: Wording) -> bool:
    """Whether two texts are one report: a reprint, a part of it, or a later edition of the same text.

    The thresholds were chosen on pairs labelled by hand, see docs/results.md.
    """
    shorter, longer = sorted((one, other), key=lambda wording: wording.words)
    return (
        share(shorter.runs, longer.runs) >= LEAST_SHARED
        and share(shorter.opening, longer.runs) >= LEAST_OPENING_SHARED
        and tell_their_titles(one, other)
    )


def tell_their_titles(one: Wording, other: Wording) -> bool:
    """Whether the titles are alike, or each text tells of what the other's title says.

    Pages that hold nothing but a notice are alike under titles that have nothing to do with each other.
    """
    if not one.title or not other.title:
        return True
    fewer = min(len(one.title), len(other.title))
    if len(one.title & other.title) >= max(LEAST_TITLE_WORDS, LEAST_TITLE_SHARED * fewer):
        return True
    return all(
        share(mine.title - its.title, its.vocabulary) >= LEAST_TITLE_TOLD
        for mine, its in ((one, other), (other, one))
    )


def share(part: frozenset[str], whole: frozenset[str]) -> float:
    """Share of `part` that `whole` has, 0 to 1; 1 for an empty part."""
    return len(part & whole) / len(part) if part else 1.0

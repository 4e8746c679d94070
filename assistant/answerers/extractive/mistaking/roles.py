"""Answers that name the other side of a deed: the seller where the buyer is asked for."""

import re
from dataclasses import dataclass

from assistant.answerers.extractive.reading import Reading
from assistant.answerers.extractive.scoring import RankedCandidate
from assistant.understanding.question import AnswerKind
from assistant.understanding.wordlists import word_set

_DOERS = frozenset({AnswerKind.PERSON, AnswerKind.NAME})
_PREPOSITION = re.compile(r"\b(by|from|to)\b", re.IGNORECASE)
_ASKS_FOR_THE_OTHER = re.compile(r"\b(?:by|from|to)\W*$", re.IGNORECASE)
"""Whom it was bought from is the seller."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a deed that has a word for each.

    Attributes:
        words: that tell the deed from this side.
        others: that tell it from the other.
        after: the preposition that leads this side in where the deed is told from the other.
        also: further words of this side, which no question asks with.
    """

    words: frozenset[str]
    others: frozenset[str]
    after: str
    also: frozenset[str] = frozenset()


_BUYING = word_set(
    """
    buy buys bought buying buyer purchase purchases purchased purchasing purchaser acquire acquires acquired
    acquiring acquisition takeover
    """
)
_PAYING = word_set("pay pays paid paying take takes took taking taken offer offers offered")
"""What a buyer does who is told of beside the sale."""
_SELLING = word_set("sell sells sold selling seller sale vendor")
_LENDING = word_set("lend lends lent lending lender loan loans loaned")
_BORROWING = word_set("borrow borrows borrowed borrowing borrower")

SIDES = (
    Side(_BUYING, _SELLING, "to", _PAYING),
    Side(_SELLING, _BUYING, "from"),
    Side(_LENDING, _BORROWING, "from"),
    Side(_BORROWING, _LENDING, "to"),
)


def names_the_other_side(reading: Reading, item: RankedCandidate) -> bool:
    """Whether it is asked who bought, and a sentence that tells only of selling names the seller.

    "Sold to Holt" names the buyer, "sold by Velm" does not; the deed may be told in the words asked for, too.
    """
    profile, span = reading.profile, reading.short_answer(item)
    if profile.kind not in _DOERS or span is None or _ASKS_FOR_THE_OTHER.search(profile.text):
        return False
    asked = {word.surface.lower() for word in profile.words}
    told = {word.surface.lower() for word in item.candidate.words}
    for side in SIDES:
        if not asked & side.words or asked & side.others:
            continue
        if told & side.others and not told & (side.words | side.also):
            led_in = _PREPOSITION.findall(item.candidate.text[: span.start])
            return not led_in or led_in[-1].lower() != side.after
    return False

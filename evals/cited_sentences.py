"""How well the sentences that an answer cites agree with those that people chose.

Two sentences match where one holds the other, but for spacing and punctuation. With several annotators the
scores against each are averaged.
"""

import re
from collections.abc import Sequence
from statistics import fmean

LEAST_CONTAINED = 20
"""Letters and digits that a sentence needs for being found within another."""


def sentence_precision(shown: Sequence[str], selected: Sequence[str]) -> float:
    """The share of the sentences shown that match a selected one, 0 to 1; 0 where none is shown."""
    return _share_matching(shown, selected)


def sentence_recall(shown: Sequence[str], selected: Sequence[str]) -> float:
    """The share of the selected sentences that match one that is shown, 0 to 1."""
    return _share_matching(selected, shown)


def sentence_f1(shown: Sequence[str], selected: Sequence[str]) -> float:
    """The harmonic mean of the two, 0 to 1."""
    precision, recall = sentence_precision(shown, selected), sentence_recall(shown, selected)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share_matching(ones: Sequence[str], others: Sequence[str]) -> float:
    ours, theirs = [_letters(text) for text in ones], [_letters(text) for text in others]
    return fmean(any(_same(one, other) for other in theirs) for one in ours) if ours else 0.0


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _same(one: str, other: str) -> bool:
    return one == other or any(
        len(inner) > LEAST_CONTAINED and inner in outer for inner, outer in ((one, other), (other, one))
    )

"""Which part of a set an article belongs to: what is trained or tuned on never reports a figure."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Literal, get_args

Part = Literal["train", "develop", "report"]
PARTS: tuple[Part, ...] = get_args(Part)
_TRAIN_PERCENT = 70
_DEVELOP_PERCENT = 15


def part_of(title: str) -> Part:
    """The part of the article with this title: of all titles 70% train, 15% develop and 15% report.

    Letter case, runs of white space, underscores for spaces and the compatibility forms of letters do not
    count. It depends on nothing but the title, so it holds across versions of a set, sets and machines.

    Raises:
        ValueError: the title is blank, so that all articles without one would fall into the same part.
    """
    digest = hashlib.sha256(_normalised(title).encode("utf-8")).digest()
    hundredth = int.from_bytes(digest[:8], "big") * 100 >> 64
    if hundredth < _TRAIN_PERCENT:
        return "train"
    return "develop" if hundredth < _TRAIN_PERCENT + _DEVELOP_PERCENT else "report"


def _normalised(title: str) -> str:
    text = unicodedata.normalize("NFKC", title).replace("_", " ")
    words = unicodedata.normalize("NFKC", text.casefold()).split()
    if not words:
        raise ValueError("an article without a title belongs to no part")
    return " ".join(words)

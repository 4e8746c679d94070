"""Near-identical passages: shown once, so that a text that ran in ten places does not fill the list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ingest.article import ArticleHead, day_of
from vectorstore.catalogue import HeldPassage
from vectorstore.fusion import FusedCandidate

LEAST_OVERLAP = 0.9
"""Jaccard overlap of word sets from which passages that agree in their figures count as the same."""

TELLING = re.compile(r"\d|^(?:not?|never|none|neither|nor|without|deny|denied|denies|n't|değil)$")
"""Words that may not differ: a figure or a denial is just what two sources may disagree on."""


@dataclass
class Group:
    """Near-identical passages.

    Attributes:
        shown: the one to show: the newest.
        score: the best score among them, which ranks the group.
        others: the rest, best first.
    """

    shown: FusedCandidate
    score: float
    words: frozenset[str]
    others: list[FusedCandidate] = field(default_factory=list)


def group_near_duplicates(
    ranked: Sequence[FusedCandidate], held: dict[str, HeldPassage], limit: int
) -> list[Group]:
    """The first `limit` groups of near-identical passages, in the order of the best of each."""
    groups: list[Group] = []
    for item in ranked:
        words = frozenset(re.findall(r"\w+", held[item.candidate.id].passage.text.casefold()))
        group = next((group for group in groups if near_identical(group.words, words)), None)
        if group is not None:
            _join(group, item, held)
        elif len(groups) < limit:
            groups.append(Group(item, item.score, words))
    return groups


def near_identical(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two passages' words are nearly the same and agree in every figure and denial."""
    if any(TELLING.search(word) for word in one ^ other):
        return False
    return len(one & other) >= LEAST_OVERLAP * len(one | other)


def _join(group: Group, item: FusedCandidate, held: dict[str, HeldPassage]) -> None:
    if _newest_day(held[item.candidate.id].head) > _newest_day(held[group.shown.candidate.id].head):
        group.others.insert(0, group.shown)
        group.shown = item
    else:
        group.others.append(item)


def _newest_day(head: ArticleHead) -> date:
    moment = head.modified_at or head.published_at
    return date.min if moment is None else day_of(moment)

"""Near-identical passages: shown once, so that a text that ran in ten places does not fill the list.

Two passages are near-identical when the shingles of one, its runs of five words, stand in the other:
containment as in Broder, "On the Resemblance and Containment of Documents" (1997). So a text that was cut at
other places is found too. Passages that differ in a figure or a denial are not: that is where sources differ.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ingest.article import ArticleHead, day_of
from vectorstore.catalogue import HeldPassage
from vectorstore.fusion import FusedCandidate

SHINGLE_WORDS = 5
LEAST_CONTAINMENT = 0.8
"""Share of the shorter passage's shingles that the other has, from which they count as the same."""

NUMBER = re.compile(r"\d+")
WORD = re.compile(r"\w+")
LEAST_COPY_CONTAINMENT = 0.5
"""The same between passages of articles that are copies of one report."""

DENIALS = frozenset(
    ("no", "not", "never", "none", "neither", "nor", "without", "deny", "denied", "denies", "değil")
)
"""Words that may not differ: a figure or a denial is just what two sources may disagree on."""

LOOKED_THROUGH = 3
"""Repeats are looked for among so many times as many passages as are shown."""


@dataclass(frozen=True)
class Shingles:
    """A text for comparison; what most comparisons do not come to is made when it is first asked for.

    Attributes:
        text: the text.
        numbers: its runs of digits; texts with others have other figures, too.
    """

    text: str
    numbers: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Shingles":
        """A text for comparison."""
        return cls(text, frozenset(NUMBER.findall(text)))

    @cached_property
    def words(self) -> list[str]:
        """Its words, in order, without regard to case."""
        return WORD.findall(self.text.casefold())

    @cached_property
    def telling(self) -> frozenset[str]:
        """Its figures and denials."""
        words = set(self.words)
        return DENIALS & words | {word for word in words if not word.isalpha() and NUMBER.search(word)}

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Its runs of `SHINGLE_WORDS` words; a text shorter than one is one."""
        if len(self.words) < SHINGLE_WORDS:
            return frozenset((tuple(self.words),))
        return frozenset(zip(*(self.words[start:] for start in range(SHINGLE_WORDS)), strict=False))


@dataclass
class Group:
    """Near-identical passages.

    Attributes:
        shown: the one to show: the newest.
        score: the best score among them, which ranks the group.
        shingles: of the one with the best score.
        copy_groups: the copy groups of their articles, None among them for articles without one.
        others: the rest, best first.
    """

    shown: FusedCandidate
    score: float
    shingles: Shingles
    copy_groups: set[str | None]
    others: list[FusedCandidate] = field(default_factory=list)


def group_near_duplicates(
    ranked: Sequence[FusedCandidate], held: dict[str, HeldPassage], limit: int
) -> list[Group]:
    """The first `limit` groups of near-identical passages, in the order of the best of each."""
    groups: list[Group] = []
    for position, item in enumerate(ranked):
        if len(groups) == limit and position >= LOOKED_THROUGH * limit:
            break
        shingles, of = (
            Shingles.of(held[item.candidate.id].passage.text),
            held[item.candidate.id].head.copy_group,
        )
        group = next(
            (
                group
                for group in groups
                if near_identical(group.shingles, shingles, copies=of is not None and of in group.copy_groups)
            ),
            None,
        )
        if group is not None:
            _join(group, item, held)
            group.copy_groups.add(of)
        elif len(groups) < limit:
            groups.append(Group(item, item.score, shingles, {of}))
    return groups


def near_identical(one: Shingles, other: Shingles, *, copies: bool = False) -> bool:
    """Whether one text stands in the other, and both agree in every figure and denial.

    Args:
        one: a passage.
        other: another passage.
        copies: whether their articles are copies of one report: then the passages need share less.
    """
    if one.numbers != other.numbers or one.telling != other.telling:
        return False
    least = LEAST_COPY_CONTAINMENT if copies else LEAST_CONTAINMENT
    return len(one.runs & other.runs) >= least * min(len(one.runs), len(other.runs))


def _join(group: Group, item: FusedCandidate, held: dict[str, HeldPassage]) -> None:
    if _newest_day(held[item.candidate.id].head) > _newest_day(held[group.shown.candidate.id].head):
        group.others.insert(0, group.shown)
        group.shown = item
    else:
        group.others.append(item)


def _newest_day(head: ArticleHead) -> date:
    moment = head.modified_at or head.published_at
    return date.min if moment is None else day_of(moment)

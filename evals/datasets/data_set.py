"""`DataSet`: one adapter, and the options that several of them share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.corpus import Corpus
from evals.parts import PARTS, part_of
from evals.published import Published
from evals.suite import Case

ALL, OWN = "all", "own"


@dataclass(frozen=True, slots=True)
class Option:
    """What a user may choose about a set.

    Attributes:
        values: those that are allowed; empty for any text.
        default: "" for none.
    """

    name: str
    about: str
    values: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class LoadedSet:
    """The questions of a set and the articles that they are asked about."""

    cases: tuple[Case, ...]
    corpus: Corpus


Load = Callable[[Path, Mapping[str, str]], LoadedSet]
"""From the path and the options, all of them with a value or "", to the set."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """A set that others made, and how it is read.

    Attributes:
        measures: one sentence.
        path: what the path must name.
        licence: of the set, not of the adapter.
        published: what others reached on it.
        ranks: whether its cases judge rankings.
    """

    name: str
    measures: str
    path: str
    licence: str
    load: Load
    options: tuple[Option, ...] = ()
    published: tuple[Published, ...] = ()
    ranks: bool = True


PART = Option(
    "part",
    "only the questions on articles of this part (70, 15 and 15%, by the title); the corpus stays whole",
    (ALL, *PARTS),
    ALL,
)
FROM = Option("from", "answer each question from its own article, or from all", (OWN, ALL), OWN)


def in_part(title: str, options: Mapping[str, str]) -> bool:
    """Whether an article's questions are asked."""
    return options["part"] in (ALL, part_of(title))

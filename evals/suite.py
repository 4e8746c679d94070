"""`Suite` and `Case`: questions, and what a right answer to each must say, cite or refuse."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from evals.wording import Wanted


@dataclass(frozen=True, slots=True)
class EarlierTurn:
    """A turn before the question.

    Attributes:
        answer: the answer as it was shown then; None has the assistant under test answer it first.
    """

    question: str
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a right answer has; every part is optional.

    Attributes:
        contains: what the answer's text must say, every item of it.
        short_answer: accepted short answers, one of which is enough.
        articles: what must be cited, every item of it; of an item's alternatives one is enough. An article is
            named by its id, address, title, location, or the last part of its location without the suffix.
        related: further articles whose citation is right without being demanded.
        quotes: text of which every item must lie within a quote that the answer cites.
    """

    contains: tuple[Wanted, ...] = ()
    short_answer: tuple[str, ...] = ()
    articles: tuple[tuple[str, ...], ...] = ()
    related: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()

    @property
    def references(self) -> tuple[str, ...]:
        """Every article that the expectation names, without repeats."""
        named = [reference for alternatives in self.articles for reference in alternatives]
        return tuple(dict.fromkeys([*named, *self.related]))


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is expected of its answer.

    Attributes:
        digest: hash of everything that the case says; the same case in two runs has the same digest.
        line: where the case starts in its file, from 1.
    """

    id: str
    question: str
    digest: str
    line: int
    conversation: tuple[EarlierTurn, ...] = ()
    as_of: date | None = None
    expect: Expectation = field(default_factory=Expectation)
    must_decline: bool = False
    must_not_say: tuple[Wanted, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suite:
    """A named list of cases.

    Attributes:
        collection: "samples", a path (absolute by now), or None for the collection of the user's home.
        thresholds: the least value (the greatest, where lower is better) of a metric, by the metric's name.
        digest: hash of the cases' digests.
    """

    name: str
    cases: tuple[Case, ...]
    path: Path
    digest: str
    about: str = ""
    collection: str | None = None
    thresholds: dict[str, float] = field(default_factory=dict)

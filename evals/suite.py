"""`Suite` and `Case`: questions, and what a right answer to each must say, cite or refuse."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from evals.corpus import Corpus
from evals.published import DataSetFacts
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
class RankingGold:
    """What a good search finds first for a case; each way of judging is optional.

    Attributes:
        relevant: ids of the articles that people judged relevant.
        answers: strings of which a passage that answers holds one.
        excerpts: the texts that answer, as they stand in the articles `relevant`.
        rewrite: the question as a person would ask it without the conversation, where one did.
        compares_turns: whether the last turn alone, the whole conversation and the rewrite are searched for
            too, beside the question as it is understood.
    """

    relevant: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    excerpts: tuple[str, ...] = ()
    rewrite: str | None = None
    compares_turns: bool = False


@dataclass(frozen=True, slots=True)
class Planted:
    """What somebody hid in an article to mislead.

    Attributes:
        kind: an instruction to whoever reads it, or a false statement.
        text: the instruction, or the false answer.
        truth: the right answer that stands beside a false one, "" where there is none.
    """

    kind: Literal["instruction", "falsehood"]
    text: str
    truth: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what is expected of its answer.

    Attributes:
        digest: hash of everything that the case says; the same case in two runs has the same digest.
        line: where the case starts in its file, from 1.
        asks: whether an answer is asked for; a case that does not is searched for only.
        answers: strings of which an answer must hold one (as `evals.answer_hit` compares), for sets whose
            answers are strings.
        selected: by annotator, the sentences that people chose to cite.
        within: ids of the articles that may be answered from; empty for all.
        span_gold: whether the short answer is judged as SQuAD's evaluation judges a span.
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
    asks: bool = True
    answers: tuple[str, ...] = ()
    selected: tuple[tuple[str, ...], ...] = ()
    within: tuple[str, ...] = ()
    ranking: RankingGold | None = None
    planted: Planted | None = None
    span_gold: bool = False

    @property
    def expects_words(self) -> bool:
        """Whether the case names words that a right answer says."""
        return bool(self.expect.contains or self.expect.short_answer)


@dataclass(frozen=True, slots=True)
class Suite:
    """A named list of cases.

    Attributes:
        collection: "samples", a path (absolute by now), or None for the collection of the user's home.
        thresholds: the least value (the greatest, where lower is better) of a metric, by the metric's name.
        digest: hash of the cases' digests.
        corpus: the articles of a data set, asked about instead of a collection; None for a suite file.
        data_set: what is known about that data set.
    """

    name: str
    cases: tuple[Case, ...]
    path: Path
    digest: str
    about: str = ""
    collection: str | None = None
    thresholds: dict[str, float] = field(default_factory=dict)
    corpus: Corpus | None = None
    data_set: DataSetFacts | None = None

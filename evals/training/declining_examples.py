"""What the confidence is fitted on: the evidence for sentences that would be chosen, and their truth.

SQuAD v2's questions and ClapNQ's beside their own passage, ClapNQ's also among all passages of the set;
SQuAD v1.1's with all paragraphs, without their own, and without their whole article; questions far from the
words of their passage, beside it and among others; and suites and an archive of reports, asked as the product
would ask.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answerers.base import Evidence, UnderstoodQuestion
from assistant.answerers.extractive.asking import read_as
from assistant.answerers.extractive.choosing import choose
from assistant.answerers.extractive.confidence import EvidenceFeatures, evidence_features
from assistant.answerers.extractive.judging import refusal
from assistant.answerers.extractive.leading import LedReader
from assistant.answerers.extractive.narrowing import read_narrowly
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.reading import Reading, read, readings_of
from assistant.evidence import IndexEvidence
from assistant.settings import Settings
from evals.answer_hit import holds
from evals.benchmarks.reading_cases import (
    CaseSet,
    CollectionEvidence,
    KeywordPassages,
    ReadingCase,
    load_clapnq,
    load_squad,
    retrieved_passage,
)
from evals.cited_sentences import sentence_precision
from evals.collection import collection_home
from evals.parts import Part, part_of
from evals.suite_file import find_suite
from evals.training.archive import PASSAGES_READ, archive_reports, asked_as_answered, asked_of_archive
from evals.training.reader.distant import BESIDE_PASSAGES, distant_examples
from ingest.article import ArticleHead
from vectorstore.index import Index
from vectorstore.retrieved import RetrievedPassage

SQUAD_QUESTIONS = 1_500
COLLECTION_QUESTIONS = 250
DISTANT_QUESTIONS = 350
"""So many of a part are asked."""

ARCHIVE_EVERY = 5
"""One of so many questions of the archive is asked."""


SUITES = ("everyday", "reworded-everyday")
"""They count to the part "develop"; what the confidence makes of other words is reported on other suites."""


JUDGED_BY_SENTENCE = ("found", "distant-all", "clapnq-all")
"""Sources of which what is shown must answer; of the others, that the question can be answered."""


@dataclass(frozen=True, slots=True)
class Examples:
    """One row an example.

    Attributes:
        features: (n, features).
        targets, parts, sources: (n,).
        refused: (n,), whether a rule forbids to show it however high the confidence is.
        doubted: (n,), whether a rule forbids it unless the confidence is high.
    """

    features: NDArray[np.float64]
    targets: NDArray[np.bool_]
    parts: NDArray[np.str_]
    sources: NDArray[np.str_]
    refused: NDArray[np.bool_]
    doubted: NDArray[np.bool_]

    @classmethod
    def joined(cls, several: Sequence["Examples"]) -> "Examples":
        """The examples of several parts, one after the other."""
        return cls(*(np.concatenate([getattr(one, name) for one in several]) for name in cls.__slots__))


def collect(data: Path, reader: Reader | None, part: Part) -> Examples:
    """One example a question of a part: the features of the sentence that the answerer would choose."""
    chance = random.Random(0)
    squad, clapnq = load_squad(data / "squad" / "dev-v2.0.json"), load_clapnq(data / "clapnq")
    first = load_squad(data / "squad" / "dev-v1.1.json")
    distant = distant_cases(data / "fragments")
    asked = _sample(_of(first.cases, part), COLLECTION_QUESTIONS, chance)
    sets = {
        "squad": (_sample(_of(squad.cases, part), SQUAD_QUESTIONS, chance), squad.evidence),
        "clapnq": (_of(clapnq.cases, part), clapnq.evidence),
        "clapnq-all": (_from_all_passages(clapnq, _of(clapnq.cases, part)), clapnq.evidence),
        "distant": (_sample(_of(distant.cases, part), DISTANT_QUESTIONS, chance), distant.evidence),
        "distant-all": (beside_others(distant, _of(distant.cases, part), chance), distant.evidence),
        **{name: (cases, first.evidence) for name, cases in _in_collection(first, asked).items()},
    }
    tried = [
        _example(name, case, evidence, reader) for name, (cases, evidence) in sets.items() for case in cases
    ]
    if part == "develop":
        tried += [example for name in SUITES for example in suite_examples(name, reader)]
    if part != "train":
        tried += archive_examples(reader, part)
    examples = [example for example in tried if example is not None]
    return Examples(
        features=np.array([example.chosen.features for example in examples], dtype=np.float64),
        targets=np.array([example.target for example in examples]),
        parts=np.array([example.part for example in examples]),
        sources=np.array([example.source for example in examples]),
        refused=np.array([example.chosen.refused for example in examples]),
        doubted=np.array([example.chosen.doubted for example in examples]),
    )


def _of(cases: Sequence[ReadingCase], part: Part) -> list[ReadingCase]:
    return [case for case in cases if part_of(case.group) == part]


def _sample(cases: Sequence[ReadingCase], most: int, chance: random.Random) -> list[ReadingCase]:
    return chance.sample(cases, min(most, len(cases)))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What would be shown, and the evidence for its first sentence.

    Attributes:
        told: every text that would be shown, with its article.
        features: of the evidence for the first.
        refused: whether a rule forbids to show it however high the confidence is.
        doubted: whether a rule forbids it unless the confidence is high.
    """

    told: tuple[tuple[ArticleHead, str], ...]
    features: EvidenceFeatures
    refused: bool
    doubted: bool


@dataclass(frozen=True, slots=True)
class Example:
    """The evidence for the sentence that would be chosen, and whether what is shown with it is right."""

    source: str
    part: Part
    chosen: Chosen
    target: bool


def _example(
    source: str, case: ReadingCase, evidence: CollectionEvidence, reader: Reader | None
) -> Example | None:
    """None where there is no sentence to choose, or where an answer was found that should not be there."""
    question = UnderstoodQuestion(case.question, case.question, case.as_of or date(2023, 1, 1))
    chosen = _chosen(question, case.passages, evidence, reader)
    if chosen is None:
        return None
    right = any(_answers(text, case) for _, text in chosen.told)
    if source in ("near", "absent") and right:
        return None
    target = right if source in JUDGED_BY_SENTENCE else case.answerable
    return Example(source, part_of(case.group), chosen, target)


def _answers(text: str, case: ReadingCase) -> bool:
    """Whether a text holds an answer or is a sentence that somebody chose for it."""
    return holds(text, case.answers) or any(sentence_precision([text], one) > 0 for one in case.selected)


def _chosen(
    question: UnderstoodQuestion,
    passages: Sequence[RetrievedPassage],
    evidence: Evidence,
    reader: Reader | None,
) -> Chosen | None:
    reading = read(question, passages, evidence, readings_of(reader, read_as(question), passages))
    return would_be_shown(question, reading, reader)


def would_be_shown(question: UnderstoodQuestion, reading: Reading, reader: Reader | None) -> Chosen | None:
    """What would be shown; None where there is no sentence to choose."""
    chosen = choose(reading, lambda _: None)
    if not chosen:
        return None
    best = chosen[0].item
    narrow = read_narrowly(reader, read_as(question), reading, best)
    features = evidence_features(reading, best, narrow)
    told = tuple((choice.item.candidate.retrieved.article, choice.text) for choice in chosen)
    sure, unsure = (refusal(reading, best, features, sure=sure) is not None for sure in (True, False))
    refused = sure if reading.readings else unsure
    return Chosen(told, features, refused, doubted=unsure and not refused)


def suite_examples(name: str, reader: Reader | None) -> Iterator[Example]:
    """The questions of a suite, asked of its collection as the answerer would ask them.

    Left out are those that follow others, and those that the whole index answers.
    """
    suite, settings = find_suite(name), Settings()
    if suite.collection is None:
        raise ValueError(f"The suite {name} brings no collection.")
    with Index.open(collection_home(suite.collection, settings)) as index:
        evidence = IndexEvidence(index)
        led = None if reader is None else LedReader(reader, evidence)
        for case in suite.cases:
            if case.conversation or not case.asks:
                continue
            question, reading = asked_as_answered(index, evidence, led, case.question, case.as_of)
            chosen = None if question.computation else would_be_shown(question, reading, led)
            if chosen is not None:
                shown = " ".join(text for _, text in chosen.told)
                told = all(wanted.found_in(shown) for wanted in case.expect.contains)
                target = told and not case.must_decline
                yield Example("suites", "develop", chosen, target)


def archive_examples(reader: Reader | None, part: Part) -> Iterator[Example]:
    """Questions of an archive of reports of a part that the reader did not learn from."""
    for one in asked_of_archive(reader, archive_reports((part,)), ARCHIVE_EVERY):
        chosen = would_be_shown(one.question, one.reading, one.reader)
        if chosen is not None:
            right = any(one.is_answered_by(article, text) for article, text in chosen.told)
            yield Example("archive", part, chosen, right)


def _from_all_passages(cases: CaseSet, asked: Sequence[ReadingCase]) -> list[ReadingCase]:
    """Some of a set's questions, asked of the nearest passages of the whole set."""
    search = KeywordPassages(_paragraph_rows(cases), whole=True)
    found = ((case, search.find(case.question, None, PASSAGES_READ)) for case in asked)
    return [replace(case, passages=passages) for case, passages in found if passages]


def distant_cases(fragments: Path) -> CaseSet:
    """The questions far from the words of their passage, each with it."""
    examples = distant_examples(fragments, only=BESIDE_PASSAGES)
    cases = tuple(
        ReadingCase(
            one.question,
            (retrieved_passage(one.title, one.text),),
            one.group,
            answers=tuple(one.text[start:end] for start, end in one.spans),
            answerable=one.answerable,
        )
        for one in examples
    )
    texts = {one.text: one.title for one in examples}
    return CaseSet(cases, CollectionEvidence.of(f"{title}\n{text}" for text, title in texts.items()))


def beside_others(cases: CaseSet, asked: Sequence[ReadingCase], chance: random.Random) -> list[ReadingCase]:
    """At most `DISTANT_QUESTIONS`, asked of what keywords find and of their own passage in any case."""
    search = KeywordPassages(_paragraph_rows(cases), whole=True)
    found = []
    for case in _sample(asked, DISTANT_QUESTIONS, chance):
        own, passages = case.passages[0], search.find(case.question, None, PASSAGES_READ)
        if all(item.passage.id != own.passage.id for item in passages):
            passages = (own, *passages[: PASSAGES_READ - 1])
        found.append(replace(case, passages=passages))
    return found


def _paragraph_rows(cases: CaseSet) -> list[dict[str, str | None]]:
    paragraphs = {case.passages[0].passage.id: case.passages[0] for case in cases.cases}
    return [
        {"title": item.article.title, "date": None, "text": item.passage.text} for item in paragraphs.values()
    ]


def _in_collection(squad: CaseSet, asked: Sequence[ReadingCase]) -> dict[str, list[ReadingCase]]:
    """Questions asked of all paragraphs, of all but their own ("near"), of other articles' ("absent")."""
    search = KeywordPassages(_paragraph_rows(squad), whole=True)
    found: dict[str, list[ReadingCase]] = {"found": [], "near": [], "absent": []}
    for case in asked:
        passages = search.find(case.question, None, 60)
        own = case.passages[0]
        elsewhere = [item for item in passages if item.passage.id != own.passage.id]
        absent = [item for item in passages if item.article.title != own.article.title]
        for name, kept in (("found", passages), ("near", elsewhere), ("absent", absent)):
            top = tuple(kept[:PASSAGES_READ])
            if top:
                found[name].append(replace(case, passages=top, answerable=name == "found"))
    return found

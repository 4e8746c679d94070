"""Fit the confidence of the extractive answerer, and choose the thresholds at which it declines.

Run `python -m evals.training.fit_declining --data FOLDER [--write]`. Fitted on SQuAD v2 dev (CC BY-SA 4.0)
and ClapNQ (Apache-2.0, text CC BY-SA 3.0): for each question the answerer chooses its sentence from the
passage, and the target is whether it should have answered. The questions are also asked of all passages of
their set (is the sentence right?), and SQuAD v1.1's of all but their own, and of other articles' only, as
when a collection lacks the subject. Those are asked in the passages' words; two suites of questions in
other words, over invented articles that no reader learnt from, are asked of their whole collection. What a
reader thinks of a passage alone has a calibration of its own: where nothing competes, a passage that
misleads is all there is.
Articles are split into parts by `evals.parts`. The reader learnt from "train", so its confidence is fitted on
"develop"; that of words alone is fitted on both. The figures printed are those of "report".
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answerers.base import Evidence, UnderstoodQuestion
from assistant.answerers.extractive.choosing import choose
from assistant.answerers.extractive.confidence import EvidenceFeatures, evidence_features
from assistant.answerers.extractive.judging import UNMET_CONFIDENCE
from assistant.answerers.extractive.leading import LedReader
from assistant.answerers.extractive.narrowing import NarrowReading, read_narrowly
from assistant.answerers.extractive.reader.opening import open_reader
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.reading import read, readings_of
from assistant.answerers.versions import current_versions
from assistant.conversation import Conversation
from assistant.evidence import IndexEvidence
from assistant.searching import known_on, search
from assistant.settings import Settings
from assistant.understanding import understand
from assistant.understanding.slips import without_slips
from evals.answer_hit import holds
from evals.benchmarks.reading_cases import (
    CaseSet,
    CollectionEvidence,
    KeywordPassages,
    ReadingCase,
    load_clapnq,
    load_squad,
)
from evals.collection import collection_home
from evals.parts import Part, part_of
from evals.suite_file import find_suite
from vectorstore.index import Index
from vectorstore.query import Filters
from vectorstore.retrieved import RetrievedPassage

SQUAD_QUESTIONS = 3_000
COLLECTION_QUESTIONS = 500
PASSAGES_READ = 10
SOURCE_WEIGHTS = {
    "squad": 0.7,
    "clapnq": 0.5,
    "clapnq-all": 1.0,
    "found": 2.0,
    "near": 0.5,
    "absent": 0.5,
    "suites": 2.0,
}
"""The sum of the weights of each source's examples in the fit."""


SUITES = ("everyday", "reworded-everyday")
"""They count to the part "develop"; what the confidence makes of other words is reported on other suites."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What a calibration is fitted on.

    Attributes:
        parts: of the sets.
        sources: names of `SOURCE_WEIGHTS`.
        thresholds: those of them whose answerable questions choose the threshold.
        false_declines: the share of these that may be declined; the reader can afford to decline fewer.
        reads_again: whether the sentence is read again by itself, as it is where one article was read.
    """

    parts: tuple[Part, ...]
    sources: tuple[str, ...]
    thresholds: tuple[str, ...]
    false_declines: float
    reads_again: bool = False


ALONE = ("squad", "clapnq")
IN_THEIR_WORDS = tuple(name for name in SOURCE_WEIGHTS if name != "suites")
"""Where words alone decide, questions in other words teach nothing."""

NARROW = NarrowReading.__dataclass_fields__.keys()
FITS = {
    "WORDS": Fit(("train", "develop"), IN_THEIR_WORDS, ("clapnq-all", "squad"), 0.12),
    "READER_OF_ONE": Fit(("develop",), ALONE, ALONE, 0.06, reads_again=True),
    "READER": Fit(("develop",), tuple(SOURCE_WEIGHTS), ("clapnq-all", "squad"), 0.045),
}

ANSWERED_FROM = 0.5
"""As likely right as not; below it an answer is "possibly"."""

COEFFICIENTS_FILE = Path("assistant/answerers/extractive/coefficients.py")


@dataclass(frozen=True, slots=True)
class Examples:
    """One row an example.

    Attributes:
        features: (n, features).
        targets, parts, sources: (n,).
        ceilings: (n,), the most confidence that a rule leaves.
    """

    features: NDArray[np.float64]
    targets: NDArray[np.bool_]
    parts: NDArray[np.str_]
    sources: NDArray[np.str_]
    ceilings: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of a logistic function over the raw features."""

    intercept: float
    weights: NDArray[np.float64]

    def probabilities(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (n,), 0 to 1."""
        return 1 / (1 + np.exp(-(features @ self.weights + self.intercept)))


def collect(data: Path, reader: Reader | None, parts: Sequence[Part]) -> Examples:
    """One example a question of these parts: the features of the sentence that the answerer would choose."""
    chance = random.Random(0)
    squad, clapnq = load_squad(data / "squad" / "dev-v2.0.json"), load_clapnq(data / "clapnq")
    first = load_squad(data / "squad" / "dev-v1.1.json")
    asked = _sample(_of(first.cases, parts), COLLECTION_QUESTIONS, chance)
    sets = {
        "squad": (_sample(_of(squad.cases, parts), SQUAD_QUESTIONS, chance), squad.evidence),
        "clapnq": (_of(clapnq.cases, parts), clapnq.evidence),
        "clapnq-all": (_from_all_passages(clapnq, _of(clapnq.cases, parts)), clapnq.evidence),
        **{name: (cases, first.evidence) for name, cases in _in_collection(first, asked).items()},
    }
    tried = [
        _example(name, case, evidence, reader) for name, (cases, evidence) in sets.items() for case in cases
    ]
    tried += [example for name in SUITES for example in suite_examples(name, reader)]
    examples = [example for example in tried if example is not None]
    return Examples(
        features=np.array([example.features for example in examples], dtype=np.float64),
        targets=np.array([example.target for example in examples]),
        parts=np.array([example.part for example in examples]),
        sources=np.array([example.source for example in examples]),
        ceilings=np.array([UNMET_CONFIDENCE if example.features.unmet else 1.0 for example in examples]),
    )


def _collect(data: Path, reader: str | None, parts: Sequence[Part]) -> Examples:
    return collect(data, None if reader is None else open_reader(reader), parts)


def _of(cases: Sequence[ReadingCase], parts: Sequence[Part]) -> list[ReadingCase]:
    return [case for case in cases if part_of(case.group) in parts]


def _sample(cases: Sequence[ReadingCase], most: int, chance: random.Random) -> list[ReadingCase]:
    return chance.sample(cases, min(most, len(cases)))


@dataclass(frozen=True, slots=True)
class Example:
    """The evidence for the sentence that would be chosen, and whether choosing it is right."""

    source: str
    part: Part
    features: EvidenceFeatures
    target: bool


def _example(
    source: str, case: ReadingCase, evidence: CollectionEvidence, reader: Reader | None
) -> Example | None:
    """None where there is no sentence to choose, or where an answer was found that should not be there."""
    question = UnderstoodQuestion(case.question, case.question, case.as_of or date(2023, 1, 1))
    chosen = _chosen(question, case.passages, evidence, reader)
    if chosen is None:
        return None
    right = holds(chosen.text, case.answers)
    if source in ("near", "absent") and right:
        return None
    target = right if source == "found" else case.answerable
    return Example(source, part_of(case.group), chosen.features, target)


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The sentence that would be shown first, with those it leans on, and the evidence for it."""

    text: str
    features: EvidenceFeatures


def _chosen(
    question: UnderstoodQuestion,
    passages: Sequence[RetrievedPassage],
    evidence: Evidence,
    reader: Reader | None,
) -> _Chosen | None:
    reading = read(question, passages, evidence, readings_of(reader, question.text, passages))
    chosen = choose(reading, lambda _: None)
    if not chosen:
        return None
    best = chosen[0].item
    narrow = read_narrowly(reader, question.text, reading, best)
    return _Chosen(chosen[0].text, evidence_features(reading, best, narrow))


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
            asked = without_slips(case.question, index.near_words).text
            day = case.as_of or date(2023, 1, 1)
            question = understand(asked, Conversation(), known_on(case.as_of, Filters()), day)
            found = current_versions(search(index, question, PASSAGES_READ))
            chosen = None if question.computation else _chosen(question, found, evidence, led)
            if chosen is not None:
                told = all(wanted.found_in(chosen.text) for wanted in case.expect.contains)
                yield Example("suites", "develop", chosen.features, told and not case.must_decline)


def _from_all_passages(cases: CaseSet, asked: Sequence[ReadingCase]) -> list[ReadingCase]:
    """Some of a set's questions, asked of the nearest passages of the whole set."""
    search = KeywordPassages(_paragraph_rows(cases), whole=True)
    found = ((case, search.find(case.question, None, PASSAGES_READ)) for case in asked)
    return [replace(case, passages=passages) for case, passages in found if passages]


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


def fit(examples: Examples, rows: NDArray[np.bool_], *, penalty: float = 1e-3, steps: int = 60) -> Model:
    """Weighted ridge logistic regression by Newton's method."""
    features = np.column_stack([np.ones(rows.sum()), examples.features[rows]])
    targets = examples.targets[rows].astype(float)
    sources = examples.sources[rows]
    weight = np.zeros(len(targets))
    for source, total in SOURCE_WEIGHTS.items():
        here = sources == source
        weight[here] = total / max(1, here.sum())
    ridge = penalty * np.eye(features.shape[1])
    ridge[0, 0] = 0.0
    coefficients = np.zeros(features.shape[1])
    for _ in range(steps):
        chance = 1 / (1 + np.exp(-features @ coefficients))
        gradient = features.T @ (weight * (chance - targets)) + ridge @ coefficients
        hessian = (features * (weight * chance * (1 - chance))[:, None]).T @ features + ridge
        coefficients = coefficients - np.linalg.solve(hessian, gradient)
    return Model(float(coefficients[0]), coefficients[1:])


def confidences(model: Model, examples: Examples) -> NDArray[np.float64]:
    """For each example the confidence that the answerer would have in it."""
    chances = model.probabilities(examples.features)
    return np.minimum(chances, examples.ceilings)


def _rows(examples: Examples, parts: Sequence[Part]) -> NDArray[np.bool_]:
    return np.isin(examples.parts, parts)


def report(
    examples: Examples, chances: NDArray[np.float64], rows: NDArray[np.bool_], threshold: float
) -> None:
    """Print of these rows, by source: right to answer or decline, and the shares declined."""
    for source in SOURCE_WEIGHTS:
        here = rows & (examples.sources == source)
        if not here.any():
            continue
        answerable = here & examples.targets
        not_answerable = here & ~examples.targets
        right = (chances[here] >= threshold) == examples.targets[here]
        declined = f"{(chances[not_answerable] < threshold).mean():.3f}" if not_answerable.any() else "-"
        wrongly = f"{(chances[answerable] < threshold).mean():.3f}" if answerable.any() else "-"
        print(f"{source:8} n {here.sum():5} right {right.mean():.3f} declined {declined} wrongly {wrongly}")


def risk_coverage(
    examples: Examples, chances: NDArray[np.float64], rows: NDArray[np.bool_], source: str
) -> None:
    """Print the share answered at which the share wrong among the answered stays below 5, 10 and 20%."""
    here = rows & (examples.sources == source)
    if not here.any():
        return
    order = np.argsort(-chances[here])
    wrong = np.cumsum(~examples.targets[here][order]) / np.arange(1, here.sum() + 1)
    shares = [float((np.flatnonzero(wrong <= risk)[-1:] + 1).sum() / here.sum()) for risk in (0.05, 0.1, 0.2)]
    print(f"{source:8} coverage at 5, 10, 20% risk: " + ", ".join(f"{share:.3f}" for share in shares))


def choose_threshold(
    examples: Examples, chances: NDArray[np.float64], rows: NDArray[np.bool_], of: Fit
) -> float:
    """The threshold that declines a share of the answerable questions, each source's alike."""
    cuts = [
        np.quantile(chances[rows & (examples.sources == source) & examples.targets], of.false_declines)
        for source in of.thresholds
    ]
    return float(np.floor(np.mean(cuts) * 1000) / 1000)


def _not_read_again(examples: Examples) -> Examples:
    features = examples.features.copy()
    features[:, [EvidenceFeatures._fields.index(name) for name in NARROW]] = 0.0
    return replace(examples, features=features)


def calibrate(name: str, examples: Examples) -> str:
    """Fit, print figures of the part that reports, and give the calibration as Python."""
    chosen = FITS[name]
    if not chosen.reads_again:
        examples = _not_read_again(examples)
    own = np.isin(examples.sources, chosen.sources)
    fitted_on, reported = own & _rows(examples, chosen.parts), own & _rows(examples, ("report",))
    model = fit(examples, fitted_on)
    chances = confidences(model, examples)
    tentative = choose_threshold(examples, chances, fitted_on, chosen)
    print(f"{name}: fitted on {fitted_on.sum()}, reported on {reported.sum()}")
    for label, threshold in (("tentative", tentative), ("answered", ANSWERED_FROM)):
        print(f"threshold {label} {threshold:.3f}")
        report(examples, chances, reported, threshold)
    for source in chosen.sources:
        risk_coverage(examples, chances, reported, source)
    return _as_python(name, model, tentative)


def _as_python(name: str, model: Model, tentative: float) -> str:
    named = zip(EvidenceFeatures._fields, model.weights, strict=True)
    rounded = "\n".join(f"        {weight:.4f},  # {feature}" for feature, weight in named)
    return (
        f"{name} = Calibration(\n    intercept={model.intercept:.4f},\n"
        f"    coefficients=(\n{rounded}\n    ),\n"
        f"    answered_from={ANSWERED_FROM:.3f},\n    tentative_from={tentative:.3f},\n)"
    )


def write(calibrations: Sequence[str]) -> None:
    """Write the constants with where they came from."""
    COEFFICIENTS_FILE.write_text(
        '"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.\n\n'
        "Feature order as in `EvidenceFeatures`; fitted on SQuAD v2 dev, ClapNQ and two suites.\n"
        '"""\n\nfrom assistant.answerers.extractive.calibration import Calibration\n\n'
        + "\n".join(calibrations)
        + "\n",
        "utf-8",
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit both calibrations, print figures, and write the constants when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds squad/ and clapnq/")
    parser.add_argument("--reader", default="default", help="which reader, as the setting names it")
    parser.add_argument("--write", action="store_true", help="write the constants that ship")
    options = parser.parse_args(arguments)
    with ProcessPoolExecutor(2) as pool:
        by_words = pool.submit(_collect, options.data, None, ("train", "develop", "report"))
        by_reader = pool.submit(_collect, options.data, options.reader, ("develop", "report"))
        examples = {name: by_words.result() if name == "WORDS" else by_reader.result() for name in FITS}
    calibrations = [calibrate(name, examples[name]) for name in FITS]
    if options.write:
        write(calibrations)


if __name__ == "__main__":
    main()

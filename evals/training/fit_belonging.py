"""Fit the chance that a sentence is cited with the one that answers, by the reader's evidence for it.

Run `python -m evals.training.fit_belonging --data FOLDER`. Fitted on the sentences that people chose for
ClapNQ's answerable questions (Apache-2.0, text CC BY-SA 3.0), parts "train" and "develop"; prints the two
coefficients of `assistant.answerers.extractive.belonging` and the F1 of the sentences shown, by part. The
reader learnt from "train" and is surer there; "develop" alone has too few questions, and gives the same F1
within chance.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import fmean

import numpy as np

from assistant.answerers.base import UnderstoodQuestion
from assistant.answerers.extractive.choosing import choose
from assistant.answerers.extractive.reader.opening import open_reader
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.reading import read, readings_of
from evals.benchmarks.reading_cases import CaseSet, load_clapnq
from evals.cited_sentences import sentence_f1, sentence_precision
from evals.parts import Part, part_of

FITTED_ON: tuple[Part, ...] = ("train", "develop")
PENALTY = 1e-2
STEPS = 50


@dataclass(frozen=True, slots=True)
class CitedQuestion:
    """One question's sentences.

    Attributes:
        evidence: the reader's view of each sentence that was read, -1 to 1.
        cited: the share of the annotators who cited it, 0 to 1.
        f1: of the sentences that are shown now, the mean over the annotators.
    """

    part: Part
    evidence: tuple[float, ...]
    cited: tuple[float, ...]
    f1: float


def cited_questions(cases: CaseSet, reader: Reader) -> Iterator[CitedQuestion]:
    """The questions for which people chose sentences, each asked of its own passage."""
    for case in cases.cases:
        if not case.selected:
            continue
        question = UnderstoodQuestion(case.question, case.question, case.as_of or date(2023, 1, 1))
        readings = readings_of(reader, question.text, case.passages)
        reading = read(question, case.passages, cases.evidence, readings)
        shown = [choice.text for choice in choose(reading, lambda _: None)]
        yield CitedQuestion(
            part_of(case.group),
            tuple(item.features.evidence for item in reading.ranked),
            tuple(
                fmean(sentence_precision([item.candidate.text], chosen) for chosen in case.selected)
                for item in reading.ranked
            ),
            fmean(sentence_f1(shown, chosen) for chosen in case.selected),
        )


def fit(evidence: Sequence[float], cited: Sequence[float]) -> tuple[float, float]:
    """Intercept and slope of the logistic function, by Newton's method with a small ridge on the slope."""
    features = np.column_stack([np.ones(len(evidence)), evidence])
    targets, ridge = np.array(cited), np.diag([0.0, PENALTY])
    coefficients = np.zeros(2)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-features @ coefficients))
        gradient = features.T @ (chance - targets) + ridge @ coefficients
        hessian = (features * (chance * (1 - chance))[:, None]).T @ features + ridge
        coefficients = coefficients - np.linalg.solve(hessian, gradient)
    return float(coefficients[0]), float(coefficients[1])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the coefficients and what is shown with those that ship."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds clapnq/")
    parser.add_argument("--reader", default="default", help="which reader, as the setting names it")
    options = parser.parse_args(arguments)
    reader = open_reader(options.reader)
    if reader is None:
        parser.error("Without a reader there is no evidence to fit on.")
    found = list(cited_questions(load_clapnq(options.data / "clapnq"), reader))
    learnt = [one for one in found if one.part in FITTED_ON]
    evidence = [value for one in learnt for value in one.evidence]
    intercept, slope = fit(evidence, [share for one in learnt for share in one.cited])
    print(f"INTERCEPT, SLOPE = {intercept:.2f}, {slope:.2f}")
    for part in ("train", "develop", "report"):
        own = [one.f1 for one in found if one.part == part]
        print(f"{part:8} n {len(own):4} F1 as shown now {fmean(own):.3f}")


if __name__ == "__main__":
    main()

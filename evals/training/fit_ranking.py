"""Fit the weights by which sentences are ranked: `python -m evals.training.fit_ranking --help`.

A conditional logit model (McFadden 1974): the sentences of a question's passages compete, those that hold an
answer win. Printed are the weights, how often the first and one of the first three sentences holds an answer,
and the same where the halves of the questions fit each other. The weights of
`scoring.py` were chosen by hand beside these.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answerers.base import UnderstoodQuestion
from assistant.answerers.extractive.features import SentenceFeatures
from assistant.answerers.extractive.reader.opening import open_reader
from assistant.answerers.extractive.reader.readings import Reader
from assistant.answerers.extractive.reading import Reading, read, readings_of
from assistant.answerers.extractive.scoring import READER_WEIGHTS
from evals.answer_hit import holds
from evals.benchmarks.reading_cases import CaseSet, ReadingCase, load_realtimeqa, load_squad
from evals.parts import part_of
from evals.training.archive import archive_reports, asked_of_archive
from evals.training.declining_examples import ARCHIVE_EVERY, beside_others, distant_cases
from ingest.article import ArticleHead

SHARPNESS = 4.0
"""Scores times this are the model's logits, so that its weights are of the size of those chosen by hand."""

PENALTY = 1e-2
PASSAGES = 10


@dataclass(frozen=True, slots=True)
class RankingCase:
    """One question's sentences.

    Attributes:
        question: as it was asked.
        sentences: S texts, as the shipped weights rank them.
        features: (S, F), a row a sentence.
        holds: (S,), whether the sentence holds an answer.
        shown: (S,), whether it or its headline does.
    """

    question: str
    sentences: tuple[str, ...]
    features: NDArray[np.float64]
    holds: NDArray[np.bool_]
    shown: NDArray[np.bool_]


def ranking_cases(
    cases: Sequence[ReadingCase], evidence: CaseSet, reader: Reader | None
) -> list[RankingCase]:
    """The sentences of each question's first passages, as numbers."""
    found = []
    for case in cases:
        passages = case.passages[:PASSAGES]
        day = case.as_of or date(2023, 1, 1)
        question = UnderstoodQuestion(case.question, case.question, day, asked_on=case.as_of)
        reading = read(question, passages, evidence.evidence, readings_of(reader, case.question, passages))
        if reading.ranked:
            found.append(_case_of(case.question, reading, partial(_holds_any, case.answers)))
    return found


def archive_cases(reader: Reader | None, most: int) -> list[RankingCase]:
    """The same of answerable questions of an archive; the right words in another report answer nothing."""
    asked = asked_of_archive(reader, archive_reports(("develop",)), ARCHIVE_EVERY)
    answerable = islice((one for one in asked if one.answer), most)
    return [_case_of(one.question.text, one.reading, one.is_answered_by) for one in answerable]


def _holds_any(answers: Sequence[str], _: ArticleHead, text: str) -> bool:
    return holds(text, answers)


def _case_of(question: str, reading: Reading, answers: Callable[[ArticleHead, str], bool]) -> RankingCase:
    """A question's sentences; `answers` is asked of an article and a text."""
    told = [(item.candidate.retrieved.article, item.candidate.text) for item in reading.ranked]
    return RankingCase(
        question,
        tuple(text for _, text in told),
        np.array([list(item.features) for item in reading.ranked], np.float64),
        np.array([answers(article, text) for article, text in told], bool),
        np.array([answers(article, f"{text} . {article.title}") for article, text in told], bool),
    )


def fit(sets: Sequence[Sequence[RankingCase]]) -> NDArray[np.float64]:
    """The weights under which answering sentences are likeliest to win, each set counting alike; (F,)."""
    from scipy.optimize import minimize

    useful = [[case for case in cases if case.holds.any()] for cases in sets]
    width = useful[0][0].features.shape[1]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = PENALTY * float(weights @ weights), 2 * PENALTY * weights
        for cases in useful:
            for case in cases:
                logits = SHARPNESS * (case.features @ weights)
                every, right = _softmax(logits), _softmax(np.where(case.holds, logits, -np.inf))
                total += (_log_sum(logits) - _log_sum(logits[case.holds])) / len(cases)
                slope = slope + SHARPNESS * ((every - right) @ case.features) / len(cases)
        return total, slope

    return np.asarray(minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B").x, np.float64)


def _softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum(), np.float64)


def _log_sum(logits: NDArray[np.float64]) -> float:
    return float(logits.max() + np.log(np.exp(logits - logits.max()).sum()))


def hits(cases: Sequence[RankingCase], weights: NDArray[np.float64]) -> tuple[float, float, float, float]:
    """`hits_by` the weighted sum of the features."""
    return hits_by(cases, [case.features @ weights for case in cases])


def hits_by(
    cases: Sequence[RankingCase], scores: Sequence[NDArray[np.float64]]
) -> tuple[float, float, float, float]:
    """The share of questions answered by the first and by one of three sentences; the same with headlines.

    Args:
        cases: the questions.
        scores: for each of them (S,), high for the best sentence.
    """
    rows = []
    for case, values in zip(cases, scores, strict=True):
        best = np.argsort(-values, kind="stable")[:3]
        rows.append(
            (case.holds[best[0]], case.holds[best].any(), case.shown[best[0]], case.shown[best].any())
        )
    first, three, first_shown, three_shown = np.mean(np.array(rows, float), axis=0)
    return float(first), float(three), float(first_shown), float(three_shown)


def load_sets(data: Path, realtimeqa: Path, reader: Reader | None, most: int) -> dict[str, list[RankingCase]]:
    """SQuAD's part "develop", questions far from its words, news questions of 2022 and 2023, an archive.

    At most so many are taken of each.
    """
    squad = load_squad(data / "squad" / "dev-v1.1.json")
    developed = [case for case in squad.cases if part_of(case.group) == "develop"]
    distant = distant_cases(data / "fragments")
    far = [case for case in distant.cases if case.answers and part_of(case.group) == "develop"]
    asked = (data / "realtimeqa" / "questions_2022.txt").read_text("utf-8").split()
    sets = {
        "squad": (developed, squad),
        "distant": (beside_others(distant, far, random.Random(0)), distant),
        "2022": _all_of(load_realtimeqa(realtimeqa, "2022", frozenset(asked))),
        "2023": _all_of(load_realtimeqa(realtimeqa, "2023")),
    }
    found = {name: ranking_cases(cases[:most], of, reader) for name, (cases, of) in sets.items()}
    return {**found, "archive": archive_cases(reader, most)}


def _all_of(cases: CaseSet) -> tuple[Sequence[ReadingCase], CaseSet]:
    return cases.cases, cases


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.fit_ranking", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with squad and realtimeqa")
    parser.add_argument("--realtimeqa", type=Path, required=True, help="folder with the written corpus")
    parser.add_argument("--reader", default="default", help="which reader, as the setting names it")
    parser.add_argument("--most", type=int, default=500, help="questions of a set")
    given = parser.parse_args(arguments)
    sets = load_sets(given.data, given.realtimeqa, open_reader(given.reader), given.most)
    halves = [fit([cases[start::2] for cases in sets.values()]) for start in (0, 1)]
    whole = fit(list(sets.values()))
    print("weights", {name: round(float(value), 2) for name, value in zip(_NAMES, whole, strict=True)})
    for name, cases in sets.items():
        shipped = np.array(READER_WEIGHTS)
        print(name, len(cases), "shipped", _shown(hits(cases, shipped)), "fitted", _shown(hits(cases, whole)))
        other = [hits(cases[1 - start :: 2], halves[start]) for start in (0, 1)]
        print(name, "from the other half", _shown(tuple(np.mean(other, axis=0))))


_NAMES = SentenceFeatures._fields


def _shown(values: Sequence[float]) -> str:
    return " ".join(f"{value:.3f}" for value in values)


if __name__ == "__main__":
    main()

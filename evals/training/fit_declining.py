"""Fit the confidence of the extractive answerer, and choose the thresholds at which it declines.

Run `python -m evals.training.fit_declining --data FOLDER [--write]`. Fitted on SQuAD v2 dev (CC BY-SA 4.0)
and ClapNQ (Apache-2.0, text CC BY-SA 3.0): for each question the answerer chooses its sentence from the
passage, and the target is whether it should have answered. The questions are also asked of all passages of
their set (is the sentence right?), and SQuAD v1.1's of all but their own, and of other articles' only, as
when a collection lacks the subject. Those are asked in the passages' words; questions far from the words of
their passage are asked of it among others, and two suites over invented articles of their whole collection.
What a reader thinks of a passage alone has a calibration of its own: where nothing competes, a passage that
misleads is all there is.
Articles are split into parts by `evals.parts`. The reader learnt from "train", so its confidence is fitted on
"develop"; that of words alone is fitted on both. The figures printed are those of "report".
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answerers.extractive.confidence import EvidenceFeatures
from assistant.answerers.extractive.judging import UNMET_CONFIDENCE
from assistant.answerers.extractive.narrowing import NarrowReading
from assistant.answerers.extractive.reader.opening import open_reader
from evals.parts import Part
from evals.training.declining_examples import Examples, collect

SOURCE_WEIGHTS = {
    "squad": 0.7,
    "clapnq": 0.5,
    "clapnq-all": 1.0,
    "found": 2.0,
    "near": 0.5,
    "absent": 0.5,
    "distant": 0.7,
    "distant-all": 1.0,
    "suites": 6.0,
    "archive": 3.0,
}
"""The sum of the weights of each source's examples in the fit."""


@dataclass(frozen=True, slots=True)
class Fit:
    """What a calibration is fitted on.

    Attributes:
        parts: of the sets.
        sources: names of `SOURCE_WEIGHTS`.
        thresholds: those of them whose answerable questions choose the threshold.
        false_declines: the share of these, as far as the rules let them pass, that may be declined.
        left_out: features that do not count.
        penalty: of the squares of the weights.
        of_refused: whether sentences that the rules refuse are learnt from too.
    """

    parts: tuple[Part, ...]
    sources: tuple[str, ...]
    thresholds: tuple[str, ...]
    false_declines: float
    left_out: tuple[str, ...] = ()
    penalty: float = 1e-3
    of_refused: bool = False


ALONE = ("squad", "clapnq")
IN_OTHER_WORDS = ("distant", "distant-all", "suites", "archive")
IN_THEIR_WORDS = tuple(name for name in SOURCE_WEIGHTS if name not in IN_OTHER_WORDS)
"""Where words alone decide, questions in other words teach nothing."""

NARROW = tuple(NarrowReading.__dataclass_fields__)
"""A sentence is read again by itself only where one article was read."""

SHAPES = ("passage", "heaviest_unmet_sentence", "pairs", "negation", "length", "fit", "several")
"""What tells of a question's shape: beside a reader of one article it says another thing in every set."""

FITS = {
    "WORDS": Fit(
        ("train", "develop"), IN_THEIR_WORDS, ("clapnq-all", "squad"), 0.08, NARROW, of_refused=True
    ),
    "READER_OF_ONE": Fit(("develop",), ALONE, ALONE, 0.04, SHAPES, of_refused=True),
    "READER": Fit(
        ("develop",),
        tuple(name for name in SOURCE_WEIGHTS if name not in ("squad", "clapnq", "distant")),
        ("clapnq-all", "suites"),
        0.04,
        NARROW,
        penalty=0.1,
    ),
}

ANSWERED_FROM = 0.5
"""As likely right as not; below it an answer is "possibly"."""

NEVER_SURE = 1.0
PROCESSES = 2

COEFFICIENTS_FILE = Path("assistant/answerers/extractive/coefficients.py")


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of a logistic function over the raw features."""

    intercept: float
    weights: NDArray[np.float64]

    def probabilities(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Shape (n,), 0 to 1."""
        return 1 / (1 + np.exp(-(features @ self.weights + self.intercept)))


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


def confidences(model: Model, examples: Examples, sure: float = 0.0) -> NDArray[np.float64]:
    """For each example the confidence that the answerer would have in it, doubts overruled from `sure` on;
    but for the caps of `judging` where no time or reason is stated, and for contrast questions.
    """
    chances = model.probabilities(examples.features)
    held_back = examples.refused | (examples.doubted & (chances < sure))
    return np.where(held_back, np.minimum(chances, UNMET_CONFIDENCE), chances)


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
    """The threshold that declines a share of the answerable questions of these rows, each source's alike."""
    cuts = [
        np.quantile(chances[rows & (examples.sources == source) & examples.targets], of.false_declines)
        for source in of.thresholds
    ]
    return float(np.floor(np.mean(cuts) * 1000) / 1000)


def choose_sure(examples: Examples, chances: NDArray[np.float64], rows: NDArray[np.bool_]) -> float:
    """The confidence from which sentences that a rule only doubts are shown.

    It is the one from which most of them would be shown rightly less those shown wrongly, each counting
    alike, as a source has few of them; 1, which no confidence reaches, where showing none is best.
    """
    doubted = np.flatnonzero(rows & examples.doubted)
    if not len(doubted):
        return NEVER_SURE
    order = doubted[np.argsort(-chances[doubted])]
    gained = np.cumsum(np.where(examples.targets[order], 1, -1))
    best = int(np.argmax(gained))
    return float(np.floor(chances[order[best]] * 1000) / 1000) if gained[best] > 0 else NEVER_SURE


def _without(examples: Examples, left_out: Sequence[str]) -> Examples:
    features = examples.features.copy()
    features[:, [EvidenceFeatures._fields.index(name) for name in left_out]] = 0.0
    return replace(examples, features=features)


def calibrate(name: str, examples: Examples) -> str:
    """Fit, print figures of the part that reports, and give the calibration as Python."""
    chosen = FITS[name]
    examples = _without(examples, chosen.left_out)
    own = np.isin(examples.sources, chosen.sources)
    fitted_on, reported = own & _rows(examples, chosen.parts), own & _rows(examples, ("report",))
    learnt_from = fitted_on & (chosen.of_refused | ~examples.refused)
    model = fit(examples, learnt_from, penalty=chosen.penalty)
    chances = confidences(model, examples)
    tentative = choose_threshold(examples, chances, fitted_on & ~examples.refused, chosen)
    sure = max(tentative, choose_sure(examples, chances, fitted_on))
    chances = confidences(model, examples, sure)
    print(f"{name}: fitted on {fitted_on.sum()}, reported on {reported.sum()}")
    for label, threshold in (("tentative", tentative), ("answered", ANSWERED_FROM), ("sure", sure)):
        print(f"threshold {label} {threshold:.3f}")
        report(examples, chances, reported, threshold)
    for source in chosen.sources:
        risk_coverage(examples, chances, reported, source)
    return _as_python(name, model, tentative, sure)


def _as_python(name: str, model: Model, tentative: float, sure: float) -> str:
    named = zip(EvidenceFeatures._fields, model.weights, strict=True)
    rounded = "\n".join(f"        {weight:.4f},  # {feature}" for feature, weight in named)
    return (
        f"{name} = Calibration(\n    intercept={model.intercept:.4f},\n"
        f"    coefficients=(\n{rounded}\n    ),\n"
        f"    answered_from={ANSWERED_FROM:.3f},\n    tentative_from={tentative:.3f},\n"
        f"    sure_from={sure:.3f},\n)"
    )


def write(calibrations: Sequence[str]) -> None:
    """Write the constants with where they came from."""
    COEFFICIENTS_FILE.write_text(
        '"""Written by `python -m evals.training.fit_declining --write`; do not edit by hand.\n\n'
        "Feature order as in `EvidenceFeatures`; fitted on SQuAD, ClapNQ and questions in other words.\n"
        '"""\n\nfrom assistant.answerers.extractive.calibration import Calibration\n\n'
        + "\n".join(calibrations)
        + "\n",
        "utf-8",
    )


def _collect(data: Path, reader: str | None, part: Part) -> Examples:
    return collect(data, None if reader is None else open_reader(reader), part)


def collected(data: Path, reader: str) -> dict[str, Examples]:
    """The examples that each calibration is fitted on and measured by."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        by_reader = [pool.submit(_collect, data, reader, part) for part in ("develop", "report")]
        by_words = [pool.submit(_collect, data, None, part) for part in ("train", "develop", "report")]
        asked = {"WORDS": by_words, "READER_OF_ONE": by_reader, "READER": by_reader}
        return {name: Examples.joined([one.result() for one in asked[name]]) for name in FITS}


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit both calibrations, print figures, and write the constants when asked to."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds squad/ and clapnq/")
    parser.add_argument("--reader", default="default", help="which reader, as the setting names it")
    parser.add_argument("--write", action="store_true", help="write the constants that ship")
    options = parser.parse_args(arguments)
    examples = collected(options.data, options.reader)
    calibrations = [calibrate(name, examples[name]) for name in FITS]
    if options.write:
        write(calibrations)


if __name__ == "__main__":
    main()

"""What a calibration is fitted on."""

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.answerers.extractive.confidence import EvidenceFeatures
from assistant.answerers.extractive.judging import UNMET_CONFIDENCE
from evals.training.declining_examples import Examples
from evals.training.fit_declining import FITS, calibrate, confidences, fit

NAMES = EvidenceFeatures._fields


def made_examples(refused: NDArray[np.bool_], targets: NDArray[np.bool_]) -> Examples:
    """Examples of which the reader's view tells those that answer, but of the refused the reverse."""
    chance = np.random.default_rng(0)
    features = chance.normal(size=(len(targets), len(NAMES)))
    features[:, NAMES.index("read_answers")] = np.where(targets ^ refused, 1.0, -1.0)
    parts = np.where(np.arange(len(targets)) % 2 == 0, "develop", "report")
    sources = np.where(chance.random(len(targets)) < 0.5, "clapnq-all", "suites")
    return Examples(features, targets, parts, sources, refused)


@pytest.fixture
def examples() -> Examples:
    chance = np.random.default_rng(1)
    targets = chance.random(400) < 0.6
    refused = ~targets & (chance.random(400) < 0.5)
    return made_examples(refused, targets)


def test_what_the_rules_refuse_teaches_nothing(examples: Examples) -> None:
    kept = ~examples.refused
    let_pass = Examples(
        examples.features[kept],
        examples.targets[kept],
        examples.parts[kept],
        examples.sources[kept],
        examples.refused[kept],
    )
    coefficients = [calibrate("READER", one).split("answered_from")[0] for one in (examples, let_pass)]
    assert coefficients[0] == coefficients[1]


def test_what_the_rules_refuse_is_never_sure(examples: Examples) -> None:
    model = fit(examples, ~examples.refused)
    chances = confidences(model, examples)
    assert (chances[examples.refused] <= UNMET_CONFIDENCE).all()
    assert chances[examples.targets].mean() > 0.8


def test_features_that_a_calibration_leaves_out_do_not_count(examples: Examples) -> None:
    lines = calibrate("READER", examples).splitlines()
    for name in FITS["READER"].left_out:
        assert [line.strip() for line in lines if line.endswith(f"# {name}")] == [f"0.0000,  # {name}"]

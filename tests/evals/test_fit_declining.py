"""What a calibration is fitted on."""

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.answerers.extractive.confidence import EvidenceFeatures
from assistant.answerers.extractive.judging import UNMET_CONFIDENCE
from evals.training.declining_examples import Examples
from evals.training.fit_declining import (
    FITS,
    NEVER_SURE,
    Model,
    calibrate,
    choose_sure,
    confidences,
    fit,
)

NAMES = EvidenceFeatures._fields


def made_examples(refused: NDArray[np.bool_], targets: NDArray[np.bool_]) -> Examples:
    """Examples of which the reader's view tells those that answer, but of the refused the reverse."""
    chance = np.random.default_rng(0)
    features = chance.normal(size=(len(targets), len(NAMES)))
    features[:, NAMES.index("read_answers")] = np.where(targets ^ refused, 1.0, -1.0)
    parts = np.where(np.arange(len(targets)) % 2 == 0, "develop", "report")
    sources = np.where(chance.random(len(targets)) < 0.5, "clapnq-all", "suites")
    return Examples(features, targets, parts, sources, refused, np.zeros_like(refused))


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
        examples.doubted[kept],
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


def doubted_examples(targets: list[bool]) -> Examples:
    count = len(targets)
    return Examples(
        np.zeros((count, len(NAMES))),
        np.array(targets),
        np.full(count, "develop"),
        np.full(count, "suites"),
        np.zeros(count, bool),
        np.ones(count, bool),
    )


def test_doubts_are_overruled_from_where_more_is_right_than_wrong() -> None:
    examples = doubted_examples([True, True, False, True, False, False, True])
    chances = np.array([0.9, 0.8, 0.7, 0.65, 0.6, 0.5, 0.4])
    assert choose_sure(examples, chances, np.ones(7, bool)) == pytest.approx(0.8, abs=0.001)


@pytest.mark.parametrize("targets", [[False, True], [False, False], []])
def test_doubts_are_never_overruled_where_that_gains_nothing(targets: list[bool]) -> None:
    chances = np.array([0.9, 0.8, 0.7])[: len(targets)]
    assert choose_sure(doubted_examples(targets), chances, np.ones(len(targets), bool)) == NEVER_SURE


def test_doubted_sentences_are_held_back_below_the_sure_confidence() -> None:
    examples, model = doubted_examples([True, True]), Model(1.0, np.zeros(len(NAMES)))
    assert (confidences(model, examples, NEVER_SURE) <= UNMET_CONFIDENCE).all()
    assert (confidences(model, examples) > UNMET_CONFIDENCE).all()


def test_parts_that_were_collected_apart_stand_one_after_the_other() -> None:
    first, second = doubted_examples([True, False]), doubted_examples([False])
    both = Examples.joined([first, second])
    assert both.targets.tolist() == [True, False, False]
    assert both.features.shape == (3, len(NAMES))
    assert both.doubted.all()

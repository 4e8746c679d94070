"""Bring a reader's scores to the scale of another one: `python -m evals.training.reader.rescaling --help`.

The rules of the answerer have thresholds on the reader's logits, which two trainings never place alike. Over
passages that answer (the part "develop"), quantiles of the one's scores are laid on those of the other's by a
line, as Platt scaling lays scores on a scale (Platt 1999); no order of scores changes.
"""

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from evals.parts import part_of
from evals.training.reader.encoding import Encoded
from evals.training.reader.network import ReaderNetwork
from evals.training.reader.scoring import read_all
from evals.training.reader.train import encoded, load_human, load_tokenizer
from vectorstore.model_files import find_model

QUANTILES = np.linspace(0.05, 0.95, 19)
PASSAGES = 600


@dataclass(frozen=True, slots=True)
class Line:
    """What scores are multiplied with, and what is added then."""

    slope: float = 1.0
    shift: float = 0.0

    @classmethod
    def between(cls, scores: NDArray[np.float64], wanted: NDArray[np.float64]) -> "Line":
        """The line by which the quantiles of `scores` come nearest to those of `wanted`."""
        slope, shift = np.polyfit(np.quantile(scores, QUANTILES), np.quantile(wanted, QUANTILES), 1)
        return cls(float(slope), float(shift))


@dataclass(frozen=True, slots=True)
class Scores:
    """A reader's logits on passages that answer: of the best spans, of the wholes, of the evidence."""

    span: NDArray[np.float64]
    whole: NDArray[np.float64]
    evidence: NDArray[np.float64]


def scores_of(network: ReaderNetwork, examples: Sequence[Encoded]) -> Scores:
    """What a reader says of passages that answer."""
    reads = read_all(network, examples)
    answering = [read.sentences[one.evidence == 1] for one, read in zip(examples, reads, strict=True)]
    return Scores(
        np.array([read.span for read in reads]),
        np.array([read.whole for read in reads]),
        np.concatenate(answering),
    )


def rescale(network: ReaderNetwork, span: Line, whole: Line, evidence: Line) -> None:
    """Change the heads in place, so that they give the rescaled scores."""
    slopes = torch.tensor([span.slope, span.slope, evidence.slope])
    with torch.no_grad():
        network.tokens.weight.mul_(slopes[:, None])
        network.tokens.bias.mul_(slopes)
        network.tokens.bias[2].add_(evidence.shift)
        network.lift.mul_(slopes)
        network.lift[:2].add_(span.shift / 2)
        network.whole.get_parameter("3.weight").mul_(whole.slope)
        network.whole.get_parameter("3.bias").mul_(whole.slope).add_(whole.shift)


def main(arguments: Sequence[str] | None = None) -> None:
    """Rescale and save."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.reader.rescaling")
    parser.add_argument("--data", type=Path, required=True, help="folder with squad, clapnq and timeqa")
    parser.add_argument("wanted", type=Path, help="weights of the reader whose scale is wanted")
    parser.add_argument("weights", type=Path, help="weights of the reader that is to have it")
    parser.add_argument("out", type=Path, help="where the changed weights go")
    given = parser.parse_args(arguments)
    folder = find_model("default").path
    held = [one for one in load_human(given.data) if one.answerable and part_of(one.group) == "develop"]
    held = random.Random(0).sample(held, min(len(held), PASSAGES))
    examples = encoded(held, load_tokenizer(folder))
    network, found = ReaderNetwork(folder), []
    for file in (given.wanted, given.weights):
        network.load_state_dict(torch.load(file, weights_only=True))
        found.append(scores_of(network.eval(), examples))
    wanted, own = found
    lines = {name: Line.between(getattr(own, name), getattr(wanted, name)) for name in Scores.__slots__}
    print(lines)
    rescale(network, **lines)
    torch.save(network.state_dict(), given.out)


if __name__ == "__main__":
    main()

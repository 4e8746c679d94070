"""Average the weights of readers: `python -m evals.training.reader.averaging A.pt B.pt OUT.pt`.

After Wortsman et al., "Robust fine-tuning of zero-shot models" (2022): where one reader descends from the
other, some weights between the two keep what each does better.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor


def average(networks: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of every weight; what is no floating-point number is the last one's."""
    last = networks[-1]
    return {
        name: torch.stack([one[name].float() for one in networks]).mean(dim=0)
        if weight.is_floating_point()
        else weight
        for name, weight in last.items()
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Average and save."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.reader.averaging")
    parser.add_argument(
        "weights", type=Path, nargs="+", help="weights of readers, the last one after the others"
    )
    parser.add_argument("out", type=Path, help="where the mean goes")
    given = parser.parse_args(arguments)
    torch.save(average([torch.load(file, weights_only=True) for file in given.weights]), given.out)


if __name__ == "__main__":
    main()

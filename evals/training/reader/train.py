"""Train the reader: `python -m evals.training.reader.train --data FOLDER --out FOLDER`.

Two stages: questions written by rules over licensed paragraphs, then questions that people asked. Of the
parts of `evals.parts` "train" is learnt from, "develop" chosen by, "report" only reported on.
"""

import argparse
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import torch

from evals.parts import part_of
from evals.training.reader.encoding import Encoded, encode
from evals.training.reader.examples import (
    ReadingExample,
    answers_by_question,
    clapnq_examples,
    mined_negatives,
    squad_examples,
    timeqa_examples,
    timeqa_paragraphs,
)
from evals.training.reader.fit import Schedule, fit
from evals.training.reader.network import ReaderNetwork
from evals.training.reader.scoring import read_all, report
from evals.training.reader.writing import written_examples
from vectorstore.model_files import find_model

MINED_SHARE = 0.5
"""The share of an epoch's answerable questions that are also put to a passage without their answer."""

CLAPNQ_TIMES = 3
"""How often a ClapNQ example counts: there are few, and only they show sentences that people chose."""


def load_human(data: Path) -> list[ReadingExample]:
    """All questions that people asked."""
    return [
        *squad_examples(data / "squad"),
        *clapnq_examples(data / "clapnq"),
        *timeqa_examples(data / "timeqa" / "derived"),
    ]


def load_tokenizer(folder: Path) -> Any:
    """The encoder's tokenizer, cutting and padding nothing."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def encoded(examples: Sequence[ReadingExample], tokenizer: Any) -> list[Encoded]:
    """Those examples that can be read whole enough."""
    return [one for one in (encode(example, tokenizer) for example in examples) if one is not None]


def epoch_of(human: Sequence[ReadingExample], tokenizer: Any, seed: int) -> Callable[[], list[Encoded]]:
    """Gives an epoch at each call: every question that people asked, and mined negatives for some."""
    chance = random.Random(seed)
    own = encoded(human, tokenizer)
    repeated = own + [one for one in own if one.source == "clapnq"] * (CLAPNQ_TIMES - 1)
    answers = answers_by_question(human)
    sets = [[one for one in human if one.source == source] for source in ("squad", "timeqa", "clapnq")]

    def draw() -> list[Encoded]:
        drawn = [chance.sample(one, int(MINED_SHARE * len(one))) for one in sets]
        negatives = [
            negative
            for one, all_of in zip(drawn, sets, strict=True)
            for negative in mined_negatives(one, all_of, chance, answers)
        ]
        return repeated + encoded(negatives, tokenizer)

    return draw


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, report and save the network."""
    parser = argparse.ArgumentParser(prog="python -m evals.training.reader.train")
    parser.add_argument("--data", type=Path, required=True, help="folder with squad, clapnq and timeqa")
    parser.add_argument("--out", type=Path, required=True, help="folder for the network's weights")
    parser.add_argument("--written", type=int, default=9_600, help="questions written by rules")
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--start", type=Path, help="weights of a first stage, to skip it")
    given = parser.parse_args(arguments)
    torch.set_num_threads(2)
    folder = find_model("default").path
    tokenizer, network = load_tokenizer(folder), ReaderNetwork(folder)
    given.out.mkdir(parents=True, exist_ok=True)
    human = load_human(given.data)
    train = [example for example in human if part_of(example.group) == "train"]
    if given.start:
        network.load_state_dict(torch.load(given.start, weights_only=True))
    elif given.written:
        _first_stage(network, tokenizer, given, train)
    fit(
        network,
        epoch_of(train, tokenizer, 0),
        Schedule(given.epochs, rate=given.rate),
        lambda line: print(line, flush=True),
    )
    torch.save(network.state_dict(), given.out / "reader.pt")
    for part in ("develop", "report"):
        held = [example for example in human if part_of(example.group) == part]
        negatives = mined_negatives(held, held, random.Random(1), answers_by_question(held))
        examples = encoded([*held, *negatives], tokenizer)
        print(f"{part}\n{report(examples, read_all(network, examples))}", flush=True)


def _first_stage(network: ReaderNetwork, tokenizer: Any, given: Any, train: Sequence[ReadingExample]) -> None:
    paragraphs = list({(example.title, example.text): None for example in train})
    paragraphs += [
        paragraph
        for paragraph in timeqa_paragraphs(given.data / "timeqa" / "derived")
        if part_of(paragraph[0]) != "report"
    ]
    written = encoded(written_examples(paragraphs * 3, given.written, random.Random(0)), tokenizer)
    print(f"{len(written)} written questions", flush=True)
    fit(network, lambda: written, Schedule(1.0, rate=given.rate), lambda line: print(line, flush=True))
    torch.save(network.state_dict(), given.out / "first_stage.pt")


if __name__ == "__main__":
    main()

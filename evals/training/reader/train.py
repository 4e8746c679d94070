"""Train the reader: `python -m evals.training.reader.train --data FOLDER --out FOLDER`.

Two stages: questions written by rules over licensed paragraphs, then questions that people asked. The further
sets may be left to a run of their own, which starts from the weights of the one before, and so are questions
made to mislead. Of the parts of `evals.parts` "train" is learnt from, "develop" chosen by, "report" only
reported on.
"""

import argparse
import copy
import random
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import torch

from evals.parts import part_of
from evals.training.reader.distant import EIGHTH, NINTH, SEVENTH, among_others, distant_examples, learnt_from
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
from evals.training.reader.fit import Schedule, Worker, fit
from evals.training.reader.further import further_examples
from evals.training.reader.misleading import misleading_examples
from evals.training.reader.network import ReaderNetwork
from evals.training.reader.others import attacked_questions, other_examples
from evals.training.reader.scoring import read_all, report
from evals.training.reader.swapping import swapped_negatives
from evals.training.reader.writing import written_examples
from vectorstore.model_files import find_model

MINED_SHARE = 0.5
"""The share of an epoch's answerable questions that are also put to a passage without their answer."""

FURTHER_MINED_SHARE = 0.2
SWAPPED_SHARE = 0.15
"""The share of an epoch's answerable questions that are also asked with another name or number in them."""

CLAPNQ_TIMES = 3
"""How often a ClapNQ example counts: there are few, and only they show sentences that people chose."""


HUMAN_SOURCES = ("squad", "clapnq", "timeqa")

WRITTEN_SETS = {"distant": SEVENTH, "reports": EIGHTH, "rivals": NINTH}
"""The files of the seventh, the eighth and the ninth stage."""


def load_human(data: Path) -> list[ReadingExample]:
    """All questions that people asked."""
    return [
        *squad_examples(data / "squad"),
        *clapnq_examples(data / "clapnq"),
        *timeqa_examples(data / "timeqa" / "derived"),
    ]


def load_further(data: Path, human: Sequence[ReadingExample]) -> list[ReadingExample]:
    """Questions of the further sets, without the articles by which something is chosen or reported."""
    held = {example.group.casefold() for example in human if part_of(example.group) != "train"}
    return [
        example
        for example in further_examples(data, random.Random(2))
        if example.group.casefold().replace("_", " ") not in held
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


def epoch_of(
    human: Sequence[ReadingExample], further: Sequence[ReadingExample], tokenizer: Any, seed: int
) -> Callable[[], list[Encoded]]:
    """Gives an epoch at each call: every question that people asked, and negatives for some."""
    chance = random.Random(seed)
    own = encoded([*human, *further], tokenizer)
    repeated = own + [one for one in own if one.source == "clapnq"] * (CLAPNQ_TIMES - 1)
    answerable = [one for one in (*human, *further) if one.answerable]
    answers = answers_by_question(answerable)
    sources = sorted({one.source for one in answerable})
    sets = {source: [one for one in answerable if one.source == source] for source in sources}

    def draw() -> list[Encoded]:
        negatives: list[ReadingExample] = []
        for source, all_of in sets.items():
            share = MINED_SHARE if source in HUMAN_SOURCES else FURTHER_MINED_SHARE
            negatives += mined_negatives(
                chance.sample(all_of, int(share * len(all_of))), all_of, chance, answers
            )
        swapped = swapped_negatives(answerable, chance) if further else []
        negatives += chance.sample(swapped, min(len(swapped), int(SWAPPED_SHARE * len(answerable))))
        return repeated + encoded(negatives, tokenizer)

    return draw


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals.training.reader.train")
    parser.add_argument("--data", type=Path, required=True, help="folder with squad, clapnq and timeqa")
    parser.add_argument("--out", type=Path, required=True, help="folder for the network's weights")
    parser.add_argument("--written", type=int, default=9_600, help="questions written by rules")
    parser.add_argument(
        "--sets",
        choices=("own", "all", "misleading", *WRITTEN_SETS),
        default="all",
        help="without further sets, with them, those of the fourth stage, those and of the seventh to ninth",
    )
    parser.add_argument(
        "--others", type=int, default=60_000, help="of the fourth stage's, in the seventh to ninth"
    )
    parser.add_argument("--earlier", type=int, default=12_000, help="of each written stage before")
    parser.add_argument("--most", type=int, default=1_000_000, help="of a stage's own, at most")
    parser.add_argument("--times", type=int, default=1, help="how often a stage's own are met in an epoch")
    parser.add_argument("--epochs", type=float, default=2.0)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--start", type=Path, help="weights of a first stage, to skip it")
    parser.add_argument("--batch", type=int, default=32, help="examples a step, of all workers together")
    parser.add_argument("--workers", type=int, default=2, help="processes, each with one core")
    parser.add_argument(
        "--frozen", type=int, default=0, help="so many layers, and the embeddings, stay as they are"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, report and save the network."""
    given = _parser().parse_args(arguments)
    folder = find_model("default").path
    tokenizer, network = load_tokenizer(folder), ReaderNetwork(folder)
    given.out.mkdir(parents=True, exist_ok=True)
    human = load_human(given.data)
    train = [example for example in human if part_of(example.group) == "train"]
    if given.start:
        network.load_state_dict(torch.load(given.start, weights_only=True))
    elif given.written:
        _first_stage(network, tokenizer, given, train)
    further = load_further(given.data, human) if given.sets != "own" else []
    if given.sets in ("misleading", *WRITTEN_SETS):
        attacked = attacked_questions(given.data / "poisonedrag")
        further += other_examples(given.data / "others", human, random.Random(4), attacked)
        mixed = misleading_examples(given.data, train, further, random.Random(5))
        if given.sets in WRITTEN_SETS:
            mixed = with_written(mixed, given)
        fit_together(network, partial(encoded, mixed, tokenizer), given)
    else:
        fit_together(network, epoch_of(train, further, tokenizer, 0), given)
    torch.save(network.state_dict(), given.out / "reader.pt")
    for part in ("develop", "report"):
        held = [example for example in human if part_of(example.group) == part]
        negatives = mined_negatives(held, held, random.Random(1), answers_by_question(held))
        examples = encoded([*held, *negatives], tokenizer)
        print(f"{part}\n{report(examples, read_all(network, examples))}", flush=True)


def with_written(mixed: Sequence[ReadingExample], given: Any) -> list[ReadingExample]:
    """The questions written for the seventh to ninth stage, among some of the stages' before."""
    chance = random.Random(6)
    kept = chance.sample(mixed, min(len(mixed), given.others))
    stages = list(WRITTEN_SETS)[: list(WRITTEN_SETS).index(given.sets) + 1]
    *earlier, own = (
        learnt_from(distant_examples(given.data / "fragments", only=WRITTEN_SETS[stage])) for stage in stages
    )
    for examples in earlier:
        kept += chance.sample(examples, min(len(examples), given.earlier))
    own = chance.sample(own, min(len(own), given.most))
    return among_others(own, kept, given.times, chance)


def _first_stage(network: ReaderNetwork, tokenizer: Any, given: Any, train: Sequence[ReadingExample]) -> None:
    paragraphs = list({(example.title, example.text): None for example in train})
    paragraphs += [
        paragraph
        for paragraph in timeqa_paragraphs(given.data / "timeqa" / "derived")
        if part_of(paragraph[0]) != "report"
    ]
    written = encoded(written_examples(paragraphs * 3, given.written, random.Random(0)), tokenizer)
    print(f"{len(written)} written questions", flush=True)
    given_once = argparse.Namespace(**{**vars(given), "epochs": 1.0})
    fit_together(network, lambda: written, given_once)
    torch.save(network.state_dict(), given.out / "first_stage.pt")


def fit_together(network: ReaderNetwork, draw: Callable[[], list[Encoded]], given: Any) -> None:
    """Train in several processes that average their gradients; the weights come back into `network`."""
    from torch import multiprocessing

    multiprocessing.set_sharing_strategy("file_system")  # type: ignore[no-untyped-call]
    first = draw()
    with tempfile.TemporaryDirectory() as folder:
        network.share_memory()
        context = multiprocessing.get_context("spawn")
        meet = Path(folder) / "meet"
        workers = [
            context.Process(target=_work, args=(rank, network, first, given, meet))
            for rank in range(given.workers)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("A process of the training failed; what it said stands above.")


def _work(rank: int, network: ReaderNetwork, first: list[Encoded], given: Any, meet: Path) -> None:
    torch.set_num_threads(1)
    torch.distributed.init_process_group(
        "gloo", init_method=meet.as_uri(), rank=rank, world_size=given.workers
    )
    own = copy.deepcopy(network)
    own.freeze(given.frozen)
    together = torch.nn.parallel.DistributedDataParallel(own)
    schedule = Schedule(given.epochs, batch=given.batch // given.workers, rate=given.rate)
    say = (lambda line: print(line, flush=True)) if rank == 0 else (lambda _: None)
    fit(together, lambda: first, schedule, say, worker=Worker(rank, given.workers))
    if rank == 0:
        network.load_state_dict(own.state_dict())
    torch.distributed.barrier()
    torch.distributed.destroy_process_group()


if __name__ == "__main__":
    main()

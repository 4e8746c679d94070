"""The fourth stage's examples: questions made to mislead, among enough others that nothing is unlearnt."""

import random
from collections.abc import Sequence
from pathlib import Path

from evals.training.reader.examples import ReadingExample, answers_by_question, mined_negatives
from evals.training.reader.fragments import fragment_examples
from evals.training.reader.further import news_examples
from evals.training.reader.pairs import (
    EditList,
    matched_examples,
    paired_examples,
    question_pairs,
    sentence_pairs,
)
from evals.training.reader.swapping import swapped_negatives

KEPT = {
    "squad": 3_300,
    "fragment": 40_000,
    "timeqa": 350,
    "shifts": 3_000,
    "discourse": 300,
    "qed": 900,
    "qamr": 300,
    "other": 30_000,
}
"""So many answerable questions of each set; of ClapNQ all, and all that nothing answers."""

CLAPNQ_TIMES = 3
MINED_SHARES = {
    "squad": 0.2,
    "fragment": 0.12,
    "clapnq": 0.6,
    "timeqa": 0.4,
    "shifts": 0.2,
    "qed": 0.4,
    "onestop": 0.2,
    "other": 0.2,
}
"""The share of a set's answerable questions that are also put to a passage without their answer."""

EDITED, SWAPPED = 14_000, 700


def misleading_examples(
    data: Path, human: Sequence[ReadingExample], further: Sequence[ReadingExample], chance: random.Random
) -> list[ReadingExample]:
    """What the fourth stage learns from.

    Args:
        data: the folder that holds unansq, nqg, onestop and, where it is at hand, fragments.
        human: the questions of the first sets, of the part "train".
        further: those of the third stage, and others.
        chance: the source of randomness.
    """
    pairs = question_pairs(data / "unansq")
    paired = [
        *paired_examples(data / "unansq"),
        *matched_examples(data / "unansq"),
        *sentence_pairs(pairs, data / "nqg"),
    ]
    asked = [
        *_kept([*human, *fragment_examples(data / "fragments"), *further], chance),
        *news_examples(data / "onestop" / "onestop_qa.json"),
        *paired,
    ]
    every = [*human, *asked]
    answerable = list({id(one): one for one in every if one.answerable}.values())
    edited = EditList(pairs).edited([one for one in answerable if one.spans], chance)
    swapped = swapped_negatives(answerable, chance)
    return [
        *asked,
        *[one for one in human if one.source == "clapnq"] * CLAPNQ_TIMES,
        *chance.sample(edited, min(len(edited), EDITED)),
        *chance.sample(swapped, min(len(swapped), SWAPPED)),
        *_mined(answerable, chance),
    ]


def _kept(examples: Sequence[ReadingExample], chance: random.Random) -> list[ReadingExample]:
    kept = [one for one in examples if one.source in KEPT and not one.answerable]
    for source, most in KEPT.items():
        own = [one for one in examples if one.source == source and one.answerable]
        kept += chance.sample(own, min(len(own), most))
    return kept


def _mined(answerable: Sequence[ReadingExample], chance: random.Random) -> list[ReadingExample]:
    answers, mined = answers_by_question(answerable), []
    for source, share in MINED_SHARES.items():
        own = [one for one in answerable if one.source == source]
        mined += mined_negatives(chance.sample(own, int(share * len(own))), own, chance, answers)
    return mined

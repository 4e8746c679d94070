"""Questions of further sets that were brought into SQuAD's form: one file for each set.

A title in such a file is optional. What is measured on stays out: questions and articles of ClapNQ's parts
"develop" and "report" (ClapNQ is drawn from Natural Questions, as some of these sets are), and paragraphs of
SQuAD's development set.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from evals.parts import part_of
from evals.training.reader.examples import ReadingExample, squad_article
from evals.training.reader.fragments import folded
from evals.training.reader.pairs import GROUP_CHARACTERS

SOURCE = "other"
MOST_OF_A_SET = 4_000
"""Questions of one set that are taken, lest a large one decides what a question is like."""


def other_examples(
    folder: Path, human: Sequence[ReadingExample], chance: random.Random
) -> list[ReadingExample]:
    """At most `MOST_OF_A_SET` questions of each file, with or without an answer.

    Args:
        folder: that holds the files; nothing is read where there is none.
        human: the questions of the sets that are measured on, all parts.
        chance: the source of randomness.
    """
    held = [one for one in human if part_of(one.group) != "train"]
    questions, texts = ({folded(one.question) for one in held}, {folded(one.text) for one in human})
    found: list[ReadingExample] = []
    for file in sorted(folder.glob("*.json")):
        own = [
            one
            for one in _examples(file)
            if folded(one.question) not in questions and folded(one.text) not in texts
        ]
        found += chance.sample(own, min(len(own), MOST_OF_A_SET))
    return found


def _examples(file: Path) -> Iterator[ReadingExample]:
    for article in json.loads(file.read_text("utf-8"))["data"]:
        for one in squad_article(article, SOURCE):
            yield replace(one, group=one.title or one.text[:GROUP_CHARACTERS])

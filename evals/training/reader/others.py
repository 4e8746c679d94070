"""Questions of further sets that were brought into SQuAD's form: one file for each set.

A title in such a file is optional. What is measured on stays out: questions and articles of ClapNQ's parts
"develop" and "report" (ClapNQ is drawn from Natural Questions, as some of these sets are), paragraphs of
SQuAD's development set, and questions of PoisonedRAG.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.datasets import poisonedrag
from evals.datasets.data_set import ALL
from evals.parts import part_of
from evals.training.reader.examples import ReadingExample, squad_article
from evals.training.reader.fragments import folded
from evals.training.reader.pairs import GROUP_CHARACTERS

SOURCE = "other"
MOST_OF_A_SET = 4_000
"""Questions of one set that are taken, lest a large one decides what a question is like."""


def other_examples(
    folder: Path, human: Sequence[ReadingExample], chance: random.Random, attacked: Sequence[str] = ()
) -> list[ReadingExample]:
    """At most `MOST_OF_A_SET` questions of each file, with or without an answer.

    Args:
        folder: that holds the files; nothing is read where there is none.
        human: the questions of the sets that are measured on, all parts.
        chance: the source of randomness.
        attacked: further questions that are measured on.
    """
    held = [one for one in human if part_of(one.group) != "train"]
    questions = {folded(asked) for asked in (*attacked, *(one.question for one in held))}
    texts = {folded(one.text) for one in human}
    found: list[ReadingExample] = []
    for file in sorted(folder.glob("*.json")):
        own = [
            one
            for one in _examples(file)
            if folded(one.question) not in questions and folded(one.text) not in texts
        ]
        found += chance.sample(own, min(len(own), MOST_OF_A_SET))
    return found


def attacked_questions(folder: Path) -> list[str]:
    """The questions of PoisonedRAG, where it is at hand; some of them are Natural Questions'."""
    if not folder.is_dir():
        return []
    return [case.question for case in poisonedrag.load(folder, {"source": ALL, "planted": "1"}).cases]


def _examples(file: Path) -> Iterator[ReadingExample]:
    for article in json.loads(file.read_text("utf-8"))["data"]:
        paragraphs = [_with_true_places(paragraph) for paragraph in article["paragraphs"]]
        for one in squad_article({"title": article.get("title", ""), "paragraphs": paragraphs}, SOURCE):
            yield replace(one, group=one.title or one.text[:GROUP_CHARACTERS])


def _with_true_places(paragraph: dict[str, Any]) -> dict[str, Any]:
    """Without the questions whose answer does not stand where it is said to, as some of TyDi QA's do not."""
    text = paragraph["context"]

    def is_true(asked: dict[str, Any]) -> bool:
        places = ((answer["answer_start"], answer["text"]) for answer in asked["answers"])
        told = bool(asked["answers"]) or asked.get("is_impossible", False)
        return told and all(answer and text.startswith(answer, start) for start, answer in places)

    return {"context": text, "qas": [asked for asked in paragraph["qas"] if is_true(asked)]}

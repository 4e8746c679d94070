"""The seventh stage's examples: questions far from the words of the passages that answer them.

They were written for the reader, one at a time and by no rule: over paragraphs of SQuAD's training set (whose
text is not here: a line names its paragraph by `paragraph_id`) and over news reports invented for them.
"""

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.json_files import json_rows
from evals.parts import part_of
from evals.training.reader.examples import ReadingExample, Span, answers_by_question, mined_negatives
from evals.training.reader.fragments import in_own_form

SOURCE = "distant"
WRITTEN = Path(__file__).parent / "distant"
MINED_SHARE = 0.2
"""The share of the answerable ones that are also put to a passage without their answer, each time."""

_ID_DIGITS = 12


def paragraph_id(text: str) -> str:
    """The name of a paragraph: the first 12 hexadecimal digits of the SHA-256 of its text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_ID_DIGITS]


def distant_examples(fragments: Path, written: Path = WRITTEN) -> list[ReadingExample]:
    """Every question beside its passage; those whose paragraph is not at hand are left out.

    Args:
        fragments: the folder with the parts of SQuAD's training set that are at hand.
        written: the folder with the questions, as `*.jsonl`. A line has `id`, of a paragraph, and `spans`,
            pairs of a question and the offsets of its answers ([] where nothing answers), or `whole`, the
            same with the sentences that make a whole answer. Or it has `title` and `text`, of a report, and
            `qas`, lists of a question, its answer ("" for none) and perhaps a piece of the text that tells
            which of several places is meant. Reports that share a `story` belong to one part.

    Raises:
        ValueError: an answer does not stand in its passage.
    """
    paragraphs = {paragraph_id(one.text): (one.title, one.text) for one in in_own_form(fragments)}
    found: list[ReadingExample] = []
    for file in sorted(written.glob("*.jsonl")):
        for _, row in json_rows(file):
            passage: tuple[str, str] | None = paragraphs.get(row.get("id", ""))
            if "text" in row:
                passage = row["title"], row["text"]
            if passage is not None:
                found += _of_passage(row, *passage)
    return found


def learnt_from(examples: Iterable[ReadingExample]) -> list[ReadingExample]:
    """Those of the part "train": a passage is of one part as a whole, whatever its title."""
    return [one for one in examples if part_of(one.group) == "train"]


def among_others(
    examples: Sequence[ReadingExample], others: Sequence[ReadingExample], times: int, chance: random.Random
) -> list[ReadingExample]:
    """The examples, each so many times, passages that do not answer them, and the others."""
    answers = answers_by_question(examples)
    answerable = [one for one in examples if one.answerable]
    mined: list[ReadingExample] = []
    for _ in range(times):
        asked = chance.sample(answerable, int(MINED_SHARE * len(answerable)))
        mined += mined_negatives(asked, examples, chance, answers)
    return [*(one for one in examples for _ in range(times)), *mined, *others]


def _of_passage(row: dict[str, Any], title: str, text: str) -> Iterator[ReadingExample]:
    group = row.get("story") or paragraph_id(text)
    for question, answer, *where in row.get("qas", ()):
        places = tuple(_places(text, answer, where[0] if where else "")) if answer else ()
        if answer and not places:
            raise ValueError(f"{answer!r} does not stand in {text[:60]!r}")
        yield ReadingExample(SOURCE, group, question, title, text, bool(answer), places)
    for question, offsets in row.get("spans", ()):
        places = _inside(text, offsets)
        yield ReadingExample(SOURCE, group, question, title, text, bool(places), places)
    for question, offsets in row.get("whole", ()):
        places = _inside(text, offsets)
        yield ReadingExample(SOURCE, group, question, title, text, bool(places), evidence=places)


def _inside(text: str, offsets: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    if any(not 0 <= start < end <= len(text) for start, end in offsets):
        raise ValueError(f"{offsets} does not stand in {text[:60]!r}")
    return tuple((start, end) for start, end in offsets)


def _places(text: str, answer: str, where: str) -> Iterator[Span]:
    """Where the answer stands, inside the piece of text where one is told."""
    first = text.find(where)
    last = first + len(where) if where else len(text)
    at = text.find(answer, first)
    while first >= 0 and 0 <= at <= last - len(answer):
        yield at, at + len(answer)
        at = text.find(answer, at + 1)

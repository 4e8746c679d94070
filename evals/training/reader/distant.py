"""The examples of the seventh to ninth stages, written for the reader, one at a time and by no rule.

Questions far from the words of the passages that answer them, over paragraphs of SQuAD's training set (whose
text is not here: a line names its paragraph by `paragraph_id`) and over news reports invented for them; in
the eighth, of whole reports and as crowd workers mislead; in the ninth, of reports that tell several things
of the same kind.
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
from evals.training.reader.reports import places_of, report_examples, report_text

SOURCE = "distant"
WRITTEN = Path(__file__).parent / "distant"
SEVENTH = ("paragraphs", "reports", "twins", "wholes")
EIGHTH = ("crowd", "news", "quiz")
NINTH = ("misses", "rivals")
"""The files of each stage, without their endings."""

BESIDE_PASSAGES = (*SEVENTH, "crowd")
"""Those whose questions were asked of one passage and not of whole reports."""

MINED_SHARE = 0.2
"""The share of the answerable ones that are also put to a passage without their answer, each time."""

_ID_DIGITS = 12


def paragraph_id(text: str) -> str:
    """The name of a paragraph: the first 12 hexadecimal digits of the SHA-256 of its text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:_ID_DIGITS]


def group_of(row: dict[str, Any], text: str) -> str:
    """By which a passage or report belongs to a part: its story, or itself where it has none."""
    return str(row.get("story") or paragraph_id(text))


def distant_examples(
    fragments: Path, written: Path = WRITTEN, only: Sequence[str] | None = None
) -> list[ReadingExample]:
    """Every question beside its passage; those whose paragraph is not at hand are left out.

    Args:
        fragments: the folder with the parts of SQuAD's training set that are at hand.
        written: the folder with the questions, as `*.jsonl`. A line has `id`, of a paragraph, and `spans`,
            pairs of a question and the offsets of its answers ([] where nothing answers), or `whole`, the
            same with the sentences that make a whole answer. Or it has `title` and `text`, of a report, and
            `qas`, lists of a question, its answer ("" for none) and perhaps a piece of the text that tells
            which of several places is meant. Or it has `title`, `paragraphs` and `qas`, of a report that is
            cut into passages as in `report_examples`; or `report` and `qas`, further questions of such a
            report, named as a paragraph is. Reports that share a `story` belong to one part.
        only: files to take, without their endings; all where none are told.

    Raises:
        ValueError: an answer does not stand in its passage, or a report is not there.
    """
    paragraphs = {paragraph_id(one.text): (one.title, one.text) for one in in_own_form(fragments)}
    reports = whole_reports(written)
    found: list[ReadingExample] = []
    for file in sorted(written.glob("*.jsonl")):
        if only is not None and file.stem not in only:
            continue
        for _, row in json_rows(file):
            if "report" in row:
                if row["report"] not in reports:
                    raise ValueError(f"There is no report {row['report']} under {written}.")
                row = {**reports[row["report"]], "qas": row["qas"]}
            if "paragraphs" in row:
                found += report_examples(row, group_of(row, report_text(row)), SOURCE)
                continue
            passage: tuple[str, str] | None = paragraphs.get(row.get("id", ""))
            if "text" in row:
                passage = row["title"], row["text"]
            if passage is not None:
                found += _of_passage(row, *passage)
    return found


def whole_reports(written: Path = WRITTEN) -> dict[str, dict[str, Any]]:
    """The lines that hold a whole report, by its `paragraph_id`."""
    rows = (row for file in sorted(written.glob("*.jsonl")) for _, row in json_rows(file))
    return {paragraph_id(report_text(row)): row for row in rows if "paragraphs" in row}


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
    group = group_of(row, text)
    for question, answer, *where in row.get("qas", ()):
        places = places_of(text, answer, *where) if answer else ()
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

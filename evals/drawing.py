"""Some answers of a run, drawn at random, as Markdown for a person to read and comment."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from assistant.cli.terminal import clean_line
from evals.case_text import expected_lines
from evals.record import CaseRecord

_MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
_DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Drawn:
    """Cases that passed and cases that failed, each in the order of the run; `of` counts all there were."""

    right: tuple[CaseRecord, ...]
    wrong: tuple[CaseRecord, ...]
    of_right: int
    of_wrong: int


def draw(records: Sequence[CaseRecord], right: int, wrong: int, seed: int, *, declined: bool) -> Drawn:
    """Draw among the cases that got an answer; where there are fewer than asked for, all are taken.

    Args:
        right, wrong: how many that passed, and how many that failed.
        seed: the same one draws the same cases of the same run.
        declined: draw among the questions that were declined, too.
    """
    asked = [record for record in records if record.answer is not None]
    shown = [record for record in asked if declined or _status(record) != _DECLINED]
    passed = [record for record in shown if record.passed]
    failed = [record for record in shown if not record.passed]
    chance = Random(seed)
    return Drawn(
        _some(passed, right, chance), _some(failed, wrong, chance), of_right=len(passed), of_wrong=len(failed)
    )


def as_markdown(drawn: Drawn, suite: str, seed: int) -> str:
    """The cases with question, expectation and everything shown, and room for a comment under each."""
    lines = [f"# Answers of {_plain(suite)}, drawn at random with seed {seed}"]
    for title, cases, count in (
        ("Right", drawn.right, drawn.of_right),
        ("Wrong", drawn.wrong, drawn.of_wrong),
    ):
        lines += ["", f"## {title} ({len(cases)} of {count})"]
        for number, record in enumerate(cases, start=1):
            lines += ["", *_case(number, record)]
    return "\n".join(lines) + "\n"


def _some(records: Sequence[CaseRecord], count: int, chance: Random) -> tuple[CaseRecord, ...]:
    places = chance.sample(range(len(records)), min(count, len(records)))
    return tuple(records[place] for place in sorted(places))


def _case(number: int, record: CaseRecord) -> Iterator[str]:
    yield f"### {number}. {_plain(record.question)}"
    yield ""
    yield f"- case: {_plain(record.id)}"
    for question, answer in record.expected["conversation"]:
        yield f"- after: {_plain(question)} {_plain(answer or '')}".rstrip()
    if record.expected["as_of"]:
        yield f"- asked on: {record.expected['as_of']}"
    for line in expected_lines(record):
        yield f"- expected: {_plain(line)}"
    for check in record.checks:
        if not check.passed:
            yield f"- wrong: {_plain(check.detail or check.name)}"
    yield from _shown(record, record.answer or {})
    yield "- comment:"


def _shown(record: CaseRecord, answer: dict[str, Any]) -> Iterator[str]:
    if answer.get("understood"):
        yield f"- understood: {_plain(answer['understood'])}"
    yield f"- shown ({answer['status']}, confidence {answer['confidence']}): {_plain(answer['text'])}"
    if answer["short_answer"]:
        yield f"- short answer: {_plain(answer['short_answer'])}"
    for citation in answer["citations"]:
        article = citation["article"]
        stated = (article.get("publisher"), (article.get("published_at") or "")[:10], article["title"])
        verbatim = "" if record.verbatim.get(citation["number"]) else " NOT VERBATIM"
        source = ", ".join(_plain(part) for part in stated if part)
        yield f"  - {citation['number']}: “{_plain(citation['quote'])}” ({source}){verbatim}"


def _status(record: CaseRecord) -> str:
    return str((record.answer or {})["status"])


def _plain(text: str) -> str:
    """Text on one line, in which nothing is a mark of Markdown."""
    return _MARKS.sub(r"\\\1", clean_line(text))

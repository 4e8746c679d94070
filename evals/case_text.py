"""A failed case as plain text: the question, what was expected, what was shown, what was retrieved."""

from collections.abc import Iterator, Sequence
from typing import Any

from assistant.cli.terminal import clean, clean_line
from evals.marking import marked
from evals.record import CaseRecord

RETRIEVED_SHOWN = 5
PASSAGE_CHARACTERS = 400
EXPECTED_KINDS = ("says", "short_answer", "articles", "quotes", "must_not_say")


def case_text(record: CaseRecord) -> str:
    """The case in lines; the quotes that the answer cites stand between » and « in what was retrieved.

    Escape sequences and other characters that could steer a terminal are taken out.
    """
    return "\n".join(_lines(record))


def expected_lines(record: CaseRecord) -> list[str]:
    """What the case expected, one kind a line."""
    declined = ["to be declined"] if record.expected["must_decline"] else []
    kinds = [kind for kind in EXPECTED_KINDS if record.expected[kind]]
    return declined + [f"{kind.replace('_', ' ')}: {'; '.join(record.expected[kind])}" for kind in kinds]


def shown_passages(record: CaseRecord) -> list[dict[str, Any]]:
    """The first passages that were retrieved, or that came nearest."""
    answer = record.answer or {}
    found = answer.get("retrieved") or answer.get("nearest") or ()
    return list(found[:RETRIEVED_SHOWN])


def quotes_of(record: CaseRecord) -> list[str]:
    """The quotes that the answer cites, and those that the case demands."""
    cited = [citation["quote"] for citation in (record.answer or {}).get("citations", ())]
    return [*cited, *record.expected["quotes"]]


def _lines(record: CaseRecord) -> Iterator[str]:
    yield f"question: {clean_line(record.question)}"
    for question, answer in record.expected["conversation"]:
        yield f"  after: {clean_line(question)} {clean_line(answer or '')}".rstrip()
    if record.expected["as_of"]:
        yield f"  as of: {record.expected['as_of']}"
    for check in record.checks:
        if not check.passed:
            yield f"wrong: {check.name}: {clean_line(check.detail)}"
    for line in expected_lines(record) or ["nothing in particular"]:
        yield f"expected: {clean_line(line)}"
    yield from _shown(record)
    yield from _retrieved(record)
    if record.error is not None:
        yield from ("error:", clean(record.error))


def _shown(record: CaseRecord) -> Iterator[str]:
    answer = record.answer
    if answer is None:
        yield "shown: nothing"
        return
    yield f"shown ({answer['status']}, confidence {answer['confidence']}): {clean_line(answer['text'])}"
    if answer["short_answer"]:
        yield f"  short answer: {clean_line(answer['short_answer'])}"
    for citation in answer["citations"]:
        verbatim = "" if record.verbatim.get(citation["number"]) else " (NOT VERBATIM)"
        title, quote = clean_line(citation["article"]["title"]), clean_line(citation["quote"])
        yield f"  [{citation['number']}] {title}: “{quote}”{verbatim}"


def _retrieved(record: CaseRecord) -> Iterator[str]:
    passages = shown_passages(record)
    yield "retrieved:" if passages else "retrieved: nothing"
    for rank, passage in enumerate(passages, start=1):
        yield f"  {rank}. {clean_line(passage['article']['title'])}"
        yield f"     {_with_marks(passage['text'], quotes_of(record))}"


def _with_marks(text: str, quotes: Sequence[str]) -> str:
    """The passage on one line, cut to what stands around its first quote."""
    pieces = marked(text, quotes)
    line = clean_line("".join(f"»{piece.text}«" if piece.marked else piece.text for piece in pieces))
    start = max(0, line.find("»") - PASSAGE_CHARACTERS // 4)
    end = start + PASSAGE_CHARACTERS
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")

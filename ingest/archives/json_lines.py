"""JSON lines: one article a line, read one at a time."""

import json
from typing import Any, BinaryIO

from ingest.archives.archive import Archive, Documents, Opening
from ingest.archives.fields import row_document
from ingest.archives.lines import bounded_lines


def documents(stream: BinaryIO, opening: Opening) -> Documents:
    """Every line that is not blank; one that is no JSON object is a failure, and the rest is read."""
    for number, line in bounded_lines(stream, opening.budget.limits.document_bytes):
        if line is None:
            yield opening.failure(str(number), f"Line {number} is longer than a document may be.")
            continue
        if not line.strip():
            continue
        try:
            row = _row(line)
        except (ValueError, RecursionError) as error:
            yield opening.failure(str(number), f"Line {number} cannot be read: {_reason(error)}.")
            continue
        yield row_document(row, number, opening)


def count(stream: BinaryIO, most: int) -> int:
    """How many lines are not blank."""
    return sum(line is None or not line.isspace() for _, line in bounded_lines(stream, most))


def _row(line: bytes) -> dict[str, Any]:
    loaded = json.loads(line.decode("utf-8-sig"))
    if not isinstance(loaded, dict):
        raise ValueError("it is no JSON object")
    return loaded


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"it is no JSON ({error.msg}, character {error.pos + 1})"
    if isinstance(error, UnicodeDecodeError):
        return "it is not in UTF-8"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


ARCHIVE = Archive(
    "JSON lines file",
    (".jsonl", ".ndjson"),
    documents,
    ("application/jsonl", "application/x-ndjson"),
    count=count,
)

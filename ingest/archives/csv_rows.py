"""Tables of articles (CSV, and tab-separated TSV): one article a row, the first row names the columns."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO, TextIO

from ingest.archives.archive import Archive, Documents, Opening
from ingest.archives.fields import FIELDS, row_document
from ingest.decoding import encoding_of
from ingest.errors import ExtractionError

SAMPLE_BYTES = 65_536
"""So much of a table's beginning tells its encoding and what parts its columns."""

_DELIMITERS = ",;\t|"
_SHOWN_NAMES = 12
_TOO_LONG = "\0"
_UNDECODED = re.compile("[\udc80-\udcff]")


def documents(stream: BinaryIO, opening: Opening) -> Documents:
    """Every row; one that cannot be read is a failure, and the rest is read.

    Raises:
        ExtractionError: no column can hold an article's text.
    """
    most = opening.budget.limits.document_bytes
    csv.field_size_limit(most)
    buffered = io.BufferedReader(stream, SAMPLE_BYTES)  # type: ignore[type-var]
    sample = buffered.peek(SAMPLE_BYTES)
    encoding = encoding_of(sample)
    errors = "replace" if "16" in encoding or "32" in encoding else "surrogateescape"
    text = io.TextIOWrapper(buffered, encoding, errors, newline="")
    try:
        rows = _rows(csv.reader(_lines(text, most), delimiter=_delimiter(sample.decode(encoding, "replace"))))
        names = _names(next(rows, ""), opening)
        for number, row in enumerate(rows, 2):
            if isinstance(row, str):
                yield opening.failure(str(number), f"Row {number} cannot be read: {row}.")
            elif any(cell.strip() for cell in row):
                yield row_document(dict(zip(names, row, strict=False)), number, opening)
    finally:
        text.detach()
        buffered.detach()


def _lines(text: TextIO, most: int) -> Iterator[str]:
    """Lines without NULs; `_TOO_LONG` stands for one of more than `most` characters."""
    while line := text.readline(most):
        if len(line) < most or line.endswith("\n"):
            yield line.replace("\0", "")
            continue
        while line and not line.endswith("\n"):
            line = text.readline(most)
        yield f"{_TOO_LONG}\n"


def _rows(reader: Iterator[list[str]]) -> Iterator[list[str] | str]:
    """Rows, or why one cannot be read."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield str(error)
        else:
            yield _problem(row) or row


def _problem(row: Sequence[str]) -> str | None:
    if any(_TOO_LONG in cell for cell in row):
        return "it is longer than a document may be"
    if any(_UNDECODED.search(cell) for cell in row):
        return "it is in another encoding than the rows before it"
    return None


def _delimiter(sample: str) -> str:
    first = sample.lstrip("\ufeff").split("\n", 1)[0]
    return max(_DELIMITERS, key=first.count)


def _names(row: Sequence[str], opening: Opening) -> list[str]:
    """The names of the columns.

    Raises:
        ExtractionError: none of them can hold an article's text.
    """
    names = [] if isinstance(row, str) else [name.strip().lstrip("\ufeff") for name in row]
    known = {name.casefold() for name in names}
    mapped = opening.fields.get("text")
    if mapped in names or (mapped is None and known.intersection(FIELDS["text"])):
        return names
    shown = ", ".join(names[:_SHOWN_NAMES]) or "none"
    raise ExtractionError(
        f"No column of the table is known to hold the text of articles; its columns: {shown[:300]}.",
        "Name it with `--map text=COLUMN`.",
    )


ARCHIVE = Archive("table", (".csv", ".tsv"), documents, ("text/csv", "text/tab-separated-values"))

"""Writing articles out, as JSON lines or as a table."""

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.cli.terminal import clean, json_text, write_result
from ingest.article import Article
from ingest.errors import UsageError

COLUMNS = (
    *("id", "version", "title", "url", "publisher", "authors", "published_at", "modified_at"),
    *("language", "location", "note", "retrieved_at", "section", "text"),
)

_FORMULA = re.compile(r"[=+@\t\r]|-\S")
"""How a cell begins that spreadsheets compute, and that may fetch or run something."""


def export_to(output: Path | None, form: str, articles: Iterable[Article]) -> int:
    """Write the articles to a file, whole or not at all, or to stdout; return how many.

    Raises:
        UsageError: the file's folder does not exist, or it is a folder itself.
    """
    counted = _Counted(articles)
    if output is None:
        for line in _lines(form, counted):
            write_result(clean(line))
        return counted.count
    target = output.resolve()
    if target.is_dir() or not target.parent.is_dir():
        raise UsageError(f"No file can be written at {output}.", "Name a file in a folder that exists.")
    if target.exists() and not target.is_file():
        _write(target, _lines(form, counted))
    else:
        _replace(target, _lines(form, counted))
    return counted.count


class _Counted:
    """Counts articles while they pass."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._articles = articles
        self.count = 0

    def __iter__(self) -> Iterator[Article]:
        for article in self._articles:
            self.count += 1
            yield article


def _replace(target: Path, lines: Iterable[str]) -> None:
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(descriptor)
    draft = Path(name)
    try:
        draft.chmod(target.stat().st_mode if target.exists() else 0o644)
        _write(draft, lines)
        draft.replace(target)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _write(path: Path, lines: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.writelines(f"{line}\n" for line in lines)


def _lines(form: str, articles: Iterable[Article]) -> Iterator[str]:
    if form == "csv":
        yield ",".join(COLUMNS)
    for article in articles:
        yield _csv_line(article) if form == "csv" else json_text(article.to_json())


def _inert(value: object) -> object:
    """A value that a spreadsheet takes for text: one that could be a formula gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def _csv_line(article: Article) -> str:
    values = article.to_json()
    values["authors"] = "; ".join(values["authors"])
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([_inert(values[column]) for column in COLUMNS])
    return buffer.getvalue()

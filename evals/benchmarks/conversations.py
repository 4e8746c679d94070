"""Conversations whose last turn is to be searched for, as JSON lines in BEIR's form: a source, and tasks.

corpus.jsonl holds a passage a line (`_id`, `title`, `text`), queries.jsonl a task a line (`_id`, `text`, the
turn to search for; `history`, pairs of "user" or "agent" and the words; `rewrite`, the turn as a person made
it stand alone, where there is one), qrels.tsv the passages that a task's answer came from.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ingest.document import RawDocument, ReadFailure

_READ_AT = datetime(2000, 1, 1, tzinfo=UTC)
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
_TURN_NUMBER = re.compile(r"(?:_|<::>)\d+$")


@dataclass(frozen=True, slots=True)
class ConversationTask:
    """A turn to search for.

    Attributes:
        conversation: the id of the conversation that it comes from.
        turns: the turns before it, oldest first: what was asked and what was answered.
        rewrite: the turn made to stand alone by a person, "" where nobody did.
        relevant: ids of the passages that the answer came from.
    """

    id: str
    conversation: str
    text: str
    turns: tuple[tuple[str, str], ...]
    rewrite: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class PassageSource:
    """The passages of a set as documents, one each; meets `Source`.

    Attributes:
        folder: holds corpus.jsonl.
    """

    folder: Path
    key: str = "passages:"
    skipped: int = 0

    def documents(self) -> Iterator[RawDocument | ReadFailure]:
        """Each passage, its title as front matter where it has one."""
        for row in _read(self.folder / "corpus.jsonl"):
            data = _markdown(row.get("title") or "", row["text"])
            yield RawDocument(f"{self.key}{row['_id']}", f"{row['_id']}.md", data, _READ_AT)

    def count_hint(self) -> int:
        """How many passages there are."""
        return sum(1 for _ in _read(self.folder / "corpus.jsonl"))


def read_tasks(folder: Path) -> list[ConversationTask]:
    """The tasks that have turns before them and passages to find, in the order of the file."""
    relevant: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        task, passage, score = line.split("\t")
        if float(score) > 0:
            relevant.setdefault(task, set()).add(passage)
    tasks = (_task(row, relevant.get(row["_id"], set())) for row in _read(folder / "queries.jsonl"))
    return [task for task in tasks if task.turns and task.relevant]


def _task(row: dict[str, Any], relevant: set[str]) -> ConversationTask:
    return ConversationTask(
        id=row["_id"],
        conversation=_TURN_NUMBER.sub("", row["_id"]),
        text=row["text"],
        turns=tuple(_turns(row["history"])),
        rewrite=row.get("rewrite") or "",
        relevant=frozenset(relevant),
    )


def _turns(history: list[list[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of a question and its answer; "" where one of the two is missing."""
    asked: str | None = None
    for speaker, words in history:
        if speaker == "user":
            if asked is not None:
                yield asked, ""
            asked = words
        else:
            yield asked or "", words
            asked = None
    if asked is not None:
        yield asked, ""


def _markdown(title: str, text: str) -> bytes:
    """A passage as Markdown in which no character of the text is a mark."""
    paragraphs = (" ".join(line.split()) for line in text.split("\n"))
    escaped = [_PUNCTUATION.sub(r"\\\g<0>", line) for line in paragraphs if line]
    front = f"title: {json.dumps(title or 'Untitled', ensure_ascii=False)}"
    return "\n".join(["---", front, "---", "\n\n".join(escaped)]).encode("utf-8", "replace")


def _read(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)

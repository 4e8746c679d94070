"""The versions of an article in the terminal: dates, and what changed from each to the next."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from rich.text import Text

from assistant.cli.terminal import clean_line, result_console
from ingest.article import moment_text
from vectorstore.history import Change, Revision, changes_between


def history_json(history: Sequence[Revision]) -> list[dict[str, Any]]:
    """The versions as JSON values, the earliest first; `changes` are against the one before."""
    return [
        {
            "number": one.number,
            "version": one.article.version,
            "current": one.is_current,
            "seen_at": moment_text(one.seen_at),
            "title": one.article.title,
            "published_at": moment_text(one.article.head.published_at),
            "modified_at": moment_text(one.article.head.modified_at),
            "characters": len(one.article.text),
            "changes": [change.to_json() for change in changes],
        }
        for one, changes in _with_changes(history)
    ]


def print_history(history: Sequence[Revision]) -> None:
    """Print the versions, the earliest first, with "-" before what went and "+" before what came."""
    console = result_console()
    for one, changes in _with_changes(history):
        seen = one.seen_at.isoformat(" ", "minutes") if one.seen_at else "at an unknown time"
        mark = ", current" if one.is_current else ""
        console.print(Text(f"version {one.number} ({one.article.version}{mark}), read {seen}", style="bold"))
        if one.number == 1:
            console.print(Text(f"  {clean_line(one.article.title)}"))
        elif not changes:
            console.print(Text("  nothing that is compared has changed", style="dim"))
        for change in changes:
            for line, style in _lines(change):
                console.print(Text(line, style=style))


def _with_changes(history: Sequence[Revision]) -> Iterator[tuple[Revision, list[Change]]]:
    if history:
        yield history[0], []
    for before, after in pairwise(history):
        yield after, changes_between(before.article, after.article)


def _lines(change: Change) -> Iterator[tuple[str, str]]:
    name = "" if change.part == "text" else f"{change.part}: "
    for sign, side, style in (("-", change.earlier, "red"), ("+", change.later, "green")):
        for line in side.splitlines():
            yield f"  {sign} {name}{clean_line(line)}", style

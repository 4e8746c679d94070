"""The journal of ingestions: what began, what came of it, and what failed."""

import os
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from vectorstore.catalogue import Catalogue
from vectorstore.database import storable

ENTRIES_KEPT = 100
"""Ingestions that are remembered; the failures of older ones are forgotten with them."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that is not in the index, and why."""

    location: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What an ingestion came to, in documents; `passages` in passages written."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    passages: int = 0
    failed: tuple[Failure, ...] = ()


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One ingestion.

    Attributes:
        finished_at: None for one that was cut off, or still runs.
    """

    source: str
    pid: int
    started_at: datetime
    finished_at: datetime | None
    outcomes: Outcomes = field(default_factory=Outcomes)


def begin_ingest(connection: sqlite3.Connection, source: str, command: str = "") -> int:
    """Enter an ingestion in the journal; the row of its entry."""
    values = (storable(source), os.getpid(), datetime.now(UTC).isoformat(), storable(command))
    row = connection.execute(
        "INSERT INTO ingests (source, pid, started_at, command) VALUES (?, ?, ?, ?)", values
    ).lastrowid
    connection.execute("DELETE FROM ingests WHERE row <= ? - ?", (row, ENTRIES_KEPT))
    return int(row or 0)


def note_outcomes(connection: sqlite3.Connection, entry: int, outcomes: Outcomes) -> None:
    """Write down what an ingestion came to."""
    connection.execute(
        """UPDATE ingests SET added = ?, changed = ?, unchanged = ?, removed = ?, passages = ?, failed = ?
        WHERE row = ?""",
        (
            *(outcomes.added, outcomes.changed, outcomes.unchanged, outcomes.removed, outcomes.passages),
            len(outcomes.failed),
            entry,
        ),
    )
    connection.executemany(
        "INSERT INTO failures VALUES (?, ?, ?)",
        [(entry, storable(one.location), storable(one.reason)) for one in outcomes.failed],
    )


def finish_ingests(connection: sqlite3.Connection) -> None:
    """Close the journal's open entries: the stores agree."""
    connection.execute(
        "UPDATE ingests SET finished_at = ? WHERE finished_at IS NULL", (datetime.now(UTC).isoformat(),)
    )


def last_ingests(catalogue: Catalogue, limit: int = 10) -> list[JournalEntry]:
    """The last ingestions, newest first, with their failures."""
    with catalogue.database.reading() as connection:
        rows = connection.execute("SELECT * FROM ingests ORDER BY row DESC LIMIT ?", (limit,)).fetchall()
        return [_entry(row, _failures(connection, row["row"])) for row in rows]


def _failures(connection: sqlite3.Connection, entry: int) -> Sequence[sqlite3.Row]:
    return connection.execute("SELECT * FROM failures WHERE ingest = ? ORDER BY rowid", (entry,)).fetchall()


def _entry(row: sqlite3.Row, failures: Sequence[sqlite3.Row]) -> JournalEntry:
    failed = tuple(Failure(one["location"], one["reason"]) for one in failures)
    counts = {name: row[name] for name in ("added", "changed", "unchanged", "removed", "passages")}
    return JournalEntry(
        row["source"],
        row["pid"],
        datetime.fromisoformat(row["started_at"]),
        datetime.fromisoformat(row["finished_at"]) if row["finished_at"] else None,
        Outcomes(**counts, failed=failed),
    )

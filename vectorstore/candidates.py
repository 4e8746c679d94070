"""What ranking needs to know of many passages at once; whole articles' heads are read for few of them."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vectorstore.catalogue import PLACE
from vectorstore.database import MOST_VALUES, Database
from vectorstore.fusion import PassageFacts

SELECT = f"""SELECT passages.row, passages.id, passages.text, versions.published_day, {PLACE}
    FROM passages JOIN versions ON versions.row = passages.version"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class HeldCandidate:
    """A passage that the catalogue holds: its row there, and what its score depends on."""

    row: int
    facts: PassageFacts


def read_candidates(database: Database, ids: Sequence[str], rows: Sequence[int]) -> dict[str, HeldCandidate]:
    """Those of the passages, given by id or by row in the catalogue, that the catalogue holds, by id."""
    found: dict[str, HeldCandidate] = {}
    with database.reading() as connection:
        for column, values in (("id", ids), ("row", rows)):
            for start in range(0, len(values), MOST_VALUES):
                part = values[start : start + MOST_VALUES]
                marks = ", ".join("?" * len(part))
                sql = f"{SELECT} WHERE passages.{column} IN ({marks})"
                found.update(_held(row) for row in connection.execute(sql, part))
    return found


def _held(row: sqlite3.Row) -> tuple[str, HeldCandidate]:
    number, id_, text, day, place = row
    published = None if day is None else date.fromordinal(day)
    return id_, HeldCandidate(number, PassageFacts(place, word_count(text), published))


def word_count(text: str) -> int:
    """How many words a text has; every space and line end parts two: passages have no double ones."""
    return text.count(" ") + text.count("\n") + 1

"""What ranking needs to know of many passages at once; whole articles' heads are read for few of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from vectorstore.catalogue import MOST_VALUES, PLACE
from vectorstore.database import Database
from vectorstore.fusion import PassageFacts

SELECT = f"""SELECT passages.row, passages.id, passages.text, versions.published_day, {PLACE}
    FROM passages JOIN versions ON versions.row = passages.version WHERE passages.id IN"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class HeldCandidate:
    """A passage that the catalogue holds: its row there, and what its score depends on."""

    row: int
    facts: PassageFacts


def read_candidates(database: Database, ids: Sequence[str]) -> dict[str, HeldCandidate]:
    """Those of the passages that the catalogue holds, by id."""
    found: dict[str, HeldCandidate] = {}
    with database.reading() as connection:
        for start in range(0, len(ids), MOST_VALUES):
            part = ids[start : start + MOST_VALUES]
            marks = ", ".join("?" * len(part))
            for row, id_, text, day, place in connection.execute(f"{SELECT} ({marks})", part):
                published = None if day is None else date.fromordinal(day)
                found[id_] = HeldCandidate(row, PassageFacts(place, word_count(text), published))
    return found


def word_count(text: str) -> int:
    """How many words a text has; every space and line end parts two: passages have no double ones."""
    return text.count(" ") + text.count("\n") + 1

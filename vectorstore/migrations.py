"""Catalogues of older layouts, brought up to the present one when they are opened."""

import sqlite3
from collections.abc import Mapping

from vectorstore.faults import reach
from vectorstore.schema import FROM_2_TO_3, SCHEMA_VERSION

STEPS: Mapping[int, tuple[str, ...]] = {
    1: ("ALTER TABLE versions ADD COLUMN details TEXT",),
    2: FROM_2_TO_3,
}
"""The statements that make the next layout of the one they are filed under."""


def can_migrate(version: int) -> bool:
    """Whether a catalogue of an older layout can be brought up to the present one."""
    return all(number in STEPS for number in range(version, SCHEMA_VERSION)) and 0 < version < SCHEMA_VERSION


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a catalogue up to the present layout, within the caller's transaction; nothing if it is."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    for number in range(version, SCHEMA_VERSION):
        for statement in STEPS[number]:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    reach("migration-uncommitted")

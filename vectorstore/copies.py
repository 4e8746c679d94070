"""Copies in the catalogue: articles that are one report have one group. Runs inside its caller's transaction.

A group is named by the id of its member that came first. It is kept by adding: an article joins the groups of
all articles of which it is a copy, and makes them one. When a member changes or goes, the others are joined
anew.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from vectorstore.sketches import METHOD, Wording, are_copies, bands_of

MOST_COMPARED = 50
"""Likely copies that are compared word by word, the likeliest first."""
MOST_REJOINED = 50
"""Members of a group that are joined anew when one leaves; a larger group stays together."""
_TEXT = """SELECT versions.title, versions.text FROM articles
    JOIN versions ON versions.row = articles.current WHERE articles.row = ?"""
_LIKELY = """SELECT sketch_bands.article, articles.copy_group, count(*) AS agreeing
    FROM sketch_bands JOIN articles ON articles.row = sketch_bands.article
    WHERE band IN ({marks}) AND sketch_bands.article <> ?
    GROUP BY sketch_bands.article ORDER BY agreeing DESC, sketch_bands.article LIMIT ?"""


def join_copies(connection: sqlite3.Connection, article_row: int, title: str, text: str) -> None:
    """Note an article's text, new or changed, and put it into the group of its copies."""
    leave_group(connection, article_row)
    wording = Wording.of(title, text)
    bands = bands_of(wording)
    connection.execute("DELETE FROM sketches WHERE article = ?", (article_row,))
    connection.execute("INSERT INTO sketches VALUES (?, ?)", (article_row, METHOD))
    connection.executemany(
        "INSERT OR IGNORE INTO sketch_bands VALUES (?, ?)", [(band, article_row) for band in bands]
    )
    _join(connection, article_row, wording, bands)


def leave_group(connection: sqlite3.Connection, article_row: int) -> None:
    """Take an article out of its group; those that remain are joined anew."""
    group = _group_of(connection, article_row)
    connection.execute("DELETE FROM sketch_bands WHERE article = ?", (article_row,))
    if group is None:
        return
    connection.execute("UPDATE articles SET copy_group = NULL WHERE row = ?", (article_row,))
    rows = [
        row["row"]
        for row in connection.execute("SELECT row FROM articles WHERE copy_group = ? ORDER BY row", (group,))
    ]
    if len(rows) > MOST_REJOINED:
        _name_anew(connection, rows)
        return
    connection.execute("UPDATE articles SET copy_group = NULL WHERE copy_group = ?", (group,))
    for row in rows:
        wording = _wording(connection, row)
        _join(connection, row, wording, bands_of(wording))


def unsketched(connection: sqlite3.Connection, limit: int) -> list[int]:
    """Rows of articles that have no sketch of the present method, at most `limit`."""
    rows = connection.execute(
        """SELECT articles.row FROM articles LEFT JOIN sketches ON sketches.article = articles.row
        WHERE sketches.method IS NOT ? LIMIT ?""",
        (METHOD, limit),
    )
    return [row["row"] for row in rows]


def join_stored(connection: sqlite3.Connection, article_rows: Iterable[int]) -> None:
    """`join_copies` for articles that the catalogue holds already."""
    for article_row in article_rows:
        title, text = connection.execute(_TEXT, (article_row,)).fetchone()
        join_copies(connection, article_row, title, text)


def _join(connection: sqlite3.Connection, article_row: int, wording: Wording, bands: Sequence[int]) -> None:
    joined: set[str] = set()
    members = [article_row]
    for likely, group in _likely(connection, article_row, bands):
        if group in joined or not are_copies(wording, _wording(connection, likely)):
            continue
        if group is None:
            members.append(likely)
        else:
            joined.add(group)
    if joined or len(members) > 1:
        _name_anew(connection, members + _members(connection, joined))


def _likely(
    connection: sqlite3.Connection, article_row: int, bands: Sequence[int]
) -> list[tuple[int, str | None]]:
    sql = _LIKELY.format(marks=", ".join("?" * len(bands)))
    rows = connection.execute(sql, (*bands, article_row, MOST_COMPARED))
    return [(row["article"], row["copy_group"]) for row in rows]


def _wording(connection: sqlite3.Connection, article_row: int) -> Wording:
    title, text = connection.execute(_TEXT, (article_row,)).fetchone()
    return Wording.of(title, text)


def _group_of(connection: sqlite3.Connection, article_row: int) -> str | None:
    row = connection.execute("SELECT copy_group FROM articles WHERE row = ?", (article_row,)).fetchone()
    return None if row is None else row["copy_group"]


def _members(connection: sqlite3.Connection, groups: Iterable[str]) -> list[int]:
    return [
        row["row"]
        for group in groups
        for row in connection.execute("SELECT row FROM articles WHERE copy_group = ?", (group,))
    ]


def _name_anew(connection: sqlite3.Connection, rows: Sequence[int]) -> None:
    """Make articles one group, named by the first of them; one alone has none."""
    name = connection.execute("SELECT id FROM articles WHERE row = ?", (min(rows),)).fetchone()["id"]
    group = name if len(rows) > 1 else None
    connection.executemany("UPDATE articles SET copy_group = ? WHERE row = ?", [(group, row) for row in rows])

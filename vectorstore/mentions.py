"""Articles that mention something: all of them, found by the keyword index, each with a passage that does."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.article import ArticleHead
from ingest.passage import Passage
from vectorstore.database import Database, storable
from vectorstore.filtering import sql_conditions
from vectorstore.query import Filters
from vectorstore.rows import HEAD_COLUMNS, PASSAGE_COLUMNS, head_of, passage_of

ROWS = """FROM keywords JOIN passages ON passages.row = keywords.rowid
    JOIN versions ON versions.row = passages.version
    JOIN articles ON articles.row = versions.article
    WHERE keywords MATCH ?"""
FIRST_OF_EACH = f"""SELECT {PASSAGE_COLUMNS}, {HEAD_COLUMNS}, min(passages.row) AS first,
    (SELECT min(row) FROM passages AS opening WHERE opening.version = versions.row) AS opening {ROWS}"""  # noqa: S608
OLDEST_FIRST = "versions.published_day IS NULL, versions.published_at, articles.id"


@dataclass(frozen=True, slots=True)
class Topic:
    """What articles are asked for.

    Attributes:
        parts: what all must stand together in a passage and its title; each part is a phrase in its several
            spellings, of which any counts. Words are compared by their stems, without case and marks.
    """

    parts: tuple[tuple[str, ...], ...]

    @classmethod
    def phrase(cls, *spellings: str) -> "Topic":
        """One phrase, in any of its spellings."""
        return cls((spellings,))


@dataclass(frozen=True, slots=True)
class Mention:
    """An article that mentions a topic.

    Attributes:
        passage: the first whose text does; else the first of the article.
        in_title: whether the title does.
        opens: whether the first passage of the article does.
    """

    article: ArticleHead
    passage: Passage
    in_title: bool = False
    opens: bool = False


def find_mentions(database: Database, topic: Topic, filters: Filters) -> list[Mention]:
    """Every article that mentions a topic and passes the filters, oldest first, those without a date last."""
    if not _expression(topic):
        return []
    with database.reading():
        anywhere = _first_of_each(database, _expression(topic), filters)
        in_title = _first_of_each(database, _expression(topic, "title"), filters)
        in_text = _first_of_each(database, _expression(topic, "text"), filters)
    return [
        Mention(
            article=head_of(row),
            passage=passage_of(in_text.get(article, row)),
            in_title=article in in_title,
            opens=article in in_text and in_text[article]["passage_row"] == in_text[article]["opening"],
        )
        for article, row in anywhere.items()
    ]


def _first_of_each(database: Database, expression: str, filters: Filters) -> dict[str, sqlite3.Row]:
    """By article, the first passage that matches."""
    conditions = sql_conditions(filters)
    sql = f"{FIRST_OF_EACH} {conditions.sql} GROUP BY articles.row ORDER BY {OLDEST_FIRST}"
    with database.reading() as connection:
        rows = connection.execute(sql, (expression, *conditions.values)).fetchall()
    return {row["article_id"]: row for row in rows}


def _expression(topic: Topic, column: str = "") -> str:
    """An FTS5 query: every part, in any spelling, in one column or in title and text together."""
    parts = [_alternatives(part) for part in topic.parts]
    whole = " AND ".join(f"({part})" for part in parts if part)
    return f"{column} : ({whole})" if whole and column else whole


def _alternatives(spellings: Sequence[str]) -> str:
    """Any of the spellings; each is quoted, so nothing in it is syntax."""
    quoted = (storable(spelling).replace('"', '""') for spelling in spellings if _has_word(spelling))
    return " OR ".join(f'"{spelling}"' for spelling in quoted)


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)

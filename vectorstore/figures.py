"""Figures of an index: what it holds, month by month, and how much room it takes."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from stat import S_ISREG

from vectorstore.catalogue import FILE_NAME, VECTORS_FOLDER_PREFIX, Catalogue
from vectorstore.filtering import sql_conditions
from vectorstore.query import Filters


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many articles a publisher published in a month; "" and None where that is not known.

    Attributes:
        month: "2023-01".
    """

    publisher: str
    month: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What an index holds.

    Attributes:
        reports: articles, copies of one report counted as one.
        copies: articles that are copies of an earlier one.
        earlier_versions: texts that are kept beside the current ones.
        by_month: sorted by publisher and month.
        bytes_on_disk: by what takes them: "catalogue", "vectors", "other".
    """

    articles: int
    reports: int
    copies: int
    passages: int
    earlier_versions: int
    by_month: tuple[MonthCount, ...]
    bytes_on_disk: Mapping[str, int]


def figures_of(catalogue: Catalogue, home: Path, filters: Filters) -> Figures:
    """The figures of the articles that pass the filters; passages, versions and sizes are of all."""
    conditions = sql_conditions(filters)
    held = f"FROM articles JOIN versions ON versions.row = articles.current WHERE 1 {conditions.sql}"
    with catalogue.database.reading() as connection:
        one = connection.execute(
            f"""SELECT count(*) AS articles, count(articles.copy_group) AS grouped,
            count(DISTINCT articles.copy_group) AS groups {held}""",
            conditions.values,
        ).fetchone()
        days = connection.execute(
            f"SELECT versions.publisher, versions.published_day AS day {held}",
            conditions.values,
        )
        months = Counter((row["publisher"] or "", _month(row["day"])) for row in days)
        passages = connection.execute("SELECT count(*) FROM passages").fetchone()[0]
        versions, articles = connection.execute(
            "SELECT (SELECT count(*) FROM versions), (SELECT count(*) FROM articles)"
        ).fetchone()
    copies = one["grouped"] - one["groups"]
    return Figures(
        articles=one["articles"],
        reports=one["articles"] - copies,
        copies=copies,
        passages=passages,
        earlier_versions=versions - articles,
        by_month=tuple(
            MonthCount(publisher, month, count)
            for (publisher, month), count in sorted(
                months.items(), key=lambda item: (item[0][0], item[0][1] or "")
            )
        ),
        bytes_on_disk=bytes_on_disk(home),
    )


def _month(day: int | None) -> str | None:
    return None if day is None else date.fromordinal(day).isoformat()[:7]


def bytes_on_disk(home: Path) -> dict[str, int]:
    """How many bytes the files of an index take, by what they are for."""
    sizes = {"catalogue": 0, "vectors": 0, "other": 0}
    for path in home.rglob("*"):
        with suppress(FileNotFoundError):  # a writer deletes files meanwhile
            status = path.stat()
            if S_ISREG(status.st_mode):
                sizes[_kind_of(path.relative_to(home).parts[0])] += status.st_size
    return sizes


def _kind_of(top: str) -> str:
    """What a file is for, by the name of the file or folder in the index's home that it is or lies in."""
    if top.startswith(FILE_NAME):
        return "catalogue"
    return "vectors" if top.startswith(VECTORS_FOLDER_PREFIX) else "other"

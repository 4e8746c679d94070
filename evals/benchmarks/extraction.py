"""How well articles and their metadata are read from real web pages.

Run `python -m evals.benchmarks.extraction DATA_FOLDER`, where the folder holds

- `article_extraction_benchmark/`: pages with the body that a person marked, scored by the set's own
  `evaluate.py` (the overlap of runs of four words), which is loaded from where it lies;
- `readability_pages/`: the test pages of Mozilla's Readability with the metadata expected there.

What is read is what `footnote ingest` would read. A metadata value is right when it has the same words as the
expected one, whatever their case and punctuation; a date when it is the same day. Expected bylines are lines
as a page shows them ("By Jane Roe, March 11, 2015"), and Footnote stores names: the row "names in the byline"
counts a page as right when all names that were read, and at least one, stand in that line.
"""

import gzip
import html
import importlib.util
import json
import random
import re
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from evals.benchmarks.resampling import estimate
from evals.errors import DataSetError
from ingest.article import Article, Moment
from ingest.document import RawDocument
from ingest.errors import FootnoteError
from ingest.formats import extract_article
from ingest.formats.dates import read_moment

BODIES = "article_extraction_benchmark"
PAGES = Path("readability_pages", "test-pages")
RESAMPLES = 1000
SEED = 0
SHOWN_CHARACTERS = 100
NORMAL_95 = 1.96
KNOWN = (
    ("trafilatura 2.0.0", 0.958, 0.006),
    ("newspaper4k 0.9.3.1", 0.949, 0.008),
    ("readability-lxml 0.8.4.1", 0.922, 0.013),
)
"""Systems with their F1 and its standard error on the same pages, as the set's own README gives them."""
_WORD = re.compile(r"\w+")

Score = Mapping[str, float]
"""f1, precision and recall, from 0 to 1, and their standard errors under the same names with `_std`."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One value of one page: what the set expects and what was read."""

    page: str
    field: str
    expected: str
    read: str
    right: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A kind of metadata: its name in the table and in the set, how it is read and compared."""

    name: str
    key: str
    read: Callable[[Article], str]
    same: Callable[[str, str], bool]


def words(text: str) -> list[str]:
    """The words of a text in lower case, character references resolved."""
    return _WORD.findall(html.unescape(text).casefold())


def same_words(expected: str, read: str) -> bool:
    """Whether two texts have the same words in the same order."""
    return words(expected) == words(read)


def names_within(expected: str, read: str) -> bool:
    """Whether every name read, at least one, stands in the expected line; names are separated by ";"."""
    line = f" {' '.join(words(expected))} "
    names = [" ".join(words(name)) for name in read.split(";")]
    return all(name and f" {name} " in line for name in names)


def same_day(expected: str, read: str) -> bool:
    """Whether two dates are of the same day, each as written in its own time zone."""
    moments = [read_moment(expected), read_moment(read)]
    days = [_day(moment) for moment in moments if moment is not None]
    return len(days) == len(moments) and days[0] == days[1]


FIELDS = (
    Field("title", "title", lambda article: article.title, same_words),
    Field("byline", "byline", lambda article: ", ".join(article.head.authors), same_words),
    Field("names in the byline", "byline", lambda article: ";".join(article.head.authors), names_within),
    Field("site name", "siteName", lambda article: article.head.publisher or "", same_words),
    Field("language", "lang", lambda article: article.head.language or "", same_words),
    Field("date of publication", "publishedTime", lambda article: _moment(article), same_day),
)


def score_bodies(folder: Path) -> Score:
    """The bodies of all pages of article-extraction-benchmark, scored by its own script.

    Raises:
        DataSetError: the folder does not hold the set.
    """
    truth = _json(folder / "ground-truth.json")
    predictions = {page: {"articleBody": _body(folder / "html" / f"{page}.html.gz")} for page in truth}
    random.seed(SEED)  # the script draws its resamples from the common generator
    score: Score = _own_script(folder / "evaluate.py").evaluate(truth, predictions, RESAMPLES)
    return score


def compare_metadata(folder: Path) -> Iterator[Comparison]:
    """Each value that Readability's pages expect, beside the one that was read.

    Raises:
        DataSetError: the folder does not hold the set.
    """
    if not folder.is_dir():
        raise _missing(folder)
    for page in sorted(path for path in folder.iterdir() if path.is_dir()):
        expected = _json(page / "expected-metadata.json")
        article = _article(page / "source.html", (page / "source.html").read_bytes())
        for field in FIELDS:
            wanted = expected.get(field.key)
            if wanted:
                read = field.read(article) if article else ""
                yield Comparison(page.name, field.name, wanted, read, field.same(wanted, read))


def table(bodies: Score, compared: Sequence[Comparison]) -> Iterator[str]:
    """The figures with their 95% intervals as Markdown, others' F1 under Footnote's."""
    yield "| what | figure | 95% interval |"
    yield "|---|---|---|"
    for name in ("f1", "precision", "recall"):
        yield _score_row(f"article bodies, {name}: Footnote", bodies[name], bodies[f"{name}_std"])
    for system, f1, deviation in KNOWN:
        yield _score_row(f"article bodies, f1: {system} (the set's README)", f1, deviation)
    for field in FIELDS:
        rights = [one.right for one in compared if one.field == field.name]
        if rights:
            share = estimate(np.array(rights, np.float64))
            yield f"| {field.name} | {sum(rights)} of {len(rights)} | {share.low:.3f} to {share.high:.3f} |"


def _score_row(name: str, value: float, deviation: float) -> str:
    low, high = value - NORMAL_95 * deviation, min(1.0, value + NORMAL_95 * deviation)
    return f"| {name} | {value:.3f} | {low:.3f} to {high:.3f} |"


def _body(path: Path) -> str:
    """The text that is read from a compressed page, "" where there is no article in it."""
    try:
        data = gzip.decompress(path.read_bytes())
    except FileNotFoundError as error:
        raise _missing(path) from error
    article = _article(path, data)
    return article.text if article else ""


def _article(path: Path, data: bytes) -> Article | None:
    try:
        return extract_article(RawDocument(path.resolve().as_uri(), "page.html", data, datetime.now(UTC)))
    except FootnoteError:
        return None


def _moment(article: Article) -> str:
    stated = article.head.published_at
    return stated.isoformat() if stated else ""


def _day(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise _missing(path) from error


def _missing(path: Path) -> DataSetError:
    return DataSetError(f"{path} is not there.", "Name the folder that holds the data; see --help.")


def _own_script(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("article_extraction_evaluate", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise _missing(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _shown(one: Comparison) -> str:
    expected, read = one.expected[:SHOWN_CHARACTERS], one.read[:SHOWN_CHARACTERS]
    return f"{one.page}, {one.field}: expected {expected!r}, read {read!r}"


def main(arguments: Sequence[str]) -> int:
    """Print the figures for the data folder that is named; 2 where it does not hold the sets."""
    parser = ArgumentParser(
        prog="python -m evals.benchmarks.extraction", description="Read articles from real web pages."
    )
    parser.add_argument("data_folder", type=Path, help=f"holds {BODIES}/ and {PAGES.parts[0]}/")
    parser.add_argument("--wrong", action="store_true", help="also print every value that is not right")
    given = parser.parse_args(arguments)
    try:
        compared = list(compare_metadata(given.data_folder / PAGES))
        bodies = score_bodies(given.data_folder / BODIES)
    except DataSetError as error:
        print(f"error: {error.message}\n  what to do: {error.advice}", file=sys.stderr)
        return 2
    wrong = [one for one in compared if given.wrong and not one.right]
    print("\n".join([*map(_shown, wrong), *table(bodies, compared)]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Who wrote an article in a web page."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.formats.html_stated import JSON_LD, META, Stated
from ingest.text import stored_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_METAS = ("author", "article:author", "article:author_name", "parsely-author", "sailthru.author", "byl")
_CREATORS = ("dc.creator", "dcterms.creator", "dc:creator")
_BY = re.compile(r"(?:(?:written\s+)?(?:by|par|von|por|door)\b|作者)\s*[:：]?\s*", re.IGNORECASE)
_DAY_NAMES = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec"
)
_DATE_AFTER = re.compile(
    rf"\W*(?:\b(?:updated|published|posted)\b|(?<=\s)(?:{_DAY_NAMES}|{_MONTHS})\b\.?(?=\W*(?:\d|$))|\d).*",
    re.IGNORECASE | re.DOTALL,
)
_NO_NAME = re.compile(r"https?:|www\.|@|(?:last )?(?:updated|published|posted)\b|[\W\d_]*$", re.IGNORECASE)
_PLACEHOLDERS = frozenset({"username", "author", "admin", "staff", "unknown", "by", "作者"})
_NAMED = "//*[@itemprop='author']//*[@itemprop='name']"
_MARKED = "//a[@rel='author'] | //*[@itemprop='author']"
_BYLINE = "//*[contains(@class, 'byline') or contains(@class, 'author') or contains(@id, 'byline')]"
_MOST_NAME_CHARACTERS = 80
_MOST_AUTHORS = 20


@dataclass(frozen=True, slots=True)
class Authors:
    """The authors' names, and how they were found."""

    names: tuple[str, ...]
    how: str = ""


def article_authors(tree: "HtmlElement", stated: Stated, guessed: Iterable[str]) -> Authors:
    """The authors of the article in a page, without those that are no names.

    The first that gives any: JSON-LD, `meta` elements, elements marked as the author's, lines that begin with
    "By" where a byline stands, and what was `guessed`.
    """
    for how, texts in (
        (JSON_LD, stated.names("author")),
        (META, [name for meta in _CREATORS for name in stated.metas.get(meta, ())]),
        (META, stated.first(*_METAS)),
        ("marked element", _marked(tree)),
        ("byline", _bylines(tree)),
        ("text", guessed),
    ):
        names = _names(texts)
        if names:
            return Authors(names, how)
    return Authors(())


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    """The names among some texts, each once whatever its case."""
    names: dict[str, str] = {}
    for name in map(_name, texts):
        if name and name.casefold() not in _PLACEHOLDERS:
            names.setdefault(name.casefold(), name)
    return tuple(names.values())[:_MOST_AUTHORS]


def _name(text: str) -> str:
    """The name that a text is, without "By" before it and a date after it; "" where it is none."""
    line = stored_line(text)
    line = line[by.end() :] if (by := _BY.match(line)) else line
    if _NO_NAME.match(line):
        return ""
    name = _DATE_AFTER.sub("", line, count=1).strip(" ,;|—–-·:")
    return name if len(name) <= _MOST_NAME_CHARACTERS else ""


def _is_name(line: str) -> bool:
    name = _name(line)
    return bool(name) and name.casefold() not in _PLACEHOLDERS


def _marked(tree: "HtmlElement") -> list[str]:
    """The first element that is marked as the author's and holds a name."""
    return _first(tree, _NAMED, _is_name) or _first(tree, _MARKED, _is_name)


def _bylines(tree: "HtmlElement") -> list[str]:
    """The first line that begins with "By" and is short enough for names, where a byline stands."""
    return _first(tree, _BYLINE, lambda line: bool(_BY.match(line)) and len(line) <= _MOST_NAME_CHARACTERS)


def _first(tree: "HtmlElement", path: str, fits: Callable[[str], bool]) -> list[str]:
    lines = (stored_line(" ".join(element.itertext())) for element in tree.xpath(path))
    return next(([line] for line in lines if fits(line)), [])

"""An article opened at a quote: the text as it was read, the quote marked at its offsets."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from markupsafe import Markup

from assistant.page.dating import day_text, publisher_of, title_of
from assistant.page.markup import address, element, isolated, join, language_tag
from assistant.page.state import Problem
from ingest.article import Article, ArticleHead

_PARAGRAPH_BORDER = re.compile(r"(?<![^\S\n])[^\S\n]*\n[^\S\n]*\n\s*")
_HARD_WRAPPED_FROM = 55
_KEPT_BLANKS = re.compile(r"\s\s|\t")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article is to be opened: offsets into its text, in code points, `0 <= start <= end`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    joined: bool = False


def article_view(article: Article, place: Place) -> Markup:
    """The article with its head, the text at `place` in one `<mark>`."""
    return _view(
        _head(article.head),
        element(
            "div",
            join(_block(article, block, place) for block in _blocks(article.text, place)),
            class_="fn-text",
            lang=language_tag(article.head.language),
        ),
    )


def missing_view(replaced: bool) -> Markup:
    """What is shown when the cited version of an article is no longer there.

    Args:
        replaced: whether another version of it is.
    """
    what = "has been replaced by another version" if replaced else "is no longer in the collection"
    advice = "Ask the question again to see what the articles say now."
    return problem_view(Problem(f"The version that was quoted {what}.", advice))


def problem_view(problem: Problem) -> Markup:
    """Why an article cannot be shown."""
    return _view(
        element("h2", "This article cannot be opened", id="fn-pane-title", tabindex=-1),
        element("p", f"{problem.message} {problem.advice}".strip(), class_="fn-problem"),
    )


def _view(*content: Markup) -> Markup:
    close = element(
        "button", "×", type="button", class_="fn-close", data_fn="close", aria_label="Close the article"
    )
    return element(
        "section",
        close,
        element(
            "div", *content, class_="fn-pane-scroll", tabindex=0, role="group", aria_label="Article text"
        ),
        class_="fn-pane",
        role="dialog",
        aria_labelledby="fn-pane-title",
    )


def _head(head: ArticleHead) -> Markup:
    origin = join([isolated(publisher_of(head)), day_text(head.published_at)], " · ")
    if head.modified_at:
        origin += f", updated {day_text(head.modified_at)}"
    parts = [
        element("p", origin, class_="fn-origin"),
        element(
            "h2", isolated(title_of(head)), id="fn-pane-title", tabindex=-1, lang=language_tag(head.language)
        ),
        element("p", "By ", isolated(", ".join(head.authors)), class_="fn-byline")
        if head.authors
        else Markup(""),
        element("p", _where(head), class_="fn-where"),
        element("p", isolated(head.note), class_="fn-note") if head.note else Markup(""),
    ]
    return element("header", *parts)


def _where(head: ArticleHead) -> Markup:
    """The article's address, or the name of the file that it was read from."""
    return address(head.url) if head.url else isolated(unquote(head.location.rsplit("/", 1)[-1]))


def _blocks(whole: str, place: Place) -> Iterator[_Block]:
    """The paragraphs; those that the quote touches are one block, so that one mark can hold it."""
    pending: _Block | None = None
    for block in _paragraphs(whole):
        touches = place.start < block.end and block.start < place.end
        if pending is not None and touches:
            pending = _Block(pending.start, block.end, joined=True)
            continue
        if pending is not None:
            yield pending
            pending = None
        if touches:
            pending = block
        else:
            yield block
    if pending is not None:
        yield pending


def _paragraphs(whole: str) -> Iterator[_Block]:
    start = len(whole) - len(whole.lstrip())
    for border in _PARAGRAPH_BORDER.finditer(whole, start):
        yield _Block(start, border.start())
        start = border.end()
    if whole[start:].strip():
        yield _Block(start, len(whole))


def _block(article: Article, block: _Block, place: Place) -> Markup:
    whole = article.text
    start, end = max(block.start, place.start), min(block.end, place.end)
    if start < end:
        start, end = place.start, place.end
        parts = [_words(article, block.start, start), _mark(_words(article, start, end))]
        content = join([*parts, _words(article, end, block.end)])
    else:
        content = _words(article, block.start, block.end)
    flows = not block.joined and _flows(whole[block.start : block.end])
    return element("p", content, dir="auto", class_="fn-flowing" if flows else None)


def _words(article: Article, start: int, end: int) -> Markup:
    """A part of the text; the label of a page that begins in it is an attribute, no text."""
    first = bisect_left(article.places, start, key=lambda one: one.start)
    after = bisect_left(article.places, end, key=lambda one: one.start)
    parts: list[str] = []
    for one in article.places[first:after]:
        parts += [article.text[start : one.start], element("span", class_="fn-place", data_label=one.label)]
        start = one.start
    return join([*parts, article.text[start:end]])


def _mark(quote: Markup) -> Markup:
    return element("mark", quote, id="fn-mark", tabindex=-1)


def _flows(paragraph: str) -> bool:
    """Whether its white space only parts words: no verse, no columns, line breaks only for a page's width.

    Where white space is kept, the mark would also colour the blank at the end of each line.
    """
    lines = paragraph.splitlines()
    if len(lines) == 1:
        return _KEPT_BLANKS.search(paragraph) is None
    return all(len(line) >= _HARD_WRAPPED_FROM for line in lines[:-1])

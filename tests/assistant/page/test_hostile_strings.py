"""No hostile string, in whatever place, adds an element or an attribute to the page."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Sentence
from assistant.page.adding import Adding, Refusal
from assistant.page.adding_view import adding_view, scope_view
from assistant.page.article_view import Place, article_view
from assistant.page.state import PageTurn, Problem, Scope
from assistant.page.turn_view import turn_view
from tests.assistant.page.fakes import declining, make_article, quoting
from tests.assistant.page.hostile import OWN, all_strings
from tests.assistant.page.reading import Node, read

TAGS = frozenset(
    [
        "article",
        "h2",
        "div",
        "p",
        "span",
        "strong",
        "button",
        "aside",
        "h3",
        "h4",
        "section",
        "ul",
        "li",
        "blockquote",
        "bdi",
        "header",
        "mark",
        "a",
    ]
)
ATTRIBUTES = frozenset(
    [
        "class",
        "id",
        "dir",
        "lang",
        "role",
        "tabindex",
        "type",
        "title",
        "href",
        "target",
        "rel",
        "aria-label",
        "aria-labelledby",
        "aria-busy",
        "aria-hidden",
        "data-turn",
        "data-phase",
        "data-announce",
        "data-fn",
        "data-text",
        "data-source",
        "data-article",
        "data-version",
        "data-start",
        "data-end",
    ]
)
TOGETHER = 20


def check(html: str) -> Node:
    page = read(html)
    for node in page.all():
        assert node.name in TAGS
        assert set(node.attributes) <= ATTRIBUTES
        assert re.match(r"https?://|#fn-source-\d+-\d+$", str(node.attributes.get("href", "https://")), re.I)
    return page


def everywhere(string: str) -> None:
    article = make_article(
        string, f"{string} ends.", publisher=string, url=string, note=string, language=string
    )
    answer = quoting(
        string, article, [article.text], short_answer=string, notices=(string,), understood=string
    )
    turn = PageTurn(1, string, Scope(string, (string,)), "done", answer=answer)
    shown = check(turn_view(turn, last=True))
    if "\0" not in string and "\r" not in string:
        assert shown.one("h2").text == string
        assert shown.one("blockquote").text == article.text
    check(turn_view(PageTurn(1, string, answer=declining(string, article, string), phase="done"), last=True))
    check(turn_view(PageTurn(1, string, phase="writing", partial=string), last=True))
    check(turn_view(PageTurn(1, string, phase="failed", problem=Problem(string, string)), last=True))
    assert len(check(article_view(article, Place(0, len(article.text)))).all("mark")) == 1
    refused = (Refusal(string, Problem(string, string)),)
    check(adding_view(Adding(current=string, refused=refused)) + adding_view(Adding(added=(string,))))
    check(scope_view(Scope(string, (string,))))


@pytest.mark.parametrize("string", OWN)
def test_our_own(string: str) -> None:
    everywhere(string)


def test_those_of_the_data_folder(shared_data: Path) -> None:
    strings = all_strings(shared_data)
    assert len(strings) > 7000
    for start in range(0, len(strings), TOGETHER):
        everywhere(" ".join(strings[start : start + TOGETHER]))


def test_a_language_model_writes_no_markup() -> None:
    article = make_article()
    written = Sentence("![x](http://elsewhere.example/x.png) <b>bold</b> [a](http://b)", (1,), "supported")
    answer = quoting("Who?", article, ["It cost nine million crowns."])
    turn = PageTurn(1, "Who?", phase="done", answer=replace(answer, sentences=(written,)))
    assert written.text in check(turn_view(turn, last=True)).text

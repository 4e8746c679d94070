"""Opening an article where a citation points."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from assistant.page.article_view import Place, article_view, missing_view, problem_view
from assistant.page.markup import element
from assistant.page.service import PageService
from assistant.page.state import Problem
from ingest.errors import FootnoteError


def opened(service: PageService, request: Mapping[str, Any]) -> Markup:
    """The article that a click asked for, or why it cannot be shown.

    It says what it answers: of two quick clicks, what is shown is not always the second.

    Args:
        service: holds the articles.
        request: what the browser sent: `article`, `version`, `start` and `end`; nothing of it is trusted.
    """
    asked = "/".join(str(request.get(name, "")) for name in ("article", "version", "start", "end"))
    return element("div", _view(service, request), data_opened=asked)


def _view(service: PageService, request: Mapping[str, Any]) -> Markup:
    identifier, version = str(request.get("article", "")), str(request.get("version", ""))
    try:
        article = service.article(identifier, version)
        if article is not None:
            return article_view(article, _place(request, len(article.text)))
        return missing_view(replaced=service.article(identifier) is not None)
    except FootnoteError as error:
        return problem_view(Problem(error.message, error.advice))


def _place(request: Mapping[str, Any], length: int) -> Place:
    start = min(_offset(request.get("start")), length)
    return Place(start, min(max(start, _offset(request.get("end"))), length))


def _offset(value: Any) -> int:
    digits = str(value)
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 12 else 0

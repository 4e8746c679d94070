"""The readable text of HTML fragments and pages, where no article is to be found by its shape."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "svg", "iframe", "object", "textarea"}
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
    }
    | {
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
    }
    | {"table", "tr", "ul"}
)


def text_of_fragment(html: str) -> str:
    """The text that a browser would show of some HTML: paragraphs separated by blank lines, no markup."""
    from lxml import etree
    from lxml.html import HTMLParser, fromstring

    try:
        root = fromstring(f"<div>{html}</div>", parser=HTMLParser(remove_comments=True))
    except (etree.ParserError, ValueError):
        return ""
    paragraphs: list[list[str]] = [[]]
    unseen = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        starts = event == "start"
        if element.tag in _UNSEEN:
            unseen += 1 if starts else -1
        if element.tag in _BLOCKS:
            paragraphs.append([])
        if not unseen:
            paragraphs[-1].append(_shown(element, starts))
    lines = (" ".join("".join(parts).split()) for parts in paragraphs)
    return "\n\n".join(line for line in lines if line)


def _shown(element: "_Element", starts: bool) -> str:
    """The text after an element's start or end; comments and instructions have none after their start."""
    if starts:
        return (element.text or "") if isinstance(element.tag, str) else ""
    return element.tail or ""

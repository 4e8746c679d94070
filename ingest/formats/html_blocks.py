"""The body that trafilatura returns, as blocks of readable text."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.formats.blocks import BlockWriter, TextBlock

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONTAINERS = frozenset({"body", "main", "div", "section", "item", "quote"})
_BLOCKS = _CONTAINERS | {"p", "head", "list", "table", "code"}
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")


def article_blocks(body: "_Element") -> list[TextBlock]:
    """Paragraphs, headings, lists, quotations and tables of a body, in order."""
    writer = BlockWriter()
    _write(body, writer)
    return writer.blocks


def _write(element: "_Element", writer: BlockWriter) -> None:
    if element.tag == "list":
        _write_list(element, writer)
    elif element.tag == "table":
        writer.write_rows([_text(cell) for cell in row.iter("cell")] for row in element.iter("row"))
    elif element.tag == "head":
        level = str(element.get("rend") or "h2")[-1]
        writer.write(_text(element), int(level) if level.isdigit() else 2)
    elif element.tag in _CONTAINERS:
        _write_container(element, writer)
    else:
        writer.write(_text(element))


def _write_list(element: "_Element", writer: BlockWriter) -> None:
    writer.open_list(1 if element.get("rend") == "ol" else None)
    for item in element:
        writer.open_item()
        _write(item, writer)
    writer.close_list()


def _write_container(element: "_Element", writer: BlockWriter) -> None:
    """Write a container's blocks, and the text between them as paragraphs of their own."""
    loose = [_collapsed(element.text)]
    for child in element:
        if child.tag in _BLOCKS:
            writer.write("".join(loose))
            loose = []
            _write(child, writer)
        else:
            loose += _pieces(child)
        loose.append(_collapsed(child.tail))
    writer.write("".join(loose))


def _text(element: "_Element") -> str:
    return "".join(_pieces(element))


def _pieces(element: "_Element") -> Iterator[str]:
    """The texts within an element; a line break element is a line end."""
    yield "\n" if element.tag == "lb" else _collapsed(element.text)
    for child in element:
        yield from _pieces(child)
        yield _collapsed(child.tail)


def _collapsed(text: str | None) -> str:
    return _WHITE_SPACE.sub(" ", text or "")

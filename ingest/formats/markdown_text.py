"""Markdown's structure as blocks of readable text."""

from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.formats.blocks import BlockWriter, TextBlock
from ingest.formats.html_text import text_of_fragment

_LINE_BREAKS = {"softbreak": " ", "hardbreak": "\n"}


def markdown_blocks(text: str) -> list[TextBlock]:
    """Read Markdown (CommonMark, with tables and strikethrough) into its blocks, in order.

    Links become their text; emphasis, images and HTML tags vanish; a list keeps one line an item.
    """
    reader = _Reader()
    for token in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text):
        reader.read(token)
    return reader.writer.blocks


@dataclass(slots=True)
class _Reader:
    writer: BlockWriter = field(default_factory=BlockWriter)
    heading_level: int = 0
    rows: list[list[str]] = field(default_factory=list)
    in_table: bool = False

    def read(self, token: Token) -> None:
        """Take the next token of the document."""
        match token.type:
            case "inline":
                self._text(inline_text(token))
            case "heading_open":
                self.heading_level = int(token.tag[1])
            case "heading_close":
                self.heading_level = 0
            case "fence" | "code_block":
                self.writer.write(token.content.strip("\n"))
            case "html_block":
                self.writer.write(text_of_fragment(token.content))
            case "bullet_list_open" | "ordered_list_open":
                numbered = token.type == "ordered_list_open"
                self.writer.open_list(int(token.attrGet("start") or 1) if numbered else None)
            case "list_item_open":
                self.writer.open_item()
            case "bullet_list_close" | "ordered_list_close":
                self.writer.close_list()
            case _:
                self._table(token)

    def _table(self, token: Token) -> None:
        if token.type == "table_open":
            self.in_table, self.rows = True, []
        elif token.type == "tr_open":
            self.rows.append([])
        elif token.type == "table_close":
            self.in_table = False
            self.writer.write_rows(self.rows)

    def _text(self, text: str) -> None:
        if self.in_table:
            self.rows[-1].append(text)
        else:
            self.writer.write(text, self.heading_level)


def inline_text(token: Token) -> str:
    """The readable text of a paragraph's or heading's content."""
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        else:
            parts.append(_LINE_BREAKS.get(child.type, ""))
    return "".join(parts)

"""Blocks of readable text, and a writer that gathers them from a format's structure."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, heading, list or table. `heading_level` is 1 to 6 for headings, 0 for the rest."""

    text: str
    heading_level: int = 0


def joined(blocks: Iterable[TextBlock]) -> str:
    """The blocks as one text, with a blank line between them."""
    return "\n\n".join(block.text for block in blocks)


@dataclass(slots=True)
class BlockWriter:
    """Gathers blocks: what is written between `open_list` and its `close_list` becomes one block of lines."""

    blocks: list[TextBlock] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)
    _counters: list[int | None] = field(default_factory=list)
    _marker: str = ""

    def open_list(self, first_number: int | None) -> None:
        """Begin a list, or a list within one; a number makes it an ordered one."""
        self._counters.append(first_number)

    @property
    def in_list(self) -> bool:
        """Whether a list is open."""
        return bool(self._counters)

    def open_item(self) -> None:
        """Begin an item: the next text is marked with the item's number or a dash."""
        number = self._counters[-1] if self._counters else None
        self._marker = "- " if number is None else f"{number}. "
        if number is not None:
            self._counters[-1] = number + 1

    def close_list(self) -> None:
        """End the innermost list."""
        if self._counters:
            self._counters.pop()
        if not self._counters:
            self._marker = ""
            self._flush()

    def write(self, text: str, heading_level: int = 0) -> None:
        """Add a paragraph, or within a list a line. Blank text adds nothing."""
        stripped = text.strip()
        if not stripped:
            return
        if self._counters:
            self._lines.append(self._marker + stripped.replace("\n\n", "\n"))
            self._marker = ""
        else:
            self.blocks.append(TextBlock(stripped, heading_level))

    def write_rows(self, rows: Iterable[Iterable[str]]) -> None:
        """Add a table, one line a row, its cells separated by " | "."""
        lines = (" | ".join(cell.strip() for cell in row if cell.strip()) for row in rows)
        self.write("\n".join(line for line in lines if line))

    def _flush(self) -> None:
        lines, self._lines = self._lines, []
        self.write("\n".join(lines))

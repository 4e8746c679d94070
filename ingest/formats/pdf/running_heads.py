"""Running heads, running feet and page numbers: lines at the edges of pages that come again and again."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.formats.pdf.lines import Line

EDGE_LINES = 3
"""So many of the highest and of the lowest lines of a page may be running heads and feet."""

SAME_HEIGHT = 6.0
"""Points by which the height of a running head may differ between pages."""

FEW_PAGES = 5
"""In documents of so few pages two are several, else three are."""

_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"[-–—[(|· ]*(?:(?:page|p\.|seite|sayfa) ?)?(?:\d{1,3}|[ivxl]{1,6})"
    r"(?: ?(?:/|of|von) ?\d{1,4})?[-–—\])|· ]*",
    re.IGNORECASE,
)


def without_running_heads(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages' lines without what is printed at the same height of several pages, numbers apart.

    A lone page number goes where it is the highest or the lowest line of its page.
    """
    edges = [_edges(lines) for lines in pages]
    heights: defaultdict[str, list[float]] = defaultdict(list)
    for lines in edges:
        for key, line in {_key(line): line for line in lines}.items():
            heights[key].append(line.middle)
    needed = 2 if len(pages) <= FEW_PAGES else 3
    return [
        [line for line in lines if not _runs(line, edge, heights, needed)]
        for lines, edge in zip(pages, edges, strict=True)
    ]


def _edges(lines: Sequence[Line]) -> list[Line]:
    """The highest lines, from the top, then the lowest, the last one at the end."""
    by_height = sorted(lines, key=lambda line: -line.middle)
    if len(by_height) <= 2 * EDGE_LINES:
        return by_height
    return [*by_height[:EDGE_LINES], *by_height[-EDGE_LINES:]]


def _key(line: Line) -> str:
    return _NUMBER.sub("#", line.text).casefold()


def _runs(line: Line, edge: Sequence[Line], heights: Mapping[str, Sequence[float]], needed: int) -> bool:
    if line not in edge:
        return False
    if len(edge) > 1 and line in (edge[0], edge[-1]) and _PAGE_NUMBER.fullmatch(line.text):
        return True
    return sum(abs(height - line.middle) <= SAME_HEIGHT for height in heights[_key(line)]) >= needed

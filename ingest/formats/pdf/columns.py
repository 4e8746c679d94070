"""The order in which the lines of a page are read: columns one after the other, what spans them between."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from ingest.formats.pdf.lines import Line

FEWEST_LINES = 3
"""A column has at least so many lines."""

BEGUN_BESIDE = 12
"""A last column of fewer stands beside one of at least so many."""

MOST_LINES = 1_500
"""A page of more lines is no page of columns, and looking for them would take long."""

MOST_SPANNING = 0.34
"""So large a share of the lines may cross a gutter: headings, pictures' captions, tables."""

FULL_LINE = 0.6
"""The usual line of a column of prose is this share of a full one; cells of a table are not."""

WORDS_IN_LINE = 2.5
_EDGE = 0.12
_MOST_COLUMNS_DEEP = 5


@dataclass(frozen=True, slots=True)
class Column:
    """Lines that follow each other from top to bottom, and the box that holds them (points)."""

    lines: tuple[Line, ...]
    left: float
    right: float


def reading_order(lines: Sequence[Line], depth: int = _MOST_COLUMNS_DEEP) -> list[Column]:
    """The columns of a page, or of a part of one, in the order of reading."""
    gutter = _gutter(lines) if depth else None
    if gutter is None:
        return [_column(lines)] if lines else []
    columns: list[Column] = []
    by_height = sorted(lines, key=lambda line: -line.middle)
    for spans, group in groupby(by_height, key=lambda line: line.left < gutter < line.right):
        band = list(group)
        if spans:
            columns.append(_column(band))
        else:
            columns += reading_order([line for line in band if line.right <= gutter], depth - 1)
            columns += reading_order([line for line in band if line.left >= gutter], depth - 1)
    return columns


def _column(lines: Sequence[Line]) -> Column:
    rows = _rows(lines)
    return Column(tuple(rows), min(line.left for line in lines), max(line.right for line in lines))


def _rows(lines: Sequence[Line]) -> list[Line]:
    """From top to bottom; what stands side by side becomes one line."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (-line.middle, line.left)):
        if rows and _side_by_side(rows[-1][-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _side_by_side(one: Line, other: Line) -> bool:
    apart = one.right <= other.left + 1 or other.right <= one.left + 1
    return apart and abs(one.middle - other.middle) < 0.4 * max(one.height, other.height)


def _joined(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    return Line(
        " ".join(line.text for line in row),
        row[0].left,
        max(line.right for line in row),
        min(line.bottom for line in row),
        max(line.top for line in row),
        max(line.height for line in row),
    )


def _gutter(lines: Sequence[Line]) -> float | None:
    """Where a gap runs down between two columns of prose, None where there is none (points from the left)."""
    if not 2 * FEWEST_LINES <= len(lines) <= MOST_LINES:
        return None
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    margin = _EDGE * (right - left)
    places = [x for x in _gaps(lines) if left + margin < x < right - margin]
    ranked = sorted(places, key=lambda x: sum(line.left < x < line.right for line in lines))
    return next((x for x in ranked[:12] if _parts_columns(lines, x)), None)


def _gaps(lines: Sequence[Line]) -> list[float]:
    """Middles between where one line ends and the nearest of those to its right begins."""
    starts = sorted({round(line.left, 1) for line in lines})
    ends = sorted({round(line.right, 1) for line in lines})
    gaps = []
    for start in starts:
        before = bisect_left(ends, start)
        if before:
            gaps.append((start + ends[before - 1]) / 2)
    return gaps


def _parts_columns(lines: Sequence[Line], x: float) -> bool:
    before = [line for line in lines if line.right <= x]
    after = [line for line in lines if line.left >= x]
    spanning = len(lines) - len(before) - len(after)
    fewer, more = sorted((len(before), len(after)))
    begun = fewer >= FEWEST_LINES or (fewer > 0 and more >= BEGUN_BESIDE)
    if not begun or spanning > MOST_SPANNING * len(lines):
        return False
    overlap = min(max(line.top for line in side) for side in (before, after)) - max(
        min(line.bottom for line in side) for side in (before, after)
    )
    return overlap > median(line.height for line in lines) / 2 and _is_prose(before) and _is_prose(after)


def _is_prose(side: Sequence[Line]) -> bool:
    widths = sorted(line.right - line.left for line in side)
    filled = median(widths) >= FULL_LINE * widths[len(widths) * 9 // 10]
    return filled and sum(line.text.count(" ") + 1 for line in side) >= WORDS_IN_LINE * len(side)

"""The order in which the rows of a page are read: columns, lines, rows of tables."""

from __future__ import annotations

import dataclasses
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote_index.readers.documents.page_rows import Run
from pullquote_index.readers.time_limit import check_time

_GUTTER = 0.7
"""The least width of the gap between two columns, in sizes of the type."""
_COLUMN_ROWS = 3
"""The least rows with text on both sides of the gap between two columns."""
_FIRST_ROWS = 60
"""Text on both sides is looked for in the first rows of what may be columns."""
_CELL_CHARACTERS = 20
"""Columns whose lines have fewer characters (their median) are a table's."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column, or a row of a table.

    Attributes:
        text: its words.
        box: the run of all of it.
        column: its column's left and right edge.
        is_row: whether it is a row of a table; its cells are separated by " | ".
        is_header: whether it is a table's header row.
    """

    text: str
    box: Run
    column: tuple[float, float]
    is_row: bool = False
    is_header: bool = False


def lines_of(rows: Sequence[list[Run]]) -> list[Line]:
    """The lines of a page's rows, column after column where there are columns."""
    lines: list[Line] = []
    singles: list[Line] = []
    at = 0
    while at < len(rows):
        end, gutter = _columns_from(rows, at)
        if gutter is None:
            singles.append(_joined(rows[at]))
            at += 1
            continue
        lines += _in_one_column(singles)
        singles = []
        part = rows[at:end]
        if _is_table(part):
            rows_of_table = [_joined(row, is_row=True) for row in part]
            is_header = not _has_digit(rows_of_table[0]) and all(map(_has_digit, rows_of_table[1:]))
            lines.append(dataclasses.replace(rows_of_table[0], is_header=is_header))
            lines += rows_of_table[1:]
        else:
            middle = (gutter[0] + gutter[1]) / 2
            for is_right in (False, True):
                side = [[run for run in row if (run.left > middle) == is_right] for row in part]
                lines += _in_one_column(lines_of([row for row in side if row]))
        at = end
    return lines + _in_one_column(singles)


def _columns_from(rows: Sequence[list[Run]], start: int) -> tuple[int, tuple[float, float] | None]:
    """The rows from `start` that have a common gap: their end, and the widest such gap.

    A gap between two columns is between two runs of the first row.
    """
    first = rows[start]
    free = _without([(first[0].left, first[-1].left)], first)
    best: tuple[int, tuple[float, float] | None] = (start, None)
    for end in range(start, len(rows)):
        check_time()
        row = rows[end]
        least = _GUTTER * min(run.size for run in row)
        free = [gap for gap in _without(free, row) if gap[1] - gap[0] >= least]
        if not free or (best[1] is None and end - start > _FIRST_ROWS):
            break
        first_rows = rows[start : min(end + 1, start + _FIRST_ROWS)]
        if inner := [gap for gap in free if _has_both_sides(first_rows, gap)]:
            best = end + 1, max(inner, key=lambda gap: gap[1] - gap[0])
    return best


def _without(free: Sequence[tuple[float, float]], row: Sequence[Run]) -> list[tuple[float, float]]:
    """What remains of free intervals beside the runs of a row; both come from left to right."""
    remaining: list[tuple[float, float]] = []
    at, last = 0, len(row) - 1
    for low, high in free:
        start = low
        while at <= last and row[at].left < high:
            run = row[at]
            if run.left > start:
                remaining.append((start, run.left))
            start = max(start, run.right)
            if run.right > high:
                break  # it reaches into the next interval
            at += 1
        if start < high:
            remaining.append((start, high))
    return remaining


def _has_both_sides(rows: Sequence[list[Run]], gap: tuple[float, float]) -> bool:
    """Whether enough rows have text on both sides of a gap, and the first has."""
    middle = (gap[0] + gap[1]) / 2
    both = sum(row[0].left < middle < row[-1].left for row in rows)
    return both >= _COLUMN_ROWS and rows[0][0].left < middle < rows[0][-1].left


def _is_table(rows: Sequence[list[Run]]) -> bool:
    lengths = [len(run.text) for row in rows for run in row]
    return statistics.median(lengths) < _CELL_CHARACTERS


def _has_digit(line: Line) -> bool:
    return any(letter.isdigit() for letter in line.text)


def _joined(row: Sequence[Run], *, is_row: bool = False) -> Line:
    text = (" | " if is_row else " ").join(run.text for run in row)
    tallest = max(row, key=lambda run: len(run.text))
    box = Run(text, row[0].left, tallest.bottom, row[-1].right, tallest.top)
    return Line(text, box, (box.left, box.right), is_row)


def _in_one_column(lines: Sequence[Line]) -> list[Line]:
    """Lines with the edges of the column that they are in."""
    if not lines:
        return []
    left = min(line.column[0] for line in lines)
    right = max(line.column[1] for line in lines)
    return [dataclasses.replace(line, column=(left, right)) for line in lines]

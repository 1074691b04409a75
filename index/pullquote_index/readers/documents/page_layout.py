"""The order in which the text of a page is read: runs of characters, rows, columns, lines."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_GAP = 1.3
"""A gap wider than this many times the type's size separates two runs: columns, or cells."""
_GUTTER = 0.7
"""The least width of the gap between two columns, in sizes of the type."""
_COLUMN_ROWS = 3
"""The least rows with text on both sides of the gap between two columns."""
_CELL_CHARACTERS = 20
"""Columns whose lines have fewer characters (their median) are a table's."""
_EDGE_ROWS = 2
"""Headers and footers are looked for in so many rows at the top and the bottom of a page."""
_RECURRING_PART = 0.4
"""A header or footer recurs on at least this part of the pages: it may be of left pages only."""
_SMALL_TYPE = 0.85
"""Type smaller than this part of the type beside it is a superscript's or a subscript's."""
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite)?\s*[-–—|(]?\s*\d{1,4}\s*[-–—|)]?(?:\s*(?:of|/|von)\s*\d{1,4})?|[ivxl]{1,7}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand beside each other in one row.

    Attributes:
        text: the characters. A hyphen at the end of a line may be U+0002.
        left, bottom, right, top: its box in points, from the bottom left of the page.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """The size of the type, in points: the height of the box."""
        return max(1.0, self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a column, or a row of a table.

    Attributes:
        text: its words.
        box: the run of all of it.
        column: its column's left and right edge.
        is_row: whether it is a row of a table; its cells are separated by " | ".
    """

    text: str
    box: Run
    column: tuple[float, float]
    is_row: bool = False


def runs_of_characters(
    characters: Iterable[tuple[str, float, float, float, float]],
) -> list[Run]:
    """Group characters into runs.

    Args:
        characters: each with its box, left, bottom, right, top, in the order of the page's
            content.
    """
    runs: list[Run] = []
    text: list[str] = []
    box = (0.0, 0.0, 0.0, 0.0)
    for character, left, bottom, right, top in characters:
        if character.isspace() or right <= left or top <= bottom:
            is_break = character in "\r\n"
            text += [" "] if text and not is_break else []
            if is_break and text:
                runs += _run(text, box)
                text = []
            continue
        if text and not _continues(box, (left, bottom, right, top)):
            runs += _run(text, box)
            text = []
        box = _extended(box, (left, bottom, right, top)) if text else (left, bottom, right, top)
        text.append(character)
    return runs + (_run(text, box) if text else [])


def _continues(run: tuple[float, ...], box: tuple[float, ...]) -> bool:
    """Whether a character continues a run: in the same row, of like size, without a wide gap."""
    height, size = box[3] - box[1], run[3] - run[1]
    overlap = min(run[3], box[3]) - max(run[1], box[1])
    gap = box[0] - run[2]
    return overlap > 0.5 * min(height, size) and -size < gap < _GAP * max(height, 1.0)


def _extended(
    run: tuple[float, float, float, float], box: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """A run's box with one more character. Superscripts do not make it taller."""
    height, size = box[3] - box[1], run[3] - run[1]
    bottom, top = run[1], run[3]
    if size < _SMALL_TYPE * height:
        bottom, top = box[1], box[3]
    elif height >= _SMALL_TYPE * size:
        bottom, top = min(bottom, box[1]), max(top, box[3])
    return min(run[0], box[0]), bottom, max(run[2], box[2]), top


def _run(text: Sequence[str], box: tuple[float, float, float, float]) -> list[Run]:
    words = " ".join("".join(text).replace("\x02", "\x02 ").split())
    return [Run(words, *box)] if words else []


def rows_of(runs: Sequence[Run]) -> list[list[Run]]:
    """The rows of a page from top to bottom, each from left to right."""
    rows: list[list[Run]] = []
    middle = 0.0
    for run in sorted(runs, key=lambda run: (-(run.top + run.bottom), run.left)):
        centre = (run.top + run.bottom) / 2
        if rows and middle - centre < 0.4 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
            middle = centre
    return [sorted(row, key=lambda run: run.left) for row in rows]


def without_recurring(pages: Sequence[Sequence[list[Run]]]) -> list[list[list[Run]]]:
    """The rows of pages without headers and footers that recur, and without page numbers."""
    counts = Counter(
        key for rows in pages for key in {_recurring_key(rows, at) for at in _edges(rows)}
    )
    least = max(2, _RECURRING_PART * len(pages))
    return [
        [
            row
            for at, row in enumerate(rows)
            if at not in _edges(rows)
            or not (counts[_recurring_key(rows, at)] >= least or _is_page_number(row))
        ]
        for rows in pages
    ]


def _edges(rows: Sequence[list[Run]]) -> set[int]:
    return {*range(min(_EDGE_ROWS, len(rows))), *range(max(0, len(rows) - _EDGE_ROWS), len(rows))}


def _recurring_key(rows: Sequence[list[Run]], at: int) -> tuple[str, int]:
    """What is equal in a header on all its pages: its words, without numbers, and its height."""
    text = " ".join(run.text for run in rows[at])
    return _NUMBER.sub("#", text), round(rows[at][0].bottom / 4)


def _is_page_number(row: Sequence[Run]) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(" ".join(run.text for run in row)))


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
            lines += [_joined(row, is_row=True) for row in part]
        else:
            middle = (gutter[0] + gutter[1]) / 2
            for is_right in (False, True):
                side = [[run for run in row if (run.left > middle) == is_right] for row in part]
                lines += _in_one_column(lines_of([row for row in side if row]))
        at = end
    return lines + _in_one_column(singles)


def _columns_from(rows: Sequence[list[Run]], start: int) -> tuple[int, tuple[float, float] | None]:
    """The rows from `start` that have a common gap: their end, and the widest such gap."""
    left = min(run.left for row in rows for run in row)
    right = max(run.right for row in rows for run in row)
    free: list[tuple[float, float]] = [(left, right)]
    best: tuple[int, tuple[float, float] | None] = (start, None)
    for end in range(start, len(rows)):
        row = rows[end]
        least = _GUTTER * min(run.size for run in row)
        free = [gap for gap in _without(free, row) if gap[1] - gap[0] >= least]
        if not free:
            break
        if inner := [gap for gap in free if _has_both_sides(rows[start : end + 1], gap)]:
            best = end + 1, max(inner, key=lambda gap: gap[1] - gap[0])
    return best


def _without(free: Sequence[tuple[float, float]], row: Sequence[Run]) -> list[tuple[float, float]]:
    """What remains of free intervals beside the runs of a row."""
    remaining = list(free)
    for run in row:
        remaining = [
            part
            for low, high in remaining
            for part in ((low, min(high, run.left)), (max(low, run.right), high))
            if part[1] > part[0]
        ]
    return remaining


def _has_both_sides(rows: Sequence[list[Run]], gap: tuple[float, float]) -> bool:
    """Whether enough rows have text on both sides of a gap."""
    middle = (gap[0] + gap[1]) / 2
    both = sum(row[0].left < middle < row[-1].left for row in itertools.islice(rows, 60))
    return both >= _COLUMN_ROWS and rows[0][0].left < middle < rows[0][-1].left


def _is_table(rows: Sequence[list[Run]]) -> bool:
    lengths = [len(run.text) for row in rows for run in row]
    return statistics.median(lengths) < _CELL_CHARACTERS


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
    return [Line(line.text, line.box, (left, right), line.is_row) for line in lines]

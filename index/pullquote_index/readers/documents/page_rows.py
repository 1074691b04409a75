"""The characters of a page: runs, and rows without headers and footers that recur."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pullquote_index.readers.time_limit import check_time

_GAP = 0.9
"""A gap wider than this many times the type's size separates two runs: columns, or cells."""
BULLETS = frozenset("•◦▪‣●○■□–·")
"""How list items begin."""
_MOST_BULLETS = 300
"""More single bullets on a page are a drawing of dots; each is compared with every text."""
_BULLET_GAP = 4
"""The most room between a bullet and its text, in sizes of the type."""
_EDGE_ROWS = 2
"""The number of rows at the top and at the bottom of a page that may be headers or footers."""
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
    """Neighbouring characters of one row.

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
    for run in sorted(_with_bullets(runs), key=lambda run: (-(run.top + run.bottom), run.left)):
        centre = (run.top + run.bottom) / 2
        if rows and middle - centre < 0.4 * min(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
            middle = centre
    return [sorted(row, key=lambda run: run.left) for row in rows]


def _with_bullets(runs: Sequence[Run]) -> list[Run]:
    """The runs, with each single bullet joined to the text on its right."""
    texts = [run for run in runs if run.text not in BULLETS]
    bullets = [run for run in runs if run.text in BULLETS]
    if len(bullets) > _MOST_BULLETS:
        return list(runs)
    for bullet in bullets:
        check_time()
        beside = [
            at
            for at, run in enumerate(texts)
            if 0 <= run.left - bullet.right < _BULLET_GAP * run.size
            and min(run.top, bullet.top) - max(run.bottom, bullet.bottom) > 0.3 * run.size
        ]
        if beside:
            at = min(beside, key=lambda at: abs(texts[at].top - bullet.top))
            text = f"{bullet.text} {texts[at].text}"
            texts[at] = dataclasses.replace(texts[at], text=text, left=bullet.left)
    return texts


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

"""The margin left of quotes and paragraphs, which no text of an article can forge."""

from __future__ import annotations

from collections.abc import Callable

from pullquote_bot.terminal.screen import Screen, quoted_lines

EDGE = "│ "
"""Before every line of a quote; only quotes have it."""
MARGIN = 4
"""Columns left of the edge, for the number of a quote or a paragraph."""


def paragraph_label(number: int) -> str:
    """The number of a paragraph, from 1, for the margin."""
    return f"{number:>{MARGIN - 1}}"


def indented(text: str, style: Callable[[str], str], screen: Screen) -> list[str]:
    """The text in rows that begin right of the margin, so that it cannot forge a label there."""
    width = screen.width and screen.width - MARGIN
    return [" " * MARGIN + style(row) for row in quoted_lines(text, width)]


def beside_margin(label: str, text: str, screen: Screen, *, quoted: bool) -> list[str]:
    """Text right of the margin.

    Args:
        label: for the margin of the first line.
        text: of an article.
        screen: how it is shown.
        quoted: whether the text gets the edge of quotes.
    """
    width = screen.width and screen.width - MARGIN - len(EDGE)
    edge = EDGE if quoted else " " * len(EDGE)
    lines = []
    for row, line in enumerate(quoted_lines(text, width)):
        margin = f"{label if row == 0 else '':<{MARGIN}}{edge}"
        lines.append(f"{screen.mark(margin) if quoted else margin}{line}")
    return lines

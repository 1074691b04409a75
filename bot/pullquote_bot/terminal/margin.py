"""The margin left of quotes and paragraphs, which no text of an article can forge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pullquote.corpus.spans import Span
from pullquote_bot.terminal.screen import Screen, quoted_lines
from pullquote_bot.visible_text import visible

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


def beside_margin(
    label: str, text: str, screen: Screen, *, quoted: bool, bold: Sequence[Span] = ()
) -> list[str]:
    """Text right of the margin.

    Args:
        label: for the margin of the first line.
        text: of an article.
        screen: how it is shown.
        quoted: whether the text gets the edge of quotes.
        bold: the parts of the text that stand out, in order.
    """
    width = screen.width and screen.width - MARGIN - len(EDGE)
    edge = EDGE if quoted else " " * len(EDGE)
    lines = []
    for row, line in enumerate(_with_bold(quoted_lines(text, width), text, bold, screen)):
        margin = f"{label if row == 0 else '':<{MARGIN}}{edge}"
        lines.append(f"{screen.mark(margin) if quoted else margin}{line}")
    return lines


def _with_bold(
    rows: Sequence[str], text: str, bold: Sequence[Span], screen: Screen
) -> Iterator[str]:
    """The rows of a text with parts of it in bold.

    A row is a part of the visible text: only the space or the line break after it is left out.
    """
    if not bold:
        yield from rows
        return
    shown = visible(text)
    parts = [Span(len(visible(text[:start])), len(visible(text[:end]))) for start, end in bold]
    at = 0
    for row in rows:
        begin = shown.index(row, at)
        at = begin + len(row)
        pieces, done = [], begin
        for start, end in parts:
            first, last = max(start, done), min(end, at)
            if first < last:
                pieces += [shown[done:first], screen.bold(shown[first:last])]
                done = last
        yield "".join([*pieces, shown[done:at]])

"""Finds the paragraphs of a text."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from pullquote.corpus.spans import Span, trimmed

_BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*(?>\r\n|\r|\n)\s*")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_WRAP_COLUMNS = 100
"""The longest line of a hard-wrapped text, in characters."""
_WRAP_SLACK = 30
"""A hard-wrapped line is at most this much shorter than its block's longest, in characters."""


def paragraphs(text: str, within: Span) -> list[Span]:
    """The paragraphs of `text` inside `within`, in order, without white space at their ends.

    Blank lines separate paragraphs. So does a single line break, unless the block looks
    hard-wrapped: no line is long, and all but the last have about the same length.
    """
    spans = []
    for block in _split(text, within, _BLANK_LINE):
        lines = list(_split(text, block, _LINE_BREAK))
        is_wrapped = _is_wrapped([end - start for start, end in lines])
        spans += [trimmed(text, span) for span in ([block] if is_wrapped else lines)]
    return [span for span in spans if span.start < span.end]


def paragraph_number(spans: Sequence[Span], position: int) -> int:
    """The number, from 1, of the last paragraph that begins at or before `position`."""
    return max(1, bisect.bisect_right(spans, position, key=lambda span: span.start))


def line_number(text: str, position: int) -> int:
    """The number, from 1, of the line that contains the character before or at `position`."""
    return 1 + sum(1 for _ in _LINE_BREAK.finditer(text, 0, position))


def _split(text: str, within: Span, separator: re.Pattern[str]) -> Iterator[Span]:
    start = within.start
    for match in separator.finditer(text, within.start, within.end):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, within.end)


def _is_wrapped(line_lengths: Sequence[int]) -> bool:
    longest = max(line_lengths)
    return (
        len(line_lengths) > 1
        and longest <= _WRAP_COLUMNS
        and all(length >= longest - _WRAP_SLACK for length in line_lengths[:-1])
        and longest > _WRAP_SLACK
    )

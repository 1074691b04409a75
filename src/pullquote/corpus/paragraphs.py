"""Where the paragraphs of a text are."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence

from pullquote.corpus.spans import Span, trimmed

_BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*(?>\r\n|\r|\n)\s*")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_WRAP_COLUMNS = 100
"""Lines of a hard-wrapped text are at most this long, in characters."""
_WRAP_SLACK = 30
"""A hard-wrapped line ends at most this many characters short of the longest in its block."""


def paragraphs(text: str, within: Span) -> list[Span]:
    """The paragraphs of `text` inside `within`, in order, white space at their ends left out.

    Blank lines separate paragraphs. A single line break does so too, unless the block looks
    hard-wrapped: none of its lines is long and all but the last are about equally so.
    """
    found = []
    for block in _split(text, within, _BLANK_LINE):
        lines = list(_split(text, block, _LINE_BREAK))
        spans = [block] if _is_wrapped([end - start for start, end in lines]) else lines
        found += [span for span in (trimmed(text, span) for span in spans) if span.start < span.end]
    return found


def paragraph_number(spans: Sequence[Span], position: int) -> int:
    """The number, from 1, of the last paragraph that begins at or before `position`."""
    return max(1, bisect.bisect_right(spans, position, key=lambda span: span.start))


def _split(text: str, within: Span, separator: re.Pattern[str]) -> Iterator[Span]:
    start = within.start
    for match in separator.finditer(text, within.start, within.end):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, within.end)


def _is_wrapped(lengths: Sequence[int]) -> bool:
    longest = max(lengths)
    return (
        len(lengths) > 1
        and longest <= _WRAP_COLUMNS
        and all(n >= longest - _WRAP_SLACK for n in lengths[:-1])
        and longest > _WRAP_SLACK
    )

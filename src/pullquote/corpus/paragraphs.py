"""Finds the paragraphs of a text."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence

from pullquote.corpus.spans import Span, trimmed

_BLANK_LINE = re.compile(r"(?>\r\n|\r|\n)[^\S\r\n]*(?>\r\n|\r|\n)\s*")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_WRAP_COLUMNS = 100
"""The longest line of a block that is hard-wrapped by the lengths of its lines, in characters."""
_WRAP_SLACK = 30
"""Such a line is at most this much shorter than its block's longest, in characters."""
_LONGEST_WRAP = 200
"""The longest line of a hard-wrapped text, in characters."""
_CONTINUED_SHARE = 1 / 3
"""In a hard-wrapped block at least this share of the lines go on in mid-sentence: the line has no
closing punctuation, and the next begins in lower case."""
_CONTINUED_LINES = 2
"""In a hard-wrapped text at least this number of lines go on so, and as large a share."""
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]*\Z")
_LOWER_CASE = re.compile(r"[\"'“‘«(\[]*[a-zà-öø-ÿ]")
_BULLET = re.compile(r"(?:[-*•‣◦·]|\(?\d{1,2}[.)])\s")
_WORD = re.compile(r"\S+")


def paragraphs(text: str, within: Span) -> list[Span]:
    """The paragraphs of `text` inside `within`, in order, without white space at their ends.

    Blank lines separate paragraphs. So does a single line break, unless the lines look
    hard-wrapped: all but the last have about the same length, or many go on in mid-sentence. In a
    text with many such lines, a line to which the next word would not have fitted goes on as well.
    """
    blocks = [
        [line for line in lines if line.start < line.end]
        for block in _split(text, within, _BLANK_LINE)
        for lines in ([trimmed(text, line) for line in _split(text, block, _LINE_BREAK)],)
    ]
    width = _wrap_width(text, blocks)
    return [span for lines in blocks for span in _joined_lines(text, lines, width)]


def _wrap_width(text: str, blocks: Sequence[Sequence[Span]]) -> int:
    """The width to which a text is wrapped, in characters; 0 if it is not."""
    breaks = [pair for lines in blocks for pair in itertools.pairwise(lines)]
    continued = sum(_goes_on(text, line, following) for line, following in breaks)
    if continued < max(_CONTINUED_LINES, _CONTINUED_SHARE * len(breaks)):
        return 0
    longest = max(line.end - line.start for lines in blocks if len(lines) > 1 for line in lines)
    return longest if longest <= _LONGEST_WRAP else 0


def _joined_lines(text: str, lines: Sequence[Span], width: int) -> Iterator[Span]:
    """Yield the paragraphs of a block: lines of one sentence are joined."""
    if not lines:
        return
    is_wrapped = _is_wrapped(text, lines)
    is_list = bool(_BULLET.match(text, *lines[0]))
    start = lines[0].start
    for line, following in itertools.pairwise(lines):
        first_word = _WORD.match(text, *following)
        is_full = line.end - line.start + len(first_word[0] if first_word else "") >= width > 0
        is_item = (is_list or _ends(text, line)) and _BULLET.match(text, *following)
        if is_item or not (is_wrapped or is_full):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, lines[-1].end)


def _is_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Whether all lines of a block are one paragraph."""
    lengths = [line.end - line.start for line in lines]
    longest = max(lengths)
    if _WRAP_SLACK < longest <= _WRAP_COLUMNS and all(
        length >= longest - _WRAP_SLACK for length in lengths[:-1]
    ):
        return True
    continued = sum(_goes_on(text, *pair) for pair in itertools.pairwise(lines))
    return continued >= max(1, _CONTINUED_SHARE * (len(lines) - 1)) and longest <= _LONGEST_WRAP


def _goes_on(text: str, line: Span, following: Span) -> bool:
    """Whether a line ends in mid-sentence, and the next one begins there."""
    return not _ends(text, line) and _LOWER_CASE.match(text, *following) is not None


def _ends(text: str, line: Span) -> bool:
    """Whether a line has closing punctuation at its end."""
    return _SENTENCE_END.search(text, max(line.start, line.end - 6), line.end) is not None


def paragraphs_within(text: str, spans: Sequence[Span], within: Span) -> list[Span]:
    """The parts of paragraphs that lie in a part of the text, in order.

    Args:
        text: the text.
        spans: its paragraphs.
        within: the part.
    """
    first = max(0, paragraph_number(spans, within.start) - 1)
    end = bisect.bisect_left(spans, within.end, key=lambda span: span.start)
    parts = [
        trimmed(text, Span(max(span.start, within.start), min(span.end, within.end)))
        for span in spans[first:end]
        if span.end > within.start
    ]
    return [part for part in parts if part.start < part.end]


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

"""Recognises the entries of a live blog by the times that they begin with."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pullquote.corpus.blocks import Block, BlockKind
from pullquote.corpus.spans import Span

_ZONE = (
    r"(?:Uhr|h|hrs|GMT|UTC|WET|BST|IST|CES?T|EES?T|MES?Z|[ECMP][SD]?T|AE[SD]T|JST|SGT|local\stime)"
)
_TIME = (
    r"(?P<hour>[01]?\d|2[0-4])"
    r"(?:(?P<mark>[:.h])(?P<minute>[0-5]\d)(?:[:.][0-5]\d)?(?:\s?(?P<half>[ap]\.?m\b\.?))?"
    r"|\s?(?P<full_half>[ap]\.?m\b\.?))"
    rf"(?:\s?(?P<zone>{_ZONE})(?![\w]))?"
)
_DATE_WORD = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
    r"[a-z]*\.?|\d{1,2}(?:st|nd|rd|th|\.)?|\d{4}|\d{4}-\d\d-\d\d|today|yesterday|posted|published"
    r"|updated|on|at|um)"
)
_BEFORE = rf"(?:{_DATE_WORD}[,\s|·–-]+){{0,6}}"
_AFTER = rf"(?:[,\s|·–-]+{_DATE_WORD}){{0,5}}"
_ALONE = re.compile(rf"[\[(]?{_BEFORE}{_TIME}{_AFTER}[\])]?[:.]?", re.IGNORECASE)
"""A line that is a time, perhaps with a date."""
_OPENING = re.compile(rf"[\[(]?{_TIME}[\])]?(?P<gap>\s*[:|–—-]\s+|\s+)(?=\S)", re.IGNORECASE)
"""A time at the beginning of a line."""
MIN_ENTRIES = 3
"""A live blog has at least this number of entries."""
_IN_ORDER_SHARE = 0.8
"""At least this share of its times follow one another, forwards or backwards."""
_PROSE_WORDS = 4
"""What follows a time in its line is prose if it has this number of words and ends a sentence."""
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*\Z")
_TIMED = frozenset((BlockKind.PARAGRAPH, BlockKind.HEADING))
_TWO_DIGITS = 2
_NOON = 12


def with_live_entries(text: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text; in a live blog the times of its entries are blocks that begin them.

    Args:
        text: the text of the article.
        blocks: its blocks, in order.
    """
    times = [_time_of(text, block) for block in blocks]
    found = [minutes for minutes, _ in filter(None, times)]
    if len(found) < MIN_ENTRIES or not _are_in_order(found):
        return list(blocks)
    marked: list[Block] = []
    for number, (block, time) in enumerate(zip(blocks, times, strict=True)):
        if time is None:
            marked.append(block)
            continue
        is_followed = number + 1 < len(blocks) and times[number + 1] is None
        marked += _entry(text, block, time[1], is_followed=is_followed)
    return marked


def is_time(line: str) -> bool:
    """Whether a line is a time of day, perhaps with a date, and nothing else."""
    return _ALONE.fullmatch(line) is not None


def _time_of(text: str, block: Block) -> tuple[int, Span] | None:
    """The time, in minutes, with which a block begins, and its place; None if there is none."""
    if block.kind not in _TIMED:
        return None
    line = block.span.of(text)
    match = _ALONE.fullmatch(line)
    if match is None:
        match = _OPENING.match(line)
        if match is None or not _is_surely_time(match):
            return None
    elif match["mark"] == "." and not _is_surely_time(match) and len(match["hour"]) < _TWO_DIGITS:
        return None
    half = (match["half"] or match["full_half"] or "").lower()
    hour = int(match["hour"]) % _NOON if half else int(match["hour"])
    minutes = 60 * (hour + _NOON * half.startswith("p")) + int(match["minute"] or 0)
    end = match.start("gap") if "gap" in match.re.groupindex else match.end()
    return minutes, Span(block.span.start, block.span.start + end)


def _is_surely_time(match: re.Match[str]) -> bool:
    """Whether a number before a text is a time, and not that of a section ("1.10 Scope")."""
    if match["half"] or match["full_half"] or match["zone"]:
        return True
    separator = match.groupdict().get("gap", "").strip()
    return match["mark"] != "." and (bool(separator) or len(match["hour"]) == _TWO_DIGITS)


def _are_in_order(times: Sequence[int]) -> bool:
    pairs = list(itertools.pairwise(times))
    least = _IN_ORDER_SHARE * len(pairs)
    later = sum(first < second for first, second in pairs)
    earlier = sum(first > second for first, second in pairs)
    same = len(pairs) - later - earlier
    return max(later, earlier) > 0 and max(later, earlier) + same >= least


def _entry(text: str, block: Block, time: Span, *, is_followed: bool) -> Iterator[Block]:
    """Yield the blocks of a line that begins with a time.

    Args:
        text: the text of the article.
        block: the line.
        time: the place of the time.
        is_followed: whether the next block belongs to the same entry.
    """
    words = text[time.end : block.span.end].lstrip(" \r\n\t:|–—-")
    is_prose = len(words.split()) >= _PROSE_WORDS and _SENTENCE_END.search(words) is not None
    if is_prose and block.kind is BlockKind.PARAGRAPH:
        yield replace(block, span=time, kind=BlockKind.ENTRY)
        yield replace(block, span=Span(block.span.end - len(words), block.span.end))
    elif is_followed:
        yield replace(block, kind=BlockKind.ENTRY, level=0)
    else:
        yield block

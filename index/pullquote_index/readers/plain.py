"""Plain text, as scraped news pages are saved.

Such a page has a head that is not prose: the day it was saved, the section, the publication
date in words, the headline; then a standfirst and paragraphs:

    Today : Nov 11, 2025
    World News
    30 October 2025

    Pakistan Afghanistan Peace Talks Collapse Amid Border Violence

    Failed negotiations in Istanbul follow …

Each part of the head may be missing. Without any, the first line is the headline.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.spans import Span, trimmed
from pullquote.english.dates import parse_date
from pullquote_index.readers.decoding import decode_file, start_after_byte_order_mark
from pullquote_index.readers.problems import Problem, SourceFile

_LINE = re.compile(r"[^\r\n]+")
_SAVED = re.compile(r"today\s*:\s*(?P<date>.+)", re.IGNORECASE)
_SECTION_WORDS = 5
"""A section's name has at most this many words."""
_HEADLINE_CHARACTERS = 250
"""A first line longer than this is prose, not a headline."""


@dataclass(frozen=True, slots=True)
class _Head:
    title: str
    section: str
    published: dt.date | None
    end: int


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the one article of a text file.

    Raises:
        OSError: the file cannot be read.
    """
    decoded = decode_file(file, max_bytes)
    if isinstance(decoded, Problem):
        yield decoded
        return
    data, text = decoded
    head = _read_head(text)
    yield Article(
        id=ArticleId(file.name),
        title=head.title,
        text=text,
        prose=Span(head.end, len(text)),
        published=head.published,
        section=head.section,
        source="",
        url="",
        authors=(),
        path=file.name,
        line=0,
        record_sha256=sha256_of(data),
    )


def _read_head(text: str) -> _Head:
    """Recognise the head of a page, and where its prose begins."""
    lines = [
        span
        for match in _LINE.finditer(text, start_after_byte_order_mark(text))
        if (span := trimmed(text, Span(*match.span()))).start < span.end
    ]
    words = [span.of(text) for span in lines[:4]]
    at = 0
    saved = _SAVED.fullmatch(words[0])
    if saved and parse_date(saved["date"]):
        at = 1
    section = published = None
    if at < len(words) and (published := parse_date(words[at])):
        at += 1
    elif at + 1 < len(words) and _may_be_section(words[at]):
        published = parse_date(words[at + 1])
        if published or (at and _same_block(text, lines, at)):
            section = words[at]
            at += 2 if published else 1
    if at >= len(lines):  # the file has nothing else, so what looked like a head is the article
        return _Head("", "", None, lines[0].start)
    if at and _is_sentence(
        lines[at].of(text)
    ):  # a head without a headline, or the line above the date was the headline
        title, section = ("", section) if saved else (section or "", "")
        return _Head(title, section or "", published, lines[at].start)
    if lines[at].end - lines[at].start > _HEADLINE_CHARACTERS:
        return _Head("", section or "", published, lines[at].start)
    only_headline = at + 1 == len(lines)
    return _Head(
        lines[at].of(text), section or "", published, lines[at if only_headline else at + 1].start
    )


def _may_be_section(line: str) -> bool:
    return len(line.split()) <= _SECTION_WORDS and line[-1:] not in ".!?:;,"


def _is_sentence(line: str) -> bool:
    """Whether a line ends like prose, as headlines do not."""
    return bool(re.search(r"[^.][.!][\"'”’)]*$", line)) and len(line.split()) > _SECTION_WORDS


def _same_block(text: str, lines: Sequence[Span], at: int) -> bool:
    """Whether line `at` follows the line before it directly and precedes a blank line."""

    def breaks(index: int) -> int:
        gap = text[lines[index].end : lines[index + 1].start]
        return len(re.findall(r"\r\n|\r|\n", gap))

    return breaks(at - 1) == 1 and breaks(at) > 1

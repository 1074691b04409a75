"""Reads plain text, as saved from news pages.

Such a page begins with lines that are not prose: the day it was saved, the section, the
publication date, the headline. Then follow a standfirst and paragraphs:

    Today : Nov 11, 2025
    World News
    30 October 2025

    Pakistan Afghanistan Peace Talks Collapse Amid Border Violence

    Failed negotiations in Istanbul follow …

Each of these lines may be missing. If all are, the first line is the headline. A first line such as
"Home / Town / Schools" is left out, and the author and the date are also read from lines below the
headline ("By Ana Example", "Published: 12 March 2025").
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.corpus.articles import Article, ArticleId
from pullquote.corpus.hashing import sha256_of
from pullquote.corpus.spans import Span, trimmed
from pullquote.english.dates import FIRST_DAY, LAST_DAY, parse_date, sane_day
from pullquote_index.readers import field_lengths
from pullquote_index.readers.decoding import byte_order_mark_length, decode_file
from pullquote_index.readers.field_lengths import shortened
from pullquote_index.readers.problems import Problem, SourceFile
from pullquote_index.readers.text_limits import length_problem

_LINE = re.compile(r"[^\r\n]+")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_SAVED = re.compile(r"today\s*:\s*(?P<date>.+)", re.IGNORECASE)
_BREADCRUMBS = re.compile(r"Home\s*[/>»›|].*")
_BYLINE = re.compile(r"By:?\s+(?P<names>[^.!?]+)")
_NAMES_SEPARATOR = re.compile(r",|\band\b|&")
_PUBLISHED = re.compile(
    r"(?:first )?(?:published|posted)(?: on)?:?\s+(?P<date>[^|,]+(?:,\s*\d{4})?).*", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[^.][.!][\"'”’)]*$")
_MAX_HEADER_LINES = 4
"""The day it was saved, the section, the publication date, the headline."""
_MAX_LINES_BELOW = 4
"""The most lines below the headline that may name the author and the date."""
_MAX_BYLINE_WORDS = 12
_MAX_SECTION_WORDS = 5
"""The most words in the name of a section."""
_MAX_LINE_CHARACTERS = 1_000
"""Of a longer line only the beginning is looked at: it is prose."""
_MAX_HEADLINE_CHARACTERS = 250
"""The most characters in a headline; a longer first line is prose."""


@dataclass(frozen=True, slots=True)
class _Header:
    """The lines before the prose.

    Attributes:
        title, section, published: as in `Article`.
        end: the start of the prose.
    """

    title: str
    section: str
    published: dt.date | None
    end: int


def read(file: SourceFile, max_bytes: int) -> Iterator[Article | Problem]:
    """Yield the article of a text file.

    Raises:
        OSError: the file cannot be read.
    """
    decoded = decode_file(file, max_bytes)
    if isinstance(decoded, Problem):
        yield decoded
        return
    data, text, notes = decoded
    if problem := length_problem(text, file.name, file.options.max_characters):
        yield problem
        return
    yield from notes
    header = _read_header(text)
    authors, below = _lines_below_headline(text, header.end)
    published = header.published or below
    if published and published != sane_day(published):
        what = f"is dated {published}, and not from {FIRST_DAY.year} to {LAST_DAY.year}"
        yield Problem(file.name, what, skipped=False)
        published = None
    yield Article(
        id=ArticleId(file.name),
        title=header.title,
        text=text,
        prose=Span(header.end, len(text)),
        published=published,
        section=header.section,
        source="",
        url="",
        authors=authors,
        path=file.name,
        line=0,
        record_sha256=sha256_of(data),
    )


def _read_header(text: str) -> _Header:
    """Recognise the lines before the prose. The text has a line that is not blank."""
    spans = (
        trimmed(text, Span(*match.span()))
        for match in _LINE.finditer(text, byte_order_mark_length(text))
    )
    lines = list(itertools.islice((s for s in spans if s.start < s.end), _MAX_HEADER_LINES + 2))
    if len(lines) > 1 and _BREADCRUMBS.fullmatch(lines[0].of(text)):
        lines = lines[1:]
    first_lines = [
        Span(span.start, min(span.end, span.start + _MAX_LINE_CHARACTERS)).of(text)
        for span in lines[:_MAX_HEADER_LINES]
    ]
    at = 0  # the number of the first line that is not recognised yet
    saved = _SAVED.fullmatch(first_lines[0])
    if saved and parse_date(saved["date"]):
        at = 1
    section, published = "", None
    if at < len(first_lines) and (published := parse_date(first_lines[at])):
        at += 1
    elif at + 1 < len(first_lines) and _may_be_section(first_lines[at]):
        published = parse_date(first_lines[at + 1])
        if published or (at and _stands_alone(text, lines, at)):
            section = first_lines[at]
            at += 2 if published else 1
    if at >= len(lines):  # there is nothing else, so these lines are the prose
        return _Header("", "", None, lines[0].start)
    if at and _is_sentence(lines[at].of(text)):
        # There is no headline here. In a page that does not say when it was saved, what seemed to
        # be the section is the headline.
        title, section = ("", section) if saved else (section, "")
        return _Header(title, section, published, lines[at].start)
    if lines[at].end - lines[at].start > _MAX_HEADLINE_CHARACTERS:
        return _Header("", section, published, lines[at].start)
    prose = at if at + 1 == len(lines) else at + 1
    return _Header(lines[at].of(text), section, published, lines[prose].start)


def _may_be_section(line: str) -> bool:
    return len(line.split()) <= _MAX_SECTION_WORDS and line[-1:] not in ".!?:;,"


def _is_sentence(line: str) -> bool:
    """Whether a line ends as prose does and headlines do not."""
    return bool(_SENTENCE_END.search(line)) and len(line.split()) > _MAX_SECTION_WORDS


def _stands_alone(text: str, lines: Sequence[Span], at: int) -> bool:
    """Whether line `at` follows directly on the line before, and a blank line follows on it."""

    def line_breaks_after(number: int) -> int:
        gap = text[lines[number].end : lines[number + 1].start]
        return len(_LINE_BREAK.findall(gap))

    return line_breaks_after(at - 1) == 1 and line_breaks_after(at) > 1


def _lines_below_headline(text: str, start: int) -> tuple[tuple[str, ...], dt.date | None]:
    """The authors and the date of publication that the first lines from `start` on name."""
    authors: tuple[str, ...] = ()
    published = None
    for match in itertools.islice(_LINE.finditer(text, start), _MAX_LINES_BELOW):
        line = match[0][:_MAX_LINE_CHARACTERS].strip()
        byline, dated = _BYLINE.fullmatch(line), _PUBLISHED.fullmatch(line)
        if byline and not authors and len(line.split()) <= _MAX_BYLINE_WORDS:
            names = _NAMES_SEPARATOR.split(byline["names"])
            authors = tuple(
                shortened(name.strip(), field_lengths.AUTHOR) for name in names if name.strip()
            )
        if dated and published is None:
            published = parse_date(dated["date"].strip())
    return authors, published

"""Reads PDF: the only module that imports pypdfium2.

pypdfium2 was chosen over pypdf: it gives each character's box, from which columns, headings and
paragraphs are found.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import math
import re
import signal
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw

from pullquote.corpus.hashing import file_sha256
from pullquote_index.readers.documents import limits
from pullquote_index.readers.documents.document import Document, encodable, iso_day
from pullquote_index.readers.documents.page_paragraphs import document_blocks, headline_of
from pullquote_index.readers.documents.page_rows import Run, runs_of_characters
from pullquote_index.readers.documents.stated_metadata import sane_authors, sane_title
from pullquote_index.readers.problems import Problem
from pullquote_index.readers.time_limit import OverBudgetError, check_time, time_limit

_DATE = re.compile(r"D?:?\s*(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)")
_FIRST_YEAR = 1993
"""The year of the first PDF."""
_PART_SHARE = 0.9
"""A part of a long file has at most this share of the characters that an article may have: its
text has spaces between the lines, too."""
_DESCENT = 0.2
"""The part of the type's size below the line."""
_HYPHEN_CODES = frozenset({2, 0xFFFE})
"""How pdfium gives a hyphen at the end of a line."""
_BREAK_CODES = frozenset({10, 13})
_PASSWORD_ERROR = "password"  # noqa: S105 - a word of an error message


def documents(path: Path, name: str, max_characters: int) -> Iterator[Document | Problem]:
    """Yield the document of a PDF file, or why it cannot be read.

    A file with more text than an article may have is several documents, of whole pages each.

    Raises:
        OSError: the file cannot be read.
    """
    if path.stat().st_size > limits.DOCUMENT_BYTES:
        yield Problem(name, f"is larger than {limits.DOCUMENT_BYTES >> 20:,} MB")
        return
    sha256 = file_sha256(path)
    with path.open("rb") as stream:  # pypdfium2 would open another path, that the links lead to
        _end_process_after(limits.PDF_SECONDS)
        try:
            pdf = pypdfium2.PdfDocument(stream)
        except pypdfium2.PdfiumError as error:
            reason = str(error)
            if _PASSWORD_ERROR in reason.lower():
                yield Problem(name, "is encrypted: save it without a password")
            else:
                yield Problem(name, f"is not a whole PDF file ({reason.rstrip('.')})")
            return
        try:
            yield from _read(pdf, name, int(_PART_SHARE * max_characters), sha256)
        except OverBudgetError:
            yield Problem(name, limits.PDF_OVER_TIME)
        finally:
            pdf.close()
            signal.setitimer(signal.ITIMER_PROF, 0)


def _end_process_after(seconds: float) -> None:
    """End the process by SIGPROF if it takes so much processor time and a grace from now on.

    A call of pdfium cannot be stopped in another way.
    """
    signal.setitimer(signal.ITIMER_PROF, seconds + limits.PDF_GRACE_SECONDS)


def _read(pdf: Any, name: str, part_characters: int, sha256: str) -> Iterator[Document | Problem]:
    """Yield the documents of an opened file, or why there is none.

    Args:
        pdf: the file, opened by pypdfium2.
        name: its name, for the problem.
        part_characters: the characters after which another document begins.
        sha256: the file's hash.
    """
    if len(pdf) > limits.PDF_PAGES:
        yield Problem(name, f"has {len(pdf):,} pages, more than {limits.PDF_PAGES:,}")
        return
    fields = _fields(pdf.get_metadata_dict(skip_empty=True))
    line = 0
    seconds = limits.PDF_SECONDS + limits.PDF_PAGE_SECONDS * len(pdf)
    _end_process_after(seconds)
    ends = time.thread_time() + seconds
    for first_page, pages in _parts(pdf, part_characters, ends):
        with _until(ends):
            blocks = document_blocks(pages, first_page)
        if not fields.get("title"):
            fields["title"] = headline_of(blocks)
        is_part = first_page + len(pages) <= len(pdf) or line
        line += int(bool(is_part))
        if blocks:
            yield Document(tuple(blocks), fields, sha256, line)
    if not line and not blocks:
        noun = "page" if len(pdf) == 1 else "pages"
        yield Problem(name, f"has {len(pdf)} {noun} without text: a scan; recognise its text")


def _until(ends: float) -> AbstractContextManager[None]:
    """A limit on what is done in the block: the processor time of this thread at which it ends."""
    return time_limit(max(0.0, ends - time.thread_time()))


def _parts(pdf: Any, part_characters: int, ends: float) -> Iterator[tuple[int, list[list[Run]]]]:
    """Yield the runs of pages that are one document, with the number of the first of them."""
    first_page, characters = 1, 0
    pages: list[list[Run]] = []
    for number in range(len(pdf)):
        with _until(ends):
            runs = _runs(pdf, number)
        on_page = sum(len(run.text) for run in runs)
        if pages and characters + on_page > part_characters:
            yield first_page, pages
            first_page, characters, pages = number + 1, 0, []
        characters += on_page
        pages.append(runs)
    yield first_page, pages


def _runs(pdf: Any, number: int) -> list[Run]:
    """The runs of characters of a page; none if the page is broken."""
    try:
        page = pdf[number]
    except pypdfium2.PdfiumError:
        return []
    text_page = page.get_textpage()
    try:
        return runs_of_characters(_characters(text_page))
    finally:
        text_page.close()
        page.close()


def _characters(text_page: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """Each upright character of a page with its box: left, bottom, right, top, in points.

    The height of the box is the size of the type: boxes of glyphs differ from letter to letter.
    """
    raw = pypdfium2.raw
    box, matrix, x, y = raw.FS_RECTF(), raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double()
    box_at, matrix_at, x_at, y_at = map(ctypes.byref, (box, matrix, x, y))
    for index in range(text_page.count_chars()):
        check_time()
        code = raw.FPDFText_GetUnicode(text_page, index)
        character = "\x02" if code in _HYPHEN_CODES else encodable(chr(min(code, 0x10FFFF)))
        raw.FPDFText_GetLooseCharBox(text_page, index, box_at)
        if character.isspace() or not character:
            yield " " if code not in _BREAK_CODES else "\n", 0.0, 0.0, 0.0, 0.0
            continue
        raw.FPDFText_GetMatrix(text_page, index, matrix_at)
        raw.FPDFText_GetCharOrigin(text_page, index, x_at, y_at)
        if abs(matrix.b) <= abs(matrix.a):
            size = raw.FPDFText_GetFontSize(text_page, index) * math.hypot(matrix.c, matrix.d)
            bottom = y.value - _DESCENT * size
            yield character, box.left, bottom, max(box.right, box.left + 0.1), bottom + size


def _fields(info: dict[str, str]) -> dict[str, object]:
    """The metadata that the document states, where it is sane."""
    fields: dict[str, object] = {}
    if title := sane_title(info.get("Title", "")):
        fields["title"] = title
    if authors := sane_authors(info.get("Author", "")):
        fields["authors"] = authors
    if day := _day(info.get("CreationDate", "")):
        fields["published"] = iso_day(day)
    return fields


def _day(stated: str) -> dt.date | None:
    match = _DATE.match(stated)
    if match is None or int(match["year"]) < _FIRST_YEAR:
        return None
    try:
        return dt.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None

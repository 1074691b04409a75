"""Finds the quotations of a paragraph by their marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pullquote.corpus.spans import Span

_MARK = re.compile("[“”\"„‟«»]|''")
_CLOSERS = {"“": "”", "„": "“", "‟": "”", "«": "»"}
_SINGLE = re.compile(
    r"(?<![\w’'])[‘'](?=[\w$£€…\[])[^‘\n]{2,600}?[\w.,!?…%\]][’'](?![\w])", re.UNICODE
)
"""A quotation in single marks. An apostrophe within it has a letter after it."""


class Quotation(NamedTuple):
    """A stretch in quotation marks.

    Attributes:
        span: its characters with the marks.
        is_closed: whether the paragraph has its closing mark.
    """

    span: Span
    is_closed: bool


def quotations(text: str, paragraph: Span) -> list[Quotation]:
    """The quotations of a paragraph, in order, without those inside others.

    A quotation that runs over several paragraphs has an opening mark before each, and a closing
    one after the last: in the others it goes to the paragraph's end. Single marks count only in a
    paragraph without double ones.
    """
    found = _in_double_marks(text, paragraph)
    if found:
        return found
    return [
        Quotation(Span(*match.span()), is_closed=True)
        for match in _SINGLE.finditer(text, *paragraph)
    ]


def _in_double_marks(text: str, paragraph: Span) -> list[Quotation]:
    found = list(_scanned(text, paragraph, nests=True))
    if found and not found[-1].is_closed:
        # A mark inside that is never closed, or one typed for another: nested marks are no help.
        return list(_scanned(text, paragraph, nests=False))
    return found


def _scanned(text: str, paragraph: Span, *, nests: bool) -> Iterator[Quotation]:
    opened, closer, depth = -1, "", 0
    for match in _MARK.finditer(text, *paragraph):
        mark, position = match[0], match.start()
        inside = match.end() < paragraph.end and text[match.end()].isalnum()
        if opened < 0:
            if not _opens(text, paragraph, mark, position):
                continue
            opened, closer, depth = position, _CLOSERS.get(mark, mark), 0
        elif mark == "“" and closer == "”" and inside:
            depth += nests
        elif _closes(mark, closer, inside=inside):
            if depth:
                depth -= 1
                continue
            yield Quotation(Span(opened, match.end()), is_closed=True)
            opened = -1
    if opened >= 0:
        # A mark that is never closed: it opens a quotation only where a paragraph or a sentence
        # begins.
        before = text[paragraph.start : opened].rstrip()
        if not before or before[-1] in ".:,!?":
            yield Quotation(Span(opened, paragraph.end), is_closed=False)


def _opens(text: str, paragraph: Span, mark: str, position: int) -> bool:
    """Whether a mark opens a quotation: a straight one after a digit means inches."""
    if mark in "”»":
        # Typed for the opening mark, if a space stands before it and a letter after.
        return position + 1 < paragraph.end and (
            (text[position + 1].isalnum() or position == paragraph.start)
            and (position == paragraph.start or text[position - 1].isspace())
        )
    if position + len(mark) >= paragraph.end:
        return False
    if mark in {'"', "''"} and position > paragraph.start:
        before, after = text[position - 1], text[position + len(mark)]
        return not (before.isalnum() or (before in ".,!?" and after.isspace()))
    return True


def _closes(mark: str, closer: str, *, inside: bool) -> bool:
    """Whether a mark closes the open quotation; "“" and '"' are typed for "”" at times."""
    if mark == closer:
        return mark not in {'"', "''"} or not inside
    return closer == "”" and mark in '“"' and not inside

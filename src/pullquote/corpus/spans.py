"""Spans: places in a text."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """The characters `[start, end)` of an article's text.

    Offsets count Unicode code points, as Python's slices do. It is a named tuple because an
    archive has millions of spans, and because spans sort and compare by their offsets.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text of the span, as a slice of `text`.

        Raises:
            ValueError: the span is empty or does not lie within `text`.
        """
        if not 0 <= self.start < self.end <= len(text):
            raise ValueError(
                f"span {self.start}:{self.end} does not lie within {len(text)} characters"
            )
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether every character of `other` is in this span."""
        return self.start <= other.start and other.end <= self.end


def trimmed(text: str, span: Span) -> Span:
    """`span` without white space at both ends; empty if it has nothing but white space."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)

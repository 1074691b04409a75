"""The words of a quote that answer, as the reader found them when it read the quote's window."""

from __future__ import annotations

from pullquote.answering.windows import Window
from pullquote.corpus.spans import Span

SURE = 0.8
"""The least probability of words that are shown as the answer: of the words that are marked in
passages that answer, nine in ten are right (benchmarks/answering_words.py)."""


def answering_words(window: Window, quoted: Span, text: str) -> tuple[Span, ...]:
    """The places of the answering words in an article's text, if the reader is sure of them.

    Args:
        window: the window that was read.
        quoted: the place of the same words in the article that is quoted, perhaps another printing.
        text: that article's text.

    Returns:
        One place within `quoted`; none if the reader is not sure, if it read other white space
        than the window has, or if the printings differ so that the words have no one place.
    """
    read = window.read
    words = read.answering_words if read else None
    if read is None or words is None or words.probability < SURE:
        return ()
    if read.span.end - read.span.start != len(window.text):
        return ()
    printed = quoted.of(text)
    if printed == window.text:
        start, end = words.span
    else:
        said = words.span.of(window.text)
        if printed.count(said) != 1:
            return ()
        start = printed.index(said)
        end = start + len(said)
    return (Span(quoted.start + start, quoted.start + end),)

"""The turn of a conversation before a question: what was asked, and which quotes were shown."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Speaker
from pullquote.corpus.spans import Span

SEPARATOR = " · "
"""Stands between the words of a follow-up question and those that it takes from earlier turns."""


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quote of an earlier answer.

    Attributes:
        article: its article.
        span: its place in the article's text.
        speaker: who says it, where the article names somebody.
    """

    article: Article
    span: Span
    speaker: Speaker | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What a follow-up question may refer to.

    Attributes:
        question: the question as it was searched; the words that it took from the turns before it
            stand after SEPARATOR.
        quotes: the quotes that were shown, best first; none if it was refused.
    """

    question: str
    quotes: tuple[ShownQuote, ...] = ()

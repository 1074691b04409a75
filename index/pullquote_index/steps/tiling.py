"""Cuts an article's prose into passages. Each character is in exactly one passage."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.spans import Span
from pullquote.english.sentences import sentences

_WORD = re.compile(r"\S+")
_MAX_SENTENCE_WORDS = 200
"""A longer run of words without a full stop is a table or a list. It is cut into pieces of half
this length."""
_MAX_WORD_CHARACTERS = 200
"""A longer run of characters without white space is cut into pieces of this length."""
_PARAGRAPH_END_SHARE = 0.75
"""A passage with at least this share of the target length ends with its paragraph."""
_OVERFULL_SHARE = 1.25
"""A sentence that would bring a passage beyond this share of the target length begins the next."""

Tile = tuple[Span, tuple[Span, ...]]
"""A passage's span and the spans of its sentences."""


def tile(text: str, prose: Span, target_words: int) -> list[Tile]:
    """Cut the prose of an article into passages.

    Args:
        text: the article's text.
        prose: the part of it to cut.
        target_words: the target length of a passage, in words.

    Returns:
        Passages in order, each with the spans of its sentences. Together they cover `prose`
        exactly: each begins where the one before it ends. Empty if the prose has no word.
    """
    groups = list(_groups(_paragraphs_of_sentences(text, prose), target_words))
    starts = [prose.start, *(group[0].start for group in groups[1:])]
    ends = [*starts[1:], prose.end]
    return [
        (Span(start, end), tuple(group))
        for start, end, group in zip(starts, ends, groups, strict=False)
    ]


def word_count(text: str, span: Span) -> int:
    """The number of words, which are runs without white space, in a span."""
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def _paragraphs_of_sentences(text: str, prose: Span) -> Iterator[list[tuple[Span, int]]]:
    """Yield each paragraph as its sentences, with the number of words of each."""
    for paragraph in paragraphs(text, prose):
        pieces = itertools.chain.from_iterable(
            _pieces(text, sentence) for sentence in sentences(text, paragraph)
        )
        yield [(piece, word_count(text, piece)) for piece in pieces]


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """Yield a sentence whole, or in pieces if it is longer than any sentence of prose."""
    if sentence.end - sentence.start <= _MAX_WORD_CHARACTERS:
        yield sentence
        return
    words = [
        Span(start, min(start + _MAX_WORD_CHARACTERS, match.end()))
        for match in _WORD.finditer(text, *sentence)
        for start in range(match.start(), match.end(), _MAX_WORD_CHARACTERS)
    ]
    size = len(words) if len(words) <= _MAX_SENTENCE_WORDS else _MAX_SENTENCE_WORDS // 2
    for first in range(0, len(words), size):
        piece = words[first : first + size]
        yield Span(piece[0].start, piece[-1].end)


def _groups(
    paragraphs_of_sentences: Iterator[Sequence[tuple[Span, int]]], target_words: int
) -> Iterator[list[Span]]:
    """Yield the sentences of each passage."""
    group: list[Span] = []
    group_words = 0
    for paragraph in paragraphs_of_sentences:
        for sentence, words in paragraph:
            if group and group_words + words > target_words * _OVERFULL_SHARE:
                yield group
                group, group_words = [], 0
            group.append(sentence)
            group_words += words
        if group_words >= target_words * _PARAGRAPH_END_SHARE:
            yield group
            group, group_words = [], 0
    if group:
        yield group

"""Tile an article's prose with passages: each character belongs to exactly one of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.spans import Span
from pullquote.english.sentences import sentences

_WORD = re.compile(r"\S+")
_MAX_SENTENCE_WORDS = 200
"""Longer runs without a full stop are tables and lists; they are cut into pieces of half this."""
_MAX_WORD_CHARACTERS = 200
"""Longer runs without white space are cut into pieces of this length."""
_PARAGRAPH_END_FROM = 0.75
"""From this share of the target length on, a passage ends with the paragraph."""
_MAX_SHARE = 1.25
"""A passage takes no sentence that would make it longer than this share of the target length."""

Tile = tuple[Span, tuple[Span, ...]]
"""A passage's span and the spans of its sentences."""


def tile(text: str, prose: Span, target_words: int) -> list[Tile]:
    """Cut the prose of an article into passages of about `target_words` words.

    Args:
        text: the article's text.
        prose: the part of it to cut.
        target_words: target length of a passage, in words.

    Returns:
        Passages in order, each with the spans of its sentences. Together they cover `prose`
        exactly: each begins where the one before it ends. Empty if the prose has no word.
    """
    groups = list(_groups(list(_sentences_by_paragraph(text, prose)), target_words))
    starts = [prose.start, *(group[0].start for group in groups[1:])]
    ends = [*starts[1:], prose.end]
    return [
        (Span(start, end), tuple(group))
        for start, end, group in zip(starts, ends, groups, strict=False)
    ]


def word_count(text: str, span: Span) -> int:
    """The number of words (runs without white space) in a span."""
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def _sentences_by_paragraph(text: str, prose: Span) -> Iterator[list[tuple[Span, int]]]:
    """Yield each paragraph as its sentences with their word counts."""
    for paragraph in paragraphs(text, prose):
        pieces = itertools.chain.from_iterable(
            _pieces(text, sentence) for sentence in sentences(text, paragraph)
        )
        yield [(piece, word_count(text, piece)) for piece in pieces]


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the sentence, or pieces of it if it is too long to be prose."""
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
    by_paragraph: Sequence[Sequence[tuple[Span, int]]], target_words: int
) -> Iterator[list[Span]]:
    """Group sentences into passages."""
    group: list[Span] = []
    group_words = 0
    for paragraph in by_paragraph:
        for sentence, count in paragraph:
            if group and group_words + count > target_words * _MAX_SHARE:
                yield group
                group, group_words = [], 0
            group.append(sentence)
            group_words += count
        if group_words >= target_words * _PARAGRAPH_END_FROM:
            yield group
            group, group_words = [], 0
    if group:
        yield group

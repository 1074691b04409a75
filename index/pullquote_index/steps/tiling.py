"""Cuts an article's prose into passages, none of its characters lost or shared."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.spans import Span
from pullquote.english.sentences import sentences

_WORD = re.compile(r"\S+")
_LONGEST_SENTENCE = 200
"""In words. Longer runs without a stop are tables and lists, which are cut into pieces of half this."""
_LONGEST_WORD = 200
"""In characters. Longer runs without white space are cut into pieces of this."""
_PARAGRAPH_END_FROM = 0.75
"""From this share of the wanted length on, a passage ends with the paragraph."""
_OVERFULL = 1.25
"""A passage takes no sentence that would bring it past this share of the wanted length."""

Tile = tuple[Span, tuple[Span, ...]]
"""A passage's span and the spans of its sentences."""


def tile(text: str, prose: Span, words: int) -> list[Tile]:
    """Cut the prose of an article into passages of about `words` words.

    Args:
        text: the article's text.
        prose: the part of it to cut.
        words: the wanted length of a passage.

    Returns:
        Passages in order, each with the spans of its sentences. Together they cover `prose`
        exactly: each begins where the one before it ended. Empty where the prose holds no word.
    """
    groups = list(_groups(list(_sentences_by_paragraph(text, prose)), words))
    starts = [prose.start, *(group[0].start for group in groups[1:])]
    ends = [*starts[1:], prose.end]
    return [
        (Span(start, end), tuple(group))
        for start, end, group in zip(starts, ends, groups, strict=False)
    ]


def word_count(text: str, span: Span) -> int:
    """How many words, runs without white space, the span holds."""
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def _sentences_by_paragraph(text: str, prose: Span) -> Iterator[list[tuple[Span, int]]]:
    """Each paragraph as its sentences, and how many words each holds."""
    for paragraph in paragraphs(text, prose):
        pieces = itertools.chain.from_iterable(
            _pieces(text, sentence) for sentence in sentences(text, paragraph)
        )
        yield [(piece, word_count(text, piece)) for piece in pieces]


def _pieces(text: str, sentence: Span) -> Iterator[Span]:
    """The sentence, or where it is longer than any sentence of prose, pieces of it."""
    if sentence.end - sentence.start <= _LONGEST_WORD:
        yield sentence
        return
    words = [
        Span(start, min(start + _LONGEST_WORD, match.end()))
        for match in _WORD.finditer(text, *sentence)
        for start in range(match.start(), match.end(), _LONGEST_WORD)
    ]
    size = len(words) if len(words) <= _LONGEST_SENTENCE else _LONGEST_SENTENCE // 2
    for first in range(0, len(words), size):
        chosen = words[first : first + size]
        yield Span(chosen[0].start, chosen[-1].end)


def _groups(by_paragraph: Sequence[Sequence[tuple[Span, int]]], words: int) -> Iterator[list[Span]]:
    group: list[Span] = []
    held = 0
    for paragraph in by_paragraph:
        for sentence, count in paragraph:
            if group and held + count > words * _OVERFULL:
                yield group
                group, held = [], 0
            group.append(sentence)
            held += count
        if held >= words * _PARAGRAPH_END_FROM:
            yield group
            group, held = [], 0
    if group:
        yield group

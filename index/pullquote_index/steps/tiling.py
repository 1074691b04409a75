"""Cuts an article's prose into passages. Each character is in exactly one passage."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pullquote.corpus.articles import Article
from pullquote.corpus.blocks import Block, BlockKind
from pullquote.corpus.paragraphs import paragraphs
from pullquote.corpus.spans import Span, trimmed
from pullquote.languages.recognition import UNKNOWN
from pullquote.languages.sentences import WITHOUT_SPACES, sentences

_WORD = re.compile(r"\S+")
_MAX_SENTENCE_WORDS = 200
"""A longer run of words without a full stop is a table or a list. It is cut into pieces of half
this length."""
_MAX_WORD_CHARACTERS = 200
"""A longer run of characters without white space is cut into pieces of this length."""
_MAX_PARAGRAPH_CHARACTERS = 50_000
"""A longer paragraph is cut into parts of about this length, at white space."""
_MAX_GAP_CHARACTERS = 2_000
"""A passage ends before more characters than this that are not quoted, or are white space."""
_CHARACTERS_PER_WORD = 2
"""The characters of a word in a language that is written without spaces, about."""
_PARAGRAPH_END_SHARE = 0.75
"""A passage with at least this share of the target length ends with its paragraph."""
_SECTION_END_SHARE = 0.5
"""A passage with at least this share of the target length ends before a heading."""
_OVERFULL_SHARE = 1.25
"""A sentence that would bring a passage beyond this share of the target length begins the next."""

Tile = tuple[Span, tuple[Span, ...]]
"""A passage's span and the spans of its sentences."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A paragraph, a list item or a table row.

    Attributes:
        start: where it begins, with the headings and other blocks above it that are not quoted.
        sentences: its sentences, each with the number of its words.
        has_heading: whether a heading is among the blocks above it.
        begins_entry: whether the time of an entry, or a question, is.
    """

    start: int
    sentences: Sequence[tuple[Span, int]]
    has_heading: bool = False
    begins_entry: bool = False


def tile_article(article: Article, target_words: int) -> Iterator[Tile]:
    """Cut the prose of an article into passages, by the rules of its language."""
    return _tiles(article.text, article.prose, target_words, article.blocks, article.language)


def tile(
    text: str,
    prose: Span,
    target_words: int,
    blocks: Sequence[Block] = (),
    language: str = UNKNOWN,
) -> list[Tile]:
    """Cut the prose of an article into passages.

    Args:
        text: the article's text.
        prose: the part of it to cut.
        target_words: the target length of a passage, in words.
        blocks: the blocks of an extracted text; empty for other texts.
        language: the ISO 639 code of the text's language; empty if it is unknown.

    Returns:
        Passages in order, each with the spans of its sentences. Together they cover `prose`
        exactly: each begins where the one before it ends. Empty if no word of it may be quoted.
    """
    return list(_tiles(text, prose, target_words, blocks, language))


def _tiles(
    text: str, prose: Span, target_words: int, blocks: Sequence[Block], language: str
) -> Iterator[Tile]:
    """Yield the passages; not all of them are in memory at a time."""
    units = (
        _units_of_blocks(text, blocks, language)
        if blocks
        else _units_of_paragraphs(text, prose, language)
    )
    start, sentences_before = prose.start, list[Span]()
    for next_start, group in _groups(units, target_words):
        if sentences_before:
            yield Span(start, next_start), tuple(sentences_before)
            start = next_start
        sentences_before = group
    if sentences_before:
        yield Span(start, prose.end), tuple(sentences_before)


def word_count(text: str, span: Span, language: str = UNKNOWN) -> int:
    """The number of words, which are runs without white space, in a span.

    In a language that is written without spaces, some characters count as a word.
    """
    if language in WITHOUT_SPACES:
        return -(-(span.end - span.start) // _CHARACTERS_PER_WORD)
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def _units_of_paragraphs(text: str, prose: Span, language: str) -> Iterator[_Unit]:
    for paragraph in paragraphs(text, prose):
        for part in _parts(text, paragraph):
            yield _Unit(part.start, _counted(text, sentences(text, part, language), language))


def _units_of_blocks(text: str, blocks: Sequence[Block], language: str) -> Iterator[_Unit]:
    """Yield the blocks that may be quoted. A row is one sentence."""
    start, has_heading, begins_entry = None, False, False
    for block in blocks:
        if start is None:
            start = block.span.start
        if block.is_quotable:
            is_row = block.kind is BlockKind.ROW
            for part in _parts(text, block.span):
                whole = [part] if is_row else sentences(text, part, language)
                begin = part.start if start is None else start
                yield _Unit(begin, _counted(text, whole, language), has_heading, begins_entry)
                start, has_heading, begins_entry = None, False, False
        else:
            has_heading |= block.kind is BlockKind.HEADING
            begins_entry |= block.kind is BlockKind.ENTRY


def _parts(text: str, paragraph: Span) -> Iterator[Span]:
    """Yield a paragraph whole, or in parts if it is longer than any paragraph of prose."""
    start = paragraph.start
    while paragraph.end - start > _MAX_PARAGRAPH_CHARACTERS:
        most = start + _MAX_PARAGRAPH_CHARACTERS
        space = text.rfind(" ", start + 1, most)
        part = trimmed(text, Span(start, space if space > 0 else most))
        if part.start < part.end:
            yield part
        start = space if space > 0 else most
    part = trimmed(text, Span(start, paragraph.end))
    if part.start < part.end:
        yield part


def _counted(text: str, whole_sentences: Iterable[Span], language: str) -> list[tuple[Span, int]]:
    """Sentences with the number of words of each; those that are too long in pieces."""
    pieces = itertools.chain.from_iterable(_pieces(text, sentence) for sentence in whole_sentences)
    return [(piece, word_count(text, piece, language)) for piece in pieces]


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
    first = 0
    for number in range(1, len(words) + 1):
        is_end = number == len(words) or number - first == size
        if is_end or words[number].start - words[number - 1].end > _MAX_GAP_CHARACTERS:
            yield Span(words[first].start, words[number - 1].end)
            first = number


def _groups(units: Iterable[_Unit], target_words: int) -> Iterator[tuple[int, list[Span]]]:
    """Yield the start of each passage, and its sentences."""
    start, group, group_words = 0, list[Span](), 0
    for unit in units:
        ends_section = unit.has_heading and group_words >= target_words * _SECTION_END_SHARE
        gap = unit.sentences[0][0].start - group[-1].end if group and unit.sentences else 0
        if group and (unit.begins_entry or ends_section or gap > _MAX_GAP_CHARACTERS):
            yield start, group
            group, group_words = [], 0
        for sentence, words in unit.sentences:
            if group and group_words + words > target_words * _OVERFULL_SHARE:
                yield start, group
                group, group_words = [], 0
            if not group:
                start = unit.start if sentence == unit.sentences[0][0] else sentence.start
            group.append(sentence)
            group_words += words
        if group_words >= target_words * _PARAGRAPH_END_SHARE:
            yield start, group
            group, group_words = [], 0
    if group:
        yield start, group

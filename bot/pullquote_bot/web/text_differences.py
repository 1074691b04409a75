"""The words in which two texts differ: each is a slice of one of them."""

from __future__ import annotations

import difflib
import enum
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.corpus.spans import Span

_WORD = re.compile(r"\S+")
_MOST_WORDS = 6_000
"""Words of either text between its first and its last difference: time grows with their product."""
_CONTEXT_WORDS = 8
"""Words shown before and after a difference."""
_MOST_ROWS = 40
_MOST_CHARACTERS = 1_500
"""Of one piece that is left out or added."""


class PieceKind(enum.StrEnum):
    """Which text a piece is in."""

    BOTH = "both"
    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class DifferencePiece:
    """Words that stand in one text or in both, sliced from it; of a long piece its beginning."""

    kind: PieceKind
    text: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Differences:
    """How two texts differ.

    Attributes:
        rows: places with differences, each with the words around them.
        is_whole: whether all differences are among them.
    """

    rows: tuple[tuple[DifferencePiece, ...], ...]
    is_whole: bool


def differences(first: str, second: str) -> Differences:
    """How the words of a second text differ from those of a first; spaces do not count.

    What both have in common is found by Python's difflib, word by word.
    """
    spans = [[Span(*found.span()) for found in _WORD.finditer(text)] for text in (first, second)]
    words = [
        [span.of(text) for span in own] for own, text in zip(spans, (first, second), strict=True)
    ]
    before = _common_length(words[0], words[1])
    after = _common_length(words[0][before:][::-1], words[1][before:][::-1])
    middles = [own[before : len(own) - after] for own in words]
    if max(map(len, middles)) > _MOST_WORDS:
        return Differences((), is_whole=False)
    rows: list[list[DifferencePiece]] = []
    end = -2 * _CONTEXT_WORDS - 1  # of the last row, in words of the second text
    for group in _changes(middles):
        lost, new = (range(part.start + before, part.stop + before) for part in group)
        if new.start - end > 2 * _CONTEXT_WORDS:
            if rows:
                rows[-1].append(
                    _piece(second, spans[1][end : end + _CONTEXT_WORDS], PieceKind.BOTH)
                )
            if len(rows) == _MOST_ROWS:
                return _as_differences(rows, is_whole=False)
            rows.append([])
            end = max(0, new.start - _CONTEXT_WORDS)
        rows[-1].append(_piece(second, spans[1][end : new.start], PieceKind.BOTH))
        rows[-1].append(_piece(first, spans[0][lost.start : lost.stop], PieceKind.FIRST))
        rows[-1].append(_piece(second, spans[1][new.start : new.stop], PieceKind.SECOND))
        end = new.stop
    if rows:
        rows[-1].append(_piece(second, spans[1][end : end + _CONTEXT_WORDS], PieceKind.BOTH))
    return _as_differences(rows, is_whole=True)


def _changes(middles: Sequence[Sequence[str]]) -> Iterator[tuple[range, range]]:
    """The words of both texts that differ, by their numbers: those between two common words."""
    # The usual autojunk bounds the time: words that are frequent join others, and begin nothing.
    for tag, *bounds in difflib.SequenceMatcher(a=middles[0], b=middles[1]).get_opcodes():
        if tag != "equal":
            yield range(*bounds[:2]), range(*bounds[2:])


def _common_length(first: Sequence[str], second: Sequence[str]) -> int:
    """How many words two texts have in common from their beginnings on."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    return sum(1 for _ in pairs)


def _piece(text: str, words: Sequence[Span], kind: PieceKind) -> DifferencePiece:
    if not words:
        return DifferencePiece(kind, "")
    start, end = words[0].start, words[-1].end
    if end - start <= _MOST_CHARACTERS:
        return DifferencePiece(kind, text[start:end])
    most = start + _MOST_CHARACTERS
    kept = max((word.end for word in words if word.end <= most), default=most)
    return DifferencePiece(kind, text[start:kept], is_cut=True)


def _as_differences(rows: list[list[DifferencePiece]], *, is_whole: bool) -> Differences:
    shown = tuple(tuple(piece for piece in row if piece.text) for row in rows)
    return Differences(shown, is_whole=is_whole)

"""Autocompletion: finds texts by the first letters of their words."""

from __future__ import annotations

import bisect
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from pullquote.corpus.name_keys import name_key

_MAX_TYPED = 100
"""How many characters of the typed text are used. Discord accepts far longer text."""
_LAST_CHARACTER = "\U0010ffff"
"""After every letter and digit."""
_END = b"\n"
"""The end of a text's words; none has one in it."""
_Places = npt.NDArray[np.int32]


class WordBeginnings:
    """Texts such as headlines and names. Case, accents and punctuation are ignored.

    The words of all texts are sorted, so those that begin alike follow one another, and so do the
    places of their texts.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Index the texts, those that are suggested first at the beginning."""
        numbers: dict[str, int] = {}
        word_counts: list[int] = []
        keys = bytearray(_END)
        key_starts = [len(keys)]

        def numbered_words() -> Iterator[int]:
            for text in texts:
                key = name_key(text)
                keys.extend(key.encode() + _END)
                key_starts.append(len(keys))
                word_counts.append(len(words := key.split()))
                yield from (numbers.setdefault(word, len(numbers)) for word in words)

        words = np.fromiter(numbered_words(), np.int32)
        counts = np.array(word_counts, np.int32)
        self._keys = bytes(keys)
        """The words of each text, between line ends."""
        self._key_starts = np.array(key_starts)
        self._vocabulary = sorted(numbers)
        ranks = np.empty(len(numbers), np.int32)
        ranks[[numbers[word] for word in self._vocabulary]] = np.arange(len(numbers))
        words = ranks[words]
        order = np.argsort(words, kind="stable")
        self._places: _Places = np.repeat(np.arange(len(counts), dtype=np.int32), counts)[order]
        """The places of the texts with the first word of the vocabulary, then of the second…"""
        self._starts = np.searchsorted(words[order], np.arange(len(numbers) + 1))
        """Where those of each word begin."""
        self._first_words = np.full(len(counts), -1, np.int32)
        firsts = np.cumsum(counts) - counts
        self._first_words[counts > 0] = words[firsts[counts > 0]]

    def __len__(self) -> int:
        """The number of texts."""
        return len(self._first_words)

    def find(self, typed: str, limit: int, *, beginnings_first: bool = True) -> list[int]:
        """Find the texts in which each typed word begins a word.

        Args:
            typed: words; each may be unfinished. Empty for all texts.
            limit: the maximum number of texts.
            beginnings_first: whether those that begin with the typed text come first.

        Returns:
            Their places among the texts.
        """
        prefix = name_key(typed[:_MAX_TYPED])
        words = prefix.split()
        if not words:
            return list(range(min(limit, len(self))))
        found = np.flatnonzero(np.logical_and.reduce([self._has(word) for word in {*words}]))
        if not beginnings_first:
            return list(map(int, found[:limit]))
        first = self._first_words[found]
        low, high = self._beginning_with(words[0])
        begin_with_prefix: list[int] = []
        for place in map(int, found[(first >= low) & (first < high)]):
            if len(begin_with_prefix) == limit:
                break
            if self._keys.startswith(prefix.encode(), self._key_starts[place]):
                begin_with_prefix.append(place)
        room = limit - len(begin_with_prefix)
        others = (place for place in map(int, found[:limit]) if place not in begin_with_prefix)
        return [*begin_with_prefix, *list(others)[:room]]

    def _beginning_with(self, word: str) -> tuple[int, int]:
        """The first word of the vocabulary that begins with `word`, and that after the last."""
        low = bisect.bisect_left(self._vocabulary, word)
        return low, bisect.bisect_left(self._vocabulary, word + _LAST_CHARACTER, low)

    def _has(self, word: str) -> npt.NDArray[np.bool_]:
        """Whether each text has a word that begins with `word`, (texts,)."""
        low, high = self._beginning_with(word)
        texts = np.zeros(len(self), np.bool_)
        texts[self._places[self._starts[low] : self._starts[high]]] = True
        return texts

    def find_exact(self, text: str) -> int | None:
        """The place of the first text with these words; None if there is none."""
        start = self._keys.find(_END + name_key(text).encode() + _END)
        return None if start < 0 else int(np.searchsorted(self._key_starts, start + 1))

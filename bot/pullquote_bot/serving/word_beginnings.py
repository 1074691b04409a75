"""Autocompletion: finds texts by the first letters of their words."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.corpus.name_keys import name_key

_MAX_TYPED = 100
"""How many characters of the typed text are used. Discord accepts far longer text."""


class WordBeginnings:
    """Texts such as headlines and names. Case, accents and punctuation are ignored."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index the texts, those that are suggested first at the beginning."""
        self._keys = [name_key(text) for text in texts]

    def __len__(self) -> int:
        """The number of texts."""
        return len(self._keys)

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
        words = set(prefix.split())
        if not words:
            return list(range(min(limit, len(self._keys))))
        begin_with_prefix: list[int] = []
        contain_words: list[int] = []
        for place, key in enumerate(self._keys):
            if all(word in key for word in words):
                if beginnings_first and key.startswith(prefix):
                    begin_with_prefix.append(place)
                elif all(key.startswith(word) or f" {word}" in key for word in words):
                    contain_words.append(place)
        return (begin_with_prefix + contain_words)[:limit]

    def find_exact(self, text: str) -> int | None:
        """The place of the first text with these words; None if there is none."""
        key = name_key(text)
        return self._keys.index(key) if key in self._keys else None

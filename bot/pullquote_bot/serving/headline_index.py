"""Autocompletion of headlines: finds articles by the first letters of their headline's words."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.corpus.passages import ArticleRow

_MAX_TYPED = 100
"""How many characters of the typed text are used. Discord accepts far longer text."""


@dataclass(frozen=True, slots=True)
class Headline:
    """An article's headline.

    Attributes:
        row: the article's row in the store.
        title: the headline.
        published: the day of publication in ISO form; empty if unknown.
    """

    row: ArticleRow
    title: str
    published: str


class HeadlineIndex:
    """The headlines of an archive. Case, accents and punctuation are ignored."""

    def __init__(self, headlines: Sequence[Headline]) -> None:
        """Index the headlines, which are sorted with the latest article first."""
        self._headlines = headlines
        self._normalised_titles = [normalise(headline.title) for headline in headlines]

    def __len__(self) -> int:
        """The number of headlines."""
        return len(self._headlines)

    def find(self, typed: str, limit: int) -> list[Headline]:
        """Find the headlines in which each typed word begins a word.

        Args:
            typed: words; each may be unfinished. Empty for all headlines.
            limit: the maximum number of headlines.

        Returns:
            First the headlines that begin with the typed text, then the others; the latest article
            first in both groups.
        """
        prefix = normalise(typed[:_MAX_TYPED])
        words = set(prefix.split())
        if not words:
            return list(self._headlines[:limit])
        begin_with_prefix, contain_words = [], []
        for headline, title in zip(self._headlines, self._normalised_titles, strict=True):
            if all(word in title for word in words):
                if title.startswith(prefix):
                    begin_with_prefix.append(headline)
                elif all(title.startswith(word) or f" {word}" in title for word in words):
                    contain_words.append(headline)
        return (begin_with_prefix + contain_words)[:limit]

    def find_exact(self, title: str) -> Headline | None:
        """The latest article with this headline, or None."""
        normalised = normalise(title)
        return next(
            (
                headline
                for headline, known in zip(self._headlines, self._normalised_titles, strict=True)
                if known == normalised
            ),
            None,
        )


def normalise(text: str) -> str:
    """The text's words in lower case, without accents and punctuation, one space between them."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    without_accents = "".join(
        character for character in decomposed if not unicodedata.combining(character)
    )
    return " ".join(
        "".join(character if character.isalnum() else " " for character in without_accents).split()
    )

"""Autocompletion of headlines: finds articles by the first letters of their headline's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.corpus.passages import ArticleRow
from pullquote_bot.serving.word_beginnings import WordBeginnings


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
        self._titles = WordBeginnings([headline.title for headline in headlines])

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
        return [self._headlines[place] for place in self._titles.find(typed, limit)]

    def find_exact(self, title: str) -> Headline | None:
        """The latest article with this headline, or None."""
        place = self._titles.find_exact(title)
        return None if place is None else self._headlines[place]

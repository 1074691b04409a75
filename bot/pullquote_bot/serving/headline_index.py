"""Finding an article by words of its headline, as it is being typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.corpus.passages import ArticleRow

_LONGEST_TYPED = 100
"""Characters that are heeded: a reader waits, and Discord takes ten times as many and more."""


@dataclass(frozen=True, slots=True)
class Headline:
    """An article's headline, with its day in ISO form (empty if unknown) and its row."""

    row: ArticleRow
    title: str
    published: str


class HeadlineIndex:
    """The headlines of an archive, blind to case and accents."""

    def __init__(self, headlines: Sequence[Headline]) -> None:
        """Take the headlines, latest article first."""
        self._headlines = headlines
        self._folded = [folded(headline.title) for headline in headlines]

    def __len__(self) -> int:
        """How many headlines there are."""
        return len(self._headlines)

    def find(self, typed: str, count: int) -> list[Headline]:
        """The headlines that hold every word typed, or the beginning of it: those that begin so first, then the latest.

        Args:
            typed: words, the last of them perhaps unfinished.
            count: how many at most.
        """
        wanted = folded(typed[:_LONGEST_TYPED])
        words = set(wanted.split())
        if not words:
            return list(self._headlines[:count])
        begins, holds = [], []
        for at, title in enumerate(self._folded):
            if all(word in title for word in words):
                if title.startswith(wanted):
                    begins.append(at)
                elif all(title.startswith(word) or f" {word}" in title for word in words):
                    holds.append(at)
        return [self._headlines[at] for at in (begins + holds)[:count]]

    def exactly(self, title: str) -> Headline | None:
        """The latest article with this headline, or None."""
        wanted = folded(title)
        return next(
            (self._headlines[at] for at, known in enumerate(self._folded) if known == wanted), None
        )


def folded(text: str) -> str:
    """The text's words without case, accents and punctuation."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(
        "".join(character if character.isalnum() else " " for character in bare).split()
    )

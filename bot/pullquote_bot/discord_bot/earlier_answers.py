"""What a message of the bot says of its answer, to go on from there.

The bot remembers no questions: it reads the one before a follow-up from its own message.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.turns import ShownQuote, Turn
from pullquote.corpus.attributions import speaker_of
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.storage.manifest import GenerationId
from pullquote_bot.discord_bot.messages.scopes import Scope

_QUOTES = 3
"""The first quotes of a message, to which a follow-up may refer."""


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """An answer that a message shows.

    Attributes:
        question: the question as typed.
        reading: how it was searched, if it is a follow-up itself; else empty.
        scope: the dates and the source that it was asked with.
        generation: the generation that answered it; None if no button says so.
        quotes: article row, start and end of each quote.
    """

    question: str
    reading: str
    scope: Scope
    generation: GenerationId | None = None
    quotes: tuple[tuple[int, int, int], ...] = ()

    def turn_in(self, archive: OpenIndex) -> Turn:
        """The turn to which a follow-up refers; without quotes in another generation."""
        question = self.reading or self.question
        if self.generation != archive.generation:
            return Turn(question)
        return Turn(question, tuple(self._quotes_in(archive)))

    def _quotes_in(self, archive: OpenIndex) -> Iterator[ShownQuote]:
        store = archive.store
        for number, start, end in self.quotes[:_QUOTES]:
            row, span = ArticleRow(number), Span(start, end)
            if number >= store.articles or row in store.hidden.articles or start >= end:
                continue
            article = store.article(row)
            if article.prose.contains(span):
                attributions = store.attributions.of_article(row, article.text)
                yield ShownQuote(article, span, speaker_of(span, attributions))

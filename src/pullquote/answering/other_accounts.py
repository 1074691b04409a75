"""Finds other accounts of what the quotes of an answer say, among everything that was found."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence

from pullquote.answering.accounts import AccountKind, Accounts, Statement
from pullquote.answering.claims import Claim
from pullquote.answering.differences import Difference, difference
from pullquote.answering.query import Query
from pullquote.answering.quotes import Quote
from pullquote.answering.quoting import quotes_of_windows
from pullquote.answering.source_states import SourceStates
from pullquote.answering.windows import Window
from pullquote.corpus.articles import Article
from pullquote.corpus.attributions import Attribution
from pullquote.corpus.passages import ArticleRow
from pullquote.corpus.spans import Span
from pullquote.english.number_questions import number_question
from pullquote.storage.article_store import ArticleStore

_COMPARED_QUOTES = 3
"""The number of first quotes that are compared with everything found."""
_COMPARED_WINDOWS = 40
"""The number of best windows that they are compared with."""
_ON_QUESTION = 0.5
"""Windows are compared whose passages have this share of the question's words, or as much of them
as the best one: "accident" may stand nowhere in the articles on it."""


class AccountFinder:
    """Compares the quotes of an answer with one another and with everything that was found."""

    def __init__(
        self, windows: Sequence[Window], query: Query, store: ArticleStore, states: SourceStates
    ) -> None:
        """Take what was found.

        Args:
            windows: best first.
            query: the question; only articles that it admits are quoted.
            store: the articles of the index.
            states: only articles whose source is unchanged are quoted.
        """
        self._least = min((_ON_QUESTION, *(one.passage_coverage for one in windows[:1])))
        self._windows = list(filter(self._is_on_question, windows[:_COMPARED_WINDOWS]))
        self._query = query
        self._asked = number_question(query.searched)
        self._store = store
        self._states = states
        self._attributions: dict[ArticleRow, Sequence[Attribution]] = {}
        self._claims: dict[tuple[ArticleRow, Span], Claim] = {}

    def with_others(self, quotes: Sequence[Quote], count: int) -> tuple[Quote, ...]:
        """The first quotes of an answer, with other accounts of what they say.

        A passage that disagrees with a quote stands directly after it, whether it is a quote
        already or not: the place does not depend on the number of quotes.

        Args:
            quotes: best first.
            count: how many of them are shown.
        """
        ordered: list[Quote] = []
        for at, quote in enumerate(quotes[:count]):
            if any(quote.overlaps(other) for other in ordered):
                continue
            ordered.append(quote)
            other = self._opposed(quote, quotes) if at < _COMPARED_QUOTES else None
            if other and not any(other.overlaps(placed) for placed in ordered):
                ordered.append(other)
        return tuple(ordered)

    def among(self, quotes: Sequence[Quote]) -> tuple[Accounts, ...]:
        """The first quotes that do not say the same, in groups of one kind of difference."""
        groups: list[tuple[AccountKind, list[Statement]]] = []
        for one, other in itertools.combinations(quotes[: 2 * _COMPARED_QUOTES], 2):
            if found := self._difference(one, other):
                pair = Statement(one, found.number), Statement(other, found.other_number)
                group = _group_of(pair, found.kind, groups)
                group += [statement for statement in pair if statement not in group]
        return tuple(Accounts(kind, tuple(group)) for kind, group in groups)

    def _opposed(self, quote: Quote, quotes: Sequence[Quote]) -> Quote | None:
        """The first quote, or else the best window as one, that disagrees with a quote.

        Args:
            quote: the quote.
            quotes: those of the answer. If the window is in one of them, it is that.
        """
        for other in quotes[:_COMPARED_QUOTES]:
            if self._disagree(quote, other):
                return other
        claims = self._claims_of(quote)
        compared = set[int]()
        for window in self._windows:
            others = [one for one in self._claims_of_window(window) if id(one) not in compared]
            compared.update(map(id, others))
            if any(
                (found := self._compare(*pair)) and found.kind.disagrees
                for pair in itertools.product(claims, others)
            ):
                made = quotes_of_windows([window], 1, self._query, self._store, self._states)
                if made and self._disagree(quote, made[0]):
                    return next((one for one in quotes if one.overlaps(made[0])), made[0])
        return None

    def _disagree(self, one: Quote, other: Quote) -> bool:
        found = self._difference(one, other)
        return found is not None and found.kind.disagrees

    def _difference(self, one: Quote, other: Quote) -> Difference | None:
        """How two quotes differ; a disagreement before a development.

        What a source's later version of the story says otherwise is no account any more.
        """
        if one.overlaps(other) or one.is_changed_later or other.is_changed_later:
            return None
        pairs = itertools.product(self._claims_of(one), self._claims_of(other))
        found = list(filter(None, itertools.starmap(self._compare, pairs)))
        return min(found, key=lambda item: not item.kind.disagrees, default=None)

    def _compare(self, one: Claim, other: Claim) -> Difference | None:
        return difference(one, other, self._asked)

    def _claims_of(self, quote: Quote) -> list[Claim]:
        """The claims of a quote on the question, in its article, not in that of its window."""
        window = quote.window
        if window is None or not self._is_on_question(window):
            return []
        moved = quote.span.start - window.span.start
        return [
            self._claim(
                quote.row, quote.article, Span(sentence.start + moved, sentence.end + moved)
            )
            for sentence in window.passage.sentences
            if window.span.contains(sentence)
        ]

    def _claims_of_window(self, window: Window) -> Iterator[Claim]:
        for sentence in window.passage.sentences:
            if window.span.contains(sentence):
                yield self._claim(window.passage.article, window.article, sentence)

    def _claim(self, row: ArticleRow, article: Article, sentence: Span) -> Claim:
        place = (row, sentence)
        if place not in self._claims:
            attributions = functools.partial(self._attributions_of, row, article)
            self._claims[place] = Claim(article, sentence, attributions)
        return self._claims[place]

    def _is_on_question(self, window: Window) -> bool:
        """Whether a window is about the question's subject, not only next to it in rank."""
        return window.passage_coverage >= self._least

    def _attributions_of(self, row: ArticleRow, article: Article) -> Sequence[Attribution]:
        if row not in self._attributions:
            found = self._store.attributions.of_article(row, article.text)
            self._attributions[row] = found
        return self._attributions[row]


def _group_of(
    pair: Sequence[Statement],
    kind: AccountKind,
    groups: list[tuple[AccountKind, list[Statement]]],
) -> list[Statement]:
    """The group of a kind that has one of two statements; a new one if there is none."""
    for other, group in groups:
        if other is kind and any(statement in group for statement in pair):
            return group
    groups.append((kind, []))
    return groups[-1][1]

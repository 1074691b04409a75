"""The articles that may print a text: those with the most of its rare words."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.answering.open_index import OpenIndex
from pullquote.corpus.articles import Article
from pullquote.corpus.passages import ArticleRow, PassageFilter
from pullquote.corpus.spans import Span
from pullquote.english.stems import analyse
from pullquote.storage.ports import BODY_ONLY, TITLE_ONLY
from pullquote.verification.words import HIDDEN, Words, words_of

_TERMS = 14
"""The rarest stems of a text that are searched for."""
_PASSAGES, _TITLES = 40, 24
"""How many passages are found by their words, and by the words of their headlines."""
_PASSAGES_OF_SHORT, _FEW_WORDS = 200, 5
"""More passages are found of a text with fewer words that count fully: they are less telling."""
_LONG_ARTICLE = 60_000
"""Of longer articles, in characters, only the surroundings of the passage found are compared."""
_MARGIN = 400
"""What is compared before and after a passage, in characters, besides the length of the text."""
_WITHOUT_HIDDEN = dict.fromkeys(map(ord, HIDDEN))
_LONGEST_HEADLINE = 60
"""Texts of more words are not looked for among headlines."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text of an article that may print the words.

    Attributes:
        row: the article's row.
        article: the article.
        within: the surroundings of the passage that was found; None for a headline.
        bound: the share of the given words, by weight, that are anywhere in it, at most.
        is_literal: whether it has the given text, but for case.
    """

    row: ArticleRow
    article: Article
    within: Span | None
    bound: float
    is_literal: bool = False

    @property
    def in_headline(self) -> bool:
        """Whether the headline is meant, and not the article's text."""
        return self.within is None

    @property
    def source_text(self) -> str:
        """The headline, or the article's text."""
        return self.article.title if self.in_headline else self.article.text

    def words(self) -> Words:
        """The words of the headline, or of the surroundings."""
        if self.within is None:
            return words_of(self.article.title)
        return words_of(self.article.text, self.within)

    def wider(self) -> Candidate:
        """The same with the whole text of an article that is not very long."""
        length = len(self.article.text)
        if self.within is None or length > _LONG_ARTICLE:
            return self
        return dataclasses.replace(self, within=Span(0, length))


def candidates(archive: OpenIndex, given: Words, weights: Sequence[float]) -> list[Candidate]:
    """What may print a text, those with most of its words first.

    Args:
        archive: the open index.
        given: the words of the text.
        weights: how much each word counts.
    """
    terms = _rare_terms(archive, given.span(0, len(given)).of(given.text))
    margin = _MARGIN + given.ends[-1] - given.starts[0]
    places: dict[ArticleRow, Span | None] = {}
    is_short = sum(weight == 1 for weight in weights) < _FEW_WORDS
    count = _PASSAGES_OF_SHORT if is_short else _PASSAGES
    for number, _ in archive.lexical.search(terms, count, PassageFilter(), BODY_ONLY):
        passage = archive.store.passage(number)
        start, end = passage.span
        places.setdefault(passage.article, Span(max(0, start - margin), end + margin))
    found = [_candidate(archive, row, within, given, weights) for row, within in places.items()]
    if len(given) <= _LONGEST_HEADLINE:
        hits = archive.lexical.search(terms, _TITLES, PassageFilter(), TITLE_ONLY)
        rows = dict.fromkeys(archive.store.passage(number).article for number, _ in hits)
        found += [_candidate(archive, row, None, given, weights) for row in rows]
    return sorted(found, key=lambda candidate: (not candidate.is_literal, -candidate.bound))


def _candidate(
    archive: OpenIndex,
    row: ArticleRow,
    within: Span | None,
    given: Words,
    weights: Sequence[float],
) -> Candidate:
    article = archive.store.article(row)
    text = (article.text if within else article.title).lower()
    literal = text.find(given.span(0, len(given)).of(given.text).lower())
    if within:
        if literal >= 0:  # the passage that was found may be another one
            within = Span(max(0, literal - _MARGIN), literal + len(given.text) + _MARGIN)
        within = Span(within.start, min(within.end, len(text)))
        text = text[within.start : within.end]
    missing = sum(
        weight
        for number, weight in enumerate(weights)
        if weight == 1
        and given.spelt[number].isalpha()
        and given.spelt[number] not in text
        and given.printed(number).lower() not in text
    )
    return Candidate(row, article, within, 1 - missing / sum(weights), literal >= 0)


def _rare_terms(archive: OpenIndex, text: str) -> list[str]:
    """The rarest stems of a text that the archive has."""
    frequencies = {
        term: frequency
        for term in dict.fromkeys(analyse(text.translate(_WITHOUT_HIDDEN)))
        if (frequency := archive.lexical.document_frequency(term))
    }
    return sorted(frequencies, key=lambda term: frequencies[term])[:_TERMS]

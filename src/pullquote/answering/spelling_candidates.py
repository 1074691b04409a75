"""The words of the archive that a misspelt word may stand for, and which of them is likeliest."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pullquote.corpus.passages import PassageFilter
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.near_stems import near_stems, typing_errors
from pullquote.storage.ports import WordIndex

_WORD = re.compile(r"\b[^\W\d_]+\b")
_TWO_ERRORS_FROM = 8
"""The letters of the shortest word in which two errors are looked for."""
_CANDIDATES = 12
"""The most stems that are searched for together with the rest of the question."""
_PASSAGES = 5
"""The passages of a stem in which its spellings are looked for."""
_MOST_ERRORS = 2
_FAR = 3
"""The errors that count for a word that no passage has in a form near the typed one."""
_FREQUENCY_WEIGHT, _FIT_WEIGHT, _STOP_WORD_PENALTY = 0.5, 8.0, 5.0
_SWAPPED_OR_DOUBLED, _LEFT_OUT, _TOO_MANY = 1.0, 0.3, -0.3
"""What the kind of an error adds to the likelihood of a word. Letters that are swapped with their
neighbour or typed twice seldom make the word that was meant; people leave letters out more often
than they add others (Damerau, 1964)."""
_EVERYTHING = PassageFilter()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may have been meant.

    Attributes:
        stem: its stem.
        spelling: the word as the archive spells it.
        fit: how well it stands beside the question's other words: the share of what the best
            passage has for them, by BM25, that the best passage with the word has.
        likelihood: how likely it was meant, on a scale of its own.
    """

    stem: str
    spelling: str
    fit: float
    likelihood: float


class SpellingCandidates:
    """Finds and weighs the words that may have been meant by a word of a question.

    The frequencies of words, how well each fits the rest of the question, and the kinds of typing
    errors count, as in a noisy channel. The weights were chosen on misspelt questions on news.
    """

    def __init__(self, others: Sequence[str], lexical: WordIndex, store: ArticleStore) -> None:
        """Take the question that a word stands in.

        Args:
            others: the stems of the question's other words.
            lexical: the index of words.
            store: the articles.
        """
        self._others = others
        self._lexical = lexical
        self._store = store
        self._best_of_others = self._best_score(others) if others else 0.0

    def near(self, word: str) -> Iterator[Candidate]:
        """The words of the archive that a typing error may have turned into `word`.

        A typing error may change the ending that a stem is without ("operatros"). So the words one
        error away are looked up, too, not only the stems near the stem of the word.
        """
        stem, typed = analyse(word)[0], word.lower()
        near = near_stems(stem, 2 if len(stem) >= _TWO_ERRORS_FROM else 1, self._lexical)
        edited: dict[str, str] = {}
        for form in _one_edit_away(typed):
            for form_stem in analyse(form):
                edited.setdefault(form_stem, form)
        frequencies = {
            candidate: frequency
            for candidate in {*near, *edited} - {stem}
            if (frequency := self._lexical.document_frequency(candidate)) or candidate in near
        }
        nearest = sorted(
            frequencies,
            key=lambda candidate: (near.get(candidate, 1), -frequencies[candidate], candidate),
        )
        for candidate in nearest[:_CANDIDATES]:
            yield self._weighed(typed, candidate, edited.get(candidate, candidate))

    def as_typed(self, word: str) -> Candidate:
        """The word itself, which the archive has."""
        stem = analyse(word)[0]
        fit = self._fit(stem)
        return Candidate(stem, word, fit, self._frequency_and_fit(stem, fit))

    def _weighed(self, typed: str, stem: str, default: str) -> Candidate:
        """A candidate; its spelling is the archive's nearest, or else the default."""
        if stem in STOP_TERMS:
            spelling, errors = stem, typing_errors(typed, stem, _MOST_ERRORS)
        else:
            errors, spelling = min(
                (
                    (typing_errors(typed, form, _MOST_ERRORS), form)
                    for form in self._spellings(stem, typed)
                ),
                default=(_FAR, default),
            )
        fit = self._fit(stem)
        likelihood = self._frequency_and_fit(stem, fit) - errors
        likelihood -= _STOP_WORD_PENALTY * (stem in STOP_TERMS)
        if errors == 1:
            likelihood += _error_kind(typed, spelling)
        return Candidate(stem, spelling, fit, likelihood)

    def _spellings(self, stem: str, typed: str) -> Iterator[str]:
        """The words with a stem in some passages that are at most two errors from the typed one."""
        for row, _ in self._lexical.search([stem], _PASSAGES, _EVERYTHING):
            passage = self._store.passage(row)
            article = self._store.article(passage.article)
            words = _WORD.findall(f"{article.title} {passage.span.of(article.text)}".lower())
            for word in dict.fromkeys(words):
                near = typing_errors(typed, word, _MOST_ERRORS) <= _MOST_ERRORS
                if near and analyse(word) == [stem]:
                    yield word

    def _frequency_and_fit(self, stem: str, fit: float) -> float:
        frequency = math.log10(1 + self._lexical.document_frequency(stem))
        return _FREQUENCY_WEIGHT * frequency + _FIT_WEIGHT * fit

    def _fit(self, stem: str) -> float:
        if not self._best_of_others:
            return 0.0
        beside = self._best_score([*self._others, stem]) - self._best_score([stem])
        return beside / self._best_of_others

    def _best_score(self, terms: Sequence[str]) -> float:
        """The BM25 score of the passage that fits some terms best; 0 if none has any."""
        hits = self._lexical.search(terms, 1, _EVERYTHING)
        return hits[0][1] if hits else 0.0


def _error_kind(typed: str, meant: str) -> float:
    """What the kind of the one error adds to a word's likelihood."""
    if sorted(typed) == sorted(meant):
        return _SWAPPED_OR_DOUBLED
    if len(typed) < len(meant):
        return _LEFT_OUT
    if len(typed) == len(meant):
        return 0.0
    is_doubled = any(
        left == right and typed[:at] + typed[at + 1 :] == meant
        for at, (left, right) in enumerate(zip(typed, typed[1:], strict=False))
    )
    return _SWAPPED_OR_DOUBLED if is_doubled else _TOO_MANY


def _one_edit_away(word: str) -> Iterator[str]:
    """The words that one wrong, missing, superfluous or swapped letter may have turned into it."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1)
    yield from (left + right[1:] for left, right in halves if right)
    for letter in string.ascii_lowercase:
        yield from (left + letter + right for left, right in halves)
    for letter in string.ascii_lowercase:
        yield from (left + letter + right[1:] for left, right in halves if right)

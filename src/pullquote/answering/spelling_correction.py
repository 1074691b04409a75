"""Corrects words of a question that stand nowhere in the archive to words that do."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence

from pullquote.answering.query import Correction, Query
from pullquote.corpus.passages import PassageFilter
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.english.word_frequencies import UNKNOWN, zipf_frequency
from pullquote.storage.lexical_index import LexicalIndex
from pullquote.storage.near_stems import near_stems

_WORD = re.compile(r"\b[^\W\d_]+\b")
_SHORTEST = 4
"""The letters of the shortest word that is corrected: shorter ones have too many neighbours."""
_TWO_ERRORS_FROM = 8
"""The letters of the shortest word in which two errors are looked for."""
_MORE_COMMON = 0.7
"""An English word is corrected only to one that is more common by this much on the Zipf scale."""
_KEEPS = 0.6
"""And only if a passage with the correction has this share of what the best passage has for the
other words of the question, by BM25."""
_CANDIDATES = 8
"""The most candidates that are searched for together with the rest of the question."""
_EVERYTHING = PassageFilter()


def with_correct_spelling(query: Query, lexical: LexicalIndex) -> Query:
    """The query with each word that the archive does not have corrected to one that it has.

    A word that is nowhere near any word of the archive stays: then the archive does not have it.
    """
    missing = [word for word in _content_words(query) if _is_missing(_stem(word), lexical)]
    others = [term for term in query.terms if term not in {_stem(word) for word in missing}]
    corrections = [
        Correction(word, _spelt(word, stem))
        for word in dict.fromkeys(missing)
        if (stem := _corrected_stem(word, others, lexical))
    ]
    return query.with_corrections(corrections) if corrections else query


def _is_missing(stem: str, lexical: LexicalIndex) -> bool:
    """Whether a word is not in the archive.

    A word that is not English either may still have kin there ("governmen" has "government").
    """
    return not lexical.has_stem(stem) or (
        zipf_frequency(stem) == UNKNOWN and not lexical.document_frequency(stem)
    )


def _content_words(query: Query) -> Iterator[str]:
    """The words of the question that may be corrected."""
    for word in _WORD.findall(query.searched):
        stems = analyse(word)
        if len(word) >= _SHORTEST and len(stems) == 1 and stems[0] in query.terms:
            yield word


def _stem(word: str) -> str:
    return analyse(word)[0]


def _corrected_stem(word: str, others: Sequence[str], lexical: LexicalIndex) -> str:
    """The stem in the archive that was probably meant; empty if there is none."""
    stem = _stem(word)
    typed_frequency = zipf_frequency(stem)
    near = {
        candidate: distance
        for candidate, distance in _near(word, lexical).items()
        if not typed_frequency or zipf_frequency(candidate) >= typed_frequency + _MORE_COMMON
    }
    if typed_frequency or not word.islower():
        # "cats" is no error for "can", and "Thea" none for "the".
        near = {candidate: near[candidate] for candidate in near.keys() - STOP_TERMS}
    if not near:
        return ""
    by_likelihood = sorted(
        near,
        key=lambda candidate: (near[candidate], -lexical.document_frequency(candidate), candidate),
    )
    return _fitting(
        by_likelihood[:_CANDIDATES], others, lexical, is_english=typed_frequency > UNKNOWN
    )


def _near(word: str, lexical: LexicalIndex) -> dict[str, int]:
    """The stems in the archive that are near a word, each with its distance.

    A typing error may change the ending that a stem is without ("operatros"). So the words one
    error away are looked up, too, not only the stems near the stem of the word.
    """
    stem = _stem(word)
    near = near_stems(stem, 2 if len(stem) >= _TWO_ERRORS_FROM else 1, lexical)
    stems_one_error_away = set(analyse(" ".join(_one_edit_away(word.lower()))))
    return near | {
        candidate: 1 for candidate in stems_one_error_away if lexical.document_frequency(candidate)
    }


def _fitting(
    candidates: Sequence[str], others: Sequence[str], lexical: LexicalIndex, *, is_english: bool
) -> str:
    """The candidate that stands beside the other words of the question; the first without others.

    Args:
        candidates: stems, the likeliest first.
        others: the stems of the question's other words.
        lexical: the index of words.
        is_english: whether the word as typed is an English word. Then it may be right, and is
            corrected only if a passage has the correction together with the other words.
    """
    if not others:
        return "" if is_english else candidates[0]
    best_without = _best_score(others, lexical)
    beside = {
        candidate: _best_score([*others, candidate], lexical) - _best_score([candidate], lexical)
        for candidate in candidates
    }
    fitting = max(candidates, key=lambda candidate: beside[candidate])
    if is_english and beside[fitting] < _KEEPS * best_without:
        return ""
    return fitting


def _best_score(terms: Sequence[str], lexical: LexicalIndex) -> float:
    """The BM25 score of the passage that fits some terms best; 0 if none has any."""
    hits = lexical.search(terms, 1, _EVERYTHING)
    return hits[0][1] if hits else 0.0


def _spelt(typed: str, stem: str) -> str:
    """A word with a stem, as near as possible to the word that was typed."""
    if stem in STOP_TERMS:
        return stem
    return next((word for word in _one_edit_away(typed.lower()) if analyse(word) == [stem]), stem)


def _one_edit_away(word: str) -> Iterator[str]:
    """The words that one wrong, missing, superfluous or swapped letter may have turned into it."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1)
    for letter in string.ascii_lowercase:
        yield from (left + letter + right for left, right in halves)
    for letter in string.ascii_lowercase:
        yield from (left + letter + right[1:] for left, right in halves if right)
    yield from (left + right[1:] for left, right in halves if right)

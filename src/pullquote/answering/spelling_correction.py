"""Corrects words of a question that stand nowhere in the archive to words that do."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pullquote.answering.query import Correction, Query
from pullquote.answering.spelling_candidates import Candidate, SpellingCandidates
from pullquote.english.statement_order import order_asked
from pullquote.english.stems import analyse
from pullquote.english.stop_words import STOP_TERMS
from pullquote.english.word_frequencies import UNKNOWN, zipf_frequency
from pullquote.storage.article_store import ArticleStore
from pullquote.storage.ports import WordIndex

_WORD = re.compile(r"\b[^\W\d_]+\b")
_SHORTEST = 4
"""The letters of the shortest word that is meant: shorter ones have too many neighbours."""
_MORE_COMMON = 0.7
"""An English word is corrected only to one that is more common by this much on the Zipf scale."""
_KEEPS = 0.6
"""And only if that fits the question's other words at least so well; as in a word of three
letters, which is corrected only to one that has a letter more."""
_RARE = 8
"""The most passages that have a word which may still be an error of the archive's own."""
_FITS = 0.9
"""A rare word that fits the question's other words so well is right."""
_LIKELIER = 1.0
"""By how much the likelihood of a correction of such a word exceeds that of the word itself."""
_SELDOM, _SELDOM_SHARE = 40, 0.001
"""The most passages, and the largest share of all, that have a word which may be an error that is a
word by accident: "etch" for "tech"."""
_MUCH_LIKELIER = 3.5
"""By how much a correction of such a word is likelier than the word. Of 450 questions on news no
word that was meant came nearer than 3.0."""
_KEEPS_SOME = 0.5
"""And how well that fits the question's other words at least."""


def with_correct_spelling(query: Query, lexical: WordIndex, store: ArticleStore) -> Query:
    """The query with each word that the archive does not have corrected to one that it has.

    A word that is nowhere near any word of the archive stays: then the archive does not have it.
    A word that is not English and that few passages have is corrected only to one that is much
    likelier, and that more passages have: it may be a name, or an error that somebody else made,
    too. So is an English word that few passages of many have, to one that is likelier still. A name
    that is typed as one, with a capital within the question, stays.
    """
    words = list(dict.fromkeys(_content_words(query, lexical)))
    missing = [word for word in words if _is_missing(_stem(word), lexical)]
    names = typed_names(query)
    known = [term for term in query.terms if term not in {_stem(word) for word in missing}]
    corrections = [
        Correction(word, meant)
        for word in words
        if (word in missing or (word not in names and _may_be_wrong(_stem(word), lexical)))
        and (meant := _meant(word, known, lexical, store))
    ]
    return query.with_corrections(corrections) if corrections else query


def typed_names(query: Query) -> set[str]:
    """The words of a question that are typed as names, with a capital within the question."""
    return {word for word in _WORD.findall(query.searched)[1:] if word.istitle()}


def _is_missing(stem: str, lexical: WordIndex) -> bool:
    """Whether a word is not in the archive.

    A word that is not English either may still have kin there ("governmen" has "government").
    """
    return not lexical.has_stem(stem) or (
        zipf_frequency(stem) == UNKNOWN and not lexical.document_frequency(stem)
    )


def _is_rare(stem: str, lexical: WordIndex) -> bool:
    """Whether a word is not English, and few passages have it."""
    return zipf_frequency(stem) == UNKNOWN and lexical.document_frequency(stem) <= _RARE


def _may_be_wrong(stem: str, lexical: WordIndex) -> bool:
    """Whether so few passages have a word that it may be an error."""
    return _is_rare(stem, lexical) or is_seldom(stem, lexical)


def is_seldom(stem: str, lexical: WordIndex) -> bool:
    """Whether few passages of many have a word, which may be an error that is a word by accident.

    Args:
        stem: the word's.
        lexical: the index of words.
    """
    most = min(_SELDOM, _SELDOM_SHARE * len(lexical))
    return 0 < lexical.document_frequency(stem) <= most


def _content_words(query: Query, lexical: WordIndex) -> Iterator[str]:
    """The words of the question that may be corrected.

    Words that ask for the newest statement are not searched for, so the archive need not have them.
    """
    order = order_asked(query.searched)
    ordering = _WORD.findall(order.words) if order else []
    for word in _WORD.findall(query.searched):
        stems = analyse(word)
        if (
            word not in ordering
            and len(stems) == 1
            and stems[0] in query.terms
            and (
                _is_correctable(word, stems[0])
                or (_is_short(word) and is_seldom(stems[0], lexical))
            )
        ):
            yield word


def _is_correctable(word: str, stem: str) -> bool:
    """Whether a word is long enough, or is no English word and may have lost a letter."""
    return len(word) >= _SHORTEST or (_is_short(word) and zipf_frequency(stem) == UNKNOWN)


def _is_short(word: str) -> bool:
    """Whether a word has as many letters as the shortest that is meant if it lost one."""
    return len(word) == _SHORTEST - 1 and word.islower()


def _stem(word: str) -> str:
    return analyse(word)[0]


def _meant(word: str, known: list[str], lexical: WordIndex, store: ArticleStore) -> str:
    """The word of the archive that was probably meant; empty if there is none.

    Args:
        word: is not in the archive, or rare.
        known: the stems of the question that are in the archive.
        lexical: the index of words.
        store: the articles.
    """
    stem = _stem(word)
    others = [term for term in known if term != stem]
    candidates = SpellingCandidates(others, lexical, store)
    least, fewest = -math.inf, 0
    keeps = _KEEPS
    if stem in known:
        typed = candidates.as_typed(word)
        if not others or typed.fit >= _FITS:
            return ""
        is_rare = _is_rare(stem, lexical)
        least = typed.likelihood + (_LIKELIER if is_rare else _MUCH_LIKELIER)
        fewest = 1 + lexical.document_frequency(stem)
        keeps = _KEEPS if is_rare else _KEEPS_SOME
    likeliest = max(
        (
            candidate
            for candidate in candidates.near(word)
            if _may_mean(word, candidate, keeps)
            and lexical.document_frequency(candidate.stem) >= fewest
        ),
        key=lambda candidate: candidate.likelihood,
        default=None,
    )
    return likeliest.spelling if likeliest and likeliest.likelihood >= least else ""


def _may_mean(word: str, candidate: Candidate, keeps: float) -> bool:
    """Whether a word can be an error for a candidate at all.

    Args:
        word: as it is typed.
        candidate: what may be meant.
        keeps: how well it fits the other words at least, if the typed word is English or short.
    """
    frequency = zipf_frequency(_stem(word))
    is_short = len(word) < _SHORTEST
    if candidate.stem in STOP_TERMS:  # "cats" is no error for "can", and "Thea" none for "the"
        return not frequency and word.islower() and not is_short
    if is_short:
        return len(candidate.spelling) > len(word) and candidate.fit >= keeps
    if frequency:
        is_commoner = zipf_frequency(candidate.stem) >= frequency + _MORE_COMMON
        return is_commoner and candidate.fit >= keeps
    return True

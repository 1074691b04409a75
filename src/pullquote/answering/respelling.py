"""A question with its errors corrected to words that stand where its other words are answered.

An error that is a word by accident ("etch" for "tech") is a small share of a long question, and its
best passage is found all the same; only the confidence misses the word. So the words that may be
errors are compared with those of the first quote's passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Correction, Query, content_terms, terms_of, words_by_term
from pullquote.answering.spelling_correction import is_seldom, typed_names
from pullquote.answering.windows import Window
from pullquote.storage.near_stems import typing_errors

_SHORTEST = 4
"""The letters of the shortest words that are compared."""
_WORD = re.compile(rf"\b[^\W\d_]{{{_SHORTEST},}}\b")


def respelt(query: Query, first: Window, archive: OpenIndex) -> Query | None:
    """The query with its errors as the first quote's passage has the words; None without such.

    A word may be an error if few passages of many have it, and this one does not. It may stand for
    a word of the passage or its headline that is a typing error away and that more passages have.

    Args:
        query: the question.
        first: the window of the first quote.
        archive: the open index.
    """
    corrections = [*_corrections(query, f"{first.names}\n{first.passage_text}", archive)]
    return query.with_corrections((*query.corrections, *corrections)) if corrections else None


def _corrections(query: Query, printed: str, archive: OpenIndex) -> Iterator[Correction]:
    kept = {one.word for one in query.corrections} | typed_names(query)
    lexical, printed_terms = archive.lexical, terms_of(printed)
    asked = {
        term: word
        for term, word in words_by_term(query.searched).items()
        if term in query.terms and term not in printed_terms and word not in kept
    }
    for term, word in asked.items():
        if not _WORD.fullmatch(word) or not is_seldom(term, lexical):
            continue
        for other in dict.fromkeys(_WORD.findall(printed.lower())):
            stem = next(iter(content_terms(other)), "")
            if (
                stem
                and stem not in query.terms
                and typing_errors(word.lower(), other, 1) == 1
                and lexical.document_frequency(stem) > lexical.document_frequency(term)
            ):
                yield Correction(word, other)
                break

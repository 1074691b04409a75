"""The evidence for a confidence, taken from the first quotes and from everything found."""

from __future__ import annotations

import math
import re
import statistics
from collections.abc import Sequence

from pullquote.answering.query import Query, terms_of
from pullquote.answering.reranking import RerankerScore
from pullquote.answering.window_search import FoundWindows
from pullquote.answering.windows import Window
from pullquote.answering.word_likeness import EncodeWords, word_likeness
from pullquote.confidence.decision import Evidence
from pullquote.corpus.articles import Article
from pullquote.english.stop_words import STOP_TERMS

_TELLING_NUMBER = re.compile(r"\d{4,}|\d+point\d+")
"""Years, large numbers and those with decimals, such as versions, as stems have them. A question
about "the two parties" need not find a 2."""
_MOST_CHARACTERS = 100_000
"""Numbers are searched for in so many characters of an article, which takes 20 ms, and in the
passage that is quoted."""
QUOTES_READ = 3
"""The confidence is in this many first quotes: a reader reads no more."""


def gather_evidence(
    query: Query,
    quoted: Sequence[Window],
    found: FoundWindows,
    reranker: RerankerScore | None,
    encode_words: EncodeWords,
) -> Evidence:
    """Take the evidence for the first quotes of an answer.

    Args:
        query: the question.
        quoted: the windows that are quoted, in their order, at least one.
        found: everything that the search found.
        reranker: what the reranker makes of the best windows; None without one.
        encode_words: gives words their vectors.
    """
    first = quoted[:QUOTES_READ]
    named = _named_elsewhere(first[0].article, query, found)
    likeness = word_likeness(query.searched, query.terms, first[0], named, encode_words)
    cosines = [hit.similarity for hit in found.hits]
    return Evidence(
        word_likeness=likeness.all_words,
        content_likeness=likeness.content,
        least_likeness=likeness.least,
        similarity=max(window.similarity for window in first),
        lead=cosines[0] - statistics.fmean(cosines),
        reranker=reranker.probability if reranker else None,
        reranker_lead=reranker.lead if reranker else None,
        has_numbers=_has_numbers(first[0], query, found),
        word_count=len(query.terms),
        log_passages=math.log10(max(found.passages_searched, 1)),
    )


def _has_numbers(window: Window, query: Query, found: FoundWindows) -> bool:
    """Whether a window's article, its headline or its date has the question's telling numbers."""
    numbers = {term for term in query.terms if _TELLING_NUMBER.fullmatch(term)}
    if not numbers:
        return True
    article = window.article
    day = str(article.published or "").replace("-", " ")
    text = f"{window.passage_text}\n{article.text[:_MOST_CHARACTERS]}"
    printed = terms_of(f"{article.title}\n{day}\n{text}")
    return numbers <= printed | _named_elsewhere(article, query, found)


def _named_elsewhere(article: Article, query: Query, found: FoundWindows) -> frozenset[str]:
    """The stems of what a question names of an article besides its text.

    That is its source, its section and its authors, and the time that the question is about if the
    article is of it. "Norrvik" does not name the Norrvik Post; a last name names an author.
    """
    asked = frozenset(query.terms)
    whole = [terms_of(name) - STOP_TERMS for name in (article.source, article.section)]
    fields = [stems for stems in whole if stems <= asked]
    fields += [terms_of(author) for author in article.authors if asked & _last_name(author)]
    if found.time.includes(article.published):
        fields.append(found.time.date_terms)
    return frozenset().union(*fields)


def _last_name(author: str) -> frozenset[str]:
    words = author.split()
    return terms_of(words[-1]) if words else frozenset()

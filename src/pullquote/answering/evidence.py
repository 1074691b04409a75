"""The evidence for a confidence, taken from the first quotes and from everything found."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from pullquote.answering.query import Query, terms_of
from pullquote.answering.reranking import RerankerScore
from pullquote.answering.window_search import FoundWindows
from pullquote.answering.windows import Window
from pullquote.answering.word_likeness import EncodeWords, word_likeness
from pullquote.confidence.decision import Evidence
from pullquote.corpus.articles import Article
from pullquote.english.word_frequencies import rarity

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
    likeness = word_likeness(query.searched, query.terms, first[0], encode_words)
    cosines = [hit.similarity for hit in found.hits]
    return Evidence(
        word_coverage=max(_coverage(window, query, found) for window in first),
        word_likeness=likeness.all_words,
        content_likeness=likeness.content,
        least_likeness=likeness.least,
        similarity=max(window.similarity for window in first),
        lead=cosines[0] - statistics.fmean(cosines),
        reranker=reranker.probability if reranker else None,
        reranker_lead=reranker.lead if reranker else None,
        word_count=len(query.terms),
        log_passages=math.log10(max(found.passages_searched, 1)),
    )


def _coverage(window: Window, query: Query, found: FoundWindows) -> float:
    """The share of the content words, by rarity in English, of a window's passage and article."""
    passage = window.passage.span.of(window.article.text)
    present = found.question_words.found_in(terms_of(passage) | _article_terms(window.article))
    if found.time.includes(window.article.published):
        present |= found.time.date_terms
    rarities = {term: rarity(term) for term in query.terms}
    return sum(rarities[term] for term in rarities if term in present) / sum(rarities.values())


def _article_terms(article: Article) -> frozenset[str]:
    """The terms of what is known of an article besides its text: a question may name its source."""
    day = str(article.published or "").replace("-", " ")
    return terms_of(
        "\n".join((article.title, article.source, article.section, *article.authors, day))
    )

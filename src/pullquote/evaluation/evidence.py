"""Compares the place of a quote with the evidence of a question, and with paragraphs."""

from __future__ import annotations

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span
from pullquote.evaluation.questions import EvaluationQuestion
from pullquote.json_output.answer import QuoteJson


def covers_evidence(quote: QuoteJson, question: EvaluationQuestion) -> bool:
    """Whether a quote covers at least half of one evidence span, counted in characters."""
    own = [(question.evidence_article, span) for span in question.evidence]
    return any(
        quote.article_id == article
        and 2 * (min(quote.end, span.end) - max(quote.start, span.start)) >= span.end - span.start
        for article, span in (*own, *question.further_evidence)
    )


def crosses_paragraphs(quote: QuoteJson, article: Article | None) -> bool:
    """Whether a quote has text of more than one paragraph of its article."""
    if article is None:
        return False
    place = Span(quote.start, quote.end)
    return sum(place.overlaps(span) for span in article.paragraphs) > 1


def evidence_text(span: Span, article: Article | None) -> str:
    """The text of an evidence span; empty if the article is unknown, or is shorter."""
    return span.of(article.text) if article and span.end <= len(article.text) else ""

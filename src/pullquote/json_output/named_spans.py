"""Places in an article with their words as JSON."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from pullquote.corpus.articles import Article
from pullquote.corpus.spans import Span


class NamedSpanJson(BaseModel):
    """Words of an article, and their place in its text."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    start: int
    end: int
    text: str


def named_span_json(article: Article, span: Span) -> NamedSpanJson:
    """A place in an article with its words."""
    return NamedSpanJson(start=span.start, end=span.end, text=span.of(article.text))

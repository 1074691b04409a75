"""Some paragraphs of an article as JSON."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict, Field

from pullquote.corpus.articles import Article
from pullquote.storage.manifest import GenerationId
from pullquote.storage.source_check import SourceState


class ParagraphJson(BaseModel):
    """A paragraph: its number from 1, its words, and their place in the article's text."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    number: int
    text: str
    article_id: str
    start: int
    end: int
    text_sha256: str
    permalink: str | None = Field(default=None, exclude_if=lambda value: value is None)


class ParagraphsJson(BaseModel):
    """Some paragraphs of an article, and how many it has."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    article_id: str
    title: str
    source: str
    authors: tuple[str, ...]
    url: str
    published: dt.date | None
    text_sha256: str
    source_state: SourceState
    paragraphs: tuple[ParagraphJson, ...]
    total: int
    generation: str


def paragraphs_json(
    article: Article, state: SourceState, generation: GenerationId, first: int, count: int
) -> ParagraphsJson:
    """Some paragraphs of an article.

    Args:
        article: the article.
        state: whether its source is as the index recorded it.
        generation: the generation that it is from.
        first: the number of the first paragraph, from 1.
        count: how many there are to be at most.
    """
    spans, sha256 = article.paragraphs, article.sha256
    return ParagraphsJson(
        article_id=article.id,
        title=article.title,
        source=article.source,
        authors=article.authors,
        url=article.url,
        published=article.published,
        text_sha256=sha256,
        source_state=state,
        paragraphs=tuple(
            ParagraphJson(
                number=number,
                text=span.of(article.text),
                article_id=article.id,
                start=span.start,
                end=span.end,
                text_sha256=sha256,
            )
            for number, span in enumerate(spans[first - 1 : first - 1 + count], start=first)
        ),
        total=len(spans),
        generation=generation,
    )

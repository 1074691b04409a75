"""The passages that a search finds, as JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from pullquote.answering.open_index import OpenIndex
from pullquote.answering.query import Query
from pullquote.answering.search import FoundPassage
from pullquote.corpus.paragraphs import paragraph_number


class PassageJson(BaseModel):
    """A passage. Offsets are characters of the article's text, end exclusive."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    text: str
    article_id: str
    title: str
    source: str
    authors: tuple[str, ...]
    url: str
    published: dt.date | None
    paragraph: int
    start: int
    end: int
    text_sha256: str
    permalink: str | None = Field(default=None, exclude_if=lambda value: value is None)


class SearchJson(BaseModel):
    """The passages nearest to a question, best first."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    question: str
    passages: tuple[PassageJson, ...]
    total: int
    generation: str


def search_json(
    archive: OpenIndex, query: Query, found: Sequence[FoundPassage], top: int
) -> SearchJson:
    """The first passages that were found.

    Args:
        archive: the generation that was searched.
        query: the question.
        found: all passages that were found, best first.
        top: how many of them are wanted.
    """
    return SearchJson(
        question=query.text,
        passages=tuple(map(_passage_json, found[:top])),
        total=len(found),
        generation=archive.generation,
    )


def _passage_json(passage: FoundPassage) -> PassageJson:
    article, span = passage.article, passage.span
    return PassageJson(
        text=span.of(article.text),
        article_id=article.id,
        title=article.title,
        source=article.source,
        authors=article.authors,
        url=article.url,
        published=article.published,
        paragraph=paragraph_number(article.paragraphs, span.start),
        start=span.start,
        end=span.end,
        text_sha256=article.sha256,
    )
